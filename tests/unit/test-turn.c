/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Turning the phone at the ear, and laying it down: gravity as a person's hand makes it.
 * Run by tests/run; every sample is 50 ms after the one before.
 * Owns nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>
#include <math.h>

#include "daemon/turn.h"

struct rig {
	struct turn turn;
	uint64_t ms;
	GString *log;
};

static void
on_step(void *data, bool clockwise, struct usec time)
{
	struct rig *rig = data;

	(void)time;
	g_string_append_c(rig->log, clockwise ? '+' : '-');
}

static void
on_flat(void *data, struct usec time)
{
	struct rig *rig = data;

	(void)time;
	g_string_append_c(rig->log, '_');
}

static const struct turn_events events = {on_step, on_flat};

static int
setup(void **state)
{
	struct rig *rig = g_new0(struct rig, 1);

	rig->ms = 1000;
	rig->log = g_string_new(NULL);
	turn_init(&rig->turn, &events, rig);
	turn_set_on(&rig->turn, true, usec_from_ms(rig->ms));
	*state = rig;
	return 0;
}

static int
teardown(void **state)
{
	struct rig *rig = *state;

	g_string_free(rig->log, TRUE);
	g_free(rig);
	return 0;
}

static void
sample(struct rig *rig, double x, double y, double z)
{
	const struct acceleration acceleration = {x, y, z};

	rig->ms += 50;
	turn_sample(&rig->turn, &acceleration, usec_from_ms(rig->ms));
}

/* Held so many degrees clockwise of upright, for so long, leaning back a little. */
static void
held(struct rig *rig, double degrees, unsigned ms)
{
	double up = (90 + degrees) * M_PI / 180;

	for (unsigned at = 0; at < ms; at += 50)
		sample(rig, 9.5 * cos(up), 9.5 * sin(up), 2.4);
}

/* Turned evenly, in half a second. */
static void
turned(struct rig *rig, double from, double to)
{
	for (unsigned i = 1; i <= 10; i++)
		held(rig, from + (to - from) * i / 10, 50);
}

static void
expect(struct rig *rig, const char *log)
{
	assert_string_equal(rig->log->str, log);
	g_string_truncate(rig->log, 0);
}

static void
first_30_then_each_10(void **state)
{
	struct rig *rig = *state;

	held(rig, 0, 300);
	turned(rig, 0, 29);
	expect(rig, "");
	turned(rig, 29, 31);
	expect(rig, "+");
	turned(rig, 31, 51);
	expect(rig, "++");
	/* And back: each 10 from where the last step was. */
	turned(rig, 51, 39);
	expect(rig, "-");
	turned(rig, 39, 0);
	expect(rig, "----");
}

static void
counterclockwise_and_upside_down(void **state)
{
	struct rig *rig = *state;

	/* Across the angle where degrees begin anew. */
	held(rig, 80, 300);
	turned(rig, 80, 121);
	expect(rig, "++");
	held(rig, 121, 2100);
	turned(rig, 121, 85);
	expect(rig, "-");
}

static void
slow_drift_is_none(void **state)
{
	struct rig *rig = *state;

	for (unsigned degrees = 0; degrees < 90; degrees += 15)
		held(rig, degrees, 2500);
	expect(rig, "");
}

static void
still_takes_30_again(void **state)
{
	struct rig *rig = *state;

	held(rig, 0, 300);
	turned(rig, 0, 32);
	held(rig, 32, 2200);
	turned(rig, 32, 60);
	expect(rig, "+");
	turned(rig, 60, 63);
	expect(rig, "+");
}

static void
carried_over_lifts_for_2_s(void **state)
{
	struct rig *rig = *state;

	held(rig, 0, 300);
	turned(rig, 0, 31);
	turn_set_on(&rig->turn, false, usec_from_ms(rig->ms));
	/* Nothing counts meanwhile. */
	turned(rig, 31, 70);
	rig->ms += 1000;
	turn_set_on(&rig->turn, true, usec_from_ms(rig->ms));
	turned(rig, 31, 41);
	expect(rig, "++");
	turn_set_on(&rig->turn, false, usec_from_ms(rig->ms));
	rig->ms += 2100;
	turn_set_on(&rig->turn, true, usec_from_ms(rig->ms));
	turned(rig, 41, 51);
	expect(rig, "");
}

static void
lying_flat(void **state)
{
	struct rig *rig = *state;

	held(rig, 0, 300);
	for (unsigned i = 0; i < 9; i++)
		sample(rig, 1, 1, -9.7);
	expect(rig, "");
	for (unsigned i = 0; i < 3; i++)
		sample(rig, 1, 1, -9.7);
	expect(rig, "_");
	for (unsigned i = 0; i < 30; i++)
		sample(rig, 1, 1, -9.7);
	expect(rig, "");
}

/* In bed: it has been flat since the ear came. */
static void
flat_from_the_start(void **state)
{
	struct rig *rig = *state;

	for (unsigned i = 0; i < 60; i++)
		sample(rig, 0.5, 1, 9.7);
	expect(rig, "");
	held(rig, 0, 300);
	for (unsigned i = 0; i < 20; i++)
		sample(rig, 0.5, 1, 9.7);
	expect(rig, "_");
}

static void
shaken_or_nonsense(void **state)
{
	struct rig *rig = *state;

	held(rig, 0, 300);
	sample(rig, 30, 0, 0);
	sample(rig, NAN, NAN, NAN);
	sample(rig, 0, 0, 0);
	sample(rig, INFINITY, 0, 0);
	/* Flat, there is no angle in the panel's plane. */
	sample(rig, 3, 0, 9.5);
	expect(rig, "");
	turned(rig, 0, 31);
	expect(rig, "+");
}

static void
quarters(void **state)
{
	struct rig *rig = *state;
	struct usec time = usec_from_ms(2000);

	turn_quarter(&rig->turn, SENSOR_TURN_UPRIGHT, time);
	expect(rig, "");
	turn_quarter(&rig->turn, SENSOR_TURN_RIGHT, time);
	expect(rig, "+");
	turn_quarter(&rig->turn, SENSOR_TURN_UPRIGHT, time);
	turn_quarter(&rig->turn, SENSOR_TURN_LEFT, time);
	turn_quarter(&rig->turn, SENSOR_TURN_OVER, time);
	expect(rig, "---");
	turn_quarter(&rig->turn, SENSOR_TURN_UPRIGHT, time);
	turn_quarter(&rig->turn, SENSOR_TURN_UNKNOWN, time);
	turn_quarter(&rig->turn, SENSOR_TURN_RIGHT, time);
	expect(rig, "");
}

static void
tilt(void **state)
{
	struct rig *rig = *state;
	struct usec time = usec_from_ms(2000);

	turn_tilt(&rig->turn, true, time);
	expect(rig, "");
	turn_tilt(&rig->turn, false, time);
	turn_tilt(&rig->turn, true, time);
	turn_tilt(&rig->turn, true, time);
	expect(rig, "_");
}

int
main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
	    TEST(first_30_then_each_10),
	    TEST(counterclockwise_and_upside_down),
	    TEST(slow_drift_is_none),
	    TEST(still_takes_30_again),
	    TEST(carried_over_lifts_for_2_s),
	    TEST(lying_flat),
	    TEST(flat_from_the_start),
	    TEST(shaken_or_nonsense),
	    TEST(quarters),
	    TEST(tilt),
	};

	return cmocka_run_group_tests_name("turn", tests, NULL, NULL);
}
