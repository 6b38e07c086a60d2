/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Touches to evdev events, as the kernel hands on what a panel sends: only what has changed.
 * Used by the player's back ends that feed a core themselves; a uinput panel has the kernel for it.
 * A plain value without memory of its own.
 */
#ifndef SIDETOUCH_PLAYER_ENCODER_H
#define SIDETOUCH_PLAYER_ENCODER_H

#include "ctl/player_strokes.h"

/* SLOT, TRACKING_ID, X, Y, MAJOR, MINOR, TOOL_TYPE and DISTANCE of each slot, then BTN_TOUCH, ABS_X
 * and ABS_Y. */
#define PLAYER_ENCODER_EVENTS_MAX (CORE_SLOTS_MAX * 8 + 3)

struct player_encoder {
	struct core_panel panel;
	double major_units_per_mm;
	struct player_encoder_slot {
		int32_t tracking_id; /* -1: nothing touches */
		int32_t x, y, major, minor, tool, distance;
	} slots[CORE_SLOTS_MAX];
	int32_t slot; /* as last sent */
	int32_t next_tracking_id;
	int32_t pointer_x, pointer_y; /* ABS_X and ABS_Y as last sent */
	bool touched;                 /* BTN_TOUCH as last sent */
};

void player_encoder_init(struct player_encoder *encoder, const struct core_panel *panel,
			 double major_units_per_mm);

/*
 * One frame's events, SYN_REPORT left out, to events, which holds PLAYER_ENCODER_EVENTS_MAX.
 * Returns their number; 0: nothing changed, and the kernel would send no frame.
 */
size_t player_encoder_frame(struct player_encoder *encoder, const struct player_touch *touches,
			    size_t count, struct core_event *events);

#endif
