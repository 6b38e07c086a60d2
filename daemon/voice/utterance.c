/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One utterance: its samples from ring or clip, with its earcon mixed over the first of them. The
 * earcon does not wait for the synth: it sounds at once, and speech joins when there is some.
 * Called by the voice.
 */
#include "daemon/voice/utterance.h"

#include <glib.h>
#include <string.h>

#include "common/clean_text.h"
#include "daemon/voice/earcon.h"

struct utterance *
utterance_new(const struct voice_say *message)
{
	struct utterance *utterance = g_new0(struct utterance, 1);

	utterance->id = message->utterance;
	utterance->text = clean_text(message->text, strlen(message->text));
	utterance->spell = message->spell;
	utterance->urgent = message->urgent;
	utterance->earcon = (enum voice_earcon)message->earcon;
	g_strlcpy(utterance->language, message->language, sizeof(utterance->language));
	return utterance;
}

struct utterance *
utterance_free(struct utterance *utterance)
{
	if (!utterance)
		return NULL;
	clip_unref(utterance->clip);
	g_free(utterance->text);
	g_free(utterance);
	return NULL;
}

struct plan *
utterance_plan(const struct utterance *utterance, const struct synth_settings *settings)
{
	const struct plan_how how = {
	    .language = utterance->language,
	    .user = settings->language,
	    .latin = settings->latin,
	    .spell = utterance->spell,
	    .punctuation = (enum voice_punctuation)settings->punctuation,
	    .from = utterance->from,
	};

	return plan_new(utterance->text, &how);
}

void
utterance_begin(struct utterance *utterance, const struct utterance_source *source)
{
	uint32_t turn = ring_begin(source->ring);
	struct plan *plan;

	utterance->clip = clip_unref(utterance->clip);
	utterance->pulled = 0;
	utterance->failed = false;
	utterance->earcon_at = source->earcons && utterance->from == 0 ? 0 : SIZE_MAX;
	utterance->silent = false;
	if (utterance->from == 0 && !utterance->spell && !utterance->language[0])
		utterance->clip = clips_find(source->clips, utterance->text);
	if (utterance->clip)
		return;
	plan = utterance_plan(utterance, source->settings);
	utterance->silent = plan->count == 0;
	if (utterance->silent)
		plan_free(plan);
	else
		synth_say(source->synth, turn, plan);
}

static size_t
pull_clip(struct utterance *utterance, int16_t *samples, size_t count, bool *end)
{
	const GArray *all = utterance->clip->samples;
	size_t left = all->len - (size_t)utterance->pulled;
	size_t done = MIN(left, count);

	memcpy(samples, &g_array_index(all, int16_t, utterance->pulled), done * sizeof(*samples));
	*end = done == left;
	return done;
}

static size_t
pull_speech(struct utterance *utterance, const struct utterance_source *source, int16_t *samples,
	    size_t count, bool *end)
{
	enum ring_state state;
	size_t done;

	if (utterance->silent) {
		*end = true;
		return 0;
	}
	if (utterance->clip)
		return pull_clip(utterance, samples, count, end);
	done = ring_read(source->ring, samples, count, &state);
	*end = state != RING_OPEN;
	utterance->failed = state == RING_FAILED;
	return done;
}

size_t
utterance_pull(struct utterance *utterance, const struct utterance_source *source, int16_t *samples,
	       size_t count, bool *end)
{
	size_t length = earcon_length(utterance->earcon, source->rate_hz);
	size_t done = pull_speech(utterance, source, samples, count, end);
	size_t left = utterance->earcon_at < length ? length - utterance->earcon_at : 0;
	size_t mixed = MIN(left, count);

	utterance->pulled += done;
	if (mixed == 0)
		return done;
	if (mixed > done)
		memset(samples + done, 0, (mixed - done) * sizeof(*samples));
	earcon_mix(utterance->earcon, source->rate_hz, source->settings->volume_percent,
		   utterance->earcon_at, samples, mixed);
	utterance->earcon_at += mixed;
	*end = *end && utterance->earcon_at >= length;
	return MAX(done, mixed);
}

size_t
utterance_word(const struct utterance *utterance, const struct utterance_source *source,
	       uint64_t behind)
{
	uint64_t heard = utterance->pulled > behind ? utterance->pulled - behind : 0;
	size_t offset = utterance->from;

	if (utterance->silent)
		return offset;
	if (!utterance->clip)
		return MAX(offset, ring_word_at(source->ring, heard));
	for (guint i = 0; i < utterance->clip->marks->len; i++) {
		const struct clip_mark *mark =
		    &g_array_index(utterance->clip->marks, struct clip_mark, i);

		if (mark->sample > heard)
			break;
		offset = mark->offset;
	}
	return offset;
}
