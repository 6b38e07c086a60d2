/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rows of driver/core/contact.c's table, one test each: presses, holds, bounces and
 * swipes of one finger, and what the clone sees of them. test-core-panels.c has what panels differ
 * in. Run by tests/run. Owns one rig a test.
 */
#include "tests/unit/core_rig.h"

static int
setup(void **state)
{
	*state = rig_new(RIG_SLOTS, NULL, 0);
	return 0;
}

static int
teardown(void **state)
{
	rig_free(*state);
	return 0;
}

static double
withheld_ms(const struct rig *rig)
{
	return usec_to_ms(core_get_counts(rig->core).withheld_max);
}

static void
test_press(void **state)
{
	struct rig *rig = *state;

	rig_tap(rig, 0, 5, 60, 60);
	rig_expect(rig, "left-top down 1010, left-top up 1070");
	assert_int_equal(rig->landed, 0);
	/* 3 mm towards the palm is a hit, 7 mm is not. */
	rig_wait(rig, 100);
	rig_tap(rig, 0, 8, 62, 60);
	rig_expect(rig, "left-top down 1180, left-top up 1240");
	rig_tap(rig, 0, 12, 60, 60);
	assert_int_equal(rig->landed, 1);
	rig_expect_end(rig);
}

static void
test_hold_is_told_while_down(void **state)
{
	struct rig *rig = *state;

	rig_down(rig, 0, 5, 60);
	rig_frame(rig, 10);
	rig_wait(rig, 599);
	rig_expect(rig, "left-top down 1010");
	rig_wait(rig, 1);
	rig_expect(rig, "left-top hold 1610");
	rig_up(rig, 0);
	rig_frame(rig, 100);
	rig_expect(rig, "left-top up 1710");
	rig_expect_end(rig);
}

static void
test_too_long_is_no_hold(void **state)
{
	struct rig *rig = *state;

	rig_down(rig, 0, 5, 60);
	rig_frame(rig, 10);
	rig_wait(rig, 3000);
	rig_expect(rig, "left-top down 1010, left-top hold 1610, left-top cancel 2510");
	rig_up(rig, 0);
	rig_frame(rig, 10);
	assert_int_equal(rig->landed, 0);
	rig_expect_end(rig);
}

static void
test_rapid_presses_and_bounces(void **state)
{
	struct rig *rig = *state;

	rig_tap(rig, 0, 5, 60, 50);
	rig_wait(rig, 50);
	rig_tap(rig, 0, 5, 60, 50);
	rig_expect(rig, "left-top down 1010, left-top up 1060, "
			"left-top down 1120, left-top up 1170");
	/* 39 ms after the lift, in another slot: the same press lost contact for a moment. */
	rig_wait(rig, 29);
	rig_tap(rig, 3, 5, 61, 50);
	rig_expect(rig, "");
	/* And it may do so again. */
	rig_wait(rig, 10);
	rig_tap(rig, 0, 5, 61, 800);
	rig_expect(rig, "");
	/* 40 ms is a press; so is another pad at once. */
	rig_wait(rig, 30);
	rig_tap(rig, 0, 5, 60, 50);
	rig_tap(rig, 0, 5, 85, 50);
	rig_expect(rig, "left-top down 2119, left-top up 2169, "
			"left-middle down 2179, left-middle up 2229");
	assert_int_equal(rig->landed, 0);
	rig_expect_end(rig);
}

static void
test_bounce_that_slides_off_is_a_touch(void **state)
{
	struct rig *rig = *state;

	rig_tap(rig, 0, 5, 60, 50);
	rig_down(rig, 0, 5, 60);
	rig_frame(rig, 20);
	rig_move(rig, 0, 40, 60, 200);
	rig_up(rig, 0);
	rig_frame(rig, 10);
	rig_expect(rig, "left-top down 1010, left-top up 1060");
	assert_int_equal(rig->landed, 1);
	rig_expect_end(rig);
}

static void
test_swipe_leaves_within_60_ms(void **state)
{
	struct rig *rig = *state;

	rig_down(rig, 0, 5, 60);
	rig_frame(rig, 10);
	rig_move(rig, 0, 40, 60, 350); /* 100 mm/s */
	assert_int_equal(rig->clone[0].id, 1);
	assert_float_equal(rig->clone[0].x, 40, 0.01);
	rig_up(rig, 0);
	rig_frame(rig, 10);
	rig_expect(rig, "left-top down 1010, left-top cancel 1050");
	assert_float_equal(withheld_ms(rig), 40, 0.01);
	rig_expect_end(rig);
}

