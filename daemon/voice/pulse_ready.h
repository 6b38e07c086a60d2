/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Waiting until a sound server that has answered also has somewhere to play: PipeWire answers
 * before WirePlumber has looked for a sink, and a stream that is made in between is sometimes never
 * answered, nor is anybody else until it is gone (pacat as well; PipeWire 0.3.65).
 * Used by the pulse sink, for each connection once. Owns a question that is under way.
 */
#ifndef SIDETOUCH_PULSE_READY_H
#define SIDETOUCH_PULSE_READY_H

#include <pulse/pulseaudio.h>

typedef void pulse_ready_fn(void *data);

struct pulse_ready {
	pa_context *context; /* NULL: nothing is waited for */
	pa_operation *question;
	pulse_ready_fn *ready;
	void *data;
};

/* Call ready() once, when there is a sink: now, or when the server tells of one. */
void pulse_ready_await(struct pulse_ready *wait, pa_context *context, pulse_ready_fn *ready,
		       void *data);
/* It is called no more. */
void pulse_ready_end(struct pulse_ready *wait);

#endif
