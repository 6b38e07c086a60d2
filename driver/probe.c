/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A libinput context that lives for one question, and the arithmetic of how a panel is mounted.
 * Called by driver/panel.
 * Owns the context while it lasts: kept, it would hold memory and read the panel's events.
 */
#define G_LOG_DOMAIN "sidetouch-driver"
#include "driver/probe.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <libinput.h>
#include <math.h>
#include <unistd.h>

#include "common/link.h"
#include "driver/library_log.h"

/* A matrix that squeezes the panel to less than 1 % of its area shows nothing anyway. */
#define DETERMINANT_MIN 0.01

static int
open_device(const char *path, int flags, void *data)
{
	int *error = data;
	int fd = open(path, flags | O_CLOEXEC);

	if (fd >= 0)
		return fd;
	*error = -errno;
	return *error;
}

static void
close_device(int fd, void *data)
{
	(void)data;
	close(fd);
}

static const struct libinput_interface interface = {open_device, close_device};

static void
read_device(struct libinput_device *device, struct probe *out)
{
	struct libinput_seat *seat = libinput_device_get_seat(device);

	g_strlcpy(out->seat, libinput_seat_get_physical_name(seat), sizeof(out->seat));
	if (libinput_device_get_size(device, &out->width_mm, &out->height_mm) != 0)
		out->width_mm = out->height_mm = 0;
	(void)libinput_device_config_calibration_get_default_matrix(device, out->matrix);
}

int
probe_device(const char *devnode, struct probe *out)
{
	int error = 0;
	struct libinput *libinput = libinput_path_create_context(&interface, &error);
	struct libinput_device *device;

	*out = (struct probe){.matrix = {1, 0, 0, 0, 1, 0}};
	if (!libinput)
		return -ENOMEM;
	library_log_libinput(libinput);
	device = libinput_path_add_device(libinput, devnode);
	if (device)
		read_device(device, out);
	libinput_unref(libinput);
	return device ? 0 : error;
}

/* One that says it is larger than any does not say its size: its axes have a wrong resolution. */
static void
judge_size(struct probe *probe, const char *name)
{
	const double max_mm = LINK_SIZE_MAX_UM / 1000.0;

	if (probe->width_mm <= max_mm && probe->height_mm <= max_mm)
		return;
	g_message("%s says that it is %.0f by %.0f mm, which is not believed", name,
		  probe->width_mm, probe->height_mm);
	probe->width_mm = probe->height_mm = 0;
}

bool
probe_apply(struct probe *probe, const struct device_rules *rules, const struct device_id *id)
{
	probe->quirks = device_rules_find_quirks(rules, id);
	if (probe->quirks.ignore) {
		g_message("%s is left alone, as a file in quirks.d says", id->name);
		return false;
	}
	probe->film = device_rules_find_overlay(rules, DEVICE_OVERLAY_FILM, id);
	if (probe->film)
		g_message("%s has its pads where %s says", id->name, probe->film->origin);
	if (probe->quirks.width_mm <= 0) {
		judge_size(probe, id->name);
		return true;
	}
	probe->width_mm = probe->quirks.width_mm;
	probe->height_mm = probe->quirks.height_mm;
	g_message("%s is %g by %g mm, as a file in quirks.d says", id->name, probe->width_mm,
		  probe->height_mm);
	return true;
}

void
probe_mounted_size(const struct probe *probe, double *width_mm, double *height_mm)
{
	const float *m = probe->matrix;
	bool turned = fabsf(m[1]) > fabsf(m[0]);

	*width_mm = turned ? probe->height_mm : probe->width_mm;
	*height_mm = turned ? probe->width_mm : probe->height_mm;
}

/* The determinant of its mounting; 0 when that cannot be undone or the size is unknown. */
static double
determinant(const struct probe *probe)
{
	const float *m = probe->matrix;
	double value = (double)m[0] * m[4] - (double)m[1] * m[3];

	if (probe->width_mm <= 0 || probe->height_mm <= 0 || !(fabs(value) >= DETERMINANT_MIN))
		return 0;
	return value;
}

int
probe_mount(const struct probe *probe, struct mm_point kernel, struct mm_point *mounted)
{
	const float *m = probe->matrix;
	double width, height;

	if (determinant(probe) == 0)
		return -EINVAL;
	probe_mounted_size(probe, &width, &height);
	kernel.x /= probe->width_mm;
	kernel.y /= probe->height_mm;
	*mounted = (struct mm_point){
	    (m[0] * kernel.x + m[1] * kernel.y + m[2]) * width,
	    (m[3] * kernel.x + m[4] * kernel.y + m[5]) * height,
	};
	return 0;
}

int
probe_unmount(const struct probe *probe, struct mm_point mounted, struct mm_point *kernel)
{
	const float *m = probe->matrix;
	double undo = determinant(probe);
	double width, height, x, y;

	if (undo == 0)
		return -EINVAL;
	probe_mounted_size(probe, &width, &height);
	x = mounted.x / width - m[2];
	y = mounted.y / height - m[5];
	*kernel = (struct mm_point){
	    (m[4] * x - m[1] * y) / undo * probe->width_mm,
	    (m[0] * y - m[3] * x) / undo * probe->height_mm,
	};
	return 0;
}

int
probe_film(const struct probe *probe, struct overlay *out)
{
	double width, height;

	if (determinant(probe) == 0)
		return -EINVAL;
	if (probe->film) {
		*out = probe->film->film;
		return 0;
	}
	probe_mounted_size(probe, &width, &height);
	return overlay_default(width, height, out);
}
