/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where speech sounds: what every kind of sink does and tells. A new kind is one file that fills in
 * struct sink_ops and a line in main's table of --sink.
 * The voice owns one sink; all calls and events happen in its main loop, and none waits.
 */
#ifndef SIDETOUCH_SINK_H
#define SIDETOUCH_SINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/voice_link.h"

/* Where on the sound server speech sounds, and how loud; as struct voice_route. */
struct sink_route {
	char device[128]; /* the server's name of a sink; "": the server's choice */
	bool ear;
	bool again;
	unsigned volume_percent;
	unsigned lowered_percent;
};

struct sink_routed {
	char device[128];
	bool done;
	bool ear;
	bool volume_set; /* by the sink; else nobody has */
	enum voice_place place;
};

struct sink_events {
	/*
	 * Give up to count samples of the utterance, return how many. Fewer than count: none are
	 * there now, and play() is called when there are; *end is set when these were the last.
	 */
	size_t (*pull)(void *data, int16_t *samples, size_t count, bool *end);
	/* The last sample was really played. */
	void (*drained)(void *data);
	/*
	 * It works now, or it does not. Told once it is known after the start, and on every change
	 * and, while it works not, whenever an attempt to have it work came to nothing. What was
	 * handed over before a false is lost.
	 */
	void (*changed)(void *data, bool working);
	/* The answer to route(); and again when it is another one, or nobody has asked yet. */
	void (*routed)(void *data, const struct sink_routed *routed);
};

struct sink;

struct sink_ops {
	const char *name; /* of voice_sink: "pulse" */
	/* Begin; events come from now on. */
	void (*open)(struct sink *sink);
	/* There are samples to pull. May be called again whenever there are more. */
	void (*play)(struct sink *sink);
	/* Silence, at once: what was handed over and not played is discarded, drained not told. */
	void (*stop)(struct sink *sink);
	/* Something is to be said and it does not work: try again now. */
	void (*retry)(struct sink *sink);
	/* It took nothing for a long time: it is to count as lost, and told so by changed(false).
	 */
	void (*give_up)(struct sink *sink);
	/* Sound there from now on, and after every loss; cuts nothing. NULL: it cannot. */
	void (*route)(struct sink *sink, const struct sink_route *route);
	/* Whose samples were handed over and are not played: this long ago at most, in ms. */
	unsigned (*behind_ms)(const struct sink *sink);
	void (*free)(struct sink *sink);
};

/* The first member of every kind's own struct. */
struct sink {
	const struct sink_ops *ops;
	const struct sink_events *events; /* set by the voice before open() */
	void *data;
	unsigned rate_hz; /* 16-bit samples in the machine's byte order, one channel */
	bool working;     /* kept by sink_set_working() */
};

/* Called by sinks: keep the state and tell it. */
static inline void
sink_set_working(struct sink *sink, bool working)
{
	sink->working = working;
	sink->events->changed(sink->data, working);
}

struct sink *sink_pulse_new(unsigned rate_hz, bool audible);
/* The sound card itself, for machines without a sound server. */
struct sink *sink_alsa_new(unsigned rate_hz);
/* The first of these (owned, in order of preference) that works. Its name is the one in use. */
struct sink *sink_chain_new(struct sink *const *sinks, size_t count);
const char *sink_name(const struct sink *sink);
/* Plays in real time without sound; into the WAV file when a path is given. */
struct sink *sink_paced_new(unsigned rate_hz, const char *path);

static inline struct sink *
sink_unref(struct sink *sink)
{
	if (sink)
		sink->ops->free(sink);
	return NULL;
}

#endif
