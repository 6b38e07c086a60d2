/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Asks the kernel what a device holds and writes all of it to the clone: of that, the kernel shows
 * the clone's readers what is another than before.
 * Called by driver/flow.
 * Owns nothing.
 */
#include "driver/carry.h"

#include <errno.h>
#include <stdint.h>
#include <sys/ioctl.h>

static bool
has(const uint8_t *bits, unsigned code)
{
	return (bits[code / 8] >> (code % 8) & 1) != 0;
}

/* The buttons by which a panel says that it is touched, and by how many fingers. */
static bool
is_emulation(unsigned key)
{
	return key == BTN_TOUCH || key == BTN_TOOL_FINGER || key == BTN_TOOL_QUINTTAP ||
	       (key >= BTN_TOOL_DOUBLETAP && key <= BTN_TOOL_QUADTAP);
}

static int
add_keys(const struct panel_device *device, struct carry *carry)
{
	uint8_t known[KEY_CORE_BYTES] = {0}, down[KEY_CORE_BYTES];
	int r = panel_device_read_keys(device, down);

	if (r == 0 && ioctl(device->fd, EVIOCGBIT(EV_KEY, sizeof(known)), known) < 0)
		r = -errno;
	for (uint16_t key = 0; r == 0 && key < KEY_CNT; key++) {
		if (has(known, key) && !is_emulation(key))
			carry->events[carry->count++] =
			    (struct core_event){EV_KEY, key, has(down, key)};
	}
	return r;
}

static int
add_switches(const struct panel_device *device, struct carry *carry)
{
	uint8_t known[SW_CNT / 8 + 1] = {0}, on[SW_CNT / 8 + 1] = {0};

	if (ioctl(device->fd, EVIOCGBIT(EV_SW, sizeof(known)), known) < 0 ||
	    ioctl(device->fd, EVIOCGSW(sizeof(on)), on) < 0)
		return -errno;
	for (uint16_t code = 0; code < SW_CNT; code++) {
		if (has(known, code))
			carry->events[carry->count++] =
			    (struct core_event){EV_SW, code, has(on, code)};
	}
	return 0;
}

static bool
is_emulated_axis(unsigned code)
{
	return code == ABS_X || code == ABS_Y || code == ABS_PRESSURE;
}

static int
add_axes(const struct panel_device *device, struct carry *carry, bool fresh)
{
	uint8_t known[ABS_CNT / 8] = {0};

	if (ioctl(device->fd, EVIOCGBIT(EV_ABS, sizeof(known)), known) < 0)
		return -errno;
	for (uint16_t code = 0; code < ABS_MT_SLOT; code++) {
		struct core_event event = {EV_ABS, code, 0};
		int r;

		if (!has(known, code) || (is_emulated_axis(code) && !fresh && !device->has_keys))
			continue;
		r = panel_device_read_axis(device, code, &event.value);
		if (r < 0)
			return r;
		carry->events[carry->count++] = event;
	}
	return 0;
}

int
carry_read(const struct panel_device *device, bool fresh, struct carry *out)
{
	int r;

	out->count = 0;
	r = device->has_keys ? 0 : add_keys(device, out);
	if (r == 0)
		r = add_switches(device, out);
	if (r == 0)
		r = add_axes(device, out, fresh);
	return r;
}

int
carry_write(const struct carry *carry, struct clone *clone)
{
	return carry->count > 0 ? clone_write(clone, carry->events, carry->count) : 0;
}
