/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The core's entrance: takes frames apart into slots, has each contact judged, feeds the clone.
 * Called by the device loop, replay, the scenario player, tests and fuzzers through core.h.
 * Owns struct core.
 */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "driver/core/core_private.h"

static void
set_overlay(struct core *core, const struct overlay *overlay)
{
	const struct core_panel *panel = &core->panel;

	core->has_pads = overlay && panel->width_mm > 0 && panel->height_mm > 0 &&
			 isfinite(panel->width_mm) && isfinite(panel->height_mm);
	if (core->has_pads)
		core->overlay = *overlay;
	/* What lands on a pad of the new film is no bounce off one of the old. */
	memset(core->lifted, 0, sizeof(core->lifted));
}

int
core_set_overlay(struct core *core, const struct overlay *overlay)
{
	if (core->pads)
		return -EBUSY;
	set_overlay(core, overlay);
	return 0;
}

void
core_set_major_scale(struct core *core, double scale)
{
	core->major_scale = scale;
	ear_owner_calibrate(core, core->mm_per_unit_x * scale);
}

int
core_new(const struct core_panel *panel, const struct overlay *overlay,
	 const struct core_output *output, void *data, struct core **out)
{
	struct core *core;
	double range_x = (double)panel->x.maximum - panel->x.minimum;
	double range_y = (double)panel->y.maximum - panel->y.minimum;

	*out = NULL;
	if (panel->slots == 0 || range_x <= 0 || range_y <= 0)
		return -EINVAL;
	core = calloc(1, sizeof(*core));
	if (!core)
		return -ENOMEM;
	core->panel = *panel;
	core->output = *output;
	core->data = data;
	set_overlay(core, overlay);
	core->major_scale = 1;
	core->mm_per_unit_x = panel->width_mm / range_x;
	core->mm_per_unit_y = panel->height_mm / range_y;
	for (unsigned i = 0; i < CORE_SLOTS_MAX; i++) {
		core->slots[i].value[CORE_MT_ID] = -1;
		core->told[i].value[CORE_MT_ID] = -1;
		core->contacts[i].id = -1;
	}
	ear_owner_init(core);
	*out = core;
	return 0;
}

struct core *
core_unref(struct core *core)
{
	free(core);
	return NULL;
}

static void
take_key(struct core *core, const struct core_event *event)
{
	int tool = core_tool_index(event->code);

	if (event->code == BTN_TOUCH) {
		core->pointer.touch = event->value;
	} else if (tool >= 0) {
		core->tools_seen = true;
		core->pointer.tool[tool] = event->value;
	}
}

static void
take_unseen(struct core *core, const struct core_event *event)
{
	uint64_t bit;

	if (event->code != ABS_MT_TRACKING_ID || !core_slot_is_unseen(core, core->selected))
		return;
	bit = UINT64_C(1) << core->selected;
	if (event->value >= 0)
		core->unseen_down |= bit;
	else
		core->unseen_down &= ~bit;
}

static void
take_single(struct core *core, const struct core_event *event)
{
	if (event->code == ABS_X)
		core->pointer.x = event->value;
	else if (event->code == ABS_Y)
		core->pointer.y = event->value;
	else if (event->code == ABS_PRESSURE)
		core->pointer.pressure = event->value;
}

static void
take_id(struct core *core, struct core_touch *slot, int32_t id)
{
	int32_t before = slot->value[CORE_MT_ID];

	/* A contact that another one replaces without a lift: readers must see the lift
	 * nevertheless. */
	if (id >= 0 && before >= 0 && id != before)
		core->apart = true;
	/* The kernel knows one way of not being there. */
	slot->value[CORE_MT_ID] = id < 0 ? -1 : id;
}

static void
take_other(struct core *core, const struct core_event *event)
{
	if (event->type == EV_KEY)
		take_key(core, event);
	else if (event->type == EV_ABS && core_is_mt(event->code))
		take_unseen(core, event);
	else if (event->type == EV_ABS)
		take_single(core, event);
}

/* The slot that the next values are about; NULL when it is none that is followed. */
static struct core_touch *
find_selected(struct core *core)
{
	return core_slot_is_seen(core, core->selected) ? &core->slots[core->selected] : NULL;
}

/* Bring the panel's side up to date; returns the slots that the events were about. */
static uint32_t
take_events(struct core *core, const struct core_event *events, size_t count)
{
	const struct core_event *end = events + count;
	struct core_touch *slot = find_selected(core);
	uint32_t touched = 0;

	/* What comes most often first. */
	for (const struct core_event *event = events; event < end; event++) {
		unsigned axis = (unsigned)event->code - CORE_MT_FIRST;

		if (event->type == EV_ABS && axis < CORE_MT_COUNT && slot) {
			if (axis == CORE_MT_ID)
				take_id(core, slot, event->value);
			else
				slot->value[axis] = event->value;
			touched |= 1U << core->selected;
		} else if (event->type == EV_ABS && event->code == ABS_MT_SLOT) {
			core->selected = event->value;
			slot = find_selected(core);
		} else {
			take_other(core, event);
		}
	}
	return touched;
}

/*
 * What the panel's keys and single axes are is not known after a resync: events of them were lost,
 * and the slots may have been read amid a frame. The kernel makes them from the slots at the end of
 * each frame, all but where the pointer is: that stays when nothing touches.
 */
static void
settle_pointer(struct core *core)
{
	core->pointer = shadow_emulate(core, core->slots, core->unseen_down, core->pointer);
	core->amid =
	    core_is_idle(core) && (core->panel.has_axis[ABS_X] || core->panel.has_axis[ABS_Y]);
}

