/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The prompts made ahead: a short list under a lock.
 * Called by the voice's main loop and by the synth's thread.
 * Owns the texts and a reference to each clip.
 */
#include "daemon/voice/clips.h"

#include <string.h>

/* Two for each of the six buttons, and some. At 22050 Hz 1 s takes 44 kB. */
#define CLIPS_MAX 16

struct entry {
	char *text;
	struct clip *clip;
	bool given_up;
};

struct clips {
	GMutex lock;
	uint32_t turn;
	size_t count;
	struct entry entries[CLIPS_MAX];
};

struct clip *
clip_new(void)
{
	struct clip *clip = g_new0(struct clip, 1);

	g_atomic_ref_count_init(&clip->references);
	clip->samples = g_array_new(FALSE, FALSE, sizeof(int16_t));
	clip->marks = g_array_new(FALSE, FALSE, sizeof(struct clip_mark));
	return clip;
}

struct clip *
clip_ref(struct clip *clip)
{
	g_atomic_ref_count_inc(&clip->references);
	return clip;
}

struct clip *
clip_unref(struct clip *clip)
{
	if (!clip || !g_atomic_ref_count_dec(&clip->references))
		return NULL;
	g_array_unref(clip->samples);
	g_array_unref(clip->marks);
	g_free(clip);
	return NULL;
}

struct clips *
clips_new(void)
{
	struct clips *clips = g_new0(struct clips, 1);

	g_mutex_init(&clips->lock);
	return clips;
}

struct clips *
clips_free(struct clips *clips)
{
	for (size_t i = 0; i < clips->count; i++) {
		clip_unref(clips->entries[i].clip);
		g_free(clips->entries[i].text);
	}
	g_mutex_clear(&clips->lock);
	g_free(clips);
	return NULL;
}

static struct entry *
find(struct clips *clips, const char *text)
{
	for (size_t i = 0; i < clips->count; i++) {
		if (strcmp(clips->entries[i].text, text) == 0)
			return &clips->entries[i];
	}
	return NULL;
}

static void
clear(struct clips *clips)
{
	for (size_t i = 0; i < clips->count; i++) {
		g_free(clips->entries[i].text);
		clip_unref(clips->entries[i].clip);
	}
	memset(clips->entries, 0, sizeof(clips->entries));
	clips->count = 0;
}

void
clips_want(struct clips *clips, const char *text, bool first)
{
	g_mutex_lock(&clips->lock);
	if (first)
		clear(clips);
	if (text[0] && clips->count < CLIPS_MAX && !find(clips, text))
		clips->entries[clips->count++].text = g_strdup(text);
	g_mutex_unlock(&clips->lock);
}

void
clips_forget(struct clips *clips)
{
	g_mutex_lock(&clips->lock);
	clips->turn++;
	for (size_t i = 0; i < clips->count; i++) {
		clips->entries[i].clip = clip_unref(clips->entries[i].clip);
		clips->entries[i].given_up = false;
	}
	g_mutex_unlock(&clips->lock);
}

struct clip *
clips_find(struct clips *clips, const char *text)
{
	struct clip *clip = NULL;
	struct entry *entry;

	g_mutex_lock(&clips->lock);
	entry = find(clips, text);
	if (entry && entry->clip)
		clip = clip_ref(entry->clip);
	g_mutex_unlock(&clips->lock);
	return clip;
}

char *
clips_missing(struct clips *clips, uint32_t *turn)
{
	char *text = NULL;

	g_mutex_lock(&clips->lock);
	*turn = clips->turn;
	for (size_t i = 0; i < clips->count && !text; i++) {
		if (!clips->entries[i].clip && !clips->entries[i].given_up)
			text = g_strdup(clips->entries[i].text);
	}
	g_mutex_unlock(&clips->lock);
	return text;
}

void
clips_made(struct clips *clips, const char *text, uint32_t turn, struct clip *clip)
{
	struct entry *entry;

	g_mutex_lock(&clips->lock);
	entry = clips->turn == turn ? find(clips, text) : NULL;
	if (entry && !entry->clip) {
		entry->clip = clip ? clip_ref(clip) : NULL;
		entry->given_up = !clip;
	}
	g_mutex_unlock(&clips->lock);
}
