/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the clone was told, and the frames that tell it the rest.
 * Called by core.c after a frame was judged, and by contact.c to replay a contact.
 * Owns the clone's side of struct core; while both sides agree it only follows what passes.
 */
#include <string.h>

#include "driver/core/core_private.h"

static const uint16_t tool_codes[CORE_TOOL_COUNT] = {
    BTN_TOOL_FINGER, BTN_TOOL_DOUBLETAP, BTN_TOOL_TRIPLETAP, BTN_TOOL_QUADTAP, BTN_TOOL_QUINTTAP,
};

static void
flush(struct core *core, struct usec time)
{
	if (core->emit_count > 0)
		core->output.frame(core->data, time, core->emit, core->emit_count);
	core->emit_count = 0;
}

static void
emit(struct core *core, struct usec time, uint16_t type, uint16_t code, int32_t value)
{
	/* No panel sends that much in a frame; if one does, two frames lose nothing. */
	if (core->emit_count == CORE_EMIT_MAX)
		flush(core, time);
	core->emit[core->emit_count++] = (struct core_event){type, code, value};
}

static void
emit_select(struct core *core, struct usec time, int32_t slot)
{
	if (core->told_selected != slot)
		emit(core, time, EV_ABS, ABS_MT_SLOT, slot);
	core->told_selected = slot;
}

static void
emit_lift(struct core *core, struct usec time, unsigned slot)
{
	emit_select(core, time, (int32_t)slot);
	emit(core, time, EV_ABS, ABS_MT_TRACKING_ID, -1);
	core->told[slot].value[CORE_MT_ID] = -1;
}

/* Only what changed, the id first: it is what begins a contact. */
static void
emit_touch(struct core *core, struct usec time, unsigned slot, const struct core_touch *touch)
{
	struct core_touch *told = &core->told[slot];

	if (memcmp(told, touch, sizeof(*told)) == 0)
		return;
	emit_select(core, time, (int32_t)slot);
	if (told->value[CORE_MT_ID] != touch->value[CORE_MT_ID])
		emit(core, time, EV_ABS, ABS_MT_TRACKING_ID, touch->value[CORE_MT_ID]);
	for (unsigned i = 0; i < CORE_MT_COUNT; i++) {
		if (i != CORE_MT_ID && told->value[i] != touch->value[i])
			emit(core, time, EV_ABS, (uint16_t)(CORE_MT_FIRST + i), touch->value[i]);
	}
	*told = *touch;
}

/* The contact that came first, by its id as the kernel counts them: in a circle of 65536. */
static const struct core_touch *
oldest(const struct core_touch *touches, unsigned count)
{
	const struct core_touch *found = NULL;

	for (const struct core_touch *touch = touches; touch < touches + count; touch++) {
		int32_t id = touch->value[CORE_MT_ID];

		if (id >= 0 && (!found || (((uint32_t)id - (uint32_t)found->value[CORE_MT_ID]) &
					   0x8000U) != 0))
			found = touch;
	}
	return found;
}

struct core_pointer
shadow_emulate(const struct core *core, const struct core_touch *touches, uint64_t unseen,
	       struct core_pointer pointer)
{
	const struct core_touch *first = oldest(touches, CORE_SLOTS_MAX);
	int count = __builtin_popcountll(unseen);

	for (unsigned i = 0; i < CORE_SLOTS_MAX; i++)
		count += touches[i].value[CORE_MT_ID] >= 0;
	pointer.touch = core->panel.has_btn_touch && count > 0;
	/* Without a button for two, the one for one finger means any number. */
	for (int i = 0; i < CORE_TOOL_COUNT; i++)
		pointer.tool[i] =
		    core->tools_seen &&
		    (core->panel.counts_fingers ? count == i + 1 : i == 0 && count > 0);
	if (first) {
		pointer.x = first->value[CORE_MT_X];
		pointer.y = first->value[CORE_MT_Y];
	}
	pointer.pressure = first ? first->value[CORE_MT_PRESSURE] : 0;
	return pointer;
}

