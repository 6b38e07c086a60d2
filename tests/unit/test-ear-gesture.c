/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What an ear does: taps, double taps, swipes, holds and moves, each up to its limits in time and
 * way, and contact that is lost in the middle.
 * Run by tests/run.
 * Owns one rig a test: an ear that is on, by the sensor's word, and has lifted.
 */
#include "tests/unit/ear_rig.h"

#define X 34.0
#define Y 50.0

static int
setup(void **state)
{
	struct ear_rig *rig = ear_rig_new(false, EAR_PROXIMITY_NEAR);

	ear_rig_touch(rig, 0, X, Y, 300, 0, 0);
	ear_rig_expect(rig, "enter 1035");
	ear_rig_wait(rig, 1000);
	ear_rig_expect(rig, "");
	rig->ms = 10000;
	*state = rig;
	return 0;
}

static int
teardown(void **state)
{
	ear_rig_free(*state);
	return 0;
}

static void
test_tap(void **state)
{
	ear_rig_touch(*state, 0, X, Y, 100, 0, 0);
	ear_rig_wait(*state, 349);
	ear_rig_expect(*state, "");
	ear_rig_wait(*state, 1);
	ear_rig_expect(*state, "tap 10450");
	ear_rig_wait(*state, 5000);
	ear_rig_expect(*state, "");
}

/* 55 to 188 ms were measured; at both ends there is some room, and then none. */
static void
test_tap_lengths(void **state)
{
	struct ear_rig *rig = *state;

	ear_rig_touch(rig, 0, X, Y, 50, 0, 0);
	ear_rig_wait(rig, 1000);
	ear_rig_touch(rig, 0, X, Y, 230, 0, 0);
	ear_rig_wait(rig, 1000);
	ear_rig_expect(rig, "tap 10400, tap 11630");
	ear_rig_touch(rig, 0, X, Y, 320, 0, 0);
	ear_rig_wait(rig, 1000);
	ear_rig_ear(rig, 0, X, Y, 0.1);
	ear_rig_lift(rig, 8);
	ear_rig_wait(rig, 1000);
	ear_rig_expect(rig, "");
}

/* A touch that is much smaller than the ear's others is hair, or the ear leaving. */
static void
test_graze(void **state)
{
	struct ear_rig *rig = *state;

	for (unsigned i = 0; i < 8; i++)
		ear_rig_ear(rig, 10, X, Y, 0.1);
	ear_rig_lift(rig, 10);
	ear_rig_wait(rig, 1000);
	ear_rig_expect(rig, "");
}

static void
test_double_tap(void **state)
{
	ear_rig_touch(*state, 0, X, Y, 110, 0, 0);
	ear_rig_touch(*state, 100, X, Y, 120, 0, 0);
	ear_rig_wait(*state, 45);
	ear_rig_expect(*state, "double-tap 10375");
	ear_rig_wait(*state, 5000);
	ear_rig_expect(*state, "");
}

/* Lift to touch: 50 to 350 ms. */
static void
test_double_tap_gaps(void **state)
{
	struct ear_rig *rig = *state;

	ear_rig_touch(rig, 0, X, Y, 100, 0, 0);
	ear_rig_touch(rig, 50, X, Y, 100, 0, 0);
	ear_rig_wait(rig, 1000);
	ear_rig_expect(rig, "double-tap 10295");
	ear_rig_touch(rig, 0, X, Y, 100, 0, 0);
	ear_rig_touch(rig, 349, X, Y, 100, 0, 0);
	ear_rig_wait(rig, 1000);
	ear_rig_expect(rig, "double-tap 11844");
	ear_rig_touch(rig, 0, X, Y, 100, 0, 0);
	ear_rig_touch(rig, 351, X, Y, 100, 0, 0);
	ear_rig_wait(rig, 1000);
	ear_rig_expect(rig, "tap 13249, tap 13700");
}

/* A completed double tap starts anew: four taps are two, three are one and a tap. */
static void
test_double_taps_in_a_row(void **state)
{
	struct ear_rig *rig = *state;

	for (unsigned i = 0; i < 4; i++)
		ear_rig_touch(rig, 100, X, Y, 100, 0, 0);
	ear_rig_wait(rig, 1000);
	ear_rig_expect(rig, "double-tap 10445, double-tap 10845");
	for (unsigned i = 0; i < 3; i++)
		ear_rig_touch(rig, 100, X, Y, 100, 0, 0);
	ear_rig_wait(rig, 1000);
	ear_rig_expect(rig, "double-tap 12245, tap 12750");
}

