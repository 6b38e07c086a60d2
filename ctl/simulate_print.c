/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What `sidetouchctl simulate` prints: a line for each scenario, on request one for all that came
 * out, as text or as JSON. Called by ctl/simulate and, through the player, for each entry.
 * Owns nothing but its own few words; writes to standard output, failures also to standard error.
 */
#include "ctl/simulate_print.h"

#include <stdio.h>

#include "common/cleanup.h"

struct simulate_print {
	const char *scenario;
	bool json;
	bool verbose;
	struct usec start; /* the first thing that came out */
};

struct simulate_print *
simulate_print_new(const char *scenario, bool json, bool verbose)
{
	struct simulate_print *print = g_new0(struct simulate_print, 1);

	print->scenario = scenario;
	print->json = json;
	print->verbose = verbose;
	return print;
}

void
simulate_print_free(struct simulate_print *print)
{
	fflush(stdout);
	g_free(print);
}

/* As a JSON string, quotes included; text is valid UTF-8 (D-Bus and the parser see to that). */
static char *
json_string(const char *text)
{
	g_autoptr(GString) json = g_string_new("\"");

	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			g_string_append_printf(json, "\\%c", *text);
		else if ((unsigned char)*text < 0x20)
			g_string_append_printf(json, "\\u%04x", (unsigned)(unsigned char)*text);
		else
			g_string_append_c(json, *text);
	}
	g_string_append_c(json, '"');
	return g_string_free(steal(&json), FALSE);
}

static double
since_start(struct simulate_print *print, struct usec time)
{
	if (print->start.us == 0)
		print->start = time;
	return usec_to_ms(usec_since(time, print->start));
}

void
simulate_print_entry(void *data, const struct player_entry *entry)
{
	struct simulate_print *print = data;
	g_autofree char *description = player_entry_describe(entry);
	double time_ms = since_start(print, entry->time);
	const char *kind = scenario_expect_to_str(entry->kind);

	if (entry->kind == SCENARIO_EXPECT_PASS && !entry->ended)
		return;
	if (print->json && entry->text) {
		g_autofree char *text = json_string(entry->text);

		printf("{\"time_ms\":%.1f,\"kind\":\"%s\",\"text\":%s}\n", time_ms, kind, text);
	} else if (print->json && entry->kind == SCENARIO_EXPECT_PASS) {
		printf("{\"time_ms\":%.1f,\"kind\":\"pass\",\"from_mm\":[%.1f,%.1f],"
		       "\"to_mm\":[%.1f,%.1f]}\n",
		       time_ms, entry->from.x, entry->from.y, entry->to.x, entry->to.y);
	} else if (print->json && entry->kind == SCENARIO_EXPECT_EAR) {
		printf("{\"time_ms\":%.1f,\"kind\":\"ear\",\"gesture\":\"%s\"}\n", time_ms,
		       ear_kind_to_str(entry->gesture));
	} else if (print->json) {
		printf("{\"time_ms\":%.1f,\"kind\":\"%s\",\"pad\":\"%s\"}\n", time_ms, kind,
		       input_to_str(entry->input));
	} else if (print->verbose) {
		printf("%8.3f s  %s\n", time_ms / 1000, description);
	}
	fflush(stdout);
}

void
simulate_print_note(void *data, const char *kind, const char *text)
{
	struct simulate_print *print = data;
	g_autofree char *json = json_string(text);

	if (print->json)
		printf("{\"kind\":\"%s\",\"text\":%s}\n", kind, json);
	else if (print->verbose || g_strcmp0(kind, "waiting") == 0)
		printf("            %s: %s\n", kind, text);
	fflush(stdout);
}

void
simulate_print_expect(void *data, const struct scenario_statement *statement, const char *but)
{
	struct simulate_print *print = data;
	g_autofree char *json = json_string(but ? but : "");

	if (print->json)
		printf("{\"kind\":\"expect\",\"line\":%u,\"what\":\"%s\",\"held\":%s,\"but\":%s}\n",
		       statement->line, scenario_expect_to_str(statement->expect),
		       but ? "false" : "true", but ? json : "null");
	fflush(stdout);
}

bool
simulate_print_end(struct simulate_print *print, const GError *error)
{
	bool skipped = error && g_error_matches(error, PLAYER_ERROR, PLAYER_ERROR_SKIP);
	const char *result = skipped ? "skipped" : error ? "failed" : "held";
	g_autofree char *name = json_string(print->scenario);
	g_autofree char *why = json_string(error ? error->message : "");

	if (print->json)
		printf("{\"kind\":\"scenario\",\"name\":%s,\"result\":\"%s\",\"why\":%s}\n", name,
		       result, error ? why : "null");
	else if (skipped)
		printf("SKIP %s\n", error->message);
	else
		printf("%s %s\n", result, print->scenario);
	if (error && !skipped)
		fprintf(stderr, "%s\n", error->message);
	return skipped;
}
