/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Opens the switch and the keys of the ear, and watches them.
 * Called by driver/driver.
 * Owns the devices, their descriptors and sources.
 */
#define G_LOG_DOMAIN "sidetouch-driver"
#include "driver/ear_inputs.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <glib.h>
#include <libevdev/libevdev.h>
#include <linux/input.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "common/cleanup.h"

/* Both of a rocker: two fingers are nearer in time than two thumbs on a panel's edges, and a person
 * who holds one down and presses the other much later wants something else. */
#define TOGETHER_MS 500

struct device {
	struct ear_inputs *inputs;
	char *devnode;
	bool keys;    /* the named keys; else a switch */
	bool refused; /* that it cannot be opened was said */
	int fd;       /* -1: closed */
	guint source;
	struct libevdev *evdev;
	struct usec pressed[EAR_KEYS_MAX];
};

struct ear_inputs {
	char *device;
	uint16_t codes[EAR_KEYS_MAX];
	struct ear_inputs_events events;
	void *data;
	bool listening;
	enum ear_proximity told;
	GHashTable *devices; /* syspath -> struct device */
};

static void
device_close(struct device *device)
{
	if (device->source)
		g_source_remove(device->source);
	device->source = 0;
	libevdev_free(device->evdev);
	device->evdev = NULL;
	if (device->fd >= 0)
		close(device->fd);
	device->fd = -1;
}

static void
device_free(void *data)
{
	struct device *device = data;

	device_close(device);
	g_free(device->devnode);
	g_free(device);
}

static void
tell_proximity(struct ear_inputs *inputs)
{
	enum ear_proximity now = EAR_PROXIMITY_UNKNOWN;
	GHashTableIter iter;
	void *value;

	g_hash_table_iter_init(&iter, inputs->devices);
	while (g_hash_table_iter_next(&iter, NULL, &value)) {
		const struct device *device = value;

		if (device->keys || device->fd < 0)
			continue;
		if (libevdev_get_event_value(device->evdev, EV_SW, SW_FRONT_PROXIMITY))
			now = EAR_PROXIMITY_NEAR;
		else if (now == EAR_PROXIMITY_UNKNOWN)
			now = EAR_PROXIMITY_FAR;
	}
	if (now == inputs->told)
		return;
	inputs->told = now;
	inputs->events.proximity(inputs->data, now);
}

static struct usec
event_time(const struct input_event *event)
{
	return usec_from_us((uint64_t)event->input_event_sec * 1000000 +
			    (uint64_t)event->input_event_usec);
}

/* The keys that are down make up all that were named, and this was the last of them. */
static void
take_key(struct device *device, const struct input_event *event)
{
	struct ear_inputs *inputs = device->inputs;
	struct usec time = event_time(event);
	bool together = true;

	if (event->value != 1)
		return;
	for (unsigned i = 0; i < EAR_KEYS_MAX; i++) {
		uint16_t code = inputs->codes[i];

		if (event->code == code)
			device->pressed[i] = time;
		together &= code == 0 ||
			    (libevdev_get_event_value(device->evdev, EV_KEY, code) == 1 &&
			     !usec_lasts_ms(usec_since(time, device->pressed[i]), TOGETHER_MS));
	}
	if (together)
		inputs->events.key(inputs->data, time);
}

/* -EAGAIN when all is read; -ENODEV it was unplugged. */
static int
read_device(struct device *device)
{
	unsigned flags = LIBEVDEV_READ_FLAG_NORMAL;
	struct input_event event;
	int r;

	while ((r = libevdev_next_event(device->evdev, flags, &event)) >= 0) {
		/* What was lost is caught up with; a key pressed meanwhile is let go. */
		if (r == LIBEVDEV_READ_STATUS_SYNC)
			flags = LIBEVDEV_READ_FLAG_SYNC;
		else if (device->keys && event.type == EV_KEY)
			take_key(device, &event);
	}
	if (r == -EAGAIN && flags == LIBEVDEV_READ_FLAG_SYNC)
		return read_device(device);
	return r;
}

