/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any text as a command: refused with a reason, or taken; and its folded text means the same again.
 * Run by tests/fuzz/run (libFuzzer).
 * Owns nothing between inputs.
 */
#include <glib.h>
#include <stddef.h>
#include <stdint.h>

#include "common/command.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_again(const struct command *command)
{
	g_autofree char *reason = NULL, *label = command_default_label(command);
	struct command *again;

	g_assert_nonnull(label);
	g_assert_cmpint(command_parse(command->text, &again, &reason), ==, 0);
	g_assert_cmpint(again->type, ==, command->type);
	g_assert_cmpstr(again->text, ==, command->text);
	g_assert_cmpstr(again->role, ==, command->role);
	g_assert_cmpstr(again->name, ==, command->name);
	g_assert_cmpuint(again->key, ==, command->key);
	g_assert_cmpuint(again->modifiers, ==, command->modifiers);
	command_free(again);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *text = g_strndup((const char *)data, size);
	g_autofree char *reason = NULL;
	struct command *command;

	if (command_parse(text, &command, &reason) == 0) {
		check_again(command);
		command_free(command);
	} else {
		g_assert_null(command);
		g_assert_nonnull(reason);
		g_assert_true(g_utf8_validate(reason, -1, NULL));
	}
	return 0;
}
