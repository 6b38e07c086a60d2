/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * core-fuzz SEED FRAMES: lives of touchscreens by chance through driver/core, until FRAMES have
 * gone in. core-fuzz [--trace] FILE: one life, as written by a failure.
 * Run by `make fuzz`, and by whoever changed the core. A failure prints its seed and the fewest
 * steps that still fail, to be kept in tests/fuzz/lives; exit 1.
 * Owns the life under way.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "common/cleanup.h"
#include "tests/support/core_trial.h"

/* Whether these steps fail in the same way; numbers may differ. */
static bool
fails(const struct life *life, const char *fault, struct life_step *steps, size_t count)
{
	struct core_trial_result result = {0};
	struct life part = *life;

	part.steps = steps;
	part.count = count;
	return !core_trial_run(&part, &result) &&
	       strspn(fault, "slot0123456789: ") == strspn(result.fault, "slot0123456789: ") &&
	       strncmp(fault, result.fault, strcspn(fault, "0123456789")) == 0;
}

/* Leave out parts, halving their size, as long as what is left still fails. */
static void
minimise(struct life *life, const char *fault)
{
	struct life_step *trying = calloc(life->count + 1, sizeof(*trying));

	if (!trying)
		return;
	for (size_t size = life->count / 2 + 1; size > 0; size /= 2) {
		for (size_t at = 0; at < life->count;) {
			size_t left_out = at + size > life->count ? life->count - at : size;

			memcpy(trying, life->steps, at * sizeof(*trying));
			memcpy(trying + at, life->steps + at + left_out,
			       (life->count - at - left_out) * sizeof(*trying));
			if (fails(life, fault, trying, life->count - left_out)) {
				life->count -= left_out;
				memcpy(life->steps, trying, life->count * sizeof(*trying));
			} else {
				at += left_out;
			}
		}
	}
	free(trying);
}

static void
report(struct life *life, const char *fault)
{
	struct core_trial_result result = {0};

	minimise(life, fault);
	core_trial_run(life, &result);
	printf("# %s\n", result.fault);
	life_write(life, stdout);
}

static int
run_seeds(uint64_t seed, uint64_t frames)
{
	struct core_trial_result sum = {0};
	uint64_t lives = 0;
	struct life life = {0};
	int code = 0;

	while (sum.frames < frames && code == 0) {
		struct dice dice = dice_of_seed(seed + lives);
		struct core_trial_result result = {0};

		life_throw(&life, &dice, 1 + dice_throw(&dice, CORE_TRIAL_STEPS_MAX));
		if (!core_trial_run(&life, &result)) {
			printf("core-fuzz: seed %" PRIu64 " fails at step %zu: %s\n", seed + lives,
			       result.step, result.fault);
			report(&life, result.fault);
			code = 1;
		}
		lives++;
		sum.frames += result.frames;
		sum.contacts += result.contacts;
		sum.pressed += result.pressed;
		sum.replayed += result.replayed;
		sum.chords += result.chords;
		sum.grips += result.grips > 0;
		sum.escapes += result.escapes;
		sum.ears += result.ears;
		sum.withdrawn += result.withdrawn;
	}
	life_clear(&life);
	printf("%" PRIu64 " frames in %" PRIu64 " lives: %" PRIu64 " contacts, %" PRIu64
	       " of them pressed, %" PRIu64 " replayed; %" PRIu64 " chords, %" PRIu64
	       " lives with a hand, %" PRIu64 " escapes, %" PRIu64 " from an ear, %" PRIu64
	       " withdrawn for it\n",
	       sum.frames, lives, sum.contacts, sum.pressed, sum.replayed, sum.chords, sum.grips,
	       sum.escapes, sum.ears, sum.withdrawn);
	return code;
}

static int
run_file(const char *path, FILE *trace)
{
	_autofclose_ FILE *stream = fopen(path, "re");
	struct core_trial_result result = {.trace = trace};
	struct life life = {0};
	unsigned line;
	int code = 1;

	if (!stream)
		fprintf(stderr, "core-fuzz: %s: %s\n", path, strerror(errno));
	else if (!life_read(&life, stream, &line))
		fprintf(stderr, "%s:%u: this is no step\n", path, line);
	else if (!core_trial_run(&life, &result))
		printf("%s: fails at step %zu: %s\n", path, result.step + 1, result.fault);
	else
		code = 0;
	life_clear(&life);
	return code;
}

int
main(int argc, char **argv)
{
	if (argc == 2)
		return run_file(argv[1], NULL);
	if (argc == 3 && strcmp(argv[1], "--trace") == 0)
		return run_file(argv[2], stdout);
	if (argc == 3)
		return run_seeds(strtoull(argv[1], NULL, 0), strtoull(argv[2], NULL, 0));
	fputs("Usage: core-fuzz SEED FRAMES, or core-fuzz [--trace] FILE\n", stderr);
	return 2;
}
