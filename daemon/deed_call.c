/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Calling a method of a service on the session bus, with the values that the profile has.
 * Called by daemon/deeds.
 * Owns nothing; what the service answers is not read, only whether it took the call.
 */
#include "daemon/deeds_private.h"

#include <string.h>

#include "common/cleanup.h"
#include "common/i18n.h"

/* A service that has to be started first, from a phone's slow disk, as daemon/a11y_bus gives it. */
#define CALL_MS 5000
/* The bus itself answers at once, or is gone. */
#define BUS_MS 1000

static void
finish_absent(struct deed *deed)
{
	g_autofree char *sentence =
	    g_strdup_printf(_("The service %s is not there"), deed->command->words[0]);

	deed_finish(deed, BRAIN_RESULT_NOT_FOUND, sentence);
}

static void
ask_bus(struct deed *deed, const char *method, GVariant *arguments, const char *reply,
	GAsyncReadyCallback done)
{
	g_dbus_connection_call(deed->deeds->bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
			       "org.freedesktop.DBus", method, arguments, G_VARIANT_TYPE(reply),
			       G_DBUS_CALL_FLAGS_NONE, BUS_MS, deed->cancellable, done,
			       deed_ref(deed));
}

static void
on_activatable(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(GVariant) body =
	    g_dbus_connection_call_finish(G_DBUS_CONNECTION(source), result, NULL);
	struct deed *deed = deed_answered(data);
	g_autofree const char **names = NULL;

	if (!deed)
		return;
	if (body)
		g_variant_get(body, "(^a&s)", &names);
	if (names && g_strv_contains(names, deed->command->words[0]))
		deed_finish(deed, BRAIN_RESULT_DONE, NULL);
	else
		finish_absent(deed);
}

static void
on_owner(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(GVariant) body =
	    g_dbus_connection_call_finish(G_DBUS_CONNECTION(source), result, NULL);
	struct deed *deed = deed_answered(data);
	gboolean owned = FALSE;

	if (!deed)
		return;
	if (body)
		g_variant_get(body, "(b)", &owned);
	if (owned)
		deed_finish(deed, BRAIN_RESULT_DONE, NULL);
	else
		ask_bus(deed, "ListActivatableNames", NULL, "(as)", on_activatable);
}

static void
finish_error(struct deed *deed, GError *error)
{
	const char *method = strrchr(deed->command->words[2], '.') + 1;
	g_autofree char *sentence = NULL;

	if (g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN)) {
		finish_absent(deed);
		return;
	}
	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) ||
	    g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY)) {
		sentence =
		    g_strdup_printf(_("The service %s does not answer"), deed->command->words[0]);
		deed_finish(deed, BRAIN_RESULT_NOT_RESPONDING, sentence);
		return;
	}
	g_dbus_error_strip_remote_error(error);
	sentence = g_strdup_printf(_("%s failed: %s"), method, error->message);
	deed_finish(deed, BRAIN_RESULT_FAILED, sentence);
}

static void
on_called(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) body =
	    g_dbus_connection_call_finish(G_DBUS_CONNECTION(source), result, &error);
	struct deed *deed = deed_answered(data);

	if (!deed)
		return;
	if (body)
		deed_finish(deed, BRAIN_RESULT_DONE, NULL);
	else
		finish_error(deed, error);
}

static void
call(struct deed *deed)
{
	char **words = deed->command->words;
	const char *dot = strrchr(words[2], '.');
	g_autofree char *interface = g_strndup(words[2], (gsize)(dot - words[2]));
	GVariantBuilder arguments;

	g_variant_builder_init(&arguments, G_VARIANT_TYPE_TUPLE);
	/* They were parsed once before, with the profile. */
	for (char **word = words + 3; *word; word++) {
		g_autoptr(GVariant) value = g_variant_parse(NULL, *word, NULL, NULL, NULL);

		if (value)
			g_variant_builder_add_value(&arguments, value);
	}
	g_dbus_connection_call(deed->deeds->bus, words[0], words[1], interface, dot + 1,
			       g_variant_builder_end(&arguments), NULL, G_DBUS_CALL_FLAGS_NONE,
			       CALL_MS, deed->cancellable, on_called, deed_ref(deed));
}

void
deed_call(struct deed *deed)
{
	if (!deed->deeds->bus)
		deed_finish(deed, BRAIN_RESULT_FAILED, _("There is no session bus"));
	else if (deed->only_look)
		ask_bus(deed, "NameHasOwner", g_variant_new("(s)", deed->command->words[0]), "(b)",
			on_owner);
	else
		call(deed);
}