static gboolean
on_readable(int fd, GIOCondition condition, void *data)
{
	struct device *device = data;
	struct ear_inputs *inputs = device->inputs;
	int r = read_device(device);

	(void)fd;
	(void)condition;
	if (r != -EAGAIN) {
		/* udev tells that it has gone in a moment. */
		device->source = 0;
		device_close(device);
	}
	tell_proximity(inputs);
	return r == -EAGAIN ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
set_mask(int fd, uint32_t type, const uint8_t *bits, size_t size)
{
	const struct input_mask mask = {
	    .type = type, .codes_size = (uint32_t)size, .codes_ptr = (uint64_t)(uintptr_t)bits};

	(void)ioctl(fd, EVIOCSMASK, &mask);
}

/* Nothing but what is looked for wakes us, or is even told us. */
static void
mask_events(const struct device *device)
{
	uint8_t keys[KEY_CNT / 8] = {0};
	uint8_t switches[SW_CNT / 8 + 1] = {0};
	uint8_t none[KEY_CNT / 8] = {0};
	static const uint32_t others[] = {EV_REL, EV_ABS, EV_MSC, EV_LED, EV_SND, EV_REP};

	for (unsigned i = 0; i < EAR_KEYS_MAX && device->keys; i++) {
		uint16_t code = device->inputs->codes[i];

		if (code != 0)
			keys[code / 8] |= (uint8_t)(1u << (code % 8));
	}
	if (!device->keys)
		switches[SW_FRONT_PROXIMITY / 8] |= 1u << (SW_FRONT_PROXIMITY % 8);
	set_mask(device->fd, EV_KEY, keys, sizeof(keys));
	set_mask(device->fd, EV_SW, switches, sizeof(switches));
	for (size_t i = 0; i < ARRAY_LENGTH(others); i++)
		set_mask(device->fd, others[i], none, sizeof(none));
}

static bool
has_what_is_wanted(const struct device *device)
{
	const struct ear_inputs *inputs = device->inputs;

	if (!device->keys)
		return libevdev_has_event_code(device->evdev, EV_SW, SW_FRONT_PROXIMITY);
	for (unsigned i = 0; i < EAR_KEYS_MAX; i++) {
		if (inputs->codes[i] != 0 &&
		    !libevdev_has_event_code(device->evdev, EV_KEY, inputs->codes[i]))
			return false;
	}
	return true;
}

static int
device_open(struct device *device)
{
	int r;

	device->fd = open(device->devnode, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (device->fd < 0)
		return -errno;
	mask_events(device);
	r = libevdev_new_from_fd(device->fd, &device->evdev);
	if (r < 0)
		return r;
	if (!has_what_is_wanted(device))
		return -ENOTSUP;
	(void)libevdev_set_clock_id(device->evdev, CLOCK_MONOTONIC);
	device->source = g_unix_fd_add(device->fd, G_IO_IN, on_readable, device);
	return 0;
}

static void
open_or_close(struct device *device)
{
	int r;

	if (!device->inputs->listening) {
		device_close(device);
		return;
	}
	if (device->fd >= 0)
		return;
	r = device_open(device);
	if (r == 0)
		return;
	device_close(device);
	/* udev speaks of it again when it may be opened; another node may have the keys. */
	if (r != -ENOTSUP && !device->refused)
		g_warning("%s, by which the ear comes and goes, cannot be read (%s)",
			  device->devnode, g_strerror(-r));
	device->refused = true;
}

struct ear_inputs *
ear_inputs_new(const struct ear_keys *keys, const struct ear_inputs_events *events, void *data)
{
	struct ear_inputs *inputs = g_new0(struct ear_inputs, 1);

	if (keys) {
		inputs->device = g_strdup(keys->device);
		memcpy(inputs->codes, keys->codes, sizeof(inputs->codes));
	}
	inputs->events = *events;
	inputs->data = data;
	inputs->devices = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, device_free);
	return inputs;
}

struct ear_inputs *
ear_inputs_free(struct ear_inputs *inputs)
{
	if (!inputs)
		return NULL;
	g_hash_table_unref(inputs->devices);
	g_free(inputs->device);
	g_free(inputs);
	return NULL;
}

static void
add(struct ear_inputs *inputs, const char *syspath, const char *devnode, bool keys)
{
	struct device *device = g_hash_table_lookup(inputs->devices, syspath);

	if (!device) {
		device = g_new0(struct device, 1);
		*device = (struct device){
		    .inputs = inputs, .devnode = g_strdup(devnode), .keys = keys, .fd = -1};
		g_hash_table_insert(inputs->devices, g_strdup(syspath), device);
	}
	open_or_close(device);
	tell_proximity(inputs);
}

void
ear_inputs_add_switch(struct ear_inputs *inputs, const char *syspath, const char *devnode)
{
	add(inputs, syspath, devnode, false);
}

void
ear_inputs_add_keys(struct ear_inputs *inputs, const char *syspath, const char *devnode,
		    const char *name)
{
	if (inputs->codes[0] != 0 && inputs->device && g_pattern_match_simple(inputs->device, name))
		add(inputs, syspath, devnode, true);
}

void
ear_inputs_remove(struct ear_inputs *inputs, const char *syspath)
{
	if (g_hash_table_remove(inputs->devices, syspath))
		tell_proximity(inputs);
}

void
ear_inputs_set_listening(struct ear_inputs *inputs, bool listening)
{
	GHashTableIter iter;
	void *device;

	inputs->listening = listening;
	g_hash_table_iter_init(&iter, inputs->devices);
	while (g_hash_table_iter_next(&iter, NULL, &device))
		open_or_close(device);
	tell_proximity(inputs);
}
