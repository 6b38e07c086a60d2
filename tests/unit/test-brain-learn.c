/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Learning: each input says what it would do, nothing is ever done, and it ends by itself.
 * Run by tests/run; owns nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/brain_rig.h"

static const char profile[] = "[Profile]\nName=Default\n"
			      "[right-top]\nCommand=key F5\nLabel=Pay\nConfirm=hold\n"
			      "Hint=Pays what is in the cart\n"
			      "[left-middle hold]\nCommand=key Home\n"
			      "[left-top + right-top]\nCommand=key Escape\nConfirm=single\n";

#define BEGINS                                                                                     \
	"say:Learning. Press a button to hear what it does; nothing is done. To leave, hold left " \
	"top and right bottom together|"
#define ENDS "say:Learning is over. The buttons work again|"

static void
everything_is_explained(void **state)
{
	struct brain_rig *rig = brain_rig_new(profile);

	(void)state;
	brain_rig_hold_pair(rig, PAD_LEFT_TOP, PAD_RIGHT_BOTTOM);
	brain_rig_expect(rig, BEGINS);
	assert_int_equal(brain_mode(rig->brain), BRAIN_MODE_LEARN);
	brain_rig_press(rig, PAD_LEFT_TOP);
	brain_rig_expect(rig, "say:left top: Back, twice|");
	brain_rig_wait(rig, 100);
	brain_rig_press(rig, PAD_LEFT_TOP);
	brain_rig_expect(rig, "say:left top: Back, twice|");
	brain_rig_press(rig, PAD_RIGHT_TOP);
	brain_rig_expect(rig, "say:right top: Pay, press and then hold. Pays what is in the cart|");
	brain_rig_wait(rig, 100);
	brain_rig_hold(rig, PAD_RIGHT_TOP);
	brain_rig_expect(rig, "say:right top: Pay, press and then hold. Pays what is in the cart|");
	brain_rig_hold(rig, PAD_LEFT_MIDDLE);
	brain_rig_expect(rig, "say:left middle held: Home, twice|");
	brain_rig_chord(rig, PAD_LEFT_TOP, PAD_RIGHT_TOP);
	brain_rig_expect(rig, "say:left top and right top: Escape|");
	brain_rig_chord(rig, PAD_LEFT_TOP, PAD_LEFT_BOTTOM);
	brain_rig_expect(rig, "say:left top and left bottom: nothing here|");
	brain_ear(rig->brain, EAR_SWIPE_UP, rig->now);
	brain_rig_expect(rig, "say:swipe up with the ear: Previous|");
	brain_rig_hold_pair(rig, PAD_RIGHT_BOTTOM, PAD_LEFT_TOP);
	brain_rig_expect(rig, ENDS);
	assert_int_equal(rig->runs, 0);
	brain_rig_press(rig, PAD_RIGHT_MIDDLE);
	brain_rig_expect(rig, "run:key Tab|");
	brain_rig_free(rig);
}

static void
ends_by_itself(void **state)
{
	struct brain_rig *rig = brain_rig_new(profile);

	(void)state;
	brain_learn(rig->brain, true, rig->now);
	brain_learn(rig->brain, true, rig->now);
	brain_rig_expect(rig, BEGINS);
	brain_rig_wait(rig, 8000);
	brain_rig_spoken(rig);
	brain_rig_wait(rig, 29000);
	brain_rig_press(rig, PAD_LEFT_TOP);
	brain_rig_wait(rig, 2000);
	brain_rig_spoken(rig);
	brain_rig_wait(rig, 29900);
	brain_rig_expect(rig, "say:left top: Back, twice|");
	brain_rig_wait(rig, 200);
	brain_rig_expect(rig, ENDS);
	brain_rig_wait(rig, 100000);
	brain_rig_expect(rig, "");
	/* When nothing can speak, nothing tells when a sentence is over. */
	rig->mute = true;
	brain_learn(rig->brain, true, rig->now);
	brain_rig_wait(rig, 30100);
	assert_int_equal(brain_mode(rig->brain), BRAIN_MODE_USUAL);
	brain_rig_free(rig);
}

static void
nothing_is_half_pressed_over_it(void **state)
{
	struct brain_rig *rig = brain_rig_new(profile);

	(void)state;
	brain_rig_press(rig, PAD_LEFT_TOP);
	brain_learn(rig->brain, true, rig->now);
	assert_false(rig->watching);
	brain_rig_wait(rig, 100);
	brain_rig_press(rig, PAD_LEFT_TOP);
	brain_learn(rig->brain, false, rig->now);
	brain_rig_wait(rig, 100);
	brain_rig_press(rig, PAD_LEFT_TOP);
	assert_int_equal(rig->runs, 0);
	brain_rig_wait(rig, 100);
	brain_rig_press(rig, PAD_LEFT_TOP);
	assert_int_equal(rig->runs, 1);
	brain_rig_free(rig);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(everything_is_explained),
	    cmocka_unit_test(ends_by_itself),
	    cmocka_unit_test(nothing_is_half_pressed_over_it),
	};

	return cmocka_run_group_tests_name("brain-learn", tests, NULL, NULL);
}
