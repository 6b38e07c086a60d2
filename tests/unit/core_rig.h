/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A core and a panel of 70 x 140 mm for tests: what touches is written as slots and millimetres,
 * what comes out is one line of text, and the clone is followed slot by slot.
 * Included by the tests of driver/core; each test owns one rig.
 * The left top pad is at 5,60 mm, the left middle one at 5,85; right pads are at 65.
 */
#ifndef SIDETOUCH_CORE_RIG_H
#define SIDETOUCH_CORE_RIG_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <glib.h>
#include <linux/input.h>
#include <math.h>

#include "driver/core/core.h"

#define RIG_SLOTS 10

struct rig {
	struct core *core;
	uint64_t ms; /* now */
	GString *log;
	int next_id;
	struct core_event events[128];
	size_t count;
	struct rig_slot {
		int id;
		double x, y;
	} panel[16], clone[16];
	int slot;       /* the clone's */
	int panel_slot; /* the panel's as sent last */
	unsigned frames;
	unsigned landed; /* on the clone */
	unsigned palms;  /* contacts that the clone told to be palms */
	bool doubled;    /* a tracking id over another one without a lift */
};

static void
rig_clone_frame(void *data, struct usec time, const struct core_event *events, size_t count)
{
	struct rig *rig = data;

	(void)time;
	rig->frames++;
	for (size_t i = 0; i < count; i++) {
		struct rig_slot *slot = &rig->clone[rig->slot];

		if (events[i].type != EV_ABS)
			continue;
		if (events[i].code == ABS_MT_SLOT)
			rig->slot = events[i].value;
		else if (events[i].code == ABS_MT_POSITION_X)
			slot->x = events[i].value / 10.0;
		else if (events[i].code == ABS_MT_POSITION_Y)
			slot->y = events[i].value / 10.0;
		rig->palms += events[i].code == ABS_MT_TOOL_TYPE && events[i].value == MT_TOOL_PALM;
		if (events[i].code != ABS_MT_TRACKING_ID)
			continue;
		rig->doubled |= events[i].value >= 0 && slot->id >= 0;
		rig->landed += events[i].value >= 0;
		slot->id = events[i].value;
	}
}

static void
rig_say(struct rig *rig, const char *what, const char *phase, struct usec time)
{
	g_string_append_printf(rig->log, "%s%s %s %" G_GUINT64_FORMAT, rig->log->len ? ", " : "",
			       what, phase, time.us / 1000);
}

static void
rig_press(void *data, const struct core_press *press)
{
	rig_say(data, pad_to_str(press->pad), press_phase_to_str(press->phase), press->time);
}

static void
rig_chord(void *data, const struct core_chord *chord)
{
	g_autofree char *pads =
	    g_strdup_printf("%s+%s", pad_to_str(chord->pads[0]), pad_to_str(chord->pads[1]));

	rig_say(data, pads, press_phase_to_str(chord->phase), chord->time);
}

static void
rig_notice(void *data, enum core_notice notice, struct usec time)
{
	rig_say(data, "escape", notice == CORE_NOTICE_ESCAPE_ON ? "on" : "off", time);
}

static void
rig_ear(void *data, const struct ear_event *event)
{
	rig_say(data, "ear", ear_kind_to_str(event->kind), event->time);
}

static void
rig_touch(void *data, struct usec time)
{
	(void)data;
	(void)time;
}

static struct rig *
rig_new(unsigned slots, const int *axes, size_t axis_count)
{
	static const struct core_output output = {
	    .frame = rig_clone_frame,
	    .press = rig_press,
	    .touch = rig_touch,
	    .chord = rig_chord,
	    .notice = rig_notice,
	    .ear = rig_ear,
	};
	struct rig *rig = g_new0(struct rig, 1);
	struct core_panel panel = {.x = {0, 700},
				   .y = {0, 1400},
				   .width_mm = 70,
				   .height_mm = 140,
				   .slots = slots,
				   .has_btn_touch = true};
	struct overlay overlay;

	panel.has_axis[ABS_MT_SLOT] = panel.has_axis[ABS_MT_TRACKING_ID] = true;
	panel.has_axis[ABS_MT_POSITION_X] = panel.has_axis[ABS_MT_POSITION_Y] = true;
	for (size_t i = 0; i < axis_count; i++)
		panel.has_axis[axes[i]] = true;
	if (panel.has_axis[ABS_MT_TOUCH_MAJOR]) {
		panel.major = (struct core_axis){0, 1000};
		panel.major_resolution = 10;
	}
	assert_int_equal(overlay_default(70, 140, &overlay), 0);
	for (unsigned row = 0; row < 3; row++) {
		overlay.pads[PAD_LEFT_TOP + row].centre = (struct mm_point){5, 60 + 25 * row};
		overlay.pads[PAD_RIGHT_TOP + row].centre = (struct mm_point){65, 60 + 25 * row};
	}
	for (unsigned i = 0; i < 16; i++)
		rig->panel[i].id = rig->clone[i].id = -1;
	rig->log = g_string_new(NULL);
	rig->ms = 1000;
	rig->next_id = 1;
	assert_int_equal(core_new(&panel, &overlay, &output, rig, &rig->core), 0);
	core_set_listening(rig->core, true, usec_from_ms(rig->ms));
	return rig;
}

