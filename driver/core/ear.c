/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * At the ear or not: decides from the union of contacts, the proximity and the chosen mode.
 * Called by driver/core/ear_owner.c, which carries out its verdicts.
 * Owns nothing beyond the struct its caller holds.
 */
#include <string.h>

#include "driver/core/ear_private.h"

/*
 * Time goes to the right. Above the line the state, below it what becomes of the contacts.
 * "ear!" is the moment when it shows (ear_touch.c); then the ear is on, and that touch, which
 * brought the phone to the ear, makes no gesture.
 *
 * Proximity far, or unknown on a panel whose sizes say nothing: there is no ear.
 *   finger               WATCHED────────────── lift  IDLE
 *                        passed
 * Proximity near:
 *   ear                  CANDIDATE───ear! TOUCHING──────────── lift  RESTING
 *                        withheld         taken                      (till far)
 *   graze                CANDIDATE── lift  IDLE
 *                        withheld, shown to nobody
 *   finger               CANDIDATE──────| 400 ms  WATCHED───── lift  IDLE
 *                        withheld         handed over, passed
 * Proximity unknown:
 *   ear                  WATCHED────ear!  TOUCHING──────────── lift  RESTING──| 3 s  IDLE
 *                        passed           withdrawn, taken
 *   lands large          CANDIDATE─| 50 ms  WATCHED ...
 *                        withheld    handed over, passed
 * On by its shape alone, and touched again:
 *   ear                  DOUBTED──ear! TOUCHING ... every gesture counts
 *                        withheld      taken
 *   finger               DOUBTED──| 50 ms  EXCUSED──────────── lift  RESTING
 *                        withheld   handed over, passed
 * On, and near or by command:
 *   anything             TOUCHING────── lift  RESTING
 *                        taken
 * Far, or off by command, while it touches:
 *                        TOUCHING──| LEAVING────────────────── lift  IDLE
 *                        taken       taken
 */

/* So many fingertips in a row are no ear, whatever the sensor says. */
#define FINGERTIPS 5 /* a user who is not answered tries three or four times; grazes come once */
/* Without contact for so long the phone may have moved: where the cheek was says nothing. */
#define PLACES_MS 1000 /* gaps between gestures are up to 0.5 s */

void
ear_init(struct ear *ear, const struct ear_axes *axes, const struct ear_output *output)
{
	memset(ear, 0, sizeof(*ear));
	ear->output = *output;
	ear_scale_init(&ear->scale, axes);
	ear_gesture_init(&ear->gesture, &ear->output);
}

void
ear_calibrate(struct ear *ear, double mm_per_unit)
{
	ear_scale_calibrate(&ear->scale, mm_per_unit);
}

bool
ear_is_on(const struct ear *ear)
{
	switch (ear->state) {
	case EAR_STATE_RESTING:
	case EAR_STATE_DOUBTED:
	case EAR_STATE_EXCUSED:
	case EAR_STATE_TOUCHING:
		return true;
	case EAR_STATE_IDLE:
	case EAR_STATE_WATCHED:
	case EAR_STATE_CANDIDATE:
	case EAR_STATE_LEAVING:
		return false;
	}
	return false;
}

bool
ear_is_touched(const struct ear *ear)
{
	return ear->state != EAR_STATE_IDLE && ear->state != EAR_STATE_RESTING;
}

bool
ear_is_agreed(const struct ear *ear)
{
	return ear->mode || (ear->proximity == EAR_PROXIMITY_NEAR && !ear->dismissed);
}

bool
ear_may_enter(const struct ear *ear)
{
	if (ear->dismissed)
		return false;
	switch (ear->proximity) {
	case EAR_PROXIMITY_NEAR:
		return true;
	case EAR_PROXIMITY_FAR:
		return false;
	case EAR_PROXIMITY_UNKNOWN:
		return ear_scale_is_believable(&ear->scale);
	}
	return false;
}

bool
ear_is_attentive(const struct ear *ear)
{
	return ear_is_on(ear) || ear_may_enter(ear);
}

static void
tell(const struct ear *ear, enum ear_kind kind, struct usec time)
{
	const struct ear_event event = {.kind = kind, .time = time};

	ear->output.event(ear->output.data, &event);
}

