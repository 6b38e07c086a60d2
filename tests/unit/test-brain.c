/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The brain, one rule a test: when a second press counts, what is said, what is dropped.
 * Run by tests/run.
 * Owns nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/brain_rig.h"

#define BACK     PAD_LEFT_TOP
#define FOCUS    PAD_LEFT_MIDDLE
#define STOP     PAD_LEFT_BOTTOM
#define NEXT     PAD_RIGHT_MIDDLE
#define ACTIVATE PAD_RIGHT_BOTTOM

static const char *const no_app[] = {NULL};
static const char *const some_app[] = {"some", NULL};

/* A first press, announced and spoken to its end. */
static struct brain_rig *
armed(const char *profile)
{
	struct brain_rig *rig = brain_rig_new(profile);

	brain_rig_press(rig, BACK);
	brain_rig_expect(rig, "say:Back, press again|");
	brain_rig_wait(rig, 900);
	brain_rig_spoken(rig);
	return rig;
}

static void
second_press_runs_once(void **state)
{
	struct brain_rig *rig = armed(NULL);

	(void)state;
	brain_rig_wait(rig, 500);
	brain_rig_press(rig, BACK);
	brain_rig_expect(rig, "run:back|");
	/* The same lift told twice is one. */
	brain_rig_phase(rig, BACK, PRESS_UP, 60);
	brain_rig_wait(rig, 300);
	brain_rig_press(rig, BACK);
	brain_rig_expect(rig, "say:Back, press again|");
	brain_rig_free(rig);
}

static void
window_is_judged_by_the_landing(void **state)
{
	struct brain_rig *rig = armed(NULL);

	(void)state;
	/* Lands at the last moment, lifts long after. */
	brain_rig_wait(rig, 1500);
	rig->press++;
	brain_rig_phase(rig, BACK, PRESS_DOWN, 0);
	brain_rig_wait(rig, 600);
	brain_rig_phase(rig, BACK, PRESS_UP, 600);
	brain_rig_expect(rig, "run:back|");
	brain_rig_free(rig);

	rig = armed(NULL);
	brain_rig_wait(rig, 1501);
	brain_rig_press(rig, BACK);
	brain_rig_expect(rig, "say:Back, press again|");
	brain_rig_free(rig);

	/* Landed in time, told late, but within the time that a message may take. */
	rig = armed(NULL);
	brain_rig_wait(rig, 1590);
	rig->press++;
	brain_rig_phase(rig, BACK, PRESS_DOWN, 100);
	brain_rig_phase(rig, BACK, PRESS_UP, 100);
	brain_rig_expect(rig, "run:back|");
	brain_rig_free(rig);
}

static void
time_out_is_silent(void **state)
{
	struct brain_rig *rig = armed(NULL);
	struct usec deadline;
	struct input input;

	(void)state;
	assert_true(brain_armed(rig->brain, &input));
	brain_rig_wait(rig, 1600);
	assert_false(brain_armed(rig->brain, &input));
	assert_false(rig->watching);
	assert_false(brain_next_deadline(rig->brain, &deadline));
	brain_rig_expect(rig, "");
	brain_rig_free(rig);
}

static void
long_announcement_has_an_end(void **state)
{
	struct brain_rig *rig = brain_rig_new(NULL);

	(void)state;
	brain_rig_press(rig, BACK);
	brain_rig_wait(rig, 4900);
	brain_rig_press(rig, BACK);
	brain_rig_expect(rig, "say:Back, press again|run:back|");
	brain_rig_wait(rig, 1000);
	brain_rig_press(rig, BACK);
	brain_rig_wait(rig, 5001);
	brain_rig_press(rig, BACK);
	brain_rig_expect(rig, "say:Back, press again|say:Back, press again|");
	brain_rig_wait(rig, 4500);
	/* Spoken late: the 5 s go on. */
	brain_rig_spoken(rig);
	brain_rig_wait(rig, 501);
	brain_rig_press(rig, BACK);
	brain_rig_expect(rig, "say:Back, press again|");
	brain_rig_free(rig);
}

static void
experienced_user_does_not_wait(void **state)
{
	struct brain_rig *rig = brain_rig_new(NULL);

	(void)state;
	brain_rig_press(rig, BACK);
	brain_rig_wait(rig, 80);
	brain_rig_press(rig, BACK);
	brain_rig_expect(rig, "say:Back, press again|run:back|");
	brain_rig_free(rig);
}

