/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An ear by its shape alone, without a sensor: when it shows and leaves, and what makes fingers,
 * hands and panels that measure wrongly, or not at all, no ear.
 * Run by tests/run.
 * Owns one rig a test.
 */
#include "tests/unit/ear_rig.h"

#define X 34.0
#define Y 50.0

static int
setup_unknown(void **state)
{
	*state = ear_rig_new(false, EAR_PROXIMITY_UNKNOWN);
	return 0;
}

static int
setup_sizeless(void **state)
{
	*state = ear_rig_new(true, EAR_PROXIMITY_UNKNOWN);
	return 0;
}

static int
teardown(void **state)
{
	ear_rig_free(*state);
	return 0;
}

/* --- without a sensor ------------------------------------------------------------------------- */

static void
test_unknown(void **state)
{
	struct ear_rig *rig = *state;

	assert_int_equal(ear_rig_ear(rig, 0, X, Y, 0.1), EAR_VERDICT_PASS);
	for (unsigned i = 0; i < 3; i++)
		assert_int_equal(ear_rig_ear(rig, 10, X, Y, 1), EAR_VERDICT_PASS);
	assert_int_equal(ear_rig_ear(rig, 10, X, Y, 1), EAR_VERDICT_TAKE);
	ear_rig_expect(rig, "enter 1040");
	ear_rig_lift(rig, 100);
	/* It is on by its shape alone, so a fingertip is in doubt, and for 45 ms only. */
	assert_int_equal(ear_rig_ear(rig, 200, X, Y, 0.1), EAR_VERDICT_WITHHOLD);
	ear_rig_wait(rig, 44);
	assert_int_equal(ear_get_verdict(&rig->ear), EAR_VERDICT_WITHHOLD);
	ear_rig_wait(rig, 1);
	assert_int_equal(ear_get_verdict(&rig->ear), EAR_VERDICT_PASS);
	assert_int_equal(ear_rig_lift(rig, 100), EAR_VERDICT_PASS);
	/* An ear is told apart at once. */
	assert_int_equal(ear_rig_ear(rig, 200, X, Y, 0.1), EAR_VERDICT_WITHHOLD);
	assert_int_equal(ear_rig_ear(rig, 10, X, Y, 0.6), EAR_VERDICT_TAKE);
	ear_rig_lift(rig, 60);
	ear_rig_wait(rig, 2999);
	ear_rig_expect(rig, "tap 2105");
	ear_rig_wait(rig, 1);
	ear_rig_expect(rig, "leave 4755");
}

/* A short tap of a finger while the ear is on is a finger's. */
static void
test_finger_in_between(void **state)
{
	struct ear_rig *rig = *state;

	ear_rig_touch(rig, 0, X, Y, 150, 0, 0);
	ear_rig_expect(rig, "enter 1040");
	assert_int_equal(ear_rig_ear(rig, 500, X, 110, 0.1), EAR_VERDICT_WITHHOLD);
	assert_int_equal(ear_rig_lift(rig, 30), EAR_VERDICT_PASS);
	ear_rig_wait(rig, 5000);
	ear_rig_expect(rig, "leave 4150");
}

/* Hands and things that are no ear when nothing but their shape speaks for them. */
static void
test_no_ears(void **state)
{
	struct ear_rig *rig = *state;
	struct ear_patch patches[5];

	ear_rig_blob(rig, 0, X, Y, 13, 11, 100);   /* finger */
	ear_rig_blob(rig, 300, X, Y, 21, 17, 300); /* thumb */
	ear_rig_blob(rig, 300, X, Y, 27, 14, 300); /* thumb that lies flat */
	ear_rig_blob(rig, 300, X, Y, 12, 10, 60);  /* knuckle */
	ear_rig_blob(rig, 300, X, Y, 36, 30, 600); /* palm */
	ear_rig_blob(rig, 300, X, Y, 60, 6, 400);  /* edge of another phone */
	ear_rig_no_ear(rig);
	/* Two thumbs, two fingers that spread, four that drag, five that rest. */
	for (unsigned count = 2; count <= 5; count++) {
		for (unsigned at = 0; at < 40; at++) {
			for (unsigned i = 0; i < count; i++)
				patches[i] = (struct ear_patch){
				    {20.0 + 12 * i, 60 + 2 * i + (count == 4 ? at : 0)},
				    0,
				    count == 2 ? 18 + at / 10 : 13,
				    12};
			if (count == 2)
				patches[1].place.x = 30 + at;
			ear_rig_frame(rig, 10, patches, count);
		}
		ear_rig_lift(rig, 10);
		ear_rig_no_ear(rig);
	}
}

/*
 * Panels on which a finger reads 0.2 to 77 mm, as was measured: none of it is an ear, and the first
 * one is the hardest.
 */
