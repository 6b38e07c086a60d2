/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lent memory is given back in the same call of the loop, written or not.
 * Called by the pulse sink.
 */
#include "daemon/voice/pulse_write.h"

#include <glib.h>
#include <stdint.h>
#include <string.h>

void *
pulse_write_begin(pa_stream *stream, size_t *size)
{
	void *memory = NULL;
	size_t room = *size;

	if (pa_stream_begin_write(stream, &memory, &room) < 0)
		return NULL;
	*size = MIN(room, *size);
	return memory;
}

bool
pulse_write_end(pa_stream *stream, const void *memory, size_t size)
{
	return pa_stream_write(stream, memory, size, NULL, 0, PA_SEEK_RELATIVE) == 0;
}

size_t
pulse_write_silence(pa_stream *stream, size_t size)
{
	size_t done = 0;

	while (size - done >= sizeof(int16_t)) {
		size_t room = size - done;
		void *memory = pulse_write_begin(stream, &room);

		if (!memory)
			break;
		memset(memory, 0, room);
		if (!pulse_write_end(stream, memory, room))
			break;
		done += room;
	}
	return done;
}
