/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The questions that are put to the kernel about a panel, apart from its frames.
 * Called by driver/panel when a panel comes, is taken, or lost events.
 * Owns the descriptor inside struct panel_device; libevdev only describes, it never reads.
 */
#include "driver/panel_device.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <linux/input.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "common/cleanup.h"

/* The argument of EVIOCGMTSLOTS. */
struct slots_request {
	uint32_t code;
	int32_t values[PANEL_DEVICE_SLOTS_MAX];
};

/* A device gives itself its name: nothing in it may move a terminal's cursor, in the log or where
 * sidetouchctl prints it. */
static void
blank_controls(char *text)
{
	for (char *at = text; *at; at = g_utf8_next_char(at)) {
		if (g_unichar_iscntrl(g_utf8_get_char(at)))
			memset(at, ' ', (size_t)(g_utf8_next_char(at) - at));
	}
}

static void
copy_name(const char *name, char *out)
{
	g_autofree char *valid = g_utf8_make_valid(name ? name : "", -1);
	const char *end = NULL;

	blank_controls(valid);
	g_strlcpy(out, valid, LINK_NAME_SIZE);
	/* A character that was cut in two is left out. */
	if (!g_utf8_validate(out, -1, &end))
		out[end - out] = '\0';
}

static struct core_axis
describe_axis(const struct libevdev *evdev, unsigned code)
{
	return (struct core_axis){libevdev_get_abs_minimum(evdev, code),
				  libevdev_get_abs_maximum(evdev, code)};
}

/* Of a pad's several nodes the one with its keys is meant. */
static int
describe_keys(const struct libevdev *evdev, const uint16_t *keys, struct panel_device *out)
{
	bool any = false;

	for (unsigned pad = 0; pad < PAD_COUNT; pad++)
		any = any || (keys[pad] && libevdev_has_event_code(evdev, EV_KEY, keys[pad]));
	out->has_keys = true;
	return any ? 0 : -ENOTSUP;
}

static int
describe_panel(const struct libevdev *evdev, struct panel_device *out)
{
	int last_slot = libevdev_get_abs_maximum(evdev, ABS_MT_SLOT);

	out->core = (struct core_panel){
	    .slots = last_slot >= 0 ? (unsigned)last_slot + 1 : 0,
	    .has_btn_touch = libevdev_has_event_code(evdev, EV_KEY, BTN_TOUCH),
	    .counts_fingers = libevdev_has_event_code(evdev, EV_KEY, BTN_TOOL_DOUBLETAP),
	};
	for (unsigned code = 0; code < ABS_CNT; code++)
		out->core.has_axis[code] = libevdev_has_event_code(evdev, EV_ABS, code);
	out->core.x = describe_axis(evdev, protocol_x(&out->core));
	out->core.y = describe_axis(evdev, protocol_y(&out->core));
	out->core.major = describe_axis(evdev, ABS_MT_TOUCH_MAJOR);
	out->core.major_resolution = libevdev_get_abs_resolution(evdev, ABS_MT_TOUCH_MAJOR);
	out->protocol = protocol_prepare(&out->core);
	if (out->protocol == PROTOCOL_NONE || out->core.slots > PANEL_DEVICE_SLOTS_MAX)
		return -ENOTSUP;
	return 0;
}

static int
describe(const struct libevdev *evdev, const uint16_t *keys, struct panel_device *out)
{
	copy_name(libevdev_get_name(evdev), out->name);
	out->id = (struct input_id){
	    .bustype = (uint16_t)libevdev_get_id_bustype(evdev),
	    .vendor = (uint16_t)libevdev_get_id_vendor(evdev),
	    .product = (uint16_t)libevdev_get_id_product(evdev),
	    .version = (uint16_t)libevdev_get_id_version(evdev),
	};
	return keys ? describe_keys(evdev, keys, out) : describe_panel(evdev, out);
}

