/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tells an ear's taps, swipes and holds apart, by the union's weighted centre, length and time.
 * Called by driver/core/ear.c while the ear is on.
 * Owns nothing beyond the struct its caller holds.
 */
#include "driver/core/ear_gesture.h"

#include <math.h>
#include <string.h>

/*
 * Time goes to the right; "." is time without contact, "|" the hold time.
 *
 *   tap           down─────lift . . . . . . . (the second does not come)
 *                                            tap
 *   double tap    down─────lift . . . down─────lift .
 *                                                  double-tap; a third tap begins anew
 *   tap, swipe    down─────lift . . . down──────────lift .
 *                                                       tap, swipe
 *   swipe         down──────────lift .
 *                 over 12 mm        swipe
 *   hold          down──────────|─────────────────lift .
 *                 under 12 mm   hold      12 mm       release
 *                                         move
 *   slow          down──────────|──────── ...
 *                 over 12 mm    nothing till it lifts
 *   too long      down──────────────lift .      longer than a tap, and has not moved: nothing
 *   drop-out      down────── . ──────lift .     one touch
 *   arriving      down─────────────── ...       nothing till it lifts, whatever it does
 */

/* Without contact for this long a touch is over. */
#define LIFT_MS 45 /* issue 4; drop-outs are 21 to 57 ms, but a double tap's gap may be 50 */
/* ... unless contact was lost in its middle: then it is bridged for this long. */
#define BRIDGE_MS 60 /* issue 4; the longest drop-out measured was 57 ms */
/* A touch that ends has shrunk to this share of its length before; a drop-out comes at once. */
#define SHRUNK_SHARE 0.5 /* measured: the last 25 to 60 ms of an ear look like a fingertip */
#define TAP_MIN_MS   25  /* half the shortest tap measured; shorter is noise */
#define TAP_MAX_MS   250 /* measured taps last 55 to 188 ms; two blurred into one over 300 */
/* A touch smaller than this share of the usual is a graze, by hair or by an ear that leaves. */
#define TAP_SHARE     0.25 /* measured: a graze is 0.11 of the ear's length, the lightest tap 0.5 */
#define DOUBLE_GAP_MS 350  /* issue 4; measured lift to touch 58 to 298 ms */
#define HOLD_MS       600  /* issue 4: a swipe is over by then; measured 0.2 to 0.4 s */
#define TRAVEL_MM     12.0 /* design: between the longest tap (8 mm) and the shortest swipe (21 mm) */
/* Frames shorter than this share of the longest are the ear arriving and leaving. */
#define FULL_SHARE 0.5 /* issue 4 */
/* Samples of one touch up to the hold time fit into the array. */
#define SAMPLE_US (HOLD_MS * 1000 / (EAR_SAMPLES_MAX - 1))

void
ear_gesture_init(struct ear_gesture *gesture, const struct ear_output *output)
{
	memset(gesture, 0, sizeof(*gesture));
	gesture->output = output;
}

static void
tell(const struct ear_gesture *gesture, enum ear_kind kind, struct usec time, struct mm_point by)
{
	const struct ear_event event = {kind, time, by};

	gesture->output->event(gesture->output->data, &event);
}

static void
tell_plain(const struct ear_gesture *gesture, enum ear_kind kind, struct usec time)
{
	tell(gesture, kind, time, (struct mm_point){0, 0});
}

/* A first tap whose second does not come any more. */
static void
tell_pending_tap(struct ear_gesture *gesture, struct usec time)
{
	if (gesture->tapped)
		tell_plain(gesture, EAR_TAP, time);
	gesture->tapped = false;
}

void
ear_gesture_reset(struct ear_gesture *gesture, struct usec time)
{
	tell_pending_tap(gesture, time);
	if (gesture->state == EAR_GESTURE_HELD)
		tell_plain(gesture, EAR_RELEASE, time);
	ear_gesture_init(gesture, gesture->output);
}

