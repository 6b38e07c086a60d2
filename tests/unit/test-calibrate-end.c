/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a calibration ends: by itself, by a word, by doing nothing, by trouble.
 * Run by tests/run.
 * Owns nothing.
 */
#include "tests/unit/calibrate_rig.h"

static void
left_by_doing_nothing(void **state)
{
	struct fixture *fixture = *state;

	answer(fixture, 0);
	/* 3 s of speech, and 20. */
	pass(fixture, 22900);
	assert_true(fixture->on);
	pass(fixture, 200);
	assert_int_equal(fixture->step, CALIBRATE_LEFT);
	assert_string_equal(fixture->text, "Nothing was pressed for 20 seconds, so calibration is "
					   "left. The buttons stay where they were.");
	assert_false(fixture->on);
	assert_int_equal(fixture->kept, 0);
	/* And can be begun again. */
	assert_int_equal(calibrate_start(fixture->calibrate, PANEL, now(fixture)), 0);
	answer(fixture, 0);
	press_all(fixture);
	assert_int_equal(fixture->kept, 1);
}

static void
left_in_the_middle(void **state)
{
	struct fixture *fixture = *state;

	answer(fixture, 0);
	press_three(fixture, 5, 60);
	press(fixture, 5, 84);
	pass(fixture, 23100);
	assert_int_equal(fixture->step, CALIBRATE_LEFT);
	assert_int_equal(fixture->kept, 0);
	assert_false(fixture->on);
}

static void
left_with_a_voice_that_hangs(void **state)
{
	struct fixture *fixture = *state;

	fixture->voice_hangs = true;
	answer(fixture, 0);
	pass(fixture, 44900);
	assert_true(calibrate_is_running(fixture->calibrate));
	pass(fixture, 200);
	assert_int_equal(fixture->step, CALIBRATE_LEFT);
}

/* In a pocket something touches it all the time. */
static void
left_when_nothing_is_taken(void **state)
{
	struct fixture *fixture = *state;

	answer(fixture, 0);
	for (unsigned i = 0; i < 11; i++) {
		pass(fixture, 9700);
		assert_true(fixture->on);
		contact(fixture, 30, 30, 50, 10, 700);
	}
	pass(fixture, 4400);
	assert_int_equal(fixture->step, CALIBRATE_LEFT);
	assert_false(fixture->on);
}

static void
left_by_a_word(void **state)
{
	struct fixture *fixture = *state;

	answer(fixture, 0);
	press_three(fixture, 5, 60);
	calibrate_stop(fixture->calibrate, now(fixture));
	assert_int_equal(fixture->step, CALIBRATE_LEFT);
	assert_string_equal(fixture->text,
			    "Calibration is left. The buttons stay where they were.");
	assert_false(fixture->on);
	/* Late samples of it are nobody's. */
	unsigned told = fixture->told;
	press(fixture, 5, 84);
	answer(fixture, 0);
	assert_int_equal(fixture->told, told);
}

/* Once the driver was asked to keep it, only its answer says what is true. */
static void
too_late_to_leave(void **state)
{
	struct fixture *fixture = *state;

	answer(fixture, 0);
	press_all(fixture);
	calibrate_stop(fixture->calibrate, now(fixture));
	assert_true(calibrate_is_running(fixture->calibrate));
	/* Of what was asked before. */
	calibrate_answered(
	    fixture->calibrate,
	    &(struct link_calibration_done){.panel = PANEL, .request = LINK_CALIBRATE},
	    now(fixture));
	assert_true(calibrate_is_running(fixture->calibrate));
	answer(fixture, 0);
	assert_int_equal(fixture->step, CALIBRATE_DONE);
}

static void
not_kept(void **state)
{
	struct fixture *fixture = *state;

	answer(fixture, 0);
	press_all(fixture);
	answer(fixture, -EROFS);
	assert_int_equal(fixture->step, CALIBRATE_FAILED);
	assert_string_equal(fixture->text,
			    "The calibration could not be kept: its folder cannot be written. Make "
			    "/var/lib/sidetouch writable for the touch driver, and calibrate "
			    "again. The buttons stay where they were.");
	assert_false(calibrate_is_running(fixture->calibrate));
}

static void
driver_does_not_answer(void **state)
{
	struct fixture *fixture = *state;

	pass(fixture, 11000);
	assert_int_equal(fixture->step, CALIBRATE_FAILED);
	assert_false(fixture->on);
	assert_int_equal(calibrate_start(fixture->calibrate, PANEL, now(fixture)), 0);
	answer(fixture, 0);
	press_all(fixture);
	pass(fixture, 11000);
	assert_int_equal(fixture->step, CALIBRATE_FAILED);
	assert_false(calibrate_is_running(fixture->calibrate));
}

static void
driver_refuses(void **state)
{
	struct fixture *fixture = *state;

	answer(fixture, -ERANGE);
	assert_int_equal(fixture->step, CALIBRATE_FAILED);
	assert_non_null(strstr(fixture->text, "does not tell its size"));
}

static void
driver_goes(void **state)
{
	struct fixture *fixture = *state;

	answer(fixture, 0);
	press_three(fixture, 5, 60);
	calibrate_fail(fixture->calibrate, "It went.");
	assert_int_equal(fixture->step, CALIBRATE_FAILED);
	assert_false(calibrate_is_running(fixture->calibrate));
}

/* Each touch and sentence says that it goes on: the driver gives up after a minute without. */
static void
driver_is_told_that_it_goes_on(void **state)
{
	struct fixture *fixture = *state;
	unsigned renewed;

	answer(fixture, 0);
	renewed = fixture->renewed;
	send(fixture, 7, PRESS_DOWN, 5, 60, 0, 10, 0);
	assert_int_equal(fixture->renewed, renewed + 1);
	fixture->now_ms += 100;
	send(fixture, 7, PRESS_UP, 5, 60, 0, 10, 100);
	assert_int_equal(fixture->renewed, renewed + 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(left_by_doing_nothing),
	    TEST(left_in_the_middle),
	    TEST(left_with_a_voice_that_hangs),
	    TEST(left_when_nothing_is_taken),
	    TEST(left_by_a_word),
	    TEST(too_late_to_leave),
	    TEST(not_kept),
	    TEST(driver_does_not_answer),
	    TEST(driver_refuses),
	    TEST(driver_goes),
	    TEST(driver_is_told_that_it_goes_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
