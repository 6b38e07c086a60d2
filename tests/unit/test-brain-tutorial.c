/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tutorial: offered, taken up or declined, five lessons that ask for one thing each and do
 * nothing, skipped, left by silence.
 * Run by tests/run; owns nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/brain_rig.h"

#define INTRODUCTION                                                                               \
	"say:Five short lessons. What you press now does nothing. To skip them, hold left bottom " \
	"down. "
#define LESSON_1                                                                                   \
	"Lesson 1 of 5. Three raised buttons are on the left edge and three on the right. The "    \
	"right ones are the app's; in most apps they go to the previous thing, to the next "       \
	"thing, and press it. Press right middle.|"
#define LESSON_2                                                                                   \
	"say:Good. Lesson 2 of 5. What changes something is asked first: one press says what it "  \
	"would do, a second press does it. Press left bottom, and again when you have heard what " \
	"it does.|"
#define LESSON_3                                                                                   \
	"say:Good. Lesson 3 of 5. Left middle ends what is being said. When nothing is being "     \
	"said, it says the last words again. Press left middle.|"
#define LESSON_4                                                                                   \
	"say:Good. Lesson 4 of 5. Left top reads the screen from its top. Held down, it reads on " \
	"from where you were. Hold left top down until the next lesson begins.|"
#define LESSON_5                                                                                   \
	"say:Good. Lesson 5 of 5. Left top and right bottom, held down together, let every "       \
	"button only say what it does in the app. Hold left top and right bottom down together.|"
#define DONE "say:That was all. The buttons work now|"
#define SKIPPED                                                                                    \
	"say:The lessons are skipped. To hear them later: sidetouchctl learn --tutorial. The "     \
	"buttons work now|"
#define LEFT                                                                                       \
	"say:Nothing was pressed, so the lessons end here. To hear them later: sidetouchctl "      \
	"learn --tutorial. The buttons work now|"

static void
five_lessons(void **state)
{
	struct brain_rig *rig = brain_rig_new(NULL);

	(void)state;
	brain_tutorial(rig->brain, true, rig->now);
	brain_rig_expect(rig, INTRODUCTION LESSON_1);
	assert_int_equal(brain_mode(rig->brain), BRAIN_MODE_TUTORIAL);
	brain_rig_press(rig, PAD_RIGHT_TOP);
	brain_rig_expect(rig, "say:That was right top. Press right middle.|");
	brain_rig_press(rig, PAD_RIGHT_MIDDLE);
	brain_rig_expect(rig, LESSON_2);
	/* Two presses of the one that it asks for, with none in between. */
	brain_rig_press(rig, PAD_LEFT_BOTTOM);
	brain_rig_expect(rig, "say:Stop, press again|");
	brain_rig_press(rig, PAD_LEFT_TOP);
	brain_rig_expect(rig, "say:That was left top. Press left bottom, and again when you have "
			      "heard what it does.|");
	brain_rig_press(rig, PAD_LEFT_BOTTOM);
	brain_rig_expect(rig, "say:Stop, press again|");
	brain_rig_wait(rig, 100);
	brain_rig_press(rig, PAD_LEFT_BOTTOM);
	brain_rig_expect(rig, LESSON_3);
	brain_rig_press(rig, PAD_LEFT_MIDDLE);
	brain_rig_expect(rig, LESSON_4);
	brain_rig_press(rig, PAD_LEFT_TOP);
	brain_rig_expect(rig, "say:That was left top. Hold left top down until the next lesson "
			      "begins.|");
	brain_rig_wait(rig, 100);
	brain_rig_hold(rig, PAD_LEFT_TOP);
	brain_rig_expect(rig, LESSON_5);
	/* A pair that is not held is none. */
	brain_rig_chord(rig, PAD_LEFT_TOP, PAD_RIGHT_BOTTOM);
	brain_rig_expect(rig, "say:That was left top and right bottom. Hold left top and right "
			      "bottom down together.|");
	brain_rig_hold_pair(rig, PAD_LEFT_TOP, PAD_RIGHT_BOTTOM);
	brain_rig_expect(rig, DONE "tutorial:0|");
	assert_int_equal(brain_mode(rig->brain), BRAIN_MODE_USUAL);
	assert_int_equal(rig->runs, 0);
	brain_rig_press(rig, PAD_RIGHT_MIDDLE);
	brain_rig_expect(rig, "run:key Tab|");
	brain_rig_wait(rig, 200000);
	brain_rig_expect(rig, "");
	brain_rig_free(rig);
}

