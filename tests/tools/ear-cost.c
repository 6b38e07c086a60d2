/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ears through a core, for counting instructions: so many touches of so many contacts, each of
 * which moves and changes its size in every frame.
 * Run by tests/integration/ear-cost.sh under valgrind, which counts what play_frame() takes.
 * Usage: ear-cost near|far|unknown CONTACTS TOUCHES
 */
#include <linux/input-event-codes.h>
#include <stdio.h>
#include <stdlib.h>

#include "driver/core/core.h"

#define FRAME_US 8333 /* 120 a second, as phones do */
/* A swipe's length; then nothing touches for long enough to be told what it was. */
#define TOUCH_FRAMES 30
#define PAUSE_FRAMES 60

struct cost {
	struct core *core;
	uint64_t us;
	struct core_event events[CORE_SLOTS_MAX * 6];
	size_t count;
	int32_t next_id;
	unsigned gestures;
};

static void
on_frame(void *data, struct usec time, const struct core_event *events, size_t count)
{
	(void)data, (void)time, (void)events, (void)count;
}

static void
on_press(void *data, const struct core_press *press)
{
	(void)data, (void)press;
}

static void
on_touch(void *data, struct usec time)
{
	(void)data, (void)time;
}

static void
on_ear(void *data, const struct ear_event *event)
{
	struct cost *cost = data;

	cost->gestures += event->kind != EAR_ENTER && event->kind != EAR_LEAVE;
}

/* What the driver's loop does for a frame: what is due, the frame, and asking when to come back. */
__attribute__((noinline)) static void
play_frame(struct cost *cost)
{
	struct usec due, now = usec_from_us(cost->us);

	if (core_next_deadline(cost->core, &due) && !usec_before(now, due))
		core_tick(cost->core, now);
	core_frame(cost->core, now, cost->events, cost->count);
	(void)core_next_deadline(cost->core, &due);
}

static void
add(struct cost *cost, uint16_t code, int32_t value)
{
	cost->events[cost->count++] = (struct core_event){EV_ABS, code, value};
}

/* Two patches side by side, those below them, and so on: no cheek, and nothing on a pad. */
static void
put_contact(struct cost *cost, int32_t slot, unsigned frame)
{
	int32_t step = (int32_t)frame;

	add(cost, ABS_MT_SLOT, slot);
	if (frame == 0)
		add(cost, ABS_MT_TRACKING_ID, cost->next_id++);
	add(cost, ABS_MT_POSITION_X, 220 + 140 * (slot % 2) + 10 * step);
	add(cost, ABS_MT_POSITION_Y, 180 + 50 * slot + step);
	add(cost, ABS_MT_TOUCH_MAJOR, (frame < 4 ? 90 : 240) + step % 3);
	add(cost, ABS_MT_TOUCH_MINOR, 100 + step % 3);
}

static void
play_touch(struct cost *cost, unsigned contacts)
{
	for (unsigned frame = 0; frame < TOUCH_FRAMES; frame++) {
		cost->count = 0;
		for (unsigned slot = 0; slot < contacts; slot++)
			put_contact(cost, (int32_t)slot, frame);
		play_frame(cost);
		cost->us += FRAME_US;
	}
	cost->count = 0;
	for (unsigned slot = 0; slot < contacts; slot++) {
		add(cost, ABS_MT_SLOT, (int32_t)slot);
		add(cost, ABS_MT_TRACKING_ID, -1);
	}
	play_frame(cost);
	for (unsigned frame = 0; frame < PAUSE_FRAMES; frame++) {
		cost->us += FRAME_US;
		core_tick(cost->core, usec_from_us(cost->us));
	}
}

static void
make_core(struct cost *cost, enum ear_proximity proximity)
{
	static const struct core_output output = {
	    .frame = on_frame, .press = on_press, .touch = on_touch, .ear = on_ear};
	struct core_panel panel = {.x = {0, 680},
				   .y = {0, 1360},
				   .width_mm = 68,
				   .height_mm = 136,
				   .slots = 10,
				   .major = {0, 1000},
				   .major_resolution = 10};
	struct overlay overlay;

	panel.has_axis[ABS_MT_TOUCH_MAJOR] = panel.has_axis[ABS_MT_TOUCH_MINOR] = true;
	if (overlay_default(68, 136, &overlay) < 0 ||
	    core_new(&panel, &overlay, &output, cost, &cost->core) < 0)
		abort();
	cost->us = 1000000;
	core_set_listening(cost->core, true, usec_from_us(cost->us));
	core_set_proximity(cost->core, proximity, usec_from_us(cost->us));
}

int
main(int argc, char **argv)
{
	static struct cost cost;
	enum ear_proximity proximity;
	unsigned long contacts, touches;

	if (argc != 4 || !ear_proximity_from_str(argv[1], &proximity)) {
		fprintf(stderr, "usage: ear-cost near|far|unknown CONTACTS TOUCHES\n");
		return 2;
	}
	contacts = strtoul(argv[2], NULL, 10);
	touches = strtoul(argv[3], NULL, 10);
	if (contacts < 1 || contacts > 10 || touches < 1)
		return 2;
	make_core(&cost, proximity);
	for (unsigned long i = 0; i < touches; i++)
		play_touch(&cost, (unsigned)contacts);
	printf("%lu frames, %u gestures\n", touches * (TOUCH_FRAMES + 1), cost.gestures);
	core_unref(cost.core);
	return 0;
}
