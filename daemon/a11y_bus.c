/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The connection to the accessibility bus: found through the session bus, kept for ever.
 * daemon/apps is the only caller. Owns both connections, the registration for events, and the timer
 * that tries again; that one runs only while there is no connection.
 */
#define G_LOG_DOMAIN "sidetouchd"
#include "daemon/a11y_bus.h"

#include "common/cleanup.h"
#include "common/i18n.h"
#include "daemon/a11y_call.h"
#include "daemon/session_bus.h"

/* The first retry: as soon as the launcher can have started another bus, nobody notices. */
#define RETRY_MIN_MS 100
/* The slowest: whoever starts the session's bus late waits no longer than this. */
#define RETRY_MAX_MS 10000
/* The launcher, its bus and the registry are started by these calls, from a phone's slow disk. */
#define START_MS 5000
/* What is only slow, or restarted, is told at this failure: 1.5 s later where each comes at once,
 * and 25 s where a slow disk keeps the answer back, since a call goes on while another is waited
 * for. */
#define TELL_AT_FAILURE 5

#define NO_SESSION                                                                                 \
	_("Apps cannot be driven: there is no session bus. Start sidetouchd inside your session, " \
	  "with: "                                                                                 \
	  "systemctl --user start sidetouchd")
#define NO_PACKAGE                                                                                 \
	_("Apps cannot be driven: the accessibility bus is not installed. Install the package "    \
	  "at-spi2-core, then sign out and in again")
#define NO_A11Y                                                                                    \
	_("Apps cannot be driven: the accessibility bus does not start. It is tried again and "    \
	  "again; if it stays so, sign out and in again")

/*
 * What applications are to tell of: what is in front and focused, and where a press's effect shows.
 * What is written never; that something was deleted is passed on of the field that has the focus,
 * unless it is for a secret (apps_echo). The bus passes on only what is subscribed to, so that the
 * many that are of use only after a press do not wake us.
 */
static const char *const wanted_events[] = {
    "object:state-changed",
    "object:property-change",
    "object:children-changed",
    "object:text-caret-moved",
    "object:text-selection-changed",
    "object:text-changed:delete",
    "object:selection-changed",
    "object:active-descendant-changed",
    "object:announcement",
    "window:",
    "focus:",
    "document:load-complete",
};

enum state {
	STATE_WAIT,     /* nothing works, the timer tries again */
	STATE_SESSION,  /* connecting to the session bus */
	STATE_ADDRESS,  /* asking it for the other bus */
	STATE_CONNECT,  /* connecting to that */
	STATE_REGISTER, /* telling the registry which events are wanted */
	STATE_UP,
};

struct a11y_bus {
	struct a11y_bus_events events;
	void *data;
	enum state state;
	GDBusConnection *session;
	GDBusConnection *a11y;
	GCancellable *cancellable; /* of what is under way in this attempt */
	gulong session_closed;
	gulong a11y_closed;
	guint registry_watch;
	guint timer;
	unsigned retry_ms;
	unsigned failures;
	unsigned registered; /* of wanted_events */
	bool was_up;
	bool told;
	const char *sentence;
};

/* One asynchronous step; its answer counts only while its attempt lasts. */
struct step {
	struct a11y_bus *bus;
	GCancellable *cancellable;
};

static struct step *
step_new(struct a11y_bus *bus)
{
	struct step *step = g_new0(struct step, 1);

	step->bus = bus;
	step->cancellable = g_object_ref(bus->cancellable);
	return step;
}

/* The bus, or NULL when the attempt that asked is over; frees the step. */
static struct a11y_bus *
step_end(struct step *step)
{
	struct a11y_bus *bus = g_cancellable_is_cancelled(step->cancellable) ? NULL : step->bus;

	g_object_unref(step->cancellable);
	g_free(step);
	return bus;
}

static void start(struct a11y_bus *bus);

static void
drop_connection(GDBusConnection **connection, gulong *closed)
{
	if (!*connection)
		return;
	g_signal_handler_disconnect(*connection, *closed);
	*closed = 0;
	g_dbus_connection_close(*connection, NULL, NULL, NULL);
	g_clear_object(connection);
}

