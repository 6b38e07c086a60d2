/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How the phone is turned at the ear, and whether it was laid down: from which way is down.
 * Called by daemon/earside with each sample; pure, time is a parameter.
 * A plain value, the caller's.
 */
#ifndef SIDETOUCH_TURN_H
#define SIDETOUCH_TURN_H

#include <stdbool.h>

#include "daemon/accelerometer.h"
#include "daemon/sensor_proxy.h"

struct turn_events {
	/* One step, seen from in front of the panel. */
	void (*step)(void *data, bool clockwise, struct usec time);
	/* It lies flat, and did not before. */
	void (*flat)(void *data, struct usec time);
};

struct turn {
	const struct turn_events *events;
	void *data;
	bool on;
	struct usec left; /* the ear did, if it is not on */
	bool based;       /* there is an angle to count from */
	bool turned;      /* the first step was made: the next ones are smaller */
	double base;      /* degrees: of the last step, or where none was made yet */
	double still;     /* where it has been since... */
	struct usec still_since;
	bool upright; /* it was, since the ear came */
	bool flat;
	struct usec flat_since;
	enum sensor_turn quarter;
};

void turn_init(struct turn *turn, const struct turn_events *events, void *data);
/* The ear is there, or has gone. */
void turn_set_on(struct turn *turn, bool on, struct usec time);
void turn_sample(struct turn *turn, const struct acceleration *acceleration, struct usec time);
/* Quarter turns only, where nothing finer is to be had. */
void turn_quarter(struct turn *turn, enum sensor_turn quarter, struct usec time);
/* The same of lying flat. */
void turn_tilt(struct turn *turn, bool flat, struct usec time);

#endif
