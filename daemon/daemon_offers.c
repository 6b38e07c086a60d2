/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What apps offer for the buttons while they run, joined to the brain and the bus.
 * Called by the daemon's main object, and from the loop.
 * Owns nothing: all of it is the daemon's.
 */
#define G_LOG_DOMAIN "sidetouchd"
#include "daemon/daemon_private.h"

static bool
offers_ask_busy(void *data)
{
	return brain_is_busy(((struct daemon *)data)->brain);
}

static void
on_offers(void *data, const struct profile_binding *const *bindings)
{
	struct daemon *daemon = data;

	brain_offer(daemon->brain, bindings, daemon_now());
	if (daemon->talk)
		talk_prepare(daemon->talk, brain_view(daemon->brain));
}

static void
on_offer_result(void *data, uint32_t press, enum brain_result result, const char *text)
{
	daemon_tell_result(data, press, result, text);
}

static void
on_offer_resolved(void *data, uint32_t press, enum brain_result result, const char *text)
{
	struct daemon *daemon = data;

	brain_resolved(daemon->brain, press, result, text, daemon_now());
	daemon_rearm(daemon);
}

void
daemon_offers_new(struct daemon *daemon)
{
	static const struct offers_events events = {
	    .busy = offers_ask_busy,
	    .changed = on_offers,
	    .result = on_offer_result,
	    .resolved = on_offer_resolved,
	};

	daemon->offers = offers_new(daemon->bus, &events, daemon);
}

char *
daemon_offer(void *data, const char *caller, const char *actions, GVariant *buttons)
{
	struct daemon *daemon = data;

	return offers_take(daemon->offers, caller, actions, buttons);
}
