/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sound straight to the card, for a kiosk or a greeter without a sound server: ALSA's "default",
 * which may be PipeWire (pipewire-alsa), or "sysdefault" where that one is PulseAudio.
 * The card is held only while something is said and shortly after, so that a sound server that
 * starts later finds it free. Made by the voice's main; owns the PCM and its sources in the loop.
 *
 * | what                             | after                                       |
 * | -------------------------------- | ------------------------------------------- |
 * | try to open again                | 20 ms, doubling to 500 ms, for 2 s after a  |
 * |                                  | loss or something to say                    |
 * | what opens but plays nothing     | 1.5 s: the next name, or it does not work   |
 * | the last sample was played       | what ALSA says is still before it           |
 * | let the card go                  | 1.5 s without speech                        |
 */
#define G_LOG_DOMAIN "sidetouch-voice"
#include <alsa/asoundlib.h>
#include <errno.h>
#include <glib-unix.h>
#include <glib.h>

#include "daemon/voice/hidden_server.h"
#include "daemon/voice/sink.h"
#include "daemon/voice/sink_retry.h"

/* As the PulseAudio sink asks of its server. */
#define LATENCY_MS 20
/* Design; longer than the pause between a press and the next. */
#define IDLE_CLOSE_MS 1500
/* A card plays its first silence within its buffer, PipeWire once WirePlumber has found a sink for
 * it. One that hangs takes what fits into its buffer and nothing more. Within the chain's 2 s. */
#define PROOF_MS 1500
/* Of the usual card; more are not polled. */
#define POLLS_MAX 8
/* One call's worth: above what LATENCY_MS can take at 22050 Hz. */
#define PIECE_SAMPLES 512

struct alsa {
	struct sink base;
	snd_pcm_t *pcm; /* NULL: the card is let go */
	struct pollfd polls[POLLS_MAX];
	guint sources[POLLS_MAX];
	unsigned poll_count;
	guint idle;  /* timer: close */
	guint drain; /* timer: the last sample is out */
	guint retry; /* timer: next attempt */
	guint proof; /* timer: nothing was played; 0: it was, or nothing is tried */
	size_t name; /* the one in use, of names */
	struct sink_retry schedule;
	bool warned;
};

/* What the owner calls the default, and where that is PulseAudio's plug-in, which would wait for
 * the very server that we could not wait for, the first card. */
static const char *const names[] = {"default", "sysdefault"};

static gboolean on_retry(gpointer data);

static void
clear_source(guint *source)
{
	if (*source)
		g_source_remove(*source);
	*source = 0;
}

static void
unwatch(struct alsa *alsa)
{
	for (unsigned i = 0; i < alsa->poll_count; i++)
		clear_source(&alsa->sources[i]);
	alsa->poll_count = 0;
}

static void
close_card(struct alsa *alsa)
{
	unwatch(alsa);
	clear_source(&alsa->idle);
	clear_source(&alsa->drain);
	clear_source(&alsa->proof);
	if (alsa->pcm)
		snd_pcm_close(alsa->pcm);
	alsa->pcm = NULL;
}

static struct usec
now(void)
{
	return usec_from_us((uint64_t)g_get_monotonic_time());
}

static void
let_go(struct alsa *alsa, int error)
{
	if (!alsa->warned)
		g_warning("The sound card cannot be used (%s).", snd_strerror(error));
	alsa->warned = true;
	close_card(alsa);
	clear_source(&alsa->retry);
}

/* A card that was pulled out, or the server behind it, may be back in a moment. One that is lost
 * again and again is not tried faster for it. */
static void
lost(struct alsa *alsa, int error)
{
	unsigned wait_ms;

	let_go(alsa, error);
	if (alsa->base.working && !usec_before(now(), alsa->schedule.until))
		sink_retry_begin(&alsa->schedule, now());
	if (sink_retry_next(&alsa->schedule, now(), &wait_ms))
		alsa->retry = g_timeout_add(wait_ms, on_retry, alsa);
	sink_set_working(&alsa->base, false);
}

static int
open_card(struct alsa *alsa)
{
	struct hidden_server hidden;
	int error;

	if (alsa->pcm)
		return 0;
	hidden_server_begin(&hidden, HIDDEN_PULSE);
	error =
	    snd_pcm_open(&alsa->pcm, names[alsa->name], SND_PCM_STREAM_PLAYBACK, SND_PCM_NONBLOCK);
	hidden_server_end(&hidden);
	if (error < 0) {
		alsa->pcm = NULL;
		return error;
	}
	error = snd_pcm_set_params(alsa->pcm, SND_PCM_FORMAT_S16, SND_PCM_ACCESS_RW_INTERLEAVED, 1,
				   alsa->base.rate_hz, 1, LATENCY_MS * 1000);
	if (error < 0) {
		close_card(alsa);
		return error;
	}
	alsa->warned = false;
	return 0;
}

