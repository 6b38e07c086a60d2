/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * More than one contact: chords, hands that hold the device, and the five fingers that make every
 * touch pass.
 * Run by tests/run.
 * Owns one rig a test.
 */
#include "tests/unit/core_rig.h"

static int
setup(void **state)
{
	static const int axes[] = {ABS_MT_TOUCH_MAJOR};

	*state = rig_new(RIG_SLOTS, axes, 1);
	return 0;
}

static int
teardown(void **state)
{
	rig_free(*state);
	return 0;
}

static void
size(struct rig *rig, int slot, double major_mm)
{
	rig_axis(rig, slot, ABS_MT_TOUCH_MAJOR, (int32_t)lround(major_mm * 10));
}

static void
test_chord(void **state)
{
	struct rig *rig = *state;

	rig_down(rig, 0, 65, 60);
	rig_frame(rig, 10);
	rig_down(rig, 1, 5, 60);
	rig_frame(rig, 80);
	rig_expect(rig, "right-top down 1010, left-top down 1090, left-top+right-top down 1090, "
			"right-top cancel 1090, left-top cancel 1090");
	rig_up(rig, 0);
	rig_frame(rig, 120);
	rig_expect(rig, "left-top+right-top up 1210");
	/* What is left of it is nobody's, however long it stays. */
	rig_wait(rig, 3000);
	rig_up(rig, 1);
	rig_frame(rig, 10);
	assert_int_equal(rig->landed, 0);
	rig_expect_end(rig);
}

static void
test_chord_in_one_frame_of_one_edge(void **state)
{
	struct rig *rig = *state;

	rig_down(rig, 0, 5, 60);
	rig_down(rig, 1, 5, 110);
	rig_frame(rig, 10);
	rig_up(rig, 0);
	rig_up(rig, 1);
	rig_frame(rig, 100);
	rig_expect(rig, "left-top down 1010, left-bottom down 1010, "
			"left-top+left-bottom down 1010, left-top cancel 1010, "
			"left-bottom cancel 1010, left-top+left-bottom up 1110");
	rig_expect_end(rig);
}

static void
test_chord_held(void **state)
{
	struct rig *rig = *state;

	rig_down(rig, 0, 5, 60);
	rig_frame(rig, 10);
	rig_down(rig, 1, 65, 60);
	rig_frame(rig, 100);
	g_string_truncate(rig->log, 0);
	rig_wait(rig, 650);
	rig_expect(rig, "left-top+right-top hold 1710");
	/* And then it is two hands that hold the device. */
	rig_wait(rig, 1000);
	rig_expect(rig, "left-top+right-top cancel 2510");
	rig_up(rig, 0);
	rig_up(rig, 1);
	rig_frame(rig, 10);
	assert_int_equal(rig->landed, 0);
	rig_expect_end(rig);
}

static void
test_two_presses_are_no_chord(void **state)
{
	struct rig *rig = *state;

	rig_down(rig, 0, 5, 60);
	rig_frame(rig, 10);
	rig_down(rig, 1, 65, 60);
	rig_frame(rig, 151);
	rig_up(rig, 0);
	rig_frame(rig, 20);
	rig_up(rig, 1);
	rig_frame(rig, 50);
	rig_expect(rig, "left-top down 1010, right-top down 1161, left-top up 1181, "
			"right-top up 1231");
	rig_expect_end(rig);
}

static void
test_chord_that_slides_off(void **state)
{
	struct rig *rig = *state;

	rig_down(rig, 0, 5, 60);
	rig_down(rig, 1, 65, 60);
	rig_frame(rig, 10);
	g_string_truncate(rig->log, 0);
	rig_move(rig, 0, 30, 60, 100);
	rig_expect(rig, "left-top+right-top cancel 1030");
	rig_up(rig, 1);
	rig_frame(rig, 10);
	rig_up(rig, 0);
	rig_frame(rig, 10);
	assert_int_equal(rig->landed, 1);
	rig_expect_end(rig);
}

static void
test_third_pad_and_a_second_chord(void **state)
{
	struct rig *rig = *state;

	rig_down(rig, 0, 5, 60);
	rig_down(rig, 1, 65, 60);
	rig_frame(rig, 10);
	g_string_truncate(rig->log, 0);
	rig_down(rig, 2, 5, 110);
	rig_frame(rig, 40);
	rig_expect(rig, "left-bottom down 1050");
	rig_down(rig, 3, 65, 110);
	rig_frame(rig, 10);
	rig_expect(rig, "right-bottom down 1060, left-bottom+right-bottom down 1060, "
			"left-bottom cancel 1060, right-bottom cancel 1060");
	core_set_listening(rig->core, false, usec_from_ms(rig->ms));
	rig_expect(rig, "left-top+right-top cancel 1060, left-bottom+right-bottom cancel 1060");
	assert_int_equal(rig_clone_down(rig), 4);
	for (int slot = 0; slot < 4; slot++)
		rig_up(rig, slot);
	rig_frame(rig, 10);
	rig_expect_end(rig);
}

