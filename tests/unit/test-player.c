/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The player's parts: fingers to frames, frames to events, the clone's events to contacts; and what
 * a scenario that does not hold is told, line by line.
 * Run by `make check`.
 * Owns nothing but what a test allocates.
 */
#include "ctl/player.h"

#include <linux/input-event-codes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "common/cleanup.h"
#include "ctl/player_encoder.h"
#include "ctl/player_memory.h"
#include "driver/sim_panel.h"

static void
describe_phone(struct core_panel *panel)
{
	sim_panel_describe(sim_panel_find_model("phone"), panel);
}

static void
devices_agree(void **state)
{
	size_t count;
	const char *const *names = scenario_device_names(&count);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		const struct scenario_device *device = scenario_device_find(names[i]);
		const struct sim_panel_model *model = sim_panel_find_model(names[i]);

		assert_non_null(device);
		assert_non_null(model);
		assert_true(device->width_mm == model->width_mm);
		assert_true(device->height_mm == model->height_mm);
		assert_int_equal(device->slots, model->slots);
	}
}

static void
stroke_goes_all_the_way(void **state)
{
	struct player_strokes strokes;
	struct player_touch touches[CORE_SLOTS_MAX];
	struct player_finger finger = {
	    .from = {10, 20}, .to = {30, 20}, .duration = usec_from_ms(49)};

	(void)state;
	player_strokes_init(&strokes, scenario_device_find("phone"));
	/* 50 ms are 6 frames of 8.333 ms: down, five moves, and the lift. */
	assert_int_equal(player_strokes_add(&strokes, &finger), 0);
	for (unsigned i = 0; i <= 6; i++) {
		assert_int_equal(player_strokes_step(&strokes, touches), 1);
		assert_int_equal(touches[0].phase, i == 0   ? PLAYER_TOUCH_DOWN
						   : i == 6 ? PLAYER_TOUCH_UP
							    : PLAYER_TOUCH_MOVE);
		if (i < 6)
			assert_true(fabs(touches[0].place.x - (10 + 4.0 * i)) < 0.001);
	}
	assert_false(player_strokes_active(&strokes));
	assert_int_equal(player_strokes_step(&strokes, touches), 0);
}

static void
slots_run_out(void **state)
{
	struct player_strokes strokes;
	struct player_finger finger = {.duration = usec_from_ms(9)};

	(void)state;
	player_strokes_init(&strokes, scenario_device_find("phone"));
	for (int i = 0; i < 10; i++)
		assert_int_equal(player_strokes_add(&strokes, &finger), i);
	assert_true(player_strokes_add(&strokes, &finger) < 0);
}

static void
assert_events(const struct core_event *events, size_t count, const struct core_event *wanted,
	      size_t wanted_count)
{
	assert_int_equal(count, wanted_count);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(events[i].type, wanted[i].type);
		assert_int_equal(events[i].code, wanted[i].code);
		assert_int_equal(events[i].value, wanted[i].value);
	}
}