static void
emit_pointer(struct core *core, struct usec time)
{
	struct core_pointer *told = &core->told_pointer;
	struct core_pointer now = shadow_emulate(core, core->told, core->told_unseen, *told);
	const bool *has = core->panel.has_axis;

	if (now.touch != told->touch)
		emit(core, time, EV_KEY, BTN_TOUCH, now.touch);
	for (unsigned i = 0; i < CORE_TOOL_COUNT; i++) {
		if (now.tool[i] != told->tool[i])
			emit(core, time, EV_KEY, tool_codes[i], now.tool[i]);
	}
	if (has[ABS_X] && now.x != told->x)
		emit(core, time, EV_ABS, ABS_X, now.x);
	if (has[ABS_Y] && now.y != told->y)
		emit(core, time, EV_ABS, ABS_Y, now.y);
	if (has[ABS_PRESSURE] && now.pressure != told->pressure)
		emit(core, time, EV_ABS, ABS_PRESSURE, now.pressure);
	*told = now;
}

void
shadow_finish(struct core *core, struct usec time)
{
	emit_pointer(core, time);
	flush(core, time);
}

void
shadow_add(struct core *core, unsigned slot, const struct core_touch *touch, struct usec time)
{
	int32_t told = core->told[slot].value[CORE_MT_ID];

	/* Readers want to see the contact that was there before lifted first. */
	if (told >= 0 && told != touch->value[CORE_MT_ID]) {
		emit_lift(core, time, slot);
		shadow_finish(core, time);
	}
	emit_touch(core, time, slot, touch);
}

/* A slot whose contact is another one now: readers want to see the old one lifted first. */
static void
lift_replaced(struct core *core, struct usec time)
{
	for (unsigned i = 0; i < CORE_SLOTS_MAX; i++) {
		int32_t told = core->told[i].value[CORE_MT_ID];
		int32_t id = core->slots[i].value[CORE_MT_ID];

		if (told >= 0 && id >= 0 && told != id)
			emit_lift(core, time, i);
	}
	if (core->emit_count > 0)
		shadow_finish(core, time);
}

static void
update_slots(struct core *core, struct usec time)
{
	for (unsigned i = 0; i < CORE_SLOTS_MAX && i < core->panel.slots; i++) {
		bool hidden = (core->withheld >> i & 1) != 0;
		bool down = core->slots[i].value[CORE_MT_ID] >= 0;

		if (down && !hidden)
			emit_touch(core, time, i, &core->slots[i]);
		else if (core->told[i].value[CORE_MT_ID] >= 0)
			emit_lift(core, time, i);
	}
}

/* Slots past those the core follows belong to the clone whatever they hold. */
static void
pass_unseen(struct core *core, struct usec time, const struct core_event *event, int32_t selected)
{
	uint64_t bit;

	if (!core_slot_is_unseen(core, selected))
		return;
	emit_select(core, time, selected);
	emit(core, time, event->type, event->code, event->value);
	bit = UINT64_C(1) << selected;
	if (event->code == ABS_MT_TRACKING_ID && event->value >= 0)
		core->told_unseen |= bit;
	else if (event->code == ABS_MT_TRACKING_ID)
		core->told_unseen &= ~bit;
}

void
shadow_resync_unseen(struct core *core, unsigned slot, const struct core_slot *now,
		     struct usec time)
{
	uint64_t bit = UINT64_C(1) << slot;
	bool down = now->tracking_id >= 0;

	core->unseen_down &= ~bit;
	core->unseen_down |= down ? bit : 0;
	if (((core->told_unseen & bit) != 0) == down)
		return;
	core->told_unseen ^= bit;
	emit_select(core, time, (int32_t)slot);
	emit(core, time, EV_ABS, ABS_MT_TRACKING_ID, down ? now->tracking_id : -1);
	for (uint16_t code = CORE_MT_FIRST; down && code < CORE_MT_FIRST + CORE_MT_COUNT; code++) {
		if (code != ABS_MT_TRACKING_ID && core->panel.has_axis[code])
			emit(core, time, EV_ABS, code, now->value[code]);
	}
}

/* Pass on what is no slot's of ours and no emulation: other keys, axes, switches. */
static void
pass_others(struct core *core, struct usec time, const struct core_event *events, size_t count,
	    int32_t selected)
{
	for (size_t i = 0; i < count; i++) {
		const struct core_event *event = &events[i];

		switch (event->type) {
		case EV_SYN:
			break;
		case EV_ABS:
			if (event->code == ABS_MT_SLOT)
				selected = event->value;
			else if (core_is_mt(event->code))
				pass_unseen(core, time, event, selected);
			else if (event->code != ABS_X && event->code != ABS_Y &&
				 event->code != ABS_PRESSURE)
				emit(core, time, event->type, event->code, event->value);
			break;
		case EV_KEY:
			if (event->code != BTN_TOUCH && core_tool_index(event->code) < 0)
				emit(core, time, event->type, event->code, event->value);
			break;
		case EV_MSC:
			if (event->code != MSC_TIMESTAMP)
				emit(core, time, event->type, event->code, event->value);
			break;
		default: /* any other of 32 types */
			emit(core, time, event->type, event->code, event->value);
			break;
		}
	}
}