static void
test_rest_and_then_swipe(void **state)
{
	struct rig *rig = *state;

	/* The panel says nothing of a finger that lies still, as some do. */
	rig_down(rig, 0, 5, 60);
	rig_frame(rig, 10);
	rig_wait(rig, 500);
	rig_move(rig, 0, 40, 60, 350);
	rig_up(rig, 0);
	rig_frame(rig, 10);
	rig_expect(rig, "left-top down 1010, left-top cancel 1550");
	assert_true(withheld_ms(rig) > 20 && withheld_ms(rig) <= 60);
	rig_expect_end(rig);
}

static void
test_slow_slide_is_a_touch_in_the_end(void **state)
{
	struct rig *rig = *state;

	rig_down(rig, 0, 5, 60);
	rig_frame(rig, 10);
	rig_move(rig, 0, 5, 68, 400); /* 20 mm/s */
	rig_expect(rig, "left-top down 1010, left-top cancel 1320");
	assert_float_equal(rig->clone[0].y, 68, 0.01);
	assert_true(withheld_ms(rig) <= 60);
	rig_up(rig, 0);
	rig_frame(rig, 10);
	rig_expect_end(rig);
}

static void
test_thumb_that_rolls_is_a_press(void **state)
{
	struct rig *rig = *state;

	rig_down(rig, 0, 6, 60);
	rig_frame(rig, 10);
	rig_move(rig, 0, 5, 61.5, 40);
	rig_move(rig, 0, 7, 61, 80);
	rig_up(rig, 0);
	rig_frame(rig, 10);
	rig_expect(rig, "left-top down 1010, left-top up 1140");
	assert_int_equal(rig->landed, 0);
	rig_expect_end(rig);
}

static void
test_replay_is_complete(void **state)
{
	struct rig *rig = *state;

	rig_down(rig, 0, 5, 60);
	rig_frame(rig, 10);
	rig_at(rig, 0, 5.5, 60);
	rig_frame(rig, 10);
	rig_at(rig, 0, 6, 60);
	rig_frame(rig, 10);
	assert_int_equal(rig->frames, 0);
	rig_at(rig, 0, 16, 60);
	rig_frame(rig, 10);
	assert_int_equal(rig->frames, 4);
	rig_up(rig, 0);
	rig_frame(rig, 10);
	assert_int_equal(rig->frames, 5);
	rig_expect(rig, "left-top down 1010, left-top cancel 1040");
	rig_expect_end(rig);
}

static void
test_onto_a_pad_is_no_press(void **state)
{
	struct rig *rig = *state;

	rig_down(rig, 0, 30, 60);
	rig_frame(rig, 10);
	rig_move(rig, 0, 5, 60, 100);
	rig_wait(rig, 2000);
	rig_up(rig, 0);
	rig_frame(rig, 10);
	assert_int_equal(rig->landed, 1);
	rig_expect_end(rig);
}

static void
test_listening_ends(void **state)
{
	struct rig *rig = *state;

	rig_down(rig, 0, 5, 60);
	rig_frame(rig, 10);
	rig_wait(rig, 300);
	core_set_listening(rig->core, false, usec_from_ms(rig->ms));
	rig_expect(rig, "left-top down 1010, left-top cancel 1310");
	assert_int_equal(rig_clone_down(rig), 1);
	assert_float_equal(withheld_ms(rig), 0, 0.01);
	rig_up(rig, 0);
	rig_frame(rig, 10);
	rig_expect_end(rig);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
	    TEST(test_press),
	    TEST(test_hold_is_told_while_down),
	    TEST(test_too_long_is_no_hold),
	    TEST(test_rapid_presses_and_bounces),
	    TEST(test_bounce_that_slides_off_is_a_touch),
	    TEST(test_swipe_leaves_within_60_ms),
	    TEST(test_rest_and_then_swipe),
	    TEST(test_slow_slide_is_a_touch_in_the_end),
	    TEST(test_thumb_that_rolls_is_a_press),
	    TEST(test_replay_is_complete),
	    TEST(test_onto_a_pad_is_no_press),
	    TEST(test_listening_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
