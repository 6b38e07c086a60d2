/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Prompts whose samples are made before they are wanted. The voice says which are likely and asks
 * for one when it is said; the synth's thread makes them while it has nothing else to do.
 * Both may call at any time; owns the list, a clip lives as long as anybody holds it.
 */
#ifndef SIDETOUCH_CLIPS_H
#define SIDETOUCH_CLIPS_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct clip_mark {
	size_t sample;
	size_t offset; /* in bytes of the text */
};

struct clip {
	gatomicrefcount references;
	GArray *samples; /* int16_t */
	GArray *marks;   /* struct clip_mark */
};

struct clip *clip_new(void);
struct clip *clip_ref(struct clip *clip);
struct clip *clip_unref(struct clip *clip);

struct clips;

struct clips *clips_new(void);
/* Only when no other thread knows it any more. Returns NULL. */
struct clips *clips_free(struct clips *clips);

/* This text is likely; first: those before it are not any more. Ignored above 16 texts. */
void clips_want(struct clips *clips, const char *text, bool first);
/* None that is there is right any more (another rate, another language): all are made anew. */
void clips_forget(struct clips *clips);
/* A reference to the clip of this text, or NULL. */
struct clip *clips_find(struct clips *clips, const char *text);

/*
 * For the synth: a text whose clip is missing (g_free), or NULL; *turn names the state of affairs.
 */
char *clips_missing(struct clips *clips, uint32_t *turn);
/* Its clip (a reference is taken); without effect when it is not wanted any more. NULL: it cannot
 * be made, and is not tried again. */
void clips_made(struct clips *clips, const char *text, uint32_t turn, struct clip *clip);

#endif
