/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the link calls the presses and chords that a panel's core has numbered for itself: one
 * rising number over all panels.
 * Used by driver/driver, one table for each panel.
 * A plain value without memory of its own.
 */
#ifndef SIDETOUCH_PRESS_NUMBERS_H
#define SIDETOUCH_PRESS_NUMBERS_H

#include "driver/core/core.h"

/* Presses and chords of one panel that can be under way at once: each contact may be a press and
 * half of a chord. */
#define PRESS_NUMBERS_MAX (CORE_SLOTS_MAX * 2)

struct press_numbers {
	struct press_number {
		uint32_t core; /* 0: free */
		uint32_t link;
	} table[PRESS_NUMBERS_MAX];
};

/*
 * The link's number of the core's press or chord: with DOWN the one after *last, which is counted
 * up, and with UP and CANCEL for the last time. 0, which is none, for a press that is not under
 * way.
 */
uint32_t press_numbers_take(struct press_numbers *numbers, uint32_t core, enum press_phase phase,
			    uint32_t *last);
/* The same for a press that goes on. */
uint32_t press_numbers_get(const struct press_numbers *numbers, uint32_t core);

#endif
