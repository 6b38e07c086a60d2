/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A film that creeps: how it is followed, how far, and when that is told.
 * Run by tests/run.
 * Owns nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>

#include "driver/drift.h"

static struct overlay
film(double spacing)
{
	struct overlay overlay;

	for (unsigned pad = 0; pad < PAD_COUNT; pad++)
		overlay.pads[pad] =
		    (struct overlay_pad){{pad < 3 ? 5 : 63, 60 + spacing * (pad % 3)}, 6.5};
	return overlay;
}

/* Presses of a person: around a place, with a scatter that is the same in each run. */
static struct mm_point
about(double x, double y, unsigned *seed)
{
	*seed = *seed * 1103515245u + 12345u;
	x += ((*seed >> 16) % 1000 / 1000.0 - 0.5) * 4;
	*seed = *seed * 1103515245u + 12345u;
	y += ((*seed >> 16) % 1000 / 1000.0 - 0.5) * 4;
	return (struct mm_point){x, y};
}

static double
moved(const struct drift *drift, enum pad pad)
{
	struct overlay now;

	drift_film(drift, &now);
	return mm_distance(now.pads[pad].centre, drift->film.pads[pad].centre);
}

static void
well_hit_pads_stay(void **state)
{
	struct overlay overlay = film(20);
	struct drift drift;
	unsigned seed = 1;

	(void)state;
	drift_init(&drift, &overlay);
	for (unsigned i = 0; i < 2000; i++) {
		assert_false(drift_press(&drift, PAD_LEFT_TOP, about(5, 60, &seed)));
		assert_true(moved(&drift, PAD_LEFT_TOP) < 0.8);
	}
}

static void
one_wild_press(void **state)
{
	struct overlay overlay = film(20);
	struct drift drift;

	(void)state;
	drift_init(&drift, &overlay);
	drift_press(&drift, PAD_LEFT_TOP, (struct mm_point){11, 60});
	assert_true(moved(&drift, PAD_LEFT_TOP) < 0.25);
}

static void
two_millimetres_are_followed(void **state)
{
	struct overlay overlay = film(20), now;
	struct drift drift;
	unsigned seed = 1;

	(void)state;
	drift_init(&drift, &overlay);
	for (unsigned i = 0; i < 200; i++)
		assert_false(drift_press(&drift, PAD_RIGHT_MIDDLE, about(61, 80, &seed)));
	drift_film(&drift, &now);
	assert_float_equal(now.pads[PAD_RIGHT_MIDDLE].centre.x, 61, 0.5);
	assert_float_equal(now.pads[PAD_RIGHT_MIDDLE].centre.y, 80, 0.5);
	assert_float_equal(moved(&drift, PAD_RIGHT_TOP), 0, 0);
	assert_float_equal(now.pads[PAD_RIGHT_MIDDLE].radius_mm, 6.5, 1e-9);
}

static void
no_further_than_three(void **state)
{
	struct overlay overlay = film(20), now;
	struct drift drift;
	unsigned warnings = 0, first = 0;

	(void)state;
	drift_init(&drift, &overlay);
	for (unsigned i = 1; i <= 500; i++) {
		if (drift_press(&drift, PAD_LEFT_TOP, (struct mm_point){9, 64})) {
			warnings++;
			first = i;
		}
		assert_true(moved(&drift, PAD_LEFT_TOP) <= DRIFT_MAX_MM + 1e-9);
	}
	/* Once, and not for what a day's few presses are. */
	assert_int_equal(warnings, 1);
	assert_in_range(first, 50, 200);
	drift_film(&drift, &now);
	/* In the direction of the presses. */
	assert_float_equal(now.pads[PAD_LEFT_TOP].centre.x, 5 + 3 / sqrt(2), 0.01);
	assert_float_equal(now.pads[PAD_LEFT_TOP].centre.y, 60 + 3 / sqrt(2), 0.01);
}

static void
never_into_a_neighbour(void **state)
{
	struct overlay overlay = film(13), now;
	struct drift drift;

	(void)state;
	drift_init(&drift, &overlay);
	for (unsigned i = 0; i < 500; i++) {
		drift_press(&drift, PAD_LEFT_TOP, (struct mm_point){5, 62.5});
		drift_press(&drift, PAD_LEFT_MIDDLE, (struct mm_point){5, 71});
		drift_film(&drift, &now);
		for (unsigned a = 0; a < PAD_COUNT; a++) {
			for (unsigned b = 0; b < a; b++)
				assert_true(mm_distance(now.pads[a].centre, now.pads[b].centre) >=
					    OVERLAY_APART_MIN_MM - 1e-9);
		}
	}
	/* As far as there is room. */
	assert_true(moved(&drift, PAD_LEFT_TOP) > 0.3);
}

/* A default film on a tight panel may have less room than that from the start. */
static void
a_film_without_room(void **state)
{
	struct overlay overlay = film(11), now;
	struct drift drift;

	(void)state;
	drift_init(&drift, &overlay);
	for (unsigned i = 0; i < 100; i++)
		drift_press(&drift, PAD_LEFT_TOP, (struct mm_point){5, 62});
	drift_film(&drift, &now);
	assert_float_equal(moved(&drift, PAD_LEFT_TOP), 0, 1e-9);
	for (unsigned i = 0; i < 500; i++)
		drift_press(&drift, PAD_LEFT_TOP, (struct mm_point){5, 58});
	assert_float_equal(moved(&drift, PAD_LEFT_TOP), 2, 0.1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(well_hit_pads_stay),           cmocka_unit_test(one_wild_press),
	    cmocka_unit_test(two_millimetres_are_followed), cmocka_unit_test(no_further_than_three),
	    cmocka_unit_test(never_into_a_neighbour),       cmocka_unit_test(a_film_without_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
