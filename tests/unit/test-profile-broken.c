/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Some hundred broken profiles, tests/profiles/broken.cases: what is said of each, word for word,
 * and that nothing of it counts. With --print the cases as they are now, for whoever changes a
 * sentence. Run by tests/run. Owns nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <glib.h>
#include <stdio.h>
#include <string.h>

#include "common/profile.h"

#define CASES "tests/profiles/broken.cases"
/* Issue 7 asks for as many; fewer: some got lost. */
#define CASES_MIN 200
#define FILE_NAME "org.example.App.profile"

struct broken {
	char *name;
	enum profile_layer layer;
	GString *text;
	GString *said;
};

static void
broken_free(void *data)
{
	struct broken *broken = data;

	g_string_free(broken->text, TRUE);
	g_string_free(broken->said, TRUE);
	g_free(broken->name);
	g_free(broken);
}

static enum profile_layer
layer_of(const char *word)
{
	for (int layer = 0; layer < PROFILE_LAYER_COUNT; layer++) {
		if (word && strcmp(word, profile_layer_to_str((enum profile_layer)layer)) == 0)
			return (enum profile_layer)layer;
	}
	return PROFILE_LAYER_USER;
}

static GPtrArray *
read_cases(void)
{
	GPtrArray *cases = g_ptr_array_new_with_free_func(broken_free);
	g_autofree char *all = NULL;
	g_auto(GStrv) lines = NULL;
	struct broken *now = NULL;
	GString *part = NULL;

	if (!g_file_get_contents(CASES, &all, NULL, NULL))
		fail_msg("%s cannot be read; run this from the repository's root", CASES);
	lines = g_strsplit(all, "\n", -1);
	for (char **line = lines; *line && (line[1] || (*line)[0] != '\0'); line++) {
		if (g_str_has_prefix(*line, "=== ")) {
			g_auto(GStrv) words = g_strsplit(*line + 4, " ", 2);

			now = g_new0(struct broken, 1);
			now->name = g_strdup(words[0]);
			now->layer = layer_of(words[1]);
			part = now->text = g_string_new(NULL);
			now->said = g_string_new(NULL);
			g_ptr_array_add(cases, now);
		} else if (now && strcmp(*line, "---") == 0) {
			part = now->said;
		} else if (part && strcmp(*line, "@head") == 0) {
			g_string_append(part, "[Profile]\nName=X\nApp=x\n");
		} else if (part) {
			g_string_append_printf(part, "%s\n", *line);
		}
	}
	return cases;
}

static void
collect(void *data, const char *problem)
{
	const char *prefix = FILE_NAME ":";

	assert_true(g_str_has_prefix(problem, prefix));
	g_string_append_printf(data, "%s\n", problem + strlen(prefix));
}

static char *
said_of(const struct broken *broken)
{
	static const char *const ids[] = {"x", NULL};
	struct profile_set *set = profile_set_new();
	GString *said = g_string_new(NULL);
	struct profile_view view;

	assert_false(profile_set_add_text(set, FILE_NAME, broken->layer, broken->text->str,
					  broken->text->len, collect, said));
	/* Nothing of it counts. */
	assert_int_equal(profile_set_count(set), 1);
	profile_set_view(set, ids, NULL, &view);
	for (unsigned i = 0; i < INPUT_COUNT; i++) {
		if (view.bindings[i])
			assert_int_equal(view.bindings[i]->command_origin.layer,
					 PROFILE_LAYER_BUILT_IN);
	}
	profile_set_free(set);
	return g_string_free(said, FALSE);
}

static void
every_one(void **state)
{
	g_autoptr(GPtrArray) cases = read_cases();

	(void)state;
	assert_true(cases->len >= CASES_MIN);
	for (guint i = 0; i < cases->len; i++) {
		const struct broken *broken = g_ptr_array_index(cases, i);
		g_autofree char *said = said_of(broken);

		if (strcmp(said, broken->said->str) != 0)
			fail_msg("%s: said\n%sand not\n%s", broken->name, said, broken->said->str);
	}
}

static int
print_cases(void)
{
	g_autoptr(GPtrArray) cases = read_cases();

	for (guint i = 0; i < cases->len; i++) {
		const struct broken *broken = g_ptr_array_index(cases, i);
		g_autofree char *said = said_of(broken);

		printf("%s\n%s", broken->name, said);
	}
	return 0;
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(every_one)};

	g_setenv("LC_ALL", "C.UTF-8", TRUE);
	if (argc > 1 && strcmp(argv[1], "--print") == 0)
		return print_cases();
	return cmocka_run_group_tests_name("profile-broken", tests, NULL, NULL);
}
