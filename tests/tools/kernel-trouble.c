/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the system sees of a panel when things go wrong: killed, unplugged, taken, not permitted.
 * Run by tests/vm/guest-driver.sh on a real kernel; prints TAP. Arguments: the number of a user and
 * of the group that may read touchscreens but not write /dev/uinput.
 * Owns the rig.
 */
#include "tests/tools/driver_rig.h"

/* The middle of a phone: no pad is near. */
#define MIDDLE_X 34.0
#define MIDDLE_Y 60.0

/* Each kills the driver at another moment of a touch. */
#define KILLS 24

static void
begin(struct rig *rig, struct sim_panel *panel, struct view *clone)
{
	g_autofree char *devnode = NULL;

	rig_start(rig, 0, 0);
	rig_join(rig);
	rig_await_state(rig, LINK_PANEL_READY);
	/* By its answer the driver has taken the hello: the pads are live. */
	(void)rig_type(rig, KEY_A, 0);
	devnode = rig_find_clone(panel);
	view_open(clone, rig, devnode);
}

static void
test_grab_waits(struct rig *rig, struct sim_panel *panel)
{
	struct view direct;

	touch_down(panel, 0, MIDDLE_X, MIDDLE_Y);
	view_open(&direct, rig, sim_panel_devnode(panel));
	rig_start(rig, 0, 0);
	rig_join(rig);
	rig_await_state(rig, LINK_PANEL_WAITING);
	touch_move(panel, 0, MIDDLE_X + 5, MIDDLE_Y);
	rig_ok(rig, view_until(&direct, rig, direct.slots[0].x == rig_units(MIDDLE_X + 5)),
	       "a panel that is touched is left to the system");
	touch_up(panel, 0);
	rig_await_state(rig, LINK_PANEL_READY);
	rig_ok(rig, view_until(&direct, rig, direct.ups == 1 && !direct.touched),
	       "and taken after the lift, which the system has seen");
	touch_down(panel, 0, MIDDLE_X, MIDDLE_Y);
	touch_up(panel, 0);
	rig_kill(rig, SIGTERM);
	rig_hang_up(rig);
	rig_ok(rig, rig_wait_end(rig) == 0, "SIGTERM ends it with 0");
	touch_down(panel, 1, MIDDLE_X, MIDDLE_Y);
	touch_up(panel, 1);
	rig_ok(rig, view_until(&direct, rig, direct.ups == 2) && direct.downs == 1,
	       "what happened while it was taken stayed with the driver");
	view_close(&direct);
}

static void
test_clean_end(struct rig *rig, struct sim_panel *panel)
{
	struct view clone;

	begin(rig, panel, &clone);
	touch_down(panel, 0, MIDDLE_X, MIDDLE_Y);
	touch_down(panel, 1, MIDDLE_X + 10, MIDDLE_Y);
	view_until(&clone, rig, view_down_count(&clone) == 2);
	rig_kill(rig, SIGTERM);
	rig_ok(rig, view_until(&clone, rig, view_down_count(&clone) == 0 && !clone.touched),
	       "at its end it lifts what is down on the clone before that goes");
	rig_ok(rig, rig_wait_end(rig) == 0, "and ends with 0");
	touch_up(panel, 0);
	touch_up(panel, 1);
	view_close(&clone);
	rig_hang_up(rig);
}

/* One touch in steps; the driver is killed after the given one. */
static void
touch_until(struct rig *rig, struct sim_panel *panel, struct mm_point at, unsigned step)
{
	for (unsigned i = 0; i <= step; i++) {
		if (i == 0)
			touch_down(panel, 0, at.x, at.y);
		else if (i == 1)
			touch_down(panel, 1, MIDDLE_X, MIDDLE_Y);
		else if (i < 5)
			touch_move(panel, 0, at.x + i * 3, at.y);
		else if (i == 5)
			touch_up(panel, 1);
	}
	/* Also before it has read all of it: each kill is a little later than the last. */
	rig_let_pass(step * UINT64_C(137));
	rig_kill(rig, SIGKILL);
}

static bool
kill_once(struct rig *rig, struct sim_panel *panel, enum pad pad, unsigned step)
{
	struct mm_point at = rig_pad(panel, pad);
	g_autofree char *left = NULL;
	struct view clone, direct;
	bool ok;

	begin(rig, panel, &clone);
	view_open(&direct, rig, sim_panel_devnode(panel));
	touch_until(rig, panel, at, step);
	ok = rig_wait_end(rig) == -SIGKILL;
	/* The panel speaks to the system at once. */
	touch_move(panel, 0, MIDDLE_X, 100);
	ok = ok && view_until(&direct, rig, direct.slots[0].y == 1000);
	if (step > 0 && step < 5)
		touch_up(panel, 1);
	touch_up(panel, 0);
	/* The clone is gone, and whoever still reads it is told so. */
	while (view_step(&clone, rig))
		continue;
	left = rig_find_clone(panel);
	ok = ok && !left;
	view_close(&clone);
	view_close(&direct);
	rig_hang_up(rig);
	return ok;
}

