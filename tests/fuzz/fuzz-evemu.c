/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as an evemu recording: refused with a line, or read; what is read is written and read
 * again as the same.
 * Run by tests/fuzz/run (libFuzzer).
 * Owns nothing between inputs.
 */
#include <linux/input-event-codes.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/cleanup.h"
#include "common/evemu.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_again(const struct evemu_recording *recording)
{
	_autofree_ char *text = NULL;
	g_autoptr(GError) error = NULL;
	struct evemu_recording *again;
	size_t size;
	FILE *stream = open_memstream(&text, &size);

	g_assert_cmpint(evemu_write_description(stream, &recording->device), ==, 0);
	for (size_t i = 0; i < recording->event_count; i++)
		g_assert_cmpint(evemu_write_event(stream, &recording->events[i]), ==, 0);
	g_assert_cmpint(fclose(stream), ==, 0);
	again = evemu_parse("again", text, size, NULL, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(recording->device.name, ==, again->device.name);
	/* Of other types, and past the last axis, a line may hold what no device has. */
	g_assert_cmpmem(recording->device.codes[EV_KEY], KEY_CNT / 8, again->device.codes[EV_KEY],
			KEY_CNT / 8);
	g_assert_cmpmem(recording->device.codes[EV_ABS], ABS_CNT / 8, again->device.codes[EV_ABS],
			ABS_CNT / 8);
	g_assert_cmpuint(recording->event_count, ==, again->event_count);
	for (size_t i = 0; i < recording->event_count; i++) {
		g_assert_cmpuint(recording->events[i].time.us, ==, again->events[i].time.us);
		g_assert_cmpint(recording->events[i].value, ==, again->events[i].value);
	}
	evemu_free(again);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(GError) error = NULL;
	struct evemu_recording *recording =
	    evemu_parse("f", (const char *)data, size, NULL, &error);

	if (!recording) {
		g_assert_true(g_str_has_prefix(error->message, "f:"));
		g_assert_true(g_ascii_isdigit(error->message[2]));
		return 0;
	}
	g_assert_null(error);
	for (size_t i = 1; i < recording->event_count; i++)
		g_assert_cmpuint(recording->events[i - 1].time.us, <=,
				 recording->events[i].time.us);
	check_again(recording);
	evemu_free(recording);
	return 0;
}