static void
begin(struct ear_gesture *gesture, enum ear_gesture_state state, struct usec time)
{
	gesture->state = state;
	gesture->down = time;
	gesture->away = false;
	gesture->length = 0;
	gesture->length_max = 0;
	gesture->sample_count = 0;
}

void
ear_gesture_spend(struct ear_gesture *gesture, struct usec time)
{
	tell_pending_tap(gesture, time);
	if (gesture->state == EAR_GESTURE_HELD)
		tell_plain(gesture, EAR_RELEASE, time);
	if (gesture->state == EAR_GESTURE_NOTHING)
		begin(gesture, EAR_GESTURE_SPENT, time);
	gesture->state = EAR_GESTURE_SPENT;
}

static void
sample(struct ear_gesture *gesture, struct usec time)
{
	bool early = gesture->sample_count > 0 && usec_since(time, gesture->sampled).us < SAMPLE_US;

	if (early || gesture->sample_count == EAR_SAMPLES_MAX)
		return;
	gesture->sampled = time;
	gesture->samples[gesture->sample_count++] =
	    (struct ear_sample){gesture->length, gesture->centre};
}

/* From where the ear was first pressed on fully to where it last was. */
static struct mm_point
travel(const struct ear_gesture *gesture)
{
	double full = gesture->length_max * FULL_SHARE;
	const struct ear_sample *first = gesture->samples;
	const struct ear_sample *last = gesture->samples + gesture->sample_count;

	while (first < last && first->length < full)
		first++;
	while (last > first && (last - 1)->length < full)
		last--;
	if (first == last)
		return (struct mm_point){0, 0};
	last--;
	return (struct mm_point){last->centre.x - first->centre.x,
				 last->centre.y - first->centre.y};
}

static bool
is_far(struct mm_point by)
{
	return by.x * by.x + by.y * by.y > TRAVEL_MM * TRAVEL_MM;
}

static enum ear_kind
swipe_kind(struct mm_point by)
{
	if (fabs(by.x) > fabs(by.y))
		return by.x > 0 ? EAR_SWIPE_RIGHT : EAR_SWIPE_LEFT;
	return by.y > 0 ? EAR_SWIPE_DOWN : EAR_SWIPE_UP;
}

static bool
is_tap(const struct ear_gesture *gesture, struct usec lasted)
{
	return usec_lasts_ms(lasted, TAP_MIN_MS) && !usec_lasts_ms(lasted, TAP_MAX_MS) &&
	       gesture->length_max >= gesture->length_usual * TAP_SHARE;
}

static void
tell_tap(struct ear_gesture *gesture, struct usec now)
{
	if (gesture->tapped) {
		gesture->tapped = false;
		tell_plain(gesture, EAR_DOUBLE_TAP, now);
		return;
	}
	gesture->tapped = true;
	gesture->tap_lift = gesture->away_at;
}

/* A touch that was neither held nor spent is over. */
static void
judge(struct ear_gesture *gesture, struct usec now)
{
	struct usec lasted = usec_since(gesture->away_at, gesture->down);
	struct mm_point by = travel(gesture);

	if (is_far(by) && !usec_lasts_ms(lasted, HOLD_MS)) {
		tell_pending_tap(gesture, now);
		tell(gesture, swipe_kind(by), now, by);
	} else if (!is_far(by) && is_tap(gesture, lasted)) {
		tell_tap(gesture, now);
	} else {
		tell_pending_tap(gesture, now);
	}
}

static void
remember_usual(struct ear_gesture *gesture)
{
	double max = gesture->length_max;

	if (gesture->length_usual == 0)
		gesture->length_usual = max;
	else if (max >= gesture->length_usual * TAP_SHARE)
		gesture->length_usual = (gesture->length_usual + max) / 2;
}

