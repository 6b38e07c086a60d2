/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One call to the running daemon.
 * Called by the subcommands that ask it something.
 * Owns nothing after it returns.
 */
#include "ctl/daemon_call.h"

#include <gio/gio.h>

#include "common/i18n.h"
#include "daemon/bus.h"

/* The daemon never waits for anything (design), so that 2 s are the patience for a busy machine. */
#define CALL_MS 2000

static void
explain(GError **error, GError *reason)
{
	if (g_error_matches(reason, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN) ||
	    g_error_matches(reason, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER)) {
		g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
				    _("sidetouchd is not running in this session; start it with: "
				      "systemctl --user start sidetouchd"));
		return;
	}
	g_dbus_error_strip_remote_error(reason);
	/* What the daemon itself says says what to do. */
	if (g_error_matches(reason, G_DBUS_ERROR, G_DBUS_ERROR_FAILED)) {
		g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_FAILED, reason->message);
		return;
	}
	g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED,
		    _("sidetouchd does not answer (%s); see: journalctl --user -u sidetouchd"),
		    reason->message);
}

GVariant *
daemon_call(const char *method, GVariant *arguments, const char *answer_type, GError **error)
{
	g_autoptr(GVariant) owned = arguments ? g_variant_ref_sink(arguments) : NULL;
	g_autoptr(GError) reason = NULL;
	g_autoptr(GDBusConnection) bus = g_bus_get_sync(G_BUS_TYPE_SESSION, NULL, &reason);
	GVariant *answer;

	if (!bus) {
		g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED,
			    _("there is no session bus (%s); run this in the session of the user "
			      "whose sidetouchd is meant"),
			    reason->message);
		return NULL;
	}
	answer = g_dbus_connection_call_sync(
	    bus, BUS_NAME, BUS_PATH, BUS_INTERFACE, method, owned, G_VARIANT_TYPE(answer_type),
	    G_DBUS_CALL_FLAGS_NO_AUTO_START, CALL_MS, NULL, &reason);
	if (!answer)
		explain(error, reason);
	return answer;
}
