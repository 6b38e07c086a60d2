/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Checks of what runs: the driver, the daemon and what it knows of panels and apps, and the
 * accessibility bus.
 * Called by ctl/doctor_run, in a process of their own.
 * Owns nothing.
 */
#include <gio/gio.h>
#include <string.h>

#include "common/cleanup.h"
#include "ctl/daemon_call.h"
#include "ctl/doctor.h"
#include "ctl/observe.h"

/* The launcher, its bus and the registry may have to be started first, from a phone's slow disk. */
#define A11Y_TIMEOUT_MS 3000

void
doctor_check_driver(const struct doctor_place *place, struct doctor_findings *findings)
{
	g_autoptr(GError) error = NULL;
	struct observe observe;

	/* The observers' socket: on the daemon's, we would be taken for a daemon. */
	if (observe_open(&observe, place->socket, &error))
		doctor_ok(findings, "sidetouch-driver answers");
	else if (g_error_matches(error, OBSERVE_ERROR, OBSERVE_ERROR_REFUSED))
		/* Why it will not have an observer, other checks find out. */
		doctor_ok(findings, "sidetouch-driver runs");
	else
		doctor_todo(findings, "%s", error->message);
	observe_close(&observe);
}

static GVariant *
get_status(GError **error)
{
	g_autoptr(GVariant) answer = daemon_call("GetStatus", NULL, "(a{sv})", error);

	return answer ? g_variant_get_child_value(answer, 0) : NULL;
}

static void
check_version(GVariant *status, struct doctor_findings *findings)
{
	const char *version = "";

	g_variant_lookup(status, "version", "&s", &version);
	if (strcmp(version, SIDETOUCH_VERSION) == 0)
		doctor_ok(findings, "sidetouchd answers, version %s", version);
	else
		doctor_todo(findings,
			    "sidetouchd is still version %s, and %s is installed. "
			    "Restart it with: systemctl --user restart sidetouchd",
			    version, SIDETOUCH_VERSION);
}

void
doctor_check_daemon(const struct doctor_place *place, struct doctor_findings *findings)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) status = get_status(&error);
	g_autofree const char **problems = NULL;
	const char *driver = "";
	gboolean connected = FALSE;

	(void)place;
	if (!status) {
		doctor_todo(findings, "%s", error->message);
		return;
	}
	check_version(status, findings);
	g_variant_lookup(status, "driver-connected", "b", &connected);
	g_variant_lookup(status, "driver", "&s", &driver);
	if (connected)
		doctor_ok(findings, "it has the buttons");
	else
		doctor_todo(findings, "%s", driver);
	g_variant_lookup(status, "problems", "^a&s", &problems);
	for (size_t i = 0; problems && problems[i]; i++) {
		if (connected || strcmp(problems[i], driver) != 0)
			doctor_todo_private(findings, problems[i]);
	}
}

static void
judge_panel(guint32 number, const char *state, struct doctor_findings *findings)
{
	if (strcmp(state, "ready") == 0)
		doctor_ok(findings, "touchscreen %u is grabbed, has its clone and its pads",
			  number);
	else if (strcmp(state, "waiting") == 0)
		doctor_todo(findings,
			    "Touchscreen %u is not taken while something touches it. Take "
			    "your hands and what lies on it off the glass, and wipe it dry.",
			    number);
	else if (strcmp(state, "refused") == 0)
		doctor_todo(findings,
			    "Another program has grabbed touchscreen %u. End it, for "
			    "example evsieve, or a second sidetouch-driver; which one, "
			    "tells: sudo fuser -v /dev/input/event*",
			    number);
	else if (strcmp(state, "no-clone") == 0)
		doctor_todo(findings,
			    "Touchscreen %u has no clone, because /dev/uinput is missing "
			    "or not permitted. When the lines above say that it is "
			    "there: sudo systemctl restart sidetouch-driver",
			    number);
	else if (strcmp(state, "no-size") == 0)
		doctor_todo(findings,
			    "Touchscreen %u does not say its size, so that it has no "
			    "pads. Write Width= and Height= into a file in "
			    "/etc/sidetouch/quirks.d; see: man sidetouch-devices",
			    number);
	else
		doctor_todo(findings, "Touchscreen %u is %s. Connect it again.", number, state);
}

