/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The confirmation as the user wants it: by a hold, of everything, in a longer or shorter time; and
 * what an armed command would act on, found out at the first press.
 * Run by tests/run; owns nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/brain_rig.h"

#define PAY  PAD_RIGHT_TOP
#define FIVE PAD_RIGHT_MIDDLE
#define STOP PAD_LEFT_BOTTOM

static const char profile[] = "[Profile]\nName=Default\n"
			      "[right-top]\nCommand=activate name=\"Pay now\"\nLabel=Pay\n"
			      "Confirm=hold\n"
			      "[right-middle]\nCommand=activate name=\"5\"\nLabel=Five\n"
			      "[right-bottom]\nCommand=activate\n";

static void
by_a_hold(void **state)
{
	struct brain_rig *rig = brain_rig_new(profile);

	(void)state;
	brain_rig_press(rig, PAY);
	brain_rig_expect(rig, "say:Pay, press again and hold|resolve|");
	brain_rig_spoken(rig);
	brain_rig_wait(rig, 300);
	/* A press is not enough. */
	brain_rig_press(rig, PAY);
	brain_rig_expect(rig, "say:Pay, press again and hold|resolve|");
	brain_rig_spoken(rig);
	brain_rig_wait(rig, 300);
	brain_rig_hold(rig, PAY);
	brain_rig_expect(rig, "run:activate name=\"Pay now\"|");
	/* Held at first, it is a first one. */
	brain_rig_wait(rig, 300);
	brain_rig_hold(rig, PAY);
	brain_rig_expect(rig, "say:Pay, press again and hold|resolve|");
	brain_rig_wait(rig, 300);
	brain_rig_hold(rig, PAY);
	brain_rig_expect(rig, "run:activate name=\"Pay now\"|");
	brain_rig_free(rig);
}

static void
of_everything(void **state)
{
	struct brain_rig *rig = brain_rig_new(profile);

	(void)state;
	brain_set_confirm(rig->brain, &(struct brain_confirm){.always = true});
	brain_rig_press(rig, STOP);
	brain_rig_wait(rig, 100);
	brain_rig_press(rig, STOP);
	brain_rig_expect(rig, "say:Stop, press again|run:stop|");
	/* What takes a hold still does. */
	brain_rig_press(rig, PAY);
	brain_rig_wait(rig, 100);
	brain_rig_press(rig, PAY);
	assert_int_equal(rig->runs, 1);
	brain_set_confirm(rig->brain, &(struct brain_confirm){.always = false});
	brain_rig_press(rig, STOP);
	assert_int_equal(rig->runs, 2);
	brain_rig_free(rig);
}

static void
in_the_user_s_time(void **state)
{
	static const struct {
		uint64_t window_ms, pause_ms;
		bool runs;
	} cases[] = {
	    {0, 1400, true},    {0, 1700, false},    {300, 250, true},   {300, 500, false},
	    {3000, 2900, true}, {3000, 3300, false}, {5000, 4500, true},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct brain_rig *rig = brain_rig_new(profile);
		struct brain_confirm confirm = {.window = usec_from_ms(cases[i].window_ms)};

		brain_set_confirm(rig->brain, &confirm);
		brain_rig_press(rig, FIVE);
		brain_rig_wait(rig, 200);
		brain_rig_spoken(rig);
		brain_rig_wait(rig, cases[i].pause_ms);
		brain_rig_press(rig, FIVE);
		assert_int_equal(rig->runs, cases[i].runs);
		brain_rig_free(rig);
	}
	/* Never longer than 5 s in all, however long the announcement is. */
	struct brain_rig *rig = brain_rig_new(profile);

	brain_set_confirm(rig->brain, &(struct brain_confirm){.window = usec_from_ms(5000)});
	brain_rig_press(rig, FIVE);
	brain_rig_wait(rig, 3000);
	brain_rig_spoken(rig);
	brain_rig_wait(rig, 2200);
	brain_rig_press(rig, FIVE);
	assert_int_equal(rig->runs, 0);
	brain_rig_free(rig);
}

static void
the_name_is_said(void **state)
{
	struct brain_rig *rig = brain_rig_new(profile);

	(void)state;
	brain_rig_press(rig, FIVE);
	brain_resolved(rig->brain, rig->press, BRAIN_RESULT_DONE, "5", rig->now);
	brain_rig_expect(rig, "say:Five, press again|resolve|after:5|");
	/* The window opens when the name has been said, not before. */
	brain_spoken(rig->brain, rig->utterance - 1, rig->now);
	brain_rig_wait(rig, 2000);
	brain_rig_spoken(rig);
	brain_rig_wait(rig, 1400);
	brain_rig_press(rig, FIVE);
	assert_int_equal(rig->runs, 1);
	brain_rig_expect(rig, "run:activate name=\"5\"|");
	brain_rig_wait(rig, 100);
	/* Nothing that was said already, and nothing to an old press. */
	brain_rig_press(rig, FIVE);
	brain_resolved(rig->brain, rig->press - 1, BRAIN_RESULT_DONE, "other", rig->now);
	brain_resolved(rig->brain, rig->press, BRAIN_RESULT_DONE, "FIVE", rig->now);
	brain_rig_expect(rig, "say:Five, press again|resolve|");
	brain_rig_wait(rig, 6000);
	brain_rig_press(rig, FIVE);
	brain_resolved(rig->brain, rig->press, BRAIN_RESULT_DONE, NULL, rig->now);
	brain_rig_expect(rig, "say:Five, press again|resolve|");
	brain_rig_free(rig);
}

