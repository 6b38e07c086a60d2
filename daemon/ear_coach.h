/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Learning the ear's gestures, as a conversation: what to do next, what was seen, and why it did
 * not count. Pure: what the driver tells and time come in, sentences go out. Called by
 * daemon/ear_learn and its tests; owns nothing beyond the struct its caller holds.
 */
#ifndef SIDETOUCH_EAR_COACH_H
#define SIDETOUCH_EAR_COACH_H

#include <stdbool.h>
#include <stdint.h>

#include "common/ear.h"

enum ear_coach_step {
	EAR_COACH_ASK,     /* do this */
	EAR_COACH_SEEN,    /* that was it; and the next thing to do */
	EAR_COACH_REFUSED, /* that was something else; and do it again */
	EAR_COACH_DONE,
	EAR_COACH_LEFT,   /* on request or by doing nothing */
	EAR_COACH_FAILED, /* the driver or the panel has gone */
};

/* What is asked for. */
enum ear_lesson {
	EAR_LESSON_PLACE,
	EAR_LESSON_TAP,
	EAR_LESSON_DOUBLE_TAP,
	EAR_LESSON_SWIPE,
	EAR_LESSON_OVER, /* nothing */
};

/* Called only from inside ear_coach_...() calls. */
struct ear_coach_output {
	/* To be said instead of what is being said; the utterance's number. After DONE, LEFT and
	 * FAILED it is over. */
	uint32_t (*tell)(void *data, enum ear_coach_step step, const char *text);
};

struct ear_coach {
	const struct ear_coach_output *output;
	void *data;
	enum ear_lesson lesson;
	uint32_t utterance; /* being said; 0: none */
	struct usec since;  /* when it was said, or something was done */
	bool has_seen;      /* a touch that was no gesture, so far */
	struct ear_seen seen;
	struct usec seen_at;
	struct usec judged; /* when the touch that was judged last had begun */
};

void ear_coach_init(struct ear_coach *coach, const struct ear_coach_output *output, void *data);
void ear_coach_start(struct ear_coach *coach, struct usec now);
bool ear_coach_is_running(const struct ear_coach *coach);
/* A word on the command line, or whoever asked for it has gone. */
void ear_coach_stop(struct ear_coach *coach);
/* The driver or the panel went. */
void ear_coach_fail(struct ear_coach *coach, const char *text);

void ear_coach_seen(struct ear_coach *coach, const struct ear_seen *seen, struct usec now);
void ear_coach_ear(struct ear_coach *coach, enum ear_kind kind, struct usec now);
/* An utterance has ended, ours or another. */
void ear_coach_spoken(struct ear_coach *coach, uint32_t utterance, struct usec now);

bool ear_coach_next_deadline(const struct ear_coach *coach, struct usec *deadline);
void ear_coach_tick(struct ear_coach *coach, struct usec now);

/* "ask", "seen", "refused", "done", "left", "failed"; never NULL. */
const char *ear_coach_step_to_str(enum ear_coach_step step);

#endif