bool
ear_sizeless_deadline(const struct ear *ear, struct usec *deadline)
{
	*deadline = usec_add(ear->touch.landed, usec_from_ms(EAR_SIZELESS_MS));
	return ear->state == EAR_STATE_CANDIDATE && !ear_scale_is_believable(&ear->scale);
}

static bool
shows(const struct ear *ear, struct usec now)
{
	struct usec due;

	if (!ear_may_enter(ear))
		return false;
	if (ear->proximity != EAR_PROXIMITY_NEAR)
		return ear_touch_shows_alone(&ear->touch, &ear->scale);
	return ear_touch_shows_near(&ear->touch) ||
	       (ear_sizeless_deadline(ear, &due) && !usec_before(now, due));
}

static void
remember_places(struct ear *ear)
{
	const struct ear_union *now = &ear->touch.now;

	if (now->patches > 0 && now->cheek > 0)
		ear->places = (struct ear_places){true, now->centre, now->cheek_centre};
}

void
ear_enter(struct ear *ear, struct usec time, bool touched)
{
	ear_gesture_reset(&ear->gesture, time);
	ear->state = touched ? EAR_STATE_TOUCHING : EAR_STATE_RESTING;
	ear->arriving = !touched;
	ear->places.known = false;
	ear->rested = time;
	if (touched)
		ear_gesture_spend(&ear->gesture, time);
	remember_places(ear);
	tell(ear, EAR_ENTER, time);
}

void
ear_leave(struct ear *ear, struct usec time)
{
	ear_gesture_reset(&ear->gesture, time);
	switch (ear->state) {
	case EAR_STATE_RESTING:
		ear->state = EAR_STATE_IDLE;
		break;
	case EAR_STATE_DOUBTED:
	case EAR_STATE_EXCUSED:
		ear->state = EAR_STATE_WATCHED;
		break;
	case EAR_STATE_TOUCHING:
		ear->state = EAR_STATE_LEAVING;
		break;
	case EAR_STATE_IDLE:
	case EAR_STATE_WATCHED:
	case EAR_STATE_CANDIDATE:
	case EAR_STATE_LEAVING:
		return;
	}
	tell(ear, EAR_LEAVE, time);
}

/* What touches is the ear's, and the ear is on already. */
static void
take(struct ear *ear, struct usec time)
{
	ear->state = EAR_STATE_TOUCHING;
	ear->rested = time;
	if (ear->arriving)
		ear_gesture_spend(&ear->gesture, time);
	ear->arriving = false;
	remember_places(ear);
	ear_gesture_frame(&ear->gesture, time, ear->touch.landed, &ear->touch.now);
}

static void
land_idle(struct ear *ear, struct usec time)
{
	bool suspected =
	    ear->proximity == EAR_PROXIMITY_NEAR || ear_touch_looks_whole(&ear->touch, &ear->scale);

	ear->state = ear_may_enter(ear) && suspected ? EAR_STATE_CANDIDATE : EAR_STATE_WATCHED;
	if (shows(ear, time))
		ear_enter(ear, time, true);
}

static void
land_resting(struct ear *ear, struct usec time)
{
	bool latched = ear->gesture.away; /* contact was lost for a moment only */

	if (ear_is_agreed(ear) || latched || ear_touch_looks_near(&ear->touch))
		take(ear, time);
	else
		ear->state = EAR_STATE_DOUBTED;
}

void
ear_handle_touched(struct ear *ear, struct usec time)
{
	switch (ear->state) {
	case EAR_STATE_IDLE:
		land_idle(ear, time);
		break;
	case EAR_STATE_WATCHED:
	case EAR_STATE_CANDIDATE:
		if (shows(ear, time))
			ear_enter(ear, time, true);
		break;
	case EAR_STATE_LEAVING:
		break;
	case EAR_STATE_RESTING:
		land_resting(ear, time);
		break;
	case EAR_STATE_DOUBTED:
		/* On by its shape alone, it takes less to believe that it is still the ear. */
		if (ear_is_agreed(ear) || ear_touch_looks_near(&ear->touch))
			take(ear, time);
		break;
	case EAR_STATE_EXCUSED:
		/* It was shown as a finger until now: whatever it does next is no gesture. */
		if (shows(ear, time)) {
			ear_gesture_spend(&ear->gesture, time);
			take(ear, time);
		}
		break;
	case EAR_STATE_TOUCHING:
		take(ear, time);
		break;
	}
}

