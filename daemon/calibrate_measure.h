/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The arithmetic of a calibration: where a bump is, how well its owner hits it, how large a thumb.
 * Called by daemon/calibrate.
 * Owns nothing: plain values in, plain values out.
 */
#ifndef SIDETOUCH_CALIBRATE_MEASURE_H
#define SIDETOUCH_CALIBRATE_MEASURE_H

#include <stdbool.h>
#include <stddef.h>

#include "common/link.h"
#include "common/units.h"

/* An odd number whose middle one survives one press that went wrong (issue 3). */
#define CALIBRATE_PRESSES 3
/* Three presses of one bump that are further apart were not all of that bump (issue 3). */
#define CALIBRATE_SPREAD_MAX_MM 4.0
/* Two bumps that are nearer cannot be told apart by a thumb (issue 2). */
#define CALIBRATE_APART_MIN_MM 12.0

struct calibrate_pad {
	unsigned count; /* presses so far; CALIBRATE_PRESSES: measured */
	struct mm_point at[CALIBRATE_PRESSES];
	double major_mm[CALIBRATE_PRESSES]; /* as the panel tells it; 0: it does not */
};

/* The middle of each coordinate. */
struct mm_point calibrate_median(const struct calibrate_pad *pad);
/* The distance of the two presses that are furthest apart. */
double calibrate_spread_mm(const struct calibrate_pad *pad);
/* The measured pad nearest to this one among the others; false when none is measured. */
bool calibrate_nearest(const struct calibrate_pad pads[PAD_COUNT], enum pad pad, enum pad *nearest,
		       double *distance_mm);
/* All six measured: what the driver is to know. Header and panel are left alone. */
void calibrate_result(const struct calibrate_pad pads[PAD_COUNT], struct link_calibration_set *out);

#endif
