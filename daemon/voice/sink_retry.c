/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Twice as long each time, from SINK_RETRY_FIRST_MS to SINK_RETRY_MAX_MS.
 * Called by the sinks.
 */
#include "daemon/voice/sink_retry.h"

#include <glib.h>

void
sink_retry_begin(struct sink_retry *retry, struct usec now)
{
	retry->wait_ms = SINK_RETRY_FIRST_MS;
	retry->until = usec_add(now, usec_from_ms(SINK_RETRY_FOR_MS));
}

bool
sink_retry_next(struct sink_retry *retry, struct usec now, unsigned *wait_ms)
{
	if (!usec_before(now, retry->until))
		return false;
	*wait_ms = retry->wait_ms;
	retry->wait_ms = MIN(retry->wait_ms * 2, SINK_RETRY_MAX_MS);
	return true;
}
