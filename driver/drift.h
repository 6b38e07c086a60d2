/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Follows a film that creeps: where presses land, on the mean, is where its pads are by now.
 * Pure; called by driver/film for each press that has ended well.
 * Owns the means of the six pads.
 */
#ifndef SIDETOUCH_DRIFT_H
#define SIDETOUCH_DRIFT_H

#include <stdbool.h>

#include "driver/core/overlay.h"

/* The furthest a pad is followed from where it was calibrated (issue 3). */
#define DRIFT_MAX_MM 3.0

struct drift {
	struct overlay film; /* as calibrated, in mm of any axes */
	struct {
		struct mm_point mean; /* of where presses landed, from the film's centre */
		unsigned presses;
	} pads[PAD_COUNT];
	bool over; /* a pad has crept further than it is followed */
};

/* Nothing has crept yet. */
void drift_init(struct drift *drift, const struct overlay *film);

/*
 * A press that landed at this place and ended on its pad. True when it went over the limit by it:
 * once, until drift_init().
 */
bool drift_press(struct drift *drift, enum pad pad, struct mm_point landed);

/* The film where it is by now: each pad within DRIFT_MAX_MM of where it was, and no two nearer
 * than OVERLAY_APART_MIN_MM (or than they were calibrated). */
void drift_film(const struct drift *drift, struct overlay *out);

#endif
