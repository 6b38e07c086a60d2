/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An ear's contacts in the core: withheld, taken, withdrawn from the clone as palms or handed over
 * to it, pads that do not count, and every way in which it can end in the middle.
 * Run by tests/run.
 * Owns one rig a test.
 */
#include "tests/unit/core_rig.h"

#define X 34.0
#define Y 40.0

static const int axes[] = {ABS_MT_TOUCH_MAJOR, ABS_MT_TOUCH_MINOR, ABS_MT_TOOL_TYPE};

static int
setup(void **state)
{
	*state = rig_new(RIG_SLOTS, axes, 3);
	return 0;
}

static int
setup_without_tool(void **state)
{
	*state = rig_new(RIG_SLOTS, axes, 2);
	return 0;
}

static int
teardown(void **state)
{
	rig_free(*state);
	return 0;
}

static void
size(struct rig *rig, int slot, double major, double minor)
{
	rig_axis(rig, slot, ABS_MT_TOUCH_MAJOR, (int32_t)lround(major * 10));
	rig_axis(rig, slot, ABS_MT_TOUCH_MINOR, (int32_t)lround(minor * 10));
}

static void
set_proximity(struct rig *rig, enum ear_proximity proximity)
{
	core_set_proximity(rig->core, proximity, usec_from_ms(rig->ms));
}

/* An ear lands in slot 0 like a fingertip, and is pressed on; 50 ms. */
static void
place(struct rig *rig, double x, double y)
{
	rig_down(rig, 0, x, y);
	size(rig, 0, 9, 6);
	rig_frame(rig, 10);
	for (unsigned i = 0; i < 4; i++) {
		size(rig, 0, 44 + i, 20);
		rig_frame(rig, 10);
	}
}

static void
lift(struct rig *rig)
{
	rig_up(rig, 0);
	rig_frame(rig, 10);
}

static void
test_near(void **state)
{
	struct rig *rig = *state;

	set_proximity(rig, EAR_PROXIMITY_NEAR);
	place(rig, X, Y);
	rig_expect(rig, "ear enter 1045");
	assert_int_equal(core_slot_owner(rig->core, 0), CORE_OWNER_EAR);
	assert_true(core_ear_is_on(rig->core));
	lift(rig);
	/* Another patch of it lands on a pad. */
	place(rig, 5, 60);
	lift(rig);
	rig_wait(rig, 400);
	rig_expect(rig, "");
	rig_wait(rig, 1000);
	assert_int_equal(rig->frames, 0);
	assert_int_equal(core_get_counts(rig->core).ear, 2);
	rig_expect_end(rig);
}

/* The next contact in its slot is shown whole, though the kernel does not repeat what is equal. */
static void
test_shown_again(void **state)
{
	struct rig *rig = *state;

	set_proximity(rig, EAR_PROXIMITY_NEAR);
	place(rig, X, Y);
	lift(rig);
	set_proximity(rig, EAR_PROXIMITY_FAR);
	rig_expect(rig, "ear enter 1045, ear leave 1060");
	rig->panel[0].id = rig->next_id++;
	rig_axis(rig, 0, ABS_MT_TRACKING_ID, rig->panel[0].id);
	rig_frame(rig, 500);
	assert_int_equal(rig_clone_down(rig), 1);
	assert_float_equal(rig->clone[0].x, X, 0.01);
	assert_float_equal(rig->clone[0].y, Y, 0.01);
	lift(rig);
	rig_expect_end(rig);
}

/* What was passed on as a finger is withdrawn as a palm, and then lifted. */
static void
test_withdrawn(void **state)
{
	struct rig *rig = *state;

	place(rig, X, Y);
	rig_expect(rig, "ear enter 1050");
	assert_int_equal(rig->landed, 1);
	assert_int_equal(rig->palms, 1);
	assert_int_equal(rig_clone_down(rig), 0);
	assert_int_equal(core_get_counts(rig->core).passed, 0);
	lift(rig);
	rig_wait(rig, 5000);
	rig_expect(rig, "ear leave 4060");
	/* A finger in its slot is no palm any more. */
	rig_down(rig, 0, X, 70);
	size(rig, 0, 8, 7);
	rig_frame(rig, 10);
	assert_int_equal(rig->palms, 1);
	assert_int_equal(rig_clone_down(rig), 1);
	lift(rig);
	rig_expect_end(rig);
}

