/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What evemu says of a device, from the device itself, by libevdev.
 * Called by driver/panel_tell.
 * Owns nothing.
 */
#include "driver/evemu_describe.h"

#include <glib.h>
#include <libevdev/libevdev.h>

static void
describe_codes(const struct libevdev *evdev, struct evemu_device *out)
{
	for (unsigned type = 0; type < EVEMU_TYPES; type++) {
		int last = type == EV_SYN ? -1 : libevdev_event_type_get_max(type);

		for (int code = 0; code <= last && code < EVEMU_CODE_BYTES * 8; code++) {
			if (libevdev_has_event_code(evdev, type, (unsigned)code))
				out->codes[type][code / 8] |= (uint8_t)(1U << code % 8);
		}
		/* As EVIOCGBIT has it, and so evemu: type 0 is the types themselves. */
		if (libevdev_has_event_type(evdev, type))
			out->codes[EV_SYN][type / 8] |= (uint8_t)(1U << type % 8);
	}
}

static void
describe_axes(const struct libevdev *evdev, struct evemu_device *out)
{
	for (unsigned code = 0; code <= ABS_MAX; code++) {
		const struct input_absinfo *info = libevdev_get_abs_info(evdev, code);

		if (info)
			out->abs[code] =
			    (struct evemu_abs){true,       info->minimum, info->maximum,
					       info->fuzz, info->flat,    info->resolution};
	}
}

int
evemu_describe(int fd, struct evemu_device *out)
{
	struct libevdev *evdev;
	int r = libevdev_new_from_fd(fd, &evdev);

	if (r < 0)
		return r;
	*out = (struct evemu_device){
	    .bus = (uint16_t)libevdev_get_id_bustype(evdev),
	    .vendor = (uint16_t)libevdev_get_id_vendor(evdev),
	    .product = (uint16_t)libevdev_get_id_product(evdev),
	    .version = (uint16_t)libevdev_get_id_version(evdev),
	};
	g_strlcpy(out->name, libevdev_get_name(evdev), sizeof(out->name));
	for (unsigned property = 0; property <= INPUT_PROP_MAX; property++) {
		if (libevdev_has_property(evdev, property))
			out->properties[property / 8] |= (uint8_t)(1U << property % 8);
	}
	describe_codes(evdev, out);
	describe_axes(evdev, out);
	libevdev_free(evdev);
	return 0;
}
