/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A uinput keyboard with every key below BTN_MISC.
 * Called by driver/driver.
 * Owns the device; a key that is typed goes down and up in one write, and one that is held is up
 * when the device goes: no death leaves a key down.
 */
#include "driver/keyboard.h"

#include <errno.h>
#include <glib.h>
#include <linux/input.h>
#include <stdbool.h>

#include "common/cleanup.h"
#include "common/link.h"
#include "driver/uinput_device.h"

struct keyboard {
	struct uinput_device *device;
	uint32_t held; /* KEY_RESERVED: none */
	uint32_t held_modifiers;
};

static const struct {
	uint32_t bit;
	uint16_t key;
} modifier_keys[] = {
    {LINK_SHIFT, KEY_LEFTSHIFT},
    {LINK_CONTROL, KEY_LEFTCTRL},
    {LINK_ALT, KEY_LEFTALT},
    {LINK_SUPER, KEY_LEFTMETA},
};

/* Down and up of the key and each modifier, each with its SYN_REPORT. */
#define TYPE_EVENTS ((1 + ARRAY_LENGTH(modifier_keys)) * 2 * 2)

struct typing {
	struct input_event events[TYPE_EVENTS];
	size_t count;
};

int
keyboard_new(struct keyboard **out)
{
	struct libevdev *description = libevdev_new();
	struct uinput_device *device;
	int r;

	*out = NULL;
	libevdev_set_name(description, "Sidetouch keyboard");
	libevdev_set_id_bustype(description, BUS_VIRTUAL);
	for (unsigned key = KEY_ESC; key < BTN_MISC; key++)
		libevdev_enable_event_code(description, EV_KEY, key, NULL);
	r = uinput_device_new(description, KEYBOARD_PHYS, &device);
	libevdev_free(description);
	if (r < 0)
		return r;
	*out = g_new0(struct keyboard, 1);
	(*out)->device = device;
	return 0;
}

struct keyboard *
keyboard_free(struct keyboard *keyboard)
{
	if (keyboard)
		uinput_device_free(keyboard->device);
	g_free(keyboard);
	return NULL;
}

static void
add(struct typing *typing, uint16_t key, int value)
{
	typing->events[typing->count++] =
	    (struct input_event){.type = EV_KEY, .code = key, .value = value};
	typing->events[typing->count++] = (struct input_event){.type = EV_SYN, .code = SYN_REPORT};
}

static bool
is_possible(uint32_t key, uint32_t modifiers)
{
	return key > KEY_RESERVED && key < BTN_MISC && (modifiers & ~LINK_MODIFIER_MASK) == 0;
}

static void
add_down(struct typing *typing, uint32_t key, uint32_t modifiers)
{
	for (size_t i = 0; i < ARRAY_LENGTH(modifier_keys); i++) {
		if (modifiers & modifier_keys[i].bit)
			add(typing, modifier_keys[i].key, 1);
	}
	add(typing, (uint16_t)key, 1);
}

static void
add_up(struct typing *typing, uint32_t key, uint32_t modifiers)
{
	add(typing, (uint16_t)key, 0);
	for (size_t i = ARRAY_LENGTH(modifier_keys); i > 0; i--) {
		if (modifiers & modifier_keys[i - 1].bit)
			add(typing, modifier_keys[i - 1].key, 0);
	}
}

int
keyboard_type(struct keyboard *keyboard, uint32_t key, uint32_t modifiers)
{
	struct typing typing = {.count = 0};

	if (!is_possible(key, modifiers))
		return -EINVAL;
	add_down(&typing, key, modifiers);
	add_up(&typing, key, modifiers);
	return uinput_device_write(keyboard->device, typing.events, typing.count);
}

int
keyboard_hold(struct keyboard *keyboard, uint32_t key, uint32_t modifiers)
{
	struct typing typing = {.count = 0};
	int r = keyboard_release(keyboard);

	if (r < 0)
		return r;
	if (!is_possible(key, modifiers))
		return -EINVAL;
	add_down(&typing, key, modifiers);
	keyboard->held = key;
	keyboard->held_modifiers = modifiers;
	return uinput_device_write(keyboard->device, typing.events, typing.count);
}

int
keyboard_release(struct keyboard *keyboard)
{
	struct typing typing = {.count = 0};

	if (keyboard->held == KEY_RESERVED)
		return 0;
	add_up(&typing, keyboard->held, keyboard->held_modifiers);
	keyboard->held = KEY_RESERVED;
	return uinput_device_write(keyboard->device, typing.events, typing.count);
}
