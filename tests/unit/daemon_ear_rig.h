/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The daemon between a driver and a voice that the test plays, with iio-sensor-proxy as a fake.
 * Included by test-daemon-ear.c and test-daemon-earpiece.c.
 * Owns the sensor's service while a test runs.
 */
#ifndef SIDETOUCH_DAEMON_EAR_RIG_H
#define SIDETOUCH_DAEMON_EAR_RIG_H

#include "tests/unit/daemon_fixture.h"

#define PANEL 5

static void
take_message(struct fixture *fixture, const struct packet_header *header)
{
	const struct link_ear_mode *mode = (const void *)header;
	const struct link_hold_key *key = (const void *)header;
	const struct link_proximity *proximity = (const void *)header;

	if (!fixture->told)
		return;
	if (header->type == LINK_EAR_MODE)
		g_string_append_printf(fixture->told, "mode %u|", mode->on);
	else if (header->type == LINK_EAR_LEARN)
		g_string_append_printf(fixture->told, "learn %u|", mode->on);
	else if (header->type == LINK_PROXIMITY)
		g_string_append_printf(fixture->told, "proximity %u|", proximity->proximity);
	else if (header->type == LINK_HOLD_KEY)
		g_string_append_printf(fixture->told, "%s %u|", key->down ? "hold" : "let go",
				       key->key);
	if (header->type == LINK_HOLD_KEY && key->down)
		link_server_send_key_done(fixture->server, key->request, 0);
}

/* --- iio-sensor-proxy, with or without a sensor; test-sensor-proxy.c has what it may do wrong ---
 */

static struct {
	GDBusConnection *bus;
	bool near;
} sensors;

static GVariant *
on_sensor_property(GDBusConnection *bus, const char *sender, const char *path,
		   const char *interface, const char *property, GError **error, void *data)
{
	(void)bus, (void)sender, (void)path, (void)interface, (void)error, (void)data;
	return g_variant_new_boolean(strcmp(property, "HasProximity") != 0 || sensors.near);
}

static void
on_sensor(GDBusConnection *bus, const char *sender, const char *path, const char *interface,
	  const char *method, GVariant *arguments, GDBusMethodInvocation *invocation, void *data)
{
	(void)bus, (void)sender, (void)path, (void)interface, (void)method, (void)arguments;
	(void)data;
	g_dbus_method_invocation_return_value(invocation, NULL);
}

static inline void
start_sensors(bool near)
{
	static const char xml[] =
	    "<node><interface name='net.hadess.SensorProxy'><method name='ClaimProximity'/>"
	    "<method name='ReleaseProximity'/>"
	    "<property name='HasProximity' type='b' access='read'/>"
	    "<property name='ProximityNear' type='b' access='read'/></interface></node>";
	static const GDBusInterfaceVTable vtable = {.method_call = on_sensor,
						    .get_property = on_sensor_property};
	g_autoptr(GDBusNodeInfo) node = g_dbus_node_info_new_for_xml(xml, NULL);
	g_autoptr(GVariant) answer = NULL;

	sensors.near = near;
	sensors.bus = connect_to_bus();
	g_dbus_connection_register_object(sensors.bus, "/net/hadess/SensorProxy",
					  node->interfaces[0], &vtable, NULL, NULL, NULL);
	answer = g_dbus_connection_call_sync(
	    sensors.bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
	    "RequestName", g_variant_new("(su)", "net.hadess.SensorProxy", 0), NULL,
	    G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
	assert_non_null(answer);
}

static inline struct fixture *
start_without_sensors(void)
{
	struct fixture *fixture = fixture_new(true);
	struct link_panel panel = {.panel = PANEL,
				   .state = LINK_PANEL_READY,
				   .width_um = 68000,
				   .height_um = 136000,
				   .slots = 10,
				   .name = "Test panel"};

	fixture->told = g_string_new(NULL);
	fixture->on_message = take_message;
	link_server_send_panel(fixture->server, &panel);
	memset(&fake_speech.route, 0, sizeof(fake_speech.route));
	fake_speech.routes = fake_speech.silences = 0;
	return fixture;
}

/* The service is there, and has no sensor. */
static inline struct fixture *
start(void)
{
	start_sensors(false);
	return start_without_sensors();
}

static inline void
finish(struct fixture *fixture)
{
	GString *told = fixture->told;

	fixture_free(fixture);
	g_string_free(told, TRUE);
	if (sensors.bus)
		g_dbus_connection_close_sync(sensors.bus, NULL, NULL);
	g_clear_object(&sensors.bus);
}

static inline void
ear(struct fixture *fixture, enum ear_kind kind)
{
	struct link_ear message = {
	    .panel = PANEL, .kind = kind, .time_us = (uint64_t)g_get_monotonic_time()};

	link_server_send(fixture->server, &message.header, LINK_EAR, sizeof(message));
}

static inline void
key(struct fixture *fixture)
{
	struct link_ear_key message = {.time_us = (uint64_t)g_get_monotonic_time()};

	link_server_send(fixture->server, &message.header, LINK_EAR_KEY, sizeof(message));
}

static inline void
await_told(struct fixture *fixture, const char *told)
{
	AWAIT(strlen(fixture->told->str) >= strlen(told));
	assert_string_equal(fixture->told->str, told);
	g_string_truncate(fixture->told, 0);
}

static inline void
routed(struct fixture *fixture, bool done, enum voice_place place)
{
	struct voice_routed message = {
	    .done = done, .place = place, .ear = fake_speech.route.ear, .sink = "sink"};

	(void)fixture;
	fake_speech.events->routed(fake_speech.data, &message);
}

#endif
