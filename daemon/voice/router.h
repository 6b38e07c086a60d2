/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Between the daemon's ROUTE and the sink: a sink that cannot set a volume itself has its samples
 * made quieter here, and what happens to a stream in the middle of a word sounds into it.
 * The voice's state machine is the only caller and embeds the struct.
 * Owns nothing.
 */
#ifndef SIDETOUCH_ROUTER_H
#define SIDETOUCH_ROUTER_H

#include "daemon/voice/report.h"
#include "daemon/voice/sink.h"

struct router {
	struct report *report; /* lent */
	struct voice_route wanted;
	bool asked;
	unsigned gain_percent;   /* of samples; 100: as they are */
	enum voice_earcon chime; /* NONE: none sounds */
	size_t chime_from;       /* the next of its samples */
};

void router_init(struct router *router, struct report *report);
void router_take(struct router *router, struct sink *sink, const struct voice_route *message);
/* The sink's answer. */
void router_told(struct router *router, const struct sink_routed *routed);
/* Sound this into the samples that come. */
void router_chime(struct router *router, enum voice_earcon earcon);
/* Samples on their way to the sink. */
void router_shape(struct router *router, unsigned rate_hz, int16_t *samples, size_t count);

#endif
