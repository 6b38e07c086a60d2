/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The thread that runs espeak-ng in synchronous mode: its playback mode blocks for up to 30 s, and
 * espeak_Cancel() does not cancel, so a text ends early only through the callback's 1.
 * Made once by the voice; lives until the process ends, since espeak-ng may hang in any text.
 * Owns the order that waits and the plan in hand.
 */
#define G_LOG_DOMAIN "sidetouch-voice"
#include "daemon/voice/synth.h"

#include <errno.h>
#include <espeak-ng/espeak_ng.h>
#include <glib.h>
#include <string.h>

#include "daemon/voice/engine.h"
#include "daemon/voice/trim.h"

/* Between two parts of an utterance, of the silence that ends the first: a short one between words,
 * all of it after a sentence. */
#define GAP_MS 20
/* A prompt is short; a longer text is not worth its memory. 5 s take 220 kB. */
#define CLIP_MAX_S 5

struct synth {
	struct ring *ring;
	struct clips *clips;
	unsigned rate_hz;
	GMutex lock;
	GCond ordered;
	struct plan *plan; /* the order that waits, or NULL */
	uint32_t turn;
	struct synth_settings wanted;
	bool settings_changed;
	bool look;
	gint waiting; /* atomic: an order waits, a clip in the making is left */
	/* Of the thread alone: */
	struct synth_settings settings;
	uint32_t turn_now;
	struct engine *engine;
	struct clip *clip; /* being made; NULL: the samples are for the ring */
	const struct plan_part *part;
	bool stopped;
	struct trim trim;
};

const struct synth_settings synth_default_settings = {
    .rate_wpm = 175, /* espeak-ng's own default, as are the next three */
    .pitch_percent = 50,
    .range_percent = 50,
    .volume_percent = 100,
    .language = "en",
    .latin = "en",
};

static void
mark(struct synth *synth, size_t offset)
{
	struct clip_mark mark = {.offset = offset};

	if (!synth->clip) {
		ring_mark(synth->ring, synth->turn_now, offset);
		return;
	}
	mark.sample = synth->clip->samples->len;
	g_array_append_val(synth->clip->marks, mark);
}

/* Words of this piece of samples; a piece is short enough to say that they begin with it. */
static void
mark_words(struct synth *synth, const espeak_EVENT *events)
{
	for (const espeak_EVENT *event = events; event->type != espeakEVENT_LIST_TERMINATED;
	     event++) {
		const struct plan_part *part = synth->part;

		if (event->type != espeakEVENT_WORD || part->is_name || event->text_position < 1 ||
		    event->text_position > g_utf8_strlen(part->text, -1))
			continue;
		mark(synth, plan_part_offset(part, (size_t)event->text_position - 1));
	}
}

static bool
write_clip(struct synth *synth, const short *samples, size_t count)
{
	if (g_atomic_int_get(&synth->waiting) ||
	    synth->clip->samples->len + count > (size_t)CLIP_MAX_S * synth->rate_hz)
		return false;
	g_array_append_vals(synth->clip->samples, samples, (guint)count);
	return true;
}

static bool
write_samples(struct synth *synth, const short *samples, size_t count)
{
	if (count == 0)
		return true;
	return synth->clip ? write_clip(synth, samples, count)
			   : ring_write(synth->ring, synth->turn_now, samples, count);
}

static bool
write_silence(struct synth *synth, size_t count)
{
	static const short silence[TRIM_PIECE] = {0};
	bool goes_on = true;

	while (goes_on && count > 0) {
		size_t run = MIN(count, TRIM_PIECE);

		goes_on = write_samples(synth, silence, run);
		count -= run;
	}
	return goes_on;
}

/* Before the next part of the same utterance. */
static void
pause_between(struct synth *synth)
{
	const char *text = synth->part->text;
	const char *last = g_utf8_find_prev_char(text, text + strlen(text));
	gunichar character = last ? g_utf8_get_char(last) : 0;
	bool ends = g_unichar_type(character) == G_UNICODE_OTHER_PUNCTUATION;
	size_t gap =
	    ends ? synth->trim.held : MIN(synth->trim.held, (size_t)GAP_MS * synth->rate_hz / 1000);

	synth->stopped = synth->stopped || !write_silence(synth, gap);
}

/* espeak-ng's callback: 1 makes it stop, 0 go on. */
static int
on_samples(short *samples, int count, espeak_EVENT *events)
{
	struct synth *synth = events->user_data;
	struct trim_piece piece;
	bool goes_on;

	if (!synth)
		return 0;
	mark_words(synth, events);
	if (!samples || count <= 0)
		return synth->stopped ? 1 : 0;
	piece = trim_take(&synth->trim, samples, (size_t)count);
	goes_on = write_silence(synth, piece.silence);
	if (goes_on)
		goes_on = write_samples(synth, samples + piece.skip, piece.count);
	/* The stop is also seen while nothing but silence is made. */
	if (goes_on && piece.count == 0 && !synth->clip)
		goes_on = ring_write(synth->ring, synth->turn_now, samples, 0);
	synth->stopped = !goes_on;
	return synth->stopped ? 1 : 0;
}

