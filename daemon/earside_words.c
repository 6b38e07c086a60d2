/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sentences: what is wrong, and what to do instead.
 * Called by daemon/earside.
 * Owns nothing.
 */
#include "daemon/earside_words.h"

#include "common/i18n.h"

const char *
earside_words_fault(enum sensor_fault fault)
{
	switch (fault) {
	case SENSOR_FAULT_MISSING:
		return _(
		    "No proximity sensor tells when the phone is at the ear. It goes by touch: "
		    "after 3 seconds without one, speech is aloud again. To go to the ear and "
		    "back, press the two lower buttons together.");
	case SENSOR_FAULT_DIED:
		return _(
		    "The service of the proximity sensor has ended. Until it is back, press the "
		    "two lower buttons together to go to the ear and back. To start it: systemctl "
		    "start iio-sensor-proxy.");
	case SENSOR_FAULT_REFUSED:
		return _(
		    "The proximity sensor must not be used by this session. Press the two lower "
		    "buttons together to go to the ear and back.");
	case SENSOR_FAULT_NONSENSE:
		return _(
		    "The service of the proximity sensor says what cannot be understood. Press "
		    "the two lower buttons together to go to the ear and back.");
	}
	return "";
}

const char *
earside_words_at_ear(bool at_ear)
{
	return at_ear ? _("At the ear") : _("Away from the ear");
}

const char *
earside_words_no_earpiece(bool gone)
{
	return gone ? _("The earpiece has gone, speech is softer")
		    : _("There is no earpiece, so speech is softer at the ear");
}