/* Touches are told after their frame went out: the clone's reader waits for nothing of ours. */
static void
tell_touches(struct core *core, struct usec time)
{
	for (; core->untold > 0; core->untold--)
		core->output.touch(core->data, time);
}

void
core_update_clone(struct core *core, struct usec time)
{
	shadow_update(core, time, NULL, 0);
	tell_touches(core, time);
}

void
core_frame(struct core *core, struct usec time, const struct core_event *events, size_t count)
{
	uint32_t touched;

	/* A deadline that passed before this frame comes first: the finger was still there then. */
	core_tick(core, time);
	core->counts.frames++;
	core->started = true;
	core->selected_before = core->selected;
	touched = take_events(core, events, count);
	ear_owner_frame(core, touched, time);
	for (uint32_t rest = touched; rest; rest &= rest - 1)
		contact_update(core, (unsigned)__builtin_ctz(rest), time);
	for (uint32_t rest = core->pads; rest; rest &= rest - 1)
		contact_look_around(core, (unsigned)__builtin_ctz(rest), time);
	escape_note(core, time);
	if (core->amid)
		settle_pointer(core);
	if (core->apart) {
		shadow_update(core, time, events, count);
	} else {
		core->output.frame(core->data, time, events, count);
		shadow_follow(core, touched);
	}
	tell_touches(core, time);
}

static void
take_slot(struct core *core, unsigned slot, const struct core_slot *from)
{
	struct core_touch *touch = &core->slots[slot];

	for (unsigned i = 0; i < CORE_MT_COUNT; i++) {
		if (core->panel.has_axis[CORE_MT_FIRST + i])
			touch->value[i] = from->value[CORE_MT_FIRST + i];
	}
	touch->value[CORE_MT_ID] = from->tracking_id >= 0 ? from->tracking_id : -1;
}

void
core_resync(struct core *core, struct usec time, const struct core_slot *slots, size_t slot_count)
{
	uint32_t taken = 0;

	core_tick(core, time);
	core->resyncing = true;
	for (unsigned i = 0; i < core->panel.slots && i < slot_count; i++) {
		if (core_slot_is_unseen(core, (int32_t)i)) {
			shadow_resync_unseen(core, i, &slots[i], time);
		} else if (i < CORE_SLOTS_MAX) {
			take_slot(core, i, &slots[i]);
			taken |= 1U << i;
			if (!core->started)
				shadow_start(core, i);
		}
	}
	ear_owner_frame(core, taken, time);
	for (unsigned i = 0; i < core->panel.slots && i < slot_count && i < CORE_SLOTS_MAX; i++) {
		if (core->contacts[i].id >= 0 &&
		    core->contacts[i].id != core->slots[i].value[CORE_MT_ID])
			contact_lose(core, i, time);
		contact_update(core, i, time);
	}
	core->resyncing = false;
	core->started = true;
	core->apart = true;
	settle_pointer(core);
	core->amid = true;
	shadow_update(core, time, NULL, 0);
	tell_touches(core, time);
}

bool
core_next_deadline(const struct core *core, struct usec *deadline)
{
	bool any = escape_deadline(core, deadline);
	struct usec due;

	if (ear_owner_deadline(core, &due)) {
		*deadline = any ? usec_min(*deadline, due) : due;
		any = true;
	}
	for (uint32_t rest = core->pads; rest; rest &= rest - 1) {

		if (!press_deadline(core, (unsigned)__builtin_ctz(rest), &due))
			continue;
		*deadline = any ? usec_min(*deadline, due) : due;
		any = true;
	}
	return any;
}

/* Every withheld contact is the clone's from now on. */
static void
surrender_all(struct core *core, struct usec now)
{
	if (!core->withheld)
		return;
	for (uint32_t rest = core->withheld; rest; rest &= rest - 1)
		contact_surrender(core, (unsigned)__builtin_ctz(rest), now);
	core_update_clone(core, now);
}

void
core_tick(struct core *core, struct usec now)
{
	core->at = now;
	for (uint32_t rest = core->pads; rest; rest &= rest - 1)
		contact_tick(core, (unsigned)__builtin_ctz(rest), now);
	if (escape_tick(core, now)) {
		ear_owner_reset(core, now);
		surrender_all(core, now);
	}
	ear_owner_tick(core, now);
}

void
core_set_listening(struct core *core, bool listening, struct usec now)
{
	core->at = now;
	core->listening = listening;
	ear_owner_reset(core, now);
	if (!listening)
		surrender_all(core, now);
	else if (core->escape.on)
		escape_tell(core, now);
}

void
core_release(struct core *core, struct usec now)
{
	core->at = now;
	for (unsigned i = 0; i < CORE_SLOTS_MAX; i++) {
		core->slots[i].value[CORE_MT_ID] = -1;
		if (core->contacts[i].id >= 0)
			contact_lose(core, i, now);
	}
	ear_owner_reset(core, now);
	core->unseen_down = 0;
	core->apart = true;
	shadow_lift_all(core, now);
}

bool
core_is_idle(const struct core *core)
{
	return core->present == 0 && core->unseen_down == 0;
}

enum core_owner
core_slot_owner(const struct core *core, unsigned slot)
{
	if (slot >= CORE_SLOTS_MAX)
		return CORE_OWNER_NONE;
	return contact_owner(&core->contacts[slot]);
}

struct core_counts
core_get_counts(const struct core *core)
{
	return core->counts;
}
