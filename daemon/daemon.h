/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sidetouchd's main object: wires the driver's link, the brain, the apps, speech and the bus.
 * Made once by daemon/main.
 * Owns all of them.
 */
#ifndef SIDETOUCH_DAEMON_H
#define SIDETOUCH_DAEMON_H

#include <glib.h>
#include <stdbool.h>

struct daemon_options {
	const char *driver_socket;
	const GArray *profiles; /* folders, as in common/profile_folders.h */
	const char *voice;      /* path of sidetouch-voice */
	const char *const *voice_arguments;
	const char *voice_settings; /* path of voice.conf; buttons.conf is beside it */
	const char *state;          /* a folder for what is remembered; NULL: nothing is */
	const char *accelerometers; /* where the kernel shows them; NULL: where it does */
	bool offers_tutorial;       /* a calibration, and makes sound that is off audible, at the
				     * first start ever; needs a state */
	bool front_from_bus;        /* SetFront() tells the app in front, not AT-SPI2 */
};

struct daemon;

/* ended: it cannot go on; a sentence for the user, once, from the loop. */
typedef void daemon_ended_fn(void *data, const char *sentence);

int daemon_new(const struct daemon_options *options, daemon_ended_fn *ended, void *data,
	       struct daemon **out);
struct daemon *daemon_unref(struct daemon *daemon);

#endif
