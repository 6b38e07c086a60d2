/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Keeping one PulseAudio stream where it is wanted: looks at what sinks there are, moves the
 * stream, switches a sink to its earpiece and back, and looks again when sinks come, go or change.
 * The pulse sink is the only caller.
 * Owns the operations under way and a timer; the sink embeds the struct.
 */
#ifndef SIDETOUCH_PULSE_ROUTE_H
#define SIDETOUCH_PULSE_ROUTE_H

#include <glib.h>
#include <pulse/pulseaudio.h>

#include "daemon/voice/place.h"
#include "daemon/voice/sink.h"

struct pulse_route {
	struct sink *sink; /* who is told */
	/* The stream is where it is wanted: the first answer since pulse_route_begin(). */
	void (*settled)(struct sink *sink);
	struct sink_route wanted;
	bool set; /* somebody has said where */

	/* While connected. */
	pa_context *context;
	pa_stream *stream;
	pa_operation *look; /* its answer is on its way */
	bool look_again;
	guint timer;
	char usual[sizeof(((struct sink_route *)NULL)->device)]; /* the server's choice */
	struct place_sink found[PLACE_SINKS_MAX];
	size_t found_count;
	/* A port that we have switched, to be put back. */
	char switched[sizeof(((struct sink_route *)NULL)->device)];
	char port_before[sizeof(((struct sink_route *)NULL)->device)];
	unsigned switches;       /* since it was wanted there */
	unsigned volume_percent; /* as set; 0: not yet */
	struct sink_routed told;
	struct sink_routed next; /* to be told when the server has done it */
	unsigned asked;          /* moves that were not answered */
	bool answer;             /* whoever asked is to be answered, changed or not */
};

/*
 * The stream is ready: keep it where it is wanted from now on. Until settled() it may still be
 * where everybody hears it; that is called at once when nobody has said where it is wanted.
 */
void pulse_route_begin(struct pulse_route *route, pa_context *context, pa_stream *stream);
/* It is wanted elsewhere; answered through the sink's routed(). */
void pulse_route_want(struct pulse_route *route, const struct sink_route *wanted);
/*
 * Before the end of all, with a server: a sink that was switched to its earpiece is not left so.
 * Nobody is told of anything any more; waits for the server, but not long.
 */
void pulse_route_leave(struct pulse_route *route);
/* The connection is going: its answers do not come any more. */
void pulse_route_end(struct pulse_route *route);

#endif
