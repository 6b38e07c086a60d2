/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * At the ear or not, as a sensor and the user say: near, far, by command; whose contacts are
 * meanwhile, and when the ear leaves.
 * Run by tests/run.
 * Owns one rig a test.
 */
#include "tests/unit/ear_rig.h"

#define X 34.0
#define Y 50.0

static int
setup_near(void **state)
{
	*state = ear_rig_new(false, EAR_PROXIMITY_NEAR);
	return 0;
}

static int
setup_unknown(void **state)
{
	*state = ear_rig_new(false, EAR_PROXIMITY_UNKNOWN);
	return 0;
}

static int
teardown(void **state)
{
	ear_rig_free(*state);
	return 0;
}

static void
set_mode(struct ear_rig *rig, bool on)
{
	ear_set_mode(&rig->ear, on, usec_from_ms(rig->ms));
}

/* --- near ------------------------------------------------------------------------------------- */

/* Nothing is passed on from the first frame; what arrives makes no gesture, what follows does. */
static void
test_near(void **state)
{
	struct ear_rig *rig = *state;

	assert_int_equal(ear_rig_ear(rig, 0, X, Y, 0.1), EAR_VERDICT_SWALLOW);
	assert_int_equal(ear_rig_ear(rig, 10, X, Y, 0.6), EAR_VERDICT_SWALLOW);
	assert_int_equal(ear_rig_ear(rig, 10, X, Y, 1), EAR_VERDICT_SWALLOW);
	assert_int_equal(ear_rig_ear(rig, 15, X, Y, 1), EAR_VERDICT_TAKE);
	ear_rig_expect(rig, "enter 1035");
	assert_int_equal(ear_rig_lift(rig, 60), EAR_VERDICT_TAKE);
	ear_rig_wait(rig, 1000);
	ear_rig_expect(rig, "");
	assert_int_equal(ear_rig_ear(rig, 0, X, Y, 0.6), EAR_VERDICT_TAKE);
	ear_rig_lift(rig, 60);
	ear_rig_wait(rig, 60000);
	ear_rig_expect(rig, "tap 2505");
	ear_rig_proximity(rig, EAR_PROXIMITY_FAR);
	ear_rig_expect(rig, "leave 62155");
	assert_int_equal(ear_rig_ear(rig, 0, X, Y, 1), EAR_VERDICT_PASS);
}

/* It shows when its time has come, though the panel has nothing new to say. */
static void
test_near_without_frames(void **state)
{
	struct ear_rig *rig = *state;

	ear_rig_ear(rig, 0, X, Y, 1);
	ear_rig_wait(rig, 24);
	ear_rig_expect(rig, "");
	ear_rig_wait(rig, 1);
	ear_rig_expect(rig, "enter 1025");
}

static void
test_graze_is_swallowed(void **state)
{
	struct ear_rig *rig = *state;

	ear_rig_ear(rig, 0, X, Y, 0.1);
	assert_int_equal(ear_rig_lift(rig, 120), EAR_VERDICT_SWALLOW);
	ear_rig_expect(rig, "");
}

/* A hand covers the sensor: a finger is one after 400 ms, a tap of it is lost. */
static void
test_finger_though_near(void **state)
{
	struct ear_rig *rig = *state;
	const struct ear_patch finger = {{X, Y}, 0, 9, 8};

	assert_int_equal(ear_rig_frame(rig, 0, &finger, 1), EAR_VERDICT_SWALLOW);
	ear_rig_wait(rig, 399);
	assert_int_equal(ear_get_verdict(&rig->ear), EAR_VERDICT_SWALLOW);
	ear_rig_wait(rig, 1);
	assert_int_equal(ear_get_verdict(&rig->ear), EAR_VERDICT_PASS);
	assert_int_equal(ear_rig_lift(rig, 100), EAR_VERDICT_PASS);
	ear_rig_expect(rig, "");
}

