/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The ioctls that make a uinput device, in the order the kernel wants them, and the write.
 * Called by driver/clone, driver/keyboard and driver/sim_panel.
 * Owns one descriptor of /dev/uinput and the name of the node it made.
 */
#include "driver/uinput_device.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/uinput.h>
#include <poll.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>

#include "common/cleanup.h"
#include <glib.h>

#define UINPUT_PATH "/dev/uinput"
/* The kernel never makes a uinput writer wait; should it one day, a frame is given up after 3 x 5
 * ms, which is less than two frames of the slowest panel measured (60 Hz). */
#define WRITE_TRIES   3
#define WRITE_WAIT_MS 5

struct uinput_device {
	int fd;
	char *devnode;
};

struct bit_ioctl {
	unsigned type;
	unsigned long set_code;
};

/* The types of events that flow from a device to its readers. */
static const struct bit_ioctl bit_ioctls[] = {
    {EV_KEY, UI_SET_KEYBIT}, {EV_REL, UI_SET_RELBIT}, {EV_ABS, UI_SET_ABSBIT},
    {EV_MSC, UI_SET_MSCBIT}, {EV_SW, UI_SET_SWBIT},
};

static int
set_axis(int fd, const struct libevdev *description, unsigned code)
{
	struct uinput_abs_setup setup = {.code = (uint16_t)code};

	setup.absinfo = *libevdev_get_abs_info(description, code);
	/* The kernel has smoothed what the panel told already; done twice, the clone would be
	 * somewhere else. libinput reads its fuzz from udev, where the clone has the panel's. */
	setup.absinfo.fuzz = 0;
	/* A fresh device has slot 0 selected and nothing in any slot. */
	if (code >= ABS_MT_SLOT)
		setup.absinfo.value = 0;
	return ioctl(fd, UI_ABS_SETUP, &setup) < 0 ? -errno : 0;
}

static int
set_codes(int fd, const struct libevdev *description, const struct bit_ioctl *bits)
{
	int max = libevdev_event_type_get_max(bits->type);

	if (!libevdev_has_event_type(description, bits->type))
		return 0;
	if (ioctl(fd, UI_SET_EVBIT, bits->type) < 0)
		return -errno;
	for (int code = 0; code <= max; code++) {
		int r = 0;

		if (!libevdev_has_event_code(description, bits->type, (unsigned)code))
			continue;
		if (ioctl(fd, bits->set_code, code) < 0)
			return -errno;
		if (bits->type == EV_ABS)
			r = set_axis(fd, description, (unsigned)code);
		if (r < 0)
			return r;
	}
	return 0;
}

static int
describe(int fd, const struct libevdev *description, const char *phys)
{
	struct uinput_setup setup = {
	    .id.bustype = (uint16_t)libevdev_get_id_bustype(description),
	    .id.vendor = (uint16_t)libevdev_get_id_vendor(description),
	    .id.product = (uint16_t)libevdev_get_id_product(description),
	    .id.version = (uint16_t)libevdev_get_id_version(description),
	};

	g_strlcpy(setup.name, libevdev_get_name(description), sizeof(setup.name));
	if (setup.name[0] == '\0')
		setup.name[0] = ' '; /* the kernel refuses an empty name */
	for (size_t i = 0; i < ARRAY_LENGTH(bit_ioctls); i++) {
		int r = set_codes(fd, description, &bit_ioctls[i]);

		if (r < 0)
			return r;
	}
	for (unsigned property = 0; property <= INPUT_PROP_MAX; property++) {
		if (libevdev_has_property(description, property) &&
		    ioctl(fd, UI_SET_PROPBIT, property) < 0)
			return -errno;
	}
	if (ioctl(fd, UI_SET_PHYS, phys) < 0 || ioctl(fd, UI_DEV_SETUP, &setup) < 0)
		return -errno;
	return 0;
}

static char *
find_devnode(int fd)
{
	char sysname[64] = "";
	g_autofree char *path = NULL;
	const char *entry;
	g_autoptr(GDir) dir = NULL;

	if (ioctl(fd, UI_GET_SYSNAME(sizeof(sysname) - 1), sysname) < 0)
		return NULL;
	path = g_build_filename("/sys/devices/virtual/input", sysname, NULL);
	dir = g_dir_open(path, 0, NULL);
	while (dir && (entry = g_dir_read_name(dir))) {
		if (g_str_has_prefix(entry, "event"))
			return g_build_filename("/dev/input", entry, NULL);
	}
	return NULL;
}

int
uinput_device_new(const struct libevdev *description, const char *phys, struct uinput_device **out)
{
	_autoclose_ int fd = open(UINPUT_PATH, O_WRONLY | O_NONBLOCK | O_CLOEXEC);
	struct uinput_device *device;
	int r;

	*out = NULL;
	if (fd < 0)
		return -errno;
	r = describe(fd, description, phys);
	if (r < 0)
		return r;
	if (ioctl(fd, UI_DEV_CREATE) < 0)
		return -errno;
	device = g_new0(struct uinput_device, 1);
	device->devnode = find_devnode(fd);
	device->fd = steal_fd(&fd);
	*out = device;
	return 0;
}

struct uinput_device *
uinput_device_free(struct uinput_device *device)
{
	if (!device)
		return NULL;
	close(device->fd);
	g_free(device->devnode);
	g_free(device);
	return NULL;
}

int
uinput_device_write(struct uinput_device *device, const struct input_event *events, size_t count)
{
	const char *bytes = (const char *)events;
	size_t left = count * sizeof(*events);
	int tries = WRITE_TRIES;

	while (left > 0) {
		ssize_t written = write(device->fd, bytes, left);

		if (written > 0) {
			bytes += written;
			left -= (size_t)written;
			continue;
		}
		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0 && errno != EAGAIN)
			return -errno;
		if (--tries == 0)
			return -EAGAIN;
		(void)poll(&(struct pollfd){.fd = device->fd, .events = POLLOUT}, 1, WRITE_WAIT_MS);
	}
	return 0;
}

const char *
uinput_device_devnode(const struct uinput_device *device)
{
	return device->devnode;
}
