/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A proximity switch made with uinput, and who has it open.
 * Used by the player's back end on a real kernel.
 * Owns the device.
 */
#include "ctl/player_switch.h"

#include <errno.h>
#include <glib.h>
#include <libevdev/libevdev-uinput.h>
#include <libevdev/libevdev.h>
#include <string.h>

#include "common/cleanup.h"

#define DRIVER_NAME "sidetouch-drive" /* the kernel keeps 15 letters of a program's name */

struct player_switch {
	struct libevdev_uinput *device;
};

int
player_switch_new(struct player_switch **out)
{
	struct libevdev *description = libevdev_new();
	struct libevdev_uinput *device = NULL;
	int r;

	*out = NULL;
	if (!description)
		return -ENOMEM;
	libevdev_set_name(description, "Sidetouch simulated proximity switch");
	libevdev_enable_event_code(description, EV_SW, SW_FRONT_PROXIMITY, NULL);
	r = libevdev_uinput_create_from_device(description, LIBEVDEV_UINPUT_OPEN_MANAGED, &device);
	libevdev_free(description);
	if (r < 0)
		return r;
	*out = g_new0(struct player_switch, 1);
	(*out)->device = device;
	return 0;
}

struct player_switch *
player_switch_free(struct player_switch *proximity)
{
	if (!proximity)
		return NULL;
	libevdev_uinput_destroy(proximity->device);
	g_free(proximity);
	return NULL;
}

static bool
is_driver(const char *process)
{
	g_autofree char *path = g_build_filename("/proc", process, "comm", NULL);
	g_autofree char *name = NULL;

	return g_file_get_contents(path, &name, NULL, NULL) &&
	       strcmp(g_strchomp(name), DRIVER_NAME) == 0;
}

static bool
has_open(const char *process, const char *node)
{
	g_autofree char *path = g_build_filename("/proc", process, "fd", NULL);
	g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
	const char *fd;

	while (folder && (fd = g_dir_read_name(folder))) {
		g_autofree char *link = g_build_filename(path, fd, NULL);
		g_autofree char *target = g_file_read_link(link, NULL);

		if (g_strcmp0(target, node) == 0)
			return true;
	}
	return false;
}

bool
player_switch_is_watched(const struct player_switch *proximity)
{
	const char *node = libevdev_uinput_get_devnode(proximity->device);
	g_autoptr(GDir) processes = g_dir_open("/proc", 0, NULL);
	const char *process;

	while (node && processes && (process = g_dir_read_name(processes))) {
		if (g_ascii_isdigit(process[0]) && is_driver(process) && has_open(process, node))
			return true;
	}
	return false;
}

int
player_switch_set(struct player_switch *proximity, bool near)
{
	int r = libevdev_uinput_write_event(proximity->device, EV_SW, SW_FRONT_PROXIMITY, near);

	return r < 0 ? r : libevdev_uinput_write_event(proximity->device, EV_SYN, SYN_REPORT, 0);
}
