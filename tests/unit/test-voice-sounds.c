/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Earcons and prompts made ahead: lengths, levels, and who gets which clip when things change.
 * Run by tests/run. Owns nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/voice/clips.h"
#include "daemon/voice/earcon.h"

#define RATE_HZ 22050

static void
test_earcons(void **state)
{
	int16_t samples[RATE_HZ] = {0};

	(void)state;
	assert_int_equal(earcon_length(VOICE_EARCON_NONE, RATE_HZ), 0);
	for (int i = VOICE_EARCON_ARMED; i <= VOICE_EARCON_KEY; i++) {
		size_t length = earcon_length((enum voice_earcon)i, RATE_HZ);
		int loudest = 0;

		assert_in_range(length, 1, RATE_HZ * 60 / 1000);
		memset(samples, 0, sizeof(samples));
		earcon_mix((enum voice_earcon)i, RATE_HZ, 100, 0, samples, RATE_HZ);
		for (size_t at = 0; at < RATE_HZ; at++) {
			loudest = MAX(loudest, abs(samples[at]));
			/* No click: no step larger than the steepest of these tones has. */
			if (at > 0)
				assert_in_range(abs(samples[at] - samples[at - 1]), 0, 4000);
			if (at >= length)
				assert_int_equal(samples[at], 0);
		}
		assert_in_range(loudest, 5000, 8000);
	}
}

static void
test_mixing(void **state)
{
	int16_t whole[2000] = {0};
	int16_t pieces[2000] = {0};
	int16_t loud[2000];

	(void)state;
	earcon_mix(VOICE_EARCON_DONE, RATE_HZ, 100, 0, whole, 2000);
	for (size_t at = 0; at < 2000; at += 100)
		earcon_mix(VOICE_EARCON_DONE, RATE_HZ, 100, at, pieces + at, 100);
	assert_memory_equal(whole, pieces, sizeof(whole));
	for (size_t at = 0; at < 2000; at++)
		loud[at] = at % 2 ? INT16_MAX : INT16_MIN;
	earcon_mix(VOICE_EARCON_DONE, RATE_HZ, 200, 0, loud, 2000);
	for (size_t at = 0; at < 2000; at++) /* nothing wraps round */
		assert_true(at % 2 ? loud[at] > 0 : loud[at] < 0);
}

static struct clip *
clip_of(int16_t sample)
{
	struct clip *clip = clip_new();

	g_array_append_val(clip->samples, sample);
	return clip;
}

static void
make(struct clips *clips, const char *expected, int16_t sample)
{
	uint32_t turn;
	g_autofree char *text = clips_missing(clips, &turn);
	struct clip *clip = clip_of(sample);

	assert_string_equal(text, expected);
	clips_made(clips, text, turn, clip);
	clip_unref(clip);
}

static void
assert_clip(struct clips *clips, const char *text, int16_t sample)
{
	struct clip *clip = clips_find(clips, text);

	assert_non_null(clip);
	assert_int_equal(g_array_index(clip->samples, int16_t, 0), sample);
	clip_unref(clip);
}

static void
test_clips(void **state)
{
	struct clips *clips = clips_new();
	struct clip *held;
	uint32_t turn;
	uint32_t old;

	(void)state;
	assert_null(clips_missing(clips, &turn));
	clips_want(clips, "Back", true);
	clips_want(clips, "Five", false);
	clips_want(clips, "Back", false); /* once is enough */
	assert_null(clips_find(clips, "Back"));
	make(clips, "Back", 1);
	make(clips, "Five", 2);
	assert_null(clips_missing(clips, &turn));
	assert_clip(clips, "Back", 1);
	held = clips_find(clips, "Five");

	/* Another rate, while a clip of the old one is being made. */
	clips_missing(clips, &old);
	clips_forget(clips);
	clips_made(clips, "Back", old, held);
	assert_null(clips_find(clips, "Back"));
	make(clips, "Back", 3);
	assert_clip(clips, "Back", 3);
	/* What is being played stays whole. */
	assert_int_equal(g_array_index(held->samples, int16_t, 0), 2);
	clip_unref(held);

	/* One that cannot be made is not tried again and again. */
	g_free(clips_missing(clips, &turn));
	clips_made(clips, "Five", turn, NULL);
	assert_null(clips_missing(clips, &turn));
	clips_want(clips, "Other", true);
	assert_null(clips_find(clips, "Back"));
	for (int i = 0; i < 100; i++) {
		g_autofree char *text = g_strdup_printf("%d", i);

		clips_want(clips, text, false);
	}
	for (int i = 0; i < 16; i++) {
		g_autofree char *text = clips_missing(clips, &turn);

		assert_non_null(text);
		clips_made(clips, text, turn, NULL);
	}
	assert_null(clips_missing(clips, &turn));
	clips_free(clips);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_earcons),
	    cmocka_unit_test(test_mixing),
	    cmocka_unit_test(test_clips),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
