/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Steps of turning, and lying flat.
 * Called by daemon/earside.
 * Owns nothing beyond the struct its caller holds.
 *
 * Degrees go up; "base" is what is counted from.
 *
 *   base ── 30 ── step ── 10 ── step ── 10 ── step       turned on and on
 *                 base          base          base
 *   base ── 30 ── step ── 10 ── step ── 10 back ── step back
 *   base ── less than 30, and still for 2 s ── base      a head that moves, a walk
 *   base ── 30 ── step ── still for 2 s: the next step takes 30 again
 *   the ear goes, and comes within 2 s: it goes on; later: base where it is then
 */
#include "daemon/turn.h"

#include <math.h>

#define FIRST_DEGREES 30.0 /* issue 4 */
#define NEXT_DEGREES  10.0 /* issue 4 */
#define CARRY_MS      2000 /* issue 4: over lifts */
/* A hand that holds still trembles by less. */
#define STILL_DEGREES 5.0
/* Of gravity's 9.8 m/s^2: with less in the panel's plane, or while shaken, there is no angle. */
#define PLANE_MIN 4.0
#define TOTAL_MIN 7.0
#define TOTAL_MAX 12.5
#define FLAT_MIN  8.0 /* issue 4: |z| */
#define FLAT_MS   500 /* a bump while walking is shorter */

void
turn_init(struct turn *turn, const struct turn_events *events, void *data)
{
	*turn = (struct turn){.events = events, .data = data};
}

void
turn_set_on(struct turn *turn, bool on, struct usec time)
{
	if (turn->on == on)
		return;
	turn->on = on;
	if (!on) {
		turn->left = time;
		return;
	}
	turn->upright = turn->flat = false;
	turn->quarter = SENSOR_TURN_UNKNOWN;
	if (turn->left.us == 0 || usec_lasts_ms(usec_since(time, turn->left), CARRY_MS))
		turn->based = turn->turned = false;
}

/* From a to b the short way round. */
static double
between(double a, double b)
{
	return remainder(b - a, 360);
}

static void
rebase(struct turn *turn, double angle, struct usec time)
{
	turn->based = true;
	turn->turned = false;
	turn->base = turn->still = angle;
	turn->still_since = time;
}

static void
take_angle(struct turn *turn, double angle, struct usec time)
{
	double by;

	if (!turn->based) {
		rebase(turn, angle, time);
		return;
	}
	while (by = between(turn->base, angle),
	       fabs(by) >= (turn->turned ? NEXT_DEGREES : FIRST_DEGREES)) {
		/* After 30 degrees that was one step; after 45 it was two. */
		turn->base += copysign(turn->turned ? NEXT_DEGREES : FIRST_DEGREES, by);
		turn->turned = true;
		/* What is up goes round the other way. */
		turn->events->step(turn->data, by > 0, time);
	}
	if (fabs(between(turn->still, angle)) > STILL_DEGREES) {
		turn->still = angle;
		turn->still_since = time;
	} else if (usec_lasts_ms(usec_since(time, turn->still_since), CARRY_MS)) {
		rebase(turn, angle, time);
	}
}

static void
take_flatness(struct turn *turn, double z, struct usec time)
{
	if (fabs(z) <= FLAT_MIN) {
		turn->upright = true;
		turn->flat = false;
		return;
	}
	if (!turn->flat)
		turn->flat_since = time;
	turn->flat = true;
	/* Who lies in bed with the phone on the ear has not laid it down. */
	if (!turn->upright || !usec_lasts_ms(usec_since(time, turn->flat_since), FLAT_MS))
		return;
	turn->upright = false;
	turn->events->flat(turn->data, time);
}

void
turn_sample(struct turn *turn, const struct acceleration *acceleration, struct usec time)
{
	double plane = hypot(acceleration->x, acceleration->y);
	double total = hypot(plane, acceleration->z);

	/* Also not for what is no number. */
	if (!turn->on || !(total >= TOTAL_MIN && total <= TOTAL_MAX))
		return;
	if (plane >= PLANE_MIN)
		take_angle(turn, atan2(acceleration->y, acceleration->x) * 180 / M_PI, time);
	take_flatness(turn, acceleration->z, time);
}

void
turn_quarter(struct turn *turn, enum sensor_turn quarter, struct usec time)
{
	enum sensor_turn before = turn->quarter;
	unsigned by;

	if (!turn->on)
		return;
	turn->quarter = quarter;
	if (before == SENSOR_TURN_UNKNOWN || quarter == SENSOR_TURN_UNKNOWN)
		return;
	by = ((unsigned)quarter - (unsigned)before) % 4;
	if (by == 1 || by == 3)
		turn->events->step(turn->data, by == 1, time);
}

void
turn_tilt(struct turn *turn, bool flat, struct usec time)
{
	bool laid_down = flat && turn->upright;

	if (!turn->on)
		return;
	turn->upright = !flat;
	if (laid_down)
		turn->events->flat(turn->data, time);
}
