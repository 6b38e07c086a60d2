/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A calibration's presses: which are taken, which are refused and with which words.
 * Run by tests/run.
 * Owns nothing.
 */
#include "tests/unit/calibrate_rig.h"

static void
six_pads(void **state)
{
	struct fixture *fixture = *state;

	answer(fixture, 0);
	assert_string_equal(fixture->text,
			    "Calibration of six buttons. Press left top, three times.");
	pass(fixture, 5000);
	press(fixture, 4, 60);
	assert_int_equal(fixture->step, CALIBRATE_COUNTED);
	assert_string_equal(fixture->text, "One");
	press(fixture, 5, 61);
	assert_string_equal(fixture->text, "Two");
	assert_int_equal(fixture->presses, 2);
	press(fixture, 5.5, 59.5);
	assert_string_equal(fixture->text, "Left top is done. Press left middle, three times.");
	assert_int_equal(fixture->presses, 0);
	for (unsigned i = 1; i < PAD_COUNT; i++) {
		assert_int_equal(fixture->pad, i);
		assert_int_equal(fixture->kept, 0);
		press_three(fixture, places[i].x, places[i].y);
	}
	assert_int_equal(fixture->kept, 1);
	assert_int_equal(fixture->film.panel, PANEL);
	for (unsigned i = 0; i < PAD_COUNT; i++) {
		assert_int_equal(fixture->film.pads[i].x_um, (int)(places[i].x * 1000));
		assert_int_equal(fixture->film.pads[i].y_um, (int)(places[i].y * 1000));
		assert_in_range(fixture->film.pads[i].radius_um, 6000, 7000);
	}
	/* A thumb of 15.5 mm that the panel calls 10. */
	assert_int_equal(fixture->film.major_permille, 1550);
	assert_true(calibrate_is_running(fixture->calibrate));
	answer(fixture, 0);
	assert_int_equal(fixture->step, CALIBRATE_DONE);
	assert_false(calibrate_is_running(fixture->calibrate));
}

static void
spread_is_refused(void **state)
{
	struct fixture *fixture = *state;

	answer(fixture, 0);
	press(fixture, 5, 60);
	press(fixture, 5, 61);
	press(fixture, 5, 65.2);
	assert_int_equal(fixture->step, CALIBRATE_REFUSED);
	assert_string_equal(fixture->text,
			    "These presses were 5 millimetres apart, so they were not all of one "
			    "button. Press left top, three times.");
	assert_int_equal(fixture->presses, 0);
	/* Just within. */
	press(fixture, 5, 60);
	press(fixture, 5, 61);
	press(fixture, 5, 64);
	assert_int_equal(fixture->pad, PAD_LEFT_MIDDLE);
}

static void
near_pads_are_refused(void **state)
{
	struct fixture *fixture = *state;

	answer(fixture, 0);
	press_three(fixture, 5, 60);
	pass(fixture, 4000);
	press_three(fixture, 5, 71.5);
	assert_int_equal(fixture->step, CALIBRATE_REFUSED);
	assert_string_equal(fixture->text, "Left middle is only 11 millimetres from left top, and "
					   "12 are needed. Press left middle, three times.");
	pass(fixture, 4000);
	/* Perhaps it was left top that was wrong. */
	press_three(fixture, 5, 63);
	assert_string_equal(fixture->text, "That was where left top is. Both are measured again. "
					   "Press left top, three times.");
	pass(fixture, 4000);
	press_three(fixture, 5, 48);
	assert_int_equal(fixture->pad, PAD_LEFT_MIDDLE);
	pass(fixture, 4000);
	press_three(fixture, 5, 60.5);
	assert_int_equal(fixture->pad, PAD_LEFT_BOTTOM);
	assert_int_equal(fixture->step, CALIBRATE_ASK);
}

static void
near_pads_share_the_room(void **state)
{
	struct fixture *fixture = *state;

	answer(fixture, 0);
	for (unsigned i = 0; i < PAD_COUNT; i++) {
		double y = 60 + (i % 3) * 12.4;

		/* Somebody whose presses scatter. */
		press(fixture, places[i].x - 1.9, y);
		press(fixture, places[i].x, y);
		press(fixture, places[i].x + 1.9, y);
	}
	assert_int_equal(fixture->kept, 1);
	for (unsigned i = 0; i < PAD_COUNT; i++)
		assert_int_equal(fixture->film.pads[i].radius_um, 6200);
}

