/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One touch of all contacts together, and whether it looks like an ear.
 * Used by driver/core/ear.c, which decides what follows from it.
 * Plain values: the caller's struct is all there is.
 */
#ifndef SIDETOUCH_EAR_TOUCH_H
#define SIDETOUCH_EAR_TOUCH_H

#include <stdbool.h>

#include "driver/core/ear_scale.h"
#include "driver/core/ear_union.h"

/* Contact that is lost for less than this does not end a touch. */
#define EAR_BRIDGE_MS 60 /* issue 4: drop-outs are 21 to 57 ms */

struct ear_touch {
	struct usec began;  /* with what was bridged */
	struct usec landed; /* the first contact since there was none but a cheek */
	struct usec seen;   /* its last frame */
	struct usec ended;  /* when the last contact lifted */
	struct ear_union now;
	struct usec near;  /* how long it was an ear's, provided that proximity agrees */
	struct usec alone; /* ... and by its shape alone */
	double area_first_mm2;
	double area_most_mm2;
	double area_oblong_mm2; /* while a patch was as long and as oblong as no finger is */
	double longest_mm;
	double diagonal_most_mm;
	unsigned patches_most;
	bool impossible; /* a contact cannot have been as large as the panel said */
};

/* The first contact landed; what was there up to EAR_BRIDGE_MS before is the same touch. */
void ear_touch_begin(struct ear_touch *touch, struct usec time);
/* Time went by since the last frame, in which everything stayed as it was. */
void ear_touch_pass_time(struct ear_touch *touch, struct usec time);
/* A frame: what touches now. */
void ear_touch_look(struct ear_touch *touch, const struct ear_scale *scale,
		    const struct ear_patch *patches, unsigned count,
		    const struct ear_places *places);
/* The last contact lifted. was_finger: it was passed on to the end, so the scale learns of it. */
void ear_touch_end(struct ear_touch *touch, struct ear_scale *scale, struct usec time,
		   bool was_finger);

/* It is an ear, provided that a sensor or the user says so too. */
bool ear_touch_shows_near(const struct ear_touch *touch);
/* It looks like one in this frame. */
bool ear_touch_looks_near(const struct ear_touch *touch);
/* It is an ear by its shape alone. */
bool ear_touch_shows_alone(const struct ear_touch *touch, const struct ear_scale *scale);
/* It is as large and oblong in this frame as no finger is. */
bool ear_touch_looks_whole(const struct ear_touch *touch, const struct ear_scale *scale);
/* It has looked like a single finger from its beginning. */
bool ear_touch_is_finger(const struct ear_touch *touch, const struct ear_scale *scale);
/* It has been one fingertip from its beginning to its end, smaller than a thumb. */
bool ear_touch_was_fingertip(const struct ear_touch *touch, const struct ear_scale *scale);
/*
 * When ear_touch_shows_near() or _alone() may become true without another frame; false when
 * neither will.
 */
bool ear_touch_near_deadline(const struct ear_touch *touch, struct usec *deadline);
bool ear_touch_alone_deadline(const struct ear_touch *touch, struct usec *deadline);

#endif
