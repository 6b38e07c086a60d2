/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the machine's owner has set for the driver, in /etc/sidetouch/driver.conf.
 * Read by main() once, at the start; the command line wins over it.
 * A value, whose name settings_clear() frees.
 */
#ifndef SIDETOUCH_SETTINGS_H
#define SIDETOUCH_SETTINGS_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Where the machine's owner sets things: overlays.d and quirks.d are there too. */
#define SETTINGS_DIRECTORY "/etc/sidetouch"
#define SETTINGS_PATH      SETTINGS_DIRECTORY "/driver.conf"

struct settings {
	bool buzz; /* the device vibrates at each press, where it can */
	/* The key, or pair of keys, that leads to the ear and back, of devices with this name; the
	 * name allocated, NULL: none. */
	char *ear_device;
	uint16_t ear_keys[2];
	bool escape; /* five fingers that lie still for 5 s make every touch pass for 60 s */
};

/*
 * Read a file; what it does not say is as shipped, and so is all of it after an error, which is a
 * sentence with file and line. A file that is not there is no error.
 */
bool settings_read(const char *path, struct settings *out, GError **error);
void settings_clear(struct settings *settings);

#endif
