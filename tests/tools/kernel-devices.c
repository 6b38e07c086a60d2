/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Panels that are not like the others, on a real kernel: from before slots, without a size, named
 * by files, several at once, not permitted yet; and files with mistakes. Run by
 * tests/vm/guest-devices.sh; prints TAP. Arguments: the number of a user and of the group that may
 * read touchscreens. Owns the rig and a folder of rules.
 */
#include "tests/tools/odd_device.h"

/* 100 by 160 mm, ten units a mm where the panel says so. */
#define WIDTH  1000
#define HEIGHT 1600

static const struct odd_model single_model = {
    .name = "Test single touch",
    .vendor = 0x0eef,
    .product = 1,
    .direct = true,
    .keys = {BTN_TOUCH},
    .axes = {{ABS_X, WIDTH, 10}, {ABS_Y, HEIGHT, 10}},
};

static const struct odd_model anonymous_model = {
    .name = "Test anonymous contacts",
    .vendor = 0x1b96,
    .product = 1,
    .direct = true,
    .axes = {{ABS_MT_POSITION_X, WIDTH, 10}, {ABS_MT_POSITION_Y, HEIGHT, 10}},
};

static const struct odd_model sizeless_model = {
    .name = "Test panel without a size",
    .vendor = 0x04f3,
    .product = 1,
    .direct = true,
    .keys = {BTN_TOUCH},
    .axes = {{ABS_X, WIDTH, 0},
	     {ABS_Y, HEIGHT, 0},
	     {ABS_MT_SLOT, 4, 0},
	     {ABS_MT_POSITION_X, WIDTH, 0},
	     {ABS_MT_POSITION_Y, HEIGHT, 0},
	     {ABS_MT_TRACKING_ID, 65535, 0}},
};

/* Where a pad of the default film lies, in units. */
static void
find_pad(enum pad pad, double width_mm, double height_mm, int *x, int *y)
{
	struct overlay overlay;

	g_assert_cmpint(overlay_default(width_mm, height_mm, &overlay), ==, 0);
	*x = (int)(overlay.pads[pad].centre.x / width_mm * WIDTH + 0.5);
	*y = (int)(overlay.pads[pad].centre.y / height_mm * HEIGHT + 0.5);
}

static void
begin(struct rig *rig, const struct odd_model *model)
{
	rig_start(rig, 0, 0);
	rig_join(rig);
	(void)rig_await_panel(rig, model->name, LINK_PANEL_READY);
	(void)rig_type(rig, KEY_B, 0); /* by its answer the hello is taken */
}

static void
end(struct rig *rig)
{
	rig_kill(rig, SIGTERM);
	rig_hang_up(rig);
	if (rig_wait_end(rig) != 0)
		rig_ok(rig, false, "SIGTERM ends it with 0");
}

static void
test_single(struct rig *rig)
{
	struct uinput_device *panel = odd_plug(rig, &single_model);
	g_autofree char *devnode = NULL;
	int x, y, clone;

	find_pad(PAD_LEFT_TOP, 100, 160, &x, &y);
	/* The last touch before the driver was there: its place is not repeated. */
	ODD_SEND(panel, {EV_ABS, ABS_X, 500}, {EV_ABS, ABS_Y, 300}, {EV_KEY, BTN_TOUCH, 1});
	ODD_SEND(panel, {EV_KEY, BTN_TOUCH, 0});
	begin(rig, &single_model);
	devnode = odd_find_clone(panel);
	clone = odd_open(rig, devnode);
	/* The first touch shows where the pointer is; from then on frames go out as they come. */
	ODD_SEND(panel, {EV_ABS, ABS_X, 500}, {EV_ABS, ABS_Y, 305}, {EV_KEY, BTN_TOUCH, 1});
	ODD_SEND(panel, {EV_KEY, BTN_TOUCH, 0});
	rig_ok(rig,
	       odd_next_is(rig, clone, "1:14a=1 3:1=305 ") && odd_next_is(rig, clone, "1:14a=0 "),
	       "a single touch where the one before the driver was is at the right place");
	ODD_SEND(panel, {EV_ABS, ABS_X, 500}, {EV_ABS, ABS_Y, 310}, {EV_KEY, BTN_TOUCH, 1});
	ODD_SEND(panel, {EV_KEY, BTN_TOUCH, 0});
	rig_ok(rig,
	       odd_next_is(rig, clone, "3:1=310 1:14a=1 ") && odd_next_is(rig, clone, "1:14a=0 "),
	       "a panel with a single touch passes it on as it came");
	ODD_SEND(panel, {EV_ABS, ABS_X, x}, {EV_ABS, ABS_Y, y}, {EV_KEY, BTN_TOUCH, 1});
	(void)rig_await_press(rig, PAD_LEFT_TOP, PRESS_DOWN);
	rig_let_pass(60000); /* as long as a person presses */
	ODD_SEND(panel, {EV_KEY, BTN_TOUCH, 0});
	(void)rig_await_press(rig, PAD_LEFT_TOP, PRESS_UP);
	ODD_SEND(panel, {EV_ABS, ABS_X, 500}, {EV_ABS, ABS_Y, 310}, {EV_KEY, BTN_TOUCH, 1});
	rig_ok(rig, odd_next_is(rig, clone, "1:14a=1 "),
	       "and has pads, of which the system sees nothing");
	rig_kill(rig, SIGTERM);
	rig_ok(rig, odd_next_is(rig, clone, "1:14a=0 "), "at the end its touch ends on the clone");
	rig_hang_up(rig);
	(void)rig_wait_end(rig);
	close(clone);
	uinput_device_free(panel);
}

