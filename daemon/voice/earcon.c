/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Each sound is up to three tones of at most 60 ms in all (issue: longer ones hold speech up), each
 * with a rise and a fall, so that nothing clicks. Pitch rises for what goes on, falls for what does
 * not; all are between 300 and 1600 Hz, which an earpiece of a phone can play.
 * Called by the voice; owns the constant table.
 */
#include "daemon/voice/earcon.h"

#include <math.h>

#include "common/cleanup.h"

#define TONES_MAX 3
/* Of full scale: as loud as espeak-ng's vowels, seldom above 0.3 (measured), so that both fit. */
#define AMPLITUDE 0.22
#define EDGE_MS   4

struct tone {
	unsigned hz; /* 0: silence */
	unsigned ms;
};

static const struct tone sounds[][TONES_MAX] = {
    [VOICE_EARCON_NONE] = {{0, 0}},
    [VOICE_EARCON_ARMED] = {{660, 25}, {990, 30}},
    [VOICE_EARCON_DONE] = {{880, 20}, {1320, 20}, {1568, 20}},
    [VOICE_EARCON_REFUSED] = {{392, 30}, {311, 30}},
    [VOICE_EARCON_EAR] = {{523, 20}, {0, 15}, {523, 20}},
    [VOICE_EARCON_EAR_OFF] = {{523, 20}, {0, 15}, {392, 20}},
    [VOICE_EARCON_BOUNDARY] = {{440, 25}},
    [VOICE_EARCON_KEY] = {{1175, 12}},
};

static size_t
samples_of(unsigned ms, unsigned rate_hz)
{
	return (size_t)ms * rate_hz / 1000;
}

size_t
earcon_length(enum voice_earcon earcon, unsigned rate_hz)
{
	size_t length = 0;

	for (size_t i = 0; i < TONES_MAX; i++)
		length += samples_of(sounds[earcon][i].ms, rate_hz);
	return length;
}

/* From 0 to 1 and back, over a tone of length samples. */
static double
envelope(size_t at, size_t length, size_t edge)
{
	size_t to_end = length - at;
	size_t nearest = at < to_end ? at : to_end;

	return nearest >= edge ? 1.0 : (double)nearest / (double)edge;
}

static double
value_at(enum voice_earcon earcon, unsigned rate_hz, size_t at)
{
	for (size_t i = 0; i < TONES_MAX; i++) {
		const struct tone *tone = &sounds[earcon][i];
		size_t length = samples_of(tone->ms, rate_hz);

		if (at < length)
			return envelope(at, length, samples_of(EDGE_MS, rate_hz)) *
			       sin(2 * M_PI * tone->hz * (double)at / rate_hz);
		at -= length;
	}
	return 0;
}

void
earcon_mix(enum voice_earcon earcon, unsigned rate_hz, unsigned volume_percent, size_t from,
	   int16_t *samples, size_t count)
{
	size_t length = earcon_length(earcon, rate_hz);
	double loud = AMPLITUDE * INT16_MAX * volume_percent / 100;

	for (size_t i = 0; i < count && from + i < length; i++) {
		double sum = samples[i] + loud * value_at(earcon, rate_hz, from + i);

		if (sum > INT16_MAX)
			sum = INT16_MAX;
		if (sum < INT16_MIN)
			sum = INT16_MIN;
		samples[i] = (int16_t)sum;
	}
}
