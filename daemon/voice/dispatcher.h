/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Speech through speech-dispatcher, so that it queues with what a screen reader says there.
 * The voice gives it one utterance at a time, and says itself what it does not take or loses.
 * Owns the connection and what is still to be sent; never waits.
 */
#ifndef SIDETOUCH_DISPATCHER_H
#define SIDETOUCH_DISPATCHER_H

#include "daemon/voice/plan.h"
#include "daemon/voice/synth.h"

struct dispatcher;

struct dispatcher_events {
	/* The first word of the utterance sounds. */
	void (*begun)(void *data);
	/* It has ended; not spoken when somebody had it cancelled there. */
	void (*ended)(void *data, bool spoken);
	/* speech-dispatcher is gone, hangs or refused it. */
	void (*lost)(void *data);
};

struct dispatcher *dispatcher_new(const struct dispatcher_events *events, void *data);
struct dispatcher *dispatcher_free(struct dispatcher *dispatcher);

/* It will be needed: connect, unless that is done. */
void dispatcher_want(struct dispatcher *dispatcher);

/* Have a plan of at least one part said; false: it cannot be reached now, and is tried again. */
bool dispatcher_say(struct dispatcher *dispatcher, const struct plan *plan,
		    const struct synth_settings *settings, bool urgent);
/* Silence, at once; ended() does not follow. */
void dispatcher_stop(struct dispatcher *dispatcher);
/* While something is said: does it still answer? Else lost() follows. */
void dispatcher_ask(struct dispatcher *dispatcher);

#endif
