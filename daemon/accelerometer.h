/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which way is down, from the kernel's accelerometer (the industrial I/O subsystem's files): finer
 * than the quarter turns that iio-sensor-proxy tells. Read only while the phone is at the ear.
 * Called by daemon/earside; a thread reads, since a sensor on a slow bus may take its time.
 * Owns the thread and the files while it is started.
 */
#ifndef SIDETOUCH_ACCELEROMETER_H
#define SIDETOUCH_ACCELEROMETER_H

#include <stdbool.h>

#include "common/units.h"

/* Where the kernel shows them. */
#define ACCELEROMETER_FOLDER "/sys/bus/iio/devices"

/* In m/s^2: x to the right, y up, z out of the panel, as mounted. */
struct acceleration {
	double x, y, z;
};

struct accelerometer_events {
	/* Twenty times a second, from the loop. */
	void (*sample)(void *data, const struct acceleration *acceleration, struct usec time);
	/* Once: there is none, or it cannot be read (others use it in a way that shuts us out). */
	void (*lost)(void *data);
};

struct accelerometer;

struct accelerometer *accelerometer_new(const char *folder,
					const struct accelerometer_events *events, void *data);
struct accelerometer *accelerometer_free(struct accelerometer *accelerometer);

void accelerometer_start(struct accelerometer *accelerometer);
void accelerometer_stop(struct accelerometer *accelerometer);

#endif