#define CONTACT(x, y)                                                                              \
	{EV_ABS, ABS_MT_POSITION_X, x}, {EV_ABS, ABS_MT_POSITION_Y, y},                            \
	{                                                                                          \
		EV_SYN, SYN_MT_REPORT, 0                                                           \
	}
#define NO_CONTACT                                                                                 \
	{                                                                                          \
		EV_SYN, SYN_MT_REPORT, 0                                                           \
	}

static void
test_anonymous(struct rig *rig)
{
	struct uinput_device *panel = odd_plug(rig, &anonymous_model);
	g_autofree char *devnode = NULL;
	int x, y, clone;

	find_pad(PAD_RIGHT_TOP, 100, 160, &x, &y);
	begin(rig, &anonymous_model);
	devnode = odd_find_clone(panel);
	clone = odd_open(rig, devnode);
	ODD_SEND(panel, CONTACT(500, 300), CONTACT(600, 300));
	ODD_SEND(panel, CONTACT(600, 310), CONTACT(500, 310));
	ODD_SEND(panel, NO_CONTACT);
	rig_ok(rig,
	       odd_next_is(rig, clone, "3:35=500 3:36=300 0:2=0 3:35=600 3:36=300 0:2=0 ") &&
		   odd_next_is(rig, clone, "3:35=600 3:36=310 0:2=0 3:35=500 3:36=310 0:2=0 ") &&
		   odd_next_is(rig, clone, "0:2=0 "),
	       "a panel with anonymous contacts passes them on as they came");
	ODD_SEND(panel, CONTACT(x, y));
	(void)rig_await_press(rig, PAD_RIGHT_TOP, PRESS_DOWN);
	ODD_SEND(panel, CONTACT(500, 300), CONTACT(x, y));
	rig_let_pass(60000); /* as long as a person presses */
	ODD_SEND(panel, CONTACT(500, 320));
	(void)rig_await_press(rig, PAD_RIGHT_TOP, PRESS_UP);
	rig_ok(rig,
	       odd_next_is(rig, clone, "3:35=500 3:36=300 0:2=0 ") &&
		   odd_next_is(rig, clone, "3:35=500 3:36=320 0:2=0 "),
	       "and has pads: a finger beside a pressed one is all that the system sees");
	rig_kill(rig, SIGTERM);
	rig_ok(rig, odd_next_is(rig, clone, "0:2=0 "), "at the end the clone has no contact");
	rig_hang_up(rig);
	(void)rig_wait_end(rig);
	close(clone);
	uinput_device_free(panel);
}

static void
press_slot(struct rig *rig, struct uinput_device *panel, enum pad pad, int x, int y)
{
	static int id;

	ODD_SEND(panel, {EV_ABS, ABS_MT_SLOT, 0}, {EV_ABS, ABS_MT_TRACKING_ID, ++id},
		 {EV_ABS, ABS_MT_POSITION_X, x}, {EV_ABS, ABS_MT_POSITION_Y, y}, {EV_ABS, ABS_X, x},
		 {EV_ABS, ABS_Y, y}, {EV_KEY, BTN_TOUCH, 1});
	(void)rig_await_press(rig, pad, PRESS_DOWN);
	rig_let_pass(60000); /* as long as a person presses */
	ODD_SEND(panel, {EV_ABS, ABS_MT_TRACKING_ID, -1}, {EV_KEY, BTN_TOUCH, 0});
	(void)rig_await_press(rig, pad, PRESS_UP);
}

