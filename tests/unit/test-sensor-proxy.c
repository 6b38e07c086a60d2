/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The client of iio-sensor-proxy with python-dbusmock's SensorProxy on a private bus: claimed while
 * wanted, read, released; and a service that is missing, dies, refuses, or tells nonsense.
 * Run by tests/run; starts a private bus, and the mock when a test wants it.
 * Owns both.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

#include "daemon/sensor_proxy.h"

/* No single step takes longer, on the slowest machine with sanitizers. */
#define PATIENCE_MS 60000

#define NAME "net.hadess.SensorProxy"
#define PATH "/net/hadess/SensorProxy"
#define MOCK "org.freedesktop.DBus.Mock"

struct fixture {
	struct sensor_proxy *proxy;
	GDBusConnection *bus; /* not the client's: the mock tells only who has claimed */
	GSubprocess *mock;
	GString *log;
};

static void
on_proximity(void *data, enum ear_proximity proximity)
{
	struct fixture *fixture = data;

	g_string_append_printf(fixture->log, "%s|", ear_proximity_to_str(proximity));
}

static void
on_turn(void *data, enum sensor_turn turn)
{
	static const char *const names[] = {"turn?", "upright", "right", "over", "left"};
	struct fixture *fixture = data;

	g_string_append_printf(fixture->log, "%s|", names[turn]);
}

static void
on_fault(void *data, enum sensor_fault fault)
{
	static const char *const names[] = {"missing", "died", "refused", "nonsense"};
	struct fixture *fixture = data;

	g_string_append_printf(fixture->log, "%s|", names[fault]);
}

static void
on_flat(void *data, bool flat)
{
	struct fixture *fixture = data;

	g_string_append(fixture->log, flat ? "flat|" : "upright again|");
}

static const struct sensor_proxy_events events = {on_proximity, on_turn, on_flat, on_fault};

static gboolean
on_patience(void *data)
{
	*(bool *)data = true;
	return G_SOURCE_REMOVE;
}

static void
await(struct fixture *fixture, const char *log)
{
	bool over = false;
	guint timer = g_timeout_add(PATIENCE_MS, on_patience, &over);

	while (strlen(fixture->log->str) < strlen(log) && !over)
		g_main_context_iteration(NULL, TRUE);
	if (!over)
		g_source_remove(timer);
	assert_string_equal(fixture->log->str, log);
	g_string_truncate(fixture->log, 0);
}

/* The mock's answer to a method, asked by somebody who has claimed nothing. */
static GVariant *
ask(struct fixture *fixture, const char *interface, const char *method, GVariant *arguments)
{
	g_autoptr(GError) error = NULL;
	GVariant *answer =
	    g_dbus_connection_call_sync(fixture->bus, NAME, PATH, interface, method, arguments,
					NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);

	if (!answer)
		fail_msg("%s: %s", method, error->message);
	return answer;
}

static void
set(struct fixture *fixture, const char *property, GVariant *value)
{
	g_variant_unref(ask(fixture, MOCK, "SetInternalProperty",
			    g_variant_new("(ssv)", NAME, property, value)));
}

static void
on_appeared(GDBusConnection *bus, const char *name, const char *owner, void *data)
{
	(void)bus, (void)name, (void)owner;
	*(bool *)data = true;
}

static void
die_with_us(void *data)
{
	(void)data;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
}

static void
start_mock(struct fixture *fixture)
{
	g_autoptr(GSubprocessLauncher) launcher =
	    g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
	g_autoptr(GError) error = NULL;
	bool there = false, over = false;
	guint watch, timer;

	g_subprocess_launcher_set_child_setup(launcher, die_with_us, NULL, NULL);
	fixture->mock = g_subprocess_launcher_spawn(
	    launcher, &error, "/usr/bin/python3", "-m", "dbusmock", "--system", "--template",
	    "iio-sensors-proxy", "-p", "{\"has_proximity\": true, \"has_accelerometer\": true}",
	    NULL);
	if (!fixture->mock)
		fail_msg("%s", error->message);
	watch = g_bus_watch_name_on_connection(fixture->bus, NAME, G_BUS_NAME_WATCHER_FLAGS_NONE,
					       on_appeared, NULL, &there, NULL);
	timer = g_timeout_add(PATIENCE_MS, on_patience, &over);
	while (!there && !over)
		g_main_context_iteration(NULL, TRUE);
	assert_false(over);
	g_source_remove(timer);
	g_bus_unwatch_name(watch);
}

