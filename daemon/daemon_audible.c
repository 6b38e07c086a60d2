/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * At the first start ever, speech that nobody hears is of no use to somebody who cannot see that
 * the sound is off; later that is the user's own choice. A file in the user's folder of states
 * remembers that it was done, from when the sound server was there.
 * Called by the daemon's main object, from the loop. Owns nothing.
 */
#include <string.h>

#include "daemon/daemon_private.h"
#include "daemon/remembered.h"

#define REMEMBERED "heard"

bool
daemon_audible_is_due(const struct daemon_options *options)
{
	return options->state && options->offers_tutorial &&
	       !remembered_is(options->state, REMEMBERED);
}

void
daemon_audible_done(const struct daemon *daemon, const char *sink)
{
	/* The card alone is not the sound server, which may be late. What cannot be kept, which is
	 * logged, is done again at the next start. */
	if (sink[0] && strcmp(sink, VOICE_SINK_CARD) != 0 &&
	    daemon_audible_is_due(&daemon->options))
		(void)remembered_keep(daemon->options.state, REMEMBERED, "once");
}
