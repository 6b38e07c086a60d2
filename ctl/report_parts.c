/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The parts of a report: from each source only what is named here, so that nothing slips in that
 * somebody said, typed or is called.
 * Called by ctl/doctor_run for ctl/report, in a process of their own.
 * Owns nothing.
 */
#include "ctl/report_parts.h"

#include <libudev.h>
#include <linux/input.h>
#include <string.h>
#include <sys/utsname.h>

#include "ctl/daemon_call.h"
#include "driver/clone.h"

/* --- versions --- */

void
report_versions(const struct doctor_place *place, struct doctor_findings *findings)
{
	g_autofree char *system = g_get_os_info(G_OS_INFO_KEY_PRETTY_NAME);
	static const char *const variables[] = {"XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE", "LANG",
						"LANGUAGE"};
	struct utsname kernel;

	(void)place;
	doctor_ok(findings, "sidetouchctl %s", SIDETOUCH_VERSION);
	doctor_ok(findings, "%s", system ? system : "a system without a name");
	/* Not its nodename: that is often a person's. */
	if (uname(&kernel) == 0)
		doctor_ok(findings, "%s %s %s", kernel.sysname, kernel.release, kernel.machine);
	for (size_t i = 0; i < G_N_ELEMENTS(variables); i++) {
		const char *value = g_getenv(variables[i]);

		if (value)
			doctor_ok(findings, "%s=%s", variables[i], value);
	}
}

/* --- touchscreens --- */

static const char *
get_attribute(struct udev_device *device, const char *name)
{
	struct udev_device *parent =
	    udev_device_get_parent_with_subsystem_devtype(device, "input", NULL);
	const char *value = parent ? udev_device_get_sysattr_value(parent, name) : NULL;

	return value ? value : "";
}

/* The maker's name of it, which helps; but what pairs is often called after its owner. */
static void
tell_touchscreen(struct udev_device *device, struct doctor_findings *findings)
{
	const char *bus = get_attribute(device, "id/bustype");
	bool pairs = g_ascii_strtoull(bus, NULL, 16) == BUS_BLUETOOTH;
	bool is_clone = g_str_has_prefix(get_attribute(device, "phys"), CLONE_PHYS_PREFIX);
	const char *seat = udev_device_get_property_value(device, "ID_SEAT");
	const char *matrix = udev_device_get_property_value(device, "LIBINPUT_CALIBRATION_MATRIX");

	doctor_ok(findings, "%s: %s%s, bus %s, vendor %s, product %s, version %s, seat %s%s%s",
		  udev_device_get_sysname(device), is_clone ? "clone of " : "",
		  pairs ? "(name left out)" : get_attribute(device, "name"), bus,
		  get_attribute(device, "id/vendor"), get_attribute(device, "id/product"),
		  get_attribute(device, "id/version"), seat ? seat : "seat0",
		  matrix ? ", mounted " : "", matrix ? matrix : "");
}

void
report_touchscreens(const struct doctor_place *place, struct doctor_findings *findings)
{
	struct udev *udev = udev_new();
	struct udev_enumerate *all = udev ? udev_enumerate_new(udev) : NULL;
	struct udev_list_entry *entry;

	(void)place;
	if (all) {
		udev_enumerate_add_match_subsystem(all, "input");
		udev_enumerate_add_match_property(all, "ID_INPUT_TOUCHSCREEN", "1");
		udev_enumerate_scan_devices(all);
	}
	udev_list_entry_foreach(entry, all ? udev_enumerate_get_list_entry(all) : NULL)
	{
		struct udev_device *device =
		    udev_device_new_from_syspath(udev, udev_list_entry_get_name(entry));

		if (device && g_str_has_prefix(udev_device_get_sysname(device), "event"))
			tell_touchscreen(device, findings);
		udev_device_unref(device);
	}
	udev_enumerate_unref(all);
	udev_unref(udev);
}

/* --- the daemon --- */