/* A sensor that is stuck at near: the fifth tap of a finger in a row ends its word. */
static void
test_stuck_sensor(void **state)
{
	const struct ear_patch finger = {{X, Y}, 0, 12, 10};
	struct ear_rig *rig = *state;

	ear_rig_touch(rig, 0, X, Y, 300, 0, 0);
	ear_rig_expect(rig, "enter 1035");
	/* Four, and then an ear: it is one still. */
	for (unsigned i = 0; i < 4; i++)
		ear_rig_blob(rig, 700, X, Y, 12, 10, 80);
	ear_rig_touch(rig, 700, X, Y, 320, 0, 0);
	for (unsigned i = 0; i < 4; i++)
		ear_rig_blob(rig, 700, X, Y, 12, 10, 80);
	assert_true(ear_is_on(&rig->ear));
	g_string_truncate(rig->log, 0);
	ear_rig_blob(rig, 700, X, Y, 12, 10, 80);
	assert_false(ear_is_on(&rig->ear));
	assert_non_null(strstr(rig->log->str, "leave"));
	g_string_truncate(rig->log, 0);
	assert_int_equal(ear_rig_frame(rig, 500, &finger, 1), EAR_VERDICT_PASS);
	ear_rig_lift(rig, 80);
	/* Until it says something else. */
	ear_rig_proximity(rig, EAR_PROXIMITY_FAR);
	ear_rig_proximity(rig, EAR_PROXIMITY_NEAR);
	ear_rig_expect(rig, "");
	ear_rig_touch(rig, 500, X, Y, 300, 0, 0);
	assert_true(ear_is_on(&rig->ear));
}

/* Also before there was an ear at all. */
static void
test_stuck_sensor_without_ear(void **state)
{
	struct ear_rig *rig = *state;

	for (unsigned i = 0; i < 5; i++) {
		ear_rig_blob(rig, 500, X, Y, 9, 8, 80);
		assert_int_equal(rig->verdict, EAR_VERDICT_SWALLOW);
	}
	ear_rig_blob(rig, 500, X, Y, 9, 8, 80);
	assert_int_equal(rig->verdict, EAR_VERDICT_PASS);
	ear_rig_expect(rig, "");
}

/* The slowest placement: small for 390 ms, and then an ear. */
static void
test_slow_placement(void **state)
{
	struct ear_rig *rig = *state;

	for (unsigned i = 0; i < 36; i++)
		assert_int_equal(ear_rig_ear(rig, 10, X, Y, 0.1), EAR_VERDICT_SWALLOW);
	for (unsigned i = 0; i < 4; i++)
		ear_rig_ear(rig, 10, X, Y, 0.5);
	ear_rig_expect(rig, "enter 1395");
}

/* The cheek comes first, then the ear above it; both are the ear's, only the ear's way counts. */
static void
test_cheek(void **state)
{
	struct ear_rig *rig = *state;
	struct ear_patch both[] = {{{40, 112}, 0, 36, 30}, {{20, 36}, 0, 44, 20}};

	ear_rig_blob(rig, 0, 40, 112, 36, 30, 200);
	ear_rig_expect(rig, "enter 1035");
	ear_rig_wait(rig, 500);
	for (unsigned i = 0; i < 25; i++) {
		both[1].place.x = 20 + i;
		assert_int_equal(ear_rig_frame(rig, 10, both, 2), EAR_VERDICT_TAKE);
	}
	ear_rig_lift(rig, 10);
	ear_rig_wait(rig, 100);
	ear_rig_expect(rig, "swipe-right 2020");
	/* Alone where it was just now, the cheek taps nothing. */
	ear_rig_blob(rig, 0, 41, 110, 36, 30, 120);
	ear_rig_wait(rig, 1000);
	ear_rig_expect(rig, "");
}

/* --- by command ------------------------------------------------------------------------------- */

