/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A monitor of the two calls that show a notification. GDBus hands messages over on a thread of its
 * own, in a filter that answers none: a monitor that sends anything is hung up on.
 * Called by the daemon's main object in its loop.
 * Owns the connection and the timer; what is on its way from the thread to the loop owns itself.
 *
 *   wait      nothing works, the timer tries again
 *   connect   to the session bus
 *   ask       to be a monitor
 *   up        notifications come
 */
#define G_LOG_DOMAIN "sidetouchd"
#include "daemon/notify_bus.h"

#include "common/cleanup.h"
#include "common/i18n.h"
#include "daemon/session_bus.h"

/* As daemon/a11y_bus. */
#define RETRY_MIN_MS 100
#define RETRY_MAX_MS 10000
#define ANSWER_MS    5000
/* On their way to the loop: a program that sends thousands a second shall not fill our memory. */
#define WAITING_MAX 64

#define NO_BUS                                                                                     \
	_("Notifications are not heard: there is no session bus. Start sidetouchd inside your "    \
	  "session")

static const char *const rules[] = {
    "type='method_call',interface='" NOTIFICATION_DESKTOP "',member='Notify'",
    "type='method_call',interface='" NOTIFICATION_GTK "',member='AddNotification'",
    NULL,
};

struct notify_bus {
	notify_bus_fn *seen;
	void *data;
	GDBusConnection *connection;
	GCancellable *cancellable; /* of this attempt and what comes of it */
	gulong closed;
	guint filter;
	guint timer;
	unsigned retry_ms;
	const char *sentence;
};

/* What belongs to one attempt: it counts only as long as that lasts. */
struct step {
	struct notify_bus *bus;
	GCancellable *cancellable;
	gint references; /* of a filter's: messages on their way to the loop have one each */
};

struct passing {
	struct step *step;
	GDBusMessage *message;
};

static struct step *
step_new(struct notify_bus *bus)
{
	struct step *step = g_new0(struct step, 1);

	step->bus = bus;
	step->cancellable = g_object_ref(bus->cancellable);
	step->references = 1;
	return step;
}

static void
step_unref(void *data)
{
	struct step *step = data;

	if (!g_atomic_int_dec_and_test(&step->references))
		return;
	g_object_unref(step->cancellable);
	g_free(step);
}

/* The bus, or NULL when the attempt is over; frees the step. */
static struct notify_bus *
step_end(struct step *step)
{
	struct notify_bus *bus = g_cancellable_is_cancelled(step->cancellable) ? NULL : step->bus;

	step_unref(step);
	return bus;
}

static void start(struct notify_bus *bus);

static void
drop(struct notify_bus *bus)
{
	if (bus->cancellable)
		g_cancellable_cancel(bus->cancellable);
	g_clear_object(&bus->cancellable);
	g_clear_handle_id(&bus->timer, g_source_remove);
	if (!bus->connection)
		return;
	g_signal_handler_disconnect(bus->connection, bus->closed);
	if (bus->filter)
		g_dbus_connection_remove_filter(bus->connection, bus->filter);
	bus->filter = 0;
	g_dbus_connection_close(bus->connection, NULL, NULL, NULL);
	g_clear_object(&bus->connection);
}

static gboolean
on_retry(void *data)
{
	struct notify_bus *bus = data;

	bus->timer = 0;
	start(bus);
	return G_SOURCE_REMOVE;
}

static void
fail(struct notify_bus *bus, const char *sentence)
{
	drop(bus);
	bus->sentence = sentence;
	bus->timer = g_timeout_add(bus->retry_ms, on_retry, bus);
	bus->retry_ms = MIN(bus->retry_ms * 2, RETRY_MAX_MS);
}

static void
on_closed(GDBusConnection *connection, gboolean vanished, GError *error, void *data)
{
	(void)connection, (void)vanished, (void)error;
	fail(data, _("Notifications are not heard: the session bus hung up. Sidetouch connects "
		     "again by itself"));
}

/* --- from the thread --- */

