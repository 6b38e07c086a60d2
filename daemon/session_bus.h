/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where the session bus is.
 * Called by whoever keeps a connection of its own to it: daemon/a11y_bus, daemon/notify_bus.
 * Owns nothing.
 */
#ifndef SIDETOUCH_SESSION_BUS_H
#define SIDETOUCH_SESSION_BUS_H

/* Its address, allocated, without GDBus' last resort, which runs dbus-launch and waits for it; NULL
 * when there is none that can be used. */
char *session_bus_address(void);

#endif
