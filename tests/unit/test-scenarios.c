/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every tests/scenarios/ file of the name *.touch, played in memory with the profiles of profiles/.
 * Run by `make check` from the repository's root, or with the files to play as arguments; one TAP
 * line each.
 * Owns the profiles while it runs.
 */
#include <stdio.h>
#include <string.h>

#include "common/cleanup.h"
#include "common/profile_folders.h"
#include "ctl/player_memory.h"

#define SCENARIOS_FOLDER "tests/scenarios"
#define PROFILES_FOLDER  "profiles"

static bool
play(const struct profile_set *profiles, const struct scenario *scenario, GError **error)
{
	struct player_log *log = player_log_new(NULL, NULL);
	struct player_memory *memory;
	bool good;

	if (player_memory_new(profiles, log, &memory) < 0)
		g_error("there is not enough memory to play in");
	good = player_play(scenario, &player_memory_backend, memory, log, NULL, NULL, error);
	player_memory_unref(memory);
	player_log_free(log);
	return good;
}

/*
 * The same scenario with one expectation turned into another: it must fail, on that line. So every
 * expectation is known to be able to fail, and not to be met by whatever comes.
 */
static bool
turned_fails(const struct profile_set *profiles, struct scenario *scenario,
	     struct scenario_statement *statement, GError **error)
{
	struct scenario_statement right = *statement;
	g_autofree char *text = NULL;
	g_autofree char *line = g_strdup_printf("%s:%u: ", scenario->name, right.line);
	g_autoptr(GError) reason = NULL;
	bool held;

	if (right.none) {
		/* Something must come, whatever it is; and nothing does. */
		statement->none = false;
		statement->count = right.expect == SCENARIO_EXPECT_PASS ? 1 : 0;
		text = g_strdup("a text that nobody says or runs");
		statement->text = text;
	} else if (right.text) {
		text = g_strconcat(right.text, "x", NULL);
		statement->text = text;
	} else if (right.count) {
		statement->count++;
	} else if (right.has_path) {
		statement->to.x += statement->to.x > 10 ? -3 : 3;
	} else if (right.expect == SCENARIO_EXPECT_EAR) {
		statement->gesture = (right.gesture + 1) % EAR_KIND_COUNT;
	} else {
		statement->input.index = (right.input.index + 1) % INPUT_COUNT;
	}
	held = play(profiles, scenario, &reason);
	*statement = right;
	if (!held && g_str_has_prefix(reason->message, line))
		return true;
	g_set_error(error, PLAYER_ERROR, PLAYER_ERROR_EXPECT,
		    "%sthis expectation cannot fail: turned into another, %s", line,
		    held ? "it held" : reason->message);
	return false;
}

static bool
check(const struct profile_set *profiles, const char *path, GError **error)
{
	struct scenario *scenario = scenario_read(path, error);
	bool good = scenario && play(profiles, scenario, error);

	for (size_t i = 0; good && i < scenario->count; i++) {
		if (scenario->statements[i].kind == SCENARIO_EXPECT)
			good = turned_fails(profiles, scenario, &scenario->statements[i], error);
	}
	scenario_free(scenario);
	return good;
}

static int
by_name(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *
find_scenarios(void)
{
	GPtrArray *paths = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GDir) folder = g_dir_open(SCENARIOS_FOLDER, 0, NULL);
	const char *name;

	while (folder && (name = g_dir_read_name(folder))) {
		if (g_str_has_suffix(name, ".touch"))
			g_ptr_array_add(paths, g_build_filename(SCENARIOS_FOLDER, name, NULL));
	}
	g_ptr_array_sort(paths, by_name);
	return paths;
}

static void
on_problem(void *data, const char *problem)
{
	unsigned *problems = data;

	(*problems)++;
	printf("# %s\n", problem);
}

int
main(int argc, char **argv)
{
	g_autoptr(GPtrArray) paths =
	    argc > 1 ? g_ptr_array_new_with_free_func(g_free) : find_scenarios();
	struct profile_set *profiles = profile_set_new();
	unsigned problems = 0, failed = 0;

	for (int i = 1; i < argc; i++)
		g_ptr_array_add(paths, g_strdup(argv[i]));
	profile_folders_add(profiles, PROFILES_FOLDER, PROFILE_LAYER_SHIPPED, on_problem,
			    &problems);
	printf("%s 1 - the shipped profiles are all in order\n", problems ? "not ok" : "ok");
	/* Fewer than 25: they were not found, or some got lost (issue 2 asks for as many). */
	if (argc == 1 && paths->len < 25) {
		printf("not ok - there are %u scenarios in %s; run this from the repository's "
		       "root\n",
		       paths->len, SCENARIOS_FOLDER);
		failed++;
	}
	for (guint i = 0; i < paths->len; i++) {
		const char *path = g_ptr_array_index(paths, i);
		g_autoptr(GError) error = NULL;
		bool good = check(profiles, path, &error);

		printf("%s %u - %s\n", good ? "ok" : "not ok", i + 2, path);
		if (!good)
			printf("# %s\n", error->message);
		failed += good ? 0 : 1;
	}
	printf("1..%u\n", paths->len + 1);
	profile_set_free(profiles);
	return failed || problems ? 1 : 0;
}
