/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * When a sound server that does not answer, or a card that does not open, is tried again. Pure:
 * times come in. Called by the sinks, whose heads have the tables of what is tried when.
 * Owns nothing beyond the struct its caller holds.
 */
#ifndef SIDETOUCH_SINK_RETRY_H
#define SIDETOUCH_SINK_RETRY_H

#include "common/units.h"

/* Design: what cannot sound within 2 s has failed. */
#define SINK_RETRY_FOR_MS 2000
/* A pipewire-pulse that is started again takes 20 to 40 ms, all of PipeWire 140 to 270 (measured,
 * voice-pipewire-back.sh prints it); each attempt wakes us. */
#define SINK_RETRY_FIRST_MS 20
/* The longest that a server is there and nobody has noticed. What is said then begins some 100 ms
 * after the attempt, so that it is heard well within 2 s of the server's return. */
#define SINK_RETRY_MAX_MS 500

struct sink_retry {
	unsigned wait_ms;
	struct usec until;
};

/* A loss, a start, something to say: attempts follow each other from now on, for a while. */
void sink_retry_begin(struct sink_retry *retry, struct usec now);

/*
 * An attempt has come to nothing: how long until the next. False: none is made any more, until
 * there is news of the server or something to say.
 */
bool sink_retry_next(struct sink_retry *retry, struct usec now, unsigned *wait_ms);

#endif
