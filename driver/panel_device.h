/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An opened touchscreen, or a device with keys that are pads: what it can do, what is down, and
 * taking it from or giving it to others.
 * Used by driver/panel, which reads its frames itself.
 * Owns the descriptor.
 */
#ifndef SIDETOUCH_PANEL_DEVICE_H
#define SIDETOUCH_PANEL_DEVICE_H

#include <linux/input.h>
#include <stdbool.h>

#include "common/device_file.h"
#include "common/link.h"
#include "driver/clone.h"
#include "driver/core/core.h"
#include "driver/core/key_core.h"
#include "driver/protocol.h"

/* No panel has more; one that says so is left alone. */
#define PANEL_DEVICE_SLOTS_MAX 64

struct panel_device {
	int fd;
	bool has_keys; /* it is no touchscreen, and of what follows only the name and ids count */
	enum protocol protocol;
	bool real_time;         /* its events carry CLOCK_REALTIME, and nothing changes that */
	struct core_panel core; /* without its size in mm */
	bool placed, listed;    /* anonymous contacts: one in the frame begun, any in the last */
	char name[LINK_NAME_SIZE];
	struct input_id id;
};

/*
 * keys: NULL for a touchscreen, else the code of each pad's key, 0: none. -EACCES: not permitted
 * yet. -ENOTSUP: it is no touchscreen or has too many slots; it has none of the keys.
 */
int panel_device_open(const char *devnode, const uint16_t *keys, struct panel_device *out);
/* What it is known by; valid while the device is. */
struct device_id panel_device_id(const struct panel_device *device);
/* Whether what was opened at the same place is the same kind of device. */
bool panel_device_is_alike(const struct panel_device *a, const struct panel_device *b);
void panel_device_close(struct panel_device *device);

/*
 * Whether nothing touches it. -ENODEV: unplugged. Anonymous contacts without BTN_TOUCH are known
 * only from what panel_device_discard() has seen, for the kernel does not keep them.
 */
int panel_device_is_idle(const struct panel_device *device, bool *idle);

/* -EBUSY: another program has it. */
int panel_device_grab(const struct panel_device *device, bool grab);

/* Grab it if nothing touches it, and make sure that nothing landed in between. */
int panel_device_try_grab(const struct panel_device *device, bool *grabbed);

/* Throw away what is queued. -ENODEV: unplugged. */
int panel_device_discard(struct panel_device *device);

/* Which keys are down, a bit each. */
int panel_device_read_keys(const struct panel_device *device, uint8_t keys[KEY_CORE_BYTES]);

/* The value of one axis. */
int panel_device_read_axis(const struct panel_device *device, unsigned code, int32_t *value);

/*
 * What is in its slots, device->core.slots of them, and which one is selected. A single touch is in
 * slot 0; anonymous contacts are in none, for the kernel does not keep them.
 */
int panel_device_read_slots(const struct panel_device *device, struct core_slot *slots,
			    struct core_event *selected);

/* A clone of it; -ENOENT, -EACCES ...: /dev/uinput is missing or not permitted. */
int panel_device_clone(const struct panel_device *device, const char *sysname, struct clone **out);

#endif