static void
test_wide_contact_is_a_hand(void **state)
{
	struct rig *rig = *state;

	rig_down(rig, 0, 5, 60);
	size(rig, 0, 25);
	rig_frame(rig, 10);
	rig_up(rig, 0);
	rig_frame(rig, 100);
	rig_expect(rig, "");
	/* A thumb is not, also when it is a large one, nor a thumb's press that grows. */
	rig_down(rig, 0, 5, 60);
	size(rig, 0, 12);
	rig_frame(rig, 60);
	size(rig, 0, 24);
	rig_frame(rig, 10);
	rig_up(rig, 0);
	rig_frame(rig, 50);
	rig_expect(rig, "left-top down 1170, left-top up 1230");
	/* What begins as a thumb and widens is one after all. */
	rig_down(rig, 0, 5, 85);
	size(rig, 0, 12);
	rig_frame(rig, 60);
	size(rig, 0, 30);
	rig_frame(rig, 20);
	rig_expect(rig, "left-middle down 1290, left-middle cancel 1310");
	rig_up(rig, 0);
	rig_frame(rig, 50);
	assert_int_equal(rig->landed, 0);
	rig_expect_end(rig);
}

static void
test_panel_that_lies_about_sizes(void **state)
{
	struct rig *rig = *state;

	/* Every finger reads 77 mm here, so that says nothing: after three the pads work. */
	for (int i = 0; i < 4; i++) {
		rig_down(rig, 0, 5, 60);
		size(rig, 0, 77 + i % 2);
		rig_frame(rig, 100);
		rig_up(rig, 0);
		rig_frame(rig, 60);
	}
	rig_expect(rig, "left-top down 1580, left-top up 1640");
	/* Unless its owner has measured what a thumb is. */
	core_set_major_scale(rig->core, 0.2);
	rig_tap(rig, 0, 5, 85, 60);
	rig_expect(rig, "left-middle down 1650, left-middle up 1710");
	rig_down(rig, 0, 5, 60);
	size(rig, 0, 150);
	rig_frame(rig, 100);
	rig_up(rig, 0);
	rig_frame(rig, 60);
	rig_expect_end(rig);
}

static void
test_neighbours_are_a_hand(void **state)
{
	struct rig *rig = *state;

	/* One neighbour is none: a finger beside the pad is the app's, and the press a press. */
	rig_down(rig, 0, 4, 72);
	rig_frame(rig, 10);
	rig_down(rig, 1, 5, 60);
	rig_frame(rig, 200);
	rig_expect(rig, "left-top down 1210");
	/* A second one makes a hand of it; across the screen it would not. */
	rig_down(rig, 2, 68, 72);
	rig_frame(rig, 10);
	rig_expect(rig, "");
	rig_down(rig, 3, 4, 98);
	rig_frame(rig, 10);
	rig_expect(rig, "left-top cancel 1230");
	for (int slot = 0; slot < 4; slot++)
		rig_up(rig, slot);
	rig_frame(rig, 10);
	/* Three pads of an edge at once are nothing from the start. */
	rig_wait(rig, 100);
	for (int slot = 0; slot < 3; slot++)
		rig_down(rig, slot, 65, 60 + 25 * slot);
	rig_frame(rig, 10);
	for (int slot = 0; slot < 3; slot++)
		rig_up(rig, slot);
	rig_frame(rig, 100);
	assert_int_equal(rig->landed, 3);
	rig_expect_end(rig);
}

static void
test_hand_that_moves_inward(void **state)
{
	struct rig *rig = *state;

	rig_down(rig, 0, 65, 60);
	rig_frame(rig, 10);
	rig_wait(rig, 2000);
	g_string_truncate(rig->log, 0);
	/* Along the edge it stays a hand. */
	rig_move(rig, 0, 65, 100, 200);
	assert_int_equal(rig->landed, 0);
	assert_int_equal(core_slot_owner(rig->core, 0), CORE_OWNER_GRIP);
	rig_move(rig, 0, 40, 100, 200);
	assert_int_equal(rig->landed, 1);
	assert_float_equal(rig->clone[0].x, 40, 0.01);
	assert_true(core_get_counts(rig->core).withheld_max.us <= 60000);
	rig_up(rig, 0);
	rig_frame(rig, 10);
	rig_expect_end(rig);
}

