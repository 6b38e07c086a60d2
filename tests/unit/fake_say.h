/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The daemon on a private session bus, as far as it is asked to say something.
 * Used by test-ctl-observe.c.
 * The connection is the caller's, and so is the bus.
 */
#ifndef SIDETOUCH_TEST_FAKE_SAY_H
#define SIDETOUCH_TEST_FAKE_SAY_H

#include <gio/gio.h>

#include "daemon/bus.h"

static inline void
on_say(GDBusConnection *bus, const char *sender, const char *path, const char *interface,
       const char *method, GVariant *arguments, GDBusMethodInvocation *call, void *data)
{
	(void)bus;
	(void)sender;
	(void)path;
	(void)interface;
	(void)method;
	g_variant_get(arguments, "(s)", data);
	g_dbus_method_invocation_return_value(call, g_variant_new("(u)", 1));
}

/* The daemon, as far as it says something. */
static inline GDBusConnection *
serve_say(GTestDBus *test_bus, char **said)
{
	static const GDBusInterfaceVTable table = {.method_call = on_say};
	g_autoptr(GDBusNodeInfo) node = g_dbus_node_info_new_for_xml(
	    "<node><interface name='" BUS_INTERFACE "'><method name='Say'>"
	    "<arg type='s' direction='in'/><arg type='u' direction='out'/>"
	    "</method></interface></node>",
	    NULL);
	GDBusConnection *bus = g_dbus_connection_new_for_address_sync(
	    g_test_dbus_get_bus_address(test_bus),
	    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
		G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
	    NULL, NULL, NULL);

	assert_non_null(bus);
	assert_int_not_equal(g_dbus_connection_register_object(bus, BUS_PATH, node->interfaces[0],
							       &table, said, NULL, NULL),
			     0);
	assert_int_not_equal(g_bus_own_name_on_connection(bus, BUS_NAME, 0, NULL, NULL, NULL, NULL),
			     0);
	return bus;
}

#endif
