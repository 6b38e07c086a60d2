/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What libinput knows of a touchscreen: its size, its seat, how it is mounted.
 * Used by driver/panel before a panel is taken; pure arithmetic apart from probe_device().
 * Owns nothing: a probe is a plain value.
 */
#ifndef SIDETOUCH_PROBE_H
#define SIDETOUCH_PROBE_H

#include <stdbool.h>

#include "common/device_file.h"
#include "driver/core/overlay.h"

#define PROBE_SEAT_SIZE 64 /* udev's seat names are at most "seat-" and 58 characters here */

struct probe {
	double width_mm; /* of the whole x axis, as the kernel counts it; 0 unknown */
	double height_mm;
	/* From a place on the panel as the kernel counts it to the place as mounted, both 0 to 1:
	 * x' = m[0] x + m[1] y + m[2], y' = m[3] x + m[4] y + m[5]. */
	float matrix[6];
	char seat[PROBE_SEAT_SIZE]; /* "" when libinput does not take the device */
	/* What files say of it, after probe_apply(). */
	const struct device_overlay *film; /* NULL: it has the default one */
	struct device_quirks quirks;
};

/* Open the device through libinput for a moment. -EACCES, -ENODEV ...: it cannot be opened. */
int probe_device(const char *devnode, struct probe *out);

/*
 * Take over what the rules say of a panel, its size for one; they must outlive the probe. False: it
 * is to be left alone.
 */
bool probe_apply(struct probe *probe, const struct device_rules *rules, const struct device_id *id);

/* The panel's size as it is mounted; 0 when unknown. */
void probe_mounted_size(const struct probe *probe, double *width_mm, double *height_mm);

/*
 * From a place in mm of the kernel's axes to the place on the mounted panel, and back. -EINVAL: no
 * size, or a mounting that cannot be undone.
 */
int probe_mount(const struct probe *probe, struct mm_point kernel, struct mm_point *mounted);
int probe_unmount(const struct probe *probe, struct mm_point mounted, struct mm_point *kernel);

/*
 * The film that files say it has, or the default one, as it lies on the mounted panel. -EINVAL as
 * above; -ERANGE: too small for six pads.
 */
int probe_film(const struct probe *probe, struct overlay *out);

#endif
