/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `sidetouchctl simulate SCENARIO...`: plays scenarios and says whether what they expect came out.
 * Called by ctl/main; the player and its back ends do the work.
 * Owns the scenarios, the profiles of --in-memory, and what it prints.
 */
#include "ctl/simulate.h"

#include <errno.h>
#include <stdio.h>

#include "common/cleanup.h"
#include "common/profile_folders.h"
#include "ctl/completion.h"
#include "ctl/player_link.h"
#include "ctl/player_memory.h"
#include "ctl/player_uinput.h"
#include "ctl/simulate_print.h"

struct simulate {
	bool in_memory;
	bool json;
	bool verbose;
	char *drive_link;
	struct profile_set *profiles;
};

static void
on_profile_problem(void *data, const char *problem)
{
	(void)data;
	fprintf(stderr, "%s\n", problem);
}

static struct profile_set *
load_profiles(const char *folder)
{
	const char *const given[] = {folder, NULL};
	g_autoptr(GArray) folders =
	    folder ? profile_folders_given(given) : profile_folders_usual(SIDETOUCH_DATADIR);

	return profile_folders_load(folders, on_profile_problem, NULL);
}

static bool
play_in_memory(const struct simulate *simulate, const struct scenario *scenario,
	       struct simulate_print *print, struct player_log *log, GError **error)
{
	struct player_memory *memory;
	bool good;

	if (player_memory_new(simulate->profiles, log, &memory) < 0) {
		g_set_error(error, PLAYER_ERROR, PLAYER_ERROR_WORLD,
			    "there is not enough memory to play in");
		return false;
	}
	good = player_play(scenario, &player_memory_backend, memory, log, simulate_print_expect,
			   print, error);
	player_memory_unref(memory);
	return good;
}

static bool
play_drive_link(const struct simulate *simulate, const struct scenario *scenario,
		struct simulate_print *print, struct player_log *log, GError **error)
{
	struct player_live *live = player_live_new(log, simulate_print_note, print);
	struct player_link *link = player_link_new(simulate->drive_link, live, log, error);
	bool good = link && player_play(scenario, &player_link_backend, link, log,
					simulate_print_expect, print, error);

	player_link_free(link);
	player_live_free(live);
	return good;
}

static bool
play_uinput(const struct scenario *scenario, struct simulate_print *print, struct player_log *log,
	    GError **error)
{
	struct player_live *live = player_live_new(log, simulate_print_note, print);
	struct player_uinput *uinput = player_uinput_new(live, log);
	bool good = player_play(scenario, &player_uinput_backend, uinput, log,
				simulate_print_expect, print, error);

	player_uinput_free(uinput);
	player_live_free(live);
	return good;
}

/* Play one; false when it failed (a skipped one did not). */
static bool
play(const struct simulate *simulate, const struct scenario *scenario)
{
	g_autoptr(GError) error = NULL;
	struct simulate_print *print =
	    simulate_print_new(scenario->name, simulate->json, simulate->verbose);
	struct player_log *log = player_log_new(simulate_print_entry, print);
	bool good;

	if (simulate->in_memory)
		good = play_in_memory(simulate, scenario, print, log, &error);
	else if (simulate->drive_link)
		good = play_drive_link(simulate, scenario, print, log, &error);
	else
		good = play_uinput(scenario, print, log, &error);
	player_log_free(log);
	good = simulate_print_end(print, error) || good;
	simulate_print_free(print);
	return good;
}

static int
play_all(const struct simulate *simulate, char **paths)
{
	g_autoptr(GPtrArray) scenarios =
	    g_ptr_array_new_with_free_func((GDestroyNotify)scenario_free);
	bool good = true;

	/* All are read before the first is played: a slip in the last is told at once. */
	for (size_t i = 0; paths[i]; i++) {
		g_autoptr(GError) error = NULL;
		struct scenario *scenario = scenario_read(paths[i], &error);

		if (scenario)
			g_ptr_array_add(scenarios, scenario);
		else
			fprintf(stderr, "%s\n", error->message);
		good = good && scenario;
	}
	if (!good)
		return 1;
	for (guint i = 0; i < scenarios->len; i++)
		good = play(simulate, g_ptr_array_index(scenarios, i)) && good;
	return good ? 0 : 1;
}

int
ctl_simulate(int argc, char **argv)
{
	struct simulate simulate = {0};
	gboolean in_memory = FALSE, json = FALSE, verbose = FALSE;
	g_autofree char *drive_link = NULL;
	g_autofree char *profiles_folder = NULL;
	g_auto(GStrv) paths = NULL;
	const GOptionEntry entries[] = {
	    {"in-memory", 'm', 0, G_OPTION_ARG_NONE, &in_memory,
	     "Without touchscreen, driver and daemon, on a clock that never waits", NULL},
	    {"drive-link", 'd', 0, G_OPTION_ARG_FILENAME, &drive_link,
	     "Be the driver, at this socket, for a sidetouchd --driver-socket SOCKET", "SOCKET"},
	    {"profiles", 'p', 0, G_OPTION_ARG_FILENAME, &profiles_folder,
	     "The profiles that --in-memory uses", "FOLDER"},
	    {"verbose", 'v', 0, G_OPTION_ARG_NONE, &verbose,
	     "Print all that comes out, what is said included", NULL},
	    {"json", 'j', 0, G_OPTION_ARG_NONE, &json, "The same as one JSON object a line", NULL},
	    {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &paths, NULL, "SCENARIO..."},
	    {0}};
	g_autoptr(GOptionContext) options = g_option_context_new(NULL);
	g_autoptr(GError) error = NULL;
	int result;

	g_option_context_set_summary(
	    options,
	    "Plays scenarios (*.touch) and checks what they expect. Without an option it plugs in "
	    "a\nsimulated touchscreen (uinput, as root), which the running sidetouch-driver takes, "
	    "and watches\nthe sidetouchd of this session. Exit code: 0 all held, 1 one failed, 2 "
	    "wrong usage.");
	g_set_prgname("sidetouchctl simulate"); /* what --help shows */
	if (!completion_parse(options, entries, NULL, &argc, &argv, &error)) {
		fprintf(stderr, "%s; see: sidetouchctl simulate --help\n", error->message);
		return 2;
	}
	if (!paths || (in_memory && drive_link) || (profiles_folder && !in_memory)) {
		fprintf(stderr, "%s; see: sidetouchctl simulate --help\n",
			!paths       ? "Name at least one scenario (FILE.touch)"
			: drive_link ? "Choose either --in-memory or --drive-link"
				     : "--profiles is for --in-memory: a daemon has its own");
		return 2;
	}
	simulate.in_memory = in_memory;
	simulate.json = json;
	simulate.verbose = verbose;
	simulate.drive_link = drive_link;
	if (in_memory)
		simulate.profiles = load_profiles(profiles_folder);
	result = play_all(&simulate, paths);
	if (simulate.profiles)
		profile_set_free(simulate.profiles);
	return result;
}
