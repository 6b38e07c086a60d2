/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The touchscreen that the rest of the system sees in place of a grabbed panel.
 * Used by driver/panel, one for each panel; discover knows a clone by its phys.
 * Owns the uinput device; when it is freed, or the driver dies, the system sees it unplugged.
 */
#ifndef SIDETOUCH_CLONE_H
#define SIDETOUCH_CLONE_H

#include <libevdev/libevdev.h>
#include <stddef.h>

#include "driver/core/core.h"

/* A clone's phys is this and the sysname of the panel it stands for ("event5"); the udev rule
 * copies the panel's properties by it. */
#define CLONE_PHYS_PREFIX "sidetouch/clone/"

struct clone;

/* -ENOENT, -EACCES ...: /dev/uinput is missing or not permitted. */
int clone_new(const struct libevdev *panel, const char *sysname, struct clone **out);
/* The caller has lifted what is down (core_release()). Returns NULL. */
struct clone *clone_free(struct clone *clone);

/* Send one frame, SYN_REPORT included, in one write. 0 or -errno. */
int clone_write(struct clone *clone, const struct core_event *events, size_t count);

/*
 * Give the clone's empty slots the values that the panel's have, so that an axis the kernel leaves
 * out of a later frame because it did not change is right on the clone too. 0 or -errno.
 */
int clone_set_values(struct clone *clone, const struct core_panel *panel,
		     const struct core_slot *slots, size_t slot_count);

#endif
