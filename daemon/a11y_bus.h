/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The connection to the accessibility bus: found through the session bus, kept for ever.
 * daemon/apps is the only caller. Owns both connections, the registration for events, and the timer
 * that tries again; that one runs only while there is no connection.
 */
#ifndef SIDETOUCH_A11Y_BUS_H
#define SIDETOUCH_A11Y_BUS_H

#include <gio/gio.h>

struct a11y_bus_events {
	/* Connected; what is subscribed to here misses no event that was registered for. */
	void (*connected)(void *data, GDBusConnection *connection);
	/* The events are registered for: applications can be asked. */
	void (*up)(void *data);
	/* Not any more; the connection is to be let go of. Also after connected without up. */
	void (*down)(void *data);
	/* Once an outage: a sentence that says what to do. */
	void (*problem)(void *data, const char *sentence);
	/* What problem() told of is over. */
	void (*solved)(void *data);
};

struct a11y_bus;

int a11y_bus_new(const struct a11y_bus_events *events, void *data, struct a11y_bus **out);
struct a11y_bus *a11y_bus_unref(struct a11y_bus *bus);

/* The session bus, NULL while there is none; lent. */
GDBusConnection *a11y_bus_session(const struct a11y_bus *bus);

/* "connected", or the sentence of the problem, or that it is being tried. */
const char *a11y_bus_state(const struct a11y_bus *bus);

#endif
