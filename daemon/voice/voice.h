/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The voice: utterances from the link, one after the other through the synth into the sink.
 * Made by main once synth and sink exist; it ends when the daemon does.
 * Owns the queue and the link's descriptor; synth, ring, sink and transcript are lent to it.
 */
#ifndef SIDETOUCH_VOICE_H
#define SIDETOUCH_VOICE_H

#include "daemon/voice/ring.h"
#include "daemon/voice/sink.h"
#include "daemon/voice/synth.h"
#include "daemon/voice/transcript.h"

struct voice;

struct voice_parts {
	int link_fd;
	struct ring *ring;
	struct synth *synth;
	struct clips *clips;
	struct sink *sink;
	struct transcript *transcript; /* may be NULL */
	/* The daemon is gone, or sent what no daemon sends (failed). */
	void (*finished)(void *data, bool failed);
	void *data;
};

struct voice *voice_new(const struct voice_parts *parts);
struct voice *voice_unref(struct voice *voice);

#endif
