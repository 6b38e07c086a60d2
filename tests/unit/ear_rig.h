/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The ear's recogniser without a core, on a panel of 70 x 140 mm: what touches is written as
 * patches in mm, what comes out is one line of text.
 * Included by the tests of driver/core/ear*; each test owns one rig.
 */
#ifndef SIDETOUCH_EAR_RIG_H
#define SIDETOUCH_EAR_RIG_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <glib.h>

#include "driver/core/ear.h"

struct ear_rig {
	struct ear ear;
	GString *log;
	uint64_t ms; /* now */
	enum ear_verdict verdict;
	bool sizeless; /* the panel does not say how large a contact is */
};

static void
ear_rig_event(void *data, const struct ear_event *event)
{
	struct ear_rig *rig = data;

	g_string_append_printf(rig->log, "%s%s %" G_GUINT64_FORMAT, rig->log->len ? ", " : "",
			       ear_kind_to_str(event->kind), event->time.us / 1000);
}

static inline struct ear_rig *
ear_rig_new(bool sizeless, enum ear_proximity proximity)
{
	struct ear_rig *rig = g_new0(struct ear_rig, 1);
	const struct ear_axes axes = {
	    .width_mm = 70,
	    .height_mm = 140,
	    .position_units_per_mm = 10,
	    .has_major = !sizeless,
	    .major_maximum = sizeless ? 0 : 2000,
	    .major_resolution = sizeless ? 0 : 10,
	};
	const struct ear_output output = {.event = ear_rig_event, .data = rig};

	rig->log = g_string_new(NULL);
	rig->ms = 1000;
	rig->sizeless = sizeless;
	ear_init(&rig->ear, &axes, &output);
	ear_set_proximity(&rig->ear, proximity, usec_from_ms(rig->ms));
	return rig;
}

static inline void
ear_rig_free(struct ear_rig *rig)
{
	g_string_free(rig->log, TRUE);
	g_free(rig);
}

/* Let so many milliseconds go by. */
static inline void
ear_rig_wait(struct ear_rig *rig, unsigned ms)
{
	rig->ms += ms;
	ear_tick(&rig->ear, usec_from_ms(rig->ms));
}

/* What touches after so many milliseconds more. */
static inline enum ear_verdict
ear_rig_frame(struct ear_rig *rig, unsigned after_ms, const struct ear_patch *patches,
	      unsigned count)
{
	struct ear_patch shown[16];

	ear_rig_wait(rig, after_ms);
	for (unsigned i = 0; i < count; i++) {
		shown[i] = patches[i];
		shown[i].length = patches[i].major_mm > 0 ? patches[i].major_mm * 10 : 1;
		if (rig->sizeless)
			shown[i] = (struct ear_patch){.place = patches[i].place, .length = 1};
	}
	rig->verdict = ear_frame(&rig->ear, usec_from_ms(rig->ms), shown, count);
	return rig->verdict;
}

/* An ear's two patches around a place, pressed on to this share, and merged above 0.8. */
static inline enum ear_verdict
ear_rig_ear(struct ear_rig *rig, unsigned after_ms, double x, double y, double share)
{
	const struct ear_patch graze = {{x - 4, y - 6}, 0, 9, 6};
	const struct ear_patch apart[] = {{{x - 7, y - 9}, 0, 22 * share + 4, 10},
					  {{x + 7, y + 9}, 0, 18 * share + 4, 9}};
	const struct ear_patch merged = {{x, y}, 0, 46, 20};

	if (share < 0.3)
		return ear_rig_frame(rig, after_ms, &graze, 1);
	if (share > 0.8)
		return ear_rig_frame(rig, after_ms, &merged, 1);
	return ear_rig_frame(rig, after_ms, apart, 2);
}

static inline enum ear_verdict
ear_rig_lift(struct ear_rig *rig, unsigned after_ms)
{
	return ear_rig_frame(rig, after_ms, NULL, 0);
}

/* A whole touch of about this many ms that moves by so much, frames 10 ms apart. */
static inline void
ear_rig_touch(struct ear_rig *rig, unsigned after_ms, double x, double y, unsigned ms, double by_x,
	      double by_y)
{
	ear_rig_ear(rig, after_ms, x, y, 0.1);
	for (unsigned at = 10; at < ms; at += 10) {
		double way = (double)at / ms;
		double press = at < 30 || at + 30 > ms ? 0.4 : at / 10 % 3 == 0 ? 0.6 : 1;

		ear_rig_ear(rig, 10, x + way * by_x, y + way * by_y, press);
	}
	ear_rig_ear(rig, 5, x + by_x, y + by_y, 0.1);
	ear_rig_lift(rig, 5);
}

/* One contact at rest, as long and as wide as told. */
static inline void
ear_rig_blob(struct ear_rig *rig, unsigned after_ms, double x, double y, double major, double minor,
	     unsigned ms)
{
	const struct ear_patch patch = {{x, y}, 0, major, minor};
	const struct ear_patch landing = {{x, y}, 0, major * 0.6, minor * 0.6};

	ear_rig_frame(rig, after_ms, &landing, 1);
	for (unsigned at = 10; at < ms; at += 10)
		ear_rig_frame(rig, 10, &patch, 1);
	ear_rig_lift(rig, 10);
}

/* What has come out since the last time, as "enter 1030, tap 1500". */
static inline void
ear_rig_expect(struct ear_rig *rig, const char *log)
{
	assert_string_equal(rig->log->str, log);
	g_string_truncate(rig->log, 0);
}

static inline void
ear_rig_proximity(struct ear_rig *rig, enum ear_proximity proximity)
{
	ear_set_proximity(&rig->ear, proximity, usec_from_ms(rig->ms));
}

/* Nothing came out, and nothing does. */
static inline void
ear_rig_no_ear(struct ear_rig *rig)
{
	ear_rig_wait(rig, 1000);
	ear_rig_expect(rig, "");
	assert_false(ear_is_on(&rig->ear));
}

#endif