static void
what_is_not_there_is_said_at_once(void **state)
{
	struct brain_rig *rig = brain_rig_new(profile);

	(void)state;
	brain_rig_press(rig, FIVE);
	brain_resolved(rig->brain, rig->press, BRAIN_RESULT_NOT_FOUND, NULL, rig->now);
	brain_rig_expect(rig, "say:Five, press again|resolve|say:No \"5\" here|");
	assert_false(rig->watching);
	brain_rig_wait(rig, 100);
	brain_rig_press(rig, FIVE);
	brain_rig_expect(rig, "say:Five, press again|resolve|");
	/* It comes while the second press is down already: that one runs nothing. */
	brain_rig_wait(rig, 100);
	rig->press++;
	brain_rig_phase(rig, FIVE, PRESS_DOWN, 0);
	brain_resolved(rig->brain, rig->press - 1, BRAIN_RESULT_NOT_FOUND, NULL, rig->now);
	brain_rig_wait(rig, 60);
	brain_rig_phase(rig, FIVE, PRESS_UP, 60);
	brain_rig_expect(rig, "say:No \"5\" here|say:Five, press again|resolve|");
	assert_int_equal(rig->runs, 0);
	brain_rig_free(rig);
}

/* What was announced is what the second press does: another name at its place, or nothing there any
 * more, and it is not armed any more, also when that is told while the second press is down. */
static void
what_it_acts_on_has_changed(void **state)
{
	static const struct {
		enum brain_result result;
		const char *text;
		bool stays;
	} cases[] = {
	    {BRAIN_RESULT_DONE, "Delete all", false}, {BRAIN_RESULT_DONE, NULL, false},
	    {BRAIN_RESULT_NOT_FOUND, NULL, false},    {BRAIN_RESULT_FAILED, "Greyed", false},
	    {BRAIN_RESULT_DONE, "Pay 5", true},       {BRAIN_RESULT_NOT_RESPONDING, NULL, true},
	};

	(void)state;
	for (size_t i = 0; i < 2 * G_N_ELEMENTS(cases); i++) {
		struct brain_rig *rig = brain_rig_new(profile);
		size_t one = i % G_N_ELEMENTS(cases);
		bool down = i >= G_N_ELEMENTS(cases);
		uint32_t armed;

		brain_rig_press(rig, FIVE);
		armed = rig->press;
		brain_resolved(rig->brain, armed, BRAIN_RESULT_DONE, "Pay 5", rig->now);
		brain_rig_expect(rig, "say:Five, press again|resolve|after:Pay 5|");
		brain_rig_wait(rig, 300);
		rig->press++;
		if (down)
			brain_rig_phase(rig, FIVE, PRESS_DOWN, 0);
		brain_resolved(rig->brain, armed, cases[one].result, cases[one].text, rig->now);
		brain_rig_expect(rig, cases[one].stays ? ""
						       : "say:Five cancelled, what it acts on has "
							 "changed|");
		assert_int_equal(rig->watching, cases[one].stays);
		if (!down)
			brain_rig_phase(rig, FIVE, PRESS_DOWN, 0);
		brain_rig_wait(rig, 60);
		brain_rig_phase(rig, FIVE, PRESS_UP, 60);
		brain_rig_expect(rig, cases[one].stays ? "run:activate name=\"5\"|"
						       : "say:Five, press again|resolve|");
		brain_rig_free(rig);
	}
}

/* An app that is slow, and does not even say what it has, is told of; its second press counts. */
static void
who_does_not_answer_is_told_of(void **state)
{
	struct brain_rig *rig = brain_rig_new(profile);

	(void)state;
	brain_rig_press(rig, FIVE);
	brain_resolved(rig->brain, rig->press, BRAIN_RESULT_NOT_RESPONDING, NULL, rig->now);
	brain_rig_expect(rig, "say:Five, press again|resolve|after:The app does not respond|");
	brain_rig_wait(rig, 3000);
	brain_rig_spoken(rig);
	brain_rig_wait(rig, 1000);
	rig->press++;
	brain_rig_phase(rig, FIVE, PRESS_DOWN, 0);
	brain_resolved(rig->brain, rig->press - 1, BRAIN_RESULT_NOT_RESPONDING, NULL, rig->now);
	brain_rig_wait(rig, 60);
	brain_rig_phase(rig, FIVE, PRESS_UP, 60);
	brain_rig_expect(rig, "run:activate name=\"5\"|");
	brain_rig_free(rig);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(by_a_hold),
	    cmocka_unit_test(of_everything),
	    cmocka_unit_test(in_the_user_s_time),
	    cmocka_unit_test(the_name_is_said),
	    cmocka_unit_test(what_is_not_there_is_said_at_once),
	    cmocka_unit_test(what_it_acts_on_has_changed),
	    cmocka_unit_test(who_does_not_answer_is_told_of),
	};

	return cmocka_run_group_tests_name("brain-confirm", tests, NULL, NULL);
}
