/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The session bus: calls in, signals out to those who asked for them.
 * The daemon's main object is the only caller.
 * Owns the name, the registration and a bus watch on each watcher.
 */
#define G_LOG_DOMAIN "sidetouchd"
#include "daemon/bus.h"

#include <string.h>

#include "common/cleanup.h"
#include "common/i18n.h"
#include "common/input.h"
#include "common/language_mark.h"
#include "daemon/bus_xml.h"

/* More watchers than a person has windows; each costs a message a signal. */
#define WATCHERS_MAX 32

struct bus {
	struct bus_events events;
	void *data;
	GDBusNodeInfo *node;
	GDBusConnection *connection; /* NULL while there is no bus */
	guint owner;
	guint object;
	bool was_ours;
	struct talk *talk;    /* lent */
	GHashTable *watchers; /* unique name -> id of the bus watch */
};

static void
drop_watcher(void *id)
{
	g_bus_unwatch_name(GPOINTER_TO_UINT(id));
}

static void
on_vanished(GDBusConnection *connection, const char *name, void *data)
{
	struct bus *bus = data;

	(void)connection;
	g_hash_table_remove(bus->watchers, name);
}

static void
watch(struct bus *bus, GDBusMethodInvocation *call, const char *sender)
{
	guint id;

	if (!g_hash_table_contains(bus->watchers, sender)) {
		if (g_hash_table_size(bus->watchers) >= WATCHERS_MAX) {
			g_dbus_method_invocation_return_error_literal(
			    call, G_DBUS_ERROR, G_DBUS_ERROR_LIMITS_EXCEEDED,
			    _("Too many programs watch Sidetouch already. End one of them."));
			return;
		}
		id = g_bus_watch_name_on_connection(bus->connection, sender,
						    G_BUS_NAME_WATCHER_FLAGS_NONE, NULL,
						    on_vanished, bus, NULL);
		g_hash_table_insert(bus->watchers, g_strdup(sender), GUINT_TO_POINTER(id));
	}
	g_dbus_method_invocation_return_value(call, NULL);
}

static void
set_front(struct bus *bus, GDBusMethodInvocation *call, GVariant *arguments)
{
	const char *app;

	g_variant_get(arguments, "(&s)", &app);
	if (bus->events.set_front(bus->data, app))
		g_dbus_method_invocation_return_value(call, NULL);
	else
		g_dbus_method_invocation_return_error_literal(
		    call, G_DBUS_ERROR, G_DBUS_ERROR_NOT_SUPPORTED,
		    _("This daemon finds the app in front by itself. Start it with the option "
		      "app-source=bus."));
}

/* refusal: why it is not done, NULL: it is, or has begun. Takes it. */
static void
answer_begun(GDBusMethodInvocation *call, char *refusal)
{
	if (refusal)
		g_dbus_method_invocation_return_error_literal(call, G_DBUS_ERROR,
							      G_DBUS_ERROR_FAILED, refusal);
	else
		g_dbus_method_invocation_return_value(call, NULL);
	g_free(refusal);
}

static void
calibrate(struct bus *bus, GDBusMethodInvocation *call, const char *sender, GVariant *arguments)
{
	guint32 panel;

	g_variant_get(arguments, "(u)", &panel);
	answer_begun(call, bus->events.calibrate(bus->data, sender, panel));
}

static void
offer(struct bus *bus, GDBusMethodInvocation *call, const char *sender, GVariant *arguments)
{
	g_autoptr(GVariant) buttons = NULL;
	const char *actions;

	g_variant_get(arguments, "(&o@a{s(ss)})", &actions, &buttons);
	answer_begun(call, bus->events.offer(bus->data, sender, actions, buttons));
}

