/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sound through PulseAudio or pipewire-pulse: one stream of our own, made before anything is said,
 * kept open, and corked when nothing was said for a while, so that the server can sleep.
 * Made by the voice's main. Owns the connection, the stream, and the attempts to get them back.
 *
 * | what                                  | after                                            |
 * | ------------------------------------- | ------------------------------------------------ |
 * | next attempt to connect               | 20 ms, doubling to 500 ms, for 2 s after a loss, |
 * |                                       | a start or something to say; then only when the  |
 * |                                       | server's socket appears                          |
 * | an attempt without an answer counts   | 2 s                                              |
 * | as failed, but is kept                |                                                  |
 * | one that was kept ends                | attempts as after a loss                         |
 * | cork                                  | 1.5 s without speech                             |
 *
 * Kept, since whoever has the connection is there and hangs, has no sink, or is yet to be started
 * by systemd, which holds its socket: nothing but its answer tells that it goes on. Not kept with a
 * stream: one that PipeWire 0.3.65 does not answer keeps everybody else waiting as well.
 *
 * The end of an utterance is heard when the silence after it was asked for. It is not drained:
 * of a stream that was, PipeWire 0.3.65 sometimes takes nothing more until it is corked.
 */
#define G_LOG_DOMAIN "sidetouch-voice"
#include <glib.h>
#include <pulse/glib-mainloop.h>
#include <pulse/pulseaudio.h>

#include "daemon/voice/pulse_audible.h"
#include "daemon/voice/pulse_ready.h"
#include "daemon/voice/pulse_route.h"
#include "daemon/voice/pulse_stream.h"
#include "daemon/voice/pulse_watch.h"
#include "daemon/voice/pulse_write.h"
#include "daemon/voice/sink.h"
#include "daemon/voice/sink_retry.h"

#define ANSWER_MS    2000 /* design: what cannot sound within 2 s has failed */
#define IDLE_CORK_MS 1500 /* design; longer than the pause between a press and the next */
/* What the server holds ready of us. Half of it is the server's own buffer (ADJUST_LATENCY):
 * measured, see tests/bench/bench-speech.sh. */
#define TARGET_MS 20
/* And while nothing is said: what is asked for counts for the whole sink, so that our 20 ms would
 * wake the server fifty times a second for somebody else's music. PulseAudio's longest is 2 s. */
#define IDLE_TARGET_MS 2000

struct pulse {
	struct sink base;
	pa_glib_mainloop *loop;
	pa_context *context;
	pa_stream *stream;
	struct pulse_watch *watch;
	struct pulse_ready ready;
	bool playing;   /* from play() to the last sample pulled, or stop() */
	bool ending;    /* from there until it was played */
	size_t padding; /* bytes of silence still to be written after it */
	bool corked;
	unsigned target_ms; /* what was asked for last */
	guint idle;         /* timer: cork */
	guint retry;        /* timer: next attempt */
	guint answer; /* timer: this attempt is not answered; 0 while there is one: it was not */
	struct sink_retry schedule;
	struct pulse_route route;
	bool audible; /* the server's sink is to be made so */
};

static void connect_now(struct pulse *pulse);
static void lost(struct pulse *pulse);
static gboolean on_no_answer(gpointer data);

static void
clear_source(guint *source)
{
	if (*source)
		g_source_remove(*source);
	*source = 0;
}

/* --- playing --- */

static void
forget(pa_operation *operation)
{
	if (operation)
		pa_operation_unref(operation);
}

static void
cork(struct pulse *pulse, bool corked)
{
	if (pulse->corked == corked || !pulse->stream)
		return;
	pulse->corked = corked;
	forget(pa_stream_cork(pulse->stream, corked, NULL, NULL));
}

static void
ask_latency(struct pulse *pulse, unsigned target_ms)
{
	const pa_buffer_attr attributes = pulse_stream_attributes(pulse->base.rate_hz, target_ms);

	if (pulse->target_ms == target_ms || !pulse->stream)
		return;
	pulse->target_ms = target_ms;
	forget(pa_stream_set_buffer_attr(pulse->stream, &attributes, NULL, NULL));
}

static gboolean
on_idle(gpointer data)
{
	struct pulse *pulse = data;

	pulse->idle = 0;
	cork(pulse, true);
	ask_latency(pulse, IDLE_TARGET_MS);
	return G_SOURCE_REMOVE;
}

static void
rest(struct pulse *pulse)
{
	pulse->playing = false;
	pulse->ending = false;
	clear_source(&pulse->idle);
	pulse->idle = g_timeout_add(IDLE_CORK_MS, on_idle, pulse);
}

/* At least as much as the server holds of us: when it asks for more, it holds nothing else. All
 * that it asked for, or PipeWire may never ask again: what it has left, less than it mixes at a
 * time, and what it waits for are together too much for that. */
static void
pad(struct pulse *pulse, size_t size)
{
	size_t done = pulse_write_silence(pulse->stream, size);

	pulse->padding -= MIN(done, pulse->padding);
}

