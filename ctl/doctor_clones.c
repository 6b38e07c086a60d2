/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The check of clones: that the rest of the system, udev and libinput, sees in each of them what it
 * saw in its panel.
 * Called by ctl/doctor_run, in a process of its own.
 * Owns nothing.
 */
#include <libudev.h>
#include <string.h>

#include "common/i18n.h"
#include "ctl/doctor.h"
#include "driver/clone.h"
#include "driver/probe.h"

/* What decides the kind, the seat, the mounting and the output; install/60-sidetouch.rules. */
static const char *const properties[] = {
    "ID_INPUT_TOUCHSCREEN", "ID_INPUT_KEY", "ID_SEAT", "LIBINPUT_CALIBRATION_MATRIX", "WL_OUTPUT",
};

static const char *
get_phys(struct udev_device *device)
{
	struct udev_device *parent =
	    udev_device_get_parent_with_subsystem_devtype(device, "input", NULL);
	const char *phys = parent ? udev_device_get_sysattr_value(parent, "phys") : NULL;

	return phys ? phys : "";
}

/* The first property that differs; NULL: none does. */
static const char *
find_difference(struct udev_device *clone, struct udev_device *panel)
{
	for (size_t i = 0; i < G_N_ELEMENTS(properties); i++) {
		if (g_strcmp0(udev_device_get_property_value(clone, properties[i]),
			      udev_device_get_property_value(panel, properties[i])) != 0)
			return properties[i];
	}
	return NULL;
}

/* Whether libinput, where we may ask it, takes both for the same; what of them differs. */
static const char *
ask_libinput(const char *clone_node, const char *panel_node)
{
	struct probe clone, panel;

	/* Most users may open neither: then udev's word, on which libinput relies, has to do. */
	if (probe_device(panel_node, &panel) < 0 || probe_device(clone_node, &clone) < 0)
		return NULL;
	if (strcmp(clone.seat, panel.seat) != 0)
		return _("the seat");
	if (clone.width_mm != panel.width_mm || clone.height_mm != panel.height_mm)
		return _("the size");
	for (size_t i = 0; i < G_N_ELEMENTS(clone.matrix); i++) {
		if (clone.matrix[i] != panel.matrix[i])
			return _("the mounting");
	}
	return NULL;
}

static void
check_clone(struct udev *udev, struct udev_device *clone, struct doctor_findings *findings)
{
	const char *sysname = get_phys(clone) + strlen(CLONE_PHYS_PREFIX);
	struct udev_device *panel = udev_device_new_from_subsystem_sysname(udev, "input", sysname);
	const char *differs = panel ? find_difference(clone, panel) : NULL;

	if (panel && !differs && udev_device_get_property_value(clone, "ID_INPUT_TOUCHSCREEN"))
		differs =
		    ask_libinput(udev_device_get_devnode(clone), udev_device_get_devnode(panel));
	if (!panel)
		doctor_todo(findings,
			    "The clone of %s stands for a device that is not there. "
			    "Restart the driver: sudo systemctl restart sidetouch-driver",
			    sysname);
	else if (differs)
		doctor_todo(findings,
			    "The clone of %s differs from it in %s, so that the desktop "
			    "may treat it as another touchscreen. Put the rules in force "
			    "with: sudo udevadm control --reload; then: sudo systemctl "
			    "restart sidetouch-driver",
			    sysname, differs);
	else
		doctor_ok(findings, "the clone of %s is to the desktop what %s was", sysname,
			  sysname);
	udev_device_unref(panel);
}

void
doctor_check_clones(const struct doctor_place *place, struct doctor_findings *findings)
{
	struct udev *udev = udev_new();
	struct udev_enumerate *all = udev ? udev_enumerate_new(udev) : NULL;
	struct udev_list_entry *entry;

	(void)place;
	if (all) {
		udev_enumerate_add_match_subsystem(all, "input");
		udev_enumerate_add_match_sysname(all, "event*");
		udev_enumerate_scan_devices(all);
	}
	udev_list_entry_foreach(entry, all ? udev_enumerate_get_list_entry(all) : NULL)
	{
		struct udev_device *device =
		    udev_device_new_from_syspath(udev, udev_list_entry_get_name(entry));

		if (device && udev_device_get_devnode(device) &&
		    g_str_has_prefix(get_phys(device), CLONE_PHYS_PREFIX))
			check_clone(udev, device, findings);
		udev_device_unref(device);
	}
	udev_enumerate_unref(all);
	udev_unref(udev);
}
