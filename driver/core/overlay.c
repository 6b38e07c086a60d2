/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where the film's pads lie on a panel, and which pad a place belongs to.
 * Called by whoever makes a core, and by the core for each contact that lands.
 * Owns nothing.
 */
#include "driver/core/overlay.h"

#include <errno.h>
#include <math.h>

/* A pad's bump reaches the panel's rim, and a thumb that feels it centres about this far inside. */
#define EDGE_MM 5.0 /* design: a thumb is 15.5 mm wide, a third of it lies beyond the rim */
/* A pad catches landings this far around its centre. */
#define RADIUS_MM 6.5 /* issue 3: 6 to 7 mm */
/* Nor further, so that one thumb reaches three without the hand moving, on a kiosk too. */
#define SPACING_MAX_MM 25.0 /* a thumb sweeps about 50 mm along an edge from one grip */
/* The pads lie below this share of the panel's height. */
#define TOP_SHARE (1.0 / 3.0) /* issue 2: the lower two thirds */

int
overlay_default(double width_mm, double height_mm, struct overlay *out)
{
	double top = height_mm * TOP_SHARE;
	double bottom = height_mm - EDGE_MM;
	double spacing = fmin((bottom - top) / 2, SPACING_MAX_MM);
	double middle = (top + bottom) / 2;

	if (!isfinite(width_mm) || !isfinite(height_mm) || width_mm <= 0 || height_mm <= 0)
		return -EINVAL;
	if (spacing < OVERLAY_APART_MIN_MM || width_mm - 2 * EDGE_MM < OVERLAY_APART_MIN_MM)
		return -ERANGE;
	for (unsigned row = 0; row < PAD_COUNT / 2; row++) {
		double y = middle + ((double)row - 1) * spacing;
		/* Pads on tight panels touch, but never overlap: each landing has one meaning. */
		double radius = fmin(RADIUS_MM, spacing / 2);

		out->pads[PAD_LEFT_TOP + row] = (struct overlay_pad){{EDGE_MM, y}, radius};
		out->pads[PAD_RIGHT_TOP + row] =
		    (struct overlay_pad){{width_mm - EDGE_MM, y}, radius};
	}
	return 0;
}

/* Places are kept to a micrometre. */
#define ROUNDING_MM 0.002

bool
overlay_is_on_panel(const struct overlay *overlay, enum pad pad, double width_mm, double height_mm)
{
	struct mm_point centre = overlay->pads[pad].centre;

	return centre.x >= 0 && centre.x <= width_mm && centre.y >= 0 && centre.y <= height_mm;
}

enum overlay_fault
overlay_check(const struct overlay *overlay, double width_mm, double height_mm, enum pad *pad,
	      enum pad *other)
{
	for (unsigned i = 0; i < PAD_COUNT; i++) {
		struct mm_point centre = overlay->pads[i].centre;
		double radius = overlay->pads[i].radius_mm;

		*pad = (enum pad)i;
		if (!overlay_is_on_panel(overlay, *pad, width_mm, height_mm))
			return OVERLAY_OUTSIDE;
		if (!(radius >= OVERLAY_RADIUS_MIN_MM && radius <= OVERLAY_RADIUS_MAX_MM))
			return OVERLAY_RADIUS;
		for (unsigned j = 0; j < i; j++) {
			*other = (enum pad)j;
			if (mm_distance(centre, overlay->pads[j].centre) + ROUNDING_MM <
			    OVERLAY_APART_MIN_MM)
				return OVERLAY_NEAR;
		}
	}
	return OVERLAY_FINE;
}

bool
overlay_hit(const struct overlay *overlay, struct mm_point point, enum pad *out)
{
	double nearest = INFINITY;

	for (unsigned i = 0; i < PAD_COUNT; i++) {
		const struct overlay_pad *pad = &overlay->pads[i];
		double x = point.x - pad->centre.x;
		double y = point.y - pad->centre.y;
		double square = x * x + y * y;

		if (square <= pad->radius_mm * pad->radius_mm && square < nearest) {
			nearest = square;
			*out = (enum pad)i;
		}
	}
	return isfinite(nearest);
}
