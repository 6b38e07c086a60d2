/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sidetouch-driver: reads the command line, runs the loop, ends cleanly.
 * Started by systemd as its own user, or by hand.
 * Owns the main loop and the driver.
 */
#define G_LOG_DOMAIN "sidetouch-driver"
#include <glib-unix.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "common/cleanup.h"
#include "common/link.h"
#include "common/log.h"
#include "common/service.h"
#include "driver/calibration_store.h"
#include "driver/driver.h"
#include "driver/ear_inputs.h"
#include "driver/library_log.h"
#include "driver/loop.h"
#include "driver/settings.h"
#include "driver/stall.h"

struct options {
	char *socket;
	char *seat;
	char **users;
	char *device;
	char *settings;
	char **directories;
	char *state;
	gboolean no_escape;
	gboolean no_buzz;
	gboolean version;
};

static void
options_clear(struct options *options)
{
	g_free(options->socket);
	g_free(options->seat);
	g_strfreev(options->users);
	g_free(options->device);
	g_free(options->settings);
	g_strfreev(options->directories);
	g_free(options->state);
}

static bool
parse(struct options *options, int *argc, char ***argv, GError **error)
{
	const GOptionEntry entries[] = {
	    {"socket", 0, 0, G_OPTION_ARG_FILENAME, &options->socket,
	     "Listen for sidetouchd here (default " LINK_SOCKET_PATH ")", "PATH"},
	    {"seat", 0, 0, G_OPTION_ARG_STRING, &options->seat,
	     "Take the touchscreens of this seat (default seat0)", "SEAT"},
	    {"allow-user", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->users,
	     "Let this user's sidetouchd listen instead of the active session's; may be repeated",
	     "NAME|UID"},
	    {"device", 0, 0, G_OPTION_ARG_FILENAME, &options->device,
	     "Take only this touchscreen, for example /dev/input/event5", "PATH"},
	    {"no-escape", 0, 0, G_OPTION_ARG_NONE, &options->no_escape,
	     "Five fingers that lie still for 5 s do not make every touch pass (for kiosks)", NULL},
	    {"no-buzz", 0, 0, G_OPTION_ARG_NONE, &options->no_buzz,
	     "The device does not vibrate at a press", NULL},
	    {"settings", 0, 0, G_OPTION_ARG_FILENAME, &options->settings,
	     "Read the settings from here (default " SETTINGS_PATH ")", "FILE"},
	    {"devices", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->directories,
	     "Read overlays.d and quirks.d of this folder instead of the system's; may be repeated",
	     "FOLDER"},
	    {"state", 0, 0, G_OPTION_ARG_FILENAME, &options->state,
	     "Keep calibrations in this folder (default $STATE_DIRECTORY, which systemd sets, or "
	     "else " CALIBRATION_STORE_FOLDER ")",
	     "FOLDER"},
	    {"version", 0, 0, G_OPTION_ARG_NONE, &options->version, "Print the version and end",
	     NULL},
	    {0},
	};
	g_autoptr(GOptionContext) context = g_option_context_new(NULL);

	g_option_context_set_summary(context, "Withholds touches on the six pads of a film over a "
					      "touchscreen and tells sidetouchd of them;\n"
					      "every other touch passes to the system unchanged.");
	g_option_context_add_main_entries(context, entries, NULL);
	if (!g_option_context_parse(context, argc, argv, error))
		return false;
	if (*argc > 1) {
		g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, "unexpected '%s'",
			    (*argv)[1]);
		return false;
	}
	return true;
}

static gboolean
on_signal(void *data)
{
	loop_quit(data);
	return G_SOURCE_CONTINUE;
}

/* systemd may name several folders; ours is the first. */
static char *
state_folder(const struct options *options)
{
	const char *folders = g_getenv("STATE_DIRECTORY");

	if (options->state)
		return g_strdup(options->state);
	if (folders && folders[0] == '/')
		return g_strndup(folders, strcspn(folders, ":"));
	return g_strdup(CALIBRATION_STORE_FOLDER);
}

static void
clear_loop(struct loop **loop)
{
	*loop = loop_free(*loop);
}

static bool
run(const struct options *options, GError **error)
{
	struct loop *loop _cleanup_(clear_loop) = loop_new();
	const char *const directories[] = {SIDETOUCH_DATADIR, SETTINGS_DIRECTORY, NULL};
	g_autofree char *state = state_folder(options);
	struct driver_config config = {
	    .loop = loop,
	    .socket = options->socket ? options->socket : LINK_SOCKET_PATH,
	    .seat = options->seat ? options->seat : "seat0",
	    .users = (const char *const *)options->users,
	    .device = options->device,
	    .state = state,
	    .directories =
		options->directories ? (const char *const *)options->directories : directories,
	};
	const char *path = options->settings ? options->settings : SETTINGS_PATH;
	g_autoptr(GError) wrong = NULL;
	struct settings settings _cleanup_(settings_clear);
	struct ear_keys ear_keys;
	struct driver *driver;
	struct stall *stall;
	int r;

	/* A mistake there is no reason to leave a user without a driver. */
	if (!settings_read(path, &settings, &wrong)) {
		g_warning("%s", wrong->message);
		config.bad_file = wrong->message;
	}
	ear_keys =
	    (struct ear_keys){settings.ear_device, {settings.ear_keys[0], settings.ear_keys[1]}};
	config.ear_keys = &ear_keys;
	config.no_buzz = options->no_buzz || !settings.buzz;
	config.no_escape = options->no_escape || !settings.escape;
	/* Before the first panel is taken, so that no moment is left in which a signal would. */
	g_unix_signal_add_full(G_PRIORITY_HIGH, SIGTERM, on_signal, loop, NULL);
	g_unix_signal_add_full(G_PRIORITY_HIGH, SIGINT, on_signal, loop, NULL);
	driver = driver_new(&config, error);
	if (!driver)
		return false;
	r = stall_new(loop_turns(loop), STALL_CPU_MS, &stall);
	if (r < 0)
		g_message("a loop that hangs will not be noticed: %s", g_strerror(-r));
	service_ready();
	loop_run(loop);
	service_stopping();
	stall_free(stall);
	driver_free(driver);
	return true;
}

int
main(int argc, char **argv)
{
	struct options options __attribute__((cleanup(options_clear))) = {0};
	g_autoptr(GError) error = NULL;
	bool parsed = parse(&options, &argc, &argv, &error);

	log_never_wait();
	library_log_evdev();
	if (parsed && options.version) {
		puts("sidetouch-driver " SIDETOUCH_VERSION);
		return 0;
	}
	if (parsed && run(&options, &error))
		return 0;
	fprintf(stderr, "sidetouch-driver: %s\n", error->message);
	if (!parsed)
		fputs("Try 'sidetouch-driver --help'.\n", stderr);
	return !parsed || error->domain == G_OPTION_ERROR ? 2 : 1;
}
