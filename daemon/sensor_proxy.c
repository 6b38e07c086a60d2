/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Two sensors of one service, each claimed, read and released in the same way.
 * Called by daemon/earside.
 * Owns the name's watch, the subscription to its signals, and the calls under way.
 *
 * | a sensor is | means                              | left | | ----------- |
 * ---------------------------------- | ------------------------------------------- | | free | not
 * wanted, or not there           | wanted and there: claimed                   | | asked       |
 * its claim is not answered          | answered, or 2 s: claimed, or refused       | | claimed |
 * what it says counts                | not wanted any more: released; service gone | | refused |
 * not asked again                    | the service comes anew                      |
 */
#define G_LOG_DOMAIN "sidetouchd"
#include "daemon/sensor_proxy.h"

#include <string.h>

#define NAME       "net.hadess.SensorProxy"
#define PATH       "/net/hadess/SensorProxy"
#define INTERFACE  "net.hadess.SensorProxy"
#define PROPERTIES "org.freedesktop.DBus.Properties"
/* It does nothing else; as long as the daemon gives any service that is not an app. */
#define ANSWER_MS 2000

enum state {
	STATE_FREE,
	STATE_ASKED,
	STATE_CLAIMED,
	STATE_REFUSED,
};

enum kind {
	KIND_PROXIMITY,
	KIND_TURN,
};
#define KIND_COUNT 2

static const struct words {
	const char *has, *value, *type, *claim, *release;
} words[KIND_COUNT] = {
    [KIND_PROXIMITY] = {"HasProximity", "ProximityNear", "b", "ClaimProximity", "ReleaseProximity"},
    [KIND_TURN] = {"HasAccelerometer", "AccelerometerOrientation", "s", "ClaimAccelerometer",
		   "ReleaseAccelerometer"},
};

struct sensor {
	struct sensor_proxy *proxy;
	enum kind kind;
	bool wanted;
	bool there; /* the service has it */
	enum state state;
	int told; /* enum ear_proximity or enum sensor_turn; 0: unknown */
};

struct sensor_proxy {
	struct sensor_proxy_events events;
	void *data;
	GCancellable *cancellable; /* until the end */
	GCancellable *calls;       /* until this owner of the name goes */
	bool begun;                /* the bus was asked for */
	bool answered;             /* it is known whether the name has an owner */
	bool was_there;
	GDBusConnection *bus;
	char *owner; /* NULL: the service is not there */
	guint watch;
	guint subscription;
	bool faults[SENSOR_FAULT_COUNT];
	struct sensor sensors[KIND_COUNT];
};

static void
tell_fault(struct sensor_proxy *proxy, enum sensor_fault fault)
{
	if (proxy->faults[fault])
		return;
	proxy->faults[fault] = true;
	proxy->events.fault(proxy->data, fault);
}

static void
tell(struct sensor *sensor, int value)
{
	struct sensor_proxy *proxy = sensor->proxy;

	if (sensor->told == value)
		return;
	sensor->told = value;
	if (sensor->kind == KIND_PROXIMITY)
		proxy->events.proximity(proxy->data, (enum ear_proximity)value);
	else
		proxy->events.turn(proxy->data, (enum sensor_turn)value);
}

/* --- what it says --- */

static int
parse_turn(const char *word)
{
	static const char *const turns[] = {"undefined", "normal", "right-up", "bottom-up",
					    "left-up"};
	static const enum sensor_turn values[] = {SENSOR_TURN_UNKNOWN, SENSOR_TURN_UPRIGHT,
						  SENSOR_TURN_LEFT, SENSOR_TURN_OVER,
						  SENSOR_TURN_RIGHT};

	for (size_t i = 0; i < G_N_ELEMENTS(turns); i++) {
		if (strcmp(word, turns[i]) == 0)
			return (int)values[i];
	}
	return -1;
}

/* -1: nonsense. */
static int
parse(const struct sensor *sensor, GVariant *value)
{
	if (!g_variant_is_of_type(value, G_VARIANT_TYPE(words[sensor->kind].type)))
		return -1;
	if (sensor->kind == KIND_TURN)
		return parse_turn(g_variant_get_string(value, NULL));
	return g_variant_get_boolean(value) ? EAR_PROXIMITY_NEAR : EAR_PROXIMITY_FAR;
}

static void
take_value(struct sensor *sensor, GVariant *value)
{
	int parsed = parse(sensor, value);

	if (parsed < 0)
		tell_fault(sensor->proxy, SENSOR_FAULT_NONSENSE);
	tell(sensor, parsed < 0 ? 0 : parsed);
}