static void
rig_free(struct rig *rig)
{
	core_unref(rig->core);
	g_string_free(rig->log, TRUE);
	g_free(rig);
}

/* --- the next frame, event by event --- */

static inline void
rig_add(struct rig *rig, uint16_t type, uint16_t code, int32_t value)
{
	rig->events[rig->count++] = (struct core_event){type, code, value};
}

static inline void
rig_axis(struct rig *rig, int slot, uint16_t code, int32_t value)
{
	if (rig->panel_slot != slot)
		rig_add(rig, EV_ABS, ABS_MT_SLOT, slot);
	rig->panel_slot = slot;
	rig_add(rig, EV_ABS, code, value);
}

static inline void
rig_at(struct rig *rig, int slot, double x, double y)
{
	rig->panel[slot].x = x;
	rig->panel[slot].y = y;
	rig_axis(rig, slot, ABS_MT_POSITION_X, (int32_t)lround(x * 10));
	rig_axis(rig, slot, ABS_MT_POSITION_Y, (int32_t)lround(y * 10));
}

static inline void
rig_down(struct rig *rig, int slot, double x, double y)
{
	rig->panel[slot].id = rig->next_id++;
	rig_axis(rig, slot, ABS_MT_TRACKING_ID, rig->panel[slot].id);
	rig_at(rig, slot, x, y);
}

static inline void
rig_up(struct rig *rig, int slot)
{
	rig->panel[slot].id = -1;
	rig_axis(rig, slot, ABS_MT_TRACKING_ID, -1);
}

/* --- time and frames --- */

/* Let so many milliseconds go by; deadlines are kept when they are due. */
static inline void
rig_wait(struct rig *rig, unsigned ms)
{
	struct usec due, until = usec_from_ms(rig->ms + ms);

	while (core_next_deadline(rig->core, &due) && !usec_before(until, due))
		core_tick(rig->core, due);
	rig->ms += ms;
}

/* Send what was put together, so many milliseconds after the last. */
static inline void
rig_frame(struct rig *rig, unsigned after_ms)
{
	rig_wait(rig, after_ms);
	core_frame(rig->core, usec_from_ms(rig->ms), rig->events, rig->count);
	rig->count = 0;
}

/* In a straight line, a frame each 10 ms. */
static inline void
rig_move(struct rig *rig, int slot, double x, double y, unsigned ms)
{
	struct rig_slot from = rig->panel[slot];

	for (unsigned at = 10; at <= ms; at += 10) {
		double share = (double)at / ms;

		rig_at(rig, slot, from.x + share * (x - from.x), from.y + share * (y - from.y));
		rig_frame(rig, 10);
	}
}

/* A whole touch at one place. */
static inline void
rig_tap(struct rig *rig, int slot, double x, double y, unsigned ms)
{
	rig_down(rig, slot, x, y);
	rig_frame(rig, 10);
	rig_up(rig, slot);
	rig_frame(rig, ms);
}

/* What has come out since the last time, as "left-top down 1010, left-top up 1070". */
static inline void
rig_expect(struct rig *rig, const char *log)
{
	assert_string_equal(rig->log->str, log);
	g_string_truncate(rig->log, 0);
}

static inline unsigned
rig_clone_down(const struct rig *rig)
{
	unsigned down = 0;

	for (unsigned i = 0; i < 16; i++)
		down += rig->clone[i].id >= 0;
	return down;
}

/* Every contact that ended is somebody's, the clone is where it should be, and nothing is down. */
static inline void
rig_expect_end(struct rig *rig)
{
	struct core_counts counts = core_get_counts(rig->core);

	assert_int_equal(counts.contacts, counts.passed + counts.pressed + counts.ear);
	assert_int_equal(rig_clone_down(rig), 0);
	assert_true(core_is_idle(rig->core));
	assert_false(rig->doubled);
	rig_expect(rig, "");
}

#endif