static void
scatter_widens_the_radius(void **state)
{
	struct fixture *fixture = *state;

	answer(fixture, 0);
	for (unsigned i = 0; i < PAD_COUNT; i++) {
		press(fixture, places[i].x - 1.9, places[i].y);
		press(fixture, places[i].x, places[i].y);
		press(fixture, places[i].x + 1.9, places[i].y);
	}
	/* 3 + 2.15 x the root of 1.5 x 1.9 squared x 2 / 3. */
	assert_in_range(fixture->film.pads[0].radius_um, 7084, 7086);
}

static void
strange_touches_are_not_taken(void **state)
{
	struct fixture *fixture = *state;
	unsigned told;

	answer(fixture, 0);
	contact(fixture, 5, 60, 8, 10, 200);
	assert_string_equal(fixture->text, "That slid. Press, and let go.");
	contact(fixture, 5, 60, 1, 10, 2500);
	assert_string_equal(fixture->text, "That was long. Press, and let go at once.");
	/* A finger that feels its way along the edge. */
	told = fixture->told;
	contact(fixture, 5, 20, 60, 10, 3000);
	assert_int_equal(fixture->told, told);
	/* Two at once. */
	send(fixture, 100, PRESS_DOWN, 5, 60, 0, 10, 0);
	pass(fixture, 30);
	send(fixture, 101, PRESS_DOWN, 5, 84, 0, 10, 0);
	pass(fixture, 60);
	send(fixture, 100, PRESS_UP, 5, 60, 0, 10, 90);
	assert_string_equal(fixture->text, "Two fingers were there. Press with one.");
	send(fixture, 101, PRESS_UP, 5, 84, 0, 10, 60);
	assert_int_equal(fixture->presses, 0);
	/* Lost in a dropped frame. */
	send(fixture, 102, PRESS_DOWN, 5, 60, 0, 10, 0);
	send(fixture, 102, PRESS_CANCEL, 5, 60, 0, 10, 0);
	pass(fixture, 500);
	press(fixture, 5, 60);
	assert_string_equal(fixture->text, "One");
	/* A bounce: down again 20 ms after it lifted. */
	send(fixture, 103, PRESS_DOWN, 5, 60, 0, 10, 0);
	fixture->now_ms += 100;
	send(fixture, 103, PRESS_UP, 5, 60, 0, 10, 100);
	assert_string_equal(fixture->text, "Two");
	fixture->now_ms += 20;
	send(fixture, 104, PRESS_DOWN, 5, 60, 0, 10, 0);
	fixture->now_ms += 30;
	send(fixture, 104, PRESS_UP, 5, 60, 0, 10, 30);
	assert_string_equal(fixture->text, "Two");
	/* Another panel's. */
	struct link_sample other = {.panel = PANEL + 1, .contact = 1, .phase = PRESS_UP};
	calibrate_sampled(fixture->calibrate, &other, now(fixture));
	assert_string_equal(fixture->text, "Two");
}

/* The hand that holds the device lies on the edge all the time. */
static void
a_hand_does_not_spoil(void **state)
{
	struct fixture *fixture = *state;

	answer(fixture, 0);
	send(fixture, 100, PRESS_DOWN, 66, 100, 0, 25, 0);
	pass(fixture, 2500);
	press(fixture, 5, 60);
	assert_string_equal(fixture->text, "One");
}

static void
one_press_too_many(void **state)
{
	struct fixture *fixture = *state;

	answer(fixture, 0);
	press_three(fixture, 5, 60);
	assert_int_equal(fixture->pad, PAD_LEFT_MIDDLE);
	press(fixture, 5, 60);
	assert_int_equal(fixture->presses, 0);
	assert_int_equal(fixture->step, CALIBRATE_ASK);
	/* Once its sentence has been heard, a press is meant. */
	pass(fixture, 4000);
	press(fixture, 5, 60);
	assert_string_equal(fixture->text, "One");
}

static void
size_unknown(void **state)
{
	struct fixture *fixture = *state;

	answer(fixture, 0);
	for (unsigned i = 0; i < PAD_COUNT * 3; i++)
		contact(fixture, places[i / 3].x, places[i / 3].y, 0, i < 8 ? 10 : 0, 100);
	assert_int_equal(fixture->kept, 1);
	assert_int_equal(fixture->film.major_permille, 0);
	assert_int_equal(fixture->film.pads[0].radius_um, 6000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(six_pads),
	    TEST(spread_is_refused),
	    TEST(near_pads_are_refused),
	    TEST(near_pads_share_the_room),
	    TEST(scatter_widens_the_radius),
	    TEST(strange_touches_are_not_taken),
	    TEST(a_hand_does_not_spoil),
	    TEST(one_press_too_many),
	    TEST(size_unknown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
