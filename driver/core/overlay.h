/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The film: six pads, each a centre and a radius in millimetres on one panel.
 * Made from the panel's size by default; driver/core asks it where a contact landed.
 * A plain value: copied, never shared.
 */
#ifndef SIDETOUCH_OVERLAY_H
#define SIDETOUCH_OVERLAY_H

#include <stdbool.h>

#include "common/pad.h"
#include "common/units.h"

struct overlay_pad {
	struct mm_point centre;
	double radius_mm;
};

struct overlay {
	struct overlay_pad pads[PAD_COUNT];
};

/*
 * The default film for a panel of this size in mm: three pads down each long edge as mounted, in
 * the thumb's reach in the lower two thirds, at least 12 mm apart.
 * -ERANGE when the panel is too small for six pads 12 mm apart, -EINVAL when its size is unknown.
 */
int overlay_default(double width_mm, double height_mm, struct overlay *out);

/* Two pads that are nearer cannot be told apart by a thumb (issue 2). */
#define OVERLAY_APART_MIN_MM 12.0
/* A pad's radius, from one that a thumb just hits to one that leaves its neighbours room. */
#define OVERLAY_RADIUS_MIN_MM 4.0
#define OVERLAY_RADIUS_MAX_MM 10.0

enum overlay_fault {
	OVERLAY_FINE,
	OVERLAY_OUTSIDE, /* a pad's centre is not on the panel */
	OVERLAY_RADIUS,  /* a pad is too small or too large to be pressed */
	OVERLAY_NEAR,    /* two pads are nearer than OVERLAY_APART_MIN_MM */
};

/* Whether a pad's centre is on a panel of this size in mm. */
bool overlay_is_on_panel(const struct overlay *overlay, enum pad pad, double width_mm,
			 double height_mm);

/*
 * Whether a film that somebody measured can be used on a panel of this size in mm. Otherwise *pad
 * is the first pad that is wrong, and for NEAR *other the one it is too near to.
 */
enum overlay_fault overlay_check(const struct overlay *overlay, double width_mm, double height_mm,
				 enum pad *pad, enum pad *other);

/* The pad whose radius the point is within; the nearest when two overlap. False when none is. */
bool overlay_hit(const struct overlay *overlay, struct mm_point point, enum pad *out);

#endif
