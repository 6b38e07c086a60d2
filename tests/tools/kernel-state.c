/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a device holds besides contacts, on a real kernel: keys beside the glass and switches are on
 * the clone what they are on the panel, when it is taken and after events were lost; an axis that
 * the kernel smooths is smoothed once; five fingers make it let go, unless a setting forbids it.
 * Run by tests/vm/guest-devices.sh; prints TAP. Owns the rig.
 */
#include "tests/tools/odd_device.h"

/* More frames than the kernel keeps for one reader. */
#define FLOOD 600
/* Of the panel's axes; the kernel then halves and quarters steps that are shorter than twice this.
 */
#define FUZZ 8

static const struct odd_model panel_model = {
    .name = "Test panel with keys",
    .vendor = 0x0eef,
    .product = 7,
    .direct = true,
    .keys = {BTN_TOUCH, KEY_HOMEPAGE, KEY_BACK},
    .switches = {SW_TABLET_MODE, SW_PEN_INSERTED},
    .axes = {{ABS_X, 1000, 10},
	     {ABS_Y, 1600, 10},
	     {ABS_MT_SLOT, 4, 0},
	     {ABS_MT_POSITION_X, 1000, 10},
	     {ABS_MT_POSITION_Y, 1600, 10},
	     {ABS_MT_TRACKING_ID, 65535, 0}},
};

/* Its name would clear a terminal. */
static const struct odd_model keypad_model = {
    .name = "Test keypad\x1b[2J with a switch",
    .vendor = 0x1189,
    .product = 0x8890,
    .keys = {KEY_F13, KEY_A},
    .switches = {SW_TABLET_MODE},
};

static bool
has_bit(int fd, unsigned long request, unsigned code)
{
	uint8_t bits[KEY_CNT / 8 + 1] = {0};

	g_assert_cmpint(ioctl(fd, request, bits), >=, 0);
	return (bits[code / 8] >> (code % 8) & 1) != 0;
}

static bool
is_down(int fd, unsigned key)
{
	return has_bit(fd, EVIOCGKEY(KEY_CNT / 8), key);
}

static bool
is_on(int fd, unsigned toggle)
{
	return has_bit(fd, EVIOCGSW(SW_CNT / 8 + 1), toggle);
}

