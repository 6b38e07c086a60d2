/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The sinks that need no sound server: "null", and "wav:FILE". Both play in real time, so that what
 * is timed or stopped behaves as with sound, and the silence between two utterances is in the file.
 * Made by the voice's main; owns its timer and the WAV file. With nothing to play no timer runs.
 */
#define G_LOG_DOMAIN "sidetouch-voice"
#include <errno.h>
#include <glib.h>
#include <string.h>

#include "daemon/voice/sink.h"
#include "daemon/voice/wav.h"

/* One tick's worth of samples: the granularity of a stop, near a sound server's usual buffer. */
#define TICK_MS 10
/* More than a tick at the highest rate espeak-ng has (22050 Hz; MBROLA voices 16000). */
#define TICK_SAMPLES_MAX 512

struct paced {
	struct sink base;
	char *path; /* NULL: without a file */
	struct wav *wav;
	guint timer;
	gint64 opened_us; /* CLOCK_MONOTONIC: the file's, or the null sink's, sample 0 */
	uint64_t played;  /* samples since then, silence included */
	bool ending;      /* the last sample was pulled: drained at the next tick */
};

static void
stop_timer(struct paced *paced)
{
	if (paced->timer)
		g_source_remove(paced->timer);
	paced->timer = 0;
	paced->ending = false;
}

static void
fail(struct paced *paced, int error)
{
	g_warning("%s cannot be written (%s); what is said goes nowhere until that is mended.",
		  paced->path, g_strerror(-error));
	stop_timer(paced);
	paced->wav = wav_close(paced->wav);
	sink_set_working(&paced->base, false);
}

static void
paced_open(struct sink *sink)
{
	struct paced *paced = (struct paced *)sink;
	int error = paced->path ? wav_open(paced->path, sink->rate_hz, &paced->wav) : 0;

	paced->opened_us = g_get_monotonic_time();
	paced->played = 0;
	if (!error) {
		sink_set_working(sink, true);
		return;
	}
	if (error == -EEXIST)
		g_warning("%s is no WAV file of this program and is left as it is; name another "
			  "file, or remove it.",
			  paced->path);
	else
		g_warning("%s cannot be opened (%s); name another file.", paced->path,
			  g_strerror(-error));
	sink_set_working(sink, false);
}

static uint64_t
samples_until_now(const struct paced *paced)
{
	uint64_t us = (uint64_t)(g_get_monotonic_time() - paced->opened_us);

	return us / 1000000 * paced->base.rate_hz + us % 1000000 * paced->base.rate_hz / 1000000;
}

/* Pull one tick's samples; false when the file could not take them. */
static bool
take(struct paced *paced)
{
	int16_t samples[TICK_SAMPLES_MAX];
	size_t due = MIN((size_t)paced->base.rate_hz * TICK_MS / 1000, TICK_SAMPLES_MAX);
	bool end = false;
	size_t count = paced->base.events->pull(paced->base.data, samples, due, &end);
	int error = paced->wav && count > 0 ? wav_write(paced->wav, samples, count) : 0;

	paced->played += count;
	paced->ending = end;
	if (error)
		fail(paced, error);
	return !error;
}

static gboolean
on_tick(gpointer data)
{
	struct paced *paced = data;

	/* A tick that came late (a busy machine) makes up for it, as a sound server's buffer does.
	 */
	while (!paced->ending && paced->played <= samples_until_now(paced)) {
		uint64_t before = paced->played;

		if (!take(paced))
			return G_SOURCE_REMOVE;
		if (paced->played == before)
			break;
	}
	if (paced->ending && paced->played <= samples_until_now(paced)) {
		paced->ending = false;
		paced->timer = 0;
		paced->base.events->drained(paced->base.data);
		return G_SOURCE_REMOVE;
	}
	return G_SOURCE_CONTINUE;
}

static void
paced_play(struct sink *sink)
{
	struct paced *paced = (struct paced *)sink;
	uint64_t now = samples_until_now(paced);
	int error = 0;

	if (paced->timer)
		return;
	if (now > paced->played) {
		error = paced->wav ? wav_silence(paced->wav, now - paced->played) : 0;
		paced->played = now;
	}
	if (error) {
		fail(paced, error);
		return;
	}
	paced->timer = g_timeout_add(TICK_MS, on_tick, paced);
	take(paced);
}

static void
paced_stop(struct sink *sink)
{
	stop_timer((struct paced *)sink);
}

static void
paced_retry(struct sink *sink)
{
	paced_open(sink);
}

static void
paced_give_up(struct sink *sink)
{
	/* Its clock is this process's: there is nobody else to lose. */
	(void)sink;
}

static unsigned
paced_behind_ms(const struct sink *sink)
{
	(void)sink;
	return TICK_MS;
}

static void
paced_free(struct sink *sink)
{
	struct paced *paced = (struct paced *)sink;

	stop_timer(paced);
	wav_close(paced->wav);
	g_free(paced->path);
	g_free(paced);
}

static const struct sink_ops null_ops = {
    .name = "null",
    .open = paced_open,
    .play = paced_play,
    .stop = paced_stop,
    .retry = paced_retry,
    .give_up = paced_give_up,
    .behind_ms = paced_behind_ms,
    .free = paced_free,
};

static const struct sink_ops wav_ops = {
    .name = "wav",
    .open = paced_open,
    .play = paced_play,
    .stop = paced_stop,
    .retry = paced_retry,
    .give_up = paced_give_up,
    .behind_ms = paced_behind_ms,
    .free = paced_free,
};

struct sink *
sink_paced_new(unsigned rate_hz, const char *path)
{
	struct paced *paced = g_new0(struct paced, 1);

	paced->base.ops = path ? &wav_ops : &null_ops;
	paced->base.rate_hz = rate_hz;
	paced->path = g_strdup(path);
	return &paced->base;
}
