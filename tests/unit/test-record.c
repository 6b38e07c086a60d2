/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A recording's file, which holds whole frames at any moment, and a contact in words.
 * Run by `make check`.
 * Owns a folder of its own.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/evemu.h"
#include "ctl/contact_words.h"
#include "ctl/record_file.h"

struct fixture {
	char folder[64];
	char *path;
};

static const char description[] = "# EVEMU 1.3\n"
				  "N: A panel\n"
				  "I: 0003 0001 0002 0111\n"
				  "A: 2f 0 9 0 0 0\n"
				  "A: 35 0 680 0 0 10\n"
				  "A: 36 0 1360 0 0 10\n"
				  "A: 39 0 65535 0 0 0\n";

static int
setup(void **state)
{
	struct fixture *fixture = g_new0(struct fixture, 1);

	g_strlcpy(fixture->folder, "/tmp/sidetouch-test-XXXXXX", sizeof(fixture->folder));
	assert_non_null(g_mkdtemp(fixture->folder));
	fixture->path = g_build_filename(fixture->folder, "a.evemu", NULL);
	*state = fixture;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *fixture = *state;

	(void)unlink(fixture->path);
	assert_int_equal(rmdir(fixture->folder), 0);
	g_free(fixture->path);
	g_free(fixture);
	return 0;
}

static bool
add_frame(struct record_file *file, int32_t x, GError **error)
{
	const struct observe_event events[] = {
	    {5000000 + (uint64_t)x * 8333, EV_ABS, ABS_MT_POSITION_X, x},
	    {5000000 + (uint64_t)x * 8333, EV_SYN, SYN_REPORT, 0},
	};

	return record_file_add_events(file, events, G_N_ELEMENTS(events), error);
}

static struct record_file *
begin(struct fixture *fixture)
{
	g_autoptr(GError) error = NULL;
	struct record_file *file = record_file_new(fixture->path, &error);

	assert_non_null(file);
	assert_true(record_file_add_text(file, description, strlen(description), &error));
	return file;
}

static void
expect_frames(const struct fixture *fixture, size_t frames)
{
	g_autoptr(GError) error = NULL;
	struct evemu_recording *recording = evemu_read(fixture->path, NULL, &error);

	if (error)
		fail_msg("%s", error->message);
	assert_string_equal(recording->device.name, "A panel");
	assert_int_equal(recording->event_count, 2 * frames);
	for (size_t i = 0; i < frames; i++) {
		assert_int_equal(recording->events[2 * i].value, i);
		assert_int_equal(recording->events[2 * i].time.us, i * 8333);
		assert_int_equal(recording->events[2 * i + 1].type, EV_SYN);
	}
	evemu_free(recording);
}

static void
a_recording_is_whole_at_any_moment(void **state)
{
	struct fixture *fixture = *state;
	const struct observe_event half = {6000000, EV_ABS, ABS_MT_POSITION_Y, 4};
	struct record_file *file = begin(fixture);
	struct stat status;

	for (int32_t i = 0; i < 50; i++) {
		assert_true(add_frame(file, i, NULL));
		expect_frames(fixture, (size_t)i + 1);
	}
	assert_true(record_file_add_events(file, &half, 1, NULL));
	expect_frames(fixture, 50);
	assert_int_equal(record_file_frames(file), 50);
	record_file_free(file);
	expect_frames(fixture, 50);
	assert_int_equal(stat(fixture->path, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
}

static void
nothing_is_overwritten(void **state)
{
	struct fixture *fixture = *state;
	g_autofree char *text = NULL;
	g_autoptr(GError) error = NULL;

	assert_true(g_file_set_contents(fixture->path, "precious", -1, NULL));
	assert_null(record_file_new(fixture->path, &error));
	assert_true(g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_EXIST));
	assert_non_null(strstr(error->message, fixture->path));
	assert_true(g_file_get_contents(fixture->path, &text, NULL, NULL));
	assert_string_equal(text, "precious");
}

static void
what_came_to_nothing_is_gone(void **state)
{
	struct fixture *fixture = *state;

	record_file_free(record_file_new(fixture->path, NULL));
	assert_int_not_equal(access(fixture->path, F_OK), 0);
}

static void
no_folder_is_told(void **state)
{
	g_autoptr(GError) error = NULL;

	(void)state;
	assert_null(record_file_new("/nonexistent/a.evemu", &error));
	assert_true(g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOENT));
	assert_non_null(strstr(error->message, "/nonexistent/a.evemu"));
}