static void
test_withdrawn_without_tool(void **state)
{
	struct rig *rig = *state;

	place(rig, X, Y);
	rig_expect(rig, "ear enter 1050");
	assert_int_equal(rig->palms, 0);
	assert_int_equal(rig_clone_down(rig), 0);
	lift(rig);
	rig_wait(rig, 5000);
	rig_expect(rig, "ear leave 4060");
	rig_expect_end(rig);
}

/* A press that turns out to be an ear is taken back; a chord too. */
static void
test_pads(void **state)
{
	struct rig *rig = *state;

	rig_down(rig, 1, 5, 60);
	size(rig, 1, 9, 8);
	rig_frame(rig, 10);
	rig_down(rig, 2, 65, 60);
	size(rig, 2, 9, 8);
	rig_frame(rig, 10);
	rig_expect(rig, "left-top down 1010, right-top down 1020, left-top+right-top down 1020, "
			"left-top cancel 1020, right-top cancel 1020");
	core_set_ear_mode(rig->core, true, usec_from_ms(rig->ms));
	rig_expect(rig, "ear enter 1020, left-top+right-top cancel 1020");
	rig_up(rig, 1);
	rig_up(rig, 2);
	rig_frame(rig, 50);
	rig_down(rig, 1, 5, 60);
	rig_frame(rig, 500);
	rig_up(rig, 1);
	rig_frame(rig, 100);
	core_set_ear_mode(rig->core, false, usec_from_ms(rig->ms));
	rig_expect(rig, "ear leave 1670");
	assert_int_equal(rig->landed, 0);
	rig_tap(rig, 1, 5, 60, 60);
	rig_expect(rig, "left-top down 1680, left-top up 1740");
	rig_expect_end(rig);
}

/* Two fingers, so many ms apart, which lift together after so many. */
static void
two_fingers(struct rig *rig, double x, double other_x, unsigned apart_ms, unsigned ms)
{
	rig_down(rig, 1, x, 60);
	rig_frame(rig, 10);
	rig_down(rig, 2, other_x, 60);
	rig_frame(rig, apart_ms);
	rig_up(rig, 1);
	rig_frame(rig, ms);
	rig_up(rig, 2);
	rig_frame(rig, 10);
	rig_wait(rig, 1000);
}

/* On by command, two fingers on two pads are the way out, and no tap; nothing else is. */
static void
test_way_out(void **state)
{
	struct rig *rig = *state;

	core_set_ear_mode(rig->core, true, usec_from_ms(rig->ms));
	rig_expect(rig, "ear enter 1000");
	two_fingers(rig, 5, 65, 30, 100);
	rig_expect(rig, "left-top+right-top down 1140, left-top+right-top up 1140");
	/* Of a finger that may be held it waits for the end, of a chord for nothing. */
	rig_down(rig, 1, 5, 60);
	rig_frame(rig, 10);
	assert_true(core_next_deadline(rig->core, &(struct usec){0}));
	rig_down(rig, 2, 65, 60);
	rig_frame(rig, 30);
	assert_false(core_next_deadline(rig->core, &(struct usec){0}));
	rig_up(rig, 1);
	rig_up(rig, 2);
	rig_frame(rig, 100);
	rig_wait(rig, 1000);
	rig_expect(rig, "left-top+right-top down 2290, left-top+right-top up 2290");
	/* After another, held, on no pad, slid off: a finger is an ear here. */
	two_fingers(rig, 5, 65, 160, 60);
	two_fingers(rig, 5, 65, 30, 650);
	two_fingers(rig, 5, 35, 30, 100);
	rig_down(rig, 1, 5, 60);
	rig_down(rig, 2, 65, 60);
	rig_frame(rig, 10);
	rig_move(rig, 1, 25, 60, 100);
	rig_up(rig, 1);
	rig_up(rig, 2);
	rig_frame(rig, 10);
	rig_wait(rig, 1000);
	assert_null(strstr(rig->log->str, "left-top"));
	g_string_truncate(rig->log, 0);
	/* Near, but not by command: pads do not count. */
	core_set_ear_mode(rig->core, false, usec_from_ms(rig->ms));
	set_proximity(rig, EAR_PROXIMITY_NEAR);
	place(rig, X, Y);
	rig_up(rig, 0);
	rig_frame(rig, 10);
	rig_wait(rig, 1000);
	g_string_truncate(rig->log, 0);
	two_fingers(rig, 5, 65, 30, 100);
	assert_null(strstr(rig->log->str, "left-top"));
	assert_int_equal(rig->landed, 0);
}

