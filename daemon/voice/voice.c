/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The voice's one state machine: which utterance is where between synth and sink.
 * Lives in main's loop; the link, the ring, the sink and one timer call it, and it never waits.
 * Owns the utterances that have not ended, and which settings hold.
 *
 * | state    | meaning                        | left                                     | after |
 * | -------- | ------------------------------ | ---------------------------------------- | ----- |
 * | idle     | nothing to say                 | SAY                                      |       |
 * | waiting  | the sink does not work         | it does, or the utterance fails          | 2 s   |
 * | paused   | silent in the middle of one    | PAUSE 0, another SAY, STOP               |       |
 * | shared   | speech-dispatcher has it       | ended there, STOP, or lost: then it is   |       |
 * |          |                                | spoken from the start                    |       |
 * | speaking | the sink pulls, or may pull    | drained, STOP, or the sink is lost: the  |       |
 * |          |                                | utterance waits to be said from the start|       |
 */
#define G_LOG_DOMAIN "sidetouch-voice"
#include "daemon/voice/voice.h"

#include <glib-unix.h>
#include <glib.h>

#include "daemon/voice/voice_private.h"

/* Design: what cannot sound within 2 s has failed; the user has given it up. */
#define SINK_DEADLINE_MS 2000
/* How often the daemon hears that speech goes on: well within its 2.5 s (speech.c). */
#define LOOK_MS 500
/* A sound server that takes nothing for so long hangs. PulseAudio 16.1's null sink, the slowest
 * seen, pauses for 2 s after its first samples. */
#define STALL_MS 5000

static void
clear_source(guint *source)
{
	if (*source)
		g_source_remove(*source);
	*source = 0;
}

struct utterance_source
voice_source(const struct voice *voice)
{
	return (struct utterance_source){
	    .ring = voice->parts.ring,
	    .synth = voice->parts.synth,
	    .clips = voice->parts.clips,
	    .settings = &voice->settings,
	    .earcons = voice->earcons,
	    .rate_hz = voice->parts.sink->rate_hz,
	};
}

static void
tell_sink(struct voice *voice, bool working)
{
	report_sink(&voice->report, working, sink_name(voice->parts.sink));
}

/* --- utterances --- */

void
voice_end_first(struct voice *voice, enum voice_end end)
{
	struct utterance *utterance = g_queue_pop_head(&voice->queue);

	report_ended(&voice->report, utterance, end);
	utterance_free(utterance);
}

void
voice_silence(struct voice *voice)
{
	clear_source(&voice->look);
	clear_source(&voice->deadline);
	if (voice->state == VOICE_SPEAKING) {
		voice->parts.sink->ops->stop(voice->parts.sink);
		ring_begin(voice->parts.ring);
	}
	dispatcher_stop(voice->dispatcher);
	voice->state = VOICE_IDLE;
}

void
voice_next(struct voice *voice)
{
	clear_source(&voice->look);
	clear_source(&voice->deadline);
	voice->state = VOICE_IDLE;
	if (!g_queue_is_empty(&voice->queue))
		voice_begin(voice);
}

static gboolean
on_deadline(gpointer data)
{
	struct voice *voice = data;

	voice->deadline = 0;
	tell_sink(voice, false);
	if (voice->state == VOICE_WAITING) {
		voice_end_first(voice, VOICE_END_FAILED);
		voice_next(voice);
	}
	return G_SOURCE_REMOVE;
}

static void
wait_for_sink(struct voice *voice)
{
	voice->state = VOICE_WAITING;
	clear_source(&voice->look);
	clear_source(&voice->deadline);
	voice->deadline = g_timeout_add(SINK_DEADLINE_MS, on_deadline, voice);
}

/*
 * While speaking: does it go on? The daemon is told as long as whoever's turn it is moves, or the
 * sink is slow; when the synth hangs it is told nothing, and replaces us.
 */
static gboolean
on_look(gpointer data)
{
	struct voice *voice = data;
	const struct utterance *utterance = g_queue_peek_head(&voice->queue);
	bool sinks_turn = ring_waits(voice->parts.ring);

	voice->stalled_ms = voice->pulled || !sinks_turn ? 0 : voice->stalled_ms + LOOK_MS;
	if (voice->pulled || sinks_turn)
		report_progress(&voice->report, utterance);
	voice->pulled = false;
	if (voice->stalled_ms < STALL_MS)
		return G_SOURCE_CONTINUE;
	g_warning("The sound server takes no more samples; it is given up and tried again.");
	voice->look = 0;
	voice->parts.sink->ops->give_up(voice->parts.sink);
	return G_SOURCE_REMOVE;
}

static void
speak(struct voice *voice)
{
	const struct utterance_source source = voice_source(voice);
	struct utterance *utterance = g_queue_peek_head(&voice->queue);

	clear_source(&voice->deadline);
	voice->state = VOICE_SPEAKING;
	/* Going on after a pause is no start. */
	voice->started = utterance->from > 0;
	voice->pulled = false;
	voice->stalled_ms = 0;
	clear_source(&voice->look);
	voice->look = g_timeout_add(LOOK_MS, on_look, voice);
	utterance_begin(utterance, &source);
	/* What is ready (a clip, an earcon) need not wait for the ring's news. */
	voice->parts.sink->ops->play(voice->parts.sink);
}

static gboolean
on_look_elsewhere(gpointer data)
{
	struct voice *voice = data;

	/* It may wait long there, for others; the daemon hears that it is not lost. */
	report_progress(&voice->report, g_queue_peek_head(&voice->queue));
	dispatcher_ask(voice->dispatcher);
	return G_SOURCE_CONTINUE;
}