static void
offered(void **state)
{
	struct brain_rig *rig = brain_rig_new(NULL);

	(void)state;
	brain_tutorial_offer(rig->brain);
	brain_rig_wait(rig, 200000);
	brain_rig_expect(rig, "");
	brain_rig_press(rig, PAD_LEFT_TOP);
	brain_rig_expect(rig, INTRODUCTION LESSON_1);
	brain_rig_hold(rig, PAD_LEFT_BOTTOM);
	brain_rig_expect(rig, SKIPPED "tutorial:1|");
	/* Once. */
	brain_rig_press(rig, PAD_LEFT_TOP);
	brain_rig_expect(rig, "say:Back, press again|");
	/* Held is as good. */
	brain_tutorial_offer(rig->brain);
	brain_rig_wait(rig, 10000);
	brain_rig_hold(rig, PAD_LEFT_TOP);
	brain_rig_expect(rig, INTRODUCTION LESSON_1);
	brain_rig_free(rig);
}

/* Whoever presses another button wants that button. */
static void
declined(void **state)
{
	struct brain_rig *rig = brain_rig_new(NULL);

	(void)state;
	brain_tutorial_offer(rig->brain);
	brain_rig_press(rig, PAD_RIGHT_MIDDLE);
	brain_rig_expect(rig, "tutorial:1|run:key Tab|");
	brain_rig_press(rig, PAD_LEFT_TOP);
	brain_rig_expect(rig, "say:Back, press again|");
	brain_rig_free(rig);
}

static void
silence(void **state)
{
	struct brain_rig *rig = brain_rig_new(NULL);

	(void)state;
	brain_tutorial(rig->brain, true, rig->now);
	brain_rig_expect(rig, INTRODUCTION LESSON_1);
	brain_rig_wait(rig, 20000);
	brain_rig_spoken(rig);
	brain_rig_wait(rig, 29900);
	brain_rig_expect(rig, "");
	brain_rig_wait(rig, 200);
	brain_rig_expect(rig, "say:Press right middle.|");
	brain_rig_spoken(rig);
	brain_rig_wait(rig, 20000);
	/* A sign of life: two silences more. */
	brain_rig_press(rig, PAD_LEFT_TOP);
	brain_rig_expect(rig, "say:That was left top. Press right middle.|");
	brain_rig_spoken(rig);
	brain_rig_wait(rig, 30000);
	brain_rig_expect(rig, "say:Press right middle.|");
	brain_rig_spoken(rig);
	brain_rig_wait(rig, 30000);
	brain_rig_expect(rig, LEFT "tutorial:2|");
	assert_int_equal(brain_mode(rig->brain), BRAIN_MODE_USUAL);
	brain_rig_free(rig);
}

static void
over_the_bus(void **state)
{
	struct brain_rig *rig = brain_rig_new(NULL);

	(void)state;
	/* Nothing is armed over it. */
	brain_rig_press(rig, PAD_LEFT_TOP);
	brain_rig_expect(rig, "say:Back, press again|");
	brain_tutorial(rig->brain, true, rig->now);
	brain_rig_expect(rig, INTRODUCTION LESSON_1);
	assert_false(rig->watching);
	brain_rig_press(rig, PAD_RIGHT_MIDDLE);
	brain_rig_expect(rig, LESSON_2);
	/* From the first lesson again. */
	brain_tutorial(rig->brain, true, rig->now);
	brain_rig_expect(rig, INTRODUCTION LESSON_1);
	brain_learn(rig->brain, false, rig->now);
	brain_rig_expect(rig, "");
	brain_tutorial(rig->brain, false, rig->now);
	brain_rig_expect(rig, SKIPPED "tutorial:1|");
	brain_tutorial(rig->brain, false, rig->now);
	brain_rig_expect(rig, "");
	brain_rig_free(rig);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(five_lessons), cmocka_unit_test(offered),
	    cmocka_unit_test(declined),     cmocka_unit_test(silence),
	    cmocka_unit_test(over_the_bus),
	};

	return cmocka_run_group_tests_name("brain-tutorial", tests, NULL, NULL);
}
