/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What was said and when, as lines of a file: for tests and the demo, only when asked for.
 * The voice writes a line when an utterance starts, "TIME_US ID TEXT", and one when it ends,
 * "TIME_US ID (spoken)", "(stopped)" or "(failed)"; time is CLOCK_MONOTONIC.
 * Owns the open file.
 */
#ifndef SIDETOUCH_TRANSCRIPT_H
#define SIDETOUCH_TRANSCRIPT_H

#include <stdint.h>

#include "common/voice_link.h"

struct transcript;

/* Append to the file, made if there is none and readable by its owner only. */
int transcript_open(const char *path, struct transcript **out);
struct transcript *transcript_close(struct transcript *transcript);

/* NULL as transcript: nothing happens. */
void transcript_started(struct transcript *transcript, uint64_t time_us, uint32_t utterance,
			const char *text);
void transcript_ended(struct transcript *transcript, uint64_t time_us, uint32_t utterance,
		      enum voice_end end);

#endif