static void
test_size(struct rig *rig)
{
	struct uinput_device *panel = odd_plug(rig, &sizeless_model);
	struct link_panel said;
	int x, y;

	rig_start(rig, 0, 0);
	rig_join(rig);
	said = rig_await_panel(rig, sizeless_model.name, LINK_PANEL_NO_SIZE);
	rig_ok(rig, said.width_um == 0, "a panel that does not say its size works without pads");
	end(rig);
	odd_write(rig->devices, "quirks.d", "size.quirk",
		  "[device]\nName=Test panel without*\n[quirk]\nWidth=90\nHeight=150\n");
	rig_start(rig, 0, 0);
	rig_join(rig);
	said = rig_await_panel(rig, sizeless_model.name, LINK_PANEL_READY);
	(void)rig_type(rig, KEY_B, 0);
	find_pad(PAD_RIGHT_MIDDLE, 90, 150, &x, &y);
	press_slot(rig, panel, PAD_RIGHT_MIDDLE, x, y);
	rig_ok(rig, said.width_um == 90000 && said.height_um == 150000,
	       "and with pads when a quirk file says it");
	end(rig);
	/* The pads where a film has them that was measured: far from the default ones. */
	odd_write(rig->devices, "overlays.d", "film.overlay",
		  "[device]\nVendor=04f3\nProduct=0001\n"
		  "[left-top]\nX=20\nY=20\nRadius=6\n[left-middle]\nX=20\nY=40\nRadius=6\n"
		  "[left-bottom]\nX=20\nY=60\nRadius=6\n[right-top]\nX=70\nY=20\nRadius=6\n"
		  "[right-middle]\nX=70\nY=40\nRadius=6\n[right-bottom]\nX=70\nY=60\nRadius=6\n");
	begin(rig, &sizeless_model);
	press_slot(rig, panel, PAD_LEFT_BOTTOM, 20 * WIDTH / 90, 60 * HEIGHT / 150);
	press_slot(rig, panel, PAD_RIGHT_TOP, 70 * WIDTH / 90, 20 * HEIGHT / 150);
	rig_ok(rig, true, "a film of its own has its pads where its file says");
	end(rig);
	uinput_device_free(panel);
}

static void
await_bad_file(struct rig *rig, const char *part)
{
	union rig_message message;

	do {
		if (!rig_hear(rig, &message))
			rig_give_up(rig, "the driver hung up");
	} while (message.header.type != LINK_NOTICE ||
		 message.notice.kind != LINK_NOTICE_BAD_FILE || !strstr(message.notice.text, part));
}

/* What is wrong is told; the panel it is for is used as if the file were not there. */
static void
test_files(struct rig *rig)
{
	struct uinput_device *panel = odd_plug(rig, &single_model);
	struct uinput_device *ignored = odd_plug(rig, &anonymous_model);
	g_autofree char *ignored_clone = NULL;
	int x, y;

	odd_write(rig->devices, "quirks.d", "bad.quirk",
		  "[device]\nName=Test single*\n[quirk]\nIngore=yes\n");
	odd_write(rig->devices, "overlays.d", "bad.overlay", "[device]\nName=Test single*\n");
	odd_write(rig->devices, "quirks.d", "ignored.quirk",
		  "[device]\nName=Test anonymous*\n[quirk]\nIgnore=yes\n");
	find_pad(PAD_LEFT_TOP, 100, 160, &x, &y);
	rig_start(rig, 0, 0);
	rig_join(rig);
	await_bad_file(rig, "bad.overlay:1: nothing is said of the device");
	await_bad_file(rig, "bad.quirk:4: unknown key 'Ingore', did you mean 'Ignore'");
	rig_ok(rig, true, "mistakes in overlay and quirk files are told with file and line");
	rig_hang_up(rig);
	end(rig);
	begin(rig, &single_model);
	ODD_SEND(panel, {EV_ABS, ABS_X, x}, {EV_ABS, ABS_Y, y}, {EV_KEY, BTN_TOUCH, 1});
	(void)rig_await_press(rig, PAD_LEFT_TOP, PRESS_DOWN);
	ODD_SEND(panel, {EV_KEY, BTN_TOUCH, 0});
	rig_ok(rig, true, "and the panel they are for has the default film");
	ignored_clone = odd_find_clone(ignored);
	rig_ok(rig, !ignored_clone, "a panel that a file says to ignore is left alone");
	end(rig);
	uinput_device_free(panel);
	uinput_device_free(ignored);
}

static void
press_sim(struct rig *rig, struct sim_panel *panel, enum pad pad)
{
	struct mm_point at = rig_pad(panel, pad);

	touch_down(panel, 0, at.x, at.y);
	(void)rig_await_press(rig, pad, PRESS_DOWN);
	rig_let_pass(60000); /* as long as a person presses */
	touch_up(panel, 0);
	(void)rig_await_press(rig, pad, PRESS_UP);
}