static void
encoder_sends_what_changed(void **state)
{
	static const struct core_event down[] = {
	    {EV_ABS, ABS_MT_TRACKING_ID, 0},
	    {EV_ABS, ABS_MT_POSITION_X, 100},
	    {EV_ABS, ABS_MT_POSITION_Y, 200},
	    {EV_ABS, ABS_MT_TOUCH_MAJOR, 70},
	    {EV_ABS, ABS_MT_TOUCH_MINOR, 50},
	    {EV_ABS, ABS_MT_SLOT, 2},
	    {EV_ABS, ABS_MT_TRACKING_ID, 1},
	    {EV_ABS, ABS_MT_POSITION_X, 300},
	    {EV_ABS, ABS_MT_POSITION_Y, 400},
	    {EV_ABS, ABS_MT_TOUCH_MAJOR, 70},
	    {EV_ABS, ABS_MT_TOUCH_MINOR, 50},
	    {EV_KEY, BTN_TOUCH, 1},
	    {EV_ABS, ABS_X, 100},
	    {EV_ABS, ABS_Y, 200},
	};
	static const struct core_event move[] = {{EV_ABS, ABS_MT_POSITION_Y, 410}};
	static const struct core_event lift_first[] = {
	    {EV_ABS, ABS_MT_SLOT, 0},
	    {EV_ABS, ABS_MT_TRACKING_ID, -1},
	    {EV_ABS, ABS_X, 300},
	    {EV_ABS, ABS_Y, 410},
	};
	static const struct core_event lift_last[] = {
	    {EV_ABS, ABS_MT_SLOT, 2}, {EV_ABS, ABS_MT_TRACKING_ID, -1}, {EV_KEY, BTN_TOUCH, 0}};
	struct player_touch touches[] = {
	    {.phase = PLAYER_TOUCH_DOWN, .place = {10, 20}, .major_mm = 7, .minor_mm = 5},
	    {.slot = 2,
	     .phase = PLAYER_TOUCH_DOWN,
	     .place = {30, 40},
	     .major_mm = 7,
	     .minor_mm = 5}};
	struct core_event events[PLAYER_ENCODER_EVENTS_MAX];
	struct player_encoder encoder;
	struct core_panel panel;
	size_t count;

	(void)state;
	describe_phone(&panel);
	player_encoder_init(&encoder, &panel, 10);
	count = player_encoder_frame(&encoder, touches, 2, events);
	assert_events(events, count, down, ARRAY_LENGTH(down));
	touches[0].phase = touches[1].phase = PLAYER_TOUCH_MOVE;
	touches[1].place.y = 41;
	count = player_encoder_frame(&encoder, touches, 2, events);
	assert_events(events, count, move, ARRAY_LENGTH(move));
	assert_int_equal(player_encoder_frame(&encoder, touches, 2, events), 0);
	touches[0].phase = PLAYER_TOUCH_UP;
	count = player_encoder_frame(&encoder, touches, 1, events);
	assert_events(events, count, lift_first, ARRAY_LENGTH(lift_first));
	touches[1].phase = PLAYER_TOUCH_UP;
	count = player_encoder_frame(&encoder, &touches[1], 1, events);
	assert_events(events, count, lift_last, ARRAY_LENGTH(lift_last));
}

static void
log_follows_the_clone(void **state)
{
	static const struct core_event down[] = {{EV_ABS, ABS_MT_SLOT, 1},
						 {EV_ABS, ABS_MT_TRACKING_ID, 7},
						 {EV_ABS, ABS_MT_POSITION_X, 100},
						 {EV_ABS, ABS_MT_POSITION_Y, 200}};
	static const struct core_event move[] = {{EV_ABS, ABS_MT_POSITION_X, 150}};
	static const struct core_event up[] = {{EV_ABS, ABS_MT_TRACKING_ID, -1}};
	struct player_log *log = player_log_new(NULL, NULL);
	const struct player_entry *entry;
	g_autofree char *description = NULL;
	struct core_panel panel;

	(void)state;
	describe_phone(&panel);
	player_log_clone_panel(log, &panel);
	player_log_clone_frame(log, usec_from_ms(1), down, ARRAY_LENGTH(down));
	assert_int_equal(player_log_down(log), 1);
	player_log_clone_frame(log, usec_from_ms(2), move, ARRAY_LENGTH(move));
	entry = player_log_get(log, SCENARIO_EXPECT_PASS, 0);
	assert_false(entry->ended);
	player_log_clone_frame(log, usec_from_ms(3), up, ARRAY_LENGTH(up));
	assert_true(entry->ended);
	assert_int_equal(player_log_down(log), 0);
	assert_int_equal(player_log_count(log, SCENARIO_EXPECT_PASS), 1);
	description = player_entry_describe(entry);
	assert_string_equal(description, "pass 10.0,20.0 -> 15.0,20.0");
	player_log_free(log);
}

