/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How many cycles late the monitor of a PipeWire sink gives out what was played. A filter has no
 * buffer: what it writes in a cycle the sink mixes in that cycle, so that the difference to the
 * cycle in which another filter finds it at the monitor is the monitor's own.
 * Run by tests/bench/bench-speech.sh, whose listener takes off MONITOR_LAG_CYCLES (monitor.h).
 *
 * Usage: monitor-lag   (prints the cycles; exit code 1 when they differ from one click to the next)
 * Whoever runs it links click:port to the sink and its monitor to listen:port.
 */
#include <pipewire/filter.h>
#include <pipewire/pipewire.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#define CLICKS       10
#define CLICK_CYCLES 8 /* from one to the next: far more than any lag */
#define CLICK        0.5F
#define PATIENCE_MS  20000

struct end {
	struct pw_filter *filter;
	void *port;
};

struct lag {
	struct pw_thread_loop *loop;
	struct end source;
	struct end listener;
	unsigned cycles;       /* of the source's thread alone */
	_Atomic uint64_t sent; /* position of the last click's cycle; 0: it was heard */
	int enough;            /* eventfd: CLICKS were heard */
	_Atomic int clicks;
	_Atomic int shortest;
	_Atomic int longest;
};

static void
on_source(void *data, struct spa_io_position *position)
{
	struct lag *lag = data;
	uint32_t count = (uint32_t)position->clock.duration;
	float *samples = pw_filter_get_dsp_buffer(lag->source.port, count);

	if (!samples)
		return;
	memset(samples, 0, count * sizeof(*samples));
	if (++lag->cycles % CLICK_CYCLES != 0)
		return;
	samples[0] = CLICK;
	atomic_store(&lag->sent, position->clock.position);
}

static void
on_listener(void *data, struct spa_io_position *position)
{
	struct lag *lag = data;
	uint32_t count = (uint32_t)position->clock.duration;
	const float *samples = pw_filter_get_dsp_buffer(lag->listener.port, count);
	uint64_t sent;
	int cycles;

	if (!samples || count == 0 || samples[0] < CLICK / 2)
		return;
	sent = atomic_exchange(&lag->sent, 0);
	if (sent == 0)
		return;
	cycles = (int)((position->clock.position - sent) / count);
	if (atomic_load(&lag->clicks) == 0 || cycles < atomic_load(&lag->shortest))
		atomic_store(&lag->shortest, cycles);
	if (cycles > atomic_load(&lag->longest))
		atomic_store(&lag->longest, cycles);
	if (atomic_fetch_add(&lag->clicks, 1) + 1 == CLICKS)
		(void)!write(lag->enough, &(uint64_t){1}, sizeof(uint64_t));
}

static bool
open_end(struct lag *lag, struct end *end, const char *name, enum pw_direction direction,
	 const struct pw_filter_events *events)
{
	end->filter = pw_filter_new_simple(pw_thread_loop_get_loop(lag->loop), name,
					   pw_properties_new(PW_KEY_MEDIA_TYPE, "Audio",
							     PW_KEY_MEDIA_CATEGORY, "Filter",
							     PW_KEY_MEDIA_ROLE, "DSP", NULL),
					   events, lag);
	if (!end->filter)
		return false;
	end->port =
	    pw_filter_add_port(end->filter, direction, PW_FILTER_PORT_FLAG_MAP_BUFFERS, 0,
			       pw_properties_new(PW_KEY_FORMAT_DSP, "32 bit float mono audio",
						 PW_KEY_PORT_NAME, "port", NULL),
			       NULL, 0);
	return end->port && pw_filter_connect(end->filter, PW_FILTER_FLAG_RT_PROCESS, NULL, 0) == 0;
}

static bool
measure(struct lag *lag)
{
	static const struct pw_filter_events source_events = {.version = PW_VERSION_FILTER_EVENTS,
							      .process = on_source};
	static const struct pw_filter_events listener_events = {.version = PW_VERSION_FILTER_EVENTS,
								.process = on_listener};
	struct pollfd heard = {.fd = lag->enough, .events = POLLIN};
	bool open;

	pw_thread_loop_lock(lag->loop);
	open = open_end(lag, &lag->source, "click", PW_DIRECTION_OUTPUT, &source_events) &&
	       open_end(lag, &lag->listener, "listen", PW_DIRECTION_INPUT, &listener_events);
	pw_thread_loop_unlock(lag->loop);
	return open && poll(&heard, 1, PATIENCE_MS) == 1;
}

int
main(int argc, char **argv)
{
	struct lag lag = {.enough = eventfd(0, EFD_CLOEXEC)};
	bool heard;

	if (argc != 1) {
		fprintf(stderr, "Usage: %s\n", argv[0]);
		return 2;
	}
	pw_init(NULL, NULL);
	lag.loop = pw_thread_loop_new("lag", NULL);
	heard = lag.loop && pw_thread_loop_start(lag.loop) == 0 && measure(&lag);
	if (lag.loop)
		pw_thread_loop_stop(lag.loop);
	if (!heard || lag.shortest != lag.longest) {
		fprintf(stderr, "monitor-lag: %d clicks were heard, %d to %d cycles late\n",
			lag.clicks, lag.shortest, lag.longest);
		return EXIT_FAILURE;
	}
	printf("%d\n", lag.longest);
	return EXIT_SUCCESS;
}
