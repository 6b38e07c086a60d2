/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The driver's messages as the brain takes them.
 * Used by the daemon and by playing in memory, which is the daemon there.
 * Owns nothing.
 */
#ifndef SIDETOUCH_BRAIN_MESSAGE_H
#define SIDETOUCH_BRAIN_MESSAGE_H

#include "common/link.h"
#include "daemon/brain.h"

/* Both messages were checked by common/packet. */
static inline struct brain_press
brain_message_press(const struct link_press *message)
{
	return (struct brain_press){
	    .press = message->press,
	    .pad = (enum pad)message->pad,
	    .phase = (enum press_phase)message->phase,
	    .down = {message->down_us},
	    .time = {message->time_us},
	};
}

static inline struct brain_chord
brain_message_chord(const struct link_chord *message)
{
	return (struct brain_chord){
	    .chord = message->chord,
	    .pads = {(enum pad)message->pads[0], (enum pad)message->pads[1]},
	    .presses = {message->presses[0], message->presses[1]},
	    .phase = (enum press_phase)message->phase,
	    .down = {message->down_us},
	    .time = {message->time_us},
	};
}

#endif
