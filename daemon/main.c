/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sidetouchd: reads the command line, runs the loop, ends cleanly.
 * Started by systemd in each session, or by hand.
 * Owns the main loop and the daemon.
 */
#define G_LOG_DOMAIN "sidetouchd"
#include <glib-unix.h>
#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "common/i18n.h"
#include "common/link.h"
#include "common/log.h"
#include "common/profile_assign.h"
#include "common/profile_folders.h"
#include "common/service.h"
#include "daemon/accelerometer.h"
#include "daemon/daemon.h"

struct options {
	char *socket;
	char **profiles;
	char *voice;
	char *sink;
	char **voice_arguments;
	char *voice_settings;
	char *app_source;
	char *accelerometers;
	gboolean version;
};

struct run {
	GMainLoop *loop;
	bool failed;
};

static void
options_clear(struct options *options)
{
	g_free(options->socket);
	g_strfreev(options->profiles);
	g_free(options->voice);
	g_free(options->sink);
	g_strfreev(options->voice_arguments);
	g_free(options->voice_settings);
	g_free(options->app_source);
	g_free(options->accelerometers);
}

static bool
check(const struct options *options, int argc, char **argv, GError **error)
{
	if (argc > 1) {
		g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, "unexpected '%s'",
			    argv[1]);
		return false;
	}
	if (options->app_source && strcmp(options->app_source, "atspi") != 0 &&
	    strcmp(options->app_source, "bus") != 0) {
		g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
			    "the app source is atspi or bus, not '%s'", options->app_source);
		return false;
	}
	return true;
}

static bool
parse(struct options *options, int *argc, char ***argv, GError **error)
{
	const GOptionEntry entries[] = {
	    {"driver-socket", 0, 0, G_OPTION_ARG_FILENAME, &options->socket,
	     "Where sidetouch-driver listens (default " LINK_SOCKET_PATH ")", "PATH"},
	    {"profiles", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->profiles,
	     "Read profiles from this folder instead of the usual ones; may be repeated, later "
	     "ones win",
	     "DIRECTORY"},
	    {"voice", 0, 0, G_OPTION_ARG_FILENAME, &options->voice, "The program that speaks",
	     "PROGRAM"},
	    {"sink", 0, 0, G_OPTION_ARG_STRING, &options->sink,
	     "Where speech goes: auto (the default: the sound server, without one the card), "
	     "pulse, "
	     "alsa, wav:FILE or null",
	     "SINK"},
	    {"voice-arg", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->voice_arguments,
	     "Give this argument to the program that speaks; may be repeated", "ARGUMENT"},
	    {"voice-settings", 0, 0, G_OPTION_ARG_FILENAME, &options->voice_settings,
	     "The file of the voice's settings (default ~/.config/sidetouch/voice.conf)", "FILE"},
	    {"app-source", 0, 0, G_OPTION_ARG_STRING, &options->app_source,
	     "Who tells which app is in front: atspi (the default) or bus, for tests", "SOURCE"},
	    {"accelerometers", 0, 0, G_OPTION_ARG_FILENAME, &options->accelerometers,
	     "Where the kernel shows accelerometers (default " ACCELEROMETER_FOLDER "), for tests",
	     "FOLDER"},
	    {"version", 0, 0, G_OPTION_ARG_NONE, &options->version, "Print the version and end",
	     NULL},
	    {0},
	};
	g_autoptr(GOptionContext) context = g_option_context_new(NULL);

	g_option_context_set_summary(
	    context, "Says what the six buttons do in the app in front, and does it.");
	g_option_context_add_main_entries(context, entries, NULL);
	return g_option_context_parse(context, argc, argv, error) &&
	       check(options, *argc, *argv, error);
}

/* Who tells the app in front over the bus is a test: nobody is there to be taught. */
static bool
is_test(const struct options *options)
{
	return options->app_source && strcmp(options->app_source, "bus") == 0;
}

static gboolean
on_signal(void *data)
{
	struct run *run = data;

	g_main_loop_quit(run->loop);
	return G_SOURCE_CONTINUE;
}

static void
on_ended(void *data, const char *sentence)
{
	struct run *run = data;

	fprintf(stderr, "sidetouchd: %s\n", sentence);
	run->failed = true;
	g_main_loop_quit(run->loop);
}

static char **
voice_arguments(const struct options *options)
{
	GPtrArray *arguments = g_ptr_array_new();

	if (options->sink) {
		g_ptr_array_add(arguments, g_strdup("--sink"));
		g_ptr_array_add(arguments, g_strdup(options->sink));
	}
	for (char **argument = options->voice_arguments; argument && *argument; argument++)
		g_ptr_array_add(arguments, g_strdup(*argument));
	g_ptr_array_add(arguments, NULL);
	return (char **)g_ptr_array_free(arguments, FALSE);
}

static int
run(const struct options *options)
{
	g_autoptr(GMainLoop) loop = g_main_loop_new(NULL, FALSE);
	g_autoptr(GArray) folders =
	    options->profiles ? profile_folders_given((const char *const *)options->profiles)
			      : profile_folders_usual(SIDETOUCH_DATADIR);
	g_autofree char *settings =
	    g_build_filename(g_get_user_config_dir(), "sidetouch/voice.conf", NULL);
	g_autofree char *remembered = profile_assign_state();
	g_auto(GStrv) arguments = voice_arguments(options);
	struct daemon_options daemon_options = {
	    .driver_socket = options->socket ? options->socket : LINK_SOCKET_PATH,
	    .profiles = folders,
	    .voice = options->voice ? options->voice : SIDETOUCH_LIBEXECDIR "/sidetouch-voice",
	    .voice_arguments = (const char *const *)arguments,
	    .voice_settings = options->voice_settings ? options->voice_settings : settings,
	    .state = remembered,
	    .accelerometers = options->accelerometers,
	    .offers_tutorial = !is_test(options),
	    .front_from_bus = is_test(options),
	};
	struct run state = {.loop = loop};
	struct daemon *daemon;
	int error;

	g_unix_signal_add_full(G_PRIORITY_HIGH, SIGTERM, on_signal, &state, NULL);
	g_unix_signal_add_full(G_PRIORITY_HIGH, SIGINT, on_signal, &state, NULL);
	error = daemon_new(&daemon_options, on_ended, &state, &daemon);
	if (error < 0) {
		fprintf(stderr, "sidetouchd: cannot start: %s\n", g_strerror(-error));
		return 1;
	}
	g_main_loop_run(loop);
	service_stopping();
	daemon_unref(daemon);
	return state.failed ? 1 : 0;
}

int
main(int argc, char **argv)
{
	struct options options __attribute__((cleanup(options_clear))) = {0};
	g_autoptr(GError) error = NULL;

	log_never_wait();
	setlocale(LC_ALL, "");
	bindtextdomain(I18N_DOMAIN, SIDETOUCH_LOCALEDIR);
	bind_textdomain_codeset(I18N_DOMAIN, "UTF-8");
	if (!parse(&options, &argc, &argv, &error)) {
		fprintf(stderr, "sidetouchd: %s\nTry 'sidetouchd --help'.\n", error->message);
		return 2;
	}
	if (options.version) {
		puts("sidetouchd " SIDETOUCH_VERSION);
		return 0;
	}
	return run(&options);
}