static void
bounce_is_no_press(void **state)
{
	struct brain_rig *rig = brain_rig_new(NULL);

	(void)state;
	brain_rig_press(rig, BACK);
	for (int i = 0; i < 5; i++) {
		brain_rig_wait(rig, 39);
		brain_rig_press(rig, BACK);
	}
	brain_rig_expect(rig, "say:Back, press again|");
	brain_rig_wait(rig, 40);
	brain_rig_press(rig, BACK);
	brain_rig_expect(rig, "run:back|");
	/* Nor is a bounce of the second press a new first one. */
	brain_rig_wait(rig, 20);
	brain_rig_press(rig, BACK);
	brain_rig_expect(rig, "");
	/* And what one press runs, it runs once. */
	brain_rig_wait(rig, 500);
	brain_rig_press(rig, NEXT);
	brain_rig_wait(rig, 20);
	brain_rig_press(rig, NEXT);
	brain_rig_expect(rig, "run:key Tab|");
	brain_rig_free(rig);
}

static void
hold_and_slide_disarm(void **state)
{
	static const enum press_phase ends[] = {PRESS_HOLD, PRESS_CANCEL};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
		/* A pad whose hold is bound to nothing. */
		struct brain_rig *rig = brain_rig_new("[Profile]\nName=Default\n[left-bottom]\n"
						      "Command=back\n");

		brain_rig_press(rig, PAD_LEFT_BOTTOM);
		brain_rig_expect(rig, "say:Back, press again|");
		brain_rig_wait(rig, 300);
		rig->press++;
		brain_rig_phase(rig, PAD_LEFT_BOTTOM, PRESS_DOWN, 0);
		brain_rig_wait(rig, 800);
		brain_rig_phase(rig, PAD_LEFT_BOTTOM, ends[i], 800);
		brain_rig_expect(rig, ends[i] == PRESS_HOLD
					  ? "say:Back cancelled|"
					  : "say:Back cancelled, the press slid off|");
		if (ends[i] == PRESS_HOLD)
			brain_rig_phase(rig, PAD_LEFT_BOTTOM, PRESS_UP, 900);
		brain_rig_expect(rig, "");
		brain_rig_wait(rig, 100);
		brain_rig_press(rig, PAD_LEFT_BOTTOM);
		brain_rig_expect(rig, "say:Back, press again|");
		brain_rig_free(rig);
	}
}

static void
what_disarms_is_said(void **state)
{
	static const char *const why[] = {
	    "the screen was touched",       "another app is in front", "another page is there",
	    "something else has the focus", "the screen is locked",    "the buttons were away",
	    "the profiles have changed",    "the phone is at the ear",
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(why); i++) {
		struct brain_rig *rig = armed(NULL);
		g_autofree char *said = g_strdup_printf("say:Back cancelled, %s|", why[i]);

		if (i == 0)
			brain_touch(rig->brain, rig->now);
		else if (i == 1)
			brain_front(rig->brain, some_app, rig->now);
		else if (i == 2)
			brain_site(rig->brain, "www.example.com", rig->now);
		else if (i == 3)
			brain_focus(rig->brain, rig->now);
		else if (i == 4)
			brain_lock(rig->brain, true, rig->now);
		else if (i == 5)
			brain_link(rig->brain, false, rig->now);
		else if (i == 6)
			brain_set_profiles(rig->brain, rig->profiles, rig->now);
		else
			brain_ear(rig->brain, EAR_ENTER, rig->now);
		brain_rig_expect(rig, said);
		assert_false(rig->watching);
		if (i == 4)
			brain_lock(rig->brain, false, rig->now);
		brain_rig_press(rig, BACK);
		brain_rig_expect(rig, "say:Back, press again|");
		brain_rig_free(rig);
	}
}

static void
same_app_again_changes_nothing(void **state)
{
	struct brain_rig *rig = armed(NULL);

	(void)state;
	brain_front(rig->brain, no_app, rig->now);
	brain_rig_press(rig, BACK);
	brain_rig_expect(rig, "run:back|");
	brain_rig_free(rig);
}

/* What moves the focus between two presses may have moved the button too; and whatever is armed,
 * the user is somewhere else than where it was announced. A call for help has to come through. */