/* How it is tilted; of older services nothing is known. */
static void
take_tilt(struct sensor_proxy *proxy, GVariant *properties)
{
	const char *tilt;

	if (proxy->sensors[KIND_TURN].state != STATE_CLAIMED ||
	    !g_variant_lookup(properties, "AccelerometerTilt", "&s", &tilt) ||
	    strcmp(tilt, "undefined") == 0)
		return;
	proxy->events.flat(proxy->data,
			   strcmp(tilt, "face-up") == 0 || strcmp(tilt, "face-down") == 0);
}

static void update(struct sensor *sensor);

/* Some of the properties, or all; others are not looked at. */
static void
take_properties(struct sensor_proxy *proxy, GVariant *properties)
{
	for (unsigned i = 0; i < KIND_COUNT; i++) {
		struct sensor *sensor = &proxy->sensors[i];
		g_autoptr(GVariant) has = g_variant_lookup_value(properties, words[i].has, NULL);
		g_autoptr(GVariant) value =
		    g_variant_lookup_value(properties, words[i].value, NULL);

		if (has && !g_variant_is_of_type(has, G_VARIANT_TYPE_BOOLEAN))
			tell_fault(proxy, SENSOR_FAULT_NONSENSE);
		else if (has)
			sensor->there = g_variant_get_boolean(has);
		if (value && sensor->state == STATE_CLAIMED)
			take_value(sensor, value);
		update(sensor);
	}
	take_tilt(proxy, properties);
}

static void
on_properties(GObject *source, GAsyncResult *result, void *data)
{
	struct sensor_proxy *proxy = data;
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) answer =
	    g_dbus_connection_call_finish(G_DBUS_CONNECTION(source), result, &error);
	g_autoptr(GVariant) properties = NULL;

	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		return;
	if (!answer) {
		tell_fault(proxy, SENSOR_FAULT_NONSENSE);
		return;
	}
	properties = g_variant_get_child_value(answer, 0);
	take_properties(proxy, properties);
}

static void
ask_properties(struct sensor_proxy *proxy)
{
	g_dbus_connection_call(proxy->bus, proxy->owner, PATH, PROPERTIES, "GetAll",
			       g_variant_new("(s)", INTERFACE), G_VARIANT_TYPE("(a{sv})"),
			       G_DBUS_CALL_FLAGS_NO_AUTO_START, ANSWER_MS, proxy->calls,
			       on_properties, proxy);
}

static void
on_signal(GDBusConnection *bus, const char *sender, const char *path, const char *interface,
	  const char *signal, GVariant *arguments, void *data)
{
	struct sensor_proxy *proxy = data;
	g_autoptr(GVariant) changed = NULL;
	const char *of;

	(void)bus, (void)sender, (void)path, (void)interface, (void)signal;
	if (!g_variant_is_of_type(arguments, G_VARIANT_TYPE("(sa{sv}as)"))) {
		tell_fault(proxy, SENSOR_FAULT_NONSENSE);
		return;
	}
	g_variant_get(arguments, "(&s@a{sv}as)", &of, &changed, NULL);
	if (strcmp(of, INTERFACE) == 0)
		take_properties(proxy, changed);
}

/* --- claiming --- */

static void
on_claimed(GObject *source, GAsyncResult *result, void *data)
{
	struct sensor *sensor = data;
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) answer =
	    g_dbus_connection_call_finish(G_DBUS_CONNECTION(source), result, &error);

	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		return;
	if (!answer) {
		g_message("the sensor is not ours: %s", error->message);
		sensor->state = STATE_REFUSED;
		tell_fault(sensor->proxy, SENSOR_FAULT_REFUSED);
		return;
	}
	sensor->state = STATE_CLAIMED;
	/* Not wanted any more meanwhile: released. Else what it says now is read. */
	update(sensor);
	if (sensor->state == STATE_CLAIMED)
		ask_properties(sensor->proxy);
}

static void
call(struct sensor *sensor, const char *method, GAsyncReadyCallback answered)
{
	struct sensor_proxy *proxy = sensor->proxy;

	g_dbus_connection_call(proxy->bus, proxy->owner, PATH, INTERFACE, method, NULL, NULL,
			       G_DBUS_CALL_FLAGS_NO_AUTO_START, ANSWER_MS,
			       answered ? proxy->calls : NULL, answered, sensor);
}

static void
update(struct sensor *sensor)
{
	bool wanted = sensor->wanted && sensor->there && sensor->proxy->owner;

	switch (sensor->state) {
	case STATE_FREE:
		if (!wanted)
			return;
		sensor->state = STATE_ASKED;
		call(sensor, words[sensor->kind].claim, on_claimed);
		return;
	case STATE_CLAIMED:
		if (wanted)
			return;
		sensor->state = STATE_FREE;
		/* Whether it was released, nobody waits to know. */
		call(sensor, words[sensor->kind].release, NULL);
		tell(sensor, 0);
		return;
	case STATE_ASKED:
	case STATE_REFUSED:
		return;
	}
}

/* --- the service comes and goes --- */

