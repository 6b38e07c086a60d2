/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A list of keys on their way, each with the timer that ends it when no answer comes.
 * Called by daemon/driver_link.
 * Owns the list.
 */
#include "daemon/driver_keys.h"

#include <errno.h>
#include <glib.h>

struct driver_keys {
	driver_keys_typed_fn *typed;
	void *data;
	uint32_t last;
	GPtrArray *list; /* of struct key */
};

struct key {
	struct driver_keys *keys;
	uint32_t request;
	uint32_t tag;
	int error;
	guint timer;
};

static void
key_free(void *data)
{
	struct key *key = data;

	if (key->timer)
		g_source_remove(key->timer);
	g_free(key);
}

static void
finish(struct key *key, int error)
{
	struct driver_keys *keys = key->keys;
	uint32_t tag = key->tag;

	g_ptr_array_remove(keys->list, key);
	keys->typed(keys->data, tag, error);
}

static gboolean
on_timer(void *data)
{
	struct key *key = data;

	key->timer = 0;
	finish(key, key->error);
	return G_SOURCE_REMOVE;
}

struct driver_keys *
driver_keys_new(driver_keys_typed_fn *typed, void *data)
{
	struct driver_keys *keys = g_new0(struct driver_keys, 1);

	keys->typed = typed;
	keys->data = data;
	keys->list = g_ptr_array_new_with_free_func(key_free);
	return keys;
}

struct driver_keys *
driver_keys_free(struct driver_keys *keys)
{
	if (!keys)
		return NULL;
	g_ptr_array_unref(keys->list);
	g_free(keys);
	return NULL;
}

uint32_t
driver_keys_next(struct driver_keys *keys)
{
	return ++keys->last;
}

void
driver_keys_add(struct driver_keys *keys, uint32_t tag, int error)
{
	struct key *key = g_new0(struct key, 1);

	key->keys = keys;
	key->request = keys->last;
	key->tag = tag;
	key->error = error < 0 ? error : -ETIMEDOUT;
	key->timer = g_timeout_add(error < 0 ? 0 : DRIVER_KEYS_MS, on_timer, key);
	g_ptr_array_add(keys->list, key);
}

void
driver_keys_done(struct driver_keys *keys, const struct link_key_done *done)
{
	for (guint i = 0; i < keys->list->len; i++) {
		struct key *key = g_ptr_array_index(keys->list, i);

		if (key->request == done->request) {
			finish(key, done->error);
			return;
		}
	}
}

void
driver_keys_fail(struct driver_keys *keys, int error)
{
	while (keys->list->len > 0)
		finish(g_ptr_array_index(keys->list, 0), error);
}
