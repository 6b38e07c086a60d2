/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The last ten gestures: their kinds, pads, durations and order, and that nothing else is kept.
 * Run by tests/run.
 * Owns nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/gesture_log.h"

#define NOW_US 60000000u

/* As it is told over the bus, a line a gesture. */
static char *
told(const struct gesture_log *log)
{
	g_autoptr(GVariant) all =
	    g_variant_ref_sink(gesture_log_to_variant(log, usec_from_us(NOW_US)));
	GString *lines = g_string_new(NULL);

	for (gsize i = 0; i < g_variant_n_children(all); i++) {
		g_autoptr(GVariant) one = g_variant_get_child_value(all, i);
		const char *kind, *pads;
		guint32 panel, ms, ago;
		double right, down;

		assert_int_equal(g_variant_n_children(one), 7);
		assert_true(g_variant_lookup(one, "kind", "&s", &kind));
		assert_true(g_variant_lookup(one, "pads", "&s", &pads));
		assert_true(g_variant_lookup(one, "panel", "u", &panel));
		assert_true(g_variant_lookup(one, "duration-ms", "u", &ms));
		assert_true(g_variant_lookup(one, "seconds-ago", "u", &ago));
		assert_true(g_variant_lookup(one, "right-mm", "d", &right));
		assert_true(g_variant_lookup(one, "down-mm", "d", &down));
		g_string_append_printf(lines, "%s/%s/%u/%ums/%us/%g,%g\n", kind, pads, panel, ms,
				       ago, right, down);
	}
	return g_string_free(lines, FALSE);
}

static void
press(struct gesture_log *log, uint32_t number, enum pad pad, enum press_phase phase,
      uint32_t after_ms)
{
	const struct link_press message = {
	    .press = number,
	    .panel = 3,
	    .pad = pad,
	    .phase = phase,
	    .down_us = 50000000,
	    .time_us = 50000000 + (uint64_t)after_ms * 1000,
	};

	gesture_log_press(log, &message);
}

static void
chord(struct gesture_log *log, enum press_phase phase, uint32_t after_ms)
{
	const struct link_chord message = {
	    .chord = 9,
	    .panel = 3,
	    .pads = {PAD_LEFT_TOP, PAD_RIGHT_TOP},
	    .presses = {7, 8},
	    .phase = phase,
	    .down_us = 50000000,
	    .time_us = 50000000 + (uint64_t)after_ms * 1000,
	};

	gesture_log_chord(log, &message);
}

static void
test_presses(void **state)
{
	struct gesture_log log = {0};
	g_autofree char *none = told(&log);
	g_autofree char *some = NULL;

	(void)state;
	assert_string_equal(none, "");
	press(&log, 1, PAD_LEFT_TOP, PRESS_DOWN, 0);
	press(&log, 1, PAD_LEFT_TOP, PRESS_UP, 85);
	press(&log, 2, PAD_RIGHT_BOTTOM, PRESS_DOWN, 0);
	press(&log, 2, PAD_RIGHT_BOTTOM, PRESS_HOLD, 600);
	press(&log, 2, PAD_RIGHT_BOTTOM, PRESS_UP, 900);
	press(&log, 3, PAD_LEFT_MIDDLE, PRESS_DOWN, 0);
	press(&log, 3, PAD_LEFT_MIDDLE, PRESS_CANCEL, 30);
	some = told(&log);
	assert_string_equal(some, "cancelled/left-middle/3/30ms/9s/0,0\n"
				  "hold/right-bottom/3/900ms/9s/0,0\n"
				  "press/left-top/3/85ms/9s/0,0\n");
}

/* The presses that it is made of are cancelled, and no gestures. */
static void
test_chord(void **state)
{
	struct gesture_log log = {0};
	g_autofree char *lines = NULL;

	(void)state;
	press(&log, 7, PAD_LEFT_TOP, PRESS_DOWN, 0);
	press(&log, 8, PAD_RIGHT_TOP, PRESS_DOWN, 0);
	chord(&log, PRESS_DOWN, 0);
	press(&log, 7, PAD_LEFT_TOP, PRESS_CANCEL, 0);
	press(&log, 8, PAD_RIGHT_TOP, PRESS_CANCEL, 0);
	chord(&log, PRESS_UP, 80);
	chord(&log, PRESS_DOWN, 0);
	chord(&log, PRESS_HOLD, 600);
	chord(&log, PRESS_UP, 700);
	lines = told(&log);
	assert_string_equal(lines, "chord hold/left-top + right-top/3/700ms/9s/0,0\n"
				   "chord/left-top + right-top/3/80ms/9s/0,0\n");
}

static void
test_ear(void **state)
{
	struct gesture_log log = {0};
	const struct link_ear swipe = {.panel = 3,
				       .kind = EAR_SWIPE_UP,
				       .by_x_um = 1600,
				       .by_y_um = -30400,
				       .time_us = 50000000};
	g_autofree char *lines = NULL;

	(void)state;
	gesture_log_ear(&log, &swipe);
	lines = told(&log);
	assert_string_equal(lines, "swipe-up/ear/3/0ms/10s/2,-30\n");
}

static void
test_ten(void **state)
{
	struct gesture_log log = {0};
	g_autoptr(GString) wanted = g_string_new(NULL);
	g_autofree char *lines = NULL;

	(void)state;
	for (uint32_t i = 1; i <= 25; i++) {
		press(&log, i, PAD_LEFT_TOP, PRESS_DOWN, 0);
		press(&log, i, PAD_LEFT_TOP, PRESS_UP, i);
	}
	for (uint32_t i = 25; i > 15; i--)
		g_string_append_printf(wanted, "press/left-top/3/%ums/9s/0,0\n", i);
	lines = told(&log);
	assert_string_equal(lines, wanted->str);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_presses),
	    cmocka_unit_test(test_chord),
	    cmocka_unit_test(test_ear),
	    cmocka_unit_test(test_ten),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
