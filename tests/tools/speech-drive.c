/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Drives daemon/speech from a script: commands on standard input, events on standard output.
 * Used by tests/integration/voice*.sh.
 * Usage: speech-drive [--audible] PROGRAM [ARGUMENT...]; it ends at the end of its input.
 *   say TEXT | after TEXT | urgent TEXT | in LANGUAGE TEXT | sayfile PATH | earcon NUMBER | stop |
 *   silence | resume | repeat | spell | history | prepare TEXT | route VOLUME SINK | ear VOLUME
 * [SINK] | set RATE LANGUAGE [SHARED] | state        (\xHH in TEXT is that byte) prints: said ID
 * TIME_US, started ID TIME_US, ended ID spoken|not TIME_US, sink works|none NAME, stopped TIME_US,
 * state RUNNING RESTARTS SINK, mute, routed SINK 0|1 PLACE, was TEXT
 */
#include <glib-unix.h>
#include <glib.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/speech.h"

static struct speech *speech;
static GMainLoop *loop;

static void
on_started(void *data, uint32_t utterance, struct usec time)
{
	(void)data;
	printf("started %" PRIu32 " %" PRIu64 "\n", utterance, time.us);
}

static void
on_ended(void *data, uint32_t utterance, bool spoken, struct usec time)
{
	(void)data;
	printf("ended %" PRIu32 " %s %" PRIu64 "\n", utterance, spoken ? "spoken" : "not", time.us);
}

static void
on_sink(void *data, bool working, const char *name)
{
	(void)data;
	printf("sink %s %s\n", working ? "works" : "none", name);
}

static void
on_mute(void *data)
{
	(void)data;
	printf("mute\n");
}

static void
on_routed(void *data, const struct voice_routed *routed)
{
	(void)data;
	static const char *const places[] = {"open", "earpiece", "headphones"};

	printf("routed %s %u %s\n", routed->sink, routed->done, places[routed->place]);
}

/* The words after the command, or NULL when it is another one. */
static const char *
after(const char *line, const char *command)
{
	size_t size = strlen(command);

	return strncmp(line, command, size) == 0 && line[size] == ' ' ? line + size + 1 : NULL;
}

static void
request(const char *text, enum speech_priority priority, const char *language)
{
	g_autofree char *bytes = g_strcompress(text);
	const struct speech_request request = {
	    .text = bytes, .priority = priority, .language = language};

	printf("said %" PRIu32 " %" PRIi64 "\n", speech_request(speech, &request),
	       g_get_monotonic_time());
}

static void
set(const char *arguments)
{
	struct voice_settings settings = {
	    .pitch_percent = 50, .range_percent = 50, .volume_percent = 100, .latin = "en"};

	if (sscanf(arguments, "%" SCNu32 " %15s %" SCNu32, &settings.rate_wpm, settings.language,
		   &settings.shared) >= 2)
		speech_set(speech, &settings);
}

static void
route(const char *arguments)
{
	struct voice_route route = {.sink = ""};

	if (sscanf(arguments, "%" SCNu32 " %127s", &route.volume_percent, route.sink) >= 1)
		speech_route(speech, &route);
}

/* The lowered volume is half of the ear's. */
static void
ear(const char *arguments)
{
	struct voice_route route = {.ear = 1};

	if (sscanf(arguments, "%" SCNu32 " %127s", &route.volume_percent, route.sink) < 1)
		return;
	route.lowered_percent = route.volume_percent / 2;
	speech_route(speech, &route);
}

static void
show_history(void)
{
	const char *text;

	for (size_t ago = 0; (text = speech_history(speech, ago)); ago++)
		printf("was %s\n", text);
	printf("was all\n");
}

/* Commands without arguments; false when it is none of them. */
static bool
obey_word(const char *line)
{
	if (strcmp(line, "silence") == 0)
		speech_silence(speech);
	else if (strcmp(line, "resume") == 0)
		printf("said %" PRIu32 " %" PRIi64 "\n", speech_resume(speech),
		       g_get_monotonic_time());
	else if (strcmp(line, "repeat") == 0)
		printf("said %" PRIu32 " %" PRIi64 "\n", speech_repeat(speech),
		       g_get_monotonic_time());
	else if (strcmp(line, "spell") == 0)
		printf("said %" PRIu32 " %" PRIi64 "\n", speech_spell(speech),
		       g_get_monotonic_time());
	else if (strcmp(line, "history") == 0)
		show_history();
	else
		return false;
	return true;
}

