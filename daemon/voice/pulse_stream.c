/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The properties by which sound servers treat our stream, each with its reason.
 * Called by the pulse sink.
 */
#include "daemon/voice/pulse_stream.h"

#include <stdint.h>

static pa_sample_spec
samples_of(unsigned rate_hz)
{
	return (pa_sample_spec){PA_SAMPLE_S16NE, rate_hz, 1};
}

pa_stream *
pulse_stream_new(pa_context *context, unsigned rate_hz)
{
	const pa_sample_spec spec = samples_of(rate_hz);
	pa_proplist *properties = pa_proplist_new();
	pa_stream *stream;

	pa_proplist_sets(properties, PA_PROP_MEDIA_ROLE, "a11y");
	/* PipeWire mixes for everybody at once, every 5.3 ms for PulseAudio's clients, and what is
	 * mixed is played: that would be the shortest stop. As long as we speak it is 2.7 ms, which
	 * halves the time to silence (measured: tests/bench/bench-speech.sh). */
	pa_proplist_sets(properties, "node.force-quantum", "128");
	/* PulseAudio keeps where a stream was moved, else for every stream of the same role: a
	 * screen reader must not come out of the earpiece because we did. */
	pa_proplist_sets(properties, "module-stream-restore.id", "sidetouch-voice");
	stream = pa_stream_new_with_proplist(context, "Speech", &spec, NULL, properties);
	pa_proplist_free(properties);
	return stream;
}

pa_buffer_attr
pulse_stream_attributes(unsigned rate_hz, unsigned target_ms)
{
	const pa_sample_spec spec = samples_of(rate_hz);

	return (pa_buffer_attr){
	    .maxlength = (uint32_t)-1,
	    .tlength = (uint32_t)pa_usec_to_bytes(target_ms * PA_USEC_PER_MSEC, &spec),
	    /* Play from the first sample on, and stop when there is none. */
	    .prebuf = sizeof(int16_t),
	    .minreq = (uint32_t)-1,
	    .fragsize = (uint32_t)-1,
	};
}
