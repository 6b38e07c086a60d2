/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A voice that is always there: sidetouch-voice, started, watched, and replaced when it dies or
 * hangs. daemon/speech says through it and is told when the one it spoke to is gone.
 * Owns the child and its timers.
 */
#ifndef SIDETOUCH_SPEECH_VOICE_H
#define SIDETOUCH_SPEECH_VOICE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/voice_link.h"

struct speech_voice_events {
	/* It can be spoken to; it knows nothing of what the one before was told. */
	void (*ready)(void *data);
	/* All but READY. */
	void (*message)(void *data, const struct packet_header *header);
	/* It is gone with whatever it was saying; another one comes. */
	void (*lost)(void *data);
	/* They die one after the other: what is to be said will not be, soon. Before lost(). */
	void (*hopeless)(void *data, const char *sentence);
};

struct speech_voice;

/* audible: the first voice that a sound server lets in makes it be heard. */
int speech_voice_new(const char *program, const char *const *arguments, bool audible,
		     const struct speech_voice_events *events, void *data,
		     struct speech_voice **out);
struct speech_voice *speech_voice_unref(struct speech_voice *voice);

bool speech_voice_is_ready(const struct speech_voice *voice);
/* Without effect while it is not ready. */
void speech_voice_send(struct speech_voice *voice, const struct packet_header *message);
/* Whether it has something to say, and so must report. */
void speech_voice_expect(struct speech_voice *voice, bool busy);
/* It has spoken: its deaths before do not count any more. */
void speech_voice_is_well(struct speech_voice *voice);
uint32_t speech_voice_restarts(const struct speech_voice *voice);

#endif
