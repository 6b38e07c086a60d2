/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which touchscreens and keys there are, from udev: those at the start, then those plugged in and
 * out.
 * Used by driver/driver.
 * Owns udev's monitor, which hears the daemon's events, so that a node is initialised and permitted
 * when it is told of.
 */
#ifndef SIDETOUCH_DISCOVER_H
#define SIDETOUCH_DISCOVER_H

#include "common/device_file.h"

struct discover;

struct discover_events {
	/* A touchscreen that is none of ours: there at the start, added, or changed (its
	 * permissions, say); syspath stays its name until gone. */
	void (*touchscreen)(void *data, const char *syspath, const char *devnode);
	/* The same of a device with keys, and what it is known by. */
	void (*keys)(void *data, const char *syspath, const char *devnode,
		     const struct device_id *id);
	/* The same of a device that vibrates: force feedback, and no game controller. Told besides
	 * the above. */
	void (*vibrator)(void *data, const char *syspath, const char *devnode, const char *seat);
	/* The same of a device with the switch SW_FRONT_PROXIMITY. Told besides the above. */
	void (*proximity_switch)(void *data, const char *syspath, const char *devnode,
				 const char *seat);
	/* Something was unplugged; it may be none that was told of. */
	void (*gone)(void *data, const char *syspath);
	/* The clone of the panel with this sysname ("event5") is there for everybody. */
	void (*clone)(void *data, const char *panel_sysname);
	/* /dev/uinput came or changed. */
	void (*uinput)(void *data);
};

/* -errno when udev cannot be asked. No event is called before discover_start(). */
int discover_new(const struct discover_events *events, void *data, struct discover **out);
struct discover *discover_free(struct discover *discover);

/* Tell of the touchscreens that are there already. */
void discover_start(struct discover *discover);

#endif
