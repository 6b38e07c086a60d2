/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A uinput device made from a libevdev description, with a place ("phys") of our own choosing.
 * The clones, the driver's keyboard and the simulated touchscreens are such devices; libevdev's own
 * uinput helper cannot set phys, by which the driver knows its own devices.
 * Owns the descriptor: closing it is what unplugs the device, also when the program is killed.
 */
#ifndef SIDETOUCH_UINPUT_DEVICE_H
#define SIDETOUCH_UINPUT_DEVICE_H

#include <libevdev/libevdev.h>
#include <linux/input.h>
#include <stddef.h>

struct uinput_device;

/*
 * Create the device: name, ids, properties, keys, axes with their ranges, fuzz, flat and
 * resolution. Repeat, LEDs, sounds and force feedback are left out: they flow the other way.
 * -ENOENT, -EACCES: /dev/uinput is missing or not permitted.
 */
int uinput_device_new(const struct libevdev *description, const char *phys,
		      struct uinput_device **out);
struct uinput_device *uinput_device_free(struct uinput_device *device);

/* Write count events in one go; what a short write leaves is written after it. 0 or -errno. */
int uinput_device_write(struct uinput_device *device, const struct input_event *events,
			size_t count);

/* "/dev/input/event7"; NULL when the kernel does not tell. */
const char *uinput_device_devnode(const struct uinput_device *device);

#endif
