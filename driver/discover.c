/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tells touchscreens from everything else udev speaks of, and ours from other people's.
 * Called by driver/driver.
 * Owns the udev context, its monitor and the source that watches it.
 */
#include "driver/discover.h"

#include <errno.h>
#include <glib-unix.h>
#include <libudev.h>
#include <linux/input-event-codes.h>
#include <stdbool.h>
#include <string.h>

#include "driver/clone.h"
#include "driver/keyboard.h"

struct discover {
	struct udev *udev;
	struct udev_monitor *monitor;
	GSource *source;
	struct discover_events events;
	void *data;
};

/* An attribute of the input device that an event node belongs to; "" when it has none. */
static const char *
get_attribute(struct udev_device *device, const char *name)
{
	struct udev_device *parent =
	    udev_device_get_parent_with_subsystem_devtype(device, "input", NULL);
	const char *value = parent ? udev_device_get_sysattr_value(parent, name) : NULL;

	return value ? value : "";
}

static bool
is_event_node(struct udev_device *device)
{
	const char *sysname = udev_device_get_sysname(device);

	return sysname && g_str_has_prefix(sysname, "event") && udev_device_get_devnode(device);
}

static bool
is_kind(struct udev_device *device, const char *property)
{
	return g_strcmp0(udev_device_get_property_value(device, property), "1") == 0;
}

static uint16_t
get_number(struct udev_device *device, const char *attribute)
{
	return (uint16_t)g_ascii_strtoull(get_attribute(device, attribute), NULL, 16);
}

static void
tell_keys(struct discover *discover, struct udev_device *device)
{
	g_autofree char *name = g_utf8_make_valid(get_attribute(device, "name"), -1);
	const struct device_id id = {
	    .vendor = get_number(device, "id/vendor"),
	    .product = get_number(device, "id/product"),
	    .name = name,
	};

	discover->events.keys(discover->data, udev_device_get_syspath(device),
			      udev_device_get_devnode(device), &id);
}

/* A game controller that shakes in another room at each press is no help. */
static bool
vibrates(struct udev_device *device)
{
	const char *effects = get_attribute(device, "capabilities/ff");

	/* Words of hexadecimal digits; all zero: none. */
	return effects[strspn(effects, "0 ")] != '\0' && !is_kind(device, "ID_INPUT_JOYSTICK");
}

static const char *
get_seat(struct udev_device *device)
{
	const char *seat = udev_device_get_property_value(device, "ID_SEAT");

	return seat ? seat : "seat0";
}

/* There are fewer than 32 switches: one word of hexadecimal digits. */
static bool
has_proximity_switch(struct udev_device *device)
{
	guint64 switches = g_ascii_strtoull(get_attribute(device, "capabilities/sw"), NULL, 16);

	return (switches >> SW_FRONT_PROXIMITY & 1) != 0;
}

static void
take_input(struct discover *discover, struct udev_device *device)
{
	const char *phys = get_attribute(device, "phys");

	if (!is_event_node(device))
		return;
	if (vibrates(device))
		discover->events.vibrator(discover->data, udev_device_get_syspath(device),
					  udev_device_get_devnode(device), get_seat(device));
	if (has_proximity_switch(device))
		discover->events.proximity_switch(discover->data, udev_device_get_syspath(device),
						  udev_device_get_devnode(device),
						  get_seat(device));
	if (g_str_has_prefix(phys, CLONE_PHYS_PREFIX))
		discover->events.clone(discover->data, phys + strlen(CLONE_PHYS_PREFIX));
	else if (is_kind(device, "ID_INPUT_TOUCHSCREEN"))
		discover->events.touchscreen(discover->data, udev_device_get_syspath(device),
					     udev_device_get_devnode(device));
	else if (is_kind(device, "ID_INPUT_KEY") && strcmp(phys, KEYBOARD_PHYS) != 0)
		tell_keys(discover, device);
}

static void
take_event(struct discover *discover, struct udev_device *device)
{
	const char *action = udev_device_get_action(device);
	bool removed = g_strcmp0(action, "remove") == 0;

	if (g_strcmp0(udev_device_get_subsystem(device), "misc") == 0) {
		if (!removed && g_strcmp0(udev_device_get_sysname(device), "uinput") == 0)
			discover->events.uinput(discover->data);
	} else if (removed) {
		discover->events.gone(discover->data, udev_device_get_syspath(device));
	} else {
		take_input(discover, device);
	}
}

static gboolean
on_monitor(int fd, GIOCondition condition, void *data)
{
	struct discover *discover = data;
	struct udev_device *device = udev_monitor_receive_device(discover->monitor);

	(void)fd;
	(void)condition;
	if (device)
		take_event(discover, device);
	udev_device_unref(device);
	return G_SOURCE_CONTINUE;
}

static int
open_monitor(struct discover *discover)
{
	discover->udev = udev_new();
	if (!discover->udev)
		return -errno;
	discover->monitor = udev_monitor_new_from_netlink(discover->udev, "udev");
	if (!discover->monitor)
		return -errno;
	/* The filters run in the kernel: other subsystems' events do not wake us. */
	if (udev_monitor_filter_add_match_subsystem_devtype(discover->monitor, "input", NULL) < 0 ||
	    udev_monitor_filter_add_match_subsystem_devtype(discover->monitor, "misc", NULL) < 0 ||
	    udev_monitor_enable_receiving(discover->monitor) < 0)
		return -EIO;
	return 0;
}

int
discover_new(const struct discover_events *events, void *data, struct discover **out)
{
	struct discover *discover = g_new0(struct discover, 1);
	int r;

	*out = NULL;
	discover->events = *events;
	discover->data = data;
	r = open_monitor(discover);
	if (r < 0) {
		discover_free(discover);
		return r;
	}
	discover->source = g_unix_fd_source_new(udev_monitor_get_fd(discover->monitor), G_IO_IN);
	g_source_set_callback(discover->source, (GSourceFunc)(void (*)(void))on_monitor, discover,
			      NULL);
	g_source_attach(discover->source, g_main_context_get_thread_default());
	*out = discover;
	return 0;
}

struct discover *
discover_free(struct discover *discover)
{
	if (!discover)
		return NULL;
	if (discover->source) {
		g_source_destroy(discover->source);
		g_source_unref(discover->source);
	}
	udev_monitor_unref(discover->monitor);
	udev_unref(discover->udev);
	g_free(discover);
	return NULL;
}

void
discover_start(struct discover *discover)
{
	struct udev_enumerate *enumerate = udev_enumerate_new(discover->udev);
	struct udev_list_entry *entry;

	udev_enumerate_add_match_subsystem(enumerate, "input");
	udev_enumerate_add_match_is_initialized(enumerate);
	udev_enumerate_scan_devices(enumerate);
	udev_list_entry_foreach(entry, udev_enumerate_get_list_entry(enumerate))
	{
		struct udev_device *device =
		    udev_device_new_from_syspath(discover->udev, udev_list_entry_get_name(entry));

		if (device)
			take_input(discover, device);
		udev_device_unref(device);
	}
	udev_enumerate_unref(enumerate);
}
