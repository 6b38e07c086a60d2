/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A made-up ear: the contacts that a phone's panel reports of one, frame by frame, from a seed.
 * Asked by ctl/player_strokes, which gives its patches slots.
 * A plain value without memory of its own; the same seed and the same acts give the same frames.
 *
 * It does what was measured of real ears: the first frames and the last look like a fingertip,
 * patches of 14 to 26 mm merge into one of 42 to 52 mm as it is pressed on and split again, small
 * ones come and go, and while it rests contact is lost for 25 to 50 ms now and then.
 */
#ifndef SIDETOUCH_CTL_SYNTH_EAR_H
#define SIDETOUCH_CTL_SYNTH_EAR_H

#include <stdbool.h>
#include <stdint.h>

#include "common/units.h"

#define SYNTH_EAR_PATCHES 3
#define SYNTH_EAR_STEPS   8
/* Where it is while nothing else was said, as a share of the panel's size. */
#define SYNTH_EAR_HOME_X 0.5
#define SYNTH_EAR_HOME_Y 0.35

struct synth_ear_patch {
	bool there;
	struct mm_point place;
	double major_mm;
	double minor_mm;
};

/* A stretch of time in which it is pressed on evenly more or less, and moves. */
struct synth_ear_step {
	unsigned frames;
	double press_from, press_to; /* 0: off the glass, 1: pressed on fully */
	struct mm_point by;
};

struct synth_ear {
	uint64_t random;
	struct mm_point centre;
	bool rests; /* on the glass when all steps are done */
	struct synth_ear_step steps[SYNTH_EAR_STEPS];
	unsigned step_count, step, frame;
	double press;
	unsigned lost; /* frames for which contact is lost still */
};

/* seed 0 is one like any other. home: see above, in mm. */
void synth_ear_init(struct synth_ear *ear, uint32_t seed, struct mm_point home);

/* These begin in the next frame; the ear has to have done what it was told before. */
void synth_ear_place(struct synth_ear *ear, struct mm_point at);
void synth_ear_lift(struct synth_ear *ear);
void synth_ear_tap(struct synth_ear *ear);
void synth_ear_double_tap(struct synth_ear *ear);
/* From half of the way before where it is to half of it beyond; a swipe takes about 0.3 s. */
void synth_ear_swipe(struct synth_ear *ear, struct mm_point by);
/* While it rests on the glass: moves in about 0.4 s. */
void synth_ear_move(struct synth_ear *ear, struct mm_point by);

/* It has something to do yet. */
bool synth_ear_is_busy(const struct synth_ear *ear);
bool synth_ear_rests(const struct synth_ear *ear);
/* The next frame: what touches. */
void synth_ear_next(struct synth_ear *ear, struct synth_ear_patch patches[SYNTH_EAR_PATCHES]);

#endif
