/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A core's chord as the link's message.
 * Used by the driver and by whatever plays the driver for a scenario.
 * Owns nothing.
 */
#ifndef SIDETOUCH_LINK_CHORD_H
#define SIDETOUCH_LINK_CHORD_H

#include "common/link.h"
#include "driver/core/core.h"

/* All but the header, which is filled in when it is sent. */
static inline struct link_chord
link_chord_new(uint32_t panel, const struct core_chord *chord)
{
	return (struct link_chord){
	    .chord = chord->chord,
	    .panel = panel,
	    .pads = {chord->pads[0], chord->pads[1]},
	    .presses = {chord->presses[0], chord->presses[1]},
	    .phase = chord->phase,
	    .down_us = chord->down.us,
	    .time_us = chord->time.us,
	};
}

/* The kind that a core's notice has on the link. */
static inline enum link_notice_kind
link_notice_kind_of(enum core_notice notice)
{
	switch (notice) {
	case CORE_NOTICE_ESCAPE_ON:
		return LINK_NOTICE_ESCAPE_ON;
	case CORE_NOTICE_ESCAPE_OFF:
		return LINK_NOTICE_ESCAPE_OFF;
	}
	return LINK_NOTICE_ESCAPE_OFF;
}

#endif
