/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One utterance of the voice: what it was told to say, where in it it is, and the samples of it,
 * from the ring as they are made or from a clip that was made before.
 * The voice owns a queue of them and plays the first.
 */
#ifndef SIDETOUCH_UTTERANCE_H
#define SIDETOUCH_UTTERANCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/voice_link.h"
#include "daemon/voice/clips.h"
#include "daemon/voice/ring.h"
#include "daemon/voice/synth.h"

struct utterance {
	uint32_t id;
	char *text; /* clean */
	char language[sizeof(((struct voice_say *)NULL)->language)];
	bool spell;
	bool urgent;
	enum voice_earcon earcon;
	size_t from;       /* it is said from this byte on */
	struct clip *clip; /* NULL: from the ring */
	uint64_t pulled;   /* samples of speech given to the sink since it was begun */
	size_t earcon_at;  /* samples of the earcon given */
	bool silent;       /* no speech, only the earcon */
	bool failed;       /* the synth could not */
};

/* Of a message that was found right. */
struct utterance *utterance_new(const struct voice_say *message);
struct utterance *utterance_free(struct utterance *utterance);

struct utterance_source {
	struct ring *ring;
	struct synth *synth;
	struct clips *clips;
	const struct synth_settings *settings;
	bool earcons;
	unsigned rate_hz;
};

/* How it is said, from utterance->from on. */
struct plan *utterance_plan(const struct utterance *utterance,
			    const struct synth_settings *settings);

/* Begin (anew) at utterance->from. */
void utterance_begin(struct utterance *utterance, const struct utterance_source *source);

/* Up to count samples; *end is set when there will be no more. */
size_t utterance_pull(struct utterance *utterance, const struct utterance_source *source,
		      int16_t *samples, size_t count, bool *end);

/* Where to go on when the last behind samples were not heard: the start of a word. */
size_t utterance_word(const struct utterance *utterance, const struct utterance_source *source,
		      uint64_t behind);

#endif