static void
test_kills(struct rig *rig, struct sim_panel *panel)
{
	unsigned right = 0;

	for (unsigned i = 0; i < KILLS; i++)
		right += kill_once(rig, panel, i % PAD_COUNT, i % 6);
	printf("# %u of %u\n", right, KILLS);
	rig_ok(rig, right == KILLS,
	       "killed at any moment: touches reach the system at once, the clone is gone");
}

static void
test_unplugged(struct rig *rig)
{
	struct sim_panel *panel = rig_plug(rig, "tablet");
	struct view clone;

	begin(rig, panel, &clone);
	touch_down(panel, 0, 80, 120);
	view_until(&clone, rig, view_down_count(&clone) == 1);
	sim_panel_free(panel);
	rig_ok(rig, view_until(&clone, rig, view_down_count(&clone) == 0 && !clone.touched),
	       "unplugged with a finger down, the finger lifts on the clone");
	rig_await_state(rig, LINK_PANEL_GONE);
	while (view_step(&clone, rig))
		continue;
	rig_ok(rig, true, "then the clone goes, and the daemon is told");
	view_close(&clone);
	/* And plugged in again it is taken again. */
	panel = rig_plug(rig, "tablet");
	rig_await_state(rig, LINK_PANEL_READY);
	rig_ok(rig, true, "plugged in again it is ready again");
	rig_kill(rig, SIGTERM);
	rig_ok(rig, rig_wait_end(rig) == 0, "SIGTERM ends it with 0");
	rig_hang_up(rig);
	sim_panel_free(panel);
}

static void
test_other_grabber(struct rig *rig, struct sim_panel *panel)
{
	int other = open(sim_panel_devnode(panel), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	g_autofree char *clone = NULL;

	if (ioctl(other, EVIOCGRAB, (void *)1) < 0)
		rig_give_up(rig, "the other program cannot grab");
	rig_start(rig, 0, 0);
	rig_join(rig);
	rig_await_state(rig, LINK_PANEL_REFUSED);
	clone = rig_find_clone(panel);
	rig_ok(rig, !clone, "a panel that another program has grabbed is refused, without a clone");
	close(other);
	rig_await_state(rig, LINK_PANEL_READY);
	rig_ok(rig, true, "and taken some seconds after that program has ended");
	rig_kill(rig, SIGTERM);
	rig_ok(rig, rig_wait_end(rig) == 0, "SIGTERM ends it with 0");
	rig_hang_up(rig);
}

static void
test_no_uinput(struct rig *rig, struct sim_panel *panel, uid_t user, gid_t group)
{
	union rig_message message;
	struct view direct;

	rig_start(rig, user, group);
	rig_join(rig);
	if (!rig_hear(rig, &message) || message.header.type != LINK_DRIVER_HELLO)
		rig_give_up(rig, "the driver does not say hello");
	rig_await_state(rig, LINK_PANEL_NO_CLONE);
	view_open(&direct, rig, sim_panel_devnode(panel));
	touch_down(panel, 0, MIDDLE_X, MIDDLE_Y);
	touch_up(panel, 0);
	rig_ok(rig, view_until(&direct, rig, direct.ups == 1 && !direct.touched),
	       "without /dev/uinput the panel works as ever, and the daemon is told");
	view_close(&direct);
	rig_ok(rig, rig_type(rig, KEY_A, 0) == -ENODEV, "and a key is answered with an error");
	/* As when Sidetouch's udev rules are installed while the driver already runs. */
	if (!g_file_set_contents("/run/udev/rules.d/99-rig.rules",
				 "KERNEL==\"uinput\", MODE=\"0666\"\n", -1, NULL) ||
	    !g_spawn_command_line_sync("udevadm control --reload", NULL, NULL, NULL, NULL) ||
	    !g_spawn_command_line_sync("udevadm trigger --action=change /dev/uinput", NULL, NULL,
				       NULL, NULL))
		rig_give_up(rig, "udev cannot be asked");
	rig_await_state(rig, LINK_PANEL_READY);
	rig_ok(rig, true, "permitted later, it is ready without a restart");
	rig_ok(rig, rig_type(rig, KEY_A, 0) == 0, "and keys can be typed");
	rig_kill(rig, SIGTERM);
	rig_ok(rig, rig_wait_end(rig) == 0, "SIGTERM ends it with 0");
	rig_hang_up(rig);
}

int
main(int argc, char **argv)
{
	struct sim_panel *panel;
	struct rig rig;

	if (argc != 3) {
		fputs("usage: kernel-trouble UID GID\n", stderr);
		return 2;
	}
	rig_init(&rig);
	panel = rig_plug(&rig, "phone");
	test_grab_waits(&rig, panel);
	test_clean_end(&rig, panel);
	test_kills(&rig, panel);
	test_other_grabber(&rig, panel);
	test_no_uinput(&rig, panel, (uid_t)strtoul(argv[1], NULL, 10),
		       (gid_t)strtoul(argv[2], NULL, 10));
	sim_panel_free(panel);
	test_unplugged(&rig);
	return rig_finish(&rig);
}
