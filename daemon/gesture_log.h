/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The shapes of the last ten gestures, for a bug report: which kind, which pads, how long, how far.
 * Told by the daemon's main object of what the driver tells; asked over the bus.
 * A plain value. It has no text, and nothing of what an app showed or was told.
 */
#ifndef SIDETOUCH_GESTURE_LOG_H
#define SIDETOUCH_GESTURE_LOG_H

#include <glib.h>

#include "common/link.h"
#include "common/units.h"

/* As many as somebody remembers to have made just now (issue 8). */
#define GESTURE_LOG_SIZE 10

struct gesture {
	const char *kind; /* press, hold, cancelled, chord, or what the ear did, as "tap" */
	int pads[2];      /* enum pad; -1: none */
	uint32_t panel;
	struct usec time; /* when it was over */
	struct usec lasted;
	int right_mm, down_mm; /* how far an ear swiped or moved, rounded */
};

struct gesture_log {
	struct gesture gestures[GESTURE_LOG_SIZE];
	uint64_t count;      /* all that ever were; the oldest ones are overwritten */
	uint32_t held;       /* the press or chord that has become a hold; 0: none */
	uint32_t chorded[2]; /* the presses of the last chord, which are no gestures of their own */
};

void gesture_log_press(struct gesture_log *log, const struct link_press *press);
void gesture_log_chord(struct gesture_log *log, const struct link_chord *chord);
void gesture_log_ear(struct gesture_log *log, const struct link_ear *ear);

/* A floating aa{sv}, the latest first: kind, pads, panel, duration-ms, seconds-ago, right-mm,
 * down-mm. */
GVariant *gesture_log_to_variant(const struct gesture_log *log, struct usec now);

#endif
