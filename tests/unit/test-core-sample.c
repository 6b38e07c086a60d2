/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A core whose panel is being calibrated: contacts are measured and nobody else's, the clone sees
 * none of them, and what was down before stays whose it was.
 * Run by tests/run.
 * Owns one core a test.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <linux/input-event-codes.h>
#include <stdlib.h>

#include "common/cleanup.h"
#include "driver/core/core.h"

struct fixture {
	struct core *core;
	uint64_t time_ms;
	unsigned frames; /* for the clone */
	int32_t clone_ids[10];
	int32_t clone_slot;
	unsigned presses;
	struct core_press press;
	unsigned samples;
	struct core_sample sample;
};

static void
on_frame(void *data, struct usec time, const struct core_event *events, size_t count)
{
	struct fixture *fixture = data;

	(void)time;
	fixture->frames++;
	for (size_t i = 0; i < count; i++) {
		if (events[i].code == ABS_MT_SLOT && events[i].type == EV_ABS)
			fixture->clone_slot = events[i].value;
		if (events[i].code == ABS_MT_TRACKING_ID && events[i].type == EV_ABS)
			fixture->clone_ids[fixture->clone_slot] = events[i].value;
	}
}

static void
on_press(void *data, const struct core_press *press)
{
	struct fixture *fixture = data;

	fixture->presses++;
	fixture->press = *press;
}

static void
on_touch(void *data, struct usec time)
{
	(void)data, (void)time;
}

static void
on_sample(void *data, const struct core_sample *sample)
{
	struct fixture *fixture = data;

	fixture->samples++;
	fixture->sample = *sample;
}

/* 70 x 140 mm, 10 units a mm, ten slots; the left top pad at 5, 60 mm. */
static int
setup(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));
	struct core_panel panel = {
	    .x = {0, 700}, .y = {0, 1400}, .width_mm = 70, .height_mm = 140, .slots = 10};
	const struct core_output output = {.frame = on_frame, .press = on_press, .touch = on_touch};
	struct overlay overlay;

	panel.has_axis[ABS_MT_TOUCH_MAJOR] = true;
	panel.has_axis[ABS_MT_DISTANCE] = true;
	for (unsigned i = 0; i < 10; i++)
		fixture->clone_ids[i] = -1;
	assert_int_equal(overlay_default(70, 140, &overlay), 0);
	overlay.pads[PAD_LEFT_TOP].centre = (struct mm_point){5, 60};
	assert_int_equal(core_new(&panel, &overlay, &output, fixture, &fixture->core), 0);
	fixture->time_ms = 1000;
	core_set_listening(fixture->core, true, usec_from_ms(fixture->time_ms));
	*state = fixture;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *fixture = *state;

	core_unref(fixture->core);
	free(fixture);
	return 0;
}

/* One frame, 10 ms after the last: this slot's contact is there (id >= 0) or lifts. */
static void
frame(struct fixture *fixture, int slot, int id, int x, int y, int major)
{
	const struct core_event events[] = {
	    {EV_ABS, ABS_MT_SLOT, slot},         {EV_ABS, ABS_MT_TRACKING_ID, id},
	    {EV_ABS, ABS_MT_POSITION_X, x},      {EV_ABS, ABS_MT_POSITION_Y, y},
	    {EV_ABS, ABS_MT_TOUCH_MAJOR, major},
	};

	fixture->time_ms += 10;
	core_frame(fixture->core, usec_from_ms(fixture->time_ms), events,
		   id >= 0 ? ARRAY_LENGTH(events) : 2);
}

static void
measures_and_withholds(void **state)
{
	struct fixture *fixture = *state;

	core_set_sampler(fixture->core, on_sample);
	/* On a pad, where it would be a press. */
	frame(fixture, 0, 1, 50, 600, 80);
	assert_int_equal(fixture->samples, 1);
	assert_int_equal(fixture->sample.phase, PRESS_DOWN);
	assert_int_equal(core_slot_owner(fixture->core, 0), CORE_OWNER_SAMPLE);
	frame(fixture, 0, 1, 80, 640, 120);
	frame(fixture, 0, 1, 50, 600, 60);
	frame(fixture, 0, -1, 0, 0, 0);
	assert_int_equal(fixture->samples, 2);
	assert_int_equal(fixture->sample.phase, PRESS_UP);
	assert_float_equal(fixture->sample.landed.x, 5, 1e-6);
	assert_float_equal(fixture->sample.landed.y, 60, 1e-6);
	assert_float_equal(fixture->sample.travel_mm, 5, 1e-6);
	assert_float_equal(fixture->sample.major_mm, 12, 1e-6);
	assert_int_equal(usec_since(fixture->sample.time, fixture->sample.down).us, 30000);
	/* Beside all pads, where it would be the clone's. */
	frame(fixture, 0, 2, 350, 100, 80);
	frame(fixture, 0, -1, 0, 0, 0);
	assert_int_equal(fixture->samples, 4);
	assert_int_equal(fixture->sample.contact, 2);
	assert_int_equal(fixture->presses, 0);
	assert_int_equal(fixture->frames, 0);
	/* And then everything is as ever. */
	core_set_sampler(fixture->core, NULL);
	frame(fixture, 0, 3, 50, 600, 80);
	frame(fixture, 0, -1, 0, 0, 0);
	assert_int_equal(fixture->presses, 2);
	assert_float_equal(fixture->press.landed.y, 60, 1e-6);
	frame(fixture, 0, 4, 350, 100, 80);
	assert_int_equal(fixture->clone_ids[0], 4);
	assert_int_equal(fixture->samples, 4);
}

