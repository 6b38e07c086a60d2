/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Listening to notifications on real buses that end, and begin again elsewhere.
 * Run by tests/run; starts private buses.
 * Owns nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "daemon/notify_bus.h"

/* No single step takes longer, on the slowest machine with sanitizers. */
#define PATIENCE_MS 60000

struct heard {
	GString *summaries;
	unsigned count;
};

static void
on_seen(void *data, struct notification *notification)
{
	struct heard *heard = data;

	heard->count++;
	g_string_append_printf(heard->summaries, "%s|", notification->summary);
}

static gboolean
on_patience(void *data)
{
	*(bool *)data = true;
	return G_SOURCE_REMOVE;
}

#define AWAIT(condition)                                                                           \
	do {                                                                                       \
		bool over = false;                                                                 \
		guint timer = g_timeout_add(PATIENCE_MS, on_patience, &over);                      \
		guint beat = g_timeout_add(20, on_beat, NULL);                                     \
                                                                                                   \
		while (!(condition) && !over)                                                      \
			g_main_context_iteration(NULL, TRUE);                                      \
		if (over)                                                                          \
			fail_msg("line %d: did not come: %s", __LINE__, #condition);               \
		g_source_remove(timer);                                                            \
		g_source_remove(beat);                                                             \
	} while (0)

/* The state is looked at every so often: nothing tells of it. */
static gboolean
on_beat(void *data)
{
	(void)data;
	return G_SOURCE_CONTINUE;
}

static GDBusConnection *
connect_app(void)
{
	GDBusConnection *app = g_dbus_connection_new_for_address_sync(
	    g_getenv("DBUS_SESSION_BUS_ADDRESS"),
	    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
		G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
	    NULL, NULL, NULL);

	assert_non_null(app);
	g_dbus_connection_set_exit_on_close(app, FALSE);
	return app;
}

static void
send(GDBusConnection *app, const char *summary)
{
	GVariantBuilder hints;

	g_variant_builder_init(&hints, G_VARIANT_TYPE_VARDICT);
	g_dbus_connection_call(
	    app, "org.freedesktop.Notifications", "/org/freedesktop/Notifications",
	    NOTIFICATION_DESKTOP, "Notify",
	    g_variant_new("(susssasa{sv}i)", "App", 0, "", summary, "", NULL, &hints, -1), NULL,
	    G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL, NULL);
}

static bool
is_up(const struct notify_bus *bus)
{
	return strcmp(notify_bus_state(bus), "connected") == 0;
}

static void
hears(struct heard *heard, const char *summary)
{
	GDBusConnection *app = connect_app();
	g_autofree char *wanted = g_strdup_printf("%s|", summary);

	g_string_truncate(heard->summaries, 0);
	send(app, summary);
	AWAIT(strcmp(heard->summaries->str, wanted) == 0);
	g_dbus_connection_close_sync(app, NULL, NULL);
	g_object_unref(app);
}

/* The bus dies three times; once a while passes before there is another. */
static void
bus_dies(void **state)
{
	GTestDBus *bus = g_test_dbus_new(G_TEST_DBUS_NONE);
	struct heard heard = {g_string_new(NULL), 0};
	struct notify_bus *notifications;
	bool passed = false;

	(void)state;
	g_unsetenv("DBUS_SESSION_BUS_ADDRESS");
	g_setenv("XDG_RUNTIME_DIR", "/nowhere", TRUE);
	notifications = notify_bus_new(on_seen, &heard);
	assert_non_null(strstr(notify_bus_state(notifications), "there is no session bus"));
	for (unsigned i = 0; i < 3; i++) {
		g_test_dbus_up(bus);
		AWAIT(is_up(notifications));
		hears(&heard, "here");
		g_test_dbus_stop(bus);
		AWAIT(!is_up(notifications));
		assert_non_null(strstr(notify_bus_state(notifications), "Notifications are not"));
		g_object_unref(bus);
		bus = g_test_dbus_new(G_TEST_DBUS_NONE);
		/* Only where it is awaited: it writes to this stack. */
		if (i == 1) {
			g_timeout_add(300, on_patience, &passed);
			AWAIT(passed);
		}
	}
	g_object_unref(bus);
	notify_bus_free(notifications);
	g_string_free(heard.summaries, TRUE);
}

/* A thousand at once, of which some are let go where there is no time for them: a later one is
 * heard nevertheless. */
static void
flood(void **state)
{
	GTestDBus *bus = g_test_dbus_new(G_TEST_DBUS_NONE);
	struct heard heard = {g_string_new(NULL), 0};
	struct notify_bus *notifications;
	GDBusConnection *app;

	(void)state;
	g_test_dbus_up(bus);
	notifications = notify_bus_new(on_seen, &heard);
	AWAIT(is_up(notifications));
	app = connect_app();
	for (unsigned i = 0; i < 1000; i++)
		send(app, "flood");
	assert_true(g_dbus_connection_flush_sync(app, NULL, NULL));
	AWAIT(heard.count > 0);
	for (unsigned i = 0; !strstr(heard.summaries->str, "after|") && i < 3000; i++) {
		bool passed = false;

		send(app, "after");
		g_timeout_add(20, on_patience, &passed);
		AWAIT(passed);
	}
	assert_non_null(strstr(heard.summaries->str, "after|"));
	g_dbus_connection_close_sync(app, NULL, NULL);
	g_object_unref(app);
	notify_bus_free(notifications);
	g_test_dbus_stop(bus);
	g_object_unref(bus);
	g_string_free(heard.summaries, TRUE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(bus_dies),
	    cmocka_unit_test(flood),
	};

	g_log_set_always_fatal(G_LOG_LEVEL_CRITICAL);
	return cmocka_run_group_tests_name("notify-bus", tests, NULL, NULL);
}