static void
test_swipes(void **state)
{
	static const struct {
		double x, y, by_x, by_y;
		const char *log;
	} swipes[] = {
	    {50, 50, -36, 12, "swipe-left 10360"},
	    {20, 50, 26, -9, "swipe-right 10360"},
	    {34, 75, 5, -30, "swipe-up 10360"},
	    {34, 40, -8, 28, "swipe-down 10360"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(swipes); i++) {
		struct ear_rig *rig = *state;

		rig->ms = 10000;
		rig->ear.touch.ended = usec_from_ms(9000);
		ear_rig_touch(rig, 0, swipes[i].x, swipes[i].y, 300, swipes[i].by_x,
			      swipes[i].by_y);
		ear_rig_wait(rig, 100);
		ear_rig_expect(rig, swipes[i].log);
	}
}

/* Under 12 mm it is no swipe, over 600 ms neither. */
static void
test_swipe_limits(void **state)
{
	struct ear_rig *rig = *state;

	ear_rig_touch(rig, 0, X, Y, 200, 10, 0);
	ear_rig_wait(rig, 1000);
	ear_rig_expect(rig, "tap 10550");
	ear_rig_touch(rig, 0, 20, Y, 580, 30, 0);
	ear_rig_wait(rig, 1000);
	ear_rig_expect(rig, "swipe-right 11840");
	ear_rig_touch(rig, 0, 20, Y, 900, 30, 0);
	ear_rig_wait(rig, 1000);
	ear_rig_expect(rig, "");
}

static void
test_tap_then_swipe(void **state)
{
	ear_rig_touch(*state, 0, X, Y, 100, 0, 0);
	ear_rig_touch(*state, 100, 20, Y, 250, 30, 0);
	ear_rig_wait(*state, 1000);
	ear_rig_expect(*state, "tap 10510, swipe-right 10510");
}

static void
test_hold_and_move(void **state)
{
	struct ear_rig *rig = *state;

	for (unsigned i = 0; i < 70; i++)
		ear_rig_ear(rig, 10, X, Y, i < 3 ? 0.4 : 1);
	ear_rig_expect(rig, "hold 10610");
	for (unsigned i = 0; i <= 26; i++)
		ear_rig_ear(rig, 10, X, Y + i, 1);
	ear_rig_expect(rig, "move 10840, move 10970");
	ear_rig_lift(rig, 10);
	ear_rig_wait(rig, 1000);
	ear_rig_expect(rig, "release 11040");
}

/* The ear rests, and the panel has nothing new to say: it is held all the same. */
static void
test_hold_without_frames(void **state)
{
	struct ear_rig *rig = *state;

	ear_rig_ear(rig, 0, X, Y, 1);
	ear_rig_wait(rig, 599);
	ear_rig_expect(rig, "");
	ear_rig_wait(rig, 1);
	ear_rig_expect(rig, "hold 10600");
}

static void
test_tap_then_hold(void **state)
{
	struct ear_rig *rig = *state;

	ear_rig_touch(rig, 0, X, Y, 100, 0, 0);
	ear_rig_ear(rig, 100, X, Y, 1);
	ear_rig_wait(rig, 700);
	ear_rig_expect(rig, "tap 10800, hold 10800");
}

/* Contact lost for 57 ms in the middle: still one swipe, one hold. */
static void
test_drop_out(void **state)
{
	struct ear_rig *rig = *state;

	for (unsigned i = 0; i < 15; i++)
		ear_rig_ear(rig, 10, 20 + i, Y, 1);
	ear_rig_lift(rig, 5);
	for (unsigned i = 0; i < 10; i++)
		ear_rig_ear(rig, i == 0 ? 57 : 10, 38 + i, Y, 1);
	ear_rig_lift(rig, 10);
	ear_rig_wait(rig, 100);
	ear_rig_expect(rig, "swipe-right 10372");
	ear_rig_ear(rig, 0, X, Y, 1);
	ear_rig_wait(rig, 400);
	ear_rig_lift(rig, 0);
	ear_rig_ear(rig, 57, X, Y, 1);
	ear_rig_wait(rig, 200);
	ear_rig_expect(rig, "hold 11012");
}

/* Contact lost for 61 ms is over. */
static void
test_no_drop_out(void **state)
{
	struct ear_rig *rig = *state;

	for (unsigned i = 0; i < 40; i++)
		ear_rig_ear(rig, 10, X, Y, 1);
	ear_rig_lift(rig, 0);
	for (unsigned i = 0; i < 40; i++)
		ear_rig_ear(rig, i == 0 ? 61 : 10, X, Y, 1);
	ear_rig_lift(rig, 10);
	ear_rig_wait(rig, 1000);
	ear_rig_expect(rig, "");
}

/* Going far in the middle of it ends it. */
static void
test_far(void **state)
{
	struct ear_rig *rig = *state;

	ear_rig_ear(rig, 0, X, Y, 1);
	ear_rig_wait(rig, 700);
	ear_set_proximity(&rig->ear, EAR_PROXIMITY_FAR, usec_from_ms(rig->ms));
	ear_rig_expect(rig, "hold 10600, release 10700, leave 10700");
	ear_rig_ear(rig, 10, X, Y, 1);
	assert_int_equal(rig->verdict, EAR_VERDICT_TAKE);
	ear_rig_lift(rig, 10);
	ear_rig_wait(rig, 1000);
	ear_rig_expect(rig, "");
}

int
main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
	    TEST(test_tap),
	    TEST(test_tap_lengths),
	    TEST(test_graze),
	    TEST(test_double_tap),
	    TEST(test_double_tap_gaps),
	    TEST(test_double_taps_in_a_row),
	    TEST(test_swipes),
	    TEST(test_swipe_limits),
	    TEST(test_tap_then_swipe),
	    TEST(test_hold_and_move),
	    TEST(test_hold_without_frames),
	    TEST(test_tap_then_hold),
	    TEST(test_drop_out),
	    TEST(test_no_drop_out),
	    TEST(test_far),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
