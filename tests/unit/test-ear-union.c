/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The union of contacts: its centre, its size, and the cheek that is left out of it.
 * Run by tests/run.
 * Owns nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "driver/core/ear_union.h"

static void
near_to(double value, double wanted)
{
	if (value < wanted - 0.01 || value > wanted + 0.01)
		fail_msg("%g, not %g", value, wanted);
}

static void
test_nothing(void **state)
{
	struct ear_union all;

	(void)state;
	ear_union_of(NULL, 0, NULL, &all);
	assert_int_equal(all.patches, 0);
	assert_int_equal(all.cheek, 0);
	near_to(all.length, 0);
}

static void
test_one(void **state)
{
	const struct ear_patch patch = {{30, 60}, 46, 46, 20};
	struct ear_union all;

	(void)state;
	ear_union_of(&patch, 1, NULL, &all);
	assert_int_equal(all.patches, 1);
	near_to(all.centre.x, 30);
	near_to(all.centre.y, 60);
	near_to(all.area_mm2, 920);
	near_to(all.largest_mm, 46);
	near_to(all.aspect, 2.3);
	near_to(all.spread_mm, 0);
	near_to(all.diagonal_mm, 50.16);
}

/* The longer patch weighs more; the order in which a panel tells them does not matter. */
static void
test_weights(void **state)
{
	const struct ear_patch patches[] = {{{40, 70}, 10, 10, 8}, {{30, 50}, 30, 30, 12}};
	struct ear_union all;

	(void)state;
	ear_union_of(patches, 2, NULL, &all);
	assert_int_equal(all.patches, 2);
	near_to(all.centre.x, 32.5);
	near_to(all.centre.y, 55);
	near_to(all.length, 40);
	near_to(all.area_mm2, 440);
	near_to(all.spread_mm, 22.36);
}

/* Where a panel does not say, places are all there is. */
static void
test_without_sizes(void **state)
{
	const struct ear_patch patches[] = {
	    {{30, 50}, 1, 0, 0}, {{40, 50}, 1, 0, 0}, {{35, 62}, 1, 0, 0}};
	struct ear_union all;

	(void)state;
	ear_union_of(patches, 3, NULL, &all);
	assert_int_equal(all.patches, 3);
	near_to(all.centre.x, 35);
	near_to(all.centre.y, 54);
	near_to(all.area_mm2, 0);
	near_to(all.largest_mm, 0);
	near_to(all.aspect, 0);
	near_to(all.diagonal_mm, all.spread_mm);
}

/* Splitting changes the length little, which the sum of areas does not hold for. */
static void
test_split(void **state)
{
	const struct ear_patch merged = {{34, 60}, 46, 46, 20};
	const struct ear_patch split[] = {{{26, 50}, 22, 22, 9}, {{41, 69}, 20, 20, 10}};
	struct ear_union before, after;

	(void)state;
	ear_union_of(&merged, 1, NULL, &before);
	ear_union_of(split, 2, NULL, &after);
	assert_true(after.length > before.length * 0.8 && after.length < before.length * 1.2);
	assert_true(after.area_mm2 < before.area_mm2 * 0.5);
}

static void
test_cheek(void **state)
{
	const struct ear_patch patches[] = {
	    {{40, 100}, 38, 38, 30}, {{30, 28}, 22, 22, 9}, {{38, 44}, 20, 20, 10}};
	struct ear_union all;

	(void)state;
	ear_union_of(patches, 3, NULL, &all);
	assert_int_equal(all.patches, 2);
	assert_int_equal(all.cheek, 1);
	near_to(all.cheek_centre.y, 100);
	near_to(all.length, 42);
	assert_true(all.diagonal_mm < 60);
}

/* 36 mm is the limit between the clusters' centres. */
static void
test_cheek_limit(void **state)
{
	struct ear_patch patches[] = {{{30, 40}, 20, 20, 10}, {{30, 75.9}, 20, 20, 10}};
	struct ear_union all;

	(void)state;
	ear_union_of(patches, 2, NULL, &all);
	assert_int_equal(all.patches, 2);
	patches[1].place.y = 76.1;
	ear_union_of(patches, 2, NULL, &all);
	assert_int_equal(all.patches, 1);
	near_to(all.centre.y, 40);
}

/* A speck at the rim above an ear does not make a cheek of the ear. */
static void
test_speck(void **state)
{
	const struct ear_patch patches[] = {{{63, 2}, 4.7, 4.7, 4.7}, {{51, 49}, 53, 53, 23}};
	struct ear_union all;

	(void)state;
	ear_union_of(patches, 2, NULL, &all);
	assert_int_equal(all.patches, 1);
	assert_int_equal(all.cheek, 1);
	near_to(all.centre.y, 49);
}

/* Once both were there, the cheek alone is known by its place; the ear is not taken for it. */
static void
test_cheek_alone(void **state)
{
	const struct ear_places places = {true, {34, 35}, {40, 105}};
	const struct ear_patch cheek = {{41, 100}, 36, 36, 30};
	const struct ear_patch ear = {{34, 60}, 46, 46, 20};
	struct ear_union all;

	(void)state;
	ear_union_of(&cheek, 1, &places, &all);
	assert_int_equal(all.patches, 0);
	assert_int_equal(all.cheek, 1);
	near_to(all.length, 0);
	ear_union_of(&ear, 1, &places, &all);
	assert_int_equal(all.patches, 1);
	ear_union_of(&cheek, 1, NULL, &all);
	assert_int_equal(all.patches, 1);
}

static void
test_many(void **state)
{
	struct ear_patch patches[16];
	struct ear_union all;

	(void)state;
	for (unsigned i = 0; i < 16; i++)
		patches[i] = (struct ear_patch){{10 + i, 60 - i}, 5, 5, 5};
	ear_union_of(patches, 16, NULL, &all);
	assert_int_equal(all.patches, EAR_PATCHES_MAX);
	near_to(all.centre.x, 12.5);
	/* All in one place. */
	for (unsigned i = 0; i < EAR_PATCHES_MAX; i++)
		patches[i] = (struct ear_patch){{30, 60}, 1, 0, 0};
	ear_union_of(patches, EAR_PATCHES_MAX, NULL, &all);
	assert_int_equal(all.patches, EAR_PATCHES_MAX);
	near_to(all.spread_mm, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_nothing),     cmocka_unit_test(test_one),
	    cmocka_unit_test(test_weights),     cmocka_unit_test(test_without_sizes),
	    cmocka_unit_test(test_split),       cmocka_unit_test(test_cheek),
	    cmocka_unit_test(test_cheek_limit), cmocka_unit_test(test_speck),
	    cmocka_unit_test(test_cheek_alone), cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