static void
end_mock(struct fixture *fixture)
{
	if (!fixture->mock)
		return;
	g_subprocess_force_exit(fixture->mock);
	g_subprocess_wait(fixture->mock, NULL, NULL);
	g_clear_object(&fixture->mock);
}

/* How many have claimed the sensor. */
static unsigned
count_claims(struct fixture *fixture, const char *owners)
{
	g_autoptr(GVariant) answer =
	    ask(fixture, MOCK, "GetInternalProperty", g_variant_new("(s)", owners));
	g_autoptr(GVariant) names = g_variant_get_child_value(answer, 0);

	return (unsigned)g_variant_n_children(names);
}

static int
setup(void **state)
{
	struct fixture *fixture = g_new0(struct fixture, 1);

	fixture->log = g_string_new(NULL);
	fixture->bus = g_dbus_connection_new_for_address_sync(
	    g_getenv("DBUS_SYSTEM_BUS_ADDRESS"),
	    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
		G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
	    NULL, NULL, NULL);
	fixture->proxy = sensor_proxy_new(&events, fixture);
	*state = fixture;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *fixture = *state;

	sensor_proxy_free(fixture->proxy);
	end_mock(fixture);
	/* What is queued for the client that is gone. */
	while (g_main_context_iteration(NULL, FALSE))
		;
	g_dbus_connection_close_sync(fixture->bus, NULL, NULL);
	g_object_unref(fixture->bus);
	g_string_free(fixture->log, TRUE);
	g_free(fixture);
	return 0;
}

static void
claimed_only_while_wanted(void **state)
{
	struct fixture *fixture = *state;

	start_mock(fixture);
	assert_int_equal(count_claims(fixture, "ProximityOwners"), 0);
	sensor_proxy_want_proximity(fixture->proxy, true);
	await(fixture, "far|");
	assert_int_equal(count_claims(fixture, "ProximityOwners"), 1);
	assert_int_equal(count_claims(fixture, "AccelerometerOwners"), 0);
	set(fixture, "ProximityNear", g_variant_new_boolean(TRUE));
	await(fixture, "near|");
	sensor_proxy_want_turn(fixture->proxy, true);
	set(fixture, "AccelerometerOrientation", g_variant_new_string("right-up"));
	await(fixture, "left|");
	set(fixture, "AccelerometerOrientation", g_variant_new_string("left-up"));
	await(fixture, "right|");
	sensor_proxy_want_turn(fixture->proxy, false);
	await(fixture, "turn?|");
	sensor_proxy_want_proximity(fixture->proxy, false);
	await(fixture, "unknown|");
	/* Asked on our own connection: the releases were sent before. */
	g_variant_unref(g_dbus_connection_call_sync(
	    g_bus_get_sync(G_BUS_TYPE_SYSTEM, NULL, NULL), NAME, PATH, "org.freedesktop.DBus.Peer",
	    "Ping", NULL, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL));
	assert_int_equal(count_claims(fixture, "ProximityOwners"), 0);
	assert_int_equal(count_claims(fixture, "AccelerometerOwners"), 0);
}

static void
missing_then_there_then_dead(void **state)
{
	struct fixture *fixture = *state;

	sensor_proxy_want_proximity(fixture->proxy, true);
	await(fixture, "missing|");
	start_mock(fixture);
	await(fixture, "far|");
	set(fixture, "ProximityNear", g_variant_new_boolean(TRUE));
	await(fixture, "near|");
	end_mock(fixture);
	await(fixture, "unknown|died|");
	/* Back again, and dead again: said once. */
	start_mock(fixture);
	await(fixture, "far|");
	end_mock(fixture);
	await(fixture, "unknown|");
}

