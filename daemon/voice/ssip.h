/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One connection to speech-dispatcher in its own protocol (SSIP): a line out, its answer in, and
 * the events that come between. Called by the dispatcher only.
 * Owns the socket. libspeechd is not used: its calls wait for their answers without a limit, and a
 * speech-dispatcher that hangs must hold nobody up.
 */
#ifndef SIDETOUCH_SSIP_H
#define SIDETOUCH_SSIP_H

#include <stdbool.h>
#include <stdint.h>

/* Of speech-dispatcher 0.11, doc/ssip.texi. */
#define SSIP_BEGIN    701
#define SSIP_END      702
#define SSIP_CANCELED 703

struct ssip;

struct ssip_events {
	/* To the line that was sent last. value: of the answer's first line, "" when it has none.
	 */
	void (*answer)(void *data, unsigned code, const char *value);
	/* Something became of a message of ours. */
	void (*event)(void *data, unsigned code, uint32_t message);
	/* It is gone, or has not answered for 2 s. The owner drops the connection. */
	void (*lost)(void *data);
};

/* Connect to the socket at path: 0 or -errno, at once. */
int ssip_new(const char *path, const struct ssip_events *events, void *data, struct ssip **out);
struct ssip *ssip_unref(struct ssip *ssip);

/* Whether the answer to a line is still to come: then none may be sent. */
bool ssip_waits(const struct ssip *ssip);
/* One line, its end added. A failure is told as lost, from the loop. */
void ssip_send(struct ssip *ssip, const char *line);
/* Nothing that comes is of use any more: told as lost, from the loop. */
void ssip_break(struct ssip *ssip);

#endif
