/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Devices that are no simulated phone: keys, panels from before slots, panels that lie.
 * Used by kernel-keys and kernel-devices, which tests/vm runs in a guest.
 * A device is unplugged when freed.
 */
#ifndef SIDETOUCH_ODD_DEVICE_H
#define SIDETOUCH_ODD_DEVICE_H

#include "driver/uinput_device.h"
#include "tests/tools/driver_rig.h"

#define ODD_PHYS "test/odd"

struct odd_axis {
	unsigned code;
	int maximum;
	int resolution;
};

/* Zero ends both lists. */
struct odd_model {
	const char *name;
	int vendor, product;
	bool direct; /* a touchscreen */
	unsigned keys[8];
	unsigned switches[4];
	struct odd_axis axes[8];
};

static inline struct uinput_device *
odd_plug(struct rig *rig, const struct odd_model *model)
{
	struct libevdev *description = libevdev_new();
	struct uinput_device *device;
	int r;

	libevdev_set_name(description, model->name);
	libevdev_set_id_bustype(description, BUS_USB);
	libevdev_set_id_vendor(description, model->vendor);
	libevdev_set_id_product(description, model->product);
	if (model->direct)
		libevdev_enable_property(description, INPUT_PROP_DIRECT);
	for (const unsigned *key = model->keys; *key; key++)
		libevdev_enable_event_code(description, EV_KEY, *key, NULL);
	for (const unsigned *toggle = model->switches; *toggle; toggle++)
		libevdev_enable_event_code(description, EV_SW, *toggle, NULL);
	for (const struct odd_axis *axis = model->axes; axis->maximum; axis++) {
		const struct input_absinfo info = {.maximum = axis->maximum,
						   .resolution = axis->resolution};

		libevdev_enable_event_code(description, EV_ABS, axis->code, &info);
	}
	r = uinput_device_new(description, ODD_PHYS, &device);
	libevdev_free(description);
	if (r < 0)
		rig_give_up(rig, "no device can be made: is /dev/uinput there?");
	return device;
}

/* One frame, its end added. */
static inline void
odd_send(struct uinput_device *device, const struct core_event *events, size_t count)
{
	struct input_event raw[32] = {0};

	g_assert_cmpuint(count, <, G_N_ELEMENTS(raw));
	for (size_t i = 0; i < count; i++) {
		raw[i].type = events[i].type;
		raw[i].code = events[i].code;
		raw[i].value = events[i].value;
	}
	g_assert_cmpint(uinput_device_write(device, raw, count + 1), ==, 0);
}

#define ODD_SEND(device, ...)                                                                      \
	do {                                                                                       \
		const struct core_event events_[] = {__VA_ARGS__};                                 \
		odd_send(device, events_, G_N_ELEMENTS(events_));                                  \
	} while (0)

/* The node of a device's clone, or NULL. */
static inline char *
odd_find_clone(const struct uinput_device *device)
{
	return rig_find_clone_of(uinput_device_devnode(device));
}

static inline int
odd_open(struct rig *rig, const char *devnode)
{
	int fd = devnode ? open(devnode, O_RDONLY | O_NONBLOCK | O_CLOEXEC) : -1;

	if (fd < 0)
		rig_give_up(rig, "a device cannot be opened");
	return fd;
}

/* The next event of any reader, waiting for it; false when the device is gone. */
static inline bool
odd_read(struct rig *rig, int fd, struct input_event *event)
{
	struct pollfd pollfd = {.fd = fd, .events = POLLIN};

	if (poll(&pollfd, 1, RIG_PATIENCE_MS) != 1)
		rig_give_up(rig, "a device says nothing");
	return read(fd, event, sizeof(*event)) == sizeof(*event);
}

/* The events up to the end of the next frame as text: "1:30=1 ". Empty when the device is gone. */
static inline char *
odd_read_frame(struct rig *rig, int fd)
{
	GString *frame = g_string_new(NULL);
	struct input_event event;

	while (odd_read(rig, fd, &event)) {
		if (event.type == EV_SYN && event.code == SYN_REPORT)
			break;
		g_string_append_printf(frame, "%x:%x=%d ", event.type, event.code, event.value);
	}
	return g_string_free(frame, FALSE);
}

/* Whether the next frame is this one, as odd_read_frame() writes it. */
static inline bool
odd_next_is(struct rig *rig, int fd, const char *expected)
{
	g_autofree char *frame = odd_read_frame(rig, fd);

	if (strcmp(frame, expected) != 0)
		printf("# %s, not %s\n", frame, expected);
	return strcmp(frame, expected) == 0;
}

/* A file of rules for the driver; the folder is made. */
static inline void
odd_write(const char *root, const char *folder, const char *name, const char *text)
{
	g_autofree char *parent = g_build_filename(root, folder, NULL);
	g_autofree char *path = g_build_filename(parent, name, NULL);

	g_assert_cmpint(g_mkdir_with_parents(parent, 0755), ==, 0);
	g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

#endif