static bool
is_wanted(const struct sensor_proxy *proxy)
{
	return proxy->sensors[KIND_PROXIMITY].wanted || proxy->sensors[KIND_TURN].wanted;
}

static void
on_appeared(GDBusConnection *bus, const char *name, const char *owner, void *data)
{
	struct sensor_proxy *proxy = data;

	(void)bus, (void)name;
	proxy->answered = proxy->was_there = true;
	proxy->owner = g_strdup(owner);
	proxy->calls = g_cancellable_new();
	proxy->subscription = g_dbus_connection_signal_subscribe(
	    proxy->bus, owner, PROPERTIES, "PropertiesChanged", PATH, INTERFACE,
	    G_DBUS_SIGNAL_FLAGS_NONE, on_signal, proxy, NULL);
	ask_properties(proxy);
}

static void
on_vanished(GDBusConnection *bus, const char *name, void *data)
{
	struct sensor_proxy *proxy = data;
	bool had = proxy->owner != NULL;

	(void)bus, (void)name;
	proxy->answered = true;
	if (proxy->calls)
		g_cancellable_cancel(proxy->calls);
	g_clear_object(&proxy->calls);
	g_clear_pointer(&proxy->owner, g_free);
	if (proxy->subscription)
		g_dbus_connection_signal_unsubscribe(proxy->bus, proxy->subscription);
	proxy->subscription = 0;
	for (unsigned i = 0; i < KIND_COUNT; i++) {
		proxy->sensors[i].there = false;
		proxy->sensors[i].state = STATE_FREE;
		tell(&proxy->sensors[i], 0);
	}
	if (is_wanted(proxy))
		tell_fault(proxy, had ? SENSOR_FAULT_DIED : SENSOR_FAULT_MISSING);
}

static void
on_bus(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GDBusConnection) bus = g_bus_get_finish(result, &error);
	struct sensor_proxy *proxy = data;

	(void)source;
	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		return;
	if (!bus) {
		tell_fault(proxy, SENSOR_FAULT_MISSING);
		return;
	}
	/* The system's bus may be restarted; that ends no session. */
	g_dbus_connection_set_exit_on_close(bus, FALSE);
	proxy->bus = g_object_ref(bus);
	proxy->watch = g_bus_watch_name_on_connection(bus, NAME, G_BUS_NAME_WATCHER_FLAGS_NONE,
						      on_appeared, on_vanished, proxy, NULL);
}

struct sensor_proxy *
sensor_proxy_new(const struct sensor_proxy_events *events, void *data)
{
	struct sensor_proxy *proxy = g_new0(struct sensor_proxy, 1);

	proxy->events = *events;
	proxy->data = data;
	proxy->cancellable = g_cancellable_new();
	for (unsigned i = 0; i < KIND_COUNT; i++)
		proxy->sensors[i] = (struct sensor){.proxy = proxy, .kind = (enum kind)i};
	return proxy;
}

static void
want(struct sensor_proxy *proxy, enum kind kind, bool wanted)
{
	struct sensor *sensor = &proxy->sensors[kind];

	if (sensor->wanted == wanted)
		return;
	sensor->wanted = wanted;
	if (wanted && !proxy->begun) {
		proxy->begun = true;
		g_bus_get(G_BUS_TYPE_SYSTEM, proxy->cancellable, on_bus, proxy);
	} else if (wanted && proxy->answered && !proxy->owner) {
		tell_fault(proxy, proxy->was_there ? SENSOR_FAULT_DIED : SENSOR_FAULT_MISSING);
	}
	update(sensor);
}

void
sensor_proxy_want_proximity(struct sensor_proxy *proxy, bool wanted)
{
	want(proxy, KIND_PROXIMITY, wanted);
}

void
sensor_proxy_want_turn(struct sensor_proxy *proxy, bool wanted)
{
	want(proxy, KIND_TURN, wanted);
}

struct sensor_proxy *
sensor_proxy_free(struct sensor_proxy *proxy)
{
	if (!proxy)
		return NULL;
	g_cancellable_cancel(proxy->cancellable);
	g_object_unref(proxy->cancellable);
	if (proxy->calls)
		g_cancellable_cancel(proxy->calls);
	g_clear_object(&proxy->calls);
	/* The claims end with them: the service watches our name, but others may share it. */
	for (unsigned i = 0; i < KIND_COUNT && proxy->owner; i++) {
		if (proxy->sensors[i].state == STATE_CLAIMED)
			call(&proxy->sensors[i], words[i].release, NULL);
	}
	if (proxy->subscription)
		g_dbus_connection_signal_unsubscribe(proxy->bus, proxy->subscription);
	if (proxy->watch)
		g_bus_unwatch_name(proxy->watch);
	g_clear_object(&proxy->bus);
	g_free(proxy->owner);
	g_free(proxy);
	return NULL;
}
