/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sidetouch-voice: the program that speaks, a child of sidetouchd, which may die at any text.
 * Started by daemon/speech with the link as file descriptor VOICE_LINK_FD.
 * Owns the loop and the parts for the life of the process.
 */
#define G_LOG_DOMAIN "sidetouch-voice"
#include <fcntl.h>
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/log.h"
#include "common/voice_link.h"
#include "daemon/voice/engine.h"
#include "daemon/voice/script.h"
#include "daemon/voice/voice.h"

#define EXIT_USAGE 2 /* design: wrong usage */
/* Of samples between synth and sink: 1 s at espeak-ng's 22050 Hz, so that the synth's thread wakes
 * twice a second while it speaks, and 44 kB. */
#define RING_SAMPLES 22050

struct options {
	char *sink;
	char *transcript;
	char *speaks;
	gboolean audible;
	gboolean version;
};

struct end {
	GMainLoop *loop;
	bool failed;
};

static void
on_finished(void *data, bool failed)
{
	struct end *end = data;

	end->failed = failed;
	g_main_loop_quit(end->loop);
}

static bool
parse(struct options *options, int *argc, char ***argv)
{
	const GOptionEntry entries[] = {
	    {"sink", 0, 0, G_OPTION_ARG_STRING, &options->sink,
	     "Where speech sounds: auto (the default: the sound server, without one the card), "
	     "pulse (PulseAudio or PipeWire), alsa (the card), wav:FILE, or null (takes the time "
	     "but makes no sound)",
	     "SINK"},
	    {"transcript", 0, 0, G_OPTION_ARG_FILENAME, &options->transcript,
	     "For tests: append what is said, and when, to FILE", "FILE"},
	    {"speaks", 0, 0, G_OPTION_ARG_STRING, &options->speaks,
	     "Only tell whether there is a voice for a language, for example zh_CN: exit code 0, "
	     "and its name",
	     "LANGUAGE"},
	    {"audible", 0, 0, G_OPTION_ARG_NONE, &options->audible,
	     "At a user's first start: a sound server that is muted or very quiet is made to be "
	     "heard",
	     NULL},
	    {"version", 0, 0, G_OPTION_ARG_NONE, &options->version, "Print the version", NULL},
	    G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GOptionContext) context = g_option_context_new(NULL);
	g_autoptr(GError) error = NULL;

	g_option_context_set_summary(
	    context, "Speaks what sidetouchd says. sidetouchd starts it; there is no need to start "
		     "it by hand.");
	g_option_context_add_main_entries(context, entries, NULL);
	if (!g_option_context_parse(context, argc, argv, &error)) {
		g_printerr("sidetouch-voice: %s. See sidetouch-voice --help.\n", error->message);
		return false;
	}
	if (*argc > 1) {
		g_printerr("sidetouch-voice: \"%s\" is not an option. See sidetouch-voice "
			   "--help.\n",
			   (*argv)[1]);
		return false;
	}
	return true;
}

static bool
is_link(int fd)
{
	int type;
	socklen_t size = sizeof(type);

	return getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_SEQPACKET;
}

static struct sink *
sink_of(const char *name, unsigned rate_hz, bool audible)
{
	if (!name || strcmp(name, "auto") == 0) {
		struct sink *const usual[] = {sink_pulse_new(rate_hz, audible),
					      sink_alsa_new(rate_hz)};

		return sink_chain_new(usual, G_N_ELEMENTS(usual));
	}
	if (strcmp(name, "pulse") == 0)
		return sink_pulse_new(rate_hz, audible);
	if (strcmp(name, "alsa") == 0)
		return sink_alsa_new(rate_hz);
	if (strcmp(name, "null") == 0)
		return sink_paced_new(rate_hz, NULL);
	if (g_str_has_prefix(name, "wav:") && name[strlen("wav:")])
		return sink_paced_new(rate_hz, name + strlen("wav:"));
	return NULL;
}

static int
run(struct voice_parts *parts)
{
	struct end end = {.loop = g_main_loop_new(NULL, FALSE)};
	struct voice *voice;

	parts->finished = on_finished;
	parts->data = &end;
	voice = voice_new(parts);
	g_main_loop_run(end.loop);
	voice_unref(voice);
	g_main_loop_unref(end.loop);
	return end.failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

static int
start(const struct options *options)
{
	struct voice_parts parts = {.link_fd = VOICE_LINK_FD, .clips = clips_new()};
	g_autofree char *why = NULL;
	int code;
	int error = ring_new(RING_SAMPLES, &parts.ring);

	if (error) {
		g_printerr("sidetouch-voice cannot start: %s.\n", g_strerror(-error));
		return EXIT_FAILURE;
	}
	if (synth_new(parts.ring, parts.clips, &parts.synth, &why) < 0) {
		g_printerr("sidetouch-voice: %s\n", why);
		return EXIT_FAILURE;
	}
	parts.sink = sink_of(options->sink, synth_rate_hz(parts.synth), options->audible);
	if (!parts.sink) {
		g_printerr("sidetouch-voice: there is no sink \"%s\"; use auto, pulse, alsa, "
			   "wav:FILE or null.\n",
			   options->sink);
		return EXIT_USAGE;
	}
	error = options->transcript ? transcript_open(options->transcript, &parts.transcript) : 0;
	if (error) {
		g_printerr("sidetouch-voice: the transcript %s cannot be opened (%s); name another "
			   "file.\n",
			   options->transcript, g_strerror(-error));
		return EXIT_USAGE;
	}
	code = run(&parts);
	transcript_close(parts.transcript);
	sink_unref(parts.sink);
	/* The synth's thread may be in the middle of a text, or hang in it: the ring stays. */
	return code;
}

/* For `sidetouchctl doctor`, which does not link espeak-ng. Nothing is said, so nobody takes
 * samples. */
static int
tell_voice(const char *language)
{
	struct engine *engine;
	g_autofree char *why = NULL;
	char voice[SCRIPT_TAG_MAX];

	if (engine_new(NULL, &engine, &why) < 0) {
		g_printerr("sidetouch-voice: %s\n", why);
		return EXIT_FAILURE;
	}
	script_language_voice(language, voice);
	if (!engine_has_voice(engine, voice)) {
		g_printerr("sidetouch-voice: espeak-ng has no voice for %s; install the package "
			   "espeak-ng-data again, or choose another language with: sidetouchctl "
			   "voice language\n",
			   language);
		return EXIT_FAILURE;
	}
	g_print("%s\n", voice);
	return EXIT_SUCCESS;
}

int
main(int argc, char **argv)
{
	struct options options = {.sink = NULL};
	int code = EXIT_SUCCESS;

	log_never_wait();
	if (!parse(&options, &argc, &argv))
		return EXIT_USAGE;
	if (options.version) {
		g_print("sidetouch-voice %s\n", SIDETOUCH_VERSION);
	} else if (options.speaks) {
		code = tell_voice(options.speaks);
	} else if (!is_link(VOICE_LINK_FD)) {
		g_printerr("sidetouch-voice speaks for sidetouchd, which starts it; to hear "
			   "something, run: sidetouchctl say \"Hello\"\n");
		code = EXIT_USAGE;
	} else {
		/* Whatever espeak-ng or libpulse start must not hold the daemon's link open. */
		fcntl(VOICE_LINK_FD, F_SETFD, FD_CLOEXEC);
		code = start(&options);
	}
	g_free(options.sink);
	g_free(options.transcript);
	g_free(options.speaks);
	/* Not exit(): its handlers would run beside the synth's thread. */
	fflush(NULL);
	_exit(code);
}
