/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Events that an application tells faster than anybody needs them: they end here, in GDBus' own
 * thread, before the main loop hears of them. Which window is in front is always heard, since
 * nobody asks for it; whatever else was lost is asked anew by daemon/apps_flood.
 * Owns its filter, and the counts of the last A11Y_FLOOD_MS.
 */
#include "daemon/a11y_flood.h"

#include <stdbool.h>
#include <stdint.h>

#include "common/cleanup.h"

/* What both threads have; the filter may run on for a moment after it was removed. */
struct shared {
	GMutex mutex;
	GHashTable *counts; /* unique name: events since began_us */
	int64_t began_us;
	struct a11y_flood *flood; /* NULL: it has ended. For the main context only */
};

struct a11y_flood {
	GDBusConnection *connection;
	a11y_flood_told told;
	void *data;
	guint filter;
	struct shared *shared;
};

/* That one application tells too much, on its way to the main context. */
struct notice {
	struct shared *shared;
	char *bus;
};

static void
shared_clear(void *data)
{
	struct shared *shared = data;

	g_hash_table_unref(shared->counts);
	g_mutex_clear(&shared->mutex);
}

static void
shared_unref(void *data)
{
	g_atomic_rc_box_release_full(data, shared_clear);
}

static void
notice_free(void *data)
{
	struct notice *notice = data;

	shared_unref(notice->shared);
	g_free(notice->bus);
	g_free(notice);
}

static gboolean
on_notice(void *data)
{
	const struct notice *notice = data;
	struct a11y_flood *flood = notice->shared->flood;

	if (flood)
		flood->told(flood->data, notice->bus);
	return G_SOURCE_REMOVE;
}

/* How many of this application, with this one. */
static unsigned
count(struct shared *shared, const char *bus)
{
	int64_t now_us = g_get_monotonic_time();
	unsigned events;

	if (now_us - shared->began_us >= A11Y_FLOOD_MS * INT64_C(1000)) {
		g_hash_table_remove_all(shared->counts);
		shared->began_us = now_us;
	}
	events = GPOINTER_TO_UINT(g_hash_table_lookup(shared->counts, bus)) + 1;
	g_hash_table_insert(shared->counts, g_strdup(bus), GUINT_TO_POINTER(events));
	return events;
}

static bool
is_of_front(GDBusMessage *message)
{
	return g_strcmp0(g_dbus_message_get_interface(message), "org.a11y.atspi.Event.Window") ==
		   0 ||
	       g_strcmp0(g_dbus_message_get_arg0(message), "active") == 0;
}

/* In GDBus' thread. */
static GDBusMessage *
on_message(GDBusConnection *connection, GDBusMessage *message, gboolean incoming, void *data)
{
	struct shared *shared = data;
	const char *bus = g_dbus_message_get_sender(message);
	struct notice *notice;
	unsigned events;

	(void)connection;
	/* What the bus itself tells has no unique name. */
	if (!incoming || !bus || bus[0] != ':' ||
	    g_dbus_message_get_message_type(message) != G_DBUS_MESSAGE_TYPE_SIGNAL)
		return message;
	g_mutex_lock(&shared->mutex);
	events = count(shared, bus);
	g_mutex_unlock(&shared->mutex);
	if (events <= A11Y_FLOOD_EVENTS)
		return message;
	if (events == A11Y_FLOOD_EVENTS + 1) {
		notice = g_new0(struct notice, 1);
		notice->shared = g_atomic_rc_box_acquire(shared);
		notice->bus = g_strdup(bus);
		g_idle_add_full(G_PRIORITY_HIGH, on_notice, notice, notice_free);
	}
	if (is_of_front(message))
		return message;
	g_object_unref(message);
	return NULL;
}

struct a11y_flood *
a11y_flood_new(GDBusConnection *connection, a11y_flood_told told, void *data)
{
	struct a11y_flood *flood = g_new0(struct a11y_flood, 1);

	flood->connection = g_object_ref(connection);
	flood->told = told;
	flood->data = data;
	flood->shared = g_atomic_rc_box_new0(struct shared);
	g_mutex_init(&flood->shared->mutex);
	flood->shared->counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	flood->shared->flood = flood;
	flood->filter = g_dbus_connection_add_filter(
	    connection, on_message, g_atomic_rc_box_acquire(flood->shared), shared_unref);
	return flood;
}

struct a11y_flood *
a11y_flood_free(struct a11y_flood *flood)
{
	if (!flood)
		return NULL;
	flood->shared->flood = NULL;
	g_dbus_connection_remove_filter(flood->connection, flood->filter);
	shared_unref(flood->shared);
	g_object_unref(flood->connection);
	g_free(flood);
	return NULL;
}
