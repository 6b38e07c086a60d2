/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fingers as a panel reports them: each on a slot of its own, from landing to lifting, frame by
 * frame. Asked by the player for the next frame; the back end makes events of it.
 * A plain value without memory of its own.
 */
#ifndef SIDETOUCH_PLAYER_STROKES_H
#define SIDETOUCH_PLAYER_STROKES_H

#include <stdbool.h>
#include <stddef.h>

#include "common/scenario.h"
#include "common/units.h"
#include "ctl/synth_ear.h"
#include "driver/core/core.h"

/* 120 frames a second: the phone panel of the recordings. */
#define PLAYER_FRAME_US 8333

enum player_touch_phase {
	PLAYER_TOUCH_DOWN,
	PLAYER_TOUCH_MOVE,
	PLAYER_TOUCH_UP,
};

/* What one frame says of one slot. */
struct player_touch {
	unsigned slot;
	enum player_touch_phase phase;
	struct mm_point place;
	double major_mm;
	double minor_mm;
	bool palm;   /* the panel calls it one, if it tells of palms */
	bool hovers; /* over the glass, if the panel tells of that */
};

/* A finger from landing to lifting. */
struct player_finger {
	struct mm_point from;
	struct mm_point to;
	struct usec duration;
	double major_mm; /* 0: a fingertip */
	/* 0: just as wide, at once; else it rolls on in two frames, and off in two. */
	double minor_mm;
	bool palm;
	bool hovers;
};

struct player_stroke {
	bool active;
	struct player_finger finger;
	unsigned frames; /* the finger lifts in the frame with this number, counted from 0 */
	unsigned next;   /* number of the next frame */
};

struct player_strokes {
	unsigned slot_count; /* the panel has so many, at most CORE_SLOTS_MAX */
	struct player_stroke slots[CORE_SLOTS_MAX];
	struct synth_ear ear;
	int ear_slots[SYNTH_EAR_PATCHES]; /* of its patches; -1: it has none */
};

/* No finger, and no ear. */
void player_strokes_init(struct player_strokes *strokes, const struct scenario_device *device);
/* Another ear from now on, or the same again; it must be off the glass. */
void player_strokes_seed_ear(struct player_strokes *strokes, const struct scenario_device *device,
			     uint32_t seed);

/*
 * One more finger, which lands in the next frame, on the lowest free slot: its number is returned,
 * -EBUSY when none is free. duration is rounded up to whole frames.
 */
int player_strokes_add(struct player_strokes *strokes, const struct player_finger *finger);

/*
 * What a scenario says of the ear, but for its mode, begins in the next frame. False when it would
 * have to be off the glass for that, or on it.
 */
bool player_strokes_play_ear(struct player_strokes *strokes, const struct scenario_device *device,
			     const struct scenario_statement *statement);

/* The next frame: what it says goes to touches (CORE_SLOTS_MAX of them), their number returned. */
size_t player_strokes_step(struct player_strokes *strokes, struct player_touch *touches);

bool player_strokes_slot_active(const struct player_strokes *strokes, unsigned slot);
bool player_strokes_active(const struct player_strokes *strokes);

#endif
