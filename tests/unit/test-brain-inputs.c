/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The brain with holds and chords: confirmed as presses are, and nothing where none is bound.
 * Run by tests/run.
 * Owns nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/cleanup.h"
#include "tests/unit/brain_rig.h"

#define A PAD_LEFT_TOP  /* back */
#define B PAD_RIGHT_TOP /* key Shift+Tab, a single one */

static const char profile[] = "[Profile]\nName=Default\n"
			      "[right-top + left-top]\nCommand=key Escape\nLabel=Escape\n"
			      "[left-top hold]\nCommand=key Home\nLabel=Home\n"
			      "[left-bottom hold]\nCommand=time\n"
			      "[left-top + left-middle]\nCommand=read-title\n";

static void
chord_is_confirmed(void **state)
{
	struct brain_rig *rig = brain_rig_new(profile);

	(void)state;
	brain_rig_chord(rig, A, B);
	brain_rig_expect(rig, "say:Escape, press again|");
	brain_rig_wait(rig, 1000);
	brain_rig_spoken(rig);
	brain_rig_wait(rig, 1000);
	brain_rig_chord(rig, A, B);
	brain_rig_expect(rig, "run:key Escape|");
	/* A third one is a first one. */
	brain_rig_wait(rig, 300);
	brain_rig_chord(rig, A, B);
	brain_rig_expect(rig, "say:Escape, press again|");
	/* And too late. */
	brain_rig_spoken(rig);
	brain_rig_wait(rig, 1600);
	brain_rig_chord(rig, A, B);
	brain_rig_expect(rig, "say:Escape, press again|");
	brain_rig_free(rig);
}

static void
single_chord_and_hold_run_at_once(void **state)
{
	struct brain_rig *rig = brain_rig_new(profile);

	(void)state;
	brain_rig_chord(rig, A, PAD_LEFT_MIDDLE);
	brain_rig_expect(rig, "run:read-title|");
	brain_rig_hold(rig, PAD_LEFT_BOTTOM);
	brain_rig_expect(rig, "run:time|");
	brain_rig_free(rig);
}

static void
hold_is_confirmed_while_down(void **state)
{
	struct brain_rig *rig = brain_rig_new(profile);

	(void)state;
	brain_rig_hold(rig, A);
	brain_rig_expect(rig, "say:Home, hold again|");
	brain_rig_spoken(rig);
	brain_rig_wait(rig, 500);
	rig->press++;
	brain_rig_phase(rig, A, PRESS_DOWN, 0);
	brain_rig_wait(rig, 600);
	brain_rig_expect(rig, "");
	brain_rig_phase(rig, A, PRESS_HOLD, 600);
	brain_rig_expect(rig, "run:key Home|");
	brain_rig_phase(rig, A, PRESS_UP, 700);
	brain_rig_expect(rig, "");
	brain_rig_free(rig);
}

/* Each pair of inputs of the same pads: the second one is a first one of its own. */
static void
another_input_of_the_pad_is_not_the_second(void **state)
{
	struct brain_rig *rig = brain_rig_new(profile);

	(void)state;
	brain_rig_press(rig, A);
	brain_rig_expect(rig, "say:Back, press again|");
	brain_rig_wait(rig, 200);
	brain_rig_hold(rig, A);
	brain_rig_expect(rig, "say:Home, hold again|");
	brain_rig_wait(rig, 200);
	brain_rig_press(rig, A);
	brain_rig_expect(rig, "say:Back, press again|");
	brain_rig_wait(rig, 200);
	brain_rig_chord(rig, A, B);
	brain_rig_expect(rig, "say:Escape, press again|");
	brain_rig_wait(rig, 200);
	brain_rig_press(rig, A);
	brain_rig_expect(rig, "say:Back, press again|");
	brain_rig_wait(rig, 200);
	brain_rig_chord(rig, A, B);
	brain_rig_expect(rig, "say:Escape, press again|");
	brain_rig_wait(rig, 200);
	brain_rig_hold(rig, A);
	brain_rig_expect(rig, "say:Home, hold again|");
	assert_int_equal(rig->runs, 0);
	brain_rig_free(rig);
}

static void
unbound_ones_only_disarm(void **state)
{
	struct brain_rig *rig = brain_rig_new(profile);

	(void)state;
	brain_rig_chord(rig, A, PAD_RIGHT_BOTTOM);
	brain_rig_hold(rig, B);
	brain_rig_expect(rig, "");
	brain_rig_press(rig, A);
	brain_rig_expect(rig, "say:Back, press again|");
	brain_rig_wait(rig, 200);
	brain_rig_chord(rig, A, PAD_RIGHT_BOTTOM);
	brain_rig_expect(rig, "say:Back cancelled|");
	brain_rig_press(rig, A);
	brain_rig_expect(rig, "say:Back, press again|");
	brain_rig_wait(rig, 200);
	brain_rig_hold(rig, B);
	brain_rig_expect(rig, "say:Back cancelled|");
	/* Said once. */
	brain_rig_hold(rig, B);
	brain_rig_expect(rig, "");
	brain_rig_free(rig);
}

