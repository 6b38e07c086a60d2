/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Listens to the monitor of a PipeWire sink and dates what it hears: when the first sample that is
 * not silence was played, and the last.
 * Included by speech-latency.c only, which alone is linked with libpipewire.
 * Owns the stream and its thread; what was heard is read from the main thread.
 *
 * A sample's time is that of the graph's cycle that played it, plus its place in the cycle: the
 * cycle runs when the sink begins to play its first sample. The monitor of a sink that drives the
 * graph gives out in one cycle what was played in the one before (counted by monitor-lag.c, which
 * bench-speech.sh runs first), so that samples are dated by the cycle before. The stream is passive
 * and asks for no period, so that it neither keeps the sink awake nor makes the sink's period
 * shorter than the speaker's own stream does; both would make speech seem faster than it is without
 * a listener.
 */
#ifndef SIDETOUCH_MONITOR_H
#define SIDETOUCH_MONITOR_H

#include <pipewire/pipewire.h>
#include <spa/param/audio/format-utils.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <unistd.h>

#define MONITOR_RATE_HZ 48000 /* the sink's own: nothing is resampled, which would take time */
/* Of 1.0, -60 dB: speech is far above it, rounding and dither far below. */
#define MONITOR_SILENCE 0.001F
/* PipeWire's: monitor_on_process() takes them off, bench-speech.sh has them counted anew. */
#define MONITOR_LAG_CYCLES 1

struct monitor {
	struct pw_thread_loop *loop;
	struct pw_stream *stream;
	struct spa_hook hook;
	int64_t cycle_ns;         /* when the cycle before began; of PipeWire's thread alone */
	int event_fd;             /* readable at the first sample that is no silence */
	_Atomic int64_t since_ns; /* what was played before does not count */
	_Atomic int64_t first_ns; /* 0: silence since then */
	_Atomic int64_t last_ns;  /* end of the last sample that was no silence */
	_Atomic uint32_t period;  /* samples in the cycle of first_ns */
	_Atomic int failed;
};

static inline void
monitor_hear(struct monitor *monitor, const float *samples, uint32_t count, int64_t start_ns)
{
	int64_t since = atomic_load(&monitor->since_ns);

	for (uint32_t i = 0; i < count; i++) {
		int64_t at = start_ns + (int64_t)i * 1000000000 / MONITOR_RATE_HZ;

		if (at < since || (samples[i] < MONITOR_SILENCE && samples[i] > -MONITOR_SILENCE))
			continue;
		atomic_store(&monitor->last_ns, at + 1000000000 / MONITOR_RATE_HZ);
		if (atomic_load(&monitor->first_ns) != 0)
			continue;
		atomic_store(&monitor->period, count);
		atomic_store(&monitor->first_ns, at);
		(void)!write(monitor->event_fd, &(uint64_t){1}, sizeof(uint64_t));
	}
}

/* In PipeWire's own thread for data, once a cycle: nothing here waits. */
static inline void
monitor_on_process(void *data)
{
	struct monitor *monitor = data;
	struct pw_buffer *buffer = pw_stream_dequeue_buffer(monitor->stream);
	int64_t played_ns = monitor->cycle_ns;
	struct pw_time time;

	_Static_assert(MONITOR_LAG_CYCLES == 1, "one cycle is remembered");
	if (pw_stream_get_time_n(monitor->stream, &time, sizeof(time)) == 0)
		monitor->cycle_ns = time.now;
	if (!buffer)
		return;
	if (buffer->buffer->datas[0].data) {
		const struct spa_data *plane = &buffer->buffer->datas[0];
		const char *bytes = plane->data;

		monitor_hear(monitor, (const float *)(const void *)(bytes + plane->chunk->offset),
			     plane->chunk->size / sizeof(float), played_ns);
	}
	pw_stream_queue_buffer(monitor->stream, buffer);
}

static inline void
monitor_on_state(void *data, enum pw_stream_state old, enum pw_stream_state state,
		 const char *error)
{
	struct monitor *monitor = data;

	(void)old;
	(void)error;
	if (state == PW_STREAM_STATE_ERROR)
		atomic_store(&monitor->failed, 1);
}

static inline bool
monitor_connect(struct monitor *monitor)
{
	uint8_t memory[512];
	struct spa_pod_builder builder = SPA_POD_BUILDER_INIT(memory, sizeof(memory));
	struct spa_audio_info_raw info = {
	    .format = SPA_AUDIO_FORMAT_F32, .rate = MONITOR_RATE_HZ, .channels = 1};
	const struct spa_pod *format =
	    spa_format_audio_raw_build(&builder, SPA_PARAM_EnumFormat, &info);

	return pw_stream_connect(monitor->stream, PW_DIRECTION_INPUT, PW_ID_ANY,
				 PW_STREAM_FLAG_AUTOCONNECT | PW_STREAM_FLAG_MAP_BUFFERS |
				     PW_STREAM_FLAG_RT_PROCESS,
				 &format, 1) == 0;
}

/* Listen to the sink of this name; false when PipeWire cannot be asked. */
static inline bool
monitor_open(struct monitor *monitor, const char *sink)
{
	static const struct pw_stream_events events = {
	    .version = PW_VERSION_STREAM_EVENTS,
	    .state_changed = monitor_on_state,
	    .process = monitor_on_process,
	};
	bool connected = false;

	*monitor = (struct monitor){.event_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
	pw_init(NULL, NULL);
	monitor->loop = pw_thread_loop_new("monitor", NULL);
	if (!monitor->loop || pw_thread_loop_start(monitor->loop) < 0)
		return false;
	pw_thread_loop_lock(monitor->loop);
	monitor->stream = pw_stream_new_simple(
	    pw_thread_loop_get_loop(monitor->loop), "Benchmark",
	    pw_properties_new(PW_KEY_MEDIA_TYPE, "Audio", PW_KEY_MEDIA_CATEGORY, "Capture",
			      PW_KEY_STREAM_CAPTURE_SINK, "true", PW_KEY_TARGET_OBJECT, sink,
			      PW_KEY_NODE_PASSIVE, "true", NULL),
	    &events, monitor);
	if (monitor->stream)
		connected = monitor_connect(monitor);
	pw_thread_loop_unlock(monitor->loop);
	return connected && atomic_load(&monitor->failed) == 0;
}

/* Forget what was heard; only what is played from now on counts. */
static inline void
monitor_reset(struct monitor *monitor, int64_t now_ns)
{
	uint64_t count;

	atomic_store(&monitor->since_ns, now_ns);
	(void)!read(monitor->event_fd, &count, sizeof(count));
	atomic_store(&monitor->last_ns, 0);
	atomic_store(&monitor->first_ns, 0);
}

static inline void
monitor_close(struct monitor *monitor)
{
	if (monitor->loop)
		pw_thread_loop_lock(monitor->loop);
	if (monitor->stream)
		pw_stream_destroy(monitor->stream);
	if (monitor->loop) {
		pw_thread_loop_unlock(monitor->loop);
		pw_thread_loop_stop(monitor->loop);
		pw_thread_loop_destroy(monitor->loop);
	}
	close(monitor->event_fd);
	pw_deinit();
}

#endif
