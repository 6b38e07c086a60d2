/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The voice's health: a start, a watchdog, a patience that grows.
 * Called by daemon/speech in the daemon's loop; never waits.
 *
 * | what                                              | after                              |
 * | ------------------------------------------------- | ---------------------------------- |
 * | no READY: the voice hangs, kill it                | 5 s; twice as long each time, 40 s |
 * |                                                   | at most, until one was ready       |
 * | an utterance is out and nothing is heard of it    | 2.5 s (3.5 s without a sink)       |
 * | next start after it died                          | at once, three times; then 100 ms, |
 * |                                                   | doubling to 10 s, until something  |
 * |                                                   | was spoken                         |
 */
#define G_LOG_DOMAIN "sidetouchd"
#include "daemon/speech_voice.h"

#include <errno.h>
#include <glib.h>
#include <string.h>

#include "common/i18n.h"
#include "daemon/voice_child.h"

#define READY_MS       5000 /* espeak-ng's data from a cold, slow card: 10 x what a phone takes */
#define READY_DOUBLED  3    /* 40 s: a machine that takes longer to read a few MB is not usable */
#define HANG_MS        2500 /* the voice reports every 0.5 s, and gives up a lost sink after 2 s */
#define NO_SINK_MS     3500 /* it waits 2 s for a sink to come back, perhaps just after a start */
#define QUICK_US       INT64_C(1000000) /* shorter: it died of its start or of one text */
#define QUICK_FREE     3                /* deaths that cost no delay: one text kills twice */
#define BACKOFF_MS     100
#define BACKOFF_MAX    7 /* doublings: 12.8 s, cut to 10 s */
#define BACKOFF_MAX_MS 10000

struct speech_voice {
	char *program;
	char **arguments; /* the first is --audible, which is left out once that was done */
	bool audible;
	const struct speech_voice_events *events;
	void *data;
	struct voice_child *child;
	bool ready;
	bool busy;
	bool sink_works;
	gint64 born_us;
	guint watchdog;
	guint respawn;
	unsigned quick_deaths;
	unsigned unready; /* how many in a row were killed before they were ready */
	uint32_t restarts;
};

static void start(struct speech_voice *voice);

static void
clear_source(guint *source)
{
	if (*source)
		g_source_remove(*source);
	*source = 0;
}

static void
replace(struct speech_voice *voice)
{
	bool quick = g_get_monotonic_time() - voice->born_us < QUICK_US;

	voice->child = voice_child_kill(voice->child);
	voice->ready = false;
	voice->busy = false;
	voice->sink_works = false;
	clear_source(&voice->watchdog);
	voice->quick_deaths = quick ? voice->quick_deaths + 1 : 0;
	voice->restarts++;
	start(voice);
	voice->events->lost(voice->data);
}

static gboolean
on_watchdog(gpointer data)
{
	struct speech_voice *voice = data;

	voice->watchdog = 0;
	/* One that is only slow would be killed for ever, and nothing ever said. */
	if (!voice->ready && voice->unready < READY_DOUBLED)
		voice->unready++;
	g_warning("The voice does not answer and is replaced.");
	replace(voice);
	return G_SOURCE_REMOVE;
}

/* Something was heard of the voice, or asked of it. */
static void
watch(struct speech_voice *voice)
{
	guint limit_ms = voice->sink_works ? HANG_MS : NO_SINK_MS;

	clear_source(&voice->watchdog);
	if (!voice->child || (voice->ready && !voice->busy))
		return;
	if (!voice->ready)
		limit_ms = READY_MS << voice->unready;
	voice->watchdog = g_timeout_add(limit_ms, on_watchdog, voice);
}

/* It has made the server be heard before it tells that it works, and no other does so again: the
 * user may have muted it since. The card alone is not the server, which may be late. */
static void
take_sink(struct speech_voice *voice, const struct voice_sink *message)
{
	voice->sink_works = message->working;
	if (message->working && strcmp(message->name, VOICE_SINK_CARD) != 0)
		voice->audible = false;
}

