/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A touchscreen as its reader sees it; see mt_reader.h.
 * Called by the core's fuzzer and its tests.
 * Owns nothing.
 */
#include "tests/support/mt_reader.h"

#include <string.h>

static const uint16_t tool_codes[MT_READER_TOOLS] = {
    BTN_TOOL_FINGER, BTN_TOOL_DOUBLETAP, BTN_TOOL_TRIPLETAP, BTN_TOOL_QUADTAP, BTN_TOOL_QUINTTAP,
};

int
mt_reader_tool(uint16_t code)
{
	for (int i = 0; i < MT_READER_TOOLS; i++) {
		if (tool_codes[i] == code)
			return i;
	}
	return -1;
}

uint16_t
mt_reader_tool_code(int tool)
{
	return tool_codes[tool];
}

void
mt_reader_init(struct mt_reader *reader, unsigned slot_count)
{
	memset(reader, 0, sizeof(*reader));
	reader->slot_count = slot_count < MT_READER_SLOTS_MAX ? slot_count : MT_READER_SLOTS_MAX;
	for (unsigned i = 0; i < MT_READER_SLOTS_MAX; i++)
		reader->slots[i].value[ABS_MT_TRACKING_ID - MT_READER_FIRST] = -1;
}

static void
set_fault(struct mt_reader *reader, const char *fault)
{
	reader->fault = fault;
	reader->fault_slot = reader->selected;
}

static void
take_id(struct mt_reader *reader, int32_t id)
{
	int32_t *held =
	    &reader->slots[reader->selected].value[ABS_MT_TRACKING_ID - MT_READER_FIRST];

	id = id < 0 ? -1 : id;
	/* libevdev: "received a double tracking ID"; it throws the event away, and what follows
	 * in the slot belongs to the wrong contact. The kernel keeps equal ones to itself. */
	if (id >= 0 && *held >= 0 && id != *held)
		set_fault(reader, "an id on top of another in one slot");
	if (id < 0 && *held < 0)
		set_fault(reader, "a contact lifted that was not there");
	if (id >= 0 && id != *held)
		reader->landed |= UINT64_C(1) << reader->selected;
	*held = id;
}

static void
take_abs(struct mt_reader *reader, uint16_t code, int32_t value)
{
	if (code == ABS_MT_SLOT) {
		/* The kernel does not take a slot that there is not. */
		if (value >= 0 && (unsigned)value < reader->slot_count)
			reader->selected = value;
		else
			set_fault(reader, "a slot that there is not");
	} else if (code == ABS_MT_TRACKING_ID) {
		take_id(reader, value);
	} else if (code >= MT_READER_FIRST && code < MT_READER_FIRST + MT_READER_COUNT) {
		reader->slots[reader->selected].value[code - MT_READER_FIRST] = value;
	} else if (code == ABS_X) {
		reader->x = value;
	} else if (code == ABS_Y) {
		reader->y = value;
	} else if (code == ABS_PRESSURE) {
		reader->pressure = value;
	}
}

static void
take_key(struct mt_reader *reader, uint16_t code, int32_t value)
{
	int tool = mt_reader_tool(code);

	if (code == BTN_TOUCH)
		reader->touch = value != 0;
	else if (tool >= 0)
		reader->tool[tool] = value != 0;
}

void
mt_reader_take(struct mt_reader *reader, const struct core_event *events, size_t count)
{
	reader->landed = 0;
	for (size_t i = 0; i < count; i++) {
		const struct core_event *event = &events[i];

		if (event->type == EV_ABS)
			take_abs(reader, event->code, event->value);
		else if (event->type == EV_KEY)
			take_key(reader, event->code, event->value);
	}
}

unsigned
mt_reader_down(const struct mt_reader *reader)
{
	unsigned count = 0;

	for (unsigned i = 0; i < reader->slot_count; i++)
		count += mt_reader_id(&reader->slots[i]) >= 0;
	return count;
}

bool
mt_reader_has_twins(const struct mt_reader *reader)
{
	for (unsigned i = 1; i < reader->slot_count; i++) {
		int32_t id = mt_reader_id(&reader->slots[i]);

		for (unsigned j = 0; id >= 0 && j < i; j++) {
			if (mt_reader_id(&reader->slots[j]) == id)
				return true;
		}
	}
	return false;
}

const struct mt_reader_slot *
mt_reader_oldest(const struct mt_reader *reader)
{
	const struct mt_reader_slot *found = NULL;

	for (unsigned i = 0; i < reader->slot_count; i++) {
		const struct mt_reader_slot *slot = &reader->slots[i];

		if (mt_reader_id(slot) < 0)
			continue;
		if (!found || (int16_t)(mt_reader_id(slot) - mt_reader_id(found)) < 0)
			found = slot;
	}
	return found;
}

static const char *
tool_fault(const struct mt_reader *reader, unsigned down)
{
	bool counts = reader->has_tool[1];

	for (unsigned i = 0; i < MT_READER_TOOLS; i++) {
		bool wanted = reader->has_tool[i] && (counts ? down == i + 1 : down > 0);

		if (reader->tool[i] != wanted)
			return "a button that counts fingers is wrong";
	}
	return NULL;
}

const char *
mt_reader_emulation_fault(const struct mt_reader *reader, bool tools)
{
	const struct mt_reader_slot *first = mt_reader_oldest(reader);
	unsigned down = mt_reader_down(reader);

	if (reader->has_touch && reader->touch != (down > 0))
		return "BTN_TOUCH does not say whether anything touches";
	if (first && reader->has_axis[ABS_X] &&
	    reader->x != mt_reader_value(first, ABS_MT_POSITION_X))
		return "ABS_X is not the oldest contact's";
	if (first && reader->has_axis[ABS_Y] &&
	    reader->y != mt_reader_value(first, ABS_MT_POSITION_Y))
		return "ABS_Y is not the oldest contact's";
	if (reader->has_axis[ABS_PRESSURE] &&
	    reader->pressure != (first ? mt_reader_value(first, ABS_MT_PRESSURE) : 0))
		return "ABS_PRESSURE is not the oldest contact's";
	return tools ? tool_fault(reader, down) : NULL;
}