/* Read the clone up to the frame that has this in it. */
static bool
read_until(struct rig *rig, int fd, const char *part)
{
	for (;;) {
		g_autofree char *frame = odd_read_frame(rig, fd);

		if (strstr(frame, part))
			return true;
		if (frame[0] == '\0')
			return false;
	}
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
touch_slot(struct uinput_device *panel, int id, int x, int y)
{
	ODD_SEND(panel, {EV_ABS, ABS_MT_SLOT, 0}, {EV_ABS, ABS_MT_TRACKING_ID, id},
		 {EV_ABS, ABS_MT_POSITION_X, x}, {EV_ABS, ABS_MT_POSITION_Y, y}, {EV_ABS, ABS_X, x},
		 {EV_ABS, ABS_Y, y}, {EV_KEY, BTN_TOUCH, id >= 0});
}

static void
lift_slot(struct uinput_device *panel)
{
	ODD_SEND(panel, {EV_ABS, ABS_MT_TRACKING_ID, -1}, {EV_KEY, BTN_TOUCH, 0});
}

static void
test_taken(struct rig *rig, struct uinput_device *panel)
{
	int direct = odd_open(rig, uinput_device_devnode(panel));

	ODD_SEND(panel, {EV_SW, SW_PEN_INSERTED, 1}, {EV_KEY, KEY_HOMEPAGE, 1});
	rig_start(rig, 0, 0);
	rig_join(rig);
	(void)rig_await_panel(rig, panel_model.name, LINK_PANEL_WAITING);
	/* It would be taken as soon as udev has told of the clone, which by the second answer has
	 * been heard. */
	if (!g_spawn_command_line_sync("udevadm settle", NULL, NULL, NULL, NULL))
		rig_give_up(rig, "udev cannot be asked");
	(void)rig_type(rig, KEY_B, 0);
	(void)rig_type(rig, KEY_B, 0);
	ODD_SEND(panel, {EV_KEY, KEY_HOMEPAGE, 0});
	rig_ok(rig,
	       odd_next_is(rig, direct, "5:f=1 1:ac=1 ") && odd_next_is(rig, direct, "1:ac=0 "),
	       "a panel whose home key is down is not taken: the system sees it go up");
	(void)rig_await_panel(rig, panel_model.name, LINK_PANEL_READY);
	rig_ok(rig, true, "and then it is");
	close(direct);
}

static void
test_lost(struct rig *rig, struct uinput_device *panel)
{
	g_autofree char *devnode = odd_find_clone(panel);
	int clone = odd_open(rig, devnode);

	rig_ok(rig, is_on(clone, SW_PEN_INSERTED) && !is_on(clone, SW_TABLET_MODE),
	       "its clone has its switches as they were before");
	ODD_SEND(panel, {EV_KEY, KEY_HOMEPAGE, 1});
	ODD_SEND(panel, {EV_KEY, KEY_BACK, 1});
	touch_slot(panel, 1, 500, 500);
	(void)read_until(rig, clone, "3:39=1 ");
	rig_ok(rig, is_down(clone, KEY_HOMEPAGE) && is_down(clone, KEY_BACK),
	       "its keys are keys of the clone");
	rig_kill(rig, SIGSTOP);
	ODD_SEND(panel, {EV_KEY, KEY_BACK, 0});
	ODD_SEND(panel, {EV_SW, SW_PEN_INSERTED, 0}, {EV_SW, SW_TABLET_MODE, 1});
	for (int i = 0; i < FLOOD; i++)
		touch_slot(panel, 1, 500 + i % 50, 500);
	rig_kill(rig, SIGCONT);
	touch_slot(panel, 1, 700, 700);
	(void)read_until(rig, clone, "3:36=700 ");
	/* The next frame comes after whatever the driver had to make good. */
	lift_slot(panel);
	(void)read_until(rig, clone, "3:39=-1 ");
	rig_ok(rig, !is_down(clone, KEY_BACK) && is_down(clone, KEY_HOMEPAGE),
	       "a key whose release was lost is up, one that is held stays down");
	rig_ok(rig, !is_on(clone, SW_PEN_INSERTED) && is_on(clone, SW_TABLET_MODE),
	       "and switches are what they are");
	ODD_SEND(panel, {EV_KEY, KEY_HOMEPAGE, 0});
	rig_ok(rig, odd_next_is(rig, clone, "1:ac=0 "), "and goes on as if nothing had been lost");
	close(clone);
}

static void
test_keypad(struct rig *rig)
{
	struct uinput_device *keypad = odd_plug(rig, &keypad_model);
	g_autofree char *devnode = NULL;
	int clone;

	ODD_SEND(keypad, {EV_SW, SW_TABLET_MODE, 1});
	odd_write(rig->devices, "overlays.d", "keypad.overlay",
		  "[device]\nVendor=1189\nProduct=8890\n[left-top]\nKey=F13\n");
	rig_start(rig, 0, 0);
	rig_join(rig);
	(void)rig_await_panel(rig, "Test keypad [2J with a switch", LINK_PANEL_READY);
	devnode = odd_find_clone(keypad);
	clone = odd_open(rig, devnode);
	rig_ok(rig, is_on(clone, SW_TABLET_MODE), "the clone of keys has their switch");
	rig_kill(rig, SIGSTOP);
	ODD_SEND(keypad, {EV_SW, SW_TABLET_MODE, 0});
	for (int i = 0; i < FLOOD; i++)
		ODD_SEND(keypad, {EV_KEY, KEY_A, i % 2 == 0});
	rig_kill(rig, SIGCONT);
	ODD_SEND(keypad, {EV_KEY, KEY_A, 1});
	(void)read_until(rig, clone, "1:1e=1 ");
	ODD_SEND(keypad, {EV_KEY, KEY_A, 0});
	(void)read_until(rig, clone, "1:1e=0 ");
	rig_ok(rig, !is_on(clone, SW_TABLET_MODE) && !is_down(clone, KEY_A),
	       "also after events were lost");
	end(rig);
	close(clone);
	uinput_device_free(keypad);
}

static void
set_fuzz(struct uinput_device *panel, unsigned code)
{
	int fd = open(uinput_device_devnode(panel), O_RDWR | O_CLOEXEC);
	struct input_absinfo info;

	g_assert_cmpint(ioctl(fd, EVIOCGABS(code), &info), >=, 0);
	info.fuzz = FUZZ;
	g_assert_cmpint(ioctl(fd, EVIOCSABS(code), &info), >=, 0);
	close(fd);
}

/* Where udev has no helper of libinput's, the kernel smooths an axis that wavers. */
static void
test_fuzz(struct rig *rig, struct uinput_device *panel)
{
	g_autofree char *devnode = NULL;
	int clone;

	set_fuzz(panel, ABS_MT_POSITION_X);
	set_fuzz(panel, ABS_X);
	rig_start(rig, 0, 0);
	rig_join(rig);
	(void)rig_await_panel(rig, panel_model.name, LINK_PANEL_READY);
	devnode = odd_find_clone(panel);
	clone = odd_open(rig, devnode);
	touch_slot(panel, 2, 100, 500);
	(void)read_until(rig, clone, "3:35=100 ");
	/* A step of ten is halved: 105; and five more are a quarter of that, 106. */
	ODD_SEND(panel, {EV_ABS, ABS_MT_POSITION_X, 110});
	ODD_SEND(panel, {EV_ABS, ABS_MT_POSITION_X, 111});
	rig_ok(rig, odd_next_is(rig, clone, "3:35=105 ") && odd_next_is(rig, clone, "3:35=106 "),
	       "what the kernel has smoothed is not smoothed again");
	lift_slot(panel);
	end(rig);
	close(clone);
}

/* Five fingertips, none of them on a pad of the phone's. */
static void
five_fingers(struct sim_panel *panel, bool down)
{
	static const struct mm_point at[] = {{12, 60}, {22, 40}, {34, 35}, {46, 40}, {56, 50}};

	for (unsigned slot = 0; slot < G_N_ELEMENTS(at); slot++) {
		if (down)
			sim_panel_down(panel, slot, at[slot].x, at[slot].y);
		else
			sim_panel_up(panel, slot);
	}
	touch_frame(panel);
}

static void
begin_phone(struct rig *rig)
{
	rig_start(rig, 0, 0);
	rig_join(rig);
	rig_await_state(rig, LINK_PANEL_READY);
	(void)rig_type(rig, KEY_B, 0); /* by its answer the hello is taken */
}

/* The next press or notice of the escape. */
static bool
hears_of_escape(struct rig *rig)
{
	union rig_message message;

	do {
		if (!rig_hear(rig, &message))
			rig_give_up(rig, "the driver hung up");
		if (message.header.type == LINK_NOTICE &&
		    message.notice.kind == LINK_NOTICE_ESCAPE_ON)
			return true;
	} while (message.header.type != LINK_PRESS);
	return false;
}

static void
test_escape(struct rig *rig)
{
	struct sim_panel *phone = rig_plug(rig, "phone");
	struct mm_point pad = rig_pad(phone, PAD_LEFT_TOP);
	g_autofree char *settings = g_build_filename(rig->devices, "driver.conf", NULL);
	g_autofree char *devnode = NULL;
	struct view clone;
	bool told;

	begin_phone(rig);
	devnode = rig_find_clone(phone);
	view_open(&clone, rig, devnode);
	five_fingers(phone, true);
	told = hears_of_escape(rig);
	five_fingers(phone, false);
	(void)view_until(&clone, rig, clone.ups == 5);
	touch_down(phone, 0, pad.x, pad.y);
	touch_up(phone, 0);
	rig_ok(rig, told && view_until(&clone, rig, clone.ups == 6),
	       "five fingers that lie still for 5 s: it is told, and the pads pass");
	view_close(&clone);
	end(rig);
	g_assert_true(g_file_set_contents(settings, "[Driver]\nEscape=no\n", -1, NULL));
	rig->settings = settings;
	begin_phone(rig);
	five_fingers(phone, true);
	rig_let_pass(UINT64_C(5500) * 1000); /* as long as it would have taken, and a little */
	five_fingers(phone, false);
	touch_down(phone, 0, pad.x, pad.y);
	touch_up(phone, 0);
	rig_ok(rig, !hears_of_escape(rig),
	       "with Escape=no in the settings they mean nothing, and a pad is a pad");
	end(rig);
	rig->settings = NULL;
	sim_panel_free(phone);
}

int
main(void)
{
	g_autofree char *folder = g_dir_make_tmp("kernel-state-XXXXXX", NULL);
	struct uinput_device *panel;
	struct rig rig;

	rig_init(&rig);
	rig.devices = folder;
	panel = odd_plug(&rig, &panel_model);
	test_taken(&rig, panel);
	test_lost(&rig, panel);
	end(&rig);
	test_fuzz(&rig, panel);
	uinput_device_free(panel);
	test_keypad(&rig);
	test_escape(&rig);
	return rig_finish(&rig);
}