static void
test_hand_given_up_is_not_late(void **state)
{
	struct rig *rig = *state;

	rig_down(rig, 0, 65, 60);
	rig_frame(rig, 10);
	rig_wait(rig, 2000);
	rig_move(rig, 0, 65, 100, 200);
	rig_wait(rig, 3000);
	core_set_listening(rig->core, false, usec_from_ms(rig->ms));
	assert_int_equal(rig_clone_down(rig), 1);
	assert_int_equal(core_get_counts(rig->core).withheld_max.us, 0);
	rig_up(rig, 0);
	rig_frame(rig, 10);
	rig_expect(rig, "right-top down 1010, right-top hold 1610, right-top cancel 2510");
	rig_expect_end(rig);
}

/* --- five fingers --- */

static void
five(struct rig *rig, double major_mm)
{
	for (int slot = 0; slot < 5; slot++) {
		rig_down(rig, slot, 15 + 13 * slot, slot == 0 ? 70 : 40);
		size(rig, slot, major_mm);
	}
	rig_frame(rig, 10);
}

static void
lift_five(struct rig *rig)
{
	for (int slot = 0; slot < 5; slot++)
		rig_up(rig, slot);
	rig_frame(rig, 10);
}

static void
test_escape(void **state)
{
	struct rig *rig = *state;

	five(rig, 9);
	for (int i = 0; i < 49; i++) {
		rig_at(rig, 0, 15 + i % 2, 70);
		rig_frame(rig, 100);
	}
	rig_expect(rig, "");
	rig_wait(rig, 100);
	rig_expect(rig, "escape on 6010");
	lift_five(rig);
	/* Every touch passes, on the pads too. */
	rig->landed = 0;
	rig_tap(rig, 0, 5, 60, 60);
	assert_int_equal(rig->landed, 1);
	/* A daemon that comes meanwhile is told. */
	core_set_listening(rig->core, false, usec_from_ms(rig->ms));
	core_set_listening(rig->core, true, usec_from_ms(rig->ms));
	rig_expect(rig, "escape on 6090");
	rig_wait(rig, 60000);
	rig_expect(rig, "escape off 66010");
	rig_tap(rig, 0, 5, 60, 60);
	rig_expect(rig, "left-top down 66100, left-top up 66160");
	rig_expect_end(rig);
}

static void
test_escape_hands_over_what_is_on_the_pads(void **state)
{
	struct rig *rig = *state;

	for (int slot = 0; slot < 3; slot++)
		rig_down(rig, slot, 5, 60 + 25 * slot);
	rig_down(rig, 3, 40, 40);
	rig_down(rig, 4, 55, 40);
	rig_frame(rig, 10);
	assert_int_equal(rig_clone_down(rig), 2);
	rig_wait(rig, 5000);
	rig_expect(rig, "escape on 6010");
	assert_int_equal(rig_clone_down(rig), 5);
	lift_five(rig);
	rig_expect_end(rig);
}

static void
test_no_escape(void **state)
{
	struct rig *rig = *state;

	/* One moves after four seconds. */
	five(rig, 9);
	rig_wait(rig, 4000);
	rig_at(rig, 2, 41, 46);
	rig_frame(rig, 10);
	rig_wait(rig, 4000);
	lift_five(rig);
	/* Patches too wide, or too near to each other, for fingers: an ear, a cheek. */
	five(rig, 30);
	rig_wait(rig, 8000);
	lift_five(rig);
	for (int slot = 0; slot < 5; slot++) {
		rig_down(rig, slot, 20 + 8 * slot, 40);
		size(rig, slot, 9);
	}
	rig_frame(rig, 10);
	rig_wait(rig, 8000);
	lift_five(rig);
	/* Four. */
	five(rig, 9);
	rig_up(rig, 4);
	rig_frame(rig, 10);
	rig_wait(rig, 8000);
	rig->panel[4].id = -1;
	for (int slot = 0; slot < 4; slot++)
		rig_up(rig, slot);
	rig_frame(rig, 10);
	/* A kiosk. */
	core_set_escape(rig->core, false);
	five(rig, 9);
	rig_wait(rig, 8000);
	lift_five(rig);
	rig_expect_end(rig);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
	    TEST(test_chord),
	    TEST(test_chord_in_one_frame_of_one_edge),
	    TEST(test_chord_held),
	    TEST(test_two_presses_are_no_chord),
	    TEST(test_chord_that_slides_off),
	    TEST(test_third_pad_and_a_second_chord),
	    TEST(test_wide_contact_is_a_hand),
	    TEST(test_panel_that_lies_about_sizes),
	    TEST(test_neighbours_are_a_hand),
	    TEST(test_hand_that_moves_inward),
	    TEST(test_hand_given_up_is_not_late),
	    TEST(test_escape),
	    TEST(test_escape_hands_over_what_is_on_the_pads),
	    TEST(test_no_escape),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
