/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Recordings as they are found: old and new evemu, edited by hand, with what panels really say; and
 * what is cut off or something else, told by its line.
 * Run by tests/run. What is read is played and written again: the events are the same ones.
 * Owns nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>
#include <linux/input-event-codes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/evemu.h"
#include "ctl/replay_run.h"

/* BTN_TOUCH is bit 2 of byte 41 of the keys. */
#define KEY_LINES                                                                                  \
	"B: 00 0b 00 00 00 00 00 00 00\n"                                                          \
	"B: 01 00 00 00 00 00 00 00 00\nB: 01 00 00 00 00 00 00 00 00\n"                           \
	"B: 01 00 00 00 00 00 00 00 00\nB: 01 00 00 00 00 00 00 00 00\n"                           \
	"B: 01 00 00 00 00 00 00 00 00\nB: 01 00 04 00 00 00 00 00 00\n"

#define SLOTS                                                                                      \
	"# EVEMU 1.2\nN: A panel\nI: 0018 04f3 0020 0100\nP: 02 00 00 00 00 00 00 00\n" KEY_LINES  \
	"B: 03 00 00 00 00 00 80 60 02\n"                                                          \
	"A: 2f 0 9 0 0 0\nA: 35 0 3312 0 0 10\nA: 36 0 1872 0 0 10\nA: 39 0 65535 0 0 0\n"
#define SINGLE                                                                                     \
	"N: A panel\nI: 0003 0eef 0001 0100\n" KEY_LINES "B: 03 03 00 00 00 00 00 00 00\n"         \
	"A: 00 0 4095 0 0\nA: 01 0 4095 0 0\n"
#define ANONYMOUS                                                                                  \
	"N: A panel\nI: 0003 1b96 0001 0110\nB: 03 00 00 00 00 00 00 60 00\n"                      \
	"A: 35 0 9600 0 0\nA: 36 0 7200 0 0\n"

#define DOWN                                                                                       \
	"E: 1.000000 0003 0039 0043\nE: 1.000001 0003 0035 0500\n"                                 \
	"E: 1.000002 0003 0036 0600\nE: 1.000003 0000 0000 0000\n"
#define UP "E: 1.200000 0003 0039 -001\nE: 1.200000 0000 0000 0000\n"

struct good {
	const char *what;
	const char *text;
	unsigned contacts;
};

static const struct good goods[] = {
    {"plain", SLOTS DOWN UP, 1},
    {"short numbers", SLOTS "E: 1.000000 3 39 7\nE: 1.000000 0 0 0\n", 1},
    {"comments and blank lines",
     SLOTS "\n# by hand\nE: 1.000000 0003 0039 0007\t# EV_ABS / ABS_MT_TRACKING_ID   7\n"
	   "  \nE: 1.000000 0000 0000 0000\t# ------------ SYN_REPORT (0) ----------\n#end\n",
     1},
    {"carriage returns",
     "N: A panel\r\nA: 35 0 9600 0 0\r\nA: 36 0 7200 0 0\r\n"
     "E: 1.000000 0003 0035 0001\r\nE: 1.000000 0003 0036 0001\r\n"
     "E: 1.000000 0000 0002 0000\r\nE: 1.000000 0000 0000 0000\r\n",
     1},
    {"a mark of UTF-8", "\xef\xbb\xbf" SLOTS DOWN UP, 1},
    {"a name with a # and more than ASCII",
     "N: CoolTouch\xc2\xae #1\nA: 00 0 1 0 0\nE: 0.000000 0003 0000 1\nE: 0.000000 0000 0000 0\n",
     0},
    {"an id below -1", SLOTS DOWN "E: 1.200000 0003 0039 -2\nE: 1.200000 0000 0000 0000\n", 1},
    {"an id without its sign",
     SLOTS DOWN "E: 1.200000 0003 0039 4294967295\nE: 1.200000 0000 0000 0000\n", 1},
    {"an axis the wrong way round",
     "N: A panel\nA: 2f 0 1 0 0 0\nA: 35 4095 0 0 0 0\nA: 36 0 0 0 0 0\nA: 39 0 65535 0 0 0\n" DOWN
	 UP,
     1},
    {"slots without an axis for them",
     "N: A panel\nA: 35 0 4095 0 0 0\nA: 36 0 4095 0 0 0\nA: 39 0 65535 0 0 0\n"
     "E: 1.000000 0003 0039 0001\nE: 1.000000 0003 0035 0001\nE: 1.000000 0003 0036 0001\n"
     "E: 1.000000 0000 0002 0000\nE: 1.000000 0000 0000 0000\n"
     "E: 1.100000 0000 0002 0000\nE: 1.100000 0000 0000 0000\n",
     1},
    {"a clock that goes back",
     SLOTS DOWN "E: 0.900000 0003 0039 -001\nE: 0.900000 0000 0000 0000\n", 1},
    {"still touched at its end", SLOTS DOWN, 1},
    {"an empty frame", SLOTS "E: 1.000000 0000 0000 0000\n" DOWN UP, 1},
    {"lost events", SLOTS DOWN "E: 1.100000 0000 0003 0000\nE: 1.100000 0000 0000 0000\n" UP, 1},
    {"no end of its last line", SLOTS DOWN "E: 1.200000 0003 0039 -001\nE: 1.200000 0000 0000 0000",
     1},
    {"one pointer",
     SINGLE "E: 1.000000 0003 0000 0100\nE: 1.000000 0001 014a 0001\nE: 1.000000 0000 0000 0000\n"
	    "E: 1.100000 0001 014a 0000\nE: 1.100000 0000 0000 0000\n"
	    "E: 1.200000 0001 014a 0001\nE: 1.200000 0000 0000 0000\n",
     2},
    {"anonymous contacts, the second one later",
     ANONYMOUS
     "E: 1.000000 0003 0035 0100\nE: 1.000000 0003 0036 0100\nE: 1.000000 0000 0002 0000\n"
     "E: 1.000000 0000 0000 0000\n"
     "E: 1.010000 0003 0035 0110\nE: 1.010000 0003 0036 0100\nE: 1.010000 0000 0002 0000\n"
     "E: 1.010000 0003 0035 7000\nE: 1.010000 0003 0036 7000\nE: 1.010000 0000 0002 0000\n"
     "E: 1.010000 0000 0000 0000\n"
     "E: 1.020000 0000 0002 0000\nE: 1.020000 0000 0000 0000\n",
     2},
};

