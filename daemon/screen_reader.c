/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Two signs of a screen reader: the name that Orca takes on the session bus (46 and later), and the
 * property ScreenReaderEnabled that desktops and Orca set (all).
 * Called by daemon/talk.
 */
#include "daemon/screen_reader.h"

#include <string.h>

#define STATUS_NAME      "org.a11y.Bus"
#define STATUS_PATH      "/org/a11y/bus"
#define STATUS_INTERFACE "org.a11y.Status"
#define STATUS_PROPERTY  "ScreenReaderEnabled"
#define ORCA_NAME        "org.gnome.Orca.Service" /* a later one tells by the property */
/* Asked of a daemon that does nothing else; as for apps (design). */
#define ASK_MS 2000

struct screen_reader {
	GDBusConnection *bus;
	GCancellable *cancellable;
	void (*changed)(void *data, bool reads);
	void *data;
	guint orca_watch;
	guint status_watch;
	guint subscription;
	bool orca;
	bool enabled;
};

static void
set(struct screen_reader *reader, bool orca, bool enabled)
{
	bool before = reader->orca || reader->enabled;
	bool after = orca || enabled;

	reader->orca = orca;
	reader->enabled = enabled;
	if (before != after)
		reader->changed(reader->data, after);
}

static void
on_orca(GDBusConnection *bus, const char *name, const char *owner, void *data)
{
	struct screen_reader *reader = data;

	(void)bus, (void)name, (void)owner;
	set(reader, true, reader->enabled);
}

static void
on_orca_gone(GDBusConnection *bus, const char *name, void *data)
{
	struct screen_reader *reader = data;

	(void)bus, (void)name;
	set(reader, false, reader->enabled);
}

static void
on_answer(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) answer =
	    g_dbus_connection_call_finish(G_DBUS_CONNECTION(source), result, &error);
	g_autoptr(GVariant) value = NULL;
	struct screen_reader *reader = data;

	/* Cancelled: the reader is not there any more. */
	if (!answer)
		return;
	g_variant_get(answer, "(v)", &value);
	if (g_variant_is_of_type(value, G_VARIANT_TYPE_BOOLEAN))
		set(reader, reader->orca, g_variant_get_boolean(value));
}

static void
on_status(GDBusConnection *bus, const char *name, const char *owner, void *data)
{
	struct screen_reader *reader = data;

	(void)name;
	g_dbus_connection_call(bus, owner, STATUS_PATH, "org.freedesktop.DBus.Properties", "Get",
			       g_variant_new("(ss)", STATUS_INTERFACE, STATUS_PROPERTY),
			       G_VARIANT_TYPE("(v)"), G_DBUS_CALL_FLAGS_NO_AUTO_START, ASK_MS,
			       reader->cancellable, on_answer, reader);
}

static void
on_status_gone(GDBusConnection *bus, const char *name, void *data)
{
	struct screen_reader *reader = data;

	(void)bus, (void)name;
	set(reader, reader->orca, false);
}

static void
on_property(GDBusConnection *bus, const char *sender, const char *path, const char *interface,
	    const char *signal, GVariant *arguments, void *data)
{
	struct screen_reader *reader = data;
	g_autoptr(GVariant) changed = NULL;
	const char *of;
	gboolean enabled;

	(void)bus, (void)sender, (void)path, (void)interface, (void)signal;
	if (!g_variant_is_of_type(arguments, G_VARIANT_TYPE("(sa{sv}as)")))
		return;
	g_variant_get(arguments, "(&s@a{sv}as)", &of, &changed, NULL);
	if (strcmp(of, STATUS_INTERFACE) == 0 &&
	    g_variant_lookup(changed, STATUS_PROPERTY, "b", &enabled))
		set(reader, reader->orca, enabled);
}

struct screen_reader *
screen_reader_new(GDBusConnection *bus, void (*changed)(void *data, bool reads), void *data)
{
	struct screen_reader *reader = g_new0(struct screen_reader, 1);

	reader->changed = changed;
	reader->data = data;
	if (!bus)
		return reader;
	reader->bus = g_object_ref(bus);
	reader->cancellable = g_cancellable_new();
	reader->subscription = g_dbus_connection_signal_subscribe(
	    bus, STATUS_NAME, "org.freedesktop.DBus.Properties", "PropertiesChanged", STATUS_PATH,
	    STATUS_INTERFACE, G_DBUS_SIGNAL_FLAGS_NONE, on_property, reader, NULL);
	reader->orca_watch = g_bus_watch_name_on_connection(
	    bus, ORCA_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE, on_orca, on_orca_gone, reader, NULL);
	reader->status_watch =
	    g_bus_watch_name_on_connection(bus, STATUS_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE,
					   on_status, on_status_gone, reader, NULL);
	return reader;
}

struct screen_reader *
screen_reader_free(struct screen_reader *reader)
{
	if (!reader)
		return NULL;
	if (reader->bus) {
		g_cancellable_cancel(reader->cancellable);
		g_dbus_connection_signal_unsubscribe(reader->bus, reader->subscription);
		g_bus_unwatch_name(reader->orca_watch);
		g_bus_unwatch_name(reader->status_watch);
		g_object_unref(reader->cancellable);
		g_object_unref(reader->bus);
	}
	g_free(reader);
	return NULL;
}
