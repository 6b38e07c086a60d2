/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a reader of a touchscreen knows of it, event by event: slots, ids, the pointer's emulation.
 * Used by the core's fuzzer on both sides of the core, and written from the kernel's documentation
 * (multi-touch-protocol.rst, input-mt.c) and libevdev's checks, not from driver/core.
 * A plain value; it owns nothing.
 */
#ifndef SIDETOUCH_MT_READER_H
#define SIDETOUCH_MT_READER_H

#include <linux/input-event-codes.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "driver/core/core.h"

#define MT_READER_SLOTS_MAX 64
/* ABS_MT_TOUCH_MAJOR to ABS_MT_TOOL_Y: what a slot holds. */
#define MT_READER_FIRST ABS_MT_TOUCH_MAJOR
#define MT_READER_COUNT (ABS_MT_TOOL_Y - ABS_MT_TOUCH_MAJOR + 1)
#define MT_READER_TOOLS 5 /* BTN_TOOL_FINGER, _DOUBLETAP, _TRIPLETAP, _QUADTAP, _QUINTTAP */

struct mt_reader_slot {
	int32_t value[MT_READER_COUNT]; /* that of ABS_MT_TRACKING_ID is -1 when nothing touches */
};

struct mt_reader {
	unsigned slot_count;
	bool has_axis[ABS_CNT];
	bool has_touch;
	bool has_tool[MT_READER_TOOLS];

	int32_t selected;
	struct mt_reader_slot slots[MT_READER_SLOTS_MAX];
	int32_t x, y, pressure;
	bool touch;
	bool tool[MT_READER_TOOLS];

	uint64_t landed; /* slots that had a contact land in the frame under way */
	/* What libevdev or libinput would log about the events so far; NULL: nothing. */
	const char *fault;
	int32_t fault_slot;
};

/* What a slot holds of one axis, an ABS_MT_... code. */
static inline int32_t
mt_reader_value(const struct mt_reader_slot *slot, uint16_t code)
{
	return slot->value[code - MT_READER_FIRST];
}

static inline int32_t
mt_reader_id(const struct mt_reader_slot *slot)
{
	return mt_reader_value(slot, ABS_MT_TRACKING_ID);
}

void mt_reader_init(struct mt_reader *reader, unsigned slot_count);
/* Take a frame's events; sets landed anew, and fault when something is wrong with them. */
void mt_reader_take(struct mt_reader *reader, const struct core_event *events, size_t count);
/* How many contacts there are. */
unsigned mt_reader_down(const struct mt_reader *reader);
/* The contact that came first: ids go round in 16 bits, half a round ahead is older (input-mt.c).
 * NULL: nothing touches. */
const struct mt_reader_slot *mt_reader_oldest(const struct mt_reader *reader);
/* Whether two contacts have one id, which no reader can tell apart. */
bool mt_reader_has_twins(const struct mt_reader *reader);
/*
 * What is wrong with the emulation beside the slots, as input_mt_report_pointer_emulation() makes
 * it; NULL: nothing. tools: whether the buttons that count fingers are judged too.
 */
const char *mt_reader_emulation_fault(const struct mt_reader *reader, bool tools);
/* Index of a button that counts fingers, or -1. */
int mt_reader_tool(uint16_t code);
uint16_t mt_reader_tool_code(int tool);

#endif
