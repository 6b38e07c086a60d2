/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From an evdev descriptor to whole frames: one read, any number of frames, no allocation.
 * Used by driver/panel on the path of every touch, where libevdev would read one event at a time,
 * read once more to learn that there is none, and discard a panel that sends an id twice.
 * Owns its buffers; the descriptor is the caller's.
 */
#ifndef SIDETOUCH_FRAME_READER_H
#define SIDETOUCH_FRAME_READER_H

#include <linux/input.h>
#include <stdbool.h>
#include <stddef.h>

#include "common/units.h"
#include "driver/core/core.h"

/* Six frames of a panel with ten slots and five axes each; a full evdev buffer holds about eight.
 */
#define FRAME_READER_READ_EVENTS 384
/* A frame in which each of 64 slots changes all of 14 axes: more than any panel has. */
#define FRAME_READER_FRAME_EVENTS 1024

struct frame_reader_events {
	/* Events up to SYN_REPORT, which is not counted but follows them; they may not be kept. */
	void (*frame)(void *data, struct usec time, const struct core_event *events, size_t count);
	/* The kernel dropped events (SYN_DROPPED): what was read after it is thrown away. The
	 * caller empties the descriptor with frame_reader_discard() and asks for the slots. */
	void (*dropped)(void *data, struct usec time);
};

struct frame_reader {
	struct frame_reader_events events;
	void *data;
	bool
	    real_time; /* set after init: events carry CLOCK_REALTIME, frames are to be monotonic */
	int64_t ahead_us; /* ... by how much, at the last read */
	int64_t now_us;   /* when that was, monotonic */
	int64_t last_us;  /* what the last frame was told to be */
	size_t count;     /* of frame[]: a frame of which the end has not been read */
	bool dropping;
	struct core_event frame[FRAME_READER_FRAME_EVENTS + 1]; /* its SYN_REPORT */
	struct input_event buffer[FRAME_READER_READ_EVENTS];
};

void frame_reader_init(struct frame_reader *reader, const struct frame_reader_events *events,
		       void *data);

/*
 * Read all there is and give out the frames that are now complete. 0 or -errno: -EAGAIN there was
 * nothing (more), -ENODEV the panel is gone, -EIO it cannot be read any more.
 */
int frame_reader_read(struct frame_reader *reader, int fd);

/* Throw away what is queued and begun. 0 or -errno, but not -EAGAIN. */
int frame_reader_discard(struct frame_reader *reader, int fd);

/* Put an event before those of the next frame: which slot it starts in. */
void frame_reader_prepend(struct frame_reader *reader, const struct core_event *event);

#endif
