/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * espeak-ng on its own thread: plans in, samples into a ring, and prompts ahead into clips.
 * The voice's main loop orders and never waits; what is ordered anew replaces what was.
 * Owns the thread and espeak-ng's state, of which a process has only one.
 */
#ifndef SIDETOUCH_SYNTH_H
#define SIDETOUCH_SYNTH_H

#include <stdint.h>

#include "daemon/voice/clips.h"
#include "daemon/voice/plan.h"
#include "daemon/voice/ring.h"

struct synth_settings {
	uint32_t rate_wpm;
	uint32_t pitch_percent;
	uint32_t range_percent;
	uint32_t volume_percent;
	uint32_t punctuation; /* enum voice_punctuation */
	uint32_t capitals;    /* enum voice_capitals */
	char variant[32];     /* espeak-ng's, of each voice: "f2"; "": none */
	char language[SCRIPT_TAG_MAX];
	char latin[SCRIPT_TAG_MAX];
};

/* What is right as long as nobody has said otherwise. */
extern const struct synth_settings synth_default_settings;

struct synth;

/*
 * Load espeak-ng and its English voice and make them warm. On failure returns -errno and *why is a
 * sentence (g_free) that says what to do.
 */
int synth_new(struct ring *ring, struct clips *clips, struct synth **out, char **why);

unsigned synth_rate_hz(const struct synth *synth);
/* From the next plan on; the clips are forgotten. */
void synth_set(struct synth *synth, const struct synth_settings *settings);
/* Make the samples of a plan (taken) for this turn of the ring. */
void synth_say(struct synth *synth, uint32_t turn, struct plan *plan);
/* There may be clips to make. */
void synth_look(struct synth *synth);

#endif
