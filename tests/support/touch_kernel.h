/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A touchscreen and the kernel above it, as far as its reader can tell: steps in, frames out.
 * Used by the core's fuzzer; sends what input.c and input-mt.c send: only what has changed, a slot
 * only before something in it, the single-touch emulation last.
 * A plain value; it owns nothing.
 */
#ifndef SIDETOUCH_TOUCH_KERNEL_H
#define SIDETOUCH_TOUCH_KERNEL_H

#include "driver/core/core.h"
#include "tests/support/mt_reader.h"
#include "tests/support/touch_life.h"

/* More than a full frame of 20 slots; what does not fit is not sent. */
#define TOUCH_KERNEL_EVENTS_MAX 640

struct touch_kernel {
	struct life_panel panel;
	struct mt_reader state; /* what the device's files say of it */
	int32_t slot;           /* selected by the hardware's driver; state.selected was sent */
	int32_t next_id;
	bool touched; /* at the last report: BTN_TOUCH of a late panel */
	int32_t stamp;
	struct core_event events[TOUCH_KERNEL_EVENTS_MAX];
	size_t count;
	int32_t first_selected; /* when the frame under way began */
};

void touch_kernel_init(struct touch_kernel *kernel, const struct life_panel *panel);
/* What a core is told of the panel. */
void touch_kernel_describe(const struct touch_kernel *kernel, struct core_panel *out);
/* Do what a step says, unless it is about time or what the driver does. */
void touch_kernel_step(struct touch_kernel *kernel, const struct life_step *step);
/* End the frame: events and count hold it until touch_kernel_sent(). False: nothing changed. */
bool touch_kernel_report(struct touch_kernel *kernel);
void touch_kernel_sent(struct touch_kernel *kernel);
/*
 * Whether the frame under way means the same to one who learns now which slot is selected. When
 * not, nobody who reads the slots amid the frame can tell, libevdev neither.
 */
bool touch_kernel_can_join(const struct touch_kernel *kernel);
/* EVIOCGMTSLOTS, panel.slots of them. */
void touch_kernel_read_slots(const struct touch_kernel *kernel, struct core_slot *slots);

#endif
