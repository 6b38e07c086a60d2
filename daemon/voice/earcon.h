/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Short sounds that say what a word would take too long for; made of sines, no file is read.
 * The voice mixes them into what it plays, sample by sample.
 * Owns nothing: a sound is a function of time.
 */
#ifndef SIDETOUCH_EARCON_H
#define SIDETOUCH_EARCON_H

#include <stddef.h>
#include <stdint.h>

#include "common/voice_link.h"

/* The length in samples; 0 for VOICE_EARCON_NONE. */
size_t earcon_length(enum voice_earcon earcon, unsigned rate_hz);

/* Mix samples from..from+count of the sound, as loud as the volume says, over what is there. */
void earcon_mix(enum voice_earcon earcon, unsigned rate_hz, unsigned volume_percent, size_t from,
		int16_t *samples, size_t count);

#endif