/* All parts of a plan; RING_FAILED when nothing of it could be said. */
static enum ring_state
synthesize(struct synth *synth, const struct plan *plan)
{
	enum ring_state state = RING_FAILED;

	synth->stopped = false;
	for (size_t i = 0; i < plan->count && !synth->stopped; i++) {
		if (i > 0)
			pause_between(synth);
		synth->part = &plan->parts[i];
		trim_begin(&synth->trim, synth->rate_hz);
		mark(synth, synth->part->offset);
		if (engine_say(synth->engine, synth->part, synth) == 0 || synth->stopped)
			state = RING_DONE;
	}
	return state;
}

static void
make_clip(struct synth *synth)
{
	uint32_t turn;
	g_autofree char *text = clips_missing(synth->clips, &turn);
	const struct plan_how how = {
	    .language = "",
	    .user = synth->settings.language,
	    .latin = synth->settings.latin,
	    .punctuation = (enum voice_punctuation)synth->settings.punctuation,
	};
	enum ring_state state;
	struct plan *plan;

	if (!text)
		return;
	plan = plan_new(text, &how);
	synth->clip = clip_new();
	state = synthesize(synth, plan);
	if (!synth->stopped || !g_atomic_int_get(&synth->waiting))
		clips_made(synth->clips, text, turn,
			   state == RING_DONE && !synth->stopped ? synth->clip : NULL);
	synth->clip = clip_unref(synth->clip);
	plan_free(plan);
	/* The next one, unless an order came. */
	g_mutex_lock(&synth->lock);
	synth->look = true;
	g_mutex_unlock(&synth->lock);
}

static gpointer
run(gpointer data)
{
	struct synth *synth = data;

	for (;;) {
		struct plan *plan;

		g_mutex_lock(&synth->lock);
		while (!synth->plan && !synth->look)
			g_cond_wait(&synth->ordered, &synth->lock);
		plan = g_steal_pointer(&synth->plan);
		g_atomic_int_set(&synth->waiting, 0);
		synth->turn_now = synth->turn;
		if (synth->settings_changed) {
			synth->settings = synth->wanted;
			engine_set(synth->engine, &synth->settings);
		}
		synth->settings_changed = false;
		if (!plan)
			synth->look = false;
		g_mutex_unlock(&synth->lock);

		if (plan) {
			ring_finish(synth->ring, synth->turn_now, synthesize(synth, plan));
			plan_free(plan);
		} else {
			make_clip(synth);
		}
	}
	return NULL;
}

int
synth_new(struct ring *ring, struct clips *clips, struct synth **out, char **why)
{
	struct plan_part ready = {.voice = "en", .text = (char *)"ready"};
	struct plan plan = {.count = 1, .parts = &ready};
	struct engine *engine;
	struct synth *synth;
	int error = engine_new(on_samples, &engine, why);

	if (error < 0)
		return error;
	synth = g_new0(struct synth, 1);
	synth->engine = engine;
	synth->ring = ring;
	synth->clips = clips;
	synth->rate_hz = engine_rate_hz(engine);
	g_mutex_init(&synth->lock);
	g_cond_init(&synth->ordered);
	synth->wanted = synth_default_settings;
	synth->settings = synth_default_settings;
	engine_set(engine, &synth->settings);
	/* The first utterance reads the dictionary and the voice's phonemes from disk: do it now.
	 * No turn of the ring has the number 0, so that its samples go nowhere. */
	synthesize(synth, &plan);
	g_thread_unref(g_thread_new("synth", run, synth));
	*out = synth;
	return 0;
}

unsigned
synth_rate_hz(const struct synth *synth)
{
	return synth->rate_hz;
}

void
synth_set(struct synth *synth, const struct synth_settings *settings)
{
	g_mutex_lock(&synth->lock);
	synth->wanted = *settings;
	synth->settings_changed = true;
	synth->look = true;
	clips_forget(synth->clips);
	g_cond_signal(&synth->ordered);
	g_mutex_unlock(&synth->lock);
}

void
synth_say(struct synth *synth, uint32_t turn, struct plan *plan)
{
	g_mutex_lock(&synth->lock);
	plan_free(synth->plan);
	synth->plan = plan;
	synth->turn = turn;
	g_atomic_int_set(&synth->waiting, 1);
	g_cond_signal(&synth->ordered);
	g_mutex_unlock(&synth->lock);
}

void
synth_look(struct synth *synth)
{
	g_mutex_lock(&synth->lock);
	synth->look = true;
	g_cond_signal(&synth->ordered);
	g_mutex_unlock(&synth->lock);
}
