/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What our stream is to a PulseAudio server: its name, its role, its samples, how much it holds.
 * Used by the pulse sink, whose stream it is.
 * Owns nothing.
 */
#ifndef SIDETOUCH_PULSE_STREAM_H
#define SIDETOUCH_PULSE_STREAM_H

#include <pulse/pulseaudio.h>

/* Not connected yet; NULL when the connection is lost. */
pa_stream *pulse_stream_new(pa_context *context, unsigned rate_hz);
/* That the server holds about so much ready of us, and plays the first of it at once. */
pa_buffer_attr pulse_stream_attributes(unsigned rate_hz, unsigned target_ms);

#endif