static void
handle_lifted(struct ear *ear, struct usec time)
{
	switch (ear->state) {
	case EAR_STATE_WATCHED:
	case EAR_STATE_LEAVING:
	case EAR_STATE_CANDIDATE:
		ear->state = EAR_STATE_IDLE;
		break;
	case EAR_STATE_DOUBTED:
	case EAR_STATE_EXCUSED:
		ear->state = EAR_STATE_RESTING;
		break;
	case EAR_STATE_TOUCHING:
		ear->state = EAR_STATE_RESTING;
		ear->rested = time;
		ear_gesture_frame(&ear->gesture, time, time, &ear->touch.now);
		break;
	case EAR_STATE_IDLE:
	case EAR_STATE_RESTING:
		break;
	}
}

/*
 * Near, and one fingertip after the other: the sensor is covered or stuck. It is not believed until
 * it says something else, so that nobody is locked out.
 */
static void
doubt_sensor(struct ear *ear, struct usec time)
{
	bool near = ear->proximity == EAR_PROXIMITY_NEAR && !ear->mode && !ear->dismissed;

	if (!near || !ear_touch_was_fingertip(&ear->touch, &ear->scale)) {
		ear->fingertips = 0;
		return;
	}
	if (++ear->fingertips < FINGERTIPS)
		return;
	ear->fingertips = 0;
	ear->dismissed = true;
	ear_leave(ear, time);
}

static void
tell_seen(const struct ear *ear, enum ear_verdict verdict)
{
	const struct ear_touch *touch = &ear->touch;
	const struct ear_seen seen = {
	    .lasted = usec_since(touch->ended, touch->began),
	    .patches = touch->patches_most,
	    .size_mm = touch->diagonal_most_mm,
	    .ear = verdict == EAR_VERDICT_TAKE,
	};

	if (ear->output.seen && seen.patches > 0)
		ear->output.seen(ear->output.data, &seen);
}

static enum ear_verdict
frame_without(struct ear *ear, struct usec time)
{
	enum ear_verdict verdict = ear_get_verdict(ear);
	bool finger = ear->state == EAR_STATE_WATCHED || ear->state == EAR_STATE_EXCUSED;

	if (!ear_is_touched(ear))
		return EAR_VERDICT_PASS;
	ear_touch_end(&ear->touch, &ear->scale, time, finger);
	tell_seen(ear, verdict);
	handle_lifted(ear, time);
	doubt_sensor(ear, time);
	return verdict == EAR_VERDICT_WITHHOLD ? EAR_VERDICT_PASS : verdict;
}

static void
begin(struct ear *ear, struct usec time)
{
	struct usec pause = usec_since(time, ear->touch.ended);

	/* Only without a sensor: with one, its next word ends a dismissal. */
	if (ear->dismissed && ear->proximity == EAR_PROXIMITY_UNKNOWN &&
	    usec_lasts_ms(pause, EAR_LEAVE_MS))
		ear->dismissed = false;
	if (usec_lasts_ms(pause, PLACES_MS))
		ear->places.known = false;
	ear_touch_begin(&ear->touch, time);
}

enum ear_verdict
ear_frame(struct ear *ear, struct usec time, const struct ear_patch *patches, unsigned count)
{
	if (count == 0)
		return frame_without(ear, time);
	if (!ear_is_touched(ear))
		begin(ear, time);
	ear_touch_pass_time(&ear->touch, time);
	if (ear_is_attentive(ear))
		ear_touch_look(&ear->touch, &ear->scale, patches, count, &ear->places);
	ear_handle_touched(ear, time);
	return ear_get_verdict(ear);
}

enum ear_verdict
ear_get_verdict(const struct ear *ear)
{
	switch (ear->state) {
	case EAR_STATE_IDLE:
	case EAR_STATE_WATCHED:
	case EAR_STATE_EXCUSED:
	case EAR_STATE_RESTING:
		return EAR_VERDICT_PASS;
	case EAR_STATE_CANDIDATE:
		return ear->proximity == EAR_PROXIMITY_NEAR ? EAR_VERDICT_SWALLOW
							    : EAR_VERDICT_WITHHOLD;
	case EAR_STATE_DOUBTED:
		return EAR_VERDICT_WITHHOLD;
	case EAR_STATE_LEAVING:
	case EAR_STATE_TOUCHING:
		return EAR_VERDICT_TAKE;
	}
	return EAR_VERDICT_PASS;
}
