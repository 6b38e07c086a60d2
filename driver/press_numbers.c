/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the link calls the presses and chords of a panel's core.
 * Called by driver/driver for each of them.
 * Owns nothing: the table is the caller's.
 */
#include "driver/press_numbers.h"

static struct press_number *
find(struct press_numbers *numbers, uint32_t core)
{
	for (unsigned i = 0; i < PRESS_NUMBERS_MAX; i++) {
		if (numbers->table[i].core == core)
			return &numbers->table[i];
	}
	return NULL;
}

uint32_t
press_numbers_take(struct press_numbers *numbers, uint32_t core, enum press_phase phase,
		   uint32_t *last)
{
	struct press_number *entry = find(numbers, phase == PRESS_DOWN ? 0 : core);
	uint32_t link;

	if (!entry)
		return 0;
	switch (phase) {
	case PRESS_DOWN:
		*last += *last == UINT32_MAX ? 2 : 1; /* 0 is no press */
		*entry = (struct press_number){core, *last};
		return *last;
	case PRESS_HOLD:
		return entry->link;
	case PRESS_UP:
	case PRESS_CANCEL:
		link = entry->link;
		entry->core = 0;
		return link;
	}
	return 0;
}

uint32_t
press_numbers_get(const struct press_numbers *numbers, uint32_t core)
{
	for (unsigned i = 0; i < PRESS_NUMBERS_MAX; i++) {
		if (core != 0 && numbers->table[i].core == core)
			return numbers->table[i].link;
	}
	return 0;
}
