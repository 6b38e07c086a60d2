/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Chords: two pads pressed together are one input of their own, and no press of either.
 * Used by driver/core for the contacts of a panel and for the keys of a device: each calls them its
 * slots, and sets their states itself.
 * A plain value without memory of its own.
 */
#ifndef SIDETOUCH_CHORD_H
#define SIDETOUCH_CHORD_H

#include "driver/core/core.h"

/* The second pad is pressed this soon after the first; later they are two presses. */
#define CHORD_MS 150 /* two thumbs on purpose are 10 to 80 ms apart, alternating ones over 200 */

/* Each has two slots of its own. */
#define CHORDS_MAX (CORE_SLOTS_MAX / 2)

/* One of the two presses. */
struct chord_half {
	unsigned slot; /* below CORE_SLOTS_MAX */
	enum pad pad;
	uint32_t press;
};

struct chords {
	struct chord_state {
		uint32_t number; /* 0: free */
		struct chord_half halves[2];
		struct usec down;
		bool held;
	} states[CHORDS_MAX];
};

/* Whether a press of down joins the one that began at first; both are still presses. */
bool chord_joins(struct usec first, struct usec down);

/* Two presses, of different pads, become a chord of this number: DOWN is told, its index returned.
 */
unsigned chord_form(struct chords *chords, const struct core_output *output, void *data,
		    uint32_t number, struct chord_half a, struct chord_half b, struct usec down);

/* When it becomes a hold, whether it has, and telling it. */
struct usec chord_hold_due(const struct chords *chords, unsigned chord);
bool chord_is_held(const struct chords *chords, unsigned chord);
void chord_hold(struct chords *chords, const struct core_output *output, void *data,
		unsigned chord);

/* It is over, UP or CANCEL, through this slot; returns the slot of the other half. */
unsigned chord_end(struct chords *chords, const struct core_output *output, void *data,
		   unsigned chord, unsigned slot, enum press_phase phase, struct usec time);

#endif