static void
focus_disarms_all_but_help(void **state)
{
	struct brain_rig *rig = brain_rig_new("[Profile]\nName=X\nApp=some\n[left-top]\n"
					      "Command=activate name=\"Pay\"\n"
					      "[left-middle]\nCommand=time\nConfirm=double\n"
					      "[right-middle]\nCommand=run lamp\n"
					      "[right-bottom]\nCommand=emergency\n");

	(void)state;
	brain_front(rig->brain, some_app, rig->now);
	assert_string_equal(brain_front_id(rig->brain), "some");
	assert_string_equal(profile_name(brain_view(rig->brain)->profile), "X");
	brain_rig_press(rig, BACK);
	brain_focus(rig->brain, rig->now);
	brain_rig_wait(rig, 100);
	brain_rig_expect(rig, "say:Pay, press again|resolve|"
			      "say:Pay cancelled, something else has the focus|");
	brain_rig_press(rig, FOCUS);
	brain_focus(rig->brain, rig->now);
	brain_rig_expect(rig, "say:Time, press again|"
			      "say:Time cancelled, something else has the focus|");
	brain_rig_press(rig, PAD_RIGHT_MIDDLE);
	brain_focus(rig->brain, rig->now);
	brain_rig_expect(rig, "say:Run: lamp, press again|resolve|"
			      "say:Run: lamp cancelled, something else has the focus|");
	brain_rig_press(rig, ACTIVATE);
	brain_focus(rig->brain, rig->now);
	brain_rig_wait(rig, 100);
	brain_rig_press(rig, ACTIVATE);
	brain_rig_expect(rig, "say:Emergency call, press again|resolve|run:emergency|");
	brain_rig_free(rig);
}

static void
other_pad_takes_over(void **state)
{
	struct brain_rig *rig = armed(NULL);

	(void)state;
	brain_rig_press(rig, ACTIVATE);
	brain_rig_wait(rig, 100);
	brain_rig_press(rig, BACK);
	brain_rig_wait(rig, 100);
	brain_rig_press(rig, FOCUS);
	brain_rig_wait(rig, 100);
	brain_rig_press(rig, BACK);
	brain_rig_expect(rig,
			 "say:Activate, press again|resolve|say:Back, press again|run:read-focus|"
			 "say:Back, press again|");
	brain_rig_free(rig);
}

static void
nothing_can_speak(void **state)
{
	struct brain_rig *rig = brain_rig_new(NULL);

	(void)state;
	rig->mute = true;
	brain_rig_press(rig, BACK);
	brain_rig_wait(rig, 1400);
	brain_rig_press(rig, BACK);
	brain_rig_expect(rig, "say:Back, press again|run:back|");
	brain_rig_wait(rig, 500);
	brain_rig_press(rig, BACK);
	brain_rig_wait(rig, 1700);
	brain_rig_press(rig, BACK);
	brain_rig_expect(rig, "say:Back, press again|say:Back, press again|");
	brain_rig_free(rig);
}

