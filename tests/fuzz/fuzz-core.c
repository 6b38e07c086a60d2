/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as throws of the dice that make a touchscreen's life, led by what they reach in the
 * core; tests/tools/core-fuzz.c throws them by chance. Both have one judge.
 * Run by tests/fuzz/run. A failure prints the life's steps, for tests/fuzz/lives.
 */
#include <stdint.h>
#include <stdlib.h>

#include "tests/support/core_trial.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct dice dice = dice_of_bytes(data, size);
	struct core_trial_result result = {0};
	struct life life = {0};

	life_throw(&life, &dice, CORE_TRIAL_STEPS_MAX);
	if (!core_trial_run(&life, &result)) {
		fprintf(stderr, "# step %zu: %s\n", result.step, result.fault);
		life_write(&life, stderr);
		abort();
	}
	life_clear(&life);
	return 0;
}
