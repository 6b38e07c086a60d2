/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Joins what reaches beyond the app in front: programs, services, apps to launch, typing.
 * Called by the daemon's main object.
 * Owns nothing: all of it is the daemon's.
 */
#include "daemon/daemon_private.h"

static void
on_result(void *data, uint32_t press, enum brain_result result, const char *text)
{
	daemon_tell_result(data, press, result, text);
}

static void
on_resolved(void *data, uint32_t press, enum brain_result result, const char *text)
{
	struct daemon *daemon = data;

	brain_resolved(daemon->brain, press, result, text, daemon_now());
	daemon_rearm(daemon);
}

static void
on_key(void *data, uint32_t press, uint32_t key, uint32_t modifiers)
{
	struct daemon *daemon = data;

	driver_link_type_key(daemon->link, press, key, modifiers);
}

static void
on_later(void *data, const char *sentence)
{
	daemon_say_after(data, sentence);
}

void
daemon_deeds_new(struct daemon *daemon)
{
	static const struct deeds_events events = {
	    .result = on_result,
	    .resolved = on_resolved,
	    .key = on_key,
	    .later = on_later,
	};

	daemon->deeds = deeds_new(&events, daemon);
}
