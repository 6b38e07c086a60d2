/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Assigning by doing, row by row of the table in daemon/brain_assign.c: moving, looking, the second
 * press, taking back, and every way out.
 * Run by tests/run; owns nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/brain_rig.h"

#define BEGINS                                                                                     \
	"say:Assigning. Move to a control and press the button it should go to. Left top and "     \
	"left middle move. Left bottom undoes. To leave, hold both top buttons|"
#define ENDS       "say:Assigning is over. The buttons work again|"
#define ENDS_QUIET "say:Nothing was pressed, so assigning is over. The buttons work again|"
#define ASKS_UNDO  "say:Undo the last assignment, press again|"
#define UNDONE     "say:Undone. The buttons are as they were|"

static const struct brain_pointed five = {"activate role=button name=\"5\"", NULL, "5, button"};
static const struct brain_pointed nameless = {NULL, NULL, "This button has no name"};

static struct brain_rig *
begin(void)
{
	struct brain_rig *rig = brain_rig_new(NULL);

	brain_rig_hold_pair(rig, PAD_LEFT_TOP, PAD_RIGHT_TOP);
	brain_rig_expect(rig, BEGINS);
	assert_int_equal(brain_mode(rig->brain), BRAIN_MODE_ASSIGN);
	return rig;
}

static void
is_over(struct brain_rig *rig)
{
	assert_int_equal(brain_mode(rig->brain), BRAIN_MODE_USUAL);
	brain_rig_wait(rig, 200000);
	brain_rig_expect(rig, "");
	brain_rig_press(rig, PAD_RIGHT_MIDDLE);
	brain_rig_expect(rig, "run:key Tab|");
	brain_rig_free(rig);
}

static void
pointed(struct brain_rig *rig, const struct brain_pointed *what)
{
	brain_pointed(rig->brain, rig->press, what, rig->now);
}

static void
two_presses_assign(void **state)
{
	struct brain_rig *rig = begin();

	(void)state;
	brain_rig_press(rig, PAD_RIGHT_TOP);
	brain_rig_expect(rig, "point|");
	pointed(rig, &five);
	brain_rig_expect(rig, "say:5, button, to right top, press again|");
	brain_rig_wait(rig, 100);
	brain_rig_press(rig, PAD_RIGHT_TOP);
	brain_rig_expect(rig, "assign:right-top:activate role=button name=\"5\":|");
	/* Until that is written nothing else counts. */
	brain_rig_wait(rig, 100);
	brain_rig_press(rig, PAD_RIGHT_MIDDLE);
	brain_rig_expect(rig, "");
	brain_assigned(rig->brain, rig->press - 1, NULL, rig->now);
	brain_rig_expect(rig, "say:Assigned. right top is 5, button|");
	/* Once. */
	brain_assigned(rig->brain, rig->press - 1, NULL, rig->now);
	brain_rig_expect(rig, "");
	/* A third press is a first one. */
	brain_rig_press(rig, PAD_RIGHT_TOP);
	brain_rig_expect(rig, "point|");
	brain_rig_hold_pair(rig, PAD_LEFT_TOP, PAD_RIGHT_TOP);
	brain_rig_expect(rig, ENDS);
	is_over(rig);
}

static void
holds_and_pairs_too(void **state)
{
	struct brain_rig *rig = begin();
	static const struct brain_pointed unnamed = {"activate id=\"x\"", "Send", "Send, button"};

	(void)state;
	brain_rig_hold(rig, PAD_RIGHT_BOTTOM);
	pointed(rig, &unnamed);
	brain_rig_expect(rig, "point|say:Send, button, to right bottom held, hold again|");
	/* Another input of the same pad is another one. */
	brain_rig_wait(rig, 100);
	brain_rig_press(rig, PAD_RIGHT_BOTTOM);
	pointed(rig, &five);
	brain_rig_expect(rig, "point|say:5, button, to right bottom, press again|");
	brain_rig_wait(rig, 100);
	brain_rig_chord(rig, PAD_LEFT_TOP, PAD_RIGHT_BOTTOM);
	pointed(rig, &unnamed);
	brain_rig_expect(rig, "point|say:Send, button, to left top and right bottom, press again|");
	brain_rig_wait(rig, 100);
	brain_rig_chord(rig, PAD_LEFT_TOP, PAD_RIGHT_BOTTOM);
	brain_rig_expect(rig, "assign:left-top + right-bottom:activate id=\"x\":Send|");
	brain_assigned(rig->brain, rig->press, "The disk is full", rig->now);
	brain_rig_expect(rig, "say:The disk is full|");
	assert_int_equal(brain_mode(rig->brain), BRAIN_MODE_ASSIGN);
	brain_rig_free(rig);
}

/* The two left pads move, whatever they do else; what was offered is not any more. */
static void
left_pads_move(void **state)
{
	struct brain_rig *rig = begin();

	(void)state;
	brain_rig_press(rig, PAD_RIGHT_TOP);
	pointed(rig, &five);
	brain_rig_expect(rig, "point|say:5, button, to right top, press again|");
	brain_rig_press(rig, PAD_LEFT_MIDDLE);
	brain_rig_expect(rig, "run:next|");
	brain_result(rig->brain, rig->press, BRAIN_RESULT_DONE, "6, button", rig->now);
	brain_rig_expect(rig, "say:6, button|");
	brain_rig_press(rig, PAD_LEFT_TOP);
	brain_rig_expect(rig, "run:previous|");
	brain_result(rig->brain, rig->press, BRAIN_RESULT_NOT_FOUND, NULL, rig->now);
	brain_rig_expect(rig, "say:Start|");
	brain_rig_press(rig, PAD_RIGHT_TOP);
	brain_rig_expect(rig, "point|");
	brain_rig_free(rig);
}