/* Type, code and value, and the time as it stands: one line an event. */
static GString *
list_events(const struct evemu_recording *recording)
{
	GString *list = g_string_new(NULL);

	for (size_t i = 0; i < recording->event_count; i++) {
		const struct evemu_event *event = &recording->events[i];

		g_string_append_printf(list, "%" G_GUINT64_FORMAT " %x %x %d\n", event->stamp.us,
				       event->type, event->code, event->value);
	}
	return list;
}

static void
check_good(const struct good *good)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GString) lines = g_string_new(NULL);
	g_autofree char *counts = g_strdup_printf("\"contacts\":%u,\"passed\":%u,\"pad\":0",
						  good->contacts, good->contacts);
	struct evemu_recording *in = evemu_parse("r", good->text, strlen(good->text), NULL, &error),
			       *out;
	GString *in_list, *out_list;
	char *text = NULL;
	size_t size = 0;
	FILE *stream = open_memstream(&text, &size);

	if (!in) {
		fail_msg("%s: %s", good->what, error->message);
		return;
	}
	assert_int_equal(replay_run(in, NULL, EAR_PROXIMITY_UNKNOWN, lines, stream, NULL), 0);
	fclose(stream);
	if (!strstr(lines->str, counts))
		fail_msg("%s: %s, not %s", good->what, lines->str, counts);
	out = evemu_parse("clone", text, size, NULL, &error);
	if (!out) {
		fail_msg("%s: %s", good->what, error->message);
		return;
	}
	in_list = list_events(in);
	out_list = list_events(out);
	assert_string_equal(out_list->str, in_list->str);
	assert_memory_equal(out->device.abs, in->device.abs, sizeof(in->device.abs));
	assert_string_equal(out->device.name, in->device.name);
	g_string_free(in_list, TRUE);
	g_string_free(out_list, TRUE);
	evemu_free(in);
	evemu_free(out);
	free(text);
}

static void
test_good(void **state)
{
	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(goods); i++)
		check_good(&goods[i]);
}

static const struct {
	const char *text;
	const char *message; /* how it begins */
} bads[] = {
    {"", "r:1: the file is empty"},
    {"\n", "r:1: the device's description is missing"},
    {SLOTS, "r:16: there is no event"},
    {SLOTS DOWN "E: 1.200000 0003 0039 -001\n", "r:21: the recording is cut off"},
    {SLOTS DOWN "E: 1.200000 0003 00", "r:21: the event value is missing"},
    {SLOTS DOWN "E: 1.2", "r:21: the time has not six digits"},
    {SLOTS DOWN "E: 1.200000 0000 0000 000", "r:21: the recording is cut off"},
    {SLOTS DOWN "E: 1.200000 0000 0000 0000\t# ----", "r:21: the recording is cut off"},
    {SLOTS DOWN "E: 1.200000 0003 0039 -001", "r:21: the recording is cut off"},
    {SLOTS DOWN UP "N: Another\n", "r:23: a description after the first event"},
    {DOWN UP, "r:1: an event comes before the device's description"},
    {SLOTS "E: 1.000000 0003 0099 0000\n", "r:17: the event code is out of range"},
    {SLOTS "E: 1.000000 0003 00xy 0000\n", "r:17: the event code is not a number"},
    {"N: A\nB: 03 01 00 00 00 00 00 00 00\nE: 1.000000 0000 0000 0\n",
     "r:3: the description is cut off: axis 00"},
    {"#!/bin/sh\necho hello\n", "r:2: this line is none of an evemu recording"},
    {"version: 1\nndevices: 1\n", "r:1: this line is none of an evemu recording"},
    {"\x7f"
     "ELF\n",
     "r:1: this line is none of an evemu recording"},
};

static void
test_bad(void **state)
{
	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(bads); i++) {
		g_autoptr(GError) error = NULL;
		struct evemu_recording *recording =
		    evemu_parse("r", bads[i].text, strlen(bads[i].text), NULL, &error);

		assert_null(recording);
		if (!g_str_has_prefix(error->message, bads[i].message))
			fail_msg("%zu: '%s', not '%s'", i, error->message, bads[i].message);
	}
	assert_null(evemu_parse("r", "N: A\0\n", 6, NULL, NULL));
}

/* Wherever a recording is cut, it is refused, or it was whole up to there. */
static void
test_cut(void **state)
{
	const char *text = SLOTS DOWN UP;
	size_t size = strlen(text);

	(void)state;
	for (size_t cut = 0; cut < size; cut++) {
		g_autofree char *part = g_strndup(text, cut);
		struct evemu_recording *recording = evemu_parse("r", part, cut, NULL, NULL);

		if (!recording)
			continue;
		assert_true(g_str_has_suffix(part, "0000 0000 0000\n") || cut == size - 1);
		evemu_free(recording);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_good),
	    cmocka_unit_test(test_bad),
	    cmocka_unit_test(test_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