int
panel_device_open(const char *devnode, const uint16_t *keys, struct panel_device *out)
{
	_autoclose_ int fd = open(devnode, O_RDWR | O_NONBLOCK | O_CLOEXEC);
	int clock = CLOCK_MONOTONIC;
	struct libevdev *evdev;
	int r;

	*out = (struct panel_device){.fd = -1};
	if (fd < 0)
		return -errno;
	r = ioctl(fd, EVIOCSCLOCKID, &clock) < 0 ? -errno : 0;
	if (r == -ENODEV)
		return r;
	/* A kernel that does not know clocks (before 3.4, some vendors') stamps with the wall's. */
	out->real_time = r < 0;
	r = libevdev_new_from_fd(fd, &evdev);
	if (r < 0)
		return r;
	r = describe(evdev, keys, out);
	libevdev_free(evdev);
	if (r < 0)
		return r;
	out->fd = steal_fd(&fd);
	return 0;
}

struct device_id
panel_device_id(const struct panel_device *device)
{
	return (struct device_id){device->id.vendor, device->id.product, device->name};
}

bool
panel_device_is_alike(const struct panel_device *a, const struct panel_device *b)
{
	return memcmp(&a->id, &b->id, sizeof(a->id)) == 0 && strcmp(a->name, b->name) == 0 &&
	       a->has_keys == b->has_keys && a->protocol == b->protocol &&
	       a->core.slots == b->core.slots && a->core.x.maximum == b->core.x.maximum &&
	       a->core.y.maximum == b->core.y.maximum;
}

void
panel_device_close(struct panel_device *device)
{
	if (device->fd >= 0)
		close(steal_fd(&device->fd));
}

static int
read_slots(const struct panel_device *device, unsigned code, struct slots_request *request)
{
	size_t size = sizeof(request->code) + device->core.slots * sizeof(request->values[0]);

	request->code = code;
	return ioctl(device->fd, EVIOCGMTSLOTS(size), request) < 0 ? -errno : 0;
}

int
panel_device_read_keys(const struct panel_device *device, uint8_t keys[KEY_CORE_BYTES])
{
	memset(keys, 0, KEY_CORE_BYTES);
	return ioctl(device->fd, EVIOCGKEY(KEY_CORE_BYTES), keys) < 0 ? -errno : 0;
}

static bool
has_key(const uint8_t *keys, unsigned code)
{
	return (keys[code / 8] & (1u << (code % 8))) != 0;
}

static int
read_touched(const struct panel_device *device, bool *touched)
{
	uint8_t keys[KEY_CORE_BYTES];
	int r = panel_device_read_keys(device, keys);

	*touched = r == 0 && has_key(keys, BTN_TOUCH);
	return r;
}

/* Whether a key beside the glass is down, as a home key; buttons are the touch's own. Grabbed now,
 * it would stay down for the system. */
static int
read_keyed(const struct panel_device *device, bool *keyed)
{
	uint8_t keys[KEY_CORE_BYTES];
	int r = panel_device_read_keys(device, keys);

	*keyed = false;
	for (unsigned code = 0; r == 0 && code < KEY_CNT; code++)
		*keyed = *keyed || ((code < BTN_MISC || code >= KEY_OK) && has_key(keys, code));
	return r;
}

static int
has_no_key_down(const struct panel_device *device, bool *idle)
{
	static const uint8_t none[KEY_CORE_BYTES];
	uint8_t keys[KEY_CORE_BYTES];
	int r = panel_device_read_keys(device, keys);

	*idle = r == 0 && memcmp(keys, none, sizeof(keys)) == 0;
	return r;
}

int
panel_device_read_axis(const struct panel_device *device, unsigned code, int32_t *value)
{
	struct input_absinfo info;

	if (ioctl(device->fd, EVIOCGABS(code), &info) < 0)
		return -errno;
	*value = info.value;
	return 0;
}

int
panel_device_is_idle(const struct panel_device *device, bool *idle)
{
	struct slots_request request = {0};
	bool touched = false, keyed = false;
	int r;

	if (device->has_keys)
		return has_no_key_down(device, idle);
	r = read_keyed(device, &keyed);
	if (r == 0)
		r = read_touched(device, &touched);
	if (r == 0 && device->protocol == PROTOCOL_SLOTS)
		r = read_slots(device, ABS_MT_TRACKING_ID, &request);
	if (r < 0)
		return r;
	*idle = !touched && !keyed;
	if (device->protocol == PROTOCOL_ANONYMOUS && !device->core.has_btn_touch)
		*idle = !device->listed && !keyed;
	for (unsigned slot = 0; device->protocol == PROTOCOL_SLOTS && slot < device->core.slots;
	     slot++) {
		if (request.values[slot] != -1)
			*idle = false;
	}
	return 0;
}

