/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The six raised buttons of the film and the phases of a press, with the names that files, the
 * command line, JSON and D-Bus use for them.
 * Every program uses it; it owns nothing.
 */
#ifndef SIDETOUCH_PAD_H
#define SIDETOUCH_PAD_H

#include <stdbool.h>

enum pad {
	PAD_LEFT_TOP,
	PAD_LEFT_MIDDLE,
	PAD_LEFT_BOTTOM,
	PAD_RIGHT_TOP,
	PAD_RIGHT_MIDDLE,
	PAD_RIGHT_BOTTOM,
};
#define PAD_COUNT 6

enum press_phase {
	PRESS_DOWN,   /* a contact landed on a pad; nothing is decided yet */
	PRESS_UP,     /* it lifted on the pad: a press, or the end of a hold if HOLD came before */
	PRESS_HOLD,   /* it has been on the pad for the hold time and is still there */
	PRESS_CANCEL, /* it was none: slid off, lost, or nobody listens any more */
};
#define PRESS_PHASE_COUNT 4

/* "left-top" ...; never NULL. */
const char *pad_to_str(enum pad pad);

/* False, and *out untouched, when text names no pad. */
bool pad_from_str(const char *text, enum pad *out);

/* "down", "up", "hold", "cancel"; never NULL. */
const char *press_phase_to_str(enum press_phase phase);

/* False, and *out untouched, when text names no phase. */
bool press_phase_from_str(const char *text, enum press_phase *out);

#endif
