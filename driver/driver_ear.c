/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the driver knows of the ear besides touches: the daemon's word, a switch of the kernel's,
 * the key that leads in and out; and what it tells of it. Called by driver/driver,
 * driver/ear_inputs and the panels. Owns nothing: all of it is the driver's.
 */
#include "driver/driver_private.h"

/* A device with two sensors: near is what either of them says. */
static enum ear_proximity
both(enum ear_proximity a, enum ear_proximity b)
{
	if (a == EAR_PROXIMITY_NEAR || b == EAR_PROXIMITY_NEAR)
		return EAR_PROXIMITY_NEAR;
	return a == EAR_PROXIMITY_FAR || b == EAR_PROXIMITY_FAR ? EAR_PROXIMITY_FAR
								: EAR_PROXIMITY_UNKNOWN;
}

static void
tell_panels(struct driver *driver)
{
	GHashTableIter iter;
	void *entry;

	driver->proximity = both(driver->proximity_told, driver->proximity_seen);
	g_hash_table_iter_init(&iter, driver->entries);
	while (g_hash_table_iter_next(&iter, NULL, &entry))
		panel_set_proximity(((struct entry *)entry)->panel, driver->proximity);
}

static void
take_mode(struct driver *driver, bool on)
{
	GHashTableIter iter;
	void *entry;

	driver->ear_mode = on;
	g_hash_table_iter_init(&iter, driver->entries);
	while (g_hash_table_iter_next(&iter, NULL, &entry))
		panel_set_ear_mode(((struct entry *)entry)->panel, on);
}

bool
driver_ear_take(struct driver *driver, const struct packet_header *header)
{
	const void *message = header;

	if (header->type == LINK_PROXIMITY) {
		driver->proximity_told = ((const struct link_proximity *)message)->proximity;
		tell_panels(driver);
	} else if (header->type == LINK_EAR_MODE) {
		take_mode(driver, ((const struct link_ear_mode *)message)->on);
	} else if (header->type == LINK_EAR_LEARN) {
		driver->ear_learn = ((const struct link_ear_learn *)message)->on;
	} else {
		return false;
	}
	return true;
}

/* What one daemon has said of the ear is not the next one's word. */
void
driver_ear_listening(struct driver *driver, bool listening)
{
	driver->proximity_told = EAR_PROXIMITY_UNKNOWN;
	driver->ear_learn = false;
	take_mode(driver, false);
	ear_inputs_set_listening(driver->ear_inputs, listening);
	tell_panels(driver);
}

void
driver_ear_event(void *data, const struct ear_event *event)
{
	struct entry *entry = data;
	struct link_ear message = {.panel = panel_get_number(entry->panel)};

	link_ear_init(&message, event);
	link_server_send(entry->driver->link, &message.header, LINK_EAR, sizeof(message));
}

void
driver_ear_seen(void *data, const struct ear_seen *seen)
{
	struct entry *entry = data;
	struct link_ear_seen message = {.panel = panel_get_number(entry->panel)};

	if (!entry->driver->ear_learn)
		return;
	link_ear_seen_init(&message, seen);
	link_server_send(entry->driver->link, &message.header, LINK_EAR_SEEN, sizeof(message));
}

/* --- the kernel's --- */

static void
on_proximity(void *data, enum ear_proximity proximity)
{
	struct driver *driver = data;

	driver->proximity_seen = proximity;
	tell_panels(driver);
}

static void
on_key(void *data, struct usec time)
{
	struct driver *driver = data;
	struct link_ear_key message = {.time_us = time.us};

	link_server_send(driver->link, &message.header, LINK_EAR_KEY, sizeof(message));
}

const struct ear_inputs_events driver_ear_events = {
    .proximity = on_proximity,
    .key = on_key,
};
