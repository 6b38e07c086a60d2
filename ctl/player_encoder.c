/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Touches to evdev events, as the kernel hands on what a panel sends: only what has changed.
 * Used by the player's back ends that feed a core themselves; a uinput panel has the kernel for it.
 * A plain value without memory of its own.
 */
#include "ctl/player_encoder.h"

#include <linux/input.h>
#include <math.h>

/* The kernel's own range of tracking ids (TRKID_MAX). */
#define TRACKING_ID_MAX 0xffff
/* How far off the glass a finger is that hovers, in a panel's own measure. */
#define HOVER_UNITS 20

struct frame {
	struct core_event *events;
	size_t count;
};

void
player_encoder_init(struct player_encoder *encoder, const struct core_panel *panel,
		    double major_units_per_mm)
{
	*encoder = (struct player_encoder){
	    .panel = *panel,
	    .major_units_per_mm = major_units_per_mm,
	    .pointer_x = -1,
	    .pointer_y = -1,
	};
	for (size_t i = 0; i < CORE_SLOTS_MAX; i++)
		encoder->slots[i] =
		    (struct player_encoder_slot){.tracking_id = -1, .major = -1, .minor = -1};
}

static void
add(struct frame *frame, uint16_t type, uint16_t code, int32_t value)
{
	frame->events[frame->count++] = (struct core_event){type, code, value};
}

static void
add_changed(struct frame *frame, uint16_t code, int32_t *last, int32_t value)
{
	if (*last != value)
		add(frame, EV_ABS, code, value);
	*last = value;
}

static int32_t
axis_units(const struct core_axis *axis, double length_mm, double mm)
{
	double share = fmin(fmax(mm / length_mm, 0), 1);

	return axis->minimum + (int32_t)lround(share * (axis->maximum - axis->minimum));
}

static void
add_touch(struct player_encoder *encoder, struct frame *frame, const struct player_touch *touch)
{
	const struct core_panel *panel = &encoder->panel;
	struct player_encoder_slot *slot = &encoder->slots[touch->slot];
	size_t before = frame->count;
	int32_t last = encoder->slot;

	add_changed(frame, ABS_MT_SLOT, &last, (int32_t)touch->slot);
	if (touch->phase == PLAYER_TOUCH_UP) {
		add_changed(frame, ABS_MT_TRACKING_ID, &slot->tracking_id, -1);
	} else {
		if (touch->phase == PLAYER_TOUCH_DOWN) {
			slot->tracking_id = encoder->next_tracking_id;
			encoder->next_tracking_id = (slot->tracking_id + 1) & TRACKING_ID_MAX;
			add(frame, EV_ABS, ABS_MT_TRACKING_ID, slot->tracking_id);
		}
		add_changed(frame, ABS_MT_POSITION_X, &slot->x,
			    axis_units(&panel->x, panel->width_mm, touch->place.x));
		add_changed(frame, ABS_MT_POSITION_Y, &slot->y,
			    axis_units(&panel->y, panel->height_mm, touch->place.y));
		if (panel->has_axis[ABS_MT_TOUCH_MAJOR])
			add_changed(frame, ABS_MT_TOUCH_MAJOR, &slot->major,
				    (int32_t)lround(touch->major_mm * encoder->major_units_per_mm));
		if (panel->has_axis[ABS_MT_TOUCH_MINOR])
			add_changed(frame, ABS_MT_TOUCH_MINOR, &slot->minor,
				    (int32_t)lround(touch->minor_mm * encoder->major_units_per_mm));
		if (panel->has_axis[ABS_MT_TOOL_TYPE])
			add_changed(frame, ABS_MT_TOOL_TYPE, &slot->tool,
				    touch->palm ? MT_TOOL_PALM : MT_TOOL_FINGER);
		if (panel->has_axis[ABS_MT_DISTANCE])
			add_changed(frame, ABS_MT_DISTANCE, &slot->distance,
				    touch->hovers ? HOVER_UNITS : 0);
	}
	/* The kernel keeps a slot to itself until something in it has changed. */
	if (last != encoder->slot && frame->count == before + 1)
		frame->count = before;
	else
		encoder->slot = last;
}

/* What the kernel adds for programs that know one pointer only: the oldest contact. */
static void
add_pointer(struct player_encoder *encoder, struct frame *frame)
{
	const struct player_encoder_slot *oldest = NULL;

	for (size_t i = 0; i < CORE_SLOTS_MAX; i++) {
		const struct player_encoder_slot *slot = &encoder->slots[i];

		if (slot->tracking_id >= 0 && (!oldest || slot->tracking_id < oldest->tracking_id))
			oldest = slot;
	}
	if (encoder->panel.has_btn_touch && encoder->touched != (oldest != NULL))
		add(frame, EV_KEY, BTN_TOUCH, oldest != NULL);
	encoder->touched = oldest != NULL;
	if (!oldest || !encoder->panel.has_axis[ABS_X])
		return;
	add_changed(frame, ABS_X, &encoder->pointer_x, oldest->x);
	add_changed(frame, ABS_Y, &encoder->pointer_y, oldest->y);
}

size_t
player_encoder_frame(struct player_encoder *encoder, const struct player_touch *touches,
		     size_t count, struct core_event *events)
{
	struct frame frame = {.events = events};

	for (size_t i = 0; i < count; i++)
		add_touch(encoder, &frame, &touches[i]);
	add_pointer(encoder, &frame);
	return frame.count;
}
