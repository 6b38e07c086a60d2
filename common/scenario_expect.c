/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The statements of a scenario that expect: which kinds of things may come out, and how each is
 * written. Called by common/scenario for a line that begins with "expect".
 * Owns only the table of kinds.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "common/cleanup.h"
#include "common/command.h"
#include "common/scenario_private.h"

/* More contacts than that no panel has. */
#define SCENARIO_CONTACTS_MAX 99

static const char *const expect_names[SCENARIO_EXPECT_COUNT] = {
    [SCENARIO_EXPECT_PRESS] = "press",     [SCENARIO_EXPECT_HOLD] = "hold",
    [SCENARIO_EXPECT_CANCEL] = "cancel",   [SCENARIO_EXPECT_SAY] = "say",
    [SCENARIO_EXPECT_COMMAND] = "command", [SCENARIO_EXPECT_CHORD] = "chord",
    [SCENARIO_EXPECT_NOTICE] = "notice",   [SCENARIO_EXPECT_PASS] = "pass",
    [SCENARIO_EXPECT_EAR] = "ear",
};

const char *
scenario_expect_to_str(enum scenario_expect expect)
{
	return (unsigned)expect < SCENARIO_EXPECT_COUNT ? expect_names[expect] : "nothing";
}

static bool
parse_expect_pass(struct scenario_parser *parser, const char *word,
		  struct scenario_statement *statement)
{
	char *end;
	long count;

	if (g_ascii_isdigit(*word) && !strchr(word, ',')) {
		errno = 0;
		count = strtol(word, &end, 10);
		if (errno || *end || count < 1 || count > SCENARIO_CONTACTS_MAX)
			return scenario_fail(parser,
					     "'%s' is no number of contacts, 1 to %d; write 'none' "
					     "for no contact",
					     word, SCENARIO_CONTACTS_MAX);
		statement->count = (unsigned)count;
		return true;
	}
	parser->next--;
	if (!scenario_take_place(parser, "the place where the contact lands", &statement->from) ||
	    !scenario_take_arrow(parser, &statement->to, &statement->has_path))
		return false;
	return statement->has_path ||
	       scenario_fail(parser, "say where the contact ends too: X,Y -> X,Y");
}

static bool
parse_expect_command(struct scenario_parser *parser, const char *word,
		     struct scenario_statement *statement)
{
	g_autoptr(GString) text = g_string_new(word);
	g_autofree char *reason = NULL;
	struct command *command;

	while ((word = scenario_peek(parser))) {
		parser->next++;
		g_string_append_printf(text, " %s", word);
	}
	if (command_parse(text->str, &command, &reason) < 0)
		return scenario_fail(parser, "%s", reason);
	statement->text = g_strdup(command->text);
	command_free(command);
	return true;
}

static bool
parse_expect_input(struct scenario_parser *parser, const char *word,
		   struct scenario_statement *statement)
{
	bool is_chord;

	if (!scenario_take_input(parser, word, &statement->input))
		return false;
	is_chord = input_kind(statement->input) == INPUT_CHORD;
	if (is_chord && statement->expect == SCENARIO_EXPECT_PRESS)
		return scenario_fail(parser, "two pads are no press; use: expect chord %s",
				     input_to_str(statement->input));
	return is_chord || statement->expect != SCENARIO_EXPECT_CHORD ||
	       scenario_fail(parser, "a chord is of two pads: expect chord %s + ...", word);
}

bool
scenario_parse_expect(struct scenario_parser *parser, struct scenario_statement *statement)
{
	const char *what = scenario_take(parser, "what to expect (press, say, command ...)");
	const char *word;
	size_t i;

	if (!what)
		return false;
	for (i = 0; i < SCENARIO_EXPECT_COUNT && strcmp(expect_names[i], what) != 0; i++)
		continue;
	if (i == SCENARIO_EXPECT_COUNT)
		return scenario_fail_unknown(parser, "expectation", what, expect_names,
					     SCENARIO_EXPECT_COUNT);
	word = scenario_take(parser, "what exactly is expected, or 'none',");
	if (!word)
		return false;
	parser->expects = true;
	statement->expect = (enum scenario_expect)i;
	statement->none = strcmp(word, "none") == 0;
	if (statement->none)
		return true;
	switch (statement->expect) {
	case SCENARIO_EXPECT_PRESS:
	case SCENARIO_EXPECT_HOLD:
	case SCENARIO_EXPECT_CANCEL:
	case SCENARIO_EXPECT_CHORD:
		return parse_expect_input(parser, word, statement);
	case SCENARIO_EXPECT_NOTICE:
		statement->text = g_strdup(word);
		return true;
	case SCENARIO_EXPECT_SAY:
		return scenario_take_quoted(parser, word, &statement->text);
	case SCENARIO_EXPECT_COMMAND:
		return parse_expect_command(parser, word, statement);
	case SCENARIO_EXPECT_PASS:
		return parse_expect_pass(parser, word, statement);
	case SCENARIO_EXPECT_EAR:
		return scenario_take_gesture(parser, word, &statement->gesture);
	}
	return false;
}