/* A time stamp alone would wake every reader for a contact they must not see. */
static void
pass_timestamp(struct core *core, struct usec time, const struct core_event *events, size_t count)
{
	if (core->emit_count == 0)
		return;
	for (size_t i = 0; i < count; i++) {
		const struct core_event *event = &events[i];

		if (event->type == EV_MSC && event->code == MSC_TIMESTAMP)
			emit(core, time, event->type, event->code, event->value);
	}
}

static bool
pointers_agree(const struct core *core)
{
	const struct core_pointer *a = &core->pointer;
	const struct core_pointer *b = &core->told_pointer;
	const bool *has = core->panel.has_axis;

	return (!core->panel.has_btn_touch || a->touch == b->touch) &&
	       memcmp(a->tool, b->tool, sizeof(a->tool)) == 0 && (!has[ABS_X] || a->x == b->x) &&
	       (!has[ABS_Y] || a->y == b->y) && (!has[ABS_PRESSURE] || a->pressure == b->pressure);
}

/*
 * Whether the panel's next frame may go out as it is. Empty slots count: the kernel does not
 * repeat a value, so a new contact in a slot may lack what the last one, withheld, left there.
 */
static bool
sides_agree(const struct core *core)
{
	return core->withheld == 0 && !core->amid && core->told_unseen == core->unseen_down &&
	       memcmp(core->slots, core->told, sizeof(core->told)) == 0 && pointers_agree(core);
}

void
shadow_update(struct core *core, struct usec time, const struct core_event *events, size_t count)
{
	lift_replaced(core, time);
	update_slots(core, time);
	pass_others(core, time, events, count, core->selected_before);
	emit_pointer(core, time);
	/* From then on frames go out as they are, and may rely on the slot in use. */
	if (sides_agree(core) && (core->emit_count > 0 || core->told_selected == core->selected)) {
		emit_select(core, time, core->selected);
		core->apart = false;
	}
	pass_timestamp(core, time, events, count);
	flush(core, time);
}

void
shadow_start(struct core *core, unsigned slot)
{
	struct core_touch *told = &core->told[slot];
	bool touched = core->slots[slot].value[CORE_MT_ID] >= 0;

	*told = core->slots[slot];
	/* A contact that has come meanwhile: nothing of it is known there, so all of it is news. */
	for (unsigned i = 0; touched && i < CORE_MT_COUNT; i++) {
		if (core->panel.has_axis[CORE_MT_FIRST + i])
			told->value[i] = ~told->value[i];
	}
	told->value[CORE_MT_ID] = -1;
}

void
shadow_follow(struct core *core, uint32_t touched)
{
	for (uint32_t rest = touched; rest; rest &= rest - 1) {
		unsigned slot = (unsigned)__builtin_ctz(rest);

		core->told[slot] = core->slots[slot];
	}
	core->told_pointer = core->pointer;
	core->told_unseen = core->unseen_down;
	core->told_selected = core->selected;
}

void
shadow_withdraw(struct core *core, unsigned slot, struct usec time)
{
	struct core_touch touch = core->told[slot];

	if (!core->panel.has_axis[ABS_MT_TOOL_TYPE] || touch.value[CORE_MT_ID] < 0)
		return;
	touch.value[CORE_MT_TOOL_TYPE] = MT_TOOL_PALM;
	shadow_add(core, slot, &touch, time);
	shadow_finish(core, time);
}

void
shadow_lift_all(struct core *core, struct usec time)
{
	for (unsigned i = 0; i < CORE_SLOTS_MAX; i++) {
		if (core->told[i].value[CORE_MT_ID] >= 0)
			emit_lift(core, time, i);
	}
	for (uint64_t rest = core->told_unseen; rest; rest &= rest - 1) {
		emit_select(core, time, __builtin_ctzll(rest));
		emit(core, time, EV_ABS, ABS_MT_TRACKING_ID, -1);
	}
	core->told_unseen = 0;
	shadow_finish(core, time);
}
