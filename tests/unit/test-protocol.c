/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which protocol a panel speaks, and panels of a single touch as pads, passed and reset.
 * Run by tests/run.
 * Owns nothing.
 */
#include "tests/unit/protocol_rig.h"

static void
test_kinds(void **state)
{
	struct core_panel panel = describe(true, true);

	(void)state;
	assert_int_equal(protocol_x(&panel), ABS_MT_POSITION_X);
	assert_int_equal(protocol_prepare(&panel), PROTOCOL_ANONYMOUS);
	panel = describe(true, false);
	panel.has_axis[ABS_MT_SLOT] = panel.has_axis[ABS_MT_TRACKING_ID] = true;
	panel.slots = 10;
	assert_int_equal(protocol_prepare(&panel), PROTOCOL_SLOTS);
	assert_int_equal(panel.slots, 10);
	panel = describe(false, true);
	assert_int_equal(protocol_y(&panel), ABS_Y);
	assert_int_equal(protocol_prepare(&panel), PROTOCOL_SINGLE);
	panel = describe(false, false);
	assert_int_equal(protocol_prepare(&panel), PROTOCOL_NONE);
	/* Slots without ids cannot be told apart. */
	panel = describe(true, true);
	panel.has_axis[ABS_MT_SLOT] = true;
	panel.slots = 2;
	assert_int_equal(protocol_prepare(&panel), PROTOCOL_NONE);
	/* An axis the wrong way round: it works, without a size and so without pads. */
	panel = describe(false, true);
	panel.x = (struct core_axis){10, -10};
	assert_int_equal(protocol_prepare(&panel), PROTOCOL_SINGLE);
	assert_true(panel.x.minimum < panel.x.maximum && panel.width_mm == 0);
}

static void
test_single_passes(void **state)
{
	struct rig rig;

	(void)state;
	rig_open(&rig, false, true);
	FEED(&rig, X(MIDDLE), Y(300), TOUCH(1));
	ASSERT_OUT(&rig, X(MIDDLE), Y(300), TOUCH(1));
	FEED(&rig, Y(310));
	ASSERT_OUT(&rig, Y(310));
	FEED(&rig, TOUCH(0));
	ASSERT_OUT(&rig, TOUCH(0));
	/* The button late, after the place. */
	FEED(&rig, X(200));
	FEED(&rig, TOUCH(1));
	ASSERT_OUT(&rig, TOUCH(1));
	FEED(&rig, TOUCH(0));
	assert_int_equal(core_get_counts(rig.core).contacts, 2);
	assert_int_equal(core_get_counts(rig.core).passed, 2);
	rig_close(&rig);
}

static void
test_single_pressed(void **state)
{
	struct rig rig;

	(void)state;
	rig_open(&rig, false, true);
	FEED(&rig, X(PAD_UNITS), Y(PAD_UNITS), TOUCH(1));
	assert_int_equal(rig.frames, 0);
	for (int i = 0; i < 6; i++)
		FEED(&rig, X(PAD_UNITS + i % 2));
	FEED(&rig, TOUCH(0));
	assert_int_equal(rig.frames, 0);
	assert_int_equal(rig.downs, 1);
	assert_int_equal(rig.ups, 1);
	/* At the very place, which the panel does not repeat, with nobody listening any more. */
	core_set_listening(rig.core, false, usec_from_ms(rig.time_ms));
	FEED(&rig, TOUCH(1));
	ASSERT_OUT(&rig, TOUCH(1), X(PAD_UNITS + 1), Y(PAD_UNITS));
	FEED(&rig, TOUCH(0));
	ASSERT_OUT(&rig, TOUCH(0));
	rig_close(&rig);
}

static void
test_single_slides_off(void **state)
{
	struct rig rig;
	bool touched = false;

	(void)state;
	rig_open(&rig, false, true);
	FEED(&rig, X(PAD_UNITS), Y(PAD_UNITS), TOUCH(1));
	FEED(&rig, X(MIDDLE));
	assert_int_equal(rig.cancels, 1);
	for (guint i = 0; i < rig.out->len; i++) {
		const struct core_event *event = &g_array_index(rig.out, struct core_event, i);

		assert_false(event->type == EV_ABS && event->code >= ABS_MT_SLOT);
		touched = touched || (event->type == EV_KEY && event->value == 1);
	}
	assert_true(touched);
	FEED(&rig, Y(90));
	ASSERT_OUT(&rig, Y(90));
	rig_close(&rig);
}

static void
test_single_reset(void **state)
{
	struct core_slot slot = {.tracking_id = 0};
	struct rig rig;

	(void)state;
	slot.value[ABS_MT_POSITION_X] = MIDDLE;
	slot.value[ABS_MT_POSITION_Y] = 310;
	rig_open(&rig, false, true);
	FEED(&rig, X(MIDDLE), Y(300), TOUCH(1));
	/* It stayed down: the same contact went on. */
	translator_reset(rig.translator, &slot);
	core_resync(rig.core, usec_from_ms(rig.time_ms), &slot, 1);
	assert_int_equal(core_get_counts(rig.core).contacts, 1);
	slot.tracking_id = -1;
	translator_reset(rig.translator, &slot);
	core_resync(rig.core, usec_from_ms(rig.time_ms), &slot, 1);
	assert_true(core_is_idle(rig.core));
	FEED(&rig, TOUCH(1));
	assert_int_equal(core_get_counts(rig.core).contacts, 2);
	rig_close(&rig);
}

/* Old panels tell a lift as a contact of size 0, before they leave it out. */

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_kinds),          cmocka_unit_test(test_single_passes),
	    cmocka_unit_test(test_single_pressed), cmocka_unit_test(test_single_slides_off),
	    cmocka_unit_test(test_single_reset),
	};

	return cmocka_run_group_tests_name("protocol", tests, NULL, NULL);
}
