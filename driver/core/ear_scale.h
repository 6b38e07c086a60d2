/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether a panel's contact sizes can be believed, and what a finger reads on it.
 * Used by driver/core/ear.c, which feeds it with what touches and asks how long an ear would be.
 * TOUCH_MAJOR means something else on every panel: a finger was measured to read 0.2 to 77 mm.
 */
#ifndef SIDETOUCH_EAR_SCALE_H
#define SIDETOUCH_EAR_SCALE_H

#include <stdbool.h>
#include <stdint.h>

#include "driver/core/ear_union.h"

/* What the panel says of its axes; a resolution in units a mm, 0 when it does not say. */
struct ear_axes {
	double width_mm; /* of the panel; 0 when unknown */
	double height_mm;
	double position_units_per_mm;
	bool has_major;
	int32_t major_maximum;
	int32_t major_resolution;
};

struct ear_scale {
	double width_mm;
	double height_mm;
	double mm_per_unit; /* of TOUCH_MAJOR; 0 when what it says is no length */
	double finger_mm;   /* what a finger reads here at most; 0 before the first */
	unsigned disproofs; /* touches that cannot have been as large as the panel said */
	bool believable;    /* what follows from the three, asked several times in a frame */
};

void ear_scale_init(struct ear_scale *scale, const struct ear_axes *axes);
/* The size was measured with the user's own finger: believable, whatever the axes say. */
void ear_scale_calibrate(struct ear_scale *scale, double mm_per_unit);
/* Whether TOUCH_MAJOR is a length in mm, as far as was seen until now. */
static inline bool
ear_scale_is_believable(const struct ear_scale *scale)
{
	return scale->believable;
}
/* Whether this contact is as large as the panel says: a large one cannot be centred on the rim. */
bool ear_scale_is_possible(const struct ear_scale *scale, const struct ear_patch *patch);
/* A touch of one contact that was no ear is over; its longest reading, and whether possible. */
void ear_scale_learn(struct ear_scale *scale, double longest_mm, bool possible);
/* The shortest length in mm of a patch that no finger makes on this panel. */
double ear_scale_ear_mm(const struct ear_scale *scale);

#endif
