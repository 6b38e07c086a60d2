/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The WAV file: whole after every write, continued when it is ours, left alone when it is not.
 * Run by tests/run; a limit of the file size stands for a disk that is full.
 * Owns a directory for each test.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "daemon/voice/wav.h"

#define RATE_HZ     22050
#define HEADER_SIZE 44 /* of a canonical PCM file */

struct place {
	char *directory;
	char *path;
};

static int
setup(void **state)
{
	struct place *place = g_new0(struct place, 1);

	place->directory = g_dir_make_tmp("test-wav-XXXXXX", NULL);
	place->path = g_build_filename(place->directory, "speech.wav", NULL);
	*state = place;
	return place->directory ? 0 : -1;
}

static int
teardown(void **state)
{
	struct place *place = *state;

	g_unlink(place->path);
	g_rmdir(place->directory);
	g_free(place->path);
	g_free(place->directory);
	g_free(place);
	return 0;
}

static uint32_t
number_at(const char *bytes)
{
	uint32_t number;

	memcpy(&number, bytes, sizeof(number));
	return GUINT32_FROM_LE(number);
}

/* The file is a WAV file of count samples; they are left in *samples. */
static void
assert_whole(const char *path, size_t count, char **bytes)
{
	gsize size;

	assert_true(g_file_get_contents(path, bytes, &size, NULL));
	assert_int_equal(size, HEADER_SIZE + 2 * count);
	assert_memory_equal(*bytes, "RIFF", 4);
	assert_int_equal(number_at(*bytes + 4), size - 8);
	assert_memory_equal(*bytes + 8, "WAVEfmt ", 8);
	assert_int_equal(number_at(*bytes + 24), RATE_HZ);
	assert_int_equal(number_at(*bytes + 28), RATE_HZ * 2);
	assert_memory_equal(*bytes + 36, "data", 4);
	assert_int_equal(number_at(*bytes + 40), 2 * count);
}

static void
test_whole_at_any_time(void **state)
{
	const struct place *place = *state;
	int16_t samples[1000];
	g_autofree char *empty = NULL;
	g_autofree char *first = NULL;
	g_autofree char *second = NULL;
	g_autofree char *third = NULL;
	struct wav *wav;

	for (int i = 0; i < 1000; i++)
		samples[i] = (int16_t)(i * 30);
	assert_int_equal(wav_open(place->path, RATE_HZ, &wav), 0);
	assert_whole(place->path, 0, &empty);
	assert_int_equal(wav_write(wav, samples, 1000), 0);
	assert_whole(place->path, 1000, &first);
	assert_int_equal(wav_silence(wav, 500), 0);
	assert_whole(place->path, 1500, &second);
	assert_memory_equal(second + HEADER_SIZE, samples, sizeof(samples));
	assert_int_equal(second[HEADER_SIZE + 2 * 1499], 0);
	wav_close(wav);

	assert_int_equal(wav_open(place->path, RATE_HZ, &wav), 0);
	assert_int_equal(wav_write(wav, samples, 10), 0);
	wav_close(wav);
	assert_whole(place->path, 1510, &third);
	assert_memory_equal(third + HEADER_SIZE + sizeof(int16_t) * 1500, samples, 20);
}

static void
test_foreign_file(void **state)
{
	const struct place *place = *state;
	g_autofree char *after = NULL;
	struct wav *wav;

	assert_true(g_file_set_contents(place->path, "a letter to my mother", -1, NULL));
	assert_int_equal(wav_open(place->path, RATE_HZ, &wav), -EEXIST);
	assert_true(g_file_get_contents(place->path, &after, NULL, NULL));
	assert_string_equal(after, "a letter to my mother");
	g_unlink(place->path);

	/* Of another rate: what is there would sound wrong, or what comes. */
	assert_int_equal(wav_open(place->path, 16000, &wav), 0);
	wav_close(wav);
	assert_int_equal(wav_open(place->path, RATE_HZ, &wav), -EEXIST);
	assert_int_equal(wav_open("/nowhere/speech.wav", RATE_HZ, &wav), -ENOENT);
}

static void
test_no_room(void **state)
{
	const struct place *place = *state;
	struct rlimit old;
	struct rlimit small;
	int16_t samples[1000] = {0};
	g_autofree char *bytes = NULL;
	struct wav *wav;

	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	small = old;
	small.rlim_cur = 3000;
	assert_int_equal(wav_open(place->path, RATE_HZ, &wav), 0);
	assert_int_equal(wav_write(wav, samples, 1000), 0);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	assert_int_equal(wav_write(wav, samples, 1000), -EFBIG);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	/* Opened again it is as before the write that failed. */
	wav_close(wav);
	assert_int_equal(wav_open(place->path, RATE_HZ, &wav), 0);
	assert_whole(place->path, 1000, &bytes);
	assert_int_equal(wav_silence(wav, UINT64_MAX / 4), -EFBIG);
	wav_close(wav);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_whole_at_any_time, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_foreign_file, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_no_room, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
