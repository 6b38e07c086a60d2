/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Makes an ear's contacts up from how hard it is pressed on: merged, in patches, or a fingertip.
 * Called by ctl/player_strokes for each frame, and by ctl/player for what it is to do.
 * Owns nothing beyond the struct its caller holds.
 */
#include "ctl/synth_ear.h"

#include <string.h>

/* All of these were measured on recordings of real ears, at 120 frames a second. */
#define LAND_FRAMES      3  /* 25 ms from a fingertip to the whole ear */
#define LAND_SLOW_FRAMES 18 /* slow placements: 0.2 s and more */
#define LEAVE_FRAMES     4  /* the last 25 to 60 ms look like a fingertip */
#define TAP_FRAMES       7  /* with landing and leaving 117 ms; measured 55 to 188 */
#define GAP_FRAMES       13 /* 108 ms between the taps of a double tap; measured 58 to 298 */
#define SWIPE_FRAMES     28 /* 233 ms; measured 223 to 415 */
#define MOVE_FRAMES      48
#define LOST_ONE_IN      90 /* frames at rest; a loss lasts 3 to 6 frames, 25 to 50 ms */
#define LOST_MIN_FRAMES  3
#define LOST_MAX_FRAMES  6

#define FINGERTIP_PRESS 0.25
#define MERGED_PRESS    0.8

void
synth_ear_init(struct synth_ear *ear, uint32_t seed, struct mm_point home)
{
	memset(ear, 0, sizeof(*ear));
	/* An odd multiple of a large odd number: no seed gives 0, at which xorshift stands still.
	 */
	ear->random = (2 * (uint64_t)seed + 1) * UINT64_C(0x9e3779b97f4a7c15);
	ear->centre = home;
}

/* xorshift64*, Vigna 2016: 0 to 1. */
static double
random_share(struct synth_ear *ear)
{
	uint64_t x = ear->random;

	x ^= x >> 12;
	x ^= x << 25;
	x ^= x >> 27;
	ear->random = x;
	return (double)((x * UINT64_C(0x2545f4914f6cdd1d)) >> 11) / (double)(UINT64_C(1) << 53);
}

static double
random_between(struct synth_ear *ear, double from, double to)
{
	return from + random_share(ear) * (to - from);
}

static void
begin(struct synth_ear *ear, bool rests)
{
	ear->step_count = ear->step = ear->frame = 0;
	ear->rests = rests;
	ear->lost = 0;
}

static void
add(struct synth_ear *ear, unsigned frames, double press_from, double press_to, struct mm_point by)
{
	ear->steps[ear->step_count++] = (struct synth_ear_step){frames, press_from, press_to, by};
}

static void
add_still(struct synth_ear *ear, unsigned frames, double press_from, double press_to)
{
	add(ear, frames, press_from, press_to, (struct mm_point){0, 0});
}

static void
add_tap(struct synth_ear *ear)
{
	add_still(ear, LAND_FRAMES, 0.1, 0.9);
	add_still(ear, TAP_FRAMES, 0.9, 0.9);
	add_still(ear, LEAVE_FRAMES, 0.6, 0.1);
}

void
synth_ear_place(struct synth_ear *ear, struct mm_point at)
{
	begin(ear, true);
	ear->centre = at;
	add_still(ear, LAND_SLOW_FRAMES, 0.05, 0.9);
}

void
synth_ear_lift(struct synth_ear *ear)
{
	begin(ear, false);
	add_still(ear, LEAVE_FRAMES, 0.6, 0.1);
}

void
synth_ear_tap(struct synth_ear *ear)
{
	begin(ear, false);
	add_tap(ear);
}

void
synth_ear_double_tap(struct synth_ear *ear)
{
	begin(ear, false);
	add_tap(ear);
	add_still(ear, GAP_FRAMES, 0, 0);
	add_tap(ear);
}

void
synth_ear_swipe(struct synth_ear *ear, struct mm_point by)
{
	begin(ear, false);
	ear->centre.x -= by.x / 2;
	ear->centre.y -= by.y / 2;
	add_still(ear, LAND_FRAMES, 0.1, 0.9);
	add(ear, SWIPE_FRAMES, 0.9, 0.9, by);
	add_still(ear, LEAVE_FRAMES, 0.6, 0.1);
	/* Off the glass it is brought back. */
	add(ear, 1, 0, 0, (struct mm_point){-by.x / 2, -by.y / 2});
}

void
synth_ear_move(struct synth_ear *ear, struct mm_point by)
{
	begin(ear, true);
	add(ear, MOVE_FRAMES, 0.9, 0.9, by);
}

bool
synth_ear_is_busy(const struct synth_ear *ear)
{
	return ear->step < ear->step_count;
}

bool
synth_ear_rests(const struct synth_ear *ear)
{
	return ear->rests;
}

/* How hard it is pressed on in this frame; where it is goes along. */
static double
next_press(struct synth_ear *ear)
{
	const struct synth_ear_step *step = &ear->steps[ear->step];
	double share;

	if (!synth_ear_is_busy(ear))
		return ear->rests ? random_between(ear, 0.6, 1) : 0;
	share = step->frames > 1 ? (double)ear->frame / (step->frames - 1) : 1;
	ear->centre.x += step->by.x / step->frames;
	ear->centre.y += step->by.y / step->frames;
	if (++ear->frame == step->frames) {
		ear->frame = 0;
		ear->step++;
	}
	return step->press_from + share * (step->press_to - step->press_from);
}

static bool
is_lost(struct synth_ear *ear)
{
	bool still = !synth_ear_is_busy(ear) && ear->rests;

	if (ear->lost > 0)
		ear->lost--;
	else if (still && random_share(ear) < 1.0 / LOST_ONE_IN)
		ear->lost = (unsigned)random_between(ear, LOST_MIN_FRAMES, LOST_MAX_FRAMES + 1);
	return ear->lost > 0;
}

static struct synth_ear_patch
patch(struct synth_ear *ear, double x, double y, double major, double aspect)
{
	return (struct synth_ear_patch){
	    .there = true,
	    .place = {ear->centre.x + x + random_between(ear, -0.6, 0.6),
		      ear->centre.y + y + random_between(ear, -0.6, 0.6)},
	    .major_mm = major,
	    .minor_mm = major / aspect,
	};
}

void
synth_ear_next(struct synth_ear *ear, struct synth_ear_patch patches[SYNTH_EAR_PATCHES])
{
	bool lost = is_lost(ear);
	double press = next_press(ear);
	double wavering = press + random_between(ear, -0.1, 0.1);

	memset(patches, 0, SYNTH_EAR_PATCHES * sizeof(patches[0]));
	if (press <= 0 || lost)
		return;
	if (press < FINGERTIP_PRESS) {
		patches[0] = patch(ear, -4, -6, random_between(ear, 9, 14), 1.5);
		return;
	}
	if (wavering >= MERGED_PRESS) {
		patches[0] =
		    patch(ear, 0, 0, random_between(ear, 42, 52), random_between(ear, 2.2, 2.8));
		return;
	}
	patches[0] = patch(ear, -7, -9, 14 + 12 * press, 2.2);
	patches[1] = patch(ear, 7, 9, 12 + 10 * press, 2);
	if (random_share(ear) < 0.2)
		patches[2] = patch(ear, 9, -3, 4.7, 1);
}
