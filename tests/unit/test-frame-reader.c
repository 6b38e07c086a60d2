/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Frames out of what a descriptor gives: what belongs to them, and whose clock they are told by.
 * Run by tests/run; a pipe stands for the panel.
 * Owns the pipe.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <linux/input.h>
#include <unistd.h>

#include "driver/frame_reader.h"

static void
on_read_frame(void *data, struct usec time, const struct core_event *events, size_t count)
{
	assert_int_equal(count, 1);
	assert_int_equal(events[0].code, ABS_X);
	*(struct usec *)data = time;
}

static void
on_read_dropped(void *data, struct usec time)
{
	(void)data;
	(void)time;
	fail();
}

/* A panel whose events carry the wall's time gives frames in the monotonic one. */
static void
test_real_time(void **state)
{
	static const struct frame_reader_events events = {on_read_frame, on_read_dropped};
	g_autofree struct frame_reader *reader = g_new0(struct frame_reader, 1);
	gint64 before = g_get_monotonic_time(), wall = g_get_real_time();
	struct input_event raw[2] = {{.type = EV_ABS, .code = ABS_X, .value = 1}, {.type = EV_SYN}};
	struct usec time = usec_from_us(0);
	int ends[2];

	(void)state;
	raw[0].input_event_sec = raw[1].input_event_sec = wall / G_USEC_PER_SEC;
	raw[0].input_event_usec = raw[1].input_event_usec = wall % G_USEC_PER_SEC;
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], raw, sizeof(raw)), sizeof(raw));
	frame_reader_init(reader, &events, &time);
	reader->real_time = true;
	assert_int_equal(frame_reader_read(reader, ends[0]), 0);
	/* 10 ms for a wall clock that is being set meanwhile. */
	assert_true(time.us + 10000 >= (uint64_t)before);
	assert_true(time.us <= (uint64_t)g_get_monotonic_time() + 10000);
	close(ends[0]);
	close(ends[1]);
}

static void
write_frame(int fd, gint64 us)
{
	struct input_event raw[2] = {{.type = EV_ABS, .code = ABS_X, .value = 1}, {.type = EV_SYN}};

	raw[0].input_event_sec = raw[1].input_event_sec = us / G_USEC_PER_SEC;
	raw[0].input_event_usec = raw[1].input_event_usec = us % G_USEC_PER_SEC;
	assert_int_equal(write(fd, raw, sizeof(raw)), sizeof(raw));
}

/* The wall's clock is set, back or on by an hour, between a frame and its reading: its time is
 * never in the future, where a hold would be told at once and a pad be deaf for an hour, nor goes
 * back. */
static void
test_real_time_is_set(void **state)
{
	static const struct frame_reader_events events = {on_read_frame, on_read_dropped};
	static const gint64 steps[] = {0, 3600, 0, -3600, -1, 1, 0};
	g_autofree struct frame_reader *reader = g_new0(struct frame_reader, 1);
	struct usec time = usec_from_us(0), before = time;
	int ends[2];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	frame_reader_init(reader, &events, &time);
	reader->real_time = true;
	for (size_t i = 0; i < G_N_ELEMENTS(steps); i++) {
		write_frame(ends[1], g_get_real_time() + steps[i] * G_USEC_PER_SEC);
		assert_int_equal(frame_reader_read(reader, ends[0]), 0);
		assert_true(time.us >= before.us);
		assert_true(time.us <= (uint64_t)g_get_monotonic_time());
		before = time;
	}
	close(ends[0]);
	close(ends[1]);
}

static void
on_list(void *data, struct usec time, const struct core_event *events, size_t count)
{
	GString *list = data;

	(void)time;
	assert_int_equal(events[count].type, EV_SYN);
	assert_int_equal(events[count].code, SYN_REPORT);
	for (size_t i = 0; i < count; i++)
		g_string_append_printf(list, "%d:%d ", events[i].type, events[i].code);
	g_string_append(list, "|");
}

/* The ends of anonymous contacts belong to their frame. */
static void
test_mt_report(void **state)
{
	static const struct frame_reader_events events = {on_list, on_read_dropped};
	g_autofree struct frame_reader *reader = g_new0(struct frame_reader, 1);
	g_autoptr(GString) list = g_string_new(NULL);
	const struct input_event raw[] = {
	    {.type = EV_ABS, .code = ABS_MT_POSITION_X, .value = 1},
	    {.type = EV_SYN, .code = SYN_MT_REPORT},
	    {.type = EV_SYN, .code = SYN_REPORT},
	    {.type = EV_SYN, .code = SYN_MT_REPORT},
	    {.type = EV_SYN, .code = SYN_REPORT},
	};
	int ends[2];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], raw, sizeof(raw)), sizeof(raw));
	frame_reader_init(reader, &events, list);
	assert_int_equal(frame_reader_read(reader, ends[0]), 0);
	assert_string_equal(list->str, "3:53 0:2 |0:2 |");
	close(ends[0]);
	close(ends[1]);
}

static void
on_count(void *data, struct usec time, const struct core_event *events, size_t count)
{
	unsigned *frames = data;

	(void)time;
	(void)count;
	assert_int_equal(events[0].value, (int32_t)*frames);
	++*frames;
}

/* The loop tells once of what came: what one read leaves behind would stay there. */
static void
read_frames(unsigned count)
{
	static const struct frame_reader_events events = {on_count, on_read_dropped};
	g_autofree struct frame_reader *reader = g_new0(struct frame_reader, 1);
	g_autofree struct input_event *raw = g_new0(struct input_event, 2 * (size_t)count);
	ssize_t size = (ssize_t)(2 * count * sizeof(*raw));
	unsigned frames = 0;
	int ends[2];

	for (unsigned i = 0; i < count; i++)
		raw[2 * i] = (struct input_event){.type = EV_ABS, .value = (int32_t)i};
	assert_int_equal(pipe2(ends, O_CLOEXEC | O_NONBLOCK), 0);
	assert_int_equal(write(ends[1], raw, (size_t)size), size);
	frame_reader_init(reader, &events, &frames);
	/* Of a buffer that was full to the last byte only the next read tells that it was all. */
	assert_int_equal(frame_reader_read(reader, ends[0]),
			 2 * count % FRAME_READER_READ_EVENTS == 0 ? -EAGAIN : 0);
	assert_int_equal(frames, count);
	close(ends[0]);
	close(ends[1]);
}

static void
test_many_frames(void **state)
{
	(void)state;
	read_frames(FRAME_READER_READ_EVENTS / 2 - 1);
	read_frames(FRAME_READER_READ_EVENTS / 2);
	read_frames(FRAME_READER_READ_EVENTS / 2 + 1);
	read_frames(FRAME_READER_READ_EVENTS * 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_real_time),
	    cmocka_unit_test(test_real_time_is_set),
	    cmocka_unit_test(test_mt_report),
	    cmocka_unit_test(test_many_frames),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
