/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An app that sends notifications to a daemon of daemon_fixture.h.
 * Included by test-daemon-notifications.c and test-daemon-lock.c.
 * Owns nothing.
 */
#ifndef SIDETOUCH_NOTIFY_RIG_H
#define SIDETOUCH_NOTIFY_RIG_H

#include "tests/unit/daemon_fixture.h"

static inline bool
notifications_are_heard(struct fixture *fixture)
{
	g_autofree char *message = NULL;
	g_autoptr(GVariant) answer = call(fixture, "GetStatus", NULL, &message);
	g_autoptr(GVariant) status = answer ? g_variant_get_child_value(answer, 0) : NULL;
	const char *state = "";

	return status && g_variant_lookup(status, "notifications", "&s", &state) &&
	       strcmp(state, "connected") == 0;
}

/* An app, with a connection of its own as apps have. No desktop is there: the call is seen anyway.
 */
static inline void
send_notification(const char *app, const char *summary, const char *body)
{
	GDBusConnection *bus = connect_to_bus();
	g_autoptr(GVariant) answer = NULL;
	GVariantBuilder hints;

	g_variant_builder_init(&hints, G_VARIANT_TYPE_VARDICT);
	answer = g_dbus_connection_call_sync(
	    bus, "org.freedesktop.Notifications", "/org/freedesktop/Notifications",
	    "org.freedesktop.Notifications", "Notify",
	    g_variant_new("(susssasa{sv}i)", app, 0, "", summary, body, NULL, &hints, -1), NULL,
	    G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
	assert_null(answer);
	g_dbus_connection_close_sync(bus, NULL, NULL);
	g_object_unref(bus);
}

#endif