static void
tell_panel(GVariant *panel, struct doctor_findings *findings)
{
	guint32 number = 0, slots = 0;
	double width = 0, height = 0;
	const char *state = "";

	g_variant_lookup(panel, "number", "u", &number);
	g_variant_lookup(panel, "slots", "u", &slots);
	g_variant_lookup(panel, "state", "&s", &state);
	g_variant_lookup(panel, "width-mm", "d", &width);
	g_variant_lookup(panel, "height-mm", "d", &height);
	doctor_ok(findings, "panel %u: %s, %.1f by %.1f mm, %u slots", number, state, width, height,
		  slots);
}

/* What is a word of a short list of ours, a number, or yes and no; never app, site or profile. */
static void
tell_value(GVariant *status, const char *key, struct doctor_findings *findings)
{
	g_autoptr(GVariant) value = g_variant_lookup_value(status, key, NULL);

	if (value && g_variant_is_of_type(value, G_VARIANT_TYPE_STRING))
		doctor_ok(findings, "%s: %s", key, g_variant_get_string(value, NULL));
	else if (value && g_variant_is_of_type(value, G_VARIANT_TYPE_UINT32))
		doctor_ok(findings, "%s: %u", key, g_variant_get_uint32(value));
	else if (value && g_variant_is_of_type(value, G_VARIANT_TYPE_BOOLEAN))
		doctor_ok(findings, "%s: %s", key, g_variant_get_boolean(value) ? "yes" : "no");
}

void
report_status(const struct doctor_place *place, struct doctor_findings *findings)
{
	static const char *const keys[] = {"version",   "driver-connected", "ear",
					   "proximity", "voice-running",    "voice-restarts",
					   "profiles"};
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) answer = daemon_call("GetStatus", NULL, "(a{sv})", &error);
	g_autoptr(GVariant) status = answer ? g_variant_get_child_value(answer, 0) : NULL;
	g_autoptr(GVariant) panels =
	    status ? g_variant_lookup_value(status, "panels", G_VARIANT_TYPE("aa{sv}")) : NULL;

	(void)place;
	if (!status) {
		doctor_ok(findings, "not known: %s", error->message);
		return;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(keys); i++)
		tell_value(status, keys[i], findings);
	for (gsize i = 0; panels && i < g_variant_n_children(panels); i++) {
		g_autoptr(GVariant) panel = g_variant_get_child_value(panels, i);

		tell_panel(panel, findings);
	}
}

static void
tell_gesture(GVariant *gesture, struct doctor_findings *findings)
{
	const char *kind = "", *pads = "";
	guint32 panel = 0, duration_ms = 0, ago = 0;
	double right_mm = 0, down_mm = 0;

	g_variant_lookup(gesture, "kind", "&s", &kind);
	g_variant_lookup(gesture, "pads", "&s", &pads);
	g_variant_lookup(gesture, "panel", "u", &panel);
	g_variant_lookup(gesture, "duration-ms", "u", &duration_ms);
	g_variant_lookup(gesture, "seconds-ago", "u", &ago);
	g_variant_lookup(gesture, "right-mm", "d", &right_mm);
	g_variant_lookup(gesture, "down-mm", "d", &down_mm);
	if (strcmp(pads, "ear") == 0)
		doctor_ok(findings,
			  "%u s ago: ear %s, %.0f mm to the right, %.0f mm down, panel %u", ago,
			  kind, right_mm, down_mm, panel);
	else
		doctor_ok(findings, "%u s ago: %s of %s, %u ms, panel %u", ago, kind, pads,
			  duration_ms, panel);
}

void
report_gestures(const struct doctor_place *place, struct doctor_findings *findings)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) answer = daemon_call("GetGestures", NULL, "(aa{sv})", &error);
	g_autoptr(GVariant) gestures = answer ? g_variant_get_child_value(answer, 0) : NULL;

	(void)place;
	if (!gestures)
		doctor_ok(findings, "not known: %s", error->message);
	for (gsize i = 0; gestures && i < g_variant_n_children(gestures); i++) {
		g_autoptr(GVariant) gesture = g_variant_get_child_value(gestures, i);

		tell_gesture(gesture, findings);
	}
}
