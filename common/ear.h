/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What an ear on the glass does, and what a proximity sensor says, with the names that scenarios,
 * the command line and JSON use for them.
 * Used by the driver, the daemon and sidetouchctl; it owns nothing.
 */
#ifndef SIDETOUCH_EAR_WORDS_H
#define SIDETOUCH_EAR_WORDS_H

#include <stdbool.h>

#include "common/units.h"

enum ear_kind {
	EAR_ENTER, /* the phone is at the ear: touches are the ear's from now on */
	EAR_LEAVE,
	EAR_TAP,
	EAR_DOUBLE_TAP,
	EAR_SWIPE_UP,
	EAR_SWIPE_DOWN,
	EAR_SWIPE_LEFT,
	EAR_SWIPE_RIGHT,
	EAR_HOLD,
	EAR_MOVE,    /* by 12 mm or more while held */
	EAR_RELEASE, /* a hold's end */
};
#define EAR_KIND_COUNT 11

enum ear_proximity {
	EAR_PROXIMITY_UNKNOWN, /* no sensor, or it has nothing to say */
	EAR_PROXIMITY_FAR,
	EAR_PROXIMITY_NEAR,
};
#define EAR_PROXIMITY_COUNT 3

struct ear_event {
	enum ear_kind kind;
	struct usec time; /* when it was certain */
	/* A swipe: from start to end; a move: since the hold or the last move; else 0. In mm as the
	 * panel is mounted: to the right and down. */
	struct mm_point by;
};

/* What a touch was, from the first contact to the last one's lifting. */
struct ear_seen {
	struct usec lasted;
	unsigned patches; /* contacts at once, at most */
	double size_mm;   /* from one end to the other, at most; 0: the panel does not say */
	bool ear;         /* it was the ear's */
};

/* "enter", "double-tap", "swipe-up" ...; never NULL. */
const char *ear_kind_to_str(enum ear_kind kind);
/* False, and *out untouched, when text names none. */
bool ear_kind_from_str(const char *text, enum ear_kind *out);

/* "unknown", "far", "near"; never NULL. */
const char *ear_proximity_to_str(enum ear_proximity proximity);
bool ear_proximity_from_str(const char *text, enum ear_proximity *out);

#endif