static void
chord_that_is_none_disarms(void **state)
{
	struct brain_rig *rig = brain_rig_new(profile);

	(void)state;
	/* It slides off. */
	brain_rig_chord(rig, A, B);
	brain_rig_expect(rig, "say:Escape, press again|");
	brain_rig_wait(rig, 300);
	brain_rig_chord_down(rig, A, B);
	brain_rig_expect(rig, "");
	brain_rig_chord_phase(rig, A, B, PRESS_CANCEL, 50);
	brain_rig_expect(rig, "say:Escape cancelled, the press slid off|");
	/* It is held: no chord any more when it lifts. */
	brain_rig_chord(rig, A, B);
	brain_rig_expect(rig, "say:Escape, press again|");
	brain_rig_wait(rig, 300);
	brain_rig_chord_down(rig, A, B);
	brain_rig_wait(rig, 600);
	brain_rig_chord_phase(rig, A, B, PRESS_HOLD, 600);
	brain_rig_chord_phase(rig, A, B, PRESS_UP, 700);
	assert_true(g_str_has_prefix(rig->notes->str, "say:Escape cancelled|say:Assigning."));
	assert_int_equal(rig->runs, 0);
	brain_rig_hold_pair(rig, A, B);
	g_string_truncate(rig->notes, 0);
	/* Another pad's press that slides off has disarmed it too, and now says so. */
	brain_rig_chord(rig, A, B);
	brain_rig_wait(rig, 300);
	rig->press++;
	brain_rig_phase(rig, PAD_LEFT_BOTTOM, PRESS_DOWN, 0);
	brain_rig_phase(rig, PAD_LEFT_BOTTOM, PRESS_CANCEL, 50);
	brain_rig_expect(rig, "say:Escape, press again|say:Escape cancelled, the press slid off|");
	brain_rig_free(rig);
}

/* Profiles are not changed under a finger, nor between two presses. */
static void
busy_while_down_or_armed(void **state)
{
	struct brain_rig *rig = brain_rig_new(profile);

	(void)state;
	assert_false(brain_is_busy(rig->brain));
	rig->press++;
	brain_rig_phase(rig, PAD_RIGHT_MIDDLE, PRESS_DOWN, 0);
	assert_true(brain_is_busy(rig->brain));
	brain_rig_phase(rig, PAD_RIGHT_MIDDLE, PRESS_CANCEL, 0);
	assert_false(brain_is_busy(rig->brain));
	brain_rig_chord_down(rig, A, B);
	assert_true(brain_is_busy(rig->brain));
	brain_rig_wait(rig, 80);
	brain_rig_chord_phase(rig, A, B, PRESS_UP, 80);
	assert_true(brain_is_busy(rig->brain));
	brain_rig_wait(rig, 6000);
	assert_false(brain_is_busy(rig->brain));
	rig->press++;
	brain_rig_phase(rig, PAD_RIGHT_MIDDLE, PRESS_DOWN, 0);
	brain_link(rig->brain, false, rig->now);
	assert_false(brain_is_busy(rig->brain));
	brain_rig_free(rig);
}

static void
ear(struct brain_rig *rig, enum ear_kind kind)
{
	brain_ear(rig->brain, kind, rig->now);
}

static void
ear_is_confirmed_by_the_same_gesture(void **state)
{
	struct brain_rig *rig = brain_rig_new(profile);

	(void)state;
	ear(rig, EAR_DOUBLE_TAP);
	brain_rig_expect(rig, "say:Activate, double-tap again|resolve|");
	brain_rig_spoken(rig);
	brain_rig_wait(rig, 1000);
	ear(rig, EAR_DOUBLE_TAP);
	brain_rig_expect(rig, "run:activate|");
	/* Too late is a first one, and another gesture is none of it. */
	ear(rig, EAR_SWIPE_LEFT);
	brain_rig_expect(rig, "say:Back, swipe again|");
	brain_rig_spoken(rig);
	brain_rig_wait(rig, 1600);
	ear(rig, EAR_SWIPE_LEFT);
	brain_rig_expect(rig, "say:Back, swipe again|");
	ear(rig, EAR_SWIPE_DOWN);
	brain_rig_expect(rig, "run:key Tab|");
	ear(rig, EAR_SWIPE_LEFT);
	brain_rig_expect(rig, "say:Back, swipe again|");
	brain_rig_free(rig);
}

