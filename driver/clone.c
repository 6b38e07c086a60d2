/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Frames of the core as events of a uinput device that equals the panel.
 * Called by driver/panel on the path of every touch.
 * Owns the device and one frame's buffer; nothing is allocated after clone_new().
 */
#include "driver/clone.h"

#include <glib.h>
#include <linux/input.h>

#include "common/cleanup.h"
#include "driver/frame_reader.h"
#include "driver/uinput_device.h"

struct clone {
	struct uinput_device *device;
	struct input_event buffer[FRAME_READER_FRAME_EVENTS + 1];
};

int
clone_new(const struct libevdev *panel, const char *sysname, struct clone **out)
{
	g_autofree char *phys = g_strconcat(CLONE_PHYS_PREFIX, sysname, NULL);
	struct uinput_device *device;
	int r = uinput_device_new(panel, phys, &device);

	*out = NULL;
	if (r < 0)
		return r;
	*out = g_new0(struct clone, 1);
	(*out)->device = device;
	return 0;
}

struct clone *
clone_free(struct clone *clone)
{
	if (clone)
		uinput_device_free(clone->device);
	g_free(clone);
	return NULL;
}

static inline void
copy(struct input_event *to, const struct core_event *from, size_t count)
{
	for (const struct core_event *end = from + count; from < end; from++, to++) {
		to->type = from->type;
		to->code = from->code;
		to->value = from->value;
	}
}

int
clone_write(struct clone *clone, const struct core_event *events, size_t count)
{
	static const struct core_event syn = {EV_SYN, SYN_REPORT, 0};
	const size_t most = ARRAY_LENGTH(clone->buffer) - 1;

	/* Longer than any frame that was read: in parts, still one frame to readers. */
	for (; count > most; events += most, count -= most) {
		int r;

		copy(clone->buffer, events, most);
		r = uinput_device_write(clone->device, clone->buffer, most);
		if (r < 0)
			return r;
	}
	copy(clone->buffer, events, count);
	copy(clone->buffer + count, &syn, 1);
	return uinput_device_write(clone->device, clone->buffer, count + 1);
}

/* The axes that say what a contact is like; the slot and the id say which it is. */
static bool
is_value(const struct core_panel *panel, unsigned code)
{
	return panel->has_axis[code] && code > ABS_MT_SLOT && code <= ABS_MT_TOOL_Y &&
	       code != ABS_MT_TRACKING_ID;
}

int
clone_set_values(struct clone *clone, const struct core_panel *panel, const struct core_slot *slots,
		 size_t slot_count)
{
	/* Slot 0 last: a fresh core takes it for the selected one. */
	for (size_t slot = slot_count; slot-- > 0;) {
		struct core_event events[ABS_CNT];
		size_t count = 0;
		int r;

		events[count++] = (struct core_event){EV_ABS, ABS_MT_SLOT, (int32_t)slot};
		for (unsigned code = ABS_MT_SLOT; code <= ABS_MT_TOOL_Y; code++) {
			if (is_value(panel, code))
				events[count++] = (struct core_event){EV_ABS, (uint16_t)code,
								      slots[slot].value[code]};
		}
		r = clone_write(clone, events, count);
		if (r < 0)
			return r;
	}
	return 0;
}
