/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What panels differ in, one test each: slots, ids, dropped frames, the touch button, palms and
 * hovering fingers; with presses among it, and the clone that follows.
 * Run by tests/run.
 * Owns one rig a test.
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

static void
test_id_that_replaces_another(void **state)
{
	struct rig *rig = *state;

	/* On a pad: the old press ends, and what follows at once is its bounce. */
	rig_down(rig, 0, 5, 60);
	rig_frame(rig, 10);
	rig_down(rig, 0, 5, 60);
	rig_frame(rig, 30);
	rig_up(rig, 0);
	rig_frame(rig, 30);
	rig_expect(rig, "left-top down 1010, left-top up 1040");
	/* Elsewhere: the clone sees the lift that the panel did not send. */
	rig_down(rig, 0, 30, 60);
	rig_frame(rig, 10);
	rig_down(rig, 0, 35, 60);
	rig_frame(rig, 10);
	assert_int_equal(rig->landed, 2);
	rig_up(rig, 0);
	rig_frame(rig, 10);
	/* The same id in two slots: each contact is its own. */
	rig->next_id = 7;
	rig_down(rig, 0, 30, 60);
	rig->next_id = 7;
	rig_down(rig, 1, 5, 60);
	rig_frame(rig, 10);
	rig_up(rig, 0);
	rig_up(rig, 1);
	rig_frame(rig, 60);
	rig_expect(rig, "left-top down 1110, left-top up 1170");
	assert_int_equal(rig->landed, 3);
	rig_expect_end(rig);
}

static void
resync(struct rig *rig)
{
	struct core_slot slots[RIG_SLOTS] = {{0}};

	for (unsigned i = 0; i < RIG_SLOTS; i++) {
		slots[i].tracking_id = rig->panel[i].id;
		slots[i].value[ABS_MT_POSITION_X] = (int32_t)lround(rig->panel[i].x * 10);
		slots[i].value[ABS_MT_POSITION_Y] = (int32_t)lround(rig->panel[i].y * 10);
	}
	core_resync(rig->core, usec_from_ms(rig->ms), slots, RIG_SLOTS);
}

static void
test_dropped_frames(void **state)
{
	struct rig *rig = *state;

	/* Still the same contact: the press goes on. */
	rig_down(rig, 0, 5, 60);
	rig_frame(rig, 10);
	resync(rig);
	rig_up(rig, 0);
	rig_frame(rig, 50);
	rig_expect(rig, "left-top down 1010, left-top up 1060");
	/* Lifted unseen, and another landed on a pad unseen: that one is the clone's. */
	rig_down(rig, 0, 5, 60);
	rig_frame(rig, 100);
	rig->panel[0] = (struct rig_slot){.id = 50, .x = 5, .y = 85};
	rig_wait(rig, 100);
	resync(rig);
	rig_expect(rig, "left-top down 1160, left-top cancel 1260");
	assert_int_equal(rig->clone[0].id, 50);
	rig_up(rig, 0);
	rig_frame(rig, 10);
	rig_expect_end(rig);
}

static void
test_slots_in_use_at_the_start(void **state)
{
	struct rig *rig = *state;

	rig->panel[2] = (struct rig_slot){.id = 9, .x = 5, .y = 60};
	resync(rig);
	rig_wait(rig, 3000);
	rig_up(rig, 2);
	rig_frame(rig, 10);
	assert_int_equal(rig->landed, 1);
	rig_expect_end(rig);
}

static void
test_touch_button_late_or_missing(void **state)
{
	struct rig *rig = *state;

	for (int late = 0; late < 2; late++) {
		rig_down(rig, 0, 30, 60);
		rig_frame(rig, 100);
		if (late)
			rig_add(rig, EV_KEY, BTN_TOUCH, 1);
		rig_at(rig, 0, 31, 60);
		rig_frame(rig, 10);
		rig_up(rig, 0);
		rig_frame(rig, 10);
		if (late)
			rig_add(rig, EV_KEY, BTN_TOUCH, 0);
		rig_frame(rig, 10);
		rig_tap(rig, 0, 5, 60, 60);
	}
	rig_expect(rig,
		   "left-top down 1140, left-top up 1200, left-top down 1340, left-top up 1400");
	assert_int_equal(rig->landed, 2);
	rig_expect_end(rig);
}

static int
setup_rich(void **state)
{
	static const int axes[] = {ABS_MT_DISTANCE, ABS_MT_TOOL_TYPE};

	*state = rig_new(RIG_SLOTS, axes, G_N_ELEMENTS(axes));
	return 0;
}

