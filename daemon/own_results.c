/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Results of the commands that the daemon carries out itself, told from the loop.
 * The daemon's main object is the only caller.
 * Owns the queue and the idle source that empties it.
 */
#include "daemon/own_results.h"

#include <glib.h>

struct own_result {
	uint32_t press;
	char *text;
};

struct own_results {
	own_results_fn *tell;
	void *data;
	GQueue queue;
	guint source;
};

static void
own_result_free(void *data)
{
	struct own_result *result = data;

	g_free(result->text);
	g_free(result);
}

struct own_results *
own_results_new(own_results_fn *tell, void *data)
{
	struct own_results *results = g_new0(struct own_results, 1);

	results->tell = tell;
	results->data = data;
	g_queue_init(&results->queue);
	return results;
}

struct own_results *
own_results_free(struct own_results *results)
{
	if (!results)
		return NULL;
	if (results->source)
		g_source_remove(results->source);
	g_queue_clear_full(&results->queue, own_result_free);
	g_free(results);
	return NULL;
}

static gboolean
on_idle(void *data)
{
	struct own_results *results = data;
	struct own_result *result;

	results->source = 0;
	while ((result = g_queue_pop_head(&results->queue))) {
		results->tell(results->data, result->press, result->text);
		own_result_free(result);
	}
	return G_SOURCE_REMOVE;
}

void
own_results_add(struct own_results *results, uint32_t press, char *text)
{
	struct own_result *result = g_new0(struct own_result, 1);

	result->press = press;
	result->text = text;
	g_queue_push_tail(&results->queue, result);
	if (!results->source)
		results->source = g_idle_add_full(G_PRIORITY_HIGH, on_idle, results, NULL);
}
