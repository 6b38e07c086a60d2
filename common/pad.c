/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Names of pads and phases: one table each, read in both directions.
 * Called by everything that prints or parses a pad.
 * Owns only constant tables.
 */
#include "common/pad.h"

#include <stddef.h>

#include "common/cleanup.h"
#include "common/name_table.h"

static const char *const pad_names[PAD_COUNT] = {
    [PAD_LEFT_TOP] = "left-top",         [PAD_LEFT_MIDDLE] = "left-middle",
    [PAD_LEFT_BOTTOM] = "left-bottom",   [PAD_RIGHT_TOP] = "right-top",
    [PAD_RIGHT_MIDDLE] = "right-middle", [PAD_RIGHT_BOTTOM] = "right-bottom",
};

static const char *const phase_names[PRESS_PHASE_COUNT] = {
    [PRESS_DOWN] = "down",
    [PRESS_UP] = "up",
    [PRESS_HOLD] = "hold",
    [PRESS_CANCEL] = "cancel",
};

const char *
pad_to_str(enum pad pad)
{
	return (unsigned)pad < PAD_COUNT ? pad_names[pad] : "no pad";
}

bool
pad_from_str(const char *text, enum pad *out)
{
	size_t index;

	if (!name_table_find(pad_names, ARRAY_LENGTH(pad_names), text, &index))
		return false;
	*out = (enum pad)index;
	return true;
}

const char *
press_phase_to_str(enum press_phase phase)
{
	return (unsigned)phase < PRESS_PHASE_COUNT ? phase_names[phase] : "no phase";
}

bool
press_phase_from_str(const char *text, enum press_phase *out)
{
	size_t index;

	if (!name_table_find(phase_names, ARRAY_LENGTH(phase_names), text, &index))
		return false;
	*out = (enum press_phase)index;
	return true;
}
