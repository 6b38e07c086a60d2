/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What an ear that is on the glass does: taps, double taps, swipes, holds, and moves after a hold.
 * Called by driver/core/ear.c with the union of each frame that is the ear's.
 * One struct of a fixed size, owned by the caller; results go through a callback.
 */
#ifndef SIDETOUCH_EAR_GESTURE_H
#define SIDETOUCH_EAR_GESTURE_H

#include <stdbool.h>

#include "common/ear.h"
#include "driver/core/ear_union.h"

struct ear_output {
	void (*event)(void *data, const struct ear_event *event);
	/* May be NULL: a touch is over, whatever it was. */
	void (*seen)(void *data, const struct ear_seen *seen);
	void *data;
};

/* Points of a touch that are kept to tell a swipe. */
#define EAR_SAMPLES_MAX 96

enum ear_gesture_state {
	EAR_GESTURE_NOTHING, /* nothing touches, or not the ear */
	EAR_GESTURE_DOWN,    /* it touches, and may become anything */
	EAR_GESTURE_HELD,    /* it was told as a hold */
	EAR_GESTURE_SPENT,   /* it touches, and makes no gesture any more */
};

struct ear_sample {
	double length;
	struct mm_point centre;
};

struct ear_gesture {
	const struct ear_output *output;
	enum ear_gesture_state state;
	struct usec down;    /* when this touch began */
	bool away;           /* nothing touches at present; it may come back */
	struct usec away_at; /* ... since when */
	double length;       /* of the union, and the longest of this touch */
	double length_max;
	double length_usual; /* of touches since the ear came on; 0 before the first */
	struct mm_point from;
	struct mm_point centre;
	struct usec sampled;
	unsigned sample_count;
	struct ear_sample samples[EAR_SAMPLES_MAX];

	bool tapped; /* one tap, and the second may come */
	struct usec tap_lift;
};

/* The output must outlive it. */
void ear_gesture_init(struct ear_gesture *gesture, const struct ear_output *output);
/* Forget everything: the ear came on or went. A hold that is under way is released. */
void ear_gesture_reset(struct ear_gesture *gesture, struct usec time);
/* What touches now makes no gesture until it lifts: it brought the phone to the ear. */
void ear_gesture_spend(struct ear_gesture *gesture, struct usec time);
/*
 * A frame of the ear, or nothing when now has no patches. began: when the touch began, if this is
 * its first frame; frames before it may have been in doubt.
 */
void ear_gesture_frame(struct ear_gesture *gesture, struct usec time, struct usec began,
		       const struct ear_union *now);
/* When ear_gesture_tick() is wanted; false when never. */
bool ear_gesture_deadline(const struct ear_gesture *gesture, struct usec *deadline);
/* Do the one thing that is due at this deadline. */
void ear_gesture_tick(struct ear_gesture *gesture, struct usec now);

#endif