static void
on_message(void *data, const struct packet_header *header)
{
	struct speech_voice *voice = data;

	if (header->type == VOICE_READY) {
		voice->ready = true;
		voice->unready = 0;
		voice->events->ready(voice->data);
	} else {
		if (header->type == VOICE_SINK)
			take_sink(voice, (const void *)header);
		voice->events->message(voice->data, header);
	}
	watch(voice);
}

static void
on_gone(void *data)
{
	replace(data);
}

static const struct voice_child_events child_events = {
    .message = on_message,
    .gone = on_gone,
};

static gboolean
on_respawn(gpointer data)
{
	struct speech_voice *voice = data;
	char **arguments = voice->arguments + !voice->audible;
	int error;

	voice->respawn = 0;
	voice->born_us = g_get_monotonic_time();
	error = voice_child_new(voice->program, (const char *const *)arguments, &child_events,
				voice, &voice->child);
	if (error) {
		g_warning("The voice, %s, does not start (%s); install Sidetouch again.",
			  voice->program, g_strerror(-error));
		voice->quick_deaths++;
		start(voice);
		return G_SOURCE_REMOVE;
	}
	watch(voice);
	return G_SOURCE_REMOVE;
}

static void
start(struct speech_voice *voice)
{
	unsigned over = voice->quick_deaths > QUICK_FREE ? voice->quick_deaths - QUICK_FREE : 0;
	guint delay_ms =
	    over == 0 ? 0 : MIN(BACKOFF_MS << MIN(over - 1, BACKOFF_MAX), BACKOFF_MAX_MS);

	clear_source(&voice->respawn);
	if (over > 0)
		voice->events->hopeless(
		    voice->data, _("The voice keeps dying; its last words are in: journalctl "
				   "--user -u sidetouchd"));
	voice->respawn = g_timeout_add_full(G_PRIORITY_DEFAULT, delay_ms, on_respawn, voice, NULL);
}

int
speech_voice_new(const char *program, const char *const *arguments, bool audible,
		 const struct speech_voice_events *events, void *data, struct speech_voice **out)
{
	struct speech_voice *voice = g_new0(struct speech_voice, 1);
	GStrvBuilder *all = g_strv_builder_new();

	g_strv_builder_add(all, "--audible");
	if (arguments)
		g_strv_builder_addv(all, (const char **)arguments);
	voice->program = g_strdup(program);
	voice->arguments = g_strv_builder_end(all);
	g_strv_builder_unref(all);
	voice->audible = audible;
	voice->events = events;
	voice->data = data;
	start(voice);
	*out = voice;
	return 0;
}

struct speech_voice *
speech_voice_unref(struct speech_voice *voice)
{
	if (!voice)
		return NULL;
	voice_child_unref(voice->child);
	clear_source(&voice->watchdog);
	clear_source(&voice->respawn);
	g_strfreev(voice->arguments);
	g_free(voice->program);
	g_free(voice);
	return NULL;
}

bool
speech_voice_is_ready(const struct speech_voice *voice)
{
	return voice->child && voice->ready;
}

void
speech_voice_send(struct speech_voice *voice, const struct packet_header *message)
{
	int error;

	if (!speech_voice_is_ready(voice))
		return;
	error = voice_child_send(voice->child, message);
	/* A voice that is gone says so through its socket; one that reads nothing hangs. */
	if (error && error != -EPIPE && error != -ECONNRESET)
		g_warning("The voice takes no more messages (%s).", g_strerror(-error));
}

void
speech_voice_expect(struct speech_voice *voice, bool busy)
{
	voice->busy = busy;
	watch(voice);
}

void
speech_voice_is_well(struct speech_voice *voice)
{
	voice->quick_deaths = 0;
}

uint32_t
speech_voice_restarts(const struct speech_voice *voice)
{
	return voice->restarts;
}