/* Hand over up to size bytes; what the voice does not have yet comes with the next play(). */
static void
fill(struct pulse *pulse, size_t size)
{
	bool end = false;

	while (pulse->playing && size >= sizeof(int16_t) && !end) {
		size_t room = size;
		void *memory = pulse_write_begin(pulse->stream, &room);
		size_t count;

		if (!memory)
			return;
		count = pulse->base.events->pull(pulse->base.data, memory, room / sizeof(int16_t),
						 &end);
		if (count == 0) {
			pa_stream_cancel_write(pulse->stream);
			break;
		}
		if (!pulse_write_end(pulse->stream, memory, count * sizeof(int16_t)))
			return;
		size -= MIN(size, count * sizeof(int16_t));
	}
	if (!end)
		return;
	pulse->playing = false;
	pulse->ending = true;
	pulse->padding = pulse_stream_attributes(pulse->base.rate_hz, TARGET_MS).tlength;
	pad(pulse, size);
}

static void
on_writable(pa_stream *stream, size_t size, void *data)
{
	struct pulse *pulse = data;

	if (stream != pulse->stream)
		return;
	if (!pulse->ending) {
		fill(pulse, size);
	} else if (pulse->padding > 0) {
		pad(pulse, size);
	} else {
		rest(pulse);
		pulse->base.events->drained(pulse->base.data);
	}
}

static void
pulse_play(struct sink *sink)
{
	struct pulse *pulse = (struct pulse *)sink;
	size_t size;

	/* The ring tells that it is done after its last sample was pulled. */
	if (!sink->working || pulse->ending)
		return;
	clear_source(&pulse->idle);
	ask_latency(pulse, TARGET_MS);
	pulse->playing = true;
	size = pa_stream_writable_size(pulse->stream);
	if (size != (size_t)-1)
		fill(pulse, size);
	/* After the samples, so that the first thing the server plays is speech. */
	cork(pulse, false);
}

static void
pulse_stop(struct sink *sink)
{
	struct pulse *pulse = (struct pulse *)sink;

	if (!sink->working)
		return;
	forget(pa_stream_flush(pulse->stream, NULL, NULL));
	rest(pulse);
}

static void
pulse_route(struct sink *sink, const struct sink_route *route)
{
	pulse_route_want(&((struct pulse *)sink)->route, route);
}

static unsigned
pulse_behind_ms(const struct sink *sink)
{
	(void)sink;
	return TARGET_MS;
}

/* --- the connection --- */

/* Not before: a voice that replaces one at the ear would begin to say a secret aloud. */
static void
on_settled(struct sink *sink)
{
	struct pulse *pulse = (struct pulse *)sink;

	clear_source(&pulse->answer);
	pulse->watch = pulse_watch_unref(pulse->watch);
	if (!sink->working)
		sink_set_working(sink, true);
}

static void
on_stream_state(pa_stream *stream, void *data)
{
	struct pulse *pulse = data;

	if (stream != pulse->stream)
		return;
	switch (pa_stream_get_state(stream)) {
	case PA_STREAM_UNCONNECTED:
	case PA_STREAM_CREATING:
		break;
	case PA_STREAM_READY:
		if (pulse->audible)
			pulse_audible_make(pulse->context);
		pulse->audible = false;
		pulse_route_begin(&pulse->route, pulse->context, stream);
		break;
	case PA_STREAM_FAILED:
	case PA_STREAM_TERMINATED:
		lost(pulse);
		break;
	}
}

static void
make_stream(void *data)
{
	struct pulse *pulse = data;
	static const pa_stream_flags_t flags = PA_STREAM_START_CORKED | PA_STREAM_ADJUST_LATENCY;
	const pa_buffer_attr attributes = pulse_stream_attributes(pulse->base.rate_hz, TARGET_MS);

	if (!pulse->answer)
		pulse->answer = g_timeout_add(ANSWER_MS, on_no_answer, pulse);
	pulse->corked = true;
	pulse->stream = pulse_stream_new(pulse->context, pulse->base.rate_hz);
	if (!pulse->stream) {
		lost(pulse);
		return;
	}
	pa_stream_set_state_callback(pulse->stream, on_stream_state, pulse);
	pa_stream_set_write_callback(pulse->stream, on_writable, pulse);
	if (pa_stream_connect_playback(pulse->stream, NULL, &attributes, flags, NULL, NULL) < 0)
		lost(pulse);
	pulse->target_ms = TARGET_MS;
}

static void
on_context_state(pa_context *context, void *data)
{
	struct pulse *pulse = data;

	if (context != pulse->context)
		return;
	switch (pa_context_get_state(context)) {
	case PA_CONTEXT_UNCONNECTED:
	case PA_CONTEXT_CONNECTING:
	case PA_CONTEXT_AUTHORIZING:
	case PA_CONTEXT_SETTING_NAME:
		break;
	case PA_CONTEXT_READY:
		pulse_ready_await(&pulse->ready, context, make_stream, pulse);
		break;
	case PA_CONTEXT_FAILED:
	case PA_CONTEXT_TERMINATED:
		lost(pulse);
		break;
	}
}

