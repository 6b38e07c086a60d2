/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Keeps account of a touch, and compares it with what was measured of ears and fingers.
 * Called by driver/core/ear.c.
 * Owns nothing beyond the struct its caller holds.
 */
#include "driver/core/ear_touch.h"

#include <math.h>

/* Without a sensor a union that large for this long is an ear; with one a little less will do. */
#define ALONE_MS 30 /* issue 4 */
#define NEAR_MS  25 /* three frames; measured ears have two patches, or a long one, after 16 ms */
/* A touch shorter than this says nothing of a finger's size. */
#define LEARN_MS 40 /* its first and last frames, of 16 ms each, are smaller */

/* A patch longer than this is no finger, when proximity agrees. */
#define NEAR_LONG_MM 24.0 /* design: thumb 21 mm (p99), ear 21 to 35, merged 34 to 63 */
/* A fingertip, but no lone patch of an ear. */
#define FINGERTIP_MM 14.0 /* design: 13 mm (p50); measured: patches of ears from 14 */
/* Patches nearer to each other than this are one finger that a panel reports twice. */
#define SPREAD_MIN_MM 8.0  /* half a thumb */
#define SPREAD_MAX_MM 75.0 /* design: the union's diagonal is 30 to 75 mm */
/* Patches of one ear are no further apart than this; fingers of a hand are. */
#define SPREAD_EAR_MM   40.0 /* measured: up to 25 mm */
#define DIAGONAL_MIN_MM 30.0
#define DIAGONAL_MAX_MM 75.0
#define AREA_MIN_MM2    200.0 /* measured: ears in patches from 250; a finger 13 x 11 = 143 */
/* A whole ear: so oblong and so large is no finger, thumb or palm. */
#define WHOLE_ASPECT_MIN 1.8   /* measured: every ear reaches 2.3; palms and thumbs 1.0 to 1.6 */
#define WHOLE_ASPECT_MAX 6.0   /* measured up to 5.1; a phone's edge is a line */
#define WHOLE_AREA_MM2   400.0 /* measured from 450; a thumb that lies flat 27 x 14 = 380 */
/* ... or not quite so large, if it comes apart into patches, which a thumb does not. */
#define PATCHED_AREA_MM2 280.0 /* the same for an ear of 0.8 of the size */
#define GROWTH           2.0 /* measured from 2.7: an ear rolls on for 16 to 60 ms, an edge is just there */
#define PATCHES_MAX      4 /* measured; a hand has five */

/* A comparison rather than fmax(), which is a call: this runs with each frame. */
static inline double
larger(double a, double b)
{
	return a > b ? a : b;
}

void
ear_touch_begin(struct ear_touch *touch, struct usec time)
{
	struct usec pause = usec_since(time, touch->ended);

	if (touch->ended.us > 0 && !usec_lasts_ms(pause, EAR_BRIDGE_MS))
		touch->seen = time;
	else
		*touch = (struct ear_touch){.began = time, .seen = time};
	touch->landed = time;
}

static bool
are_patches(const struct ear_union *now)
{
	return now->patches > 1 && now->spread_mm >= SPREAD_MIN_MM &&
	       now->spread_mm <= SPREAD_MAX_MM;
}

bool
ear_touch_looks_near(const struct ear_touch *touch)
{
	return touch->now.largest_mm >= NEAR_LONG_MM || are_patches(&touch->now);
}

static bool
looks_alone(const struct ear_union *now)
{
	return now->patches > 0 && now->patches <= PATCHES_MAX && now->spread_mm <= SPREAD_EAR_MM &&
	       now->diagonal_mm >= DIAGONAL_MIN_MM && now->diagonal_mm <= DIAGONAL_MAX_MM &&
	       now->area_mm2 >= AREA_MIN_MM2;
}

/* A patch longer and more oblong than fingers, thumbs and palms. */
static bool
looks_oblong(const struct ear_union *now, const struct ear_scale *scale)
{
	return now->largest_mm >= ear_scale_ear_mm(scale) && now->aspect >= WHOLE_ASPECT_MIN &&
	       now->aspect <= WHOLE_ASPECT_MAX;
}

