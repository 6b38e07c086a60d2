/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a device holds besides contacts - keys, switches, axes - and giving that to its clone.
 * Called by driver/flow when a device is taken, and after the kernel has dropped events of it.
 * Owns nothing.
 */
#ifndef SIDETOUCH_CARRY_H
#define SIDETOUCH_CARRY_H

#include <stdbool.h>

#include "driver/clone.h"
#include "driver/panel_device.h"

/* Every key, switch and single axis there can be. */
#define CARRY_EVENTS_MAX (KEY_CNT + SW_CNT + ABS_MT_SLOT)

struct carry {
	size_t count;
	struct core_event events[CARRY_EVENTS_MAX];
};

/*
 * Ask what the device holds, but for what a core sees to: a panel's contacts with their emulation,
 * the keys of a device with keys. fresh: the clone was shown nothing yet, so the emulation's axes
 * are of interest too. 0 or -errno.
 *
 * Before its slots are asked for, and after its queue was emptied: the kernel takes the keys that
 * are queued out of the queue when it is asked for keys, also BTN_TOUCH of frames that stay there.
 */
int carry_read(const struct panel_device *device, bool fresh, struct carry *out);

/* Make the clone hold that. 0 or -errno. */
int carry_write(const struct carry *carry, struct clone *clone);

#endif