static void
test_mismeasured(void **state)
{
	static const double readings[] = {0.2, 1, 3, 25, 30, 40, 50, 77};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(readings); i++) {
		for (unsigned shape = 0; shape < 3; shape++) {
			struct ear_rig *rig = ear_rig_new(false, EAR_PROXIMITY_UNKNOWN);
			double major = readings[i];
			double minor = shape == 0 ? major : shape == 1 ? major / 1.4 : 0;

			for (unsigned touch = 0; touch < 30; touch++)
				ear_rig_blob(rig, 200, 20 + touch, 40 + 2 * touch, major, minor,
					     80 + 10 * touch);
			ear_rig_no_ear(rig);
			ear_rig_free(rig);
		}
	}
}

/* Also where its readings are as oblong as an ear: not once its fingers are known. */
static void
test_mismeasured_and_oblong(void **state)
{
	struct ear_rig *rig = *state;

	/* Taps at the rim cannot be as large as they read. */
	ear_rig_blob(rig, 200, 3, 60, 40, 20, 100);
	ear_rig_blob(rig, 200, 3, 80, 40, 20, 100);
	ear_rig_no_ear(rig);
	assert_false(ear_scale_is_believable(&rig->ear.scale));
	ear_rig_blob(rig, 200, X, Y, 40, 20, 300);
	ear_rig_touch(rig, 200, X, Y, 300, 0, 0);
	ear_rig_no_ear(rig);
}

/* What fingers read is learned: an ear has to be longer than they are here. */
static void
test_learns(void **state)
{
	struct ear_rig *rig = *state;

	for (unsigned i = 0; i < 3; i++)
		ear_rig_blob(rig, 200, X, Y, 40, 32, 100);
	ear_rig_touch(rig, 200, X, Y, 300, 0, 0);
	ear_rig_no_ear(rig);
	/* One touch that read too much is forgotten after a few that do not. */
	for (unsigned i = 0; i < 3; i++)
		ear_rig_blob(rig, 200, X, Y, 12, 10, 100);
	ear_rig_touch(rig, 200, X, Y, 300, 0, 0);
	assert_true(ear_is_on(&rig->ear));
}

/* A scale that was measured with the user's thumb is believed, whatever the axes say. */
static void
test_calibrated(void **state)
{
	struct ear_rig *rig = *state;

	assert_false(ear_scale_is_believable(&rig->ear.scale));
	ear_calibrate(&rig->ear, 0.1);
	assert_true(ear_scale_is_believable(&rig->ear.scale));
	rig->sizeless = false;
	ear_rig_touch(rig, 0, X, Y, 300, 0, 0);
	ear_rig_expect(rig, "enter 1040");
}

/* --- without sizes ---------------------------------------------------------------------------- */

static void
test_sizeless(void **state)
{
	struct ear_rig *rig = *state;

	/* Two points are no ear while nobody says so; near, they are. */
	for (unsigned i = 0; i < 20; i++)
		assert_int_equal(ear_rig_ear(rig, 10, X, Y, 0.6), EAR_VERDICT_PASS);
	ear_rig_lift(rig, 10);
	ear_rig_no_ear(rig);
	ear_rig_proximity(rig, EAR_PROXIMITY_NEAR);
	for (unsigned i = 0; i < 4; i++)
		ear_rig_ear(rig, 10, X, Y, 0.6);
	ear_rig_expect(rig, "enter 2245");
	ear_rig_lift(rig, 10);
	ear_rig_touch(rig, 500, X, Y, 100, 0, 0);
	ear_rig_touch(rig, 100, X, Y, 100, 0, 0);
	ear_rig_wait(rig, 60);
	ear_rig_expect(rig, "double-tap 3105");
}

/* One point is the ear when it stays longer than a finger taps. */
static void
test_sizeless_single(void **state)
{
	struct ear_rig *rig = *state;

	ear_rig_proximity(rig, EAR_PROXIMITY_NEAR);
	ear_rig_ear(rig, 0, X, Y, 1);
	assert_int_equal(ear_rig_lift(rig, 149), EAR_VERDICT_SWALLOW);
	ear_rig_no_ear(rig);
	ear_rig_ear(rig, 0, X, Y, 1);
	ear_rig_wait(rig, 150);
	ear_rig_expect(rig, "enter 2299");
}

int
main(void)
{
#define UNKNOWN(test)  cmocka_unit_test_setup_teardown(test, setup_unknown, teardown)
#define SIZELESS(test) cmocka_unit_test_setup_teardown(test, setup_sizeless, teardown)
	const struct CMUnitTest tests[] = {
	    UNKNOWN(test_unknown),
	    UNKNOWN(test_finger_in_between),
	    UNKNOWN(test_no_ears),
	    cmocka_unit_test(test_mismeasured),
	    UNKNOWN(test_mismeasured_and_oblong),
	    UNKNOWN(test_learns),
	    SIZELESS(test_calibrated),
	    SIZELESS(test_sizeless),
	    SIZELESS(test_sizeless_single),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
