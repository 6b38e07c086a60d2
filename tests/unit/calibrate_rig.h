/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A calibration on a clock of its own, whose sentences are kept and whose presses are the test's.
 * Included by test-calibrate.c and test-calibrate-end.c.
 * Owns one machine a test.
 */
#ifndef SIDETOUCH_CALIBRATE_RIG_H
#define SIDETOUCH_CALIBRATE_RIG_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <glib.h>
#include <string.h>

#include "daemon/calibrate.h"

#define PANEL 3

struct fixture {
	struct calibrate *calibrate;
	uint64_t now_ms;
	uint32_t utterance, contact;
	bool on;
	unsigned renewed;
	enum calibrate_step step;
	enum pad pad;
	unsigned presses, told;
	char *text;
	bool voice_hangs;
	unsigned kept;
	struct link_calibration_set film;
};

static inline struct usec
now(const struct fixture *fixture)
{
	return usec_from_ms(fixture->now_ms);
}

static inline uint32_t
on_tell(void *data, enum calibrate_step step, enum pad pad, unsigned presses, const char *text)
{
	struct fixture *fixture = data;

	fixture->step = step;
	fixture->pad = pad;
	fixture->presses = presses;
	fixture->told++;
	g_free(fixture->text);
	fixture->text = g_strdup(text);
	return ++fixture->utterance;
}

static inline void
on_sample(void *data, uint32_t panel, bool on)
{
	struct fixture *fixture = data;

	assert_int_equal(panel, PANEL);
	fixture->on = on;
	fixture->renewed += on;
}

static inline void
on_keep(void *data, struct link_calibration_set *film)
{
	struct fixture *fixture = data;

	/* The pads are to work by the time they are said to. */
	assert_false(fixture->on);
	fixture->kept++;
	fixture->film = *film;
}

static const struct calibrate_output output = {on_tell, on_sample, on_keep};

/* Time goes by; a sentence takes 3 s to say. */
static inline void
pass(struct fixture *fixture, uint64_t ms)
{
	uint64_t end_ms = fixture->now_ms + ms;
	uint64_t spoken_ms = fixture->now_ms + 3000;
	uint32_t utterance = fixture->voice_hangs ? 0 : fixture->utterance;
	struct usec deadline;

	while (calibrate_next_deadline(fixture->calibrate, &deadline)) {
		uint64_t due_ms = (deadline.us + 999) / 1000;

		if (utterance && spoken_ms <= MIN(due_ms, end_ms)) {
			fixture->now_ms = spoken_ms;
			calibrate_spoken(fixture->calibrate, utterance, now(fixture));
			utterance = 0;
			continue;
		}
		if (due_ms > end_ms)
			break;
		fixture->now_ms = MAX(fixture->now_ms, due_ms);
		calibrate_tick(fixture->calibrate, now(fixture));
	}
	fixture->now_ms = end_ms;
}

static inline void
answer(struct fixture *fixture, int error)
{
	struct link_calibration_done done = {
	    .panel = PANEL,
	    .request = fixture->kept ? LINK_CALIBRATION_SET : LINK_CALIBRATE,
	    .error = error,
	};

	calibrate_answered(fixture->calibrate, &done, now(fixture));
}

static inline int
setup(void **state)
{
	struct fixture *fixture = g_new0(struct fixture, 1);

	fixture->now_ms = 1000;
	fixture->calibrate = calibrate_new(&output, fixture);
	*state = fixture;
	assert_int_equal(calibrate_start(fixture->calibrate, PANEL, now(fixture)), 0);
	assert_true(fixture->on);
	assert_int_equal(calibrate_start(fixture->calibrate, PANEL, now(fixture)), -EBUSY);
	return 0;
}

static inline int
teardown(void **state)
{
	struct fixture *fixture = *state;

	calibrate_free(fixture->calibrate);
	g_free(fixture->text);
	g_free(fixture);
	return 0;
}

static inline void
send(struct fixture *fixture, uint32_t contact, enum press_phase phase, double x, double y,
     double travel, double major, uint64_t lasted_ms)
{
	struct link_sample sample = {
	    .panel = PANEL,
	    .contact = contact,
	    .phase = phase,
	    .x_um = (int32_t)(x * 1000),
	    .y_um = (int32_t)(y * 1000),
	    .travel_um = (uint32_t)(travel * 1000),
	    .major_um = (uint32_t)(major * 1000),
	    .down_us = (fixture->now_ms - lasted_ms) * 1000,
	    .time_us = fixture->now_ms * 1000,
	};

	calibrate_sampled(fixture->calibrate, &sample, now(fixture));
}

static inline void
contact(struct fixture *fixture, double x, double y, double travel, double major, uint64_t ms)
{
	uint32_t number = ++fixture->contact;

	send(fixture, number, PRESS_DOWN, x, y, 0, major, 0);
	pass(fixture, ms);
	send(fixture, number, PRESS_UP, x, y, travel, major, ms);
	pass(fixture, 300);
}

static inline void
press(struct fixture *fixture, double x, double y)
{
	contact(fixture, x, y, 0.5, 10, 120);
}

static inline void
press_three(struct fixture *fixture, double x, double y)
{
	press(fixture, x - 1, y);
	press(fixture, x, y + 1);
	press(fixture, x + 0.5, y - 0.5);
}

static const struct mm_point places[PAD_COUNT] = {{5, 60},  {5, 84},  {5, 108},
						  {63, 60}, {63, 84}, {63, 108}};

static inline void
press_all(struct fixture *fixture)
{
	for (unsigned i = 0; i < PAD_COUNT; i++) {
		assert_int_equal(fixture->step, CALIBRATE_ASK);
		assert_int_equal(fixture->pad, i);
		press_three(fixture, places[i].x, places[i].y);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

#endif
