/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A panel that is mounted turned, as udev says: its pads turn with it, its clone is told too, and
 * pads are found again where the film has crept to.
 * Run by tests/vm/guest-driver.sh on a real kernel, where a rule gives every simulated tablet the
 * matrix and the output below; prints TAP.
 * Owns the rig.
 */
#include <libudev.h>

#include "tests/tools/driver_rig.h"

/* As in the rule: a quarter turn, x' = 1 - y, y' = x. */
#define MATRIX "0 -1 1 1 0 0"
#define OUTPUT "DSI-1"

static bool
has_property(struct udev_device *device, const char *key, const char *value)
{
	return g_strcmp0(udev_device_get_property_value(device, key), value) == 0;
}

static void
test_properties(struct rig *rig, const struct sim_panel *panel)
{
	g_autofree char *devnode = rig_find_clone(panel);
	g_autofree char *sysname = devnode ? g_path_get_basename(devnode) : NULL;
	struct udev *udev = udev_new();
	struct udev_device *clone =
	    udev_device_new_from_subsystem_sysname(udev, "input", sysname ? sysname : "none");

	rig_ok(rig,
	       clone && has_property(clone, "LIBINPUT_CALIBRATION_MATRIX", MATRIX) &&
		   has_property(clone, "WL_OUTPUT", OUTPUT) &&
		   has_property(clone, "LIBINPUT_FUZZ_35", "4") &&
		   has_property(clone, "ID_INPUT_TOUCHSCREEN_INTEGRATION", "internal") &&
		   has_property(clone, "ID_INPUT_TOUCHSCREEN", "1"),
	       "the clone has its panel's mounting, output, fuzz and place");
	udev_device_unref(clone);
	udev_unref(udev);
}

/* A press that is heard, so far below the middle of a pad of the film that lies on the tablet as it
 * is held: turned. */
static void
press(struct rig *rig, struct sim_panel *panel, enum pad pad, double below_mm)
{
	const struct sim_panel_model *model = sim_panel_get_model(panel);
	struct overlay overlay;
	double x, y;

	g_assert_cmpint(overlay_default(model->height_mm, model->width_mm, &overlay), ==, 0);
	x = overlay.pads[pad].centre.x / model->height_mm;
	y = (overlay.pads[pad].centre.y + below_mm) / model->width_mm;
	touch_down(panel, 0, y * model->width_mm, (1 - x) * model->height_mm);
	rig_await_press(rig, pad, PRESS_DOWN);
	rig_let_pass(60000); /* as long as a person presses */
	touch_up(panel, 0);
	rig_await_press(rig, pad, PRESS_UP);
}

static void
test_pads_turn(struct rig *rig, struct sim_panel *panel)
{
	unsigned right = 0;

	for (unsigned pad = 0; pad < PAD_COUNT; pad++, right++)
		press(rig, panel, pad, 0);
	rig_ok(rig, right == PAD_COUNT, "the pads of a panel that is mounted turned are turned");
}

/* A film that has crept is followed while the driver runs, not only when it starts again: presses
 * at 6 mm, just on the pad, move it by more than 2 mm; without that the last one is beside it. */
static void
test_film_is_followed(struct rig *rig, struct sim_panel *panel)
{
	unsigned heard = 0;

	for (; heard < 20; heard++) {
		press(rig, panel, PAD_LEFT_MIDDLE, 6);
		rig_let_pass(60000); /* no bounce */
	}
	press(rig, panel, PAD_LEFT_MIDDLE, 8);
	rig_ok(rig, heard == 20, "a film that creeps is followed");
}

int
main(void)
{
	struct sim_panel *panel;
	struct rig rig;

	rig_init(&rig);
	panel = rig_plug(&rig, "tablet");
	rig_start(&rig, 0, 0);
	rig_join(&rig);
	rig_await_state(&rig, LINK_PANEL_READY);
	(void)rig_type(&rig, KEY_A, 0);
	test_properties(&rig, panel);
	test_pads_turn(&rig, panel);
	test_film_is_followed(&rig, panel);
	rig_kill(&rig, SIGTERM);
	rig_ok(&rig, rig_wait_end(&rig) == 0, "SIGTERM ends it with 0");
	sim_panel_free(panel);
	return rig_finish(&rig);
}
