/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The end of a test's private bus.
 * Included by the tests of the daemon, whose complaints are fatal to them.
 * Owns nothing.
 */
#ifndef SIDETOUCH_STOP_BUS_H
#define SIDETOUCH_STOP_BUS_H

#include <gio/gio.h>

/* After the last daemon has gone. What GLib has under way on the bus then, an AddMatch once, is
 * nobody's fault, and no reason to end the program by a signal. */
static inline void
stop_bus(GTestDBus *bus)
{
	g_log_set_always_fatal(G_LOG_FATAL_MASK);
	g_test_dbus_stop(bus);
}

#endif