static void
what_was_down_stays(void **state)
{
	struct fixture *fixture = *state;

	frame(fixture, 0, 1, 350, 100, 80);
	frame(fixture, 1, 2, 50, 600, 80);
	assert_int_equal(fixture->clone_ids[0], 1);
	assert_int_equal(fixture->presses, 1);
	core_set_sampler(fixture->core, on_sample);
	frame(fixture, 2, 3, 350, 700, 80);
	assert_int_equal(fixture->samples, 1);
	assert_int_equal(fixture->clone_ids[2], -1);
	frame(fixture, 0, -1, 0, 0, 0);
	assert_int_equal(fixture->clone_ids[0], -1);
	frame(fixture, 1, -1, 0, 0, 0);
	assert_int_equal(fixture->presses, 2);
	assert_int_equal(fixture->press.phase, PRESS_UP);
	frame(fixture, 2, -1, 0, 0, 0);
	assert_int_equal(fixture->samples, 2);
}

/* A hand that lies there when it ends is never shown as a touch that nobody made. */
static void
ends_while_touched(void **state)
{
	struct fixture *fixture = *state;

	core_set_sampler(fixture->core, on_sample);
	frame(fixture, 0, 1, 350, 700, 80);
	core_set_sampler(fixture->core, NULL);
	core_set_listening(fixture->core, false, usec_from_ms(fixture->time_ms));
	frame(fixture, 0, 1, 360, 700, 80);
	assert_int_equal(fixture->clone_ids[0], -1);
	/* Another finger meanwhile is the clone's. */
	frame(fixture, 1, 2, 100, 100, 80);
	assert_int_equal(fixture->clone_ids[1], 2);
	frame(fixture, 0, -1, 0, 0, 0);
	frame(fixture, 1, -1, 0, 0, 0);
	assert_int_equal(fixture->samples, 1);
	assert_int_equal(fixture->clone_ids[1], -1);
	assert_true(core_is_idle(fixture->core));
	frame(fixture, 0, 3, 350, 700, 80);
	assert_int_equal(fixture->clone_ids[0], 3);
}

static void
dropped_frame_cancels(void **state)
{
	struct fixture *fixture = *state;
	struct core_slot slots[10];

	core_set_sampler(fixture->core, on_sample);
	frame(fixture, 0, 1, 350, 700, 80);
	for (unsigned i = 0; i < ARRAY_LENGTH(slots); i++)
		slots[i] = (struct core_slot){.tracking_id = -1};
	core_resync(fixture->core, usec_from_ms(1100), slots, ARRAY_LENGTH(slots));
	assert_int_equal(fixture->samples, 2);
	assert_int_equal(fixture->sample.phase, PRESS_CANCEL);
	assert_int_equal(fixture->clone_ids[0], -1);
}

/* A finger that hovers is measured where it comes down, and until it goes up. */
static void
hovering_finger(void **state)
{
	struct fixture *fixture = *state;
	struct core_event hover[] = {{EV_ABS, ABS_MT_DISTANCE, 3}};

	core_set_sampler(fixture->core, on_sample);
	core_frame(fixture->core, usec_from_ms(fixture->time_ms), hover, 1);
	frame(fixture, 0, 1, 350, 700, 0);
	frame(fixture, 0, 1, 150, 600, 0);
	assert_int_equal(fixture->samples, 0);
	hover[0].value = 0;
	core_frame(fixture->core, usec_from_ms(fixture->time_ms), hover, 1);
	assert_int_equal(fixture->samples, 1);
	assert_float_equal(fixture->sample.landed.x, 15, 1e-6);
	frame(fixture, 0, 1, 160, 600, 90);
	hover[0].value = 3;
	core_frame(fixture->core, usec_from_ms(fixture->time_ms), hover, 1);
	assert_int_equal(fixture->samples, 2);
	assert_int_equal(fixture->sample.phase, PRESS_UP);
	assert_float_equal(fixture->sample.travel_mm, 1, 1e-6);
	assert_float_equal(fixture->sample.major_mm, 9, 1e-6);
	frame(fixture, 0, -1, 0, 0, 0);
	assert_int_equal(fixture->samples, 2);
	assert_int_equal(fixture->clone_ids[0], -1);
}

static void
size_unknown(void **state)
{
	struct fixture *fixture = *state;

	core_set_sampler(fixture->core, on_sample);
	frame(fixture, 0, 1, 350, 700, 0);
	frame(fixture, 0, -1, 0, 0, 0);
	assert_float_equal(fixture->sample.major_mm, 0, 0);
}

/* A press is judged to its end by the film it landed on. */
static void
overlay_changes_between_presses(void **state)
{
	struct fixture *fixture = *state;
	struct overlay overlay;

	assert_int_equal(overlay_default(70, 140, &overlay), 0);
	overlay.pads[PAD_LEFT_TOP].centre = (struct mm_point){35, 20};
	frame(fixture, 0, 1, 50, 600, 80);
	assert_int_equal(core_set_overlay(fixture->core, &overlay), -EBUSY);
	frame(fixture, 0, -1, 0, 0, 0);
	assert_int_equal(fixture->presses, 2);
	assert_int_equal(core_set_overlay(fixture->core, &overlay), 0);
	frame(fixture, 0, 2, 350, 200, 80);
	assert_int_equal(fixture->presses, 3);
	frame(fixture, 0, -1, 0, 0, 0);
	assert_int_equal(core_set_overlay(fixture->core, NULL), 0);
	frame(fixture, 0, 3, 350, 200, 80);
	assert_int_equal(fixture->presses, 4);
	assert_int_equal(fixture->clone_ids[0], 3);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(measures_and_withholds),
	    TEST(what_was_down_stays),
	    TEST(ends_while_touched),
	    TEST(dropped_frame_cancels),
	    TEST(hovering_finger),
	    TEST(size_unknown),
	    TEST(overlay_changes_between_presses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