static void
finish(struct ear_gesture *gesture, struct usec now)
{
	switch (gesture->state) {
	case EAR_GESTURE_DOWN:
		judge(gesture, now);
		break;
	case EAR_GESTURE_HELD:
		tell_plain(gesture, EAR_RELEASE, now);
		break;
	case EAR_GESTURE_NOTHING:
	case EAR_GESTURE_SPENT:
		break;
	}
	remember_usual(gesture);
	gesture->state = EAR_GESTURE_NOTHING;
	gesture->away = false;
}

static void
move_held(struct ear_gesture *gesture, struct usec time)
{
	struct mm_point by = {gesture->centre.x - gesture->from.x,
			      gesture->centre.y - gesture->from.y};

	if (gesture->length < gesture->length_max * FULL_SHARE || !is_far(by))
		return;
	gesture->from = gesture->centre;
	tell(gesture, EAR_MOVE, time, by);
}

static void
touch(struct ear_gesture *gesture, struct usec time, const struct ear_union *now)
{
	gesture->away = false;
	gesture->length = now->length;
	gesture->length_max = fmax(gesture->length_max, now->length);
	gesture->centre = now->centre;
	switch (gesture->state) {
	case EAR_GESTURE_DOWN:
		sample(gesture, time);
		break;
	case EAR_GESTURE_HELD:
		move_held(gesture, time);
		break;
	case EAR_GESTURE_NOTHING:
	case EAR_GESTURE_SPENT:
		break;
	}
}

void
ear_gesture_frame(struct ear_gesture *gesture, struct usec time, struct usec began,
		  const struct ear_union *now)
{
	if (now->patches == 0) {
		if (gesture->state != EAR_GESTURE_NOTHING && !gesture->away) {
			gesture->away = true;
			gesture->away_at = time;
		}
		return;
	}
	if (gesture->state == EAR_GESTURE_NOTHING)
		begin(gesture, EAR_GESTURE_DOWN, began);
	touch(gesture, time, now);
}

/* Contact was lost as at the end of a tap, not in the middle of something longer. */
static bool
looks_lifted(const struct ear_gesture *gesture)
{
	return gesture->state == EAR_GESTURE_DOWN &&
	       gesture->length <= gesture->length_max * SHRUNK_SHARE &&
	       !usec_lasts_ms(usec_since(gesture->away_at, gesture->down), TAP_MAX_MS) &&
	       !is_far(travel(gesture));
}

bool
ear_gesture_deadline(const struct ear_gesture *gesture, struct usec *deadline)
{
	if (gesture->state == EAR_GESTURE_NOTHING) {
		*deadline = usec_add(gesture->tap_lift, usec_from_ms(DOUBLE_GAP_MS));
		return gesture->tapped;
	}
	if (gesture->away) {
		unsigned ms = looks_lifted(gesture) ? LIFT_MS : BRIDGE_MS;

		*deadline = usec_add(gesture->away_at, usec_from_ms(ms));
		return true;
	}
	*deadline = usec_add(gesture->down, usec_from_ms(HOLD_MS));
	return gesture->state == EAR_GESTURE_DOWN;
}

/* The hold time is over: it is a hold, or too slow to be a swipe. */
static void
hold(struct ear_gesture *gesture, struct usec now)
{
	tell_pending_tap(gesture, now);
	if (is_far(travel(gesture))) {
		gesture->state = EAR_GESTURE_SPENT;
		return;
	}
	gesture->state = EAR_GESTURE_HELD;
	gesture->from = gesture->centre;
	tell_plain(gesture, EAR_HOLD, now);
}

void
ear_gesture_tick(struct ear_gesture *gesture, struct usec now)
{
	struct usec due;

	if (!ear_gesture_deadline(gesture, &due) || usec_before(now, due))
		return;
	if (gesture->state == EAR_GESTURE_NOTHING)
		tell_pending_tap(gesture, due);
	else if (gesture->away)
		finish(gesture, due);
	else
		hold(gesture, due);
}
