/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a panel tells its contacts: in slots, as an anonymous list in each frame (the kernel's type
 * A), or as one pointer with BTN_TOUCH; and the last two as slots and back, for a core that knows
 * slots only.
 * Used by driver/flow and sidetouchctl replay; panels with slots need no translator.
 * A translator owns libmtdev's state and one frame's buffers; it allocates only when made or reset.
 */
#ifndef SIDETOUCH_PROTOCOL_H
#define SIDETOUCH_PROTOCOL_H

#include <stdbool.h>
#include <stddef.h>

#include "driver/core/core.h"

enum protocol {
	PROTOCOL_NONE,      /* no touchscreen that could have pads */
	PROTOCOL_SINGLE,    /* ABS_X, ABS_Y, BTN_TOUCH */
	PROTOCOL_ANONYMOUS, /* ABS_MT_..., SYN_MT_REPORT after each contact */
	PROTOCOL_SLOTS,
};

/*
 * Which one a panel with these axes and buttons has. For all but PROTOCOL_NONE *panel is made fit
 * for core_new(): slots where the kernel has none, a single touch as axes of its one slot, and a
 * range for an axis that ends before it begins (such a panel has no size, hence no pads).
 */
enum protocol protocol_prepare(struct core_panel *panel);

/* The axis that says where a contact is, ABS_MT_POSITION_X or ABS_X, and so for Y; to be asked
 * before protocol_prepare(). */
uint16_t protocol_x(const struct core_panel *panel);
uint16_t protocol_y(const struct core_panel *panel);

struct translator;

/* For a panel as protocol_prepare() left it. -EINVAL for one with slots, -ENOMEM. */
int translator_new(enum protocol protocol, const struct core_panel *panel, struct translator **out);
struct translator *translator_free(struct translator *translator);

/*
 * A frame of the panel as the core is to see it, valid until the next call. It may be empty while
 * the panel's was not.
 */
const struct core_event *translator_to_slots(struct translator *translator,
					     const struct core_event *events, size_t count,
					     size_t *slots_count);

/*
 * A frame of the core as the panel would have sent it, valid until the next call. The very events
 * that translator_to_slots() gave last come back as the frame they were made from.
 */
const struct core_event *translator_from_slots(struct translator *translator,
					       const struct core_event *events, size_t count,
					       size_t *panel_count);

/*
 * Frames were lost: begin anew with what the kernel says is in the slots. A single touch gets its
 * id here; a list of contacts is known again with the panel's next frame.
 */
void translator_reset(struct translator *translator, struct core_slot *slots);

#endif
