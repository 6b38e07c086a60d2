/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Several sinks as one: the first that works speaks. Without a sound server that is the card, and
 * when a server turns up speech moves to it between two utterances, so that the card is free for
 * it. Made by the voice's main for --sink auto; owns the sinks in it.
 *
 * | what                                                     | after                            |
 * | -------------------------------------------------------- | -------------------------------- |
 * | one that has not said whether it works: the next as well | 2 s                              |
 * | the one in use is lost: the next                         | 2 s, unless it works again       |
 * | one that is preferred works (again)                      | when nothing is being played     |
 */
#define G_LOG_DOMAIN "sidetouch-voice"
#include <glib.h>

#include "daemon/voice/sink.h"

#define LINKS_MAX 4
/* Design: never wait longer for a connection. */
#define DEADLINE_MS 2000

struct chain;

struct link {
	struct chain *chain;
	struct sink *sink;
	bool opened;
};

struct chain {
	struct sink base;
	struct link links[LINKS_MAX];
	size_t count;
	size_t active;
	bool playing;
	bool failed; /* the last of them does not work either, and that was told */
	guint deadline;
};

static void try_next(struct chain *chain);

static void
clear_deadline(struct chain *chain)
{
	if (chain->deadline)
		g_source_remove(chain->deadline);
	chain->deadline = 0;
}

static gboolean
on_deadline(gpointer data)
{
	struct chain *chain = data;

	chain->deadline = 0;
	try_next(chain);
	return G_SOURCE_REMOVE;
}

static void
wait_for_active(struct chain *chain)
{
	if (!chain->deadline)
		chain->deadline = g_timeout_add(DEADLINE_MS, on_deadline, chain);
}

static void
open_active(struct chain *chain)
{
	struct link *link = &chain->links[chain->active];

	wait_for_active(chain);
	if (link->opened)
		link->sink->ops->retry(link->sink);
	else
		link->sink->ops->open(link->sink);
	link->opened = true;
}

static void
set_working(struct chain *chain, bool working)
{
	chain->base.rate_hz = chain->links[chain->active].sink->rate_hz;
	sink_set_working(&chain->base, working);
}

/* The active one does not work: the next, or nobody. */
static void
try_next(struct chain *chain)
{
	clear_deadline(chain);
	if (chain->active + 1 < chain->count) {
		chain->active++;
		open_active(chain);
		return;
	}
	chain->failed = true;
	set_working(chain, false);
}

/* Of those that work, the most preferred, when that changes nothing that sounds. */
static void
prefer(struct chain *chain)
{
	for (size_t i = 0; i < chain->active && !chain->playing; i++) {
		if (!chain->links[i].sink->working)
			continue;
		clear_deadline(chain);
		chain->links[chain->active].sink->ops->stop(chain->links[chain->active].sink);
		chain->active = i;
		chain->failed = false;
		set_working(chain, true);
		return;
	}
}

/* --- from the sinks --- */

static size_t
on_pull(void *data, int16_t *samples, size_t count, bool *end)
{
	const struct link *link = data;
	const struct chain *chain = link->chain;

	if (link != &chain->links[chain->active])
		return 0;
	return chain->base.events->pull(chain->base.data, samples, count, end);
}

static void
on_drained(void *data)
{
	const struct link *link = data;
	struct chain *chain = link->chain;

	if (link != &chain->links[chain->active])
		return;
	chain->playing = false;
	prefer(chain);
	chain->base.events->drained(chain->base.data);
}

static void
active_changed(struct chain *chain, bool working)
{
	bool was_working = chain->base.working;

	if (working) {
		clear_deadline(chain);
		chain->failed = false;
		set_working(chain, true);
		return;
	}
	chain->playing = false;
	/* Whoever is restarted gets its time; who has failed to start had it. */
	if (was_working) {
		wait_for_active(chain);
		set_working(chain, false);
	} else if (!chain->failed) {
		try_next(chain);
	}
}