static gboolean
on_idle(gpointer data)
{
	struct alsa *alsa = data;

	alsa->idle = 0;
	close_card(alsa);
	return G_SOURCE_REMOVE;
}

static void
rest(struct alsa *alsa)
{
	unwatch(alsa);
	clear_source(&alsa->drain);
	clear_source(&alsa->idle);
	alsa->idle = g_timeout_add(IDLE_CLOSE_MS, on_idle, alsa);
}

static gboolean
on_drained(gpointer data)
{
	struct alsa *alsa = data;

	alsa->drain = 0;
	snd_pcm_drop(alsa->pcm);
	rest(alsa);
	alsa->base.events->drained(alsa->base.data);
	return G_SOURCE_REMOVE;
}

/* The last sample was handed over: it is played when all before it are. */
static void
await_drain(struct alsa *alsa)
{
	snd_pcm_sframes_t delay = 0;
	guint ms = 0;

	unwatch(alsa);
	if (snd_pcm_state(alsa->pcm) == SND_PCM_STATE_PREPARED)
		snd_pcm_start(alsa->pcm);
	if (snd_pcm_delay(alsa->pcm, &delay) == 0 && delay > 0)
		ms = (guint)((uint64_t)delay * 1000 / alsa->base.rate_hz) + 1;
	alsa->drain = g_timeout_add(ms, on_drained, alsa);
}

/* Write what was pulled; what a card in trouble refuses is lost with the card. */
static int
write_all(struct alsa *alsa, const int16_t *samples, size_t count)
{
	bool recovered = false;

	while (count > 0) {
		snd_pcm_sframes_t done = snd_pcm_writei(alsa->pcm, samples, count);

		if (done < 0) {
			int error =
			    recovered ? (int)done : snd_pcm_recover(alsa->pcm, (int)done, 1);

			if (error < 0)
				return error;
			recovered = true;
			continue;
		}
		samples += done;
		count -= (size_t)done;
	}
	return 0;
}

/* In samples, or what is wrong. */
static snd_pcm_sframes_t
room(struct alsa *alsa)
{
	snd_pcm_sframes_t frames = snd_pcm_avail_update(alsa->pcm);

	/* An underrun: the synth was slower than speech. */
	if (frames < 0 && snd_pcm_recover(alsa->pcm, (int)frames, 1) == 0)
		frames = snd_pcm_avail_update(alsa->pcm);
	return frames;
}

static void
fill(struct alsa *alsa)
{
	int16_t samples[PIECE_SAMPLES];
	snd_pcm_sframes_t frames = room(alsa);
	size_t left = frames > 0 ? (size_t)frames : 0;
	bool end = false;

	if (frames < 0) {
		lost(alsa, (int)frames);
		return;
	}
	while (left > 0 && !end) {
		size_t count = alsa->base.events->pull(alsa->base.data, samples,
						       MIN(left, PIECE_SAMPLES), &end);
		int error = write_all(alsa, samples, count);

		if (error < 0) {
			lost(alsa, error);
			return;
		}
		if (count == 0)
			break;
		left -= MIN(left, count);
	}
	if (end)
		await_drain(alsa);
	else if (snd_pcm_state(alsa->pcm) == SND_PCM_STATE_PREPARED)
		snd_pcm_start(alsa->pcm);
}

/* It plays: silence at once, and let go of it in a while. */
static void
proven(struct alsa *alsa)
{
	clear_source(&alsa->proof);
	snd_pcm_drop(alsa->pcm);
	rest(alsa);
	sink_set_working(&alsa->base, true);
}

static gboolean
on_poll(gint fd, GIOCondition condition, gpointer data)
{
	struct alsa *alsa = data;
	unsigned short events = 0;
	int error;

	for (unsigned i = 0; i < alsa->poll_count; i++)
		alsa->polls[i].revents = alsa->polls[i].fd == fd
					     ? (short)(condition & (G_IO_IN | G_IO_OUT | G_IO_ERR |
								    G_IO_HUP | G_IO_NVAL))
					     : 0;
	error = snd_pcm_poll_descriptors_revents(alsa->pcm, alsa->polls, alsa->poll_count, &events);
	if (error < 0)
		lost(alsa, error);
	else if (events & (POLLOUT | POLLERR) && alsa->proof)
		proven(alsa);
	else if (events & (POLLOUT | POLLERR))
		fill(alsa);
	return G_SOURCE_CONTINUE;
}