/* On by its shape alone, a finger is kept back for 45 ms and then shown with its whole way. */
static void
test_handed_over(void **state)
{
	struct rig *rig = *state;

	place(rig, X, Y);
	lift(rig);
	rig_expect(rig, "ear enter 1050");
	rig_down(rig, 0, X, 80);
	size(rig, 0, 8, 7);
	rig_frame(rig, 500);
	rig_move(rig, 0, X + 4, 80, 40);
	assert_int_equal(rig_clone_down(rig), 0);
	rig_wait(rig, 5);
	assert_int_equal(rig_clone_down(rig), 1);
	assert_float_equal(rig->clone[0].x, X + 4, 0.01);
	assert_int_equal(core_get_counts(rig->core).withheld_max.us, 45000);
	lift(rig);
	/* One that is over before is shown when it lifts. */
	rig_tap(rig, 0, X, 90, 30);
	assert_int_equal(rig->landed, 3);
	assert_int_equal(core_get_counts(rig->core).passed, 2);
	rig_wait(rig, 5000);
	rig_expect(rig, "ear leave 4060");
	rig_expect_end(rig);
}

/* A pad does not count while the ear is on: not even for a finger. */
static void
test_pad_in_between(void **state)
{
	struct rig *rig = *state;

	place(rig, X, Y);
	lift(rig);
	rig_wait(rig, 100);
	rig_down(rig, 0, 5, 60);
	size(rig, 0, 8, 7);
	rig_frame(rig, 10);
	rig_up(rig, 0);
	rig_frame(rig, 30);
	assert_int_equal(rig->landed, 2);
	rig_wait(rig, 5000);
	rig_expect(rig, "ear enter 1050, ear leave 4060");
	rig_tap(rig, 0, 5, 60, 30);
	rig_expect(rig, "left-top down 6210, left-top up 6240");
	rig_expect_end(rig);
}

static void
test_listening_ends(void **state)
{
	struct rig *rig = *state;

	/* In doubt: it is the clone's. */
	set_proximity(rig, EAR_PROXIMITY_NEAR);
	rig_down(rig, 0, X, Y);
	size(rig, 0, 9, 6);
	rig_frame(rig, 10);
	core_set_listening(rig->core, false, usec_from_ms(rig->ms));
	assert_int_equal(rig_clone_down(rig), 1);
	lift(rig);
	core_set_listening(rig->core, true, usec_from_ms(rig->ms));
	/* The proximity was that daemon's word. */
	rig_tap(rig, 0, X, Y, 60);
	assert_int_equal(rig->landed, 2);
	/* The ear's: it stays so, and what lands from then on passes. */
	set_proximity(rig, EAR_PROXIMITY_NEAR);
	place(rig, X, Y);
	rig_expect(rig, "ear enter 1135");
	core_set_listening(rig->core, false, usec_from_ms(rig->ms));
	rig_expect(rig, "ear leave 1140");
	assert_int_equal(core_slot_owner(rig->core, 0), CORE_OWNER_EAR);
	rig_down(rig, 1, X, 100);
	rig_frame(rig, 10);
	assert_int_equal(rig_clone_down(rig), 1);
	rig_up(rig, 1);
	lift(rig);
	rig_expect_end(rig);
}

static void
test_dropped_frame(void **state)
{
	struct rig *rig = *state;
	struct core_slot slots[RIG_SLOTS];

	set_proximity(rig, EAR_PROXIMITY_NEAR);
	place(rig, X, Y);
	rig_expect(rig, "ear enter 1045");
	for (unsigned i = 0; i < RIG_SLOTS; i++)
		slots[i] = (struct core_slot){.tracking_id = -1};
	core_resync(rig->core, usec_from_ms(rig->ms += 10), slots, RIG_SLOTS);
	assert_true(core_is_idle(rig->core));
	rig_wait(rig, 1000);
	rig_expect_end(rig);
}

