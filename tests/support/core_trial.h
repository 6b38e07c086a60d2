/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Runs a touchscreen's life through a core and judges all that comes out.
 * Used by the seeded fuzzer, the libFuzzer target and the unit test of what they found.
 * Owns nothing between two runs.
 */
#ifndef SIDETOUCH_CORE_TRIAL_H
#define SIDETOUCH_CORE_TRIAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tests/support/touch_life.h"

/* So many steps a life at most; about 3 of 10 are reports. Long enough for a panel to be used,
 * dropped and unplugged several times, short enough that a failure is soon made small. */
#define CORE_TRIAL_STEPS_MAX 1200

struct core_trial_result {
	uint64_t frames;   /* that went into the core */
	uint64_t contacts; /* that landed, as the panel's reader saw it */
	uint64_t pressed;  /* of them: withheld to their end */
	uint64_t replayed; /* withheld first, then handed to the clone */
	uint64_t grips;    /* calls with a contact taken for a hand's */
	uint64_t chords, escapes;
	uint64_t ears;      /* what an ear did */
	uint64_t withdrawn; /* shown to the clone, and taken back for an ear */
	size_t step;        /* the step that was under way, when it failed */
	char fault[256];    /* what does not hold; "": all does */
	FILE *trace;        /* set by the caller: frames in and out are printed there; or NULL */
};

/* True when everything held. */
bool core_trial_run(const struct life *life, struct core_trial_result *result);

#endif
