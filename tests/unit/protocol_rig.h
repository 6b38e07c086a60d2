/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A translator between a made-up panel and a core whose frames are kept: what both tests of
 * driver/protocol feed and look at.
 * Included by tests/unit/test-protocol*.c.
 * Owns what struct rig holds until rig_close().
 */
#ifndef SIDETOUCH_TEST_PROTOCOL_RIG_H
#define SIDETOUCH_TEST_PROTOCOL_RIG_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>
#include <linux/input.h>
#include <string.h>

#include "driver/protocol.h"

/* 100 x 100 mm, ten units a mm; one pad in the top left corner counts. */
#define RANGE     1000
#define PAD_UNITS 50
#define MIDDLE    500

struct rig {
	struct core *core;
	struct translator *translator;
	const struct core_event *shown;
	uint64_t time_ms;
	GArray *out; /* of core_event; a SYN_REPORT ends each frame */
	unsigned frames, downs, ups, cancels;
	bool unchanged; /* the last frame went out as it came in */
};

static inline void
on_frame(void *data, struct usec time, const struct core_event *events, size_t count)
{
	struct rig *rig = data;
	struct core_event end = {EV_SYN, SYN_REPORT, 0};

	(void)time;
	rig->unchanged = events == rig->shown;
	events = translator_from_slots(rig->translator, events, count, &count);
	g_array_append_vals(rig->out, events, (guint)count);
	g_array_append_val(rig->out, end);
	rig->frames++;
}

static inline void
on_press(void *data, const struct core_press *press)
{
	struct rig *rig = data;

	rig->downs += press->phase == PRESS_DOWN;
	rig->ups += press->phase == PRESS_UP;
	rig->cancels += press->phase == PRESS_CANCEL;
}

static inline void
on_touch(void *data, struct usec time)
{
	(void)data;
	(void)time;
}

static const struct core_output output = {.frame = on_frame, .press = on_press, .touch = on_touch};

static inline struct core_panel
describe(bool multi, bool btn_touch)
{
	struct core_panel panel = {
	    .x = {0, RANGE},
	    .y = {0, RANGE},
	    .width_mm = RANGE / 10.0,
	    .height_mm = RANGE / 10.0,
	    .has_btn_touch = btn_touch,
	};

	panel.has_axis[multi ? ABS_MT_POSITION_X : ABS_X] = true;
	panel.has_axis[multi ? ABS_MT_POSITION_Y : ABS_Y] = true;
	return panel;
}

static inline void
rig_open(struct rig *rig, bool multi, bool btn_touch)
{
	struct core_panel panel = describe(multi, btn_touch);
	enum protocol protocol = protocol_prepare(&panel);
	struct overlay overlay = {0};

	*rig = (struct rig){.out = g_array_new(FALSE, FALSE, sizeof(struct core_event))};
	overlay.pads[PAD_LEFT_TOP] = (struct overlay_pad){{5, 5}, 6.5};
	for (unsigned i = 1; i < PAD_COUNT; i++)
		overlay.pads[i] = (struct overlay_pad){{-100, -100}, 1};
	assert_int_equal(translator_new(protocol, &panel, &rig->translator), 0);
	assert_int_equal(core_new(&panel, &overlay, &output, rig, &rig->core), 0);
	core_set_listening(rig->core, true, usec_from_us(0));
}

static inline void
rig_close(struct rig *rig)
{
	rig->core = core_unref(rig->core);
	rig->translator = translator_free(rig->translator);
	g_array_unref(rig->out);
}

/* Give the core a frame, 10 ms after the last one, and forget what came out before. */
static inline void
feed(struct rig *rig, const struct core_event *events, size_t count)
{
	g_array_set_size(rig->out, 0);
	rig->frames = 0;
	rig->unchanged = false;
	rig->time_ms += 10;
	rig->shown = translator_to_slots(rig->translator, events, count, &count);
	core_frame(rig->core, usec_from_ms(rig->time_ms), rig->shown, count);
	rig->shown = NULL;
}

#define FEED(rig, ...)                                                                             \
	do {                                                                                       \
		const struct core_event events_[] = {__VA_ARGS__};                                 \
		feed(rig, events_, G_N_ELEMENTS(events_));                                         \
	} while (0)

/* The only frame that came out, its end left out. */
#define ASSERT_OUT(rig, ...)                                                                       \
	do {                                                                                       \
		const struct core_event expected_[] = {__VA_ARGS__};                               \
		assert_int_equal((rig)->frames, 1);                                                \
		assert_int_equal((rig)->out->len, G_N_ELEMENTS(expected_) + 1);                    \
		assert_memory_equal((rig)->out->data, expected_, sizeof(expected_));               \
	} while (0)

#define TOUCH(value)                                                                               \
	{                                                                                          \
		EV_KEY, BTN_TOUCH, value                                                           \
	}
#define X(value)                                                                                   \
	{                                                                                          \
		EV_ABS, ABS_X, value                                                               \
	}
#define Y(value)                                                                                   \
	{                                                                                          \
		EV_ABS, ABS_Y, value                                                               \
	}
#define AT(x, y) {EV_ABS, ABS_MT_POSITION_X, x}, {EV_ABS, ABS_MT_POSITION_Y, y}, NOTHING
#define NOTHING                                                                                    \
	{                                                                                          \
		EV_SYN, SYN_MT_REPORT, 0                                                           \
	}

#endif
