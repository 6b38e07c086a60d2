/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sends frames through the driver's own code, from the read of a panel's descriptor to what the
 * core has for the clone, so that valgrind can count what one costs. Run by
 * tests/integration/frame-cost.sh; the panel is a pipe, which reads like one. Owns the pipe and the
 * core.
 *
 * Usage: frame-cost FRAMES CONTACTS ON_PADS   (of the contacts, so many rest on pads and are
 * withheld) Prints how many frames the clone got; a touch lasts 64 frames, so landings and lifts
 * are in it.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "driver/core/core.h"
#include "driver/frame_reader.h"
#include "driver/sim_panel.h"

#define CONTACTS_MAX 10
/* Of a 120 Hz panel; 64 of them are 0.5 s, shorter than a hold. */
#define FRAME_US     8333
#define TOUCH_FRAMES 64
/* Slot, id, X, Y, major and minor of each contact; BTN_TOUCH, X, Y, SYN_REPORT. */
#define EVENTS_MAX (CONTACTS_MAX * 6 + 4)

struct cost {
	struct frame_reader reader;
	struct core *core;
	struct overlay overlay;
	unsigned contacts, on_pads;
	unsigned long shown; /* to the clone */
	struct input_event events[EVENTS_MAX];
	size_t count;
};

static void
on_shown(void *data, struct usec time, const struct core_event *events, size_t count)
{
	struct cost *cost = data;

	(void)time;
	(void)events;
	(void)count;
	cost->shown++;
}

static void
on_press(void *data, const struct core_press *press)
{
	(void)data;
	(void)press;
}

static void
on_touch(void *data, struct usec time)
{
	(void)data;
	(void)time;
}

static void
on_frame(void *data, struct usec time, const struct core_event *events, size_t count)
{
	core_frame(((struct cost *)data)->core, time, events, count);
}

static void
on_dropped(void *data, struct usec time)
{
	(void)data;
	(void)time;
	abort(); /* a pipe drops nothing */
}

static void
add(struct cost *cost, uint16_t type, uint16_t code, int32_t value)
{
	cost->events[cost->count++] =
	    (struct input_event){.type = type, .code = code, .value = value};
}

/* Contacts move a little with each frame: as little as a thumb that rests, and a slow finger. */
static void
add_contact(struct cost *cost, unsigned slot, unsigned long frame)
{
	struct mm_point place = {24.0 + slot * 3.0, 30.0 + slot * 8.0 + (double)(frame % 64) / 10};
	bool rests = slot < cost->on_pads;

	if (rests)
		place = cost->overlay.pads[slot % PAD_COUNT].centre;
	add(cost, EV_ABS, ABS_MT_SLOT, (int32_t)slot);
	if (frame % TOUCH_FRAMES == 0)
		add(cost, EV_ABS, ABS_MT_TRACKING_ID,
		    (int32_t)(frame / TOUCH_FRAMES * CONTACTS_MAX + slot) & 0xffff);
	if (frame % TOUCH_FRAMES == TOUCH_FRAMES - 1) {
		add(cost, EV_ABS, ABS_MT_TRACKING_ID, -1);
		return;
	}
	add(cost, EV_ABS, ABS_MT_POSITION_X, (int32_t)(place.x * 10) + (int32_t)(frame % 2));
	add(cost, EV_ABS, ABS_MT_POSITION_Y, (int32_t)(place.y * 10));
	add(cost, EV_ABS, ABS_MT_TOUCH_MAJOR, 70 + (int32_t)(frame % 3));
	add(cost, EV_ABS, ABS_MT_TOUCH_MINOR, 60 + (int32_t)(frame % 3));
}

static void
add_frame(struct cost *cost, unsigned long frame)
{
	uint64_t now_us = 1000000 + frame * FRAME_US;

	cost->count = 0;
	for (unsigned slot = 0; slot < cost->contacts; slot++)
		add_contact(cost, slot, frame);
	if (frame % TOUCH_FRAMES == 0)
		add(cost, EV_KEY, BTN_TOUCH, 1);
	if (frame % TOUCH_FRAMES == TOUCH_FRAMES - 1)
		add(cost, EV_KEY, BTN_TOUCH, 0);
	add(cost, EV_ABS, ABS_X, 240 + (int32_t)(frame % 2));
	add(cost, EV_ABS, ABS_Y, 300 + (int32_t)(frame % 64));
	add(cost, EV_SYN, SYN_REPORT, 0);
	for (size_t i = 0; i < cost->count; i++) {
		cost->events[i].input_event_sec = (time_t)(now_us / 1000000);
		cost->events[i].input_event_usec = (suseconds_t)(now_us % 1000000);
	}
}

static bool
run(struct cost *cost, unsigned long frames)
{
	static const struct frame_reader_events events = {on_frame, on_dropped};
	struct frame_reader *reader = &cost->reader;
	int ends[2];

	if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) < 0)
		return false;
	frame_reader_init(reader, &events, cost);
	for (unsigned long frame = 0; frame < frames; frame++) {
		size_t size;

		add_frame(cost, frame);
		size = cost->count * sizeof(cost->events[0]);
		if (write(ends[1], cost->events, size) != (ssize_t)size ||
		    frame_reader_read(reader, ends[0]) < 0)
			return false;
	}
	close(ends[0]);
	close(ends[1]);
	return true;
}

int
main(int argc, char **argv)
{
	static const struct core_output output = {
	    .frame = on_shown, .press = on_press, .touch = on_touch};
	struct cost cost = {0};
	struct core_panel panel;
	unsigned long frames = argc == 5 ? strtoul(argv[1], NULL, 10) : 0;

	cost.contacts = argc == 5 ? (unsigned)strtoul(argv[2], NULL, 10) : 0;
	cost.on_pads = argc == 5 ? (unsigned)strtoul(argv[3], NULL, 10) : 0;
	if (frames == 0 || cost.contacts == 0 || cost.contacts > CONTACTS_MAX) {
		fputs("Usage: frame-cost FRAMES CONTACTS ON_PADS far|unknown\n", stderr);
		return 2;
	}
	sim_panel_describe(sim_panel_find_model("phone"), &panel);
	if (overlay_default(panel.width_mm, panel.height_mm, &cost.overlay) < 0 ||
	    core_new(&panel, &cost.overlay, &output, &cost, &cost.core) < 0)
		return EXIT_FAILURE;
	core_set_listening(cost.core, true, usec_from_us(1));
	if (strcmp(argv[4], "far") == 0)
		core_set_proximity(cost.core, EAR_PROXIMITY_FAR, usec_from_us(1));
	if (!run(&cost, frames))
		return EXIT_FAILURE;
	printf("%lu\n", cost.shown);
	core_unref(cost.core);
	return EXIT_SUCCESS;
}