static void
test_palm(void **state)
{
	struct rig *rig = *state;

	rig_down(rig, 0, 5, 60);
	rig_axis(rig, 0, ABS_MT_TOOL_TYPE, MT_TOOL_PALM);
	rig_frame(rig, 10);
	assert_int_equal(rig_clone_down(rig), 1);
	rig_up(rig, 0);
	rig_frame(rig, 60);
	rig_expect(rig, "");
	/* It becomes one while it is a press. */
	rig_down(rig, 0, 5, 60);
	rig_axis(rig, 0, ABS_MT_TOOL_TYPE, MT_TOOL_FINGER);
	rig_frame(rig, 10);
	rig_axis(rig, 0, ABS_MT_TOOL_TYPE, MT_TOOL_PALM);
	rig_frame(rig, 100);
	rig_expect(rig, "left-top down 1080, left-top cancel 1180");
	assert_int_equal(rig_clone_down(rig), 1);
	rig_up(rig, 0);
	rig_frame(rig, 60);
	rig_expect_end(rig);
}

static void
test_hover(void **state)
{
	struct rig *rig = *state;

	/* Over a pad, and away again. */
	rig_down(rig, 0, 5, 60);
	rig_axis(rig, 0, ABS_MT_DISTANCE, 20);
	rig_frame(rig, 10);
	assert_int_equal(rig_clone_down(rig), 1);
	rig_wait(rig, 700);
	rig_up(rig, 0);
	rig_frame(rig, 10);
	rig_expect(rig, "");
	/* It comes down on a pad: from there on it is a press, and what hovers over it passes. */
	rig_down(rig, 0, 20, 60);
	rig_frame(rig, 10);
	rig_move(rig, 0, 5, 60, 100);
	assert_int_equal(rig_clone_down(rig), 1);
	rig_axis(rig, 0, ABS_MT_DISTANCE, 0);
	rig_frame(rig, 10);
	assert_int_equal(rig_clone_down(rig), 0);
	rig_axis(rig, 0, ABS_MT_DISTANCE, 10);
	rig_frame(rig, 60);
	assert_int_equal(rig_clone_down(rig), 1);
	rig_up(rig, 0);
	rig_frame(rig, 10);
	rig_expect(rig, "left-top down 1840, left-top up 1900");
	/* It comes down on a pad and slides off. */
	rig_down(rig, 0, 5, 60);
	rig_frame(rig, 100);
	rig_axis(rig, 0, ABS_MT_DISTANCE, 0);
	rig_frame(rig, 10);
	rig_move(rig, 0, 30, 60, 100);
	rig_up(rig, 0);
	rig_frame(rig, 10);
	rig_expect(rig, "left-top down 2020, left-top cancel 2040");
	rig_expect_end(rig);
}

static int
setup_one_slot(void **state)
{
	*state = rig_new(1, NULL, 0);
	return 0;
}

static int
setup_sixteen_slots(void **state)
{
	*state = rig_new(16, NULL, 0);
	return 0;
}

static void
test_one_slot(void **state)
{
	struct rig *rig = *state;

	rig_tap(rig, 0, 5, 60, 60);
	rig_tap(rig, 0, 30, 60, 60);
	rig_expect(rig, "left-top down 1010, left-top up 1070");
	assert_int_equal(rig->landed, 1);
	rig_expect_end(rig);
}

static void
test_sixteen_slots(void **state)
{
	struct rig *rig = *state;

	for (int slot = 0; slot < 15; slot++)
		rig_down(rig, slot, 20 + 2 * slot, 20 + 5 * slot);
	rig_frame(rig, 10);
	rig_tap(rig, 15, 5, 60, 60);
	for (int slot = 0; slot < 15; slot++)
		rig_up(rig, slot);
	rig_frame(rig, 10);
	rig_expect(rig, "left-top down 1020, left-top up 1080");
	assert_int_equal(rig->landed, 15);
	rig_expect_end(rig);
}

int
main(void)
{
#define TEST(panel, name) cmocka_unit_test_setup_teardown(name, panel, teardown)
	const struct CMUnitTest tests[] = {
	    TEST(setup, test_id_that_replaces_another),
	    TEST(setup, test_dropped_frames),
	    TEST(setup, test_slots_in_use_at_the_start),
	    TEST(setup, test_touch_button_late_or_missing),
	    TEST(setup_rich, test_palm),
	    TEST(setup_rich, test_hover),
	    TEST(setup_one_slot, test_one_slot),
	    TEST(setup_sixteen_slots, test_sixteen_slots),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
