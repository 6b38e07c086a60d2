/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Judges a panel's sizes: first by what it says of its axes, then by what fingers read.
 * Called by driver/core/ear.c.
 * Owns nothing beyond the struct its caller holds.
 */
#include "driver/core/ear_scale.h"

#include <math.h>

/* The kernel's documentation wants TOUCH_MAJOR in the units of the position; some slack for a
 * panel whose two axes differ. A panel that says anything else has not been calibrated. */
#define UNITS_SLACK 0.25
/* An axis that ends below this could not say how long an ear is. */
#define RANGE_MIN_MM 40.0 /* design: an ear's largest patch is 21 to 35 mm, pressed flat 65 */
/* An ear's patch is at least this long. */
#define EAR_MIN_MM 24.0 /* design: thumbs read 21 mm (p99); measured: ears reach 30 to 63 */
/* ... and so many times as long as what a finger reads here. */
#define EAR_FINGERS 1.6 /* design: ear 35 over thumb 21, both at their worst */
/* No finger reads less; one that does was measured in other units than mm. */
#define FINGER_MIN_MM 3.0 /* a quarter of the design's 13 mm */
/* The part of a contact's smaller axis that must lie between its centre and the rim. */
#define RIM_SHARE 0.2 /* half an ellipse has its centre 0.21 of its axis from the cut */
/* So many impossible touches disprove a scale: one may be a glitch. */
#define DISPROOFS 2

static void
judge(struct ear_scale *scale)
{
	scale->believable = scale->mm_per_unit > 0 && scale->disproofs < DISPROOFS &&
			    (scale->finger_mm == 0 || scale->finger_mm >= FINGER_MIN_MM);
}

void
ear_scale_init(struct ear_scale *scale, const struct ear_axes *axes)
{
	double resolution = axes->major_resolution;
	bool stated = axes->has_major && resolution > 0 && axes->position_units_per_mm > 0;

	*scale = (struct ear_scale){.width_mm = axes->width_mm, .height_mm = axes->height_mm};
	if (!stated || fabs(resolution / axes->position_units_per_mm - 1) > UNITS_SLACK ||
	    axes->major_maximum / resolution < RANGE_MIN_MM)
		return;
	scale->mm_per_unit = 1 / resolution;
	judge(scale);
}

void
ear_scale_calibrate(struct ear_scale *scale, double mm_per_unit)
{
	scale->mm_per_unit = mm_per_unit;
	scale->finger_mm = 0;
	scale->disproofs = 0;
	judge(scale);
}

bool
ear_scale_is_possible(const struct ear_scale *scale, const struct ear_patch *patch)
{
	double smaller = patch->minor_mm > 0 ? patch->minor_mm : patch->major_mm;
	double rim = smaller * RIM_SHARE;

	return patch->place.x >= rim && scale->width_mm - patch->place.x >= rim &&
	       patch->place.y >= rim && scale->height_mm - patch->place.y >= rim;
}

void
ear_scale_learn(struct ear_scale *scale, double longest_mm, bool possible)
{
	double change = longest_mm - scale->finger_mm;

	scale->disproofs += !possible && scale->disproofs < DISPROOFS;
	/* A palm may be taken for a finger, a finger never for a palm: what is shorter counts more.
	 */
	if (longest_mm > 0 && scale->finger_mm == 0)
		scale->finger_mm = longest_mm;
	else if (longest_mm > 0)
		scale->finger_mm += change / (change < 0 ? 2 : 8);
	judge(scale);
}

double
ear_scale_ear_mm(const struct ear_scale *scale)
{
	return fmax(EAR_MIN_MM, scale->finger_mm * EAR_FINGERS);
}