static void
test_two(struct rig *rig)
{
	struct sim_panel *phone = rig_plug(rig, "phone"), *tablet;
	g_autofree char *name = g_strdup(sim_panel_get_model(phone)->title);

	rig_start(rig, 0, 0);
	rig_join(rig);
	rig_await_state(rig, LINK_PANEL_READY);
	(void)rig_type(rig, KEY_B, 0);
	tablet = rig_plug(rig, "tablet");
	(void)rig_await_panel(rig, sim_panel_get_model(tablet)->title, LINK_PANEL_READY);
	press_sim(rig, phone, PAD_LEFT_TOP);
	press_sim(rig, tablet, PAD_RIGHT_BOTTOM);
	rig_ok(rig, true, "a second panel is taken when it is plugged in, and both have pads");
	sim_panel_free(phone);
	(void)rig_await_panel(rig, name, LINK_PANEL_GONE);
	press_sim(rig, tablet, PAD_LEFT_MIDDLE);
	phone = rig_plug(rig, "phone");
	(void)rig_await_panel(rig, name, LINK_PANEL_READY);
	press_sim(rig, phone, PAD_LEFT_BOTTOM);
	rig_ok(rig, true, "unplugging one leaves the other, and it comes back");
	end(rig);
	sim_panel_free(phone);
	sim_panel_free(tablet);
}

static void
write_rule(struct rig *rig, const char *mode)
{
	g_autofree char *rule = g_strdup_printf(
	    "KERNEL==\"event*\", ATTRS{name}==\"Test single touch\", GROUP=\"root\", MODE=\"%s\"\n",
	    mode);

	if (!g_file_set_contents("/run/udev/rules.d/99-odd.rules", rule, -1, NULL) ||
	    !g_spawn_command_line_sync("udevadm control --reload", NULL, NULL, NULL, NULL))
		rig_give_up(rig, "udev cannot be asked");
}

/* Told by udev before it may be opened, as when a rule of the system comes late. */
static void
test_not_permitted(struct rig *rig, uid_t user, gid_t group)
{
	struct uinput_device *panel;
	struct sim_panel *phone = rig_plug(rig, "phone");
	g_autofree char *clone = NULL;

	write_rule(rig, "0600");
	panel = odd_plug(rig, &single_model);
	if (!g_spawn_command_line_sync("udevadm settle", NULL, NULL, NULL, NULL))
		rig_give_up(rig, "udev cannot be asked");
	rig_start(rig, user, group);
	rig_join(rig);
	/* The other panel was looked at in the same go. */
	rig_await_state(rig, LINK_PANEL_READY);
	clone = odd_find_clone(panel);
	rig_ok(rig, !clone, "a panel that may not be opened yet is left to the system");
	write_rule(rig, "0666");
	if (!g_spawn_command_line_sync("udevadm trigger --action=change --subsystem-match=input",
				       NULL, NULL, NULL, NULL))
		rig_give_up(rig, "udev cannot be asked");
	(void)rig_await_panel(rig, single_model.name, LINK_PANEL_READY);
	rig_ok(rig, true, "and taken as soon as udev permits it");
	end(rig);
	uinput_device_free(panel);
	sim_panel_free(phone);
}

/* As when the module is loaded after the driver was started. */
static void
test_missing_uinput(struct rig *rig)
{
	struct sim_panel *panel = rig_plug(rig, "phone");
	struct view direct;

	g_assert_cmpint(rename("/dev/uinput", "/dev/uinput.away"), ==, 0);
	rig_start(rig, 0, 0);
	rig_join(rig);
	rig_await_state(rig, LINK_PANEL_NO_CLONE);
	view_open(&direct, rig, sim_panel_devnode(panel));
	touch_down(panel, 0, 30, 60);
	touch_up(panel, 0);
	rig_ok(rig, view_until(&direct, rig, direct.ups == 1 && !direct.touched),
	       "with /dev/uinput missing the panel works as ever, and the daemon is told");
	view_close(&direct);
	g_assert_cmpint(rename("/dev/uinput.away", "/dev/uinput"), ==, 0);
	if (!g_spawn_command_line_sync("udevadm trigger --action=change /dev/uinput", NULL, NULL,
				       NULL, NULL))
		rig_give_up(rig, "udev cannot be asked");
	rig_await_state(rig, LINK_PANEL_READY);
	rig_ok(rig, true, "and it has pads as soon as udev speaks of it");
	end(rig);
	sim_panel_free(panel);
}

int
main(int argc, char **argv)
{
	g_autofree char *folder = g_dir_make_tmp("kernel-devices-XXXXXX", NULL);
	struct rig rig;

	if (argc != 3) {
		fputs("usage: kernel-devices UID GID\n", stderr);
		return 2;
	}
	rig_init(&rig);
	rig.devices = folder;
	test_single(&rig);
	test_anonymous(&rig);
	test_size(&rig);
	test_files(&rig);
	test_two(&rig);
	test_not_permitted(&rig, (uid_t)strtoul(argv[1], NULL, 10),
			   (gid_t)strtoul(argv[2], NULL, 10));
	/* The last, for udev takes the node's permissions back. */
	test_missing_uinput(&rig);
	return rig_finish(&rig);
}
