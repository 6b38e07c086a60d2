/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What makes the ear come and go besides frames: time, proximity, commands.
 * Called through ear.h by driver/core/ear_owner.c; the states' table is in ear.c.
 * Owns nothing beyond the struct its caller holds.
 */
#include "driver/core/ear_private.h"

/* A finger is never held back longer than this for an ear. */
#define DOUBT_MS 45 /* issue 4: 50 ms, of which a busy machine may need some */
/* Near: by then every ear has shown; what still looks like a finger is one. */
#define SLOW_MS 400 /* design: slow placements take up to 0.4 s to show */

static bool
earliest(bool any, struct usec due, struct usec *deadline)
{
	*deadline = any ? usec_min(*deadline, due) : due;
	return true;
}

/* When a touch that is not the ear's yet may show to be. */
static bool
show_deadline(const struct ear *ear, struct usec *deadline)
{
	struct usec due;
	bool any = false;

	if (!ear_may_enter(ear))
		return false;
	if (ear->proximity != EAR_PROXIMITY_NEAR)
		return ear_touch_alone_deadline(&ear->touch, deadline);
	if (ear_touch_near_deadline(&ear->touch, &due))
		any = earliest(any, due, deadline);
	if (ear_sizeless_deadline(ear, &due))
		any = earliest(any, due, deadline);
	return any;
}

/* When a touch is given up for a finger. */
static bool
finger_deadline(const struct ear *ear, struct usec *deadline)
{
	bool near = ear->proximity == EAR_PROXIMITY_NEAR;
	bool slow = ear->state == EAR_STATE_CANDIDATE && near;

	*deadline = usec_add(ear->touch.landed, usec_from_ms(slow ? SLOW_MS : DOUBT_MS));
	return !slow || ear_touch_is_finger(&ear->touch, &ear->scale);
}

static bool
leave_deadline(const struct ear *ear, struct usec *deadline)
{
	bool coming = ear->mode && ear->arriving;

	*deadline = usec_add(ear->rested, usec_from_ms(coming ? EAR_COME_MS : EAR_LEAVE_MS));
	return ear->mode ? ear->proximity == EAR_PROXIMITY_UNKNOWN : !ear_is_agreed(ear);
}

/* Without a sensor that would say so: nothing has touched for long enough. */
static void
leave_untouched(struct ear *ear, struct usec due)
{
	ear->mode = false;
	ear_leave(ear, due);
}

static bool
state_deadline(const struct ear *ear, struct usec *deadline)
{
	struct usec due;
	bool any = false;

	switch (ear->state) {
	case EAR_STATE_WATCHED:
		return show_deadline(ear, deadline);
	case EAR_STATE_CANDIDATE:
		if (show_deadline(ear, &due))
			any = earliest(any, due, deadline);
		if (finger_deadline(ear, &due))
			any = earliest(any, due, deadline);
		return any;
	case EAR_STATE_DOUBTED:
		return finger_deadline(ear, deadline);
	case EAR_STATE_EXCUSED:
		if (show_deadline(ear, &due))
			any = earliest(any, due, deadline);
		if (leave_deadline(ear, &due))
			any = earliest(any, due, deadline);
		return any;
	case EAR_STATE_RESTING:
		return leave_deadline(ear, deadline);
	case EAR_STATE_IDLE:
	case EAR_STATE_LEAVING:
	case EAR_STATE_TOUCHING:
		return false;
	}
	return false;
}

bool
ear_next_deadline(const struct ear *ear, struct usec *deadline)
{
	struct usec due;
	bool any = ear_is_on(ear) && ear_gesture_deadline(&ear->gesture, deadline);

	if (state_deadline(ear, &due))
		any = earliest(any, due, deadline);
	return any;
}

static void
give_up(struct ear *ear, struct usec due)
{
	struct usec finger;

	if (finger_deadline(ear, &finger) && !usec_before(due, finger))
		ear->state =
		    ear->state == EAR_STATE_DOUBTED ? EAR_STATE_EXCUSED : EAR_STATE_WATCHED;
}

static void
handle_due(struct ear *ear, struct usec due)
{
	struct usec when;

	switch (ear->state) {
	case EAR_STATE_WATCHED:
	case EAR_STATE_CANDIDATE:
		ear_touch_pass_time(&ear->touch, due);
		ear_handle_touched(ear, due);
		if (ear->state == EAR_STATE_CANDIDATE)
			give_up(ear, due);
		break;
	case EAR_STATE_DOUBTED:
		give_up(ear, due);
		break;
	case EAR_STATE_EXCUSED:
		ear_touch_pass_time(&ear->touch, due);
		ear_handle_touched(ear, due);
		if (ear->state == EAR_STATE_EXCUSED && leave_deadline(ear, &when) &&
		    !usec_before(due, when))
			leave_untouched(ear, due);
		break;
	case EAR_STATE_RESTING:
		leave_untouched(ear, due);
		break;
	case EAR_STATE_IDLE:
	case EAR_STATE_LEAVING:
	case EAR_STATE_TOUCHING:
		break;
	}
}

void
ear_tick(struct ear *ear, struct usec now)
{
	struct usec due;

	while (ear_next_deadline(ear, &due) && !usec_before(now, due)) {
		struct usec state_due;

		if (state_deadline(ear, &state_due) && !usec_before(due, state_due))
			handle_due(ear, due);
		else
			ear_gesture_tick(&ear->gesture, due);
	}
}

void
ear_set_proximity(struct ear *ear, enum ear_proximity proximity, struct usec now)
{
	bool taken_away = ear->proximity == EAR_PROXIMITY_NEAR && proximity == EAR_PROXIMITY_FAR;

	if (proximity == ear->proximity)
		return;
	/* By command it was on whatever the sensor says, but not when it says something else. */
	if (taken_away)
		ear->mode = false;
	ear->proximity = proximity;
	ear->dismissed = false;
	ear->fingertips = 0;
	if (proximity == EAR_PROXIMITY_FAR && ear_is_on(ear) && !ear->mode)
		ear_leave(ear, now);
	if (proximity == EAR_PROXIMITY_FAR && ear->state == EAR_STATE_CANDIDATE)
		ear->state = EAR_STATE_WATCHED;
	ear->rested = usec_max(ear->rested, now);
}

void
ear_set_mode(struct ear *ear, bool on, struct usec now)
{
	/* Said again, it is to go on. */
	if (on && ear->mode)
		ear->rested = usec_max(ear->rested, now);
	ear->mode = on;
	ear->dismissed = !on && ear_is_on(ear);
	if (on && !ear_is_on(ear))
		ear_enter(ear, now, ear_is_touched(ear));
	else if (!on)
		ear_leave(ear, now);
}

void
ear_stop(struct ear *ear, bool touched, struct usec now)
{
	ear->mode = false;
	ear->dismissed = false;
	ear->proximity = EAR_PROXIMITY_UNKNOWN;
	ear_leave(ear, now);
	ear->touch = (struct ear_touch){.began = now, .landed = now, .seen = now};
	ear->state = touched ? EAR_STATE_WATCHED : EAR_STATE_IDLE;
}