static void
end_of_a_hold_is_no_press(void **state)
{
	struct player_log *log = player_log_new(NULL, NULL);

	(void)state;
	player_log_press(log, 1, PAD_LEFT_TOP, PRESS_DOWN, usec_from_ms(1));
	player_log_press(log, 1, PAD_LEFT_TOP, PRESS_HOLD, usec_from_ms(2));
	player_log_press(log, 1, PAD_LEFT_TOP, PRESS_UP, usec_from_ms(3));
	assert_int_equal(player_log_count(log, SCENARIO_EXPECT_HOLD), 1);
	assert_int_equal(player_log_count(log, SCENARIO_EXPECT_PRESS), 0);
	player_log_press(log, 2, PAD_LEFT_TOP, PRESS_UP, usec_from_ms(4));
	assert_int_equal(player_log_count(log, SCENARIO_EXPECT_PRESS), 1);
	player_log_free(log);
}

/* --- scenarios that must fail --- */

static void
assert_told(const char *text, const char *wanted)
{
	g_autoptr(GError) error = NULL;
	struct scenario *scenario = scenario_parse("a.touch", text, strlen(text), &error);
	struct profile_set *profiles = profile_set_new();
	struct player_log *log = player_log_new(NULL, NULL);
	struct player_memory *memory;
	bool held;

	assert_null(error);
	assert_int_equal(player_memory_new(profiles, log, &memory), 0);
	held = player_play(scenario, &player_memory_backend, memory, log, NULL, NULL, &error);
	assert_int_equal(held, wanted == NULL);
	assert_string_equal(error ? error->message : "", wanted ? wanted : "");
	player_memory_unref(memory);
	player_log_free(log);
	profile_set_free(profiles);
	scenario_free(scenario);
}

static void
failures_are_told(void **state)
{
	(void)state;
	assert_told("device phone\npress left-bottom 60ms\nexpect press left-bottom\n", NULL);
	assert_told("device phone\npress left-bottom 60ms\nexpect press left-middle\n",
		    "a.touch:3: expected press left-middle, but there was press left-bottom");
	assert_told("device phone\npress left-bottom 60ms\nexpect press none\n",
		    "a.touch:3: expected no press, but there was press left-bottom");
	assert_told("device phone\nexpect press left-bottom\n",
		    "a.touch:2: expected press left-bottom, but there was none within 3 s");
	assert_told("device phone\nfinger 34,60 60ms\nexpect pass none\n",
		    "a.touch:3: expected no pass, but there was pass 34.0,60.0 -> 34.0,60.0");
	assert_told("device phone\nfinger 34,60 60ms\nexpect pass 2\n",
		    "a.touch:3: expected pass 2 (contacts), but there was 1");
	assert_told("device phone\nfinger 34,60 60ms\nfinger 34,60 60ms\nexpect pass 1\n",
		    "a.touch:4: expected pass 1 (contacts), but there were 2");
	assert_told("device phone\nfinger 34,60 60ms\nexpect pass 34,60 -> 34,62\n",
		    "a.touch:3: expected pass 34.0,60.0 -> 34.0,62.0, but there was pass 34.0,60.0 "
		    "-> 34.0,60.0");
}

static void
unexpected_command_fails(void **state)
{
	(void)state;
	/* left-top reads the screen at once in the built-in profile. */
	assert_told("device phone\npress left-top 60ms\nexpect press left-top\n",
		    "a.touch:3: at the end: the command 'read-screen' ran, which no line expects");
}

static void
too_many_fingers(void **state)
{
	g_autoptr(GString) text = g_string_new("device phone\n");

	(void)state;
	for (int i = 0; i < 11; i++)
		g_string_append(text, "with finger 34,20 1s\n");
	g_string_append(text, "expect press none\n");
	assert_told(text->str, "a.touch:12: more fingers touch at once than a panel has slots; "
			       "lift one first");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(devices_agree),         cmocka_unit_test(stroke_goes_all_the_way),
	    cmocka_unit_test(slots_run_out),         cmocka_unit_test(encoder_sends_what_changed),
	    cmocka_unit_test(log_follows_the_clone), cmocka_unit_test(end_of_a_hold_is_no_press),
	    cmocka_unit_test(failures_are_told),     cmocka_unit_test(unexpected_command_fails),
	    cmocka_unit_test(too_many_fingers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