void
doctor_check_panels(const struct doctor_place *place, struct doctor_findings *findings)
{
	g_autoptr(GVariant) status = get_status(NULL);
	g_autoptr(GVariant) panels =
	    status ? g_variant_lookup_value(status, "panels", G_VARIANT_TYPE("aa{sv}")) : NULL;
	gboolean connected = FALSE;

	(void)place;
	/* Without them nothing is known, and why is said already. */
	if (!panels || !g_variant_lookup(status, "driver-connected", "b", &connected) || !connected)
		return;
	for (gsize i = 0; i < g_variant_n_children(panels); i++) {
		g_autoptr(GVariant) panel = g_variant_get_child_value(panels, i);
		guint32 number = 0, slots = 1;
		const char *state = "";

		g_variant_lookup(panel, "number", "u", &number);
		g_variant_lookup(panel, "slots", "u", &slots);
		g_variant_lookup(panel, "state", "&s", &state);
		if (slots > 0)
			judge_panel(number, state, findings);
		else
			doctor_ok(findings, "keypad %u is %s", number, state);
	}
	if (g_variant_n_children(panels) == 0)
		doctor_todo(findings, "The driver uses no touchscreen. When one is connected, see "
				      "what the driver says of it: sudo journalctl -b -u "
				      "sidetouch-driver");
}

/* --- apps --- */

static GVariant *
ask_a11y(GDBusConnection *bus, const char *interface, const char *method, GVariant *arguments,
	 const char *answer, GError **error)
{
	return g_dbus_connection_call_sync(bus, "org.a11y.Bus", "/org/a11y/bus", interface, method,
					   arguments, G_VARIANT_TYPE(answer),
					   G_DBUS_CALL_FLAGS_NONE, A11Y_TIMEOUT_MS, NULL, error);
}

static bool
is_enabled(GDBusConnection *bus)
{
	g_autoptr(GVariant) answer =
	    ask_a11y(bus, "org.freedesktop.DBus.Properties", "Get",
		     g_variant_new("(ss)", "org.a11y.Status", "IsEnabled"), "(v)", NULL);
	g_autoptr(GVariant) value = NULL;

	if (!answer)
		return false;
	g_variant_get(answer, "(v)", &value);
	return g_variant_is_of_type(value, G_VARIANT_TYPE_BOOLEAN) && g_variant_get_boolean(value);
}

static bool
can_connect(const char *address)
{
	g_autoptr(GDBusConnection) bus = g_dbus_connection_new_for_address_sync(
	    address,
	    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
		G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
	    NULL, NULL, NULL);

	return bus != NULL;
}

void
doctor_check_apps(const struct doctor_place *place, struct doctor_findings *findings)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GDBusConnection) bus = g_bus_get_sync(G_BUS_TYPE_SESSION, NULL, &error);
	g_autoptr(GVariant) answer = NULL;
	const char *address;

	(void)place;
	if (!bus) {
		doctor_todo(findings, "There is no session bus, so that no app can be reached. Run "
				      "this in your session, without sudo.");
		return;
	}
	answer = ask_a11y(bus, "org.a11y.Bus", "GetAddress", NULL, "(s)", &error);
	if (g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN)) {
		doctor_todo(findings, "The accessibility bus is not installed, so that no app can "
				      "be reached. Install the package at-spi2-core, then log out "
				      "and in again.");
		return;
	}
	if (!answer) {
		doctor_todo(findings, "The accessibility bus does not start, so that no app can be "
				      "reached. Log out and in again.");
		return;
	}
	g_variant_get(answer, "(&s)", &address);
	if (!can_connect(address))
		doctor_todo(findings,
			    "The accessibility bus cannot be reached, so that no app can. "
			    "Log out and in again.");
	else if (!is_enabled(bus))
		doctor_todo(findings, "Apps are not told to be accessible. sidetouchd does so when "
				      "it starts; to have it for good: gsettings set "
				      "org.gnome.desktop.interface toolkit-accessibility true");
	else
		doctor_ok(findings, "the accessibility bus is there, and apps are told to use it");
}