/* A limit on the file's size ends as a full disk does: some bytes are written, then none. */
static void
a_full_disk_keeps_whole_frames(void **state)
{
	struct fixture *fixture = *state;
	const struct rlimit small = {1000, RLIM_INFINITY};
	g_autoptr(GError) error = NULL;
	struct record_file *file = begin(fixture);
	struct rlimit before;
	int32_t frames = 0;

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	(void)signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	while (add_frame(file, frames, &error))
		frames++;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_true(frames > 5 && frames < 50);
	assert_non_null(strstr(error->message, "cannot be written"));
	assert_int_equal(record_file_frames(file), frames);
	record_file_free(file);
	expect_frames(fixture, (size_t)frames);
}

static void
expect_words(const struct observe_contact *contact, const char *words, const char *spoken)
{
	g_autofree char *printed = contact_words(contact, false);
	g_autofree char *said = contact_words(contact, true);

	assert_string_equal(printed, words);
	assert_string_equal(said, spoken);
}

static void
a_contact_in_words(void **state)
{
	struct observe_contact contact = {
	    .kind = OBSERVE_CONTACT_FINGER,
	    .live = 1,
	    .has_pads = 1,
	    .pad = PAD_LEFT_TOP,
	    .beside_um = 3100,
	    .down_us = 1000000,
	    .time_us = 1085000,
	};

	(void)state;
	expect_words(&contact, "finger, 3 mm beside left-top, 85 ms",
		     "finger, 3 millimetres beside left top, 85 milliseconds");
	contact.live = 0;
	contact.beside_um = -200;
	expect_words(&contact, "finger, the pads are off, on left-top, 85 ms",
		     "finger, the pads are off, on left top, 85 milliseconds");
	contact.kind = OBSERVE_CONTACT_PRESS;
	contact.live = 1;
	contact.major_um = 14400;
	expect_words(&contact, "press left-top, 85 ms, 14 mm wide",
		     "press left top, 85 milliseconds, 14 millimetres wide");
	contact.kind = OBSERVE_CONTACT_EAR;
	contact.major_um = 0;
	contact.time_us = 1001000;
	expect_words(&contact, "ear, 1 ms", "ear, 1 millisecond");
	contact.kind = OBSERVE_CONTACT_FINGER;
	contact.has_pads = 0;
	expect_words(&contact, "finger, this screen has no pads, 1 ms",
		     "finger, this screen has no pads, 1 millisecond");
}

static void
a_contact_as_json(void **state)
{
	const struct observe_contact contact = {
	    .kind = OBSERVE_CONTACT_SLID,
	    .panel = 2,
	    .live = 1,
	    .has_pads = 1,
	    .pad = PAD_RIGHT_BOTTOM,
	    .beside_um = -50,
	    .down_us = 1234567,
	    .time_us = 1334568,
	};
	g_autofree char *line = contact_json(&contact);

	(void)state;
	assert_string_equal(line, "{\"kind\":\"slid off\",\"panel\":2,\"live\":true,"
				  "\"pad\":\"right-bottom\",\"beside_mm\":-0.050,"
				  "\"down_ms\":1234.567,\"duration_ms\":100.001}");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(a_recording_is_whole_at_any_moment), TEST(nothing_is_overwritten),
	    TEST(what_came_to_nothing_is_gone),       TEST(no_folder_is_told),
	    TEST(a_full_disk_keeps_whole_frames),     cmocka_unit_test(a_contact_in_words),
	    cmocka_unit_test(a_contact_as_json),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
