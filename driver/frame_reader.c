/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cuts what the kernel has queued into frames, and notices what it had to drop.
 * Called by driver/panel for each wake-up of a panel's descriptor.
 * Owns nothing beyond the struct its caller holds.
 */
#include "driver/frame_reader.h"

#include <errno.h>
#include <time.h>
#include <unistd.h>

void
frame_reader_init(struct frame_reader *reader, const struct frame_reader_events *events, void *data)
{
	reader->events = *events;
	reader->data = data;
	reader->count = 0;
	reader->dropping = false;
	reader->real_time = false;
	reader->ahead_us = reader->now_us = reader->last_us = 0;
}

static int64_t
clock_us(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* Anew at each read, for the wall's clock is set now and then. */
static void
compare_clocks(struct frame_reader *reader)
{
	if (!reader->real_time)
		return;
	reader->now_us = clock_us(CLOCK_MONOTONIC);
	reader->ahead_us = clock_us(CLOCK_REALTIME) - reader->now_us;
}

static struct usec
event_time(struct frame_reader *reader, const struct input_event *event)
{
	int64_t us = (int64_t)event->input_event_sec * 1000000 + event->input_event_usec;

	if (!reader->real_time)
		return usec_from_us(us > 0 ? (uint64_t)us : 0);
	us -= reader->ahead_us;
	/* The wall's clock was set since it was stamped: neither in the future nor before the last.
	 */
	if (us > reader->now_us)
		us = reader->now_us;
	if (us < reader->last_us)
		us = reader->last_us;
	reader->last_us = us;
	return usec_from_us((uint64_t)us);
}

/* False: a drop ended here, and nothing that was read after it counts. */
static bool
take_syn(struct frame_reader *reader, const struct input_event *event)
{
	size_t count = reader->count;

	if (event->code == SYN_DROPPED)
		reader->dropping = true;
	if (event->code != SYN_REPORT)
		return true;
	reader->count = 0;
	if (reader->dropping) {
		reader->dropping = false;
		reader->events.dropped(reader->data, event_time(reader, event));
		return false;
	}
	if (count == 0)
		return true;
	reader->frame[count] = (struct core_event){EV_SYN, SYN_REPORT, 0};
	reader->events.frame(reader->data, event_time(reader, event), reader->frame, count);
	return true;
}

/* SYN_MT_REPORT and whatever else there may be belongs to the frame. */
static inline bool
is_syn(const struct input_event *event)
{
	return event->type == EV_SYN && (event->code == SYN_REPORT || event->code == SYN_DROPPED);
}

/* All up to the next one that is_syn(), which is returned. */
static const struct input_event *
take_values(struct frame_reader *reader, const struct input_event *event,
	    const struct input_event *end)
{
	struct core_event *next = reader->frame + reader->count;
	const struct core_event *full = reader->frame + FRAME_READER_FRAME_EVENTS;

	for (; event < end && !is_syn(event); event++) {
		/* No panel has frames this long: if one comes, ask the kernel for the slots. */
		if (next == full)
			reader->dropping = true;
		else
			*next++ = (struct core_event){event->type, event->code, event->value};
	}
	reader->count = (size_t)(next - reader->frame);
	return event;
}

static void
take(struct frame_reader *reader, size_t count)
{
	const struct input_event *event = reader->buffer, *end = event + count;

	while ((event = take_values(reader, event, end)) < end) {
		if (!take_syn(reader, event++))
			return;
	}
}

static ssize_t
read_once(struct frame_reader *reader, int fd)
{
	ssize_t size;

	do
		size = read(fd, reader->buffer, sizeof(reader->buffer));
	while (size < 0 && errno == EINTR);
	if (size < 0)
		return -errno;
	/* evdev gives whole events or an error; anything else is no evdev device any more. */
	if (size == 0 || size % (ssize_t)sizeof(reader->buffer[0]) != 0)
		return -EIO;
	return size;
}

int
frame_reader_read(struct frame_reader *reader, int fd)
{
	ssize_t size;

	/* A full buffer need not be all there was, and the loop tells only of what comes. */
	do {
		size = read_once(reader, fd);
		if (size < 0)
			return (int)size;
		compare_clocks(reader);
		take(reader, (size_t)size / sizeof(reader->buffer[0]));
	} while (size == sizeof(reader->buffer));
	return 0;
}

int
frame_reader_discard(struct frame_reader *reader, int fd)
{
	ssize_t size;

	do
		size = read_once(reader, fd);
	while (size > 0);
	reader->count = 0;
	reader->dropping = false;
	return size == -EAGAIN ? 0 : (int)size;
}

void
frame_reader_prepend(struct frame_reader *reader, const struct core_event *event)
{
	reader->frame[0] = *event;
	reader->count = 1;
}