static void
disconnect(struct pulse *pulse)
{
	pa_stream *stream = pulse->stream;
	pa_context *context = pulse->context;

	clear_source(&pulse->idle);
	clear_source(&pulse->retry);
	clear_source(&pulse->answer);
	pulse_ready_end(&pulse->ready);
	pulse_route_end(&pulse->route);
	pulse->playing = false;
	pulse->ending = false;
	/* libpulse calls back from within these, even of a stream that has failed already. */
	pulse->stream = NULL;
	pulse->context = NULL;
	if (stream) {
		pa_stream_disconnect(stream);
		pa_stream_unref(stream);
	}
	if (context) {
		pa_context_disconnect(context);
		pa_context_unref(context);
	}
}

static gboolean
on_retry(gpointer data)
{
	struct pulse *pulse = data;

	pulse->retry = 0;
	connect_now(pulse);
	return G_SOURCE_REMOVE;
}

static gboolean
on_no_answer(gpointer data)
{
	struct pulse *pulse = data;

	pulse->answer = 0;
	if (pulse->stream)
		lost(pulse);
	else
		sink_set_working(&pulse->base, false);
	return G_SOURCE_REMOVE;
}

static struct usec
now(void)
{
	return usec_from_us((uint64_t)g_get_monotonic_time());
}

static void
try_for_a_while(struct pulse *pulse)
{
	sink_retry_begin(&pulse->schedule, now());
}

static void
on_appeared(void *data)
{
	struct pulse *pulse = data;

	/* An attempt under way goes on; one that waits need not wait any longer. */
	if (pulse->context)
		return;
	try_for_a_while(pulse);
	clear_source(&pulse->retry);
	connect_now(pulse);
}

/* Of a server that was there, or of an attempt. */
static void
lost(struct pulse *pulse)
{
	bool was_working = pulse->base.working;
	bool was_kept = pulse->context && !pulse->stream && !pulse->answer && !was_working;
	unsigned wait_ms;
	/* No server at all is known at once: another sink need not wait for this one's 2 s. */
	bool nobody = pulse->context && !was_working && !pulse->stream &&
		      pa_context_errno(pulse->context) == PA_ERR_CONNECTIONREFUSED;

	disconnect(pulse);
	if (was_working || was_kept)
		try_for_a_while(pulse);
	if (!pulse->watch)
		pulse->watch = pulse_watch_new(on_appeared, pulse);
	if (sink_retry_next(&pulse->schedule, now(), &wait_ms)) {
		pulse->retry = g_timeout_add(wait_ms, on_retry, pulse);
		if (!was_working && !nobody)
			return;
	}
	sink_set_working(&pulse->base, false);
}

static void
connect_now(struct pulse *pulse)
{
	pa_proplist *properties = pa_proplist_new();

	pa_proplist_sets(properties, PA_PROP_APPLICATION_ID, "org.sidetouch.Sidetouch1");
	pulse->context = pa_context_new_with_proplist(pa_glib_mainloop_get_api(pulse->loop),
						      "Sidetouch", properties);
	pa_proplist_free(properties);
	pa_context_set_state_callback(pulse->context, on_context_state, pulse);
	pulse->answer = g_timeout_add(ANSWER_MS, on_no_answer, pulse);
	/* No autospawn: libpulse would fork and wait for the server in this loop. */
	if (pa_context_connect(pulse->context, NULL, PA_CONTEXT_NOAUTOSPAWN, NULL) < 0 &&
	    pulse->context)
		lost(pulse);
}

static void
pulse_open(struct sink *sink)
{
	struct pulse *pulse = (struct pulse *)sink;

	try_for_a_while(pulse);
	connect_now(pulse);
}

static void
pulse_retry(struct sink *sink)
{
	struct pulse *pulse = (struct pulse *)sink;

	try_for_a_while(pulse);
	if (pulse->context || pulse->retry)
		return;
	connect_now(pulse);
}

static void
pulse_give_up(struct sink *sink)
{
	lost((struct pulse *)sink);
}

static void
pulse_free(struct sink *sink)
{
	struct pulse *pulse = (struct pulse *)sink;

	pulse_route_leave(&pulse->route);
	disconnect(pulse);
	pulse_watch_unref(pulse->watch);
	pa_glib_mainloop_free(pulse->loop);
	g_free(pulse);
}

static const struct sink_ops pulse_ops = {
    .name = "pulse",
    .open = pulse_open,
    .play = pulse_play,
    .stop = pulse_stop,
    .retry = pulse_retry,
    .give_up = pulse_give_up,
    .route = pulse_route,
    .behind_ms = pulse_behind_ms,
    .free = pulse_free,
};

struct sink *
sink_pulse_new(unsigned rate_hz, bool audible)
{
	struct pulse *pulse = g_new0(struct pulse, 1);

	pulse->base.ops = &pulse_ops;
	pulse->base.rate_hz = rate_hz;
	pulse->audible = audible;
	pulse->route.sink = &pulse->base;
	pulse->route.settled = on_settled;
	pulse->loop = pa_glib_mainloop_new(NULL);
	return &pulse->base;
}