static void
say_private(struct bus *bus, GDBusMethodInvocation *call, GVariant *arguments)
{
	g_autofree char *reason = NULL;
	const char *text, *kind;
	uint32_t utterance;

	g_variant_get(arguments, "(&s&s)", &text, &kind);
	utterance = bus->events.say_private(bus->data, text, kind, &reason);
	if (reason)
		g_dbus_method_invocation_return_error_literal(call, G_DBUS_ERROR,
							      G_DBUS_ERROR_INVALID_ARGS, reason);
	else
		g_dbus_method_invocation_return_value(call, g_variant_new("(u)", utterance));
}

static void
set_voice(struct bus *bus, GDBusMethodInvocation *call, GVariant *arguments)
{
	g_autofree char *reason = NULL;
	g_autofree char *now = NULL;
	const char *name;
	const char *value;

	g_variant_get(arguments, "(&s&s)", &name, &value);
	now = talk_set(bus->talk, name, value, &reason);
	if (now)
		g_dbus_method_invocation_return_value(call, g_variant_new("(s)", now));
	else
		g_dbus_method_invocation_return_error_literal(call, G_DBUS_ERROR,
							      G_DBUS_ERROR_FAILED, reason);
}

static void
on_call(GDBusConnection *connection, const char *sender, const char *path, const char *interface,
	const char *method, GVariant *arguments, GDBusMethodInvocation *call, void *data)
{
	struct bus *bus = data;
	const char *text;
	gboolean on;

	(void)connection;
	(void)path;
	(void)interface;
	/* GDBus has checked the method and its arguments against the XML. */
	if (strcmp(method, "Say") == 0) {
		g_variant_get(arguments, "(&s)", &text);
		g_dbus_method_invocation_return_value(
		    call, g_variant_new("(u)", bus->events.say(bus->data, text)));
	} else if (strcmp(method, "SayPrivate") == 0) {
		say_private(bus, call, arguments);
	} else if (strcmp(method, "Stop") == 0) {
		bus->events.stop(bus->data);
		g_dbus_method_invocation_return_value(call, NULL);
	} else if (strcmp(method, "GetStatus") == 0) {
		g_dbus_method_invocation_return_value(
		    call, g_variant_new("(@a{sv})", bus->events.status(bus->data)));
	} else if (strcmp(method, "GetGestures") == 0) {
		g_dbus_method_invocation_return_value(
		    call, g_variant_new("(@aa{sv})", bus->events.gestures(bus->data)));
	} else if (strcmp(method, "GetVoice") == 0) {
		g_dbus_method_invocation_return_value(
		    call, g_variant_new("(@a{ss})", talk_settings(bus->talk)));
	} else if (strcmp(method, "SetVoice") == 0) {
		set_voice(bus, call, arguments);
	} else if (strcmp(method, "GetHistory") == 0) {
		g_dbus_method_invocation_return_value(
		    call, g_variant_new("(@as)", talk_history(bus->talk)));
	} else if (strcmp(method, "Watch") == 0) {
		watch(bus, call, sender);
	} else if (strcmp(method, "Unwatch") == 0) {
		g_hash_table_remove(bus->watchers, sender);
		g_dbus_method_invocation_return_value(call, NULL);
	} else if (strcmp(method, "SetFront") == 0) {
		set_front(bus, call, arguments);
	} else if (strcmp(method, "Learn") == 0) {
		g_variant_get(arguments, "(b)", &on);
		bus->events.learn(bus->data, on);
		g_dbus_method_invocation_return_value(call, NULL);
	} else if (strcmp(method, "Tutorial") == 0) {
		g_variant_get(arguments, "(b)", &on);
		bus->events.tutorial(bus->data, on);
		g_dbus_method_invocation_return_value(call, NULL);
	} else if (strcmp(method, "OfferButtons") == 0) {
		offer(bus, call, sender, arguments);
	} else if (strcmp(method, "Calibrate") == 0) {
		calibrate(bus, call, sender, arguments);
	} else if (strcmp(method, "StopCalibrating") == 0) {
		g_dbus_method_invocation_return_value(
		    call, g_variant_new("(b)", bus->events.stop_calibrating(bus->data)));
	} else if (strcmp(method, "LearnEar") == 0) {
		answer_begun(call, bus->events.learn_ear(bus->data, sender));
	} else if (strcmp(method, "StopLearningEar") == 0) {
		g_dbus_method_invocation_return_value(
		    call, g_variant_new("(b)", bus->events.stop_learning(bus->data)));
	} else {
		g_dbus_method_invocation_return_error(call, G_DBUS_ERROR,
						      G_DBUS_ERROR_UNKNOWN_METHOD,
						      _("There is no method %s."), method);
	}
}

