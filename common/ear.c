/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Names of an ear's gestures and of what a proximity sensor says: one table each, read in both
 * directions.
 * Called by everything that prints or parses them.
 * Owns only constant tables.
 */
#include "common/ear.h"

#include <stddef.h>

#include "common/cleanup.h"
#include "common/name_table.h"

static const char *const kind_names[EAR_KIND_COUNT] = {
    [EAR_ENTER] = "enter",
    [EAR_LEAVE] = "leave",
    [EAR_TAP] = "tap",
    [EAR_DOUBLE_TAP] = "double-tap",
    [EAR_SWIPE_UP] = "swipe-up",
    [EAR_SWIPE_DOWN] = "swipe-down",
    [EAR_SWIPE_LEFT] = "swipe-left",
    [EAR_SWIPE_RIGHT] = "swipe-right",
    [EAR_HOLD] = "hold",
    [EAR_MOVE] = "move",
    [EAR_RELEASE] = "release",
};

static const char *const proximity_names[EAR_PROXIMITY_COUNT] = {
    [EAR_PROXIMITY_UNKNOWN] = "unknown",
    [EAR_PROXIMITY_FAR] = "far",
    [EAR_PROXIMITY_NEAR] = "near",
};

const char *
ear_kind_to_str(enum ear_kind kind)
{
	return (unsigned)kind < EAR_KIND_COUNT ? kind_names[kind] : "no gesture";
}

bool
ear_kind_from_str(const char *text, enum ear_kind *out)
{
	size_t index;

	if (!name_table_find(kind_names, ARRAY_LENGTH(kind_names), text, &index))
		return false;
	*out = (enum ear_kind)index;
	return true;
}

const char *
ear_proximity_to_str(enum ear_proximity proximity)
{
	return (unsigned)proximity < EAR_PROXIMITY_COUNT ? proximity_names[proximity]
							 : "no proximity";
}

bool
ear_proximity_from_str(const char *text, enum ear_proximity *out)
{
	size_t index;

	if (!name_table_find(proximity_names, ARRAY_LENGTH(proximity_names), text, &index))
		return false;
	*out = (enum ear_proximity)index;
	return true;
}