static void
emit(struct fixture *fixture, const char *property, GVariant *value)
{
	GVariantBuilder changed, arguments;

	g_variant_builder_init(&changed, G_VARIANT_TYPE("a{sv}"));
	g_variant_builder_add(&changed, "{sv}", property, value);
	g_variant_builder_init(&arguments, G_VARIANT_TYPE("av"));
	g_variant_builder_add(&arguments, "v", g_variant_new_string(NAME));
	g_variant_builder_add(&arguments, "v", g_variant_builder_end(&changed));
	g_variant_builder_add(&arguments, "v", g_variant_new("as", NULL));
	g_variant_unref(ask(fixture, MOCK, "EmitSignal",
			    g_variant_new("(sssav)", "org.freedesktop.DBus.Properties",
					  "PropertiesChanged", "sa{sv}as", &arguments)));
}

static void
refused(void **state)
{
	struct fixture *fixture = *state;

	start_mock(fixture);
	g_variant_unref(ask(fixture, MOCK, "AddMethod",
			    g_variant_new("(sssss)", NAME, "ClaimProximity", "", "",
					  "raise dbus.exceptions.DBusException('Not authorized', "
					  "name='org.freedesktop.DBus.Error.AccessDenied')")));
	sensor_proxy_want_proximity(fixture->proxy, true);
	await(fixture, "refused|");
	/* Not asked again and again. */
	sensor_proxy_want_proximity(fixture->proxy, false);
	sensor_proxy_want_proximity(fixture->proxy, true);
	sensor_proxy_want_turn(fixture->proxy, true);
	set(fixture, "AccelerometerOrientation", g_variant_new_string("normal"));
	await(fixture, "upright|");
	/* Newer services tell this too; the mock is not one of them. */
	emit(fixture, "AccelerometerTilt", g_variant_new_string("tilted-down"));
	emit(fixture, "AccelerometerTilt", g_variant_new_string("undefined"));
	emit(fixture, "AccelerometerTilt", g_variant_new_string("face-down"));
	await(fixture, "upright again|flat|");
}

static void
nonsense(void **state)
{
	struct fixture *fixture = *state;

	start_mock(fixture);
	sensor_proxy_want_proximity(fixture->proxy, true);
	sensor_proxy_want_turn(fixture->proxy, true);
	await(fixture, "far|");
	emit(fixture, "ProximityNear", g_variant_new_string("perhaps"));
	await(fixture, "nonsense|unknown|");
	emit(fixture, "AccelerometerOrientation", g_variant_new_string("sideways"));
	emit(fixture, "HasProximity", g_variant_new_int32(7));
	emit(fixture, "Weather", g_variant_new_string("rain"));
	/* Said once; and sense counts again. */
	set(fixture, "ProximityNear", g_variant_new_boolean(TRUE));
	await(fixture, "near|");
	/* The sensor itself is taken out. */
	emit(fixture, "HasProximity", g_variant_new_boolean(FALSE));
	await(fixture, "unknown|");
}

int
main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
	    TEST(claimed_only_while_wanted),
	    TEST(missing_then_there_then_dead),
	    TEST(refused),
	    TEST(nonsense),
	};
	g_autoptr(GTestDBus) bus = NULL;
	int failed;

	g_log_set_always_fatal(G_LOG_LEVEL_CRITICAL);
	bus = g_test_dbus_new(G_TEST_DBUS_NONE);
	g_test_dbus_up(bus);
	g_setenv("DBUS_SYSTEM_BUS_ADDRESS", g_test_dbus_get_bus_address(bus), TRUE);
	failed = cmocka_run_group_tests_name("sensor-proxy", tests, NULL, NULL);
	g_test_dbus_stop(bus);
	return failed;
}
