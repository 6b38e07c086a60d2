/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers by chance that come again with the same seed, or out of a fuzzer's bytes.
 * Used by the generators of tests; splitmix64 (Steele, Lea, Flood 2014), public domain.
 * A plain value.
 */
#ifndef SIDETOUCH_DICE_H
#define SIDETOUCH_DICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dice {
	uint64_t state;
	const uint8_t *bytes; /* used instead of the state unless NULL */
	size_t left;
};

static inline struct dice
dice_of_seed(uint64_t seed)
{
	return (struct dice){.state = seed};
}

static inline struct dice
dice_of_bytes(const uint8_t *bytes, size_t size)
{
	return (struct dice){.bytes = bytes, .left = size};
}

/* False when the bytes have been used up; from then on every throw is 0. */
static inline bool
dice_last(const struct dice *dice)
{
	return !dice->bytes || dice->left > 0;
}

/* 0 to sides - 1, of at most 65536 sides. */
static inline uint32_t
dice_throw(struct dice *dice, uint32_t sides)
{
	uint64_t z;

	if (dice->bytes) {
		uint32_t value = 0;

		for (uint32_t range = 1; range < sides && dice->left > 0; range <<= 8) {
			value = value << 8 | *dice->bytes++;
			dice->left--;
		}
		return value % sides;
	}
	z = dice->state += UINT64_C(0x9e3779b97f4a7c15);
	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return (uint32_t)((z ^ z >> 31) % sides);
}

static inline bool
dice_chance(struct dice *dice, uint32_t percent)
{
	return dice_throw(dice, 100) < percent;
}

#endif
