/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a command can be bound to: a pad pressed, a pad held, two pads pressed together, what an ear
 * does; with the names that profiles, scenarios and the command line use.
 * A newtype of one small number, so that tables over all inputs are plain arrays.
 * Every program uses it; it owns nothing.
 */
#ifndef SIDETOUCH_INPUT_H
#define SIDETOUCH_INPUT_H

#include <stdbool.h>

#include "common/pad.h"

/* What an ear does that a command can be bound to. */
enum input_ear {
	INPUT_EAR_TAP,
	INPUT_EAR_DOUBLE_TAP,
	INPUT_EAR_SWIPE_UP,
	INPUT_EAR_SWIPE_DOWN,
	INPUT_EAR_SWIPE_LEFT,
	INPUT_EAR_SWIPE_RIGHT,
	INPUT_EAR_HOLD,
	INPUT_EAR_ROTATE_CLOCKWISE,
	INPUT_EAR_ROTATE_BACK,
};
#define INPUT_EAR_COUNT 9

/* 6 presses, numbered as their pads are, then 6 holds, the 15 pairs of pads, and the ear's. */
#define INPUT_COUNT (PAD_COUNT + PAD_COUNT + PAD_COUNT * (PAD_COUNT - 1) / 2 + INPUT_EAR_COUNT)

struct input {
	unsigned index; /* below INPUT_COUNT */
};

enum input_kind {
	INPUT_PRESS,
	INPUT_HOLD,
	INPUT_CHORD,
	INPUT_EAR,
};

static inline bool
input_equal(struct input a, struct input b)
{
	return a.index == b.index;
}

struct input input_press(enum pad pad);
struct input input_hold(enum pad pad);
/* Two different pads, in any order. */
struct input input_chord(enum pad a, enum pad b);
struct input input_ear(enum input_ear ear);

enum input_kind input_kind(struct input input);
bool input_has_pad(struct input input, enum pad pad);

/* "left-top", "left-top hold", "left-top + right-top", "ear tap"; never NULL. */
const char *input_to_str(struct input input);
/* The pads of a chord may be in any order; blanks count only between words. False, and *out
 * untouched, when text names no input. */
bool input_from_str(const char *text, struct input *out);

#endif