static void
on_changed(void *data, bool working)
{
	const struct link *link = data;
	struct chain *chain = link->chain;

	if (link == &chain->links[chain->active])
		active_changed(chain, working);
	else if (working)
		prefer(chain);
}

static void
on_routed(void *data, const struct sink_routed *routed)
{
	const struct link *link = data;
	const struct chain *chain = link->chain;

	chain->base.events->routed(chain->base.data, routed);
}

static const struct sink_events link_events = {
    .pull = on_pull,
    .drained = on_drained,
    .changed = on_changed,
    .routed = on_routed,
};

/* --- from the voice --- */

static void
chain_open(struct sink *sink)
{
	open_active((struct chain *)sink);
}

static void
chain_play(struct sink *sink)
{
	struct chain *chain = (struct chain *)sink;
	struct sink *active = chain->links[chain->active].sink;

	chain->playing = true;
	active->ops->play(active);
}

static void
chain_stop(struct sink *sink)
{
	struct chain *chain = (struct chain *)sink;
	struct sink *active = chain->links[chain->active].sink;

	active->ops->stop(active);
	chain->playing = false;
	prefer(chain);
}

/* From the first on: what did not work a minute ago may work now. */
static void
chain_retry(struct sink *sink)
{
	struct chain *chain = (struct chain *)sink;

	if (chain->deadline)
		return;
	chain->failed = false;
	chain->active = 0;
	open_active(chain);
}

static void
chain_give_up(struct sink *sink)
{
	struct chain *chain = (struct chain *)sink;
	struct sink *active = chain->links[chain->active].sink;

	active->ops->give_up(active);
}

static void
chain_route(struct sink *sink, const struct sink_route *route)
{
	struct chain *chain = (struct chain *)sink;
	struct sink_routed nowhere = {.ear = route->ear};
	bool can = false;

	g_strlcpy(nowhere.device, route->device, sizeof(nowhere.device));
	for (size_t i = 0; i < chain->count; i++) {
		struct sink *one = chain->links[i].sink;

		if (!one->ops->route)
			continue;
		one->ops->route(one, route);
		can |= i == chain->active;
	}
	if (!can)
		sink->events->routed(sink->data, &nowhere);
}

static unsigned
chain_behind_ms(const struct sink *sink)
{
	const struct chain *chain = (const struct chain *)sink;
	const struct sink *active = chain->links[chain->active].sink;

	return active->ops->behind_ms(active);
}

static void
chain_free(struct sink *sink)
{
	struct chain *chain = (struct chain *)sink;

	clear_deadline(chain);
	for (size_t i = 0; i < chain->count; i++)
		sink_unref(chain->links[i].sink);
	g_free(chain);
}

static const struct sink_ops chain_ops = {
    .name = "none",
    .open = chain_open,
    .play = chain_play,
    .stop = chain_stop,
    .retry = chain_retry,
    .give_up = chain_give_up,
    .route = chain_route,
    .behind_ms = chain_behind_ms,
    .free = chain_free,
};

struct sink *
sink_chain_new(struct sink *const *sinks, size_t count)
{
	struct chain *chain = g_new0(struct chain, 1);

	chain->base.ops = &chain_ops;
	chain->base.rate_hz = sinks[0]->rate_hz;
	chain->count = MIN(count, LINKS_MAX);
	for (size_t i = 0; i < chain->count; i++) {
		chain->links[i].chain = chain;
		chain->links[i].sink = sinks[i];
		sinks[i]->events = &link_events;
		sinks[i]->data = &chain->links[i];
	}
	return &chain->base;
}

const char *
sink_name(const struct sink *sink)
{
	const struct chain *chain;

	if (sink->ops != &chain_ops)
		return sink->ops->name;
	chain = (const struct chain *)sink;
	return sink->working ? chain->links[chain->active].sink->ops->name : sink->ops->name;
}
