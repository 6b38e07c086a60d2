/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writing into a PulseAudio stream without a copy of our own: libpulse lends the memory.
 * Called by the pulse sink. Owns nothing.
 */
#ifndef SIDETOUCH_PULSE_WRITE_H
#define SIDETOUCH_PULSE_WRITE_H

#include <pulse/pulseaudio.h>
#include <stdbool.h>
#include <stddef.h>

/* Memory for *size bytes at most, which then says how many; NULL when the server takes none. */
void *pulse_write_begin(pa_stream *stream, size_t *size);
/* The first of them count; false when the stream is lost. */
bool pulse_write_end(pa_stream *stream, const void *memory, size_t size);
/* So many bytes of silence; how many were taken. */
size_t pulse_write_silence(pa_stream *stream, size_t size);

#endif