int
panel_device_grab(const struct panel_device *device, bool grab)
{
	/* The ioctl takes a number where others take a place. NOLINTNEXTLINE(performance-*) */
	return ioctl(device->fd, EVIOCGRAB, (void *)(intptr_t)grab) < 0 ? -errno : 0;
}

int
panel_device_try_grab(const struct panel_device *device, bool *grabbed)
{
	bool idle;
	int r = panel_device_is_idle(device, &idle);

	*grabbed = false;
	if (r < 0 || !idle)
		return r;
	r = panel_device_grab(device, true);
	if (r < 0)
		return r;
	r = panel_device_is_idle(device, &idle);
	if (r == 0 && idle) {
		*grabbed = true;
		return 0;
	}
	(void)panel_device_grab(device, false);
	return r;
}

/* Whether the last frame thrown away had a contact in its list. */
static void
look_at(struct panel_device *device, const struct input_event *event)
{
	if (event->type == EV_ABS && event->code == ABS_MT_POSITION_X)
		device->placed = true;
	if (event->type != EV_SYN || event->code != SYN_REPORT)
		return;
	device->listed = device->placed;
	device->placed = false;
}

int
panel_device_discard(struct panel_device *device)
{
	struct input_event events[64]; /* any number serves */
	ssize_t size;

	do {
		size = read(device->fd, events, sizeof(events));
		for (ssize_t i = 0; i < size / (ssize_t)sizeof(events[0]); i++)
			look_at(device, &events[i]);
	} while (size > 0 || (size < 0 && errno == EINTR));
	return size < 0 && errno != EAGAIN ? -errno : 0;
}

static int
read_real_slots(const struct panel_device *device, struct core_slot *slots)
{
	for (unsigned code = ABS_MT_SLOT + 1; code <= ABS_MT_TOOL_Y; code++) {
		struct slots_request request = {0};
		int r;

		if (!device->core.has_axis[code])
			continue;
		r = read_slots(device, code, &request);
		if (r < 0)
			return r;
		for (unsigned slot = 0; slot < device->core.slots; slot++) {
			slots[slot].value[code] = request.values[slot];
			if (code == ABS_MT_TRACKING_ID)
				slots[slot].tracking_id = request.values[slot];
		}
	}
	return 0;
}

static int
read_single(const struct panel_device *device, struct core_slot *slot)
{
	bool touched = false;
	int r = read_touched(device, &touched);

	if (r == 0)
		r = panel_device_read_axis(device, ABS_X, &slot->value[ABS_MT_POSITION_X]);
	if (r == 0)
		r = panel_device_read_axis(device, ABS_Y, &slot->value[ABS_MT_POSITION_Y]);
	slot->tracking_id = touched ? 0 : -1;
	return r;
}

int
panel_device_read_slots(const struct panel_device *device, struct core_slot *slots,
			struct core_event *selected)
{
	*selected = (struct core_event){EV_ABS, ABS_MT_SLOT, 0};
	switch (device->protocol) {
	case PROTOCOL_SLOTS: {
		int r = read_real_slots(device, slots);

		return r < 0 ? r : panel_device_read_axis(device, ABS_MT_SLOT, &selected->value);
	}
	case PROTOCOL_SINGLE:
		return read_single(device, &slots[0]);
	case PROTOCOL_ANONYMOUS:
	case PROTOCOL_NONE:
		break;
	}
	for (unsigned slot = 0; slot < device->core.slots; slot++)
		slots[slot].tracking_id = -1;
	return 0;
}

int
panel_device_clone(const struct panel_device *device, const char *sysname, struct clone **out)
{
	struct libevdev *evdev;
	int r = libevdev_new_from_fd(device->fd, &evdev);

	*out = NULL;
	if (r < 0)
		return r;
	r = clone_new(evdev, sysname, out);
	libevdev_free(evdev);
	return r;
}
