/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A touchscreen and the kernel above it; see touch_kernel.h.
 * Called by the core's fuzzer and its tests.
 * Owns nothing.
 */
#include "tests/support/touch_kernel.h"

#include <string.h>

/* Where panels of LIFE_IDS_WRAP begin to count: few contacts before 0 comes again. */
#define WRAP_FIRST 0xfff8
#define TWINS      3

static void
describe_axes(const struct life_panel *panel, bool *has_axis)
{
	has_axis[ABS_MT_SLOT] = true;
	has_axis[ABS_MT_TRACKING_ID] = true;
	has_axis[ABS_MT_POSITION_X] = has_axis[ABS_MT_POSITION_Y] = true;
	has_axis[ABS_X] = has_axis[ABS_Y] = panel->single != 0;
	has_axis[ABS_MT_PRESSURE] = panel->pressure > 0;
	has_axis[ABS_PRESSURE] = panel->pressure > 1;
	has_axis[ABS_MT_TOUCH_MAJOR] = panel->sizes > 0;
	has_axis[ABS_MT_TOUCH_MINOR] = has_axis[ABS_MT_ORIENTATION] = panel->sizes > 1;
	has_axis[ABS_MT_TOOL_TYPE] = panel->tool_type != 0;
	has_axis[ABS_MT_DISTANCE] = panel->distance != 0;
}

/* What earlier contacts left in the slots. */
static void
use_slots(struct mt_reader *state)
{
	for (unsigned i = 0; i < state->slot_count; i++) {
		for (unsigned code = MT_READER_FIRST; code < MT_READER_FIRST + MT_READER_COUNT;
		     code++) {
			if (state->has_axis[code] && code != ABS_MT_TRACKING_ID)
				state->slots[i].value[code - MT_READER_FIRST] =
				    (int32_t)(i * 7 + code);
		}
	}
}

void
touch_kernel_init(struct touch_kernel *kernel, const struct life_panel *panel)
{
	struct mt_reader *state = &kernel->state;

	kernel->panel = *panel;
	kernel->slot = 0;
	kernel->next_id = panel->ids == LIFE_IDS_WRAP ? WRAP_FIRST : 0;
	kernel->touched = false;
	kernel->stamp = 0;
	kernel->count = 0;
	kernel->first_selected = 0;
	mt_reader_init(state, (unsigned)panel->slots);
	kernel->panel.slots = (int)state->slot_count;
	describe_axes(panel, state->has_axis);
	state->has_touch = panel->touch != LIFE_TOUCH_NONE;
	for (int i = 0; i < MT_READER_TOOLS; i++)
		state->has_tool[i] = i < panel->tools;
	if (panel->used)
		use_slots(state);
}

void
touch_kernel_describe(const struct touch_kernel *kernel, struct core_panel *out)
{
	int minimum = kernel->panel.minimum;

	*out = (struct core_panel){
	    .x = {minimum, minimum + LIFE_WIDTH},
	    .y = {minimum, minimum + LIFE_HEIGHT},
	    .width_mm = kernel->panel.size ? LIFE_WIDTH_MM : 0,
	    .height_mm = kernel->panel.size ? LIFE_HEIGHT_MM : 0,
	    .slots = kernel->state.slot_count,
	    .has_btn_touch = kernel->state.has_touch,
	    .counts_fingers = kernel->state.has_tool[1],
	};
	memcpy(out->has_axis, kernel->state.has_axis, sizeof(out->has_axis));
}

static void
send(struct touch_kernel *kernel, uint16_t type, uint16_t code, int32_t value)
{
	if (kernel->count < TOUCH_KERNEL_EVENTS_MAX)
		kernel->events[kernel->count++] = (struct core_event){type, code, value};
}

/* input_handle_abs_event() for a slot's axis. */
static void
report_mt(struct touch_kernel *kernel, uint16_t code, int32_t value)
{
	struct mt_reader *state = &kernel->state;
	int32_t *held = &state->slots[kernel->slot].value[code - MT_READER_FIRST];

	if (!state->has_axis[code] || *held == value)
		return;
	*held = value;
	if (state->selected != kernel->slot)
		send(kernel, EV_ABS, ABS_MT_SLOT, kernel->slot);
	state->selected = kernel->slot;
	send(kernel, EV_ABS, code, value);
}

static void
report_single(struct touch_kernel *kernel, uint16_t code, int32_t *held, int32_t value)
{
	if (!kernel->state.has_axis[code] || *held == value)
		return;
	*held = value;
	send(kernel, EV_ABS, code, value);
}

static void
report_key(struct touch_kernel *kernel, bool has, uint16_t code, bool *held, bool value)
{
	if (!has || *held == value)
		return;
	*held = value;
	send(kernel, EV_KEY, code, value);
}

static int32_t
new_id(struct touch_kernel *kernel)
{
	int32_t id = kernel->next_id;

	kernel->next_id = (id + 1) & 0xffff; /* TRKID_MAX */
	switch ((enum life_ids)kernel->panel.ids) {
	case LIFE_IDS_SLOT:
		return kernel->slot;
	case LIFE_IDS_TWINS:
		return id % TWINS;
	case LIFE_IDS_KERNEL:
	case LIFE_IDS_WRAP:
		break;
	}
	return id;
}

static int32_t
clamp(int value, int length)
{
	return value < 0 ? 0 : value > length ? length : value;
}

