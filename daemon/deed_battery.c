/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How full the battery is, and how long that lasts, as UPower says of all batteries together.
 * Called by daemon/deeds.
 * Owns nothing; UPower is asked anew each time, for nobody need be woken by it in between.
 */
#include "daemon/deeds_private.h"

#include <math.h>

#include "common/i18n.h"

#define NAME   "org.freedesktop.UPower"
#define DEVICE "/org/freedesktop/UPower/devices/DisplayDevice"
/* It is started by this call where it does not run, from a phone's slow disk. */
#define ANSWER_MS 5000

/* UpDeviceState. */
enum state {
	STATE_CHARGING = 1,
	STATE_EMPTY = 3,
	STATE_FULL = 4,
};

/* "50 minutes", "3 hours": never one of them, which would be another word. */
static char *
span_words(gint64 seconds)
{
	if (seconds < 120)
		return g_strdup(_("less than 2 minutes"));
	if (seconds < 2L * 60 * 60)
		return g_strdup_printf(_("%u minutes"), (unsigned)(seconds / 60));
	return g_strdup_printf(_("%u hours"),
			       (unsigned)MIN(seconds / 3600 + (seconds % 3600 >= 1800), 999));
}

static char *
battery_words(GVariant *properties)
{
	gboolean present = FALSE;
	double percent = 0;
	guint32 state = 0;
	gint64 to_empty = 0, to_full = 0;
	g_autofree char *span = NULL;

	g_variant_lookup(properties, "IsPresent", "b", &present);
	g_variant_lookup(properties, "Percentage", "d", &percent);
	g_variant_lookup(properties, "State", "u", &state);
	g_variant_lookup(properties, "TimeToEmpty", "x", &to_empty);
	g_variant_lookup(properties, "TimeToFull", "x", &to_full);
	if (!present || !isfinite(percent))
		return g_strdup(_("There is no battery"));
	percent = CLAMP(percent, 0, 100);
	if (state == STATE_FULL)
		return g_strdup(_("Battery full"));
	if (state == STATE_CHARGING && to_full > 0) {
		span = span_words(to_full);
		return g_strdup_printf(_("Battery %.0f percent, charging, full in %s"), percent,
				       span);
	}
	if (state == STATE_CHARGING)
		return g_strdup_printf(_("Battery %.0f percent, charging"), percent);
	if (to_empty > 0) {
		span = span_words(to_empty);
		return g_strdup_printf(_("Battery %.0f percent, %s left"), percent, span);
	}
	return g_strdup_printf(_("Battery %.0f percent"), percent);
}

static void
on_properties(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(GVariant) body =
	    g_dbus_connection_call_finish(G_DBUS_CONNECTION(source), result, NULL);
	struct deed *deed = deed_answered(data);
	g_autoptr(GVariant) properties = NULL;
	g_autofree char *words = NULL;

	if (!deed)
		return;
	if (!body) {
		deed_finish(deed, BRAIN_RESULT_FAILED,
			    _("Nothing tells of the battery. Install the package upower"));
		return;
	}
	properties = g_variant_get_child_value(body, 0);
	words = battery_words(properties);
	deed_finish(deed, BRAIN_RESULT_DONE, words);
}

static void
on_bus(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(GDBusConnection) bus = g_bus_get_finish(result, NULL);
	struct deed *deed = deed_answered(data);

	(void)source;
	if (!deed)
		return;
	if (!bus) {
		deed_finish(deed, BRAIN_RESULT_FAILED,
			    _("There is no system bus, so nothing tells of the battery"));
		return;
	}
	g_dbus_connection_set_exit_on_close(bus, FALSE);
	g_dbus_connection_call(bus, NAME, DEVICE, "org.freedesktop.DBus.Properties", "GetAll",
			       g_variant_new("(s)", NAME ".Device"), G_VARIANT_TYPE("(a{sv})"),
			       G_DBUS_CALL_FLAGS_NONE, ANSWER_MS, deed->cancellable, on_properties,
			       deed_ref(deed));
}

void
deed_battery(struct deed *deed)
{
	g_bus_get(G_BUS_TYPE_SYSTEM, deed->cancellable, on_bus, deed_ref(deed));
}
