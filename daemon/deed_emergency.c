/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An emergency call: the first of the numbers that the phone's dialler has for it, which are the
 * network's and the SIM's. The dialler is GNOME Calls, as Phosh's own emergency button asks it.
 * Called by daemon/deeds.
 * Owns nothing.
 */
#include "daemon/deeds_private.h"

#include <string.h>

#include "common/i18n.h"

#define NAME      "org.gnome.Calls"
#define PATH      "/org/gnome/Calls"
#define INTERFACE "org.gnome.Calls.EmergencyCalls"
/* A dialler that has to be started first, as daemon/deed_call.c gives it. */
#define ANSWER_MS 5000

static void
ask(struct deed *deed, const char *method, GVariant *arguments, const char *type,
    GAsyncReadyCallback done)
{
	g_dbus_connection_call(deed->deeds->bus, NAME, PATH, INTERFACE, method, arguments,
			       G_VARIANT_TYPE(type), G_DBUS_CALL_FLAGS_NONE, ANSWER_MS,
			       deed->cancellable, done, deed_ref(deed));
}

static void
finish_absent(struct deed *deed)
{
	deed_finish(deed, BRAIN_RESULT_NOT_FOUND,
		    _("No emergency number is known here. Use another phone"));
}

static void
on_called(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(GVariant) body =
	    g_dbus_connection_call_finish(G_DBUS_CONNECTION(source), result, NULL);
	struct deed *deed = deed_answered(data);

	if (!deed)
		return;
	if (body)
		deed_finish(deed, BRAIN_RESULT_DONE, _("The emergency call is being made"));
	else
		deed_finish(deed, BRAIN_RESULT_FAILED,
			    _("The dialler did not make the call. Try again, or use another "
			      "phone"));
}

static void
on_contacts(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(GVariant) body =
	    g_dbus_connection_call_finish(G_DBUS_CONNECTION(source), result, NULL);
	struct deed *deed = deed_answered(data);
	g_autoptr(GVariant) contacts = NULL;
	const char *id, *name;

	if (!deed)
		return;
	contacts = body ? g_variant_get_child_value(body, 0) : NULL;
	if (!contacts || g_variant_n_children(contacts) == 0) {
		finish_absent(deed);
		return;
	}
	g_variant_get_child(contacts, 0, "(&s&si@a{sv})", &id, &name, NULL, NULL);
	if (id[0] == '\0')
		finish_absent(deed);
	else if (deed->only_look)
		deed_finish(deed, BRAIN_RESULT_DONE, name[0] ? name : id);
	else
		ask(deed, "CallEmergencyContact", g_variant_new("(s)", id), "()", on_called);
}

void
deed_emergency(struct deed *deed)
{
	if (!deed->deeds->bus)
		finish_absent(deed);
	else
		ask(deed, "GetEmergencyContacts", NULL, "(a(ssia{sv}))", on_contacts);
}