/* By speech-dispatcher, where that is wanted and it takes it. A sound alone is always ours. */
static bool
share(struct voice *voice)
{
	const struct utterance *utterance = g_queue_peek_head(&voice->queue);
	struct plan *plan = utterance_plan(utterance, &voice->settings);
	bool taken = plan->count > 0 &&
		     dispatcher_say(voice->dispatcher, plan, &voice->settings, utterance->urgent);

	plan_free(plan);
	if (!taken)
		return false;
	clear_source(&voice->deadline);
	clear_source(&voice->look);
	voice->look = g_timeout_add(LOOK_MS, on_look_elsewhere, voice);
	voice->state = VOICE_SHARED;
	voice->started = utterance->from > 0;
	return true;
}

void
voice_begin(struct voice *voice)
{
	if (voice->shared && share(voice))
		return;
	if (voice->parts.sink->working) {
		speak(voice);
		return;
	}
	wait_for_sink(voice);
	voice->parts.sink->ops->retry(voice->parts.sink);
}

/* --- the ring and the sink --- */

static gboolean
on_ring(gint fd, GIOCondition condition, gpointer data)
{
	struct voice *voice = data;

	(void)fd;
	(void)condition;
	ring_news(voice->parts.ring);
	if (voice->state == VOICE_SPEAKING)
		voice->parts.sink->ops->play(voice->parts.sink);
	return G_SOURCE_CONTINUE;
}

static size_t
on_pull(void *data, int16_t *samples, size_t count, bool *end)
{
	struct voice *voice = data;
	const struct utterance_source source = voice_source(voice);
	struct utterance *utterance = g_queue_peek_head(&voice->queue);
	size_t done;

	if (voice->state != VOICE_SPEAKING)
		return 0;
	done = utterance_pull(utterance, &source, samples, count, end);
	router_shape(&voice->router, voice->parts.sink->rate_hz, samples, done);
	if (done > 0 && !voice->started) {
		voice->started = true;
		report_started(&voice->report, utterance);
	}
	voice->pulled |= done > 0;
	return done;
}

static void
on_drained(void *data)
{
	struct voice *voice = data;
	const struct utterance *utterance = g_queue_peek_head(&voice->queue);

	if (voice->state != VOICE_SPEAKING)
		return;
	voice_end_first(voice, utterance->failed ? VOICE_END_FAILED : VOICE_END_SPOKEN);
	voice_next(voice);
}

/* A server that is restarted is no news: only when it stays away is the user told so. */
static void
on_changed(void *data, bool working)
{
	struct voice *voice = data;

	if (working || !voice->report.sink_known)
		tell_sink(voice, working);
	switch (voice->state) {
	case VOICE_PAUSED:
	case VOICE_SHARED:
	case VOICE_IDLE:
		clear_source(&voice->deadline);
		if (!working && voice->report.sink_works)
			voice->deadline = g_timeout_add(SINK_DEADLINE_MS, on_deadline, voice);
		break;
	case VOICE_WAITING:
		if (working)
			speak(voice);
		break;
	case VOICE_SPEAKING:
		if (!working) {
			ring_begin(voice->parts.ring);
			wait_for_sink(voice);
		}
		break;
	}
}

static void
on_routed(void *data, const struct sink_routed *routed)
{
	struct voice *voice = data;

	router_told(&voice->router, routed);
}

static const struct sink_events voice_sink_events = {
    .pull = on_pull,
    .drained = on_drained,
    .changed = on_changed,
    .routed = on_routed,
};

/* --- from speech-dispatcher --- */

static void
on_begun(void *data)
{
	struct voice *voice = data;

	if (!voice->started)
		report_started(&voice->report, g_queue_peek_head(&voice->queue));
	voice->started = true;
}

static void
on_ended(void *data, bool spoken)
{
	struct voice *voice = data;

	voice_end_first(voice, spoken ? VOICE_END_SPOKEN : VOICE_END_STOPPED);
	voice_next(voice);
}

static void
on_lost(void *data)
{
	/* Not ready any more, so it is said by ourselves. */
	voice_next(data);
}

static const struct dispatcher_events dispatcher_events = {
    .begun = on_begun,
    .ended = on_ended,
    .lost = on_lost,
};

struct voice *
voice_new(const struct voice_parts *parts)
{
	struct voice *voice = g_new0(struct voice, 1);

	voice->parts = *parts;
	voice->settings = synth_default_settings;
	voice->report = (struct report){.link_fd = parts->link_fd, .transcript = parts->transcript};
	router_init(&voice->router, &voice->report);
	g_queue_init(&voice->queue);
	voice->dispatcher = dispatcher_new(&dispatcher_events, voice);
	voice->link_source = g_unix_fd_add(parts->link_fd, G_IO_IN, voice_on_link, voice);
	voice->ring_source = g_unix_fd_add(ring_fd(parts->ring), G_IO_IN, on_ring, voice);
	report_ready(&voice->report, synth_rate_hz(parts->synth));
	parts->sink->events = &voice_sink_events;
	parts->sink->data = voice;
	parts->sink->ops->open(parts->sink);
	return voice;
}

struct voice *
voice_unref(struct voice *voice)
{
	struct utterance *utterance;

	if (!voice)
		return NULL;
	clear_source(&voice->look);
	clear_source(&voice->deadline);
	if (voice->link_source)
		g_source_remove(voice->link_source);
	dispatcher_free(voice->dispatcher);
	g_source_remove(voice->ring_source);
	while ((utterance = g_queue_pop_head(&voice->queue)))
		utterance_free(utterance);
	g_free(voice);
	return NULL;
}