bool
ear_touch_looks_whole(const struct ear_touch *touch, const struct ear_scale *scale)
{
	const struct ear_union *now = &touch->now;

	return looks_oblong(now, scale) && now->area_mm2 >= WHOLE_AREA_MM2;
}

void
ear_touch_pass_time(struct ear_touch *touch, struct usec time)
{
	struct usec span = usec_since(time, touch->seen);

	if (ear_touch_looks_near(touch))
		touch->near = usec_add(touch->near, span);
	if (looks_alone(&touch->now))
		touch->alone = usec_add(touch->alone, span);
	touch->seen = usec_max(touch->seen, time);
}

void
ear_touch_look(struct ear_touch *touch, const struct ear_scale *scale,
	       const struct ear_patch *patches, unsigned count, const struct ear_places *places)
{
	const struct ear_union *now = &touch->now;
	bool touched = now->patches > 0;

	ear_union_of(patches, count, places, &touch->now);
	/* Above a cheek that stays, the ear comes and goes. */
	if (now->patches > 0 && !touched)
		touch->landed = touch->seen;
	if (touch->area_first_mm2 == 0)
		touch->area_first_mm2 = now->area_mm2;
	touch->area_most_mm2 = larger(touch->area_most_mm2, now->area_mm2);
	touch->longest_mm = larger(touch->longest_mm, now->largest_mm);
	touch->diagonal_most_mm = larger(touch->diagonal_most_mm, now->diagonal_mm);
	if (count > touch->patches_most)
		touch->patches_most = count;
	if (looks_oblong(now, scale))
		touch->area_oblong_mm2 = larger(touch->area_oblong_mm2, now->area_mm2);
	for (unsigned i = 0; i < now->patches && scale->mm_per_unit > 0 && !touch->impossible; i++)
		touch->impossible = !ear_scale_is_possible(scale, &patches[i]);
}

void
ear_touch_end(struct ear_touch *touch, struct ear_scale *scale, struct usec time, bool was_finger)
{
	bool single = touch->patches_most == 1;
	bool lasted = usec_lasts_ms(usec_since(time, touch->began), LEARN_MS);

	ear_touch_pass_time(touch, time);
	touch->now = (struct ear_union){0};
	touch->ended = time;
	ear_scale_learn(scale, single && lasted && was_finger ? touch->longest_mm : 0,
			!touch->impossible);
}

bool
ear_touch_shows_near(const struct ear_touch *touch)
{
	return usec_lasts_ms(touch->near, NEAR_MS);
}

bool
ear_touch_shows_alone(const struct ear_touch *touch, const struct ear_scale *scale)
{
	bool patched = touch->patches_most > 1;
	bool grew = touch->area_most_mm2 >= touch->area_first_mm2 * GROWTH;

	return usec_lasts_ms(touch->alone, ALONE_MS) &&
	       touch->area_oblong_mm2 >= (patched ? PATCHED_AREA_MM2 : WHOLE_AREA_MM2) &&
	       touch->patches_most <= PATCHES_MAX && (grew || patched) && !touch->impossible &&
	       ear_scale_is_believable(scale);
}

bool
ear_touch_is_finger(const struct ear_touch *touch, const struct ear_scale *scale)
{
	return ear_scale_is_believable(scale) && touch->patches_most == 1 &&
	       touch->longest_mm < NEAR_LONG_MM;
}

bool
ear_touch_was_fingertip(const struct ear_touch *touch, const struct ear_scale *scale)
{
	return ear_touch_is_finger(touch, scale) && touch->longest_mm > 0 &&
	       touch->longest_mm < FINGERTIP_MM;
}

static bool
deadline_of(const struct ear_touch *touch, struct usec span, unsigned wanted_ms,
	    struct usec *deadline)
{
	*deadline = usec_add(touch->seen, usec_since(usec_from_ms(wanted_ms), span));
	return !usec_lasts_ms(span, wanted_ms);
}

bool
ear_touch_near_deadline(const struct ear_touch *touch, struct usec *deadline)
{
	return ear_touch_looks_near(touch) && deadline_of(touch, touch->near, NEAR_MS, deadline);
}

bool
ear_touch_alone_deadline(const struct ear_touch *touch, struct usec *deadline)
{
	return looks_alone(&touch->now) && deadline_of(touch, touch->alone, ALONE_MS, deadline);
}
