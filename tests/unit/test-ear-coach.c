/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Learning the ear as a conversation: what is said after everything that a person may do.
 * Run by tests/run.
 * Owns nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>
#include <string.h>

#include "daemon/ear_coach.h"

struct rig {
	struct ear_coach coach;
	uint64_t ms;
	uint32_t utterance;
	GString *log;
};

static uint32_t
on_tell(void *data, enum ear_coach_step step, const char *text)
{
	struct rig *rig = data;

	g_string_append_printf(rig->log, "%s: %s|", ear_coach_step_to_str(step), text);
	return ++rig->utterance;
}

static const struct ear_coach_output output = {on_tell};

static void
pass(struct rig *rig, unsigned ms)
{
	rig->ms += ms;
	ear_coach_tick(&rig->coach, usec_from_ms(rig->ms));
}

/* It is said to its end. */
static void
listen(struct rig *rig)
{
	rig->ms += 4000;
	ear_coach_spoken(&rig->coach, rig->utterance, usec_from_ms(rig->ms));
}

static void
expect(struct rig *rig, const char *begins, const char *ends)
{
	if (!g_str_has_prefix(rig->log->str, begins) || !g_str_has_suffix(rig->log->str, ends))
		fail_msg("%s", rig->log->str);
	g_string_truncate(rig->log, 0);
}

static int
setup(void **state)
{
	struct rig *rig = g_new0(struct rig, 1);

	rig->ms = 1000;
	rig->log = g_string_new(NULL);
	ear_coach_init(&rig->coach, &output, rig);
	ear_coach_start(&rig->coach, usec_from_ms(rig->ms));
	expect(rig, "ask: Put the phone to your ear, ", "finger's breadth away.|");
	listen(rig);
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
see(struct rig *rig, unsigned patches, double size_mm, unsigned ms, bool ear)
{
	const struct ear_seen seen = {usec_from_ms(ms), patches, size_mm, ear};

	rig->ms += ms;
	ear_coach_seen(&rig->coach, &seen, usec_from_ms(rig->ms));
}

static void
gesture(struct rig *rig, enum ear_kind kind)
{
	rig->ms += 100;
	ear_coach_ear(&rig->coach, kind, usec_from_ms(rig->ms));
}

static void
place(struct rig *rig)
{
	see(rig, 3, 61.7, 1240, true);
	pass(rig, 599);
	expect(rig, "", "");
	pass(rig, 1);
	expect(rig, "seen: That was an ear: 3 patches, 62 millimetres, 1.2 seconds. Now tap ", "|");
}

static void
all_of_it(void **state)
{
	struct rig *rig = *state;

	place(rig);
	see(rig, 2, 48, 110, true);
	gesture(rig, EAR_TAP);
	expect(rig, "seen: That was a tap: 2 patches, 48 millimetres, 0.1 seconds. Now double-tap",
	       "|");
	see(rig, 2, 48, 110, true);
	see(rig, 1, 44, 120, true);
	gesture(rig, EAR_DOUBLE_TAP);
	expect(rig,
	       "seen: That was a double-tap: one patch, 44 millimetres, 0.1 seconds. Now swipe",
	       "|");
	see(rig, 1, 0, 320, true);
	gesture(rig, EAR_SWIPE_UP);
	expect(rig, "done: That was a swipe up: one patch, 0.3 seconds. That was all.",
	       "You know the ear now.|");
	assert_false(ear_coach_is_running(&rig->coach));
	/* And it is over. */
	see(rig, 1, 40, 320, true);
	gesture(rig, EAR_TAP);
	pass(rig, 30000);
	expect(rig, "", "");
}

/* Contact is lost in the middle of placing, for longer than a gesture is waited for. */
static void
placed_with_a_drop_out(void **state)
{
	struct rig *rig = *state;

	const struct ear_seen whole = {usec_from_ms(1240 + 600 + 400), 3, 61.7, true};

	place(rig);
	/* It touches on, and lifts a second later: the same touch, which is no slow tap. */
	rig->ms += 400;
	ear_coach_seen(&rig->coach, &whole, usec_from_ms(rig->ms));
	pass(rig, 700);
	expect(rig, "", "");
	see(rig, 2, 50, 100, true);
	gesture(rig, EAR_TAP);
	expect(rig, "seen: That was a tap", "|");
}

static void
a_finger_is_no_ear(void **state)
{
	struct rig *rig = *state;

	see(rig, 1, 12, 500, true);
	pass(rig, 600);
	expect(rig,
	       "refused: That was no larger than a finger: one patch, 12 millimetres, 0.5 seconds.",
	       "finger's breadth away.|");
	/* Holding is part of placing. */
	gesture(rig, EAR_HOLD);
	expect(rig, "", "");
	place(rig);
}

static void
something_else(void **state)
{
	struct rig *rig = *state;

	place(rig);
	see(rig, 2, 50, 300, true);
	gesture(rig, EAR_SWIPE_LEFT);
	expect(rig,
	       "refused: That was a swipe to the left: 2 patches, 50 millimetres, 0.3 seconds. Now "
	       "tap",
	       "|");
	see(rig, 2, 50, 400, true);
	pass(rig, 600);
	expect(rig, "refused: That was too slow: 2 patches, 50 millimetres, 0.4 seconds. Now tap",
	       "|");
	see(rig, 1, 6, 80, true);
	pass(rig, 600);
	expect(rig, "refused: That was no gesture: one patch, 6 millimetres, 0.1 seconds. Press",
	       "|");
	/* A hold is told while it lasts: nothing was seen yet. */
	gesture(rig, EAR_HOLD);
	expect(rig, "refused: That was a hold. Now tap", "|");
}

static void
nothing_for_20_s(void **state)
{
	struct rig *rig = *state;

	pass(rig, 19999);
	expect(rig, "", "");
	pass(rig, 1);
	expect(rig, "left: Nothing touched for 20 seconds", "|");
	assert_false(ear_coach_is_running(&rig->coach));
}

/* While the coach itself speaks, nobody is late. */
static void
not_while_it_speaks(void **state)
{
	struct rig *rig = *state;
	struct usec deadline;

	place(rig);
	assert_false(ear_coach_next_deadline(&rig->coach, &deadline));
	pass(rig, 60000);
	expect(rig, "", "");
	listen(rig);
	pass(rig, 20000);
	expect(rig, "left: ", "|");
}

static void
stopped_and_failed(void **state)
{
	struct rig *rig = *state;

	ear_coach_stop(&rig->coach);
	expect(rig, "left: Learning is left.|", "");
	ear_coach_stop(&rig->coach);
	ear_coach_fail(&rig->coach, "The panel has gone.");
	expect(rig, "", "");
	ear_coach_start(&rig->coach, usec_from_ms(rig->ms));
	g_string_truncate(rig->log, 0);
	ear_coach_fail(&rig->coach, "The panel has gone.");
	expect(rig, "failed: The panel has gone.|", "");
}

int
main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
	    TEST(all_of_it),          TEST(placed_with_a_drop_out), TEST(a_finger_is_no_ear),
	    TEST(something_else),     TEST(nothing_for_20_s),       TEST(not_while_it_speaks),
	    TEST(stopped_and_failed),
	};

	return cmocka_run_group_tests_name("ear-coach", tests, NULL, NULL);
}