static void
results_in_words(void **state)
{
	static const struct {
		const char *command;
		enum brain_result result;
		const char *text, *said;
	} cases[] = {
	    {"activate name=\"5\"", BRAIN_RESULT_DONE, NULL, "say:5|"},
	    {"activate name=\"5\"", BRAIN_RESULT_DELIVERED, NULL, "say:5, no response|"},
	    {"activate name=\"5\"", BRAIN_RESULT_NOT_FOUND, NULL, "say:No \"5\" here|"},
	    {"activate role=button", BRAIN_RESULT_NOT_FOUND, NULL, "say:No button here|"},
	    {"activate", BRAIN_RESULT_NOT_FOUND, NULL, "say:Nothing to activate here|"},
	    {"activate", BRAIN_RESULT_NOT_RESPONDING, NULL, "say:The app does not respond|"},
	    {"activate", BRAIN_RESULT_NOT_RESPONDING, "Calculator does not respond",
	     "say:Calculator does not respond|"},
	    {"activate", BRAIN_RESULT_FAILED, NULL, "say:Activate failed|"},
	    {"key F5", BRAIN_RESULT_DELIVERED, NULL, "say:F5|"},
	    {"key F5", BRAIN_RESULT_FAILED, "No keyboard", "say:No keyboard|"},
	    {"read-focus", BRAIN_RESULT_DONE, "OK, button", "say:OK, button|"},
	    {"read-focus", BRAIN_RESULT_NOT_FOUND, NULL, "say:Nothing has the focus|"},
	    {"read-title", BRAIN_RESULT_NOT_FOUND, NULL, "say:No window is in front|"},
	    {"back", BRAIN_RESULT_NOT_FOUND, NULL, "say:No way back here|"},
	    {"stop", BRAIN_RESULT_DONE, NULL, ""},
	    {"time", BRAIN_RESULT_DONE, "14:05", "say:14:05|"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *profile =
		    g_strdup_printf("[Profile]\nName=Default\n[left-top]\nCommand=%s\n"
				    "Confirm=single\n",
				    cases[i].command);
		struct brain_rig *rig = brain_rig_new(profile);

		brain_rig_press(rig, BACK);
		g_string_truncate(rig->notes, 0);
		brain_result(rig->brain, rig->press, cases[i].result, cases[i].text, rig->now);
		brain_rig_expect(rig, cases[i].said);
		/* A second answer to the same press is none. */
		brain_result(rig->brain, rig->press, cases[i].result, cases[i].text, rig->now);
		brain_rig_expect(rig, "");
		brain_rig_free(rig);
	}
}

static void
late_results(void **state)
{
	struct brain_rig *rig = brain_rig_new(NULL);
	uint32_t first;
	struct input input;

	(void)state;
	brain_rig_press(rig, NEXT);
	first = rig->press;
	brain_rig_press(rig, FOCUS);
	g_string_truncate(rig->notes, 0);
	brain_result(rig->brain, first, BRAIN_RESULT_DONE, NULL, rig->now);
	brain_rig_expect(rig, "");
	brain_rig_press(rig, NEXT);
	first = rig->press;
	brain_rig_press(rig, BACK);
	g_string_truncate(rig->notes, 0);
	brain_result(rig->brain, first, BRAIN_RESULT_FAILED, "no keyboard", rig->now);
	brain_rig_expect(rig, "say:Next: no keyboard|");
	/* It was heard instead of what was armed. */
	assert_false(brain_armed(rig->brain, &input));
	brain_result(rig->brain, 12345, BRAIN_RESULT_FAILED, NULL, rig->now);
	brain_result(rig->brain, 0, BRAIN_RESULT_FAILED, NULL, rig->now);
	brain_rig_expect(rig, "");
	brain_rig_free(rig);
}

/* Only what shows and does nothing of the apps, and what an app answers late is not said either. */
static void
locked(void **state)
{
	static const char *const sentence =
	    "say:The screen is locked. Unlock it to use this button|";
	struct brain_rig *rig = brain_rig_new("[Profile]\nName=Default\n"
					      "[left-top]\nCommand=back\n"
					      "[left-middle]\nCommand=read-focus\n"
					      "[right-top]\nCommand=time\nConfirm=single\n"
					      "[right-middle]\nCommand=key Tab\n"
					      "[right-bottom]\nCommand=repeat\n");
	static const enum pad refused[] = {PAD_LEFT_TOP, PAD_LEFT_MIDDLE, PAD_RIGHT_MIDDLE};
	struct input armed_input;

	(void)state;
	brain_rig_press(rig, PAD_LEFT_MIDDLE);
	brain_rig_expect(rig, "run:read-focus|");
	brain_lock(rig->brain, true, rig->now);
	brain_result(rig->brain, rig->press, BRAIN_RESULT_DONE, "a message to its owner", rig->now);
	brain_rig_expect(rig, "");
	for (size_t i = 0; i < G_N_ELEMENTS(refused); i++) {
		brain_rig_press(rig, refused[i]);
		brain_rig_expect(rig, sentence);
		assert_false(brain_armed(rig->brain, &armed_input));
		brain_rig_wait(rig, 400);
		brain_rig_press(rig, refused[i]);
		brain_rig_expect(rig, sentence);
	}
	brain_rig_press(rig, PAD_RIGHT_TOP);
	brain_rig_press(rig, PAD_RIGHT_BOTTOM);
	brain_rig_expect(rig, "run:time|run:repeat|");
	brain_lock(rig->brain, false, rig->now);
	brain_rig_press(rig, PAD_LEFT_MIDDLE);
	brain_rig_expect(rig, "run:read-focus|");
	brain_rig_free(rig);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(second_press_runs_once),
	    cmocka_unit_test(window_is_judged_by_the_landing),
	    cmocka_unit_test(time_out_is_silent),
	    cmocka_unit_test(long_announcement_has_an_end),
	    cmocka_unit_test(experienced_user_does_not_wait),
	    cmocka_unit_test(bounce_is_no_press),
	    cmocka_unit_test(hold_and_slide_disarm),
	    cmocka_unit_test(what_disarms_is_said),
	    cmocka_unit_test(same_app_again_changes_nothing),
	    cmocka_unit_test(focus_disarms_all_but_help),
	    cmocka_unit_test(other_pad_takes_over),
	    cmocka_unit_test(nothing_can_speak),
	    cmocka_unit_test(results_in_words),
	    cmocka_unit_test(late_results),
	    cmocka_unit_test(locked),
	};

	return cmocka_run_group_tests_name("brain", tests, NULL, NULL);
}
