/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * iio-sensor-proxy on the system bus (net.hadess.SensorProxy): whether something is near the panel,
 * and how the device is held. A sensor is claimed, and so awake, only while it is wanted.
 * Called by daemon/earside; never waits.
 * Owns its connection to the system bus, made when something is wanted for the first time.
 */
#ifndef SIDETOUCH_SENSOR_PROXY_H
#define SIDETOUCH_SENSOR_PROXY_H

#include <gio/gio.h>
#include <stdbool.h>

#include "common/ear.h"

enum sensor_turn {
	SENSOR_TURN_UNKNOWN,
	SENSOR_TURN_UPRIGHT,
	SENSOR_TURN_RIGHT, /* its right edge is down: a quarter turn clockwise */
	SENSOR_TURN_OVER,
	SENSOR_TURN_LEFT,
};

/* What is wrong with the service; each is told once. */
enum sensor_fault {
	SENSOR_FAULT_MISSING, /* nobody has the name */
	SENSOR_FAULT_DIED,
	SENSOR_FAULT_REFUSED,
	SENSOR_FAULT_NONSENSE,
};
#define SENSOR_FAULT_COUNT 4

/* All from the loop. */
struct sensor_proxy_events {
	/* When it changes; unknown: not wanted, no sensor, or no service. */
	void (*proximity)(void *data, enum ear_proximity proximity);
	void (*turn)(void *data, enum sensor_turn turn);
	/* While the turn is wanted, where the service (3.6 or later) tells it: it lies flat, or
	 * not. Told whenever the service does. */
	void (*flat)(void *data, bool flat);
	void (*fault)(void *data, enum sensor_fault fault);
};

struct sensor_proxy;

struct sensor_proxy *sensor_proxy_new(const struct sensor_proxy_events *events, void *data);
struct sensor_proxy *sensor_proxy_free(struct sensor_proxy *proxy);

/* Claim and release as needed, also when the service comes later. */
void sensor_proxy_want_proximity(struct sensor_proxy *proxy, bool wanted);
void sensor_proxy_want_turn(struct sensor_proxy *proxy, bool wanted);

#endif
