/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * logind's LockedHint: the session that is the user's, and then what becomes of its property; asked
 * whenever logind comes, since one that was away for a moment must not leave a locked screen
 * talking. Called by the daemon's main object. Owns its connection to the system bus, a watch on
 * logind's name and one subscription.
 */
#define G_LOG_DOMAIN "sidetouchd"
#include "daemon/session_lock.h"

#include <gio/gio.h>

#define LOGIN      "org.freedesktop.login1"
#define SESSION    LOGIN ".Session"
#define PROPERTIES "org.freedesktop.DBus.Properties"
/* The caller's own session, or for a service of the user the one that is on a screen. */
#define AUTO "/org/freedesktop/login1/session/auto"

struct session_lock {
	session_lock_fn *changed;
	void *data;
	GCancellable *connecting;
	GCancellable *asking; /* the logind that is there; NULL: none is */
	GDBusConnection *bus;
	guint watch; /* on logind's name */
	guint subscription;
	bool locked;
};

static void
take(struct session_lock *lock, GVariant *value)
{
	bool locked = value && g_variant_is_of_type(value, G_VARIANT_TYPE_BOOLEAN) &&
		      g_variant_get_boolean(value);

	if (!value || locked == lock->locked)
		return;
	lock->locked = locked;
	lock->changed(lock->data, locked);
}

static void
on_properties(GDBusConnection *bus, const char *sender, const char *path, const char *interface,
	      const char *signal, GVariant *arguments, void *data)
{
	g_autoptr(GVariant) changed = NULL, value = NULL;

	(void)bus, (void)sender, (void)path, (void)interface, (void)signal;
	if (!g_variant_is_of_type(arguments, G_VARIANT_TYPE("(sa{sv}as)")))
		return;
	changed = g_variant_get_child_value(arguments, 1);
	value = g_variant_lookup_value(changed, "LockedHint", NULL);
	take(data, value);
}

/* The answer to a question, or NULL; with an error the one who asked may be gone. */
static GVariant *
answer_of(GObject *source, GAsyncResult *result, GError **error)
{
	return g_dbus_connection_call_finish(G_DBUS_CONNECTION(source), result, error);
}

static void
ask(struct session_lock *lock, const char *path, const char *interface, const char *method,
    GVariant *arguments, const char *type, GAsyncReadyCallback done)
{
	g_dbus_connection_call(lock->bus, LOGIN, path, interface, method, arguments,
			       G_VARIANT_TYPE(type), G_DBUS_CALL_FLAGS_NO_AUTO_START, -1,
			       lock->asking, done, lock);
}

static void
on_hint(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) answer = answer_of(source, result, &error);
	g_autoptr(GVariant) value = NULL;

	if (!answer)
		return;
	g_variant_get(answer, "(v)", &value);
	take(data, value);
}

static void
on_path(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) answer = answer_of(source, result, &error);
	struct session_lock *lock = data;
	const char *path;

	if (!answer)
		return;
	g_variant_get(answer, "(&o)", &path);
	lock->subscription = g_dbus_connection_signal_subscribe(
	    lock->bus, LOGIN, PROPERTIES, "PropertiesChanged", path, SESSION,
	    G_DBUS_SIGNAL_FLAGS_NONE, on_properties, lock, NULL);
	ask(lock, path, PROPERTIES, "Get", g_variant_new("(ss)", SESSION, "LockedHint"), "(v)",
	    on_hint);
}

static void
on_id(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) answer = answer_of(source, result, &error);
	g_autoptr(GVariant) value = NULL;

	if (!answer)
		return;
	g_variant_get(answer, "(v)", &value);
	if (g_variant_is_of_type(value, G_VARIANT_TYPE_STRING))
		ask(data, "/org/freedesktop/login1", LOGIN ".Manager", "GetSession",
		    g_variant_new("(s)", g_variant_get_string(value, NULL)), "(o)", on_path);
}

/* What was asked of a logind that is gone is not awaited; what it said last holds. */
static void
forget(struct session_lock *lock)
{
	if (lock->asking)
		g_cancellable_cancel(lock->asking);
	g_clear_object(&lock->asking);
	if (lock->subscription)
		g_dbus_connection_signal_unsubscribe(lock->bus, lock->subscription);
	lock->subscription = 0;
}

static void
on_came(GDBusConnection *bus, const char *name, const char *owner, void *data)
{
	struct session_lock *lock = data;

	(void)bus, (void)name, (void)owner;
	forget(lock);
	lock->asking = g_cancellable_new();
	ask(lock, AUTO, PROPERTIES, "Get", g_variant_new("(ss)", SESSION, "Id"), "(v)", on_id);
}

static void
on_left(GDBusConnection *bus, const char *name, void *data)
{
	(void)bus, (void)name;
	forget(data);
}

static void
on_bus(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(GError) error = NULL;
	GDBusConnection *bus = g_bus_get_finish(result, &error);
	struct session_lock *lock = data;

	(void)source;
	if (!bus)
		return; /* cancelled, or there is no system bus */
	lock->bus = bus;
	g_dbus_connection_set_exit_on_close(bus, FALSE);
	lock->watch = g_bus_watch_name_on_connection(bus, LOGIN, G_BUS_NAME_WATCHER_FLAGS_NONE,
						     on_came, on_left, lock, NULL);
}

struct session_lock *
session_lock_new(session_lock_fn *changed, void *data)
{
	struct session_lock *lock = g_new0(struct session_lock, 1);

	lock->changed = changed;
	lock->data = data;
	lock->connecting = g_cancellable_new();
	g_bus_get(G_BUS_TYPE_SYSTEM, lock->connecting, on_bus, lock);
	return lock;
}

struct session_lock *
session_lock_free(struct session_lock *lock)
{
	if (!lock)
		return NULL;
	g_cancellable_cancel(lock->connecting);
	g_object_unref(lock->connecting);
	g_clear_handle_id(&lock->watch, g_bus_unwatch_name);
	forget(lock);
	g_clear_object(&lock->bus);
	g_free(lock);
	return NULL;
}