static void
drop(struct a11y_bus *bus)
{
	if (bus->cancellable)
		g_cancellable_cancel(bus->cancellable);
	g_clear_object(&bus->cancellable);
	g_clear_handle_id(&bus->registry_watch, g_bus_unwatch_name);
	drop_connection(&bus->a11y, &bus->a11y_closed);
	drop_connection(&bus->session, &bus->session_closed);
	g_clear_handle_id(&bus->timer, g_source_remove);
}

static gboolean
on_retry(void *data)
{
	struct a11y_bus *bus = data;

	bus->timer = 0;
	start(bus);
	return G_SOURCE_REMOVE;
}

/* This attempt, or this connection, is over: let go of everything and try again later. for_good: it
 * does not pass by itself. */
static void
give_up(struct a11y_bus *bus, const char *sentence, const char *detail, bool for_good)
{
	bool connected = bus->a11y != NULL;

	drop(bus);
	bus->state = STATE_WAIT;
	bus->sentence = sentence;
	bus->failures++;
	g_debug("accessibility bus: %s", detail);
	bus->timer = g_timeout_add(bus->retry_ms, on_retry, bus);
	bus->retry_ms = MIN(bus->retry_ms * 2, RETRY_MAX_MS);
	if (connected)
		bus->events.down(bus->data);
	if (!bus->told && ((for_good && !bus->was_up) || bus->failures >= TELL_AT_FAILURE)) {
		bus->told = true;
		bus->events.problem(bus->data, sentence);
	}
}

static void
fail_session(struct a11y_bus *bus, const char *detail)
{
	give_up(bus, NO_SESSION, detail, true);
}

static void
fail(struct a11y_bus *bus, const char *detail)
{
	give_up(bus, NO_A11Y, detail, false);
}

/* A service, of the bus or of its registry, has not answered: it is not there, or only slow. */
static void
fail_service(struct a11y_bus *bus, const GError *error)
{
	bool absent = g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN);

	give_up(bus, absent ? NO_PACKAGE : NO_A11Y, error->message, absent);
}

static void
on_session_closed(GDBusConnection *connection, gboolean vanished, GError *error, void *data)
{
	(void)connection;
	(void)vanished;
	fail_session(data, error ? error->message : _("the session bus hung up"));
}

static void
on_a11y_closed(GDBusConnection *connection, gboolean vanished, GError *error, void *data)
{
	(void)connection;
	(void)vanished;
	fail(data, error ? error->message : _("the accessibility bus hung up"));
}

static void
on_registry_vanished(GDBusConnection *connection, const char *name, void *data)
{
	struct a11y_bus *bus = data;

	(void)connection;
	(void)name;
	/* Before the registration it may not have been started yet. */
	if (bus->state == STATE_UP)
		fail(bus, _("the registry went away"));
}

static void
on_registered(GObject *source, GAsyncResult *result, void *data)
{
	struct a11y_bus *bus = step_end(data);
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) reply =
	    g_dbus_connection_call_finish(G_DBUS_CONNECTION(source), result, &error);

	if (!bus)
		return;
	if (!reply) {
		fail_service(bus, error);
		return;
	}
	bus->registered++;
	if (bus->registered < ARRAY_LENGTH(wanted_events))
		return;
	bus->state = STATE_UP;
	bus->sentence = "connected";
	bus->retry_ms = RETRY_MIN_MS;
	bus->failures = 0;
	bus->was_up = true;
	if (bus->told)
		bus->events.solved(bus->data);
	bus->told = false;
	bus->registry_watch =
	    g_bus_watch_name_on_connection(bus->a11y, A11Y_REGISTRY, G_BUS_NAME_WATCHER_FLAGS_NONE,
					   NULL, on_registry_vanished, bus, NULL);
	bus->events.up(bus->data);
}

static void
register_events(struct a11y_bus *bus)
{
	bus->state = STATE_REGISTER;
	bus->registered = 0;
	for (size_t i = 0; i < ARRAY_LENGTH(wanted_events); i++)
		g_dbus_connection_call(bus->a11y, A11Y_REGISTRY, "/org/a11y/atspi/registry",
				       A11Y_REGISTRY, "RegisterEvent",
				       g_variant_new("(sass)", wanted_events[i], NULL, ""), NULL,
				       G_DBUS_CALL_FLAGS_NONE, START_MS, bus->cancellable,
				       on_registered, step_new(bus));
}