static void
test_mode(void **state)
{
	struct ear_rig *rig = *state;

	ear_rig_proximity(rig, EAR_PROXIMITY_FAR);
	set_mode(rig, true);
	ear_rig_expect(rig, "enter 1000");
	/* Even a fingertip, though the sensor says far; the first touch arrives, so it is none. */
	assert_int_equal(ear_rig_ear(rig, 10, X, Y, 0.1), EAR_VERDICT_TAKE);
	ear_rig_lift(rig, 60);
	ear_rig_wait(rig, 500);
	ear_rig_ear(rig, 0, X, Y, 0.1);
	ear_rig_lift(rig, 60);
	ear_rig_wait(rig, 60000);
	ear_rig_expect(rig, "tap 1980");
	set_mode(rig, true); /* said twice: harmless */
	ear_rig_expect(rig, "");
	set_mode(rig, false);
	ear_rig_expect(rig, "leave 61630");
	set_mode(rig, false);
	ear_rig_expect(rig, "");
}

static void
seen(void *data, const struct ear_seen *what)
{
	struct ear_rig *rig = data;

	g_string_append_printf(rig->log, "%s%s of %u, %.0f mm, %" G_GUINT64_FORMAT " ms",
			       rig->log->len ? ", " : "", what->ear ? "ear" : "touch",
			       what->patches, what->size_mm, what->lasted.us / 1000);
}

/* By command and without a sensor: it has a while to come, and is left 3 s after it went. */
static void
test_mode_unknown(void **state)
{
	struct ear_rig *rig = *state;

	set_mode(rig, true);
	ear_rig_expect(rig, "enter 1000");
	ear_rig_wait(rig, 14000);
	ear_rig_touch(rig, 0, X, Y, 300, 0, 0);
	ear_rig_touch(rig, 2500, X, Y, 120, 0, 0);
	ear_rig_wait(rig, 2000);
	ear_rig_expect(rig, "tap 18270");
	ear_rig_wait(rig, 2000);
	ear_rig_expect(rig, "leave 20920");
	/* And is not on again by itself. */
	ear_rig_blob(rig, 0, X, Y, 9, 8, 80);
	ear_rig_no_ear(rig);
	set_mode(rig, true);
	ear_rig_wait(rig, 16000);
	ear_rig_expect(rig, "enter 23000, leave 38000");
}

/* By command, and the sensor says that it was near and is far. */
static void
test_mode_ends_far(void **state)
{
	struct ear_rig *rig = *state;

	set_mode(rig, true);
	ear_rig_touch(rig, 0, X, Y, 300, 0, 0);
	ear_rig_proximity(rig, EAR_PROXIMITY_FAR);
	ear_rig_expect(rig, "enter 1000, leave 1300");
	ear_rig_proximity(rig, EAR_PROXIMITY_UNKNOWN);
	ear_rig_no_ear(rig);
}

/* What a touch was like is told at its end, an ear's and a finger's. */
static void
test_seen(void **state)
{
	struct ear_rig *rig = *state;

	rig->ear.output.seen = seen;
	ear_rig_touch(rig, 0, X, Y, 300, 0, 0);
	ear_rig_expect(rig, "enter 1035, ear of 2, 50 mm, 300 ms");
	set_mode(rig, false);
	ear_rig_expect(rig, "leave 1300");
	/* Off until it was away, nobody looks. */
	ear_rig_blob(rig, 500, X, Y, 9, 8, 80);
	ear_rig_expect(rig, "");
	ear_rig_proximity(rig, EAR_PROXIMITY_FAR);
	ear_rig_proximity(rig, EAR_PROXIMITY_NEAR);
	ear_rig_blob(rig, 500, X, Y, 9, 8, 80);
	ear_rig_expect(rig, "touch of 1, 12 mm, 80 ms");
}

