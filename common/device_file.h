/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is known of single devices: overlays.d/NAME.overlay say where the pads of a panel lie or
 * which keys of a device are the pads, quirks.d/NAME.quirk set right what a panel says wrongly.
 * Read by the driver at its start; docs/devices.md and sidetouch-devices(5) describe the files.
 * A set of rules owns its strings; what is found in it is valid while the set lives.
 */
#ifndef SIDETOUCH_DEVICE_FILE_H
#define SIDETOUCH_DEVICE_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/group_file.h"
#include "driver/core/overlay.h"

/* What a device is known by. */
struct device_id {
	uint16_t vendor;
	uint16_t product;
	const char *name;
};

enum device_overlay_kind {
	DEVICE_OVERLAY_FILM, /* pads on a panel */
	DEVICE_OVERLAY_KEYS, /* keys that are pads */
};

struct device_overlay {
	enum device_overlay_kind kind;
	char *origin;             /* FILE:LINE */
	struct overlay film;      /* in mm of the panel as mounted */
	uint16_t keys[PAD_COUNT]; /* KEY_... or BTN_...; 0: no key is this pad */
};

/* 0 and false: as the panel says itself. */
struct device_quirks {
	bool has_ignore, ignore;             /* leave it alone */
	bool has_ignore_major, ignore_major; /* its TOUCH_MAJOR is no size */
	double major_scale;                  /* ... has to be multiplied by this */
	double width_mm, height_mm;          /* of its axes, as the kernel counts them */
};

struct device_rules;

struct device_rules *device_rules_new(void);
struct device_rules *device_rules_free(struct device_rules *rules);

/*
 * Read overlays.d and quirks.d of each directory (NULL-terminated). A file takes the place of one
 * with the same name in a directory before; files count in the order of their names. Each problem
 * is reported, and that file left out. A directory that is not there is no problem.
 */
void device_rules_load(struct device_rules *rules, const char *const *directories,
		       group_file_problem_fn *problem, void *data);

enum device_file_kind {
	DEVICE_FILE_OVERLAY,
	DEVICE_FILE_QUIRK,
};
/* One file, and one in memory; false when it was left out. */
bool device_rules_add_file(struct device_rules *rules, enum device_file_kind kind, const char *path,
			   group_file_problem_fn *problem, void *data);
bool device_rules_add_text(struct device_rules *rules, enum device_file_kind kind, const char *name,
			   const char *text, size_t size, group_file_problem_fn *problem,
			   void *data);

/* The overlay of this kind that names the device, the last one; NULL: none does. */
const struct device_overlay *device_rules_find_overlay(const struct device_rules *rules,
						       enum device_overlay_kind kind,
						       const struct device_id *id);
/* All that the files say of the device, the last word on each setting. */
struct device_quirks device_rules_find_quirks(const struct device_rules *rules,
					      const struct device_id *id);
/* Whether any file maps keys: without one no keyboard is even looked at. */
bool device_rules_has_keys(const struct device_rules *rules);

#endif
