/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Twice as long each time, from PULSE_RETRY_FIRST_MS to PULSE_RETRY_MAX_MS.
 * Called by the pulse sink.
 */
#include "daemon/voice/pulse_retry.h"

#include <glib.h>

void
pulse_retry_begin(struct pulse_retry *retry, struct usec now)
{
	retry->wait_ms = PULSE_RETRY_FIRST_MS;
	retry->until = usec_add(now, usec_from_ms(PULSE_RETRY_FOR_MS));
}

bool
pulse_retry_next(struct pulse_retry *retry, struct usec now, unsigned *wait_ms)
{
	if (!usec_before(now, retry->until))
		return false;
	*wait_ms = retry->wait_ms;
	retry->wait_ms = MIN(retry->wait_ms * 2, PULSE_RETRY_MAX_MS);
	return true;
}
