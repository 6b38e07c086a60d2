/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The driver as a whole: panels, keyboard and link, each made known to the others.
 * Made by main() from the command line; also by nobody else.
 * Owns all of them; freed, every panel is the system's again.
 */
#ifndef SIDETOUCH_DRIVER_H
#define SIDETOUCH_DRIVER_H

#include <glib.h>
#include <stdbool.h>

struct driver;
struct ear_keys;
struct loop;

struct driver_config {
	struct loop *loop;
	const char *socket;
	const char *seat;
	const char *const *users;        /* NULL: logind decides */
	const char *device;              /* only this panel; NULL: all */
	bool no_buzz;                    /* never let the device vibrate */
	bool no_escape;                  /* five fingers that lie still mean nothing */
	const struct ear_keys *ear_keys; /* NULL: no key leads to the ear */
	const char *bad_file;            /* what is wrong with the settings; NULL: nothing */
	/* Where overlays.d and quirks.d are, NULL-terminated, the last one wins. */
	const char *const *directories;
	const char *state; /* the folder that calibrations are kept in */
};

/* Take the panels that are there and listen. The error is a sentence for the user. */
struct driver *driver_new(const struct driver_config *config, GError **error);
struct driver *driver_free(struct driver *driver);

#endif
