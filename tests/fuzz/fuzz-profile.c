/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as a profile: it is taken, or every problem is a line of valid UTF-8 with a number.
 * Run by tests/fuzz/run (libFuzzer).
 * Owns nothing between inputs.
 */
#include <glib.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "common/profile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
on_problem(void *data, const char *problem)
{
	g_assert_true(g_str_has_prefix(problem, "f:"));
	g_assert_true(g_ascii_isdigit(problem[2]));
	g_assert_true(g_utf8_validate(problem, -1, NULL));
	*(unsigned *)data += 1;
}

/* What is taken is a key file, and GLib reads the same commands and labels out of it. */
static void
compare_with_glib(const struct profile_view *view, const char *text, size_t size)
{
	g_autoptr(GKeyFile) file = g_key_file_new();
	g_autoptr(GError) error = NULL;

	if (size >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
		return; /* GLib knows no byte order mark */
	if (!g_key_file_load_from_data(file, text, size, G_KEY_FILE_NONE, &error))
		g_error("GLib cannot read what was taken: %s", error->message);
	for (unsigned i = 0; i < INPUT_COUNT; i++) {
		const struct profile_binding *binding = view->bindings[i];
		const char *group = input_to_str((struct input){i});
		g_autofree char *label = NULL;

		if (!binding || binding->command_origin.layer != PROFILE_LAYER_USER ||
		    !g_key_file_has_group(file, group))
			continue; /* a chord may be spelled in another way */
		label = g_key_file_get_locale_string(file, group, "Label", NULL, NULL);
		if (label && g_strcmp0(label, binding->label) != 0)
			g_error("[%s] has the label '%s', for GLib '%s'", group, binding->label,
				label);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const ids[] = {"x", "org.example.App", NULL};
	struct profile_set *set = profile_set_new();
	unsigned problems = 0;
	bool taken = profile_set_add_text(set, "f", PROFILE_LAYER_USER, (const char *)data, size,
					  on_problem, &problems);
	struct profile_view view;

	g_assert_cmpint(taken, ==, problems == 0);
	profile_set_view(set, ids, "www.example.com", &view);
	for (unsigned i = 0; i < INPUT_COUNT; i++) {
		const struct profile_binding *binding = view.bindings[i];

		/* Only a press is always bound to something. */
		if (!binding && i >= PAD_COUNT)
			continue;

		if (!binding || !binding->command)
			g_error("input %u of a profile has no command", i);
		g_assert_true(g_utf8_validate(binding->label, -1, NULL));
	}
	profile_set_check(set, on_problem, &problems);
	if (taken)
		compare_with_glib(&view, (const char *)data, size);
	profile_set_free(set);
	return 0;
}