static bool
obey_more(const char *line)
{
	const char *words;

	if ((words = after(line, "urgent")))
		request(words, SPEECH_URGENT, NULL);
	else if ((words = after(line, "earcon")))
		speech_earcon(speech, (enum voice_earcon)strtoul(words, NULL, 10));
	else if ((words = after(line, "prepare")))
		speech_prepare(speech, &words, 1);
	else if ((words = after(line, "route")))
		route(words);
	else if ((words = after(line, "ear")))
		ear(words);
	else if ((words = after(line, "set")))
		set(words);
	else if ((words = after(line, "in")) && strchr(words, ' ')) {
		g_autofree char *language = g_strndup(words, strcspn(words, " "));

		request(strchr(words, ' ') + 1, SPEECH_NAVIGATION, language);
	} else {
		return obey_word(line);
	}
	return true;
}

static void
say_file(const char *path)
{
	g_autofree char *text = NULL;

	if (!g_file_get_contents(path, &text, NULL, NULL))
		exit(EXIT_FAILURE);
	printf("said %" PRIu32 " %" PRIi64 "\n", speech_say(speech, text), g_get_monotonic_time());
}

static void
obey(const char *line)
{
	gint64 now = g_get_monotonic_time();

	if (g_str_has_prefix(line, "say ")) {
		g_autofree char *text = g_strcompress(line + strlen("say "));

		printf("said %" PRIu32 " %" PRIi64 "\n", speech_say(speech, text), now);
	} else if (g_str_has_prefix(line, "after ")) {
		printf("said %" PRIu32 " %" PRIi64 "\n",
		       speech_say_after(speech, line + strlen("after ")), now);
	} else if (g_str_has_prefix(line, "sayfile ")) {
		say_file(line + strlen("sayfile "));
	} else if (strcmp(line, "stop") == 0) {
		speech_stop(speech);
		printf("stopped %" PRIi64 "\n", now);
	} else if (strcmp(line, "state") == 0) {
		printf("state %d %" PRIu32 " %s\n", speech_is_running(speech),
		       speech_restarts(speech), speech_sink(speech));
	} else if (!obey_more(line)) {
		fprintf(stderr, "speech-drive: there is no command \"%s\"\n", line);
		exit(2);
	}
}

static gboolean
on_input(GIOChannel *channel, GIOCondition condition, gpointer data)
{
	g_autofree char *line = NULL;
	gsize end;

	(void)condition;
	(void)data;
	if (g_io_channel_read_line(channel, &line, NULL, &end, NULL) != G_IO_STATUS_NORMAL) {
		g_main_loop_quit(loop);
		return G_SOURCE_REMOVE;
	}
	line[end] = '\0';
	obey(line);
	return G_SOURCE_CONTINUE;
}

int
main(int argc, char **argv)
{
	static const struct speech_events events = {on_started, on_ended, on_sink, on_mute,
						    on_routed};
	bool audible = argc > 1 && strcmp(argv[1], "--audible") == 0;
	struct speech_options options;
	GIOChannel *input;

	argv += audible;
	argc -= audible;
	if (argc < 2) {
		fprintf(stderr, "Usage: speech-drive [--audible] PROGRAM [ARGUMENT...]\n");
		return 2;
	}
	options = (struct speech_options){argv[1], (const char *const *)argv + 2, audible};
	setvbuf(stdout, NULL, _IOLBF, 0);
	loop = g_main_loop_new(NULL, FALSE);
	if (speech_new(&options, &events, NULL, &speech) < 0)
		return EXIT_FAILURE;
	input = g_io_channel_unix_new(0);
	g_io_channel_set_encoding(input, NULL, NULL);
	g_io_channel_set_buffered(input, TRUE);
	g_io_add_watch(input, G_IO_IN | G_IO_HUP, on_input, NULL);
	g_main_loop_run(loop);
	g_io_channel_unref(input);
	speech_unref(speech);
	g_main_loop_unref(loop);
	return EXIT_SUCCESS;
}
