/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The session bus' address: what the environment says, else the user's bus in the runtime folder.
 * Called by daemon/a11y_bus and daemon/notify_bus.
 * Owns nothing.
 */
#include "daemon/session_bus.h"

#include <gio/gio.h>

char *
session_bus_address(void)
{
	const char *address = g_getenv("DBUS_SESSION_BUS_ADDRESS");
	g_autofree char *path = NULL;
	g_autofree char *escaped = NULL;

	if (address && address[0] != '\0')
		return g_dbus_is_supported_address(address, NULL) ? g_strdup(address) : NULL;
	path = g_build_filename(g_get_user_runtime_dir(), "bus", NULL);
	if (!g_file_test(path, G_FILE_TEST_EXISTS))
		return NULL;
	escaped = g_dbus_address_escape_value(path);
	return g_strdup_printf("unix:path=%s", escaped);
}
