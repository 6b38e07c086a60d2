/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The touchscreens that scenarios are played on, as a table: a phone and a tablet.
 * Read by the parser: is this place on the panel?
 * Owns only constant tables.
 */
#include <string.h>

#include "common/cleanup.h"
#include "common/scenario.h"

/* phone: 68 x 136 mm, 10 slots (design). The others: as driver/sim_panel has
 * them. */
static const struct scenario_device devices[] = {
    {"phone", 68, 136, 10, false},
    {"tablet", 160, 256, 10, false},
    {"rich-phone", 68, 136, 10, true},
};

static const char *const device_names[] = {"phone", "tablet", "rich-phone"};

_Static_assert(ARRAY_LENGTH(devices) == ARRAY_LENGTH(device_names), "every device has its name");

const struct scenario_device *
scenario_device_find(const char *name)
{
	for (size_t i = 0; i < ARRAY_LENGTH(devices); i++) {
		if (strcmp(devices[i].name, name) == 0)
			return &devices[i];
	}
	return NULL;
}

const char *const *
scenario_device_names(size_t *count)
{
	*count = ARRAY_LENGTH(device_names);
	return device_names;
}
