/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The silence that espeak-ng puts before and after a text, taken off: a press is heard sooner, and
 * a sentence in two scripts is one sentence. Silence in the middle stays.
 * The synth's thread asks for each piece of samples. Owns nothing: its state is three numbers.
 */
#ifndef SIDETOUCH_TRIM_H
#define SIDETOUCH_TRIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The longest silence that espeak-ng 1.51 puts before speech (measured, design). */
#define TRIM_MAX_MS 46
/* -60 dB of full scale: no voice of espeak-ng begins softer (measured), its own silence is 0. */
#define TRIM_QUIET 32
/* Silence that was held back is given out in pieces of so many samples. */
#define TRIM_PIECE 256

struct trim {
	size_t left; /* samples that may still go at the start */
	size_t held; /* quiet ones that are the end, unless speech follows */
};

struct trim_piece {
	size_t silence; /* first so many samples of 0 */
	size_t skip;    /* then the piece from here */
	size_t count;
};

static inline void
trim_begin(struct trim *trim, unsigned rate_hz)
{
	trim->left = (size_t)rate_hz * TRIM_MAX_MS / 1000;
	trim->held = 0;
}

static inline bool
trim_is_quiet(int16_t sample)
{
	return sample < TRIM_QUIET && sample > -TRIM_QUIET;
}

/* What to give out of the next count samples. */
static inline struct trim_piece
trim_take(struct trim *trim, const int16_t *samples, size_t count)
{
	struct trim_piece piece = {.skip = 0};
	size_t end = count;

	while (piece.skip < count && trim->left > 0 && trim_is_quiet(samples[piece.skip])) {
		piece.skip++;
		trim->left--;
	}
	while (end > piece.skip && trim_is_quiet(samples[end - 1]))
		end--;
	piece.count = end - piece.skip;
	if (piece.count > 0) {
		trim->left = 0;
		piece.silence = trim->held;
		trim->held = 0;
	}
	trim->held += count - end;
	return piece;
}

#endif