static void
on_connected(GObject *source, GAsyncResult *result, void *data)
{
	struct a11y_bus *bus = step_end(data);
	g_autoptr(GError) error = NULL;
	g_autoptr(GDBusConnection) connection =
	    g_dbus_connection_new_for_address_finish(result, &error);

	(void)source;
	if (!bus)
		return;
	if (!connection) {
		fail(bus, error->message);
		return;
	}
	bus->a11y = g_steal_pointer(&connection);
	g_dbus_connection_set_exit_on_close(bus->a11y, FALSE);
	bus->a11y_closed = g_signal_connect(bus->a11y, "closed", G_CALLBACK(on_a11y_closed), bus);
	bus->events.connected(bus->data, bus->a11y);
	register_events(bus);
}

static void
connect_to(struct a11y_bus *bus, const char *address,
	   void (*done)(GObject *source, GAsyncResult *result, void *data))
{
	g_dbus_connection_new_for_address(address,
					  G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
					      G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
					  NULL, bus->cancellable, done, step_new(bus));
}

static void
on_address(GObject *source, GAsyncResult *result, void *data)
{
	struct a11y_bus *bus = step_end(data);
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) reply =
	    g_dbus_connection_call_finish(G_DBUS_CONNECTION(source), result, &error);
	const char *address = NULL;

	if (!bus)
		return;
	if (!reply) {
		fail_service(bus, error);
		return;
	}
	g_variant_get(reply, "(&s)", &address);
	/* A bus of this machine; GDBus would also follow tcp: and autolaunch:. */
	if (!g_str_has_prefix(address, "unix:") || !g_dbus_is_supported_address(address, NULL)) {
		fail(bus, _("its address is not a local one"));
		return;
	}
	bus->state = STATE_CONNECT;
	connect_to(bus, address, on_connected);
}

static void
on_session(GObject *source, GAsyncResult *result, void *data)
{
	struct a11y_bus *bus = step_end(data);
	g_autoptr(GError) error = NULL;
	g_autoptr(GDBusConnection) connection =
	    g_dbus_connection_new_for_address_finish(result, &error);

	(void)source;
	if (!bus)
		return;
	if (!connection) {
		fail_session(bus, error->message);
		return;
	}
	bus->session = g_steal_pointer(&connection);
	g_dbus_connection_set_exit_on_close(bus->session, FALSE);
	bus->session_closed =
	    g_signal_connect(bus->session, "closed", G_CALLBACK(on_session_closed), bus);
	/* Toolkits that start without assistive technology stay silent; this tells them of one. */
	g_dbus_connection_call(
	    bus->session, "org.a11y.Bus", "/org/a11y/bus", "org.freedesktop.DBus.Properties", "Set",
	    g_variant_new("(ssv)", "org.a11y.Status", "IsEnabled", g_variant_new_boolean(TRUE)),
	    NULL, G_DBUS_CALL_FLAGS_NONE, START_MS, NULL, NULL, NULL);
	bus->state = STATE_ADDRESS;
	g_dbus_connection_call(bus->session, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus",
			       "GetAddress", NULL, G_VARIANT_TYPE("(s)"), G_DBUS_CALL_FLAGS_NONE,
			       START_MS, bus->cancellable, on_address, step_new(bus));
}

static void
start(struct a11y_bus *bus)
{
	g_autofree char *address = session_bus_address();

	bus->cancellable = g_cancellable_new();
	if (!address) {
		fail_session(bus, _("there is no session bus address"));
		return;
	}
	bus->state = STATE_SESSION;
	connect_to(bus, address, on_session);
}

int
a11y_bus_new(const struct a11y_bus_events *events, void *data, struct a11y_bus **out)
{
	struct a11y_bus *bus = g_new0(struct a11y_bus, 1);

	bus->events = *events;
	bus->data = data;
	bus->retry_ms = RETRY_MIN_MS;
	bus->sentence = _("connecting to the accessibility bus");
	*out = bus;
	/* From the loop: nothing is told to a caller who does not have the object yet. */
	bus->timer = g_idle_add(on_retry, bus);
	return 0;
}

struct a11y_bus *
a11y_bus_unref(struct a11y_bus *bus)
{
	if (!bus)
		return NULL;
	drop(bus);
	g_free(bus);
	return NULL;
}

GDBusConnection *
a11y_bus_session(const struct a11y_bus *bus)
{
	return bus->session;
}

const char *
a11y_bus_state(const struct a11y_bus *bus)
{
	return bus->sentence;
}