static void
late_and_missing_answers(void **state)
{
	struct brain_rig *rig = begin();

	(void)state;
	/* Pressed twice before it is known what it is. */
	brain_rig_press(rig, PAD_RIGHT_TOP);
	brain_rig_wait(rig, 100);
	brain_rig_press(rig, PAD_RIGHT_TOP);
	brain_rig_expect(rig, "point|point|");
	brain_pointed(rig->brain, rig->press - 1, &five, rig->now);
	brain_rig_expect(rig, "");
	pointed(rig, &nameless);
	brain_rig_expect(rig, "say:This button has no name|");
	/* So the next press is none that confirms. */
	brain_rig_wait(rig, 100);
	brain_rig_press(rig, PAD_RIGHT_TOP);
	brain_rig_expect(rig, "point|");
	brain_rig_hold_pair(rig, PAD_LEFT_TOP, PAD_RIGHT_TOP);
	brain_rig_expect(rig, ENDS);
	brain_pointed(rig->brain, rig->press - 3, &five, rig->now);
	is_over(rig);
}

static void
taking_back(void **state)
{
	struct brain_rig *rig = begin();

	(void)state;
	brain_rig_press(rig, PAD_LEFT_BOTTOM);
	brain_rig_expect(rig, ASKS_UNDO);
	brain_rig_press(rig, PAD_LEFT_MIDDLE);
	brain_rig_expect(rig, "run:next|");
	brain_rig_press(rig, PAD_LEFT_BOTTOM);
	brain_rig_expect(rig, ASKS_UNDO);
	brain_rig_wait(rig, 100);
	brain_rig_press(rig, PAD_LEFT_BOTTOM);
	brain_rig_expect(rig, "undo|");
	/* Whoever leaves meanwhile is told all the same. */
	brain_front(rig->brain, (const char *const[]){"other", NULL}, rig->now);
	brain_rig_expect(rig, "say:Assigning cancelled, another app is in front|");
	brain_assigned(rig->brain, rig->press, NULL, rig->now);
	brain_rig_expect(rig, UNDONE);
	is_over(rig);
}

static void
ways_out(void **state)
{
	static const char *const other[] = {"other", NULL};
	struct brain_rig *rig = begin();

	(void)state;
	brain_front(rig->brain, other, rig->now);
	brain_rig_expect(rig, "say:Assigning cancelled, another app is in front|");
	is_over(rig);

	rig = begin();
	brain_site(rig->brain, "example.org", rig->now);
	brain_rig_expect(rig, "say:Assigning cancelled, another page is there|");
	is_over(rig);

	rig = begin();
	brain_lock(rig->brain, true, rig->now);
	brain_rig_expect(rig, "say:Assigning cancelled, the screen is locked|");
	brain_lock(rig->brain, false, rig->now);
	is_over(rig);

	rig = begin();
	brain_link(rig->brain, false, rig->now);
	brain_rig_expect(rig, "say:Assigning cancelled, the buttons were away|");
	is_over(rig);

	rig = begin();
	brain_rig_spoken(rig);
	brain_rig_wait(rig, 29900);
	brain_rig_press(rig, PAD_RIGHT_TOP);
	brain_rig_wait(rig, 29800);
	brain_rig_expect(rig, "point|");
	brain_rig_wait(rig, 300);
	brain_rig_expect(rig, ENDS_QUIET);
	is_over(rig);
}

static void
armed_before(void **state)
{
	struct brain_rig *rig = brain_rig_new(NULL);

	(void)state;
	brain_rig_press(rig, PAD_LEFT_TOP);
	brain_rig_expect(rig, "say:Back, press again|");
	brain_rig_hold_pair(rig, PAD_LEFT_TOP, PAD_RIGHT_TOP);
	brain_rig_expect(rig, "say:Back cancelled|" BEGINS);
	assert_false(rig->watching);
	/* Learning takes its place, and the other way round. */
	brain_rig_hold_pair(rig, PAD_LEFT_TOP, PAD_RIGHT_BOTTOM);
	assert_int_equal(brain_mode(rig->brain), BRAIN_MODE_LEARN);
	brain_rig_hold_pair(rig, PAD_LEFT_TOP, PAD_RIGHT_TOP);
	assert_int_equal(brain_mode(rig->brain), BRAIN_MODE_ASSIGN);
	brain_rig_free(rig);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(two_presses_assign), cmocka_unit_test(holds_and_pairs_too),
	    cmocka_unit_test(left_pads_move),     cmocka_unit_test(late_and_missing_answers),
	    cmocka_unit_test(taking_back),        cmocka_unit_test(ways_out),
	    cmocka_unit_test(armed_before),
	};

	return cmocka_run_group_tests_name("brain-assign", tests, NULL, NULL);
}
