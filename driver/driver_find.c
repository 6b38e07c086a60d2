/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What udev finds: touchscreens and keys become panels, vibrators are felt, uinput lets us type.
 * Called by driver/discover from the loop.
 * Owns nothing: all of it is the driver's.
 */
#define G_LOG_DOMAIN "sidetouch-driver"
#include <string.h>

#include "driver/driver_private.h"

/* keys: NULL for a touchscreen. */
static void
take_device(struct driver *driver, const char *syspath, const char *devnode,
	    const struct device_overlay *keys)
{
	struct entry *entry = g_hash_table_lookup(driver->entries, syspath);

	if (driver->device && strcmp(driver->device, devnode) != 0)
		return;
	if (!entry) {
		const struct panel_config config = {
		    .loop = driver->loop,
		    .number = ++driver->last_panel,
		    .syspath = syspath,
		    .devnode = devnode,
		    .seat = driver->seat,
		    .rules = driver->rules,
		    .keys = keys,
		    .listening = link_server_is_listening(driver->link),
		    .no_escape = driver->no_escape,
		    .proximity = driver->proximity,
		    .ear_mode = driver->ear_mode,
		    .store = driver->store,
		};

		entry = g_new0(struct entry, 1);
		entry->driver = driver;
		entry->panel = panel_new(&config, &driver_panel_events, entry);
		watch_add_panel(driver->watch, entry->panel);
		g_hash_table_insert(driver->entries, g_strdup(syspath), entry);
	}
	panel_retry(entry->panel);
}

static void
on_touchscreen(void *data, const char *syspath, const char *devnode)
{
	take_device(data, syspath, devnode, NULL);
}

/* Only one that a file names: any other keyboard is nobody's business. */
static void
on_keys(void *data, const char *syspath, const char *devnode, const struct device_id *id)
{
	struct driver *driver = data;
	const struct device_overlay *keys =
	    device_rules_find_overlay(driver->rules, DEVICE_OVERLAY_KEYS, id);

	if (keys)
		take_device(driver, syspath, devnode, keys);
	else
		ear_inputs_add_keys(driver->ear_inputs, syspath, devnode, id->name);
}

static void
on_proximity_switch(void *data, const char *syspath, const char *devnode, const char *seat)
{
	struct driver *driver = data;

	if (strcmp(seat, driver->seat) == 0)
		ear_inputs_add_switch(driver->ear_inputs, syspath, devnode);
}

static void
on_gone(void *data, const char *syspath)
{
	struct driver *driver = data;
	struct entry *entry = g_hash_table_lookup(driver->entries, syspath);
	struct link_panel message;
	bool told;

	if (driver->vibrator)
		vibrator_remove(driver->vibrator, syspath);
	ear_inputs_remove(driver->ear_inputs, syspath);
	if (!entry)
		return;
	/* Unless its descriptor has said so before udev did. */
	told = panel_describe(entry->panel, &message);
	notices_forget(driver->notices, panel_get_number(entry->panel));
	g_hash_table_remove(driver->entries, syspath);
	if (!told)
		return;
	message.state = LINK_PANEL_GONE;
	link_server_send_panel(driver->link, &message);
}

static void
on_clone(void *data, const char *panel_sysname)
{
	struct driver *driver = data;
	GHashTableIter iter;
	void *entry;

	g_hash_table_iter_init(&iter, driver->entries);
	while (g_hash_table_iter_next(&iter, NULL, &entry)) {
		struct panel *panel = ((struct entry *)entry)->panel;

		if (strcmp(panel_get_sysname(panel), panel_sysname) == 0)
			panel_clone_announced(panel);
	}
}

void
driver_make_keyboard(struct driver *driver)
{
	int r;

	if (driver->keyboard)
		return;
	r = keyboard_new(&driver->keyboard);
	if (r < 0)
		g_warning("keys cannot be typed, because /dev/uinput cannot be used (%s): load the "
			  "module uinput and install Sidetouch's udev rules",
			  g_strerror(-r));
}

static void
on_uinput(void *data)
{
	struct driver *driver = data;
	GHashTableIter iter;
	void *entry;

	driver_make_keyboard(driver);
	link_server_set_can_type(driver->link, driver->keyboard != NULL);
	g_hash_table_iter_init(&iter, driver->entries);
	while (g_hash_table_iter_next(&iter, NULL, &entry))
		panel_retry(((struct entry *)entry)->panel);
}

static void
on_vibrator(void *data, const char *syspath, const char *devnode, const char *seat)
{
	struct driver *driver = data;

	if (driver->vibrator && strcmp(seat, driver->seat) == 0)
		vibrator_add(driver->vibrator, syspath, devnode);
}

void
driver_vibrator_changed(void *data)
{
	struct driver *driver = data;

	link_server_set_buzz(driver->link, vibrator_is_there(driver->vibrator) ? LINK_BUZZ_DRIVER
									       : LINK_BUZZ_NONE);
}

void
driver_buzz(struct driver *driver, enum link_buzz_kind kind)
{
	if (driver->vibrator)
		vibrator_play(driver->vibrator, kind);
}

const struct discover_events driver_discover_events = {
    .touchscreen = on_touchscreen,
    .keys = on_keys,
    .vibrator = on_vibrator,
    .proximity_switch = on_proximity_switch,
    .gone = on_gone,
    .clone = on_clone,
    .uinput = on_uinput,
};
