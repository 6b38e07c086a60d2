/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Notifications as they go over the session bus from apps to the desktop, whichever that is.
 * The daemon's main object is the only caller; nothing here waits.
 * Owns a connection of its own, which only listens (org.freedesktop.DBus.Monitoring), and the timer
 * that tries again while there is none.
 */
#ifndef SIDETOUCH_NOTIFY_BUS_H
#define SIDETOUCH_NOTIFY_BUS_H

#include "daemon/notification.h"

struct notify_bus;

/* From the loop; the strings may be taken, else they are freed when this returns. */
typedef void notify_bus_fn(void *data, struct notification *notification);

struct notify_bus *notify_bus_new(notify_bus_fn *seen, void *data);
struct notify_bus *notify_bus_free(struct notify_bus *bus);

/* "connected", or a sentence that says why nothing is heard. */
const char *notify_bus_state(const struct notify_bus *bus);

#endif
