/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where speech is to sound, chosen from what the sound server has: pure, so that every mixture of
 * sinks and ports can be tested without one.
 * Called by daemon/voice/pulse_route.
 * Plain values.
 */
#ifndef SIDETOUCH_PLACE_H
#define SIDETOUCH_PLACE_H

#include <stdbool.h>
#include <stddef.h>

#include "common/voice_link.h"
#include "daemon/voice/sink.h"

#define PLACE_SINKS_MAX 16 /* phones have 1 to 3 */

struct place_sink {
	char name[sizeof(((struct sink_route *)NULL)->device)];
	enum voice_place active;                                       /* of the port in use */
	char active_port[sizeof(((struct sink_route *)NULL)->device)]; /* "": it has none */
	/* The port of type earpiece, and the best other one; "": none that is plugged in. */
	char earpiece_port[sizeof(((struct sink_route *)NULL)->device)];
	char other_port[sizeof(((struct sink_route *)NULL)->device)];
	bool is_default;
	bool is_ours; /* the stream is there */
};

struct place_choice {
	const struct place_sink *sink; /* NULL: stay */
	const char *port;              /* to be switched to; NULL: as it is */
	unsigned volume_percent;
	enum voice_place place;
	bool done; /* it is what was wanted */
};

void place_choose(const struct place_sink *sinks, size_t count, const struct sink_route *wanted,
		  struct place_choice *out);

#endif