static gboolean
on_passed(void *data)
{
	struct passing *passing = data;
	struct step *step = passing->step;
	struct notification notification;

	if (!g_cancellable_is_cancelled(step->cancellable) &&
	    notification_read(passing->message, &notification)) {
		notification.time_s = g_get_real_time() / G_USEC_PER_SEC;
		step->bus->seen(step->bus->data, &notification);
		notification_clear(&notification);
	}
	return G_SOURCE_REMOVE;
}

static void
passing_free(void *data)
{
	struct passing *passing = data;

	g_object_unref(passing->message);
	step_unref(passing->step);
	g_free(passing);
}

static bool
is_ours(GDBusMessage *message)
{
	const char *interface = g_dbus_message_get_interface(message);

	return g_dbus_message_get_message_type(message) == G_DBUS_MESSAGE_TYPE_METHOD_CALL &&
	       (g_strcmp0(interface, NOTIFICATION_DESKTOP) == 0 ||
		g_strcmp0(interface, NOTIFICATION_GTK) == 0);
}

/* Only here on another thread: nothing but the step is touched. */
static GDBusMessage *
on_message(GDBusConnection *connection, GDBusMessage *message, gboolean incoming, void *data)
{
	struct step *step = data;
	struct passing *passing;

	(void)connection;
	if (!incoming || !is_ours(message))
		return message;
	if (g_atomic_int_get(&step->references) > WAITING_MAX) {
		g_object_unref(message);
		return NULL;
	}
	passing = g_new0(struct passing, 1);
	passing->step = step;
	passing->message = message;
	g_atomic_int_inc(&step->references);
	g_idle_add_full(G_PRIORITY_DEFAULT, on_passed, passing, passing_free);
	return NULL;
}

/* --- the connection --- */

static void
on_monitor(GObject *source, GAsyncResult *result, void *data)
{
	struct notify_bus *bus = step_end(data);
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) reply =
	    g_dbus_connection_call_finish(G_DBUS_CONNECTION(source), result, &error);

	if (!bus)
		return;
	if (!reply) {
		g_debug("monitoring notifications: %s", error->message);
		fail(bus, _("Notifications are not heard: the session bus lets nobody listen. Its "
			    "configuration must allow BecomeMonitor"));
		return;
	}
	bus->retry_ms = RETRY_MIN_MS;
	bus->sentence = "connected";
}

static void
on_connected(GObject *source, GAsyncResult *result, void *data)
{
	struct notify_bus *bus = step_end(data);
	g_autoptr(GDBusConnection) connection =
	    g_dbus_connection_new_for_address_finish(result, NULL);

	(void)source;
	if (!bus)
		return;
	if (!connection) {
		fail(bus, NO_BUS);
		return;
	}
	bus->connection = g_steal_pointer(&connection);
	g_dbus_connection_set_exit_on_close(bus->connection, FALSE);
	bus->closed = g_signal_connect(bus->connection, "closed", G_CALLBACK(on_closed), bus);
	bus->filter =
	    g_dbus_connection_add_filter(bus->connection, on_message, step_new(bus), step_unref);
	g_dbus_connection_call(bus->connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
			       "org.freedesktop.DBus.Monitoring", "BecomeMonitor",
			       g_variant_new("(^asu)", rules, 0), NULL, G_DBUS_CALL_FLAGS_NONE,
			       ANSWER_MS, bus->cancellable, on_monitor, step_new(bus));
}

static void
start(struct notify_bus *bus)
{
	g_autofree char *address = session_bus_address();

	bus->cancellable = g_cancellable_new();
	if (!address) {
		fail(bus, NO_BUS);
		return;
	}
	g_dbus_connection_new_for_address(address,
					  G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
					      G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
					  NULL, bus->cancellable, on_connected, step_new(bus));
}

struct notify_bus *
notify_bus_new(notify_bus_fn *seen, void *data)
{
	struct notify_bus *bus = g_new0(struct notify_bus, 1);

	bus->seen = seen;
	bus->data = data;
	bus->retry_ms = RETRY_MIN_MS;
	bus->sentence = _("connecting to the session bus");
	start(bus);
	return bus;
}

struct notify_bus *
notify_bus_free(struct notify_bus *bus)
{
	if (!bus)
		return NULL;
	drop(bus);
	g_free(bus);
	return NULL;
}

const char *
notify_bus_state(const struct notify_bus *bus)
{
	return bus->sentence;
}
