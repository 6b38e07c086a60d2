/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Passes routes on, and answers for sinks that know none.
 * Called by daemon/voice/voice.
 * Owns nothing beyond the struct its caller holds.
 */
#include "daemon/voice/router.h"

#include <glib.h>

#include "daemon/voice/earcon.h"

void
router_init(struct router *router, struct report *report)
{
	*router = (struct router){.report = report, .gain_percent = 100};
}

void
router_take(struct router *router, struct sink *sink, const struct voice_route *message)
{
	struct sink_route route = {
	    .volume_percent = message->volume_percent,
	    .lowered_percent = message->lowered_percent,
	    .ear = message->ear,
	    .again = message->again,
	};
	struct sink_routed nowhere = {.ear = message->ear};

	router->wanted = *message;
	router->asked = true;
	g_strlcpy(route.device, message->sink, sizeof(route.device));
	g_strlcpy(nowhere.device, message->sink, sizeof(nowhere.device));
	if (sink->ops->route)
		sink->ops->route(sink, &route);
	else
		router_told(router, &nowhere);
}

void
router_told(struct router *router, const struct sink_routed *routed)
{
	const struct voice_route *wanted = &router->wanted;

	router->gain_percent = 100;
	if (router->asked && !routed->volume_set)
		router->gain_percent =
		    wanted->ear ? wanted->lowered_percent : wanted->volume_percent;
	report_routed(router->report, routed);
}

void
router_chime(struct router *router, enum voice_earcon earcon)
{
	router->chime = earcon;
	router->chime_from = 0;
}

void
router_shape(struct router *router, unsigned rate_hz, int16_t *samples, size_t count)
{
	if (router->chime != VOICE_EARCON_NONE) {
		earcon_mix(router->chime, rate_hz, 100, router->chime_from, samples, count);
		router->chime_from += count;
		if (router->chime_from >= earcon_length(router->chime, rate_hz))
			router->chime = VOICE_EARCON_NONE;
	}
	if (router->gain_percent == 100)
		return;
	for (size_t i = 0; i < count; i++) {
		int sample = samples[i] * (int)router->gain_percent / 100;

		samples[i] = (int16_t)CLAMP(sample, INT16_MIN, INT16_MAX);
	}
}
