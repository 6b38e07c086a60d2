/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Six keys as six pads on a real kernel: presses, what passes, and that no other keyboard is
 * touched. Run by tests/vm/guest-devices.sh; prints TAP. Owns the rig and a folder of rules.
 */
#include "tests/tools/odd_device.h"

static const struct odd_model pad_model = {
    .name = "Test six keys",
    .vendor = 0x1189,
    .product = 0x8890,
    .keys = {KEY_F13, KEY_F14, KEY_F15, KEY_F16, KEY_F17, KEY_F18, KEY_A},
};

/* What such a device has beside it: another node of the same numbers, without the keys. */
static const struct odd_model knob_model = {
    .name = "Test six keys knob",
    .vendor = 0x1189,
    .product = 0x8890,
    .keys = {KEY_VOLUMEUP, KEY_VOLUMEDOWN},
};

static const struct odd_model keyboard_model = {
    .name = "Test keyboard",
    .vendor = 0x1189,
    .product = 0x8891,
    .keys = {KEY_F13, KEY_F14, KEY_F15, KEY_F16, KEY_F17, KEY_F18, KEY_A},
};

static const char overlay[] =
    "[device]\nVendor=1189\nProduct=8890\n"
    "[left-top]\nKey=F13\n[left-middle]\nKey=F14\n[left-bottom]\nKey=F15\n"
    "[right-top]\nKey=F16\n[right-middle]\nKey=F17\n[right-bottom]\nKey=F18\n";

static void
key(struct uinput_device *device, uint16_t code, int value)
{
	ODD_SEND(device, {EV_KEY, code, value});
}

static void
begin(struct rig *rig, struct uinput_device *pad, int *clone)
{
	g_autofree char *devnode = NULL;

	rig_start(rig, 0, 0);
	rig_join(rig);
	(void)rig_await_panel(rig, pad_model.name, LINK_PANEL_READY);
	(void)rig_type(rig, KEY_B, 0); /* by its answer the hello is taken */
	devnode = odd_find_clone(pad);
	*clone = odd_open(rig, devnode);
}

static void
end(struct rig *rig, int clone)
{
	rig_kill(rig, SIGTERM);
	rig_hang_up(rig);
	rig_ok(rig, rig_wait_end(rig) == 0, "SIGTERM ends it with 0");
	close(clone);
}

static void
test_presses(struct rig *rig, struct uinput_device *pad, int clone)
{
	unsigned right = 0;

	for (unsigned i = 0; i < PAD_COUNT; i++) {
		uint16_t code = (uint16_t)(KEY_F13 + i);
		uint32_t number;

		key(pad, code, 1);
		number = rig_await_press(rig, i, PRESS_DOWN);
		rig_let_pass(60000); /* as long as a person presses */
		key(pad, code, 0);
		right += rig_await_press(rig, i, PRESS_UP) == number;
	}
	rig_ok(rig, right == PAD_COUNT, "each of six keys is a press on its pad");
	key(pad, KEY_F14, 1);
	(void)rig_await_press(rig, PAD_LEFT_MIDDLE, PRESS_DOWN);
	(void)rig_await_press(rig, PAD_LEFT_MIDDLE, PRESS_HOLD);
	key(pad, KEY_F14, 0);
	(void)rig_await_press(rig, PAD_LEFT_MIDDLE, PRESS_UP);
	rig_ok(rig, true, "a key that stays down is a hold");
	key(pad, KEY_A, 1);
	key(pad, KEY_A, 0);
	rig_ok(rig, odd_next_is(rig, clone, "1:1e=1 ") && odd_next_is(rig, clone, "1:1e=0 "),
	       "the system sees nothing of them, and any other key");
}