static void
test_release(void **state)
{
	struct rig *rig = *state;

	set_proximity(rig, EAR_PROXIMITY_NEAR);
	place(rig, X, Y);
	core_release(rig->core, usec_from_ms(rig->ms));
	rig_expect(rig, "ear enter 1045, ear leave 1050");
	assert_int_equal(rig->landed, 0);
	assert_false(core_next_deadline(rig->core, &(struct usec){0}));
	rig_expect_end(rig);
}

/* Calibration sees every contact, near or not; what was said of proximity holds after it. */
static void
on_sample(void *data, const struct core_sample *sample)
{
	rig_say(data, "sample", press_phase_to_str(sample->phase), sample->time);
}

static void
test_calibration(void **state)
{
	struct rig *rig = *state;

	core_set_sampler(rig->core, on_sample);
	set_proximity(rig, EAR_PROXIMITY_NEAR);
	place(rig, X, Y);
	lift(rig);
	rig_expect(rig, "sample down 1010, sample up 1060");
	core_set_sampler(rig->core, NULL);
	place(rig, X, Y);
	lift(rig);
	rig_expect(rig, "ear enter 1105");
	assert_int_equal(rig->landed, 0);
}

/* Five fingers that lie still get out of it, whatever a sensor says that is stuck at near. */
static void
test_escape(void **state)
{
	struct rig *rig = *state;

	set_proximity(rig, EAR_PROXIMITY_NEAR);
	for (int i = 0; i < 5; i++)
		rig_down(rig, i, 12 + 11 * i, 30 + 10 * (i % 2));
	rig_frame(rig, 10);
	rig_wait(rig, 5000);
	assert_non_null(strstr(rig->log->str, "ear enter"));
	assert_non_null(strstr(rig->log->str, "escape on 6010"));
	assert_non_null(strstr(rig->log->str, "ear leave 6010"));
	g_string_truncate(rig->log, 0);
	for (int i = 0; i < 5; i++)
		rig_up(rig, i);
	rig_frame(rig, 10);
	rig_tap(rig, 0, X, Y, 60);
	assert_int_equal(rig->landed, 1);
	rig_expect(rig, "");
}

/* On a panel that is mounted upside down and on its side, the ear swipes where the user feels it.
 */
static void
test_mounted(void **state)
{
	struct core_output output = {
	    .frame = rig_clone_frame, .press = rig_press, .touch = rig_touch, .ear = rig_ear};
	struct core_panel panel = {.x = {0, 1400},
				   .y = {0, 700},
				   .width_mm = 140,
				   .height_mm = 70,
				   .slots = 1,
				   /* A quarter turn clockwise: x' = 1 - y, y' = x. */
				   .mounting = {0, -1, 1, 1, 0, 0}};
	struct rig *rig = *state;

	core_unref(rig->core);
	assert_int_equal(core_new(&panel, NULL, &output, rig, &rig->core), 0);
	core_set_listening(rig->core, true, usec_from_ms(rig->ms));
	core_set_ear_mode(rig->core, true, usec_from_ms(rig->ms));
	rig_tap(rig, 0, 60, 35, 60);
	rig_wait(rig, 1000);
	rig_expect(rig, "ear enter 1000");
	rig_down(rig, 0, 40, 35);
	rig_frame(rig, 10);
	rig_move(rig, 0, 70, 35, 200);
	rig_up(rig, 0);
	rig_frame(rig, 10);
	rig_wait(rig, 100);
	rig_expect(rig, "ear swipe-down 2350");
	rig_down(rig, 0, 60, 20);
	rig_frame(rig, 10);
	rig_move(rig, 0, 60, 50, 200);
	rig_up(rig, 0);
	rig_frame(rig, 10);
	rig_wait(rig, 100);
	rig_expect(rig, "ear swipe-left 2670");
}

int
main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
	    TEST(test_near),
	    TEST(test_shown_again),
	    TEST(test_withdrawn),
	    cmocka_unit_test_setup_teardown(test_withdrawn_without_tool, setup_without_tool,
					    teardown),
	    TEST(test_pads),
	    TEST(test_way_out),
	    TEST(test_handed_over),
	    TEST(test_pad_in_between),
	    TEST(test_listening_ends),
	    TEST(test_dropped_frame),
	    TEST(test_release),
	    TEST(test_calibration),
	    TEST(test_escape),
	    TEST(test_mounted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
