/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the real espeak-ng reads until it can speak, in calls of read(): a voice that died is to be
 * replaced within 100 ms on machines that do other things as well. Counted, since times are theirs.
 * Run by tests/run.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <espeak-ng/speak_lib.h>
#include <glib.h>
#include <stdio.h>
#include <string.h>

#include "daemon/voice/engine.h"
#include "daemon/voice/plan.h"
#include "daemon/voice/voice_place.h"

/* 18 without the 250 files of its voices, some 700 with them (1.51). */
#define READS_MAX 100

/* NOLINTBEGIN(readability-non-const-parameter): the type is espeak-ng's */
static int
on_samples(short *samples, int count, espeak_EVENT *events)
{
	(void)samples, (void)count, (void)events;
	return 0;
}
/* NOLINTEND(readability-non-const-parameter) */

/* Of this process so far; -1: the kernel does not count. */
static long
reads(void)
{
	g_autofree char *io = NULL;
	const char *count;

	if (!g_file_get_contents("/proc/self/io", &io, NULL, NULL))
		return -1;
	count = strstr(io, "syscr: ");
	return count ? (long)g_ascii_strtoll(count + strlen("syscr: "), NULL, 10) : -1;
}

static struct engine *engine; /* there is no end to it */

static void
test_reads(void **state)
{
	struct plan_part ready = {.voice = "en", .text = (char *)"ready"};
	g_autofree char *why = NULL;
	long before = reads();

	(void)state;
	assert_int_equal(engine_new(on_samples, &engine, &why), 0);
	assert_int_equal(engine_say(engine, &ready, NULL), 0);
	if (before < 0)
		skip();
	assert_true(reads() - before > 0);
	assert_true(reads() - before < READS_MAX);
}

static void
test_places(void **state)
{
	g_autofree char *english = NULL;
	const char *data;

	(void)state;
	espeak_Info(&data);
	english = voice_place_find(data, "en");
	assert_string_equal(english, "gmw/en");
	assert_null(voice_place_find(data, "tlh-nowhere"));
	assert_null(voice_place_find(data, ""));
	assert_null(voice_place_find("/nowhere", "en"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_reads),
	    cmocka_unit_test(test_places),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