static void
test_nobody(struct rig *rig, struct uinput_device *pad, int clone)
{
	rig_hang_up(rig);
	/* The next one is let in only when the driver knows that the first has gone. */
	if (!rig_dial_once(rig))
		rig_give_up(rig, "the driver does not listen");
	rig_await_state(rig, LINK_PANEL_READY);
	key(pad, KEY_F13, 1);
	key(pad, KEY_F13, 0);
	rig_ok(rig, odd_next_is(rig, clone, "1:b7=1 ") && odd_next_is(rig, clone, "1:b7=0 "),
	       "with nobody listening its keys are keys");
	rig_hang_up(rig);
}

static void
test_clean_end(struct rig *rig, struct uinput_device *pad)
{
	int clone;

	begin(rig, pad, &clone);
	key(pad, KEY_A, 1);
	(void)odd_next_is(rig, clone, "1:1e=1 ");
	rig_kill(rig, SIGINT);
	rig_ok(rig, odd_next_is(rig, clone, "1:1e=0 "),
	       "at its end a key that is down goes up on the clone before that goes");
	rig_hang_up(rig);
	rig_ok(rig, rig_wait_end(rig) == 0, "SIGINT ends it with 0 too");
	close(clone);
}

static void
test_grab_waits(struct rig *rig, struct uinput_device *pad)
{
	int direct = odd_open(rig, uinput_device_devnode(pad));

	/* Since the last test a key has been down. */
	rig_start(rig, 0, 0);
	rig_join(rig);
	(void)rig_await_panel(rig, pad_model.name, LINK_PANEL_WAITING);
	key(pad, KEY_A, 0);
	(void)rig_await_panel(rig, pad_model.name, LINK_PANEL_READY);
	rig_ok(rig, odd_next_is(rig, direct, "1:1e=0 "),
	       "it is taken when no key is down, and the system has seen the last one go up");
	end(rig, direct);
}

/* The kernel lets a key up before its device goes; whether that is seen first is chance. */
static bool
await_end(struct rig *rig)
{
	union rig_message message;

	do {
		if (!rig_hear(rig, &message))
			rig_give_up(rig, "the driver hung up");
	} while (message.header.type != LINK_PRESS);
	return message.press.phase == PRESS_CANCEL || message.press.phase == PRESS_UP;
}

static void
test_unplugged(struct rig *rig, struct uinput_device *pad)
{
	int clone;

	begin(rig, pad, &clone);
	key(pad, KEY_F13, 1);
	(void)rig_await_press(rig, PAD_LEFT_TOP, PRESS_DOWN);
	key(pad, KEY_A, 1);
	(void)odd_next_is(rig, clone, "1:1e=1 ");
	uinput_device_free(pad);
	rig_ok(rig, await_end(rig) && odd_next_is(rig, clone, "1:1e=0 "),
	       "unplugged with keys down, the press ends and the other key goes up");
	(void)rig_await_panel(rig, pad_model.name, LINK_PANEL_GONE);
	end(rig, clone);
}

int
main(void)
{
	g_autofree char *folder = g_dir_make_tmp("kernel-keys-XXXXXX", NULL);
	g_autofree char *knob_clone = NULL, *keyboard_clone = NULL;
	struct uinput_device *pad, *knob, *keyboard;
	struct rig rig;
	int clone;

	rig_init(&rig);
	rig.devices = folder;
	odd_write(folder, "overlays.d", "test.overlay", overlay);
	keyboard = odd_plug(&rig, &keyboard_model);
	knob = odd_plug(&rig, &knob_model);
	pad = odd_plug(&rig, &pad_model);
	begin(&rig, pad, &clone);
	test_presses(&rig, pad, clone);
	test_nobody(&rig, pad, clone);
	knob_clone = odd_find_clone(knob);
	keyboard_clone = odd_find_clone(keyboard);
	rig_ok(&rig, !knob_clone && !keyboard_clone,
	       "a keyboard that no file names, and a node without the keys, are left alone");
	end(&rig, clone);
	test_clean_end(&rig, pad);
	test_grab_waits(&rig, pad);
	test_unplugged(&rig, pad);
	uinput_device_free(knob);
	uinput_device_free(keyboard);
	return rig_finish(&rig);
}
