/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Medians, spreads and the thumb's size from eighteen presses.
 * Called by daemon/calibrate.
 * Owns nothing.
 */
#include "daemon/calibrate_measure.h"

#include <math.h>
#include <stdlib.h>

/* A thumb's contact (design: measured, p50). */
#define THUMB_MAJOR_MM 15.5
/* Landings this far towards the palm are hits, however well somebody pressed today (issue 3). */
#define RADIUS_OFFSET_MM 3.0
/* Of presses that scatter normally in two directions, 99 % are within 2.15 times their root mean
 * square distance from the middle: sqrt(-ln 0.01). */
#define RADIUS_PER_SCATTER 2.15
/* The median of three leaves two thirds of the scatter that presses have. */
#define SCATTER_OF_THREE 1.5
#define RADIUS_MIN_MM    6.0 /* issue 3: 6 to 7 mm for old hands; nobody gets less room */
#define RADIUS_MAX_MM    (LINK_RADIUS_MAX_UM / 1000.0)
/* Fewer told sizes than this are chance. */
#define MAJORS_MIN (PAD_COUNT * CALIBRATE_PRESSES / 2)

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double
median(double *values, size_t count)
{
	qsort(values, count, sizeof(*values), compare);
	return (values[(count - 1) / 2] + values[count / 2]) / 2;
}

struct mm_point
calibrate_median(const struct calibrate_pad *pad)
{
	double x[CALIBRATE_PRESSES], y[CALIBRATE_PRESSES];

	for (unsigned i = 0; i < CALIBRATE_PRESSES; i++) {
		x[i] = pad->at[i].x;
		y[i] = pad->at[i].y;
	}
	return (struct mm_point){median(x, CALIBRATE_PRESSES), median(y, CALIBRATE_PRESSES)};
}

double
calibrate_spread_mm(const struct calibrate_pad *pad)
{
	double spread = 0;

	for (unsigned i = 0; i < CALIBRATE_PRESSES; i++) {
		for (unsigned j = i + 1; j < CALIBRATE_PRESSES; j++)
			spread = fmax(spread, mm_distance(pad->at[i], pad->at[j]));
	}
	return spread;
}

bool
calibrate_nearest(const struct calibrate_pad pads[PAD_COUNT], enum pad pad, enum pad *nearest,
		  double *distance_mm)
{
	struct mm_point centre = calibrate_median(&pads[pad]);

	*distance_mm = INFINITY;
	for (unsigned other = 0; other < PAD_COUNT; other++) {
		double distance;

		if (other == pad || pads[other].count < CALIBRATE_PRESSES)
			continue;
		distance = mm_distance(centre, calibrate_median(&pads[other]));
		if (distance < *distance_mm) {
			*distance_mm = distance;
			*nearest = (enum pad)other;
		}
	}
	return isfinite(*distance_mm);
}

/* The root mean square distance of all presses from the middle of their bump. */
static double
scatter_mm(const struct calibrate_pad pads[PAD_COUNT])
{
	double squares = 0;

	for (unsigned pad = 0; pad < PAD_COUNT; pad++) {
		struct mm_point centre = calibrate_median(&pads[pad]);

		for (unsigned i = 0; i < CALIBRATE_PRESSES; i++)
			squares += pow(mm_distance(centre, pads[pad].at[i]), 2);
	}
	return sqrt(SCATTER_OF_THREE * squares / (PAD_COUNT * CALIBRATE_PRESSES));
}

static uint32_t
major_permille(const struct calibrate_pad pads[PAD_COUNT])
{
	double majors[PAD_COUNT * CALIBRATE_PRESSES];
	size_t count = 0;
	double permille;

	for (unsigned pad = 0; pad < PAD_COUNT; pad++) {
		for (unsigned i = 0; i < CALIBRATE_PRESSES; i++) {
			if (pads[pad].major_mm[i] > 0)
				majors[count++] = pads[pad].major_mm[i];
		}
	}
	if (count < MAJORS_MIN)
		return 0;
	permille = round(THUMB_MAJOR_MM / median(majors, count) * 1000);
	if (permille < LINK_MAJOR_MIN_PERMILLE || permille > LINK_MAJOR_MAX_PERMILLE)
		return 0; /* whatever this panel tells, it is no size */
	return (uint32_t)permille;
}

void
calibrate_result(const struct calibrate_pad pads[PAD_COUNT], struct link_calibration_set *out)
{
	double radius = RADIUS_OFFSET_MM + RADIUS_PER_SCATTER * scatter_mm(pads);

	radius = fmin(fmax(radius, RADIUS_MIN_MM), RADIUS_MAX_MM);
	out->major_permille = major_permille(pads);
	for (unsigned pad = 0; pad < PAD_COUNT; pad++) {
		struct mm_point centre = calibrate_median(&pads[pad]);
		enum pad nearest;
		double distance;

		(void)calibrate_nearest(pads, (enum pad)pad, &nearest, &distance);
		/* Neighbours touch at most, so that each landing has one meaning. */
		out->pads[pad] = (struct link_calibration_pad){
		    .x_um = (int32_t)lround(centre.x * 1000),
		    .y_um = (int32_t)lround(centre.y * 1000),
		    .radius_um = (uint32_t)lround(fmin(radius, distance / 2) * 1000),
		};
	}
}
