/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * feedbackd as a fake on a private bus: what it is asked for when something is to be felt, and that
 * nothing is when it is not there.
 * Run by tests/run; starts a private bus.
 * Owns nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gio/gio.h>

#include "daemon/feedback.h"

/* No single step takes longer, on the slowest machine with sanitizers. */
#define PATIENCE_MS 60000

static const char xml[] = "<node><interface name='org.sigxcpu.Feedback'><method "
			  "name='TriggerFeedback'><arg name='app_id' type='s' direction='in'/><arg "
			  "name='event' type='s' direction='in'/><arg name='hints' type='a{sv}' "
			  "direction='in'/><arg name='timeout' type='i' direction='in'/><arg "
			  "name='id' type='u' direction='out'/></method></interface></node>";

struct fake {
	GDBusConnection *bus;
	GDBusNodeInfo *node;
	guint object, name;
	bool owned;
	unsigned calls;
	char *event;
};

static void
on_call(GDBusConnection *connection, const char *sender, const char *path, const char *interface,
	const char *method, GVariant *arguments, GDBusMethodInvocation *call, void *data)
{
	struct fake *fake = data;
	const char *event;

	(void)connection, (void)sender, (void)path, (void)interface, (void)method;
	g_variant_get(arguments, "(&s&s@a{sv}i)", NULL, &event, NULL, NULL);
	fake->calls++;
	g_free(fake->event);
	fake->event = g_strdup(event);
	/* It is asked without an answer being wanted. */
	g_dbus_method_invocation_return_value(call, g_variant_new("(u)", fake->calls));
}

static void
on_owned(GDBusConnection *bus, const char *name, void *data)
{
	(void)bus, (void)name;
	((struct fake *)data)->owned = true;
}

static gboolean
on_patience(void *data)
{
	*(bool *)data = true;
	return G_SOURCE_REMOVE;
}

#define AWAIT(condition)                                                                           \
	do {                                                                                       \
		bool over_ = false;                                                                \
		guint timer_ = g_timeout_add(PATIENCE_MS, on_patience, &over_);                    \
                                                                                                   \
		while (!(condition) && !over_)                                                     \
			g_main_context_iteration(NULL, TRUE);                                      \
		assert_false(over_);                                                               \
		g_source_remove(timer_);                                                           \
	} while (0)

static void
fake_start(struct fake *fake)
{
	static const GDBusInterfaceVTable vtable = {.method_call = on_call};

	fake->bus = g_dbus_connection_new_for_address_sync(
	    g_getenv("DBUS_SESSION_BUS_ADDRESS"),
	    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
		G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
	    NULL, NULL, NULL);
	assert_non_null(fake->bus);
	fake->node = g_dbus_node_info_new_for_xml(xml, NULL);
	fake->object =
	    g_dbus_connection_register_object(fake->bus, "/org/sigxcpu/Feedback",
					      fake->node->interfaces[0], &vtable, fake, NULL, NULL);
	fake->name =
	    g_bus_own_name_on_connection(fake->bus, "org.sigxcpu.Feedback",
					 G_BUS_NAME_OWNER_FLAGS_NONE, on_owned, NULL, fake, NULL);
	AWAIT(fake->owned);
}

static void
fake_stop(struct fake *fake)
{
	g_bus_unown_name(fake->name);
	g_dbus_connection_unregister_object(fake->bus, fake->object);
	g_dbus_connection_close_sync(fake->bus, NULL, NULL);
	g_object_unref(fake->bus);
	g_dbus_node_info_unref(fake->node);
	fake->owned = false;
}

/* Whoever asks knows of it once it was asked; until then nothing is felt. */
static void
await_felt(struct fake *fake, struct feedback *feedback)
{
	AWAIT((feedback_play(feedback, LINK_BUZZ_PRESS), g_main_context_iteration(NULL, FALSE),
	       fake->calls > 0));
}

static bool
is_quiet(struct fake *fake)
{
	unsigned calls = fake->calls;
	bool over = false;

	/* Longer than the second of two buzzes takes. */
	g_timeout_add(400, on_patience, &over);
	while (!over)
		g_main_context_iteration(NULL, TRUE);
	return fake->calls == calls;
}

static void
once_and_twice(void **state)
{
	struct fake fake = {0};
	struct feedback *feedback = feedback_new();
	unsigned calls;

	(void)state;
	/* Nobody is there: nothing happens, and nothing is waited for. */
	feedback_play(feedback, LINK_BUZZ_PRESS);
	feedback_play(feedback, LINK_BUZZ_ARMED);
	fake_start(&fake);
	await_felt(&fake, feedback);
	assert_string_equal(fake.event, "button-pressed");
	while (!is_quiet(&fake))
		continue;
	calls = fake.calls;
	feedback_play(feedback, LINK_BUZZ_PRESS);
	AWAIT(fake.calls == calls + 1);
	assert_true(is_quiet(&fake));
	feedback_play(feedback, LINK_BUZZ_ARMED);
	AWAIT(fake.calls == calls + 3);
	assert_true(is_quiet(&fake));
	/* It goes: as before. */
	fake_stop(&fake);
	feedback_play(feedback, LINK_BUZZ_ARMED);
	assert_true(is_quiet(&fake));
	feedback_free(feedback);
	g_free(fake.event);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(once_and_twice)};
	g_autoptr(GTestDBus) bus = NULL;
	int failed;

	g_log_set_always_fatal(G_LOG_LEVEL_CRITICAL);
	bus = g_test_dbus_new(G_TEST_DBUS_NONE);
	g_test_dbus_up(bus);
	failed = cmocka_run_group_tests_name("feedback", tests, NULL, NULL);
	g_test_dbus_stop(bus);
	return failed;
}