static void
ear_and_pads_confirm_nothing_of_each_other(void **state)
{
	struct brain_rig *rig = brain_rig_new(profile);

	(void)state;
	brain_rig_press(rig, A);
	brain_rig_expect(rig, "say:Back, press again|");
	ear(rig, EAR_SWIPE_LEFT);
	brain_rig_expect(rig, "say:Back, swipe again|");
	brain_rig_wait(rig, 300);
	brain_rig_press(rig, A);
	brain_rig_expect(rig, "say:Back, press again|");
	ear(rig, EAR_ENTER);
	brain_rig_expect(rig, "say:Back cancelled, the phone is at the ear|");
	ear(rig, EAR_DOUBLE_TAP);
	brain_rig_expect(rig, "say:Activate, double-tap again|resolve|");
	ear(rig, EAR_LEAVE);
	brain_rig_expect(rig, "say:Activate cancelled, the phone has left the ear|");
	/* These are no gestures of their own. */
	ear(rig, EAR_MOVE);
	ear(rig, EAR_RELEASE);
	brain_rig_expect(rig, "");
	ear(rig, EAR_HOLD);
	ear(rig, EAR_RELEASE);
	brain_rig_expect(rig, "say:Talk, hold again|");
	ear(rig, EAR_HOLD);
	brain_rig_expect(rig, "run:hold-key Space|");
	brain_rotate(rig->brain, true, rig->now);
	brain_rotate(rig->brain, false, rig->now);
	brain_rig_expect(rig, "run:voice ear-volume +10|run:voice ear-volume -10|");
	brain_rig_free(rig);
}

/* Whatever the ear does on the glass ends what is being said; turning the phone is no touch. */
static void
ear_stops_speech(void **state)
{
	static const enum ear_kind touches[] = {EAR_TAP,        EAR_DOUBLE_TAP, EAR_SWIPE_UP,
						EAR_SWIPE_DOWN, EAR_SWIPE_LEFT, EAR_SWIPE_RIGHT,
						EAR_HOLD};
	struct brain_rig *rig = brain_rig_new(profile);

	(void)state;
	ear(rig, EAR_ENTER);
	ear(rig, EAR_MOVE);
	brain_rotate(rig->brain, true, rig->now);
	assert_int_equal(rig->stops, 0);
	for (unsigned i = 0; i < G_N_ELEMENTS(touches); i++) {
		ear(rig, touches[i]);
		assert_int_equal(rig->stops, i + 1);
	}
	brain_rig_free(rig);
}

/* At the ear no pair of pads does anything but lead out of it. */
static void
at_the_ear_only_the_way_out(void **state)
{
	struct brain_rig *rig = brain_rig_new("[Profile]\nName=Default\n[left-top + right-top]\n"
					      "Command=time\n");

	(void)state;
	brain_rig_chord(rig, PAD_LEFT_BOTTOM, PAD_RIGHT_BOTTOM);
	brain_rig_expect(rig, "run:ear|");
	ear(rig, EAR_ENTER);
	brain_rig_chord(rig, PAD_LEFT_TOP, PAD_RIGHT_TOP);
	brain_rig_expect(rig, "");
	brain_rig_chord(rig, PAD_LEFT_BOTTOM, PAD_RIGHT_BOTTOM);
	brain_rig_expect(rig, "run:ear|");
	ear(rig, EAR_LEAVE);
	brain_rig_chord(rig, PAD_LEFT_TOP, PAD_RIGHT_TOP);
	brain_rig_expect(rig, "run:time|");
	brain_rig_free(rig);
}

static void
names(void **state)
{
	struct input input;

	(void)state;
	for (unsigned i = 0; i < INPUT_COUNT; i++) {
		assert_true(input_from_str(input_to_str((struct input){i}), &input));
		assert_int_equal(input.index, i);
	}
	for (int a = 0; a < PAD_COUNT; a++) {
		assert_int_equal(input_press((enum pad)a).index, a);
		assert_int_equal(input_kind(input_hold((enum pad)a)), INPUT_HOLD);
		for (int b = 0; b < PAD_COUNT; b++) {
			if (a == b)
				continue;
			input = input_chord((enum pad)a, (enum pad)b);
			assert_int_equal(input_kind(input), INPUT_CHORD);
			assert_true(input_has_pad(input, (enum pad)a));
			assert_true(input_has_pad(input, (enum pad)b));
		}
	}
	assert_true(input_from_str("right-top+left-top", &input));
	assert_string_equal(input_to_str(input), "left-top + right-top");
	for (size_t i = 0; i < 7; i++) {
		static const char *const wrong[] = {"",
						    "left",
						    "left-top + left-top",
						    "left-top +",
						    "left-top  hold",
						    "+",
						    "left-top + right-top + left-middle"};

		assert_false(input_from_str(wrong[i], &input));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(busy_while_down_or_armed),
	    cmocka_unit_test(chord_is_confirmed),
	    cmocka_unit_test(single_chord_and_hold_run_at_once),
	    cmocka_unit_test(hold_is_confirmed_while_down),
	    cmocka_unit_test(another_input_of_the_pad_is_not_the_second),
	    cmocka_unit_test(unbound_ones_only_disarm),
	    cmocka_unit_test(chord_that_is_none_disarms),
	    cmocka_unit_test(ear_is_confirmed_by_the_same_gesture),
	    cmocka_unit_test(ear_and_pads_confirm_nothing_of_each_other),
	    cmocka_unit_test(ear_stops_speech),
	    cmocka_unit_test(at_the_ear_only_the_way_out),
	    cmocka_unit_test(names),
	};

	return cmocka_run_group_tests_name("brain-inputs", tests, NULL, NULL);
}