static const GDBusInterfaceVTable vtable = {.method_call = on_call};

static void
on_bus(GDBusConnection *connection, const char *name, void *data)
{
	struct bus *bus = data;
	g_autoptr(GError) error = NULL;

	(void)name;
	/* The daemon ends by itself, after it has let go of everything. */
	g_dbus_connection_set_exit_on_close(connection, FALSE);
	bus->connection = g_object_ref(connection);
	bus->object = g_dbus_connection_register_object(
	    connection, BUS_PATH, bus->node->interfaces[0], &vtable, bus, NULL, &error);
	if (bus->object == 0)
		g_critical("cannot export %s: %s", BUS_PATH, error->message);
}

static void
on_ours(GDBusConnection *connection, const char *name, void *data)
{
	struct bus *bus = data;

	(void)connection;
	(void)name;
	bus->was_ours = true;
	bus->events.state(bus->data, BUS_OURS);
}

static void
on_lost(GDBusConnection *connection, const char *name, void *data)
{
	struct bus *bus = data;

	(void)name;
	g_hash_table_remove_all(bus->watchers);
	if (!connection)
		bus->events.state(bus->data, bus->was_ours ? BUS_GONE : BUS_ABSENT);
	else
		bus->events.state(bus->data, BUS_TAKEN);
}

void
bus_lend_talk(struct bus *bus, struct talk *talk)
{
	bus->talk = talk;
}

GDBusConnection *
bus_connection(const struct bus *bus)
{
	return bus->connection;
}

int
bus_new(const struct bus_events *events, void *data, struct bus **out)
{
	struct bus *bus = g_new0(struct bus, 1);
	g_autoptr(GError) error = NULL;

	bus->events = *events;
	bus->data = data;
	bus->watchers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, drop_watcher);
	bus->node = g_dbus_node_info_new_for_xml(bus_xml, &error);
	if (!bus->node)
		g_error("daemon/org.sidetouch.Sidetouch1.xml is wrong: %s", error->message);
	bus->owner =
	    g_bus_own_name(G_BUS_TYPE_SESSION, BUS_NAME, G_BUS_NAME_OWNER_FLAGS_DO_NOT_QUEUE,
			   on_bus, on_ours, on_lost, bus, NULL);
	*out = bus;
	return 0;
}

struct bus *
bus_unref(struct bus *bus)
{
	if (!bus)
		return NULL;
	g_hash_table_unref(bus->watchers);
	g_bus_unown_name(bus->owner);
	if (bus->object != 0)
		g_dbus_connection_unregister_object(bus->connection, bus->object);
	if (bus->connection)
		g_dbus_connection_flush_sync(bus->connection, NULL, NULL);
	g_clear_object(&bus->connection);
	g_dbus_node_info_unref(bus->node);
	g_free(bus);
	return NULL;
}

struct gone {
	void (*gone)(void *data);
	void *data;
};

static void
on_caller_vanished(GDBusConnection *connection, const char *name, void *data)
{
	const struct gone *gone = data;

	(void)connection;
	(void)name;
	gone->gone(gone->data);
}

void
bus_caller_keep(struct bus_caller *caller, struct bus *bus, const char *name,
		void (*gone)(void *data), void *data)
{
	struct gone *told = g_new0(struct gone, 1);

	*told = (struct gone){gone, data};
	caller->name = g_strdup(name);
	caller->watch =
	    g_bus_watch_name_on_connection(bus->connection, name, G_BUS_NAME_WATCHER_FLAGS_NONE,
					   NULL, on_caller_vanished, told, g_free);
}

