/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Checks of the services, as systemd has them, and of who is at the screen, as logind says.
 * Called by ctl/doctor_run, in a process of their own.
 * Owns nothing.
 */
#include <errno.h>
#include <gio/gio.h>
#include <string.h>
#include <unistd.h>

#include "common/i18n.h"
#include "common/seat.h"
#include "ctl/doctor.h"

#define SYSTEMD            "org.freedesktop.systemd1"
#define SYSTEMD_PATH       "/org/freedesktop/systemd1"
#define SYSTEMD_MANAGER    SYSTEMD ".Manager"
#define SYSTEMD_UNIT       SYSTEMD ".Unit"
#define SYSTEMD_TIMEOUT_MS 2000 /* it answers in a few ms; as long as for the daemon */

struct unit {
	GBusType bus;
	const char *name;
	const char *start; /* what starts it for good */
	const char *look;  /* what tells why it failed */
};

static const struct unit units[] = {
    {G_BUS_TYPE_SYSTEM, "sidetouch-driver.socket",
     "sudo systemctl enable --now sidetouch-driver.socket",
     "systemctl status sidetouch-driver.socket"},
    {G_BUS_TYPE_SYSTEM, "sidetouch-driver.service", "sudo systemctl enable --now sidetouch-driver",
     "sudo journalctl -b -u sidetouch-driver"},
    {G_BUS_TYPE_SESSION, "sidetouchd.service", "systemctl --user enable --now sidetouchd",
     "journalctl --user -b -u sidetouchd"},
};

static GVariant *
call(GDBusConnection *bus, const char *path, const char *interface, const char *method,
     GVariant *arguments, const char *answer, GError **error)
{
	return g_dbus_connection_call_sync(bus, SYSTEMD, path, interface, method, arguments,
					   G_VARIANT_TYPE(answer), G_DBUS_CALL_FLAGS_NO_AUTO_START,
					   SYSTEMD_TIMEOUT_MS, NULL, error);
}

static char *
get_property(GDBusConnection *bus, const char *path, const char *name)
{
	g_autoptr(GVariant) answer = call(bus, path, "org.freedesktop.DBus.Properties", "Get",
					  g_variant_new("(ss)", SYSTEMD_UNIT, name), "(v)", NULL);
	g_autoptr(GVariant) value = NULL;

	if (!answer)
		return g_strdup("");
	g_variant_get(answer, "(v)", &value);
	return g_variant_is_of_type(value, G_VARIANT_TYPE_STRING)
		   ? g_variant_dup_string(value, NULL)
		   : g_strdup("");
}

static void
judge(const struct unit *unit, const char *load, const char *active,
      struct doctor_findings *findings)
{
	if (strcmp(load, "not-found") == 0)
		doctor_todo(findings, "The unit %s is not installed. Install Sidetouch again.",
			    unit->name);
	else if (strcmp(load, "masked") == 0)
		doctor_todo(findings,
			    "The unit %s is masked, so that nothing starts it. Undo that "
			    "with: systemctl%s unmask %s",
			    unit->name, unit->bus == G_BUS_TYPE_SESSION ? " --user" : "",
			    unit->name);
	else if (strcmp(active, "active") == 0)
		doctor_ok(findings, "%s is active", unit->name);
	else if (strcmp(active, "failed") == 0)
		doctor_todo(findings,
			    "The unit %s has failed. Why, tells: %s. Then start it again "
			    "with: %s",
			    unit->name, unit->look, unit->start);
	else
		doctor_todo(findings, "The unit %s is %s. Start it with: %s", unit->name,
			    active[0] ? active : _("not running"), unit->start);
}

static void
check_unit(const struct unit *unit, struct doctor_findings *findings)
{
	bool session = unit->bus == G_BUS_TYPE_SESSION;
	g_autoptr(GError) error = NULL;
	g_autoptr(GDBusConnection) bus = g_bus_get_sync(unit->bus, NULL, &error);
	g_autoptr(GVariant) answer = NULL;
	g_autofree char *load = NULL, *active = NULL;
	const char *path;

	if (bus)
		answer = call(bus, SYSTEMD_PATH, SYSTEMD_MANAGER, "LoadUnit",
			      g_variant_new("(s)", unit->name), "(o)", &error);
	if (!answer && session && bus &&
	    g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN)) {
		doctor_ok(findings, "this session is not systemd's; its autostart folder starts "
				    "sidetouchd");
		return;
	}
	if (!answer) {
		g_dbus_error_strip_remote_error(error);
		doctor_todo(findings, "systemd cannot be asked about %s (%s). %s", unit->name,
			    error->message,
			    session ? _("Run this in your session, without sudo.")
				    : _("Is the system bus there? See: systemctl status dbus"));
		return;
	}
	g_variant_get(answer, "(&o)", &path);
	load = get_property(bus, path, "LoadState");
	active = get_property(bus, path, "ActiveState");
	judge(unit, load, active, findings);
}

void
doctor_check_services(const struct doctor_place *place, struct doctor_findings *findings)
{
	if (!g_file_test(place->systemd, G_FILE_TEST_IS_DIR)) {
		doctor_ok(findings, "systemd does not run here; docs/no-systemd.md says what "
				    "starts Sidetouch then");
		return;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(units); i++)
		check_unit(&units[i], findings);
}

void
doctor_check_seat(const struct doctor_place *place, struct doctor_findings *findings)
{
	uid_t active = 0;
	int r = seat_active_user(place->seat, &active);

	if (r == -ENOSYS)
		doctor_ok(findings, "built without logind: who may listen is said on the driver's "
				    "command line");
	else if (r < 0)
		doctor_todo(findings,
			    "Nobody is logged in at %s, as far as logind knows, and the "
			    "driver serves only who is. Log in at the device itself, not "
			    "over the network.",
			    place->seat);
	else if (active == getuid())
		doctor_ok(findings, "your session is the active one of %s", place->seat);
	else if (getuid() == 0)
		doctor_todo(findings,
			    "You are root here, and the session at %s is another user's. "
			    "Run this in that session, without sudo.",
			    place->seat);
	else
		doctor_todo(findings,
			    "Another user's session is the active one of %s, so that the "
			    "buttons are theirs. Switch to your session.",
			    place->seat);
}