/* Off by command while near: off until the phone was away. */
static void
test_dismissed(void **state)
{
	struct ear_rig *rig = *state;

	ear_rig_touch(rig, 0, X, Y, 300, 0, 0);
	set_mode(rig, false);
	ear_rig_expect(rig, "enter 1035, leave 1300");
	ear_rig_touch(rig, 500, X, Y, 300, 0, 0);
	ear_rig_expect(rig, "");
	ear_rig_proximity(rig, EAR_PROXIMITY_FAR);
	ear_rig_proximity(rig, EAR_PROXIMITY_NEAR);
	ear_rig_touch(rig, 500, X, Y, 300, 0, 0);
	ear_rig_expect(rig, "enter 2635");
}

/* Without a sensor, off until nothing has touched for 3 s; off while it was off means nothing. */
static void
test_dismissed_unknown(void **state)
{
	struct ear_rig *rig = *state;

	set_mode(rig, false);
	ear_rig_touch(rig, 0, X, Y, 300, 0, 0);
	ear_rig_expect(rig, "enter 1040");
	set_mode(rig, false);
	ear_rig_expect(rig, "leave 1300");
	ear_rig_touch(rig, 500, X, Y, 300, 0, 0);
	ear_rig_expect(rig, "");
	ear_rig_touch(rig, 3000, X, Y, 300, 0, 0);
	ear_rig_expect(rig, "enter 5140");
}

/* What touches when it is turned on is the ear's too, and no gesture. */
static void
test_mode_while_touched(void **state)
{
	struct ear_rig *rig = *state;

	assert_int_equal(ear_rig_ear(rig, 0, X, Y, 0.1), EAR_VERDICT_PASS);
	set_mode(rig, true);
	assert_int_equal(ear_get_verdict(&rig->ear), EAR_VERDICT_TAKE);
	ear_rig_lift(rig, 60);
	ear_rig_wait(rig, 1000);
	ear_rig_expect(rig, "enter 1000");
}

/* The sensor's service dies at the ear: it goes on by the shape alone, and leaves after 3 s. */
static void
test_sensor_dies(void **state)
{
	struct ear_rig *rig = *state;

	ear_rig_touch(rig, 0, X, Y, 300, 0, 0);
	ear_rig_proximity(rig, EAR_PROXIMITY_UNKNOWN);
	ear_rig_expect(rig, "enter 1035");
	ear_rig_touch(rig, 500, X, Y, 120, 0, 0);
	ear_rig_wait(rig, 4000);
	ear_rig_expect(rig, "tap 2270, leave 4920");
}

static void
test_stop(void **state)
{
	struct ear_rig *rig = *state;

	ear_rig_touch(rig, 0, X, Y, 300, 0, 0);
	set_mode(rig, true);
	ear_rig_ear(rig, 200, X, Y, 1);
	ear_stop(&rig->ear, true, usec_from_ms(rig->ms));
	ear_rig_expect(rig, "enter 1035, leave 1500");
	assert_int_equal(ear_get_verdict(&rig->ear), EAR_VERDICT_PASS);
	assert_int_equal(rig->ear.proximity, EAR_PROXIMITY_UNKNOWN);
	ear_rig_lift(rig, 10);
	ear_rig_no_ear(rig);
}

int
main(void)
{
#define NEAR(test)    cmocka_unit_test_setup_teardown(test, setup_near, teardown)
#define UNKNOWN(test) cmocka_unit_test_setup_teardown(test, setup_unknown, teardown)
	const struct CMUnitTest tests[] = {
	    NEAR(test_near),
	    NEAR(test_near_without_frames),
	    NEAR(test_graze_is_swallowed),
	    NEAR(test_finger_though_near),
	    NEAR(test_stuck_sensor),
	    NEAR(test_stuck_sensor_without_ear),
	    NEAR(test_slow_placement),
	    NEAR(test_cheek),
	    UNKNOWN(test_mode),
	    UNKNOWN(test_mode_unknown),
	    NEAR(test_mode_ends_far),
	    NEAR(test_seen),
	    NEAR(test_dismissed),
	    UNKNOWN(test_dismissed_unknown),
	    UNKNOWN(test_mode_while_touched),
	    NEAR(test_sensor_dies),
	    NEAR(test_stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
