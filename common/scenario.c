/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The parser of scenario files: text to statements, or the first wrong line and why.
 * Called by sidetouchctl simulate, the tests and a fuzzer; tests/scenarios/README.md is its manual.
 * A scenario owns its texts; nothing of it points into the file.
 */
#include "common/scenario.h"

#include <string.h>

#include "common/cleanup.h"
#include "common/scenario_line.h"
#include "common/scenario_private.h"

/* Far above any scenario by hand (the longest here has 60 lines); stops a wrong file early. */
#define SCENARIO_SIZE_MAX ((gsize)1024 * 1024)

G_DEFINE_QUARK(sidetouch - scenario, scenario_error)

static bool
parse_app(struct scenario_parser *parser, struct scenario_statement *statement)
{
	const char *word =
	    scenario_take(parser, "an app's id such as org.gnome.Calculator, or 'none',");

	if (!word)
		return false;
	statement->text = strcmp(word, "none") == 0 ? NULL : g_strdup(word);
	return true;
}

static bool
parse_wait(struct scenario_parser *parser, struct scenario_statement *statement)
{
	return scenario_take_duration(parser, &statement->duration);
}

static bool
parse_link(struct scenario_parser *parser, struct scenario_statement *statement)
{
	static const char *const states[] = {"down", "up"};
	const char *word = scenario_take(parser, "'down' or 'up'");

	if (!word)
		return false;
	statement->up = strcmp(word, "up") == 0;
	return statement->up || strcmp(word, "down") == 0 ||
	       scenario_fail_unknown(parser, "state of the link", word, states,
				     ARRAY_LENGTH(states));
}

static const struct {
	const char *word;
	bool (*parse)(struct scenario_parser *parser, struct scenario_statement *statement);
} kinds[] = {
    [SCENARIO_DEVICE] = {"device", scenario_parse_device},
    [SCENARIO_APP] = {"app", parse_app},
    [SCENARIO_PRESS] = {"press", scenario_parse_press},
    [SCENARIO_CHORD] = {"chord", scenario_parse_chord},
    [SCENARIO_FINGER] = {"finger", scenario_parse_finger},
    [SCENARIO_WAIT] = {"wait", parse_wait},
    [SCENARIO_LINK] = {"link", parse_link},
    [SCENARIO_EAR] = {"ear", scenario_parse_ear},
    [SCENARIO_CHEEK] = {"cheek", scenario_parse_cheek},
    [SCENARIO_PROXIMITY] = {"proximity", scenario_parse_proximity},
    [SCENARIO_EXPECT] = {"expect", scenario_parse_expect},
};

static bool
parse_statement(struct scenario_parser *parser, struct scenario_statement *statement)
{
	const char *names[ARRAY_LENGTH(kinds) + 1];
	const char *word = scenario_take(parser, "a statement");
	size_t kind = 0;

	statement->line = parser->line;
	if (word && strcmp(word, "with") == 0) {
		statement->with = true;
		word = scenario_take(parser, "'press', 'chord', 'finger' or 'cheek'");
	}
	if (!word)
		return false;
	while (kind < ARRAY_LENGTH(kinds) && strcmp(kinds[kind].word, word) != 0)
		kind++;
	if (kind == ARRAY_LENGTH(kinds)) {
		for (kind = 0; kind < ARRAY_LENGTH(kinds); kind++)
			names[kind] = kinds[kind].word;
		names[kind] = "with";
		return scenario_fail_unknown(parser, "statement", word, names, ARRAY_LENGTH(names));
	}
	statement->kind = (enum scenario_kind)kind;
	if (statement->with && kind != SCENARIO_PRESS && kind != SCENARIO_CHORD &&
	    kind != SCENARIO_FINGER && kind != SCENARIO_CHEEK)
		return scenario_fail(
		    parser,
		    "only 'press', 'chord', 'finger' and 'cheek' can go on beside others, '%s' "
		    "cannot",
		    word);
	if (!parser->device && kind != SCENARIO_DEVICE)
		return scenario_fail(parser, "say first what is touched: device phone");
	if (!kinds[kind].parse(parser, statement))
		return false;
	if (scenario_peek(parser))
		return scenario_fail(parser, "'%s' is too much here; one statement a line",
				     scenario_peek(parser));
	return true;
}

static void
statement_clear(gpointer data)
{
	g_free(((struct scenario_statement *)data)->text);
}

static bool
parse_text(struct scenario_parser *parser, const char *text, const char *end)
{
	while (text < end) {
		struct scenario_statement statement = {0};
		const char *line_end = memchr(text, '\n', (size_t)(end - text));

		if (!line_end)
			line_end = end;
		parser->line++;
		if (!g_utf8_validate(text, line_end - text, NULL))
			return scenario_fail(parser,
					     "this is no UTF-8 text; a scenario is a text file");
		parser->next = 0;
		if (!scenario_line_split(text, line_end, parser->words))
			return scenario_fail(parser, "a double quote is not closed");
		if (parser->words->len > 0) {
			bool good = parse_statement(parser, &statement);

			g_array_append_val(parser->statements, statement);
			if (!good)
				return false;
		}
		text = line_end < end ? line_end + 1 : end;
	}
	parser->line = MAX(parser->line, 1);
	if (!parser->expects)
		return scenario_fail(
		    parser, "nothing is expected, so this scenario cannot fail; add a line "
			    "such as: expect press left-top");
	return true;
}

struct scenario *
scenario_parse(const char *name, const char *text, size_t size, GError **error)
{
	g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GArray) statements = g_array_new(FALSE, TRUE, sizeof(struct scenario_statement));
	struct scenario_parser parser = {
	    .name = name, .words = words, .statements = statements, .error = error};
	struct scenario *scenario;

	g_array_set_clear_func(statements, statement_clear);
	if (!parse_text(&parser, text, text + size))
		return NULL;
	scenario = g_new0(struct scenario, 1);
	scenario->name = g_strdup(name);
	g_array_set_clear_func(statements, NULL);
	scenario->count = statements->len;
	scenario->statements = (void *)g_array_free(steal(&statements), FALSE);
	return scenario;
}

struct scenario *
scenario_read(const char *path, GError **error)
{
	g_autoptr(GError) reason = NULL;
	g_autofree char *text = NULL;
	gsize size;

	if (!g_file_get_contents(path, &text, &size, &reason)) {
		g_set_error(error, SCENARIO_ERROR, SCENARIO_ERROR_READ,
			    "The scenario cannot be read: %s", reason->message);
		return NULL;
	}
	if (size > SCENARIO_SIZE_MAX) {
		g_set_error(error, SCENARIO_ERROR, SCENARIO_ERROR_FORMAT,
			    "%s:1: this is larger than 1 MiB, so it is no scenario", path);
		return NULL;
	}
	return scenario_parse(path, text, size, error);
}

void
scenario_free(struct scenario *scenario)
{
	if (!scenario)
		return;
	for (size_t i = 0; i < scenario->count; i++)
		statement_clear(&scenario->statements[i]);
	g_free(scenario->statements);
	g_free(scenario->name);
	g_free(scenario);
}
