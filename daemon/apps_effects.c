/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Subscribes to what an application tells of when it does something.
 * daemon/apps_press and daemon/apps_run are the callers.
 * Owns the subscriptions, which end with it.
 */
#include "daemon/apps_effects.h"

#include "common/cleanup.h"

/*
 * Where an effect shows (daemon/a11y_bus registers for them). Text itself is never listened to:
 * GTK 4.8 tells there what is typed into a password; that the caret moved shows the same without
 * it.
 */
static const struct {
	const char *interface;
	const char *signal;
} effect_signals[] = {
    {"org.a11y.atspi.Event.Object", "StateChanged"},
    {"org.a11y.atspi.Event.Object", "PropertyChange"},
    {"org.a11y.atspi.Event.Object", "ChildrenChanged"},
    {"org.a11y.atspi.Event.Object", "TextCaretMoved"},
    {"org.a11y.atspi.Event.Object", "SelectionChanged"},
    {"org.a11y.atspi.Event.Window", NULL},
};

struct apps_effects {
	GDBusConnection *connection;
	apps_effects_seen seen;
	void *data;
	guint subscriptions[ARRAY_LENGTH(effect_signals)];
};

static void
on_effect(GDBusConnection *connection, const char *sender, const char *path, const char *interface,
	  const char *signal, GVariant *parameters, void *data)
{
	struct apps_effects *effects = data;

	(void)connection, (void)sender, (void)path, (void)interface, (void)signal;
	(void)parameters; /* what it says is nobody's business */
	if (effects->seen)
		effects->seen(effects->data);
}

struct apps_effects *
apps_effects_new(GDBusConnection *connection, const char *bus, apps_effects_seen seen, void *data)
{
	struct apps_effects *effects = g_new0(struct apps_effects, 1);

	effects->connection = g_object_ref(connection);
	effects->seen = seen;
	effects->data = data;
	for (size_t i = 0; i < ARRAY_LENGTH(effect_signals); i++)
		effects->subscriptions[i] = g_dbus_connection_signal_subscribe(
		    connection, bus, effect_signals[i].interface, effect_signals[i].signal, NULL,
		    NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_effect, effects, NULL);
	return effects;
}

struct apps_effects *
apps_effects_free(struct apps_effects *effects)
{
	if (!effects)
		return NULL;
	for (size_t i = 0; i < ARRAY_LENGTH(effect_signals); i++)
		g_dbus_connection_signal_unsubscribe(effects->connection,
						     effects->subscriptions[i]);
	g_object_unref(effects->connection);
	g_free(effects);
	return NULL;
}