static void
place(struct touch_kernel *kernel, const struct life_step *step)
{
	int minimum = kernel->panel.minimum;

	report_mt(kernel, ABS_MT_POSITION_X, minimum + clamp(step->a[1], LIFE_WIDTH));
	report_mt(kernel, ABS_MT_POSITION_Y, minimum + clamp(step->a[2], LIFE_HEIGHT));
}

static void
do_raw(struct touch_kernel *kernel, const struct life_step *step)
{
	int value = step->a[2];

	/* SYN_REPORT and SYN_DROPPED are no events of a frame, and the kernel sends no slot that
	 * there is not. */
	if (step->a[0] == EV_SYN || step->a[0] < 0 || step->a[1] < 0)
		return;
	if (step->a[0] == EV_ABS && step->a[1] == ABS_MT_SLOT)
		value = (int)((unsigned)value % kernel->state.slot_count);
	send(kernel, (uint16_t)step->a[0], (uint16_t)step->a[1], value);
}

static void
do_value(struct touch_kernel *kernel, const struct life_step *step)
{
	int code = step->a[1];

	if (code > MT_READER_FIRST && code < MT_READER_FIRST + MT_READER_COUNT &&
	    code != ABS_MT_TRACKING_ID && code != ABS_MT_POSITION_X && code != ABS_MT_POSITION_Y)
		report_mt(kernel, (uint16_t)code, step->a[2]);
}

static void
do_touch(struct touch_kernel *kernel, const struct life_step *step)
{
	bool down;

	if (step->a[0] < 0 || (unsigned)step->a[0] >= kernel->state.slot_count)
		return;
	kernel->slot = step->a[0];
	down = mt_reader_id(&kernel->state.slots[kernel->slot]) >= 0;
	if (step->kind == LIFE_LIFT && down)
		report_mt(kernel, ABS_MT_TRACKING_ID, -1);
	else if (step->kind == LIFE_VALUE && down)
		do_value(kernel, step);
	else if (step->kind == (down ? LIFE_REPLACE : LIFE_LAND))
		report_mt(kernel, ABS_MT_TRACKING_ID, new_id(kernel));
	if (step->kind == (down ? LIFE_REPLACE : LIFE_LAND) || (step->kind == LIFE_MOVE && down))
		place(kernel, step);
}

void
touch_kernel_step(struct touch_kernel *kernel, const struct life_step *step)
{
	switch (step->kind) {
	case LIFE_LAND:
	case LIFE_MOVE:
	case LIFE_VALUE:
	case LIFE_LIFT:
	case LIFE_REPLACE:
		do_touch(kernel, step);
		break;
	case LIFE_KEY:
		send(kernel, EV_KEY, (uint16_t)step->a[0], step->a[1] != 0);
		break;
	case LIFE_RAW:
		do_raw(kernel, step);
		break;
	case LIFE_REPORT:
	case LIFE_LATE:
	case LIFE_DROP:
	case LIFE_RESYNC:
	case LIFE_TICK:
	case LIFE_LISTEN:
	case LIFE_SAMPLE:
	case LIFE_NEAR:
	case LIFE_EAR:
	case LIFE_UNPLUG:
	case LIFE_STEP_COUNT:
		break;
	}
}

/* input_mt_report_pointer_emulation() and _finger_count(). */
static void
emulate(struct touch_kernel *kernel)
{
	struct mt_reader *state = &kernel->state;
	const struct mt_reader_slot *first = mt_reader_oldest(state);
	unsigned down = mt_reader_down(state);
	bool counts = state->has_tool[1];
	bool touched = kernel->panel.touch == LIFE_TOUCH_LATE ? kernel->touched : down > 0;

	if (kernel->panel.touch != LIFE_TOUCH_NEVER)
		report_key(kernel, state->has_touch, BTN_TOUCH, &state->touch, touched);
	kernel->touched = down > 0;
	for (int i = 0; i < MT_READER_TOOLS; i++)
		report_key(kernel, state->has_tool[i], mt_reader_tool_code(i), &state->tool[i],
			   counts ? down == (unsigned)i + 1 : down > 0);
	if (first) {
		report_single(kernel, ABS_X, &state->x, mt_reader_value(first, ABS_MT_POSITION_X));
		report_single(kernel, ABS_Y, &state->y, mt_reader_value(first, ABS_MT_POSITION_Y));
	}
	report_single(kernel, ABS_PRESSURE, &state->pressure,
		      first ? mt_reader_value(first, ABS_MT_PRESSURE) : 0);
}

bool
touch_kernel_report(struct touch_kernel *kernel)
{
	emulate(kernel);
	if (kernel->panel.stamps)
		send(kernel, EV_MSC, MSC_TIMESTAMP, kernel->stamp += 8333);
	return kernel->count > 0;
}

void
touch_kernel_sent(struct touch_kernel *kernel)
{
	kernel->count = 0;
	kernel->first_selected = kernel->state.selected;
}

bool
touch_kernel_can_join(const struct touch_kernel *kernel)
{
	return kernel->state.selected == kernel->first_selected || kernel->count == 0 ||
	       kernel->events[0].code == ABS_MT_SLOT;
}

void
touch_kernel_read_slots(const struct touch_kernel *kernel, struct core_slot *slots)
{
	for (unsigned i = 0; i < kernel->state.slot_count; i++) {
		const struct mt_reader_slot *slot = &kernel->state.slots[i];

		slots[i] = (struct core_slot){.tracking_id = mt_reader_id(slot)};
		for (unsigned code = MT_READER_FIRST; code < MT_READER_FIRST + MT_READER_COUNT;
		     code++)
			slots[i].value[code] = mt_reader_value(slot, (uint16_t)code);
	}
}