static void
watch(struct alsa *alsa)
{
	int count = snd_pcm_poll_descriptors(alsa->pcm, alsa->polls, POLLS_MAX);

	if (alsa->poll_count > 0)
		return;
	alsa->poll_count = count > 0 ? (unsigned)count : 0;
	for (unsigned i = 0; i < alsa->poll_count; i++)
		alsa->sources[i] = g_unix_fd_add(
		    alsa->polls[i].fd, (GIOCondition)alsa->polls[i].events, on_poll, alsa);
}

static void
alsa_play(struct sink *sink)
{
	struct alsa *alsa = (struct alsa *)sink;
	int error;

	if (!sink->working || alsa->drain)
		return;
	clear_source(&alsa->idle);
	error = open_card(alsa);
	if (error < 0) {
		lost(alsa, error);
		return;
	}
	if (snd_pcm_state(alsa->pcm) == SND_PCM_STATE_SETUP)
		snd_pcm_prepare(alsa->pcm);
	watch(alsa);
	fill(alsa);
}

static void
alsa_stop(struct sink *sink)
{
	struct alsa *alsa = (struct alsa *)sink;

	if (!alsa->pcm)
		return;
	snd_pcm_drop(alsa->pcm);
	rest(alsa);
}

static gboolean on_unproven(gpointer data);

/* As much silence as there is room for: more is asked for when some of it was played. */
static int
begin_proof(struct alsa *alsa)
{
	static const int16_t silence[PIECE_SAMPLES] = {0};
	snd_pcm_sframes_t left = room(alsa);
	int error = left < 0 ? (int)left : 0;

	for (; left > 0 && error == 0; left -= MIN(left, PIECE_SAMPLES))
		error = write_all(alsa, silence, (size_t)MIN(left, PIECE_SAMPLES));
	if (error == 0 && snd_pcm_state(alsa->pcm) == SND_PCM_STATE_PREPARED)
		error = snd_pcm_start(alsa->pcm);
	if (error < 0)
		return error;
	alsa->proof = g_timeout_add(PROOF_MS, on_unproven, alsa);
	watch(alsa);
	return 0;
}

/* Whether there is a card that plays is known only by having it play; from this name on. */
static void
try_names(struct alsa *alsa)
{
	int error = -ENOENT;

	for (; alsa->name < G_N_ELEMENTS(names); alsa->name++) {
		error = open_card(alsa);
		if (error == 0)
			error = begin_proof(alsa);
		if (error == 0)
			return;
		close_card(alsa);
	}
	alsa->name = 0;
	lost(alsa, error);
}

static gboolean
on_unproven(gpointer data)
{
	struct alsa *alsa = data;

	alsa->proof = 0;
	close_card(alsa);
	alsa->name++;
	try_names(alsa);
	return G_SOURCE_REMOVE;
}

static void
try_card(struct alsa *alsa)
{
	alsa->name = 0;
	try_names(alsa);
}

static gboolean
on_retry(gpointer data)
{
	struct alsa *alsa = data;

	alsa->retry = 0;
	try_card(alsa);
	return G_SOURCE_REMOVE;
}

static void
alsa_open(struct sink *sink)
{
	struct alsa *alsa = (struct alsa *)sink;

	if (sink->working) {
		sink_set_working(sink, true);
		return;
	}
	sink_retry_begin(&alsa->schedule, now());
	if (alsa->proof)
		return;
	clear_source(&alsa->retry);
	try_card(alsa);
}

static void
alsa_give_up(struct sink *sink)
{
	/* It opens and takes nothing: tried again when something is to be said, not before. */
	let_go((struct alsa *)sink, -EIO);
	sink_set_working(sink, false);
}

static unsigned
alsa_behind_ms(const struct sink *sink)
{
	(void)sink;
	return LATENCY_MS;
}

static void
alsa_free(struct sink *sink)
{
	struct alsa *alsa = (struct alsa *)sink;

	clear_source(&alsa->retry);
	close_card(alsa);
	snd_config_update_free_global();
	g_free(alsa);
}

static const struct sink_ops alsa_ops = {
    .name = VOICE_SINK_CARD,
    .open = alsa_open,
    .play = alsa_play,
    .stop = alsa_stop,
    .retry = alsa_open,
    .give_up = alsa_give_up,
    .behind_ms = alsa_behind_ms,
    .free = alsa_free,
};

/* What ALSA prints of each thing that it tries is noise in the journal; errors come as numbers. */
static void
be_quiet(const char *file, int line, const char *function, int error, const char *format, ...)
{
	(void)file, (void)line, (void)function, (void)error, (void)format;
}

struct sink *
sink_alsa_new(unsigned rate_hz)
{
	struct alsa *alsa = g_new0(struct alsa, 1);

	snd_lib_error_set_handler(be_quiet);
	alsa->base.ops = &alsa_ops;
	alsa->base.rate_hz = rate_hz;
	return &alsa->base;
}