void
bus_caller_forget(struct bus_caller *caller)
{
	if (caller->watch)
		g_bus_unwatch_name(caller->watch);
	caller->watch = 0;
	g_clear_pointer(&caller->name, g_free);
}

void
bus_calibration(struct bus *bus, const char *caller, const char *step, enum pad pad,
		unsigned presses, const char *text)
{
	g_dbus_connection_emit_signal(
	    bus->connection, caller, BUS_PATH, BUS_INTERFACE, "Calibration",
	    g_variant_new("(ssus)", step, pad_to_str(pad), presses, text), NULL);
}

void
bus_learn(struct bus *bus, const char *caller, const char *step, const char *text)
{
	g_dbus_connection_emit_signal(bus->connection, caller, BUS_PATH, BUS_INTERFACE, "EarLesson",
				      g_variant_new("(ss)", step, text), NULL);
}

/* What is said and pressed is private: it goes to nobody who did not ask. */
static void
emit(struct bus *bus, const char *signal, GVariant *arguments)
{
	g_autoptr(GVariant) owned = g_variant_ref_sink(arguments);
	GHashTableIter iter;
	void *name;

	g_hash_table_iter_init(&iter, bus->watchers);
	while (bus->connection && g_hash_table_iter_next(&iter, &name, NULL))
		g_dbus_connection_emit_signal(bus->connection, name, BUS_PATH, BUS_INTERFACE,
					      signal, owned, NULL);
}

void
bus_press(struct bus *bus, const struct link_press *press)
{
	emit(bus, "Press",
	     g_variant_new("(usst)", press->press, pad_to_str((enum pad)press->pad),
			   press_phase_to_str((enum press_phase)press->phase),
			   (guint64)press->time_us));
}

void
bus_chord(struct bus *bus, const struct link_chord *chord)
{
	struct input input = input_chord((enum pad)chord->pads[0], (enum pad)chord->pads[1]);

	emit(bus, "Chord",
	     g_variant_new("(usst)", chord->chord, input_to_str(input),
			   press_phase_to_str((enum press_phase)chord->phase),
			   (guint64)chord->time_us));
}

void
bus_ear(struct bus *bus, const char *kind, struct usec time)
{
	emit(bus, "Ear", g_variant_new("(st)", kind, (guint64)time.us));
}

void
bus_notice(struct bus *bus, const char *kind, const char *text)
{
	emit(bus, "Notice", g_variant_new("(ss)", kind, text));
}

/* As a bus takes it. */
static char *
plain_text(const char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);

	return language_mark_strip(valid);
}

void
bus_told(struct bus *bus, uint32_t utterance, const char *text, struct usec time)
{
	g_autofree char *plain = plain_text(text);

	emit(bus, "Told", g_variant_new("(ust)", utterance, plain, (guint64)time.us));
}

void
bus_said(struct bus *bus, uint32_t press, uint32_t utterance, const char *text, struct usec time)
{
	g_autofree char *plain = plain_text(text);

	emit(bus, "Said", g_variant_new("(uust)", press, utterance, plain, (guint64)time.us));
}

void
bus_speech_ended(struct bus *bus, uint32_t utterance, bool spoken, struct usec time)
{
	emit(bus, "SpeechEnded", g_variant_new("(ubt)", utterance, spoken, (guint64)time.us));
}

void
bus_command(struct bus *bus, uint32_t press, const char *command, struct usec time)
{
	emit(bus, "Command", g_variant_new("(ust)", press, command, (guint64)time.us));
}

void
bus_result(struct bus *bus, uint32_t press, const char *result, struct usec time)
{
	emit(bus, "Result", g_variant_new("(ust)", press, result, (guint64)time.us));
}

void
bus_front(struct bus *bus, const char *app, const char *profile)
{
	g_autofree char *valid = g_utf8_make_valid(app, -1);

	emit(bus, "Front", g_variant_new("(ss)", valid, profile));
}
