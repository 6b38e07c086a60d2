/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The daemon while logind says that the session is locked: nothing of the apps is done, said, or
 * said again.
 * Run by tests/run; starts a private bus, on which it plays logind.
 * Owns nothing.
 */
#include "tests/unit/daemon_fixture.h"
#include "tests/unit/notify_rig.h"

#include <linux/input-event-codes.h>

#include "common/cleanup.h"
#include "tests/support/folder.h"

#define SESSION_PATH "/org/freedesktop/login1/session/_37"

static char *folder;
static unsigned unlocks; /* that logind was asked for */
static gboolean hint;    /* what the played logind answers when it is asked */

static void
on_call(GDBusConnection *bus, const char *sender, const char *path, const char *interface,
	const char *method, GVariant *arguments, GDBusMethodInvocation *invocation, void *data)
{
	(void)bus, (void)sender, (void)path, (void)interface, (void)arguments, (void)data;
	unlocks += strcmp(method, "GetSession") != 0;
	g_dbus_method_invocation_return_value(invocation, g_variant_new("(o)", SESSION_PATH));
}

static GVariant *
on_get(GDBusConnection *bus, const char *sender, const char *path, const char *interface,
       const char *property, GError **error, void *data)
{
	(void)bus, (void)sender, (void)path, (void)interface, (void)error, (void)data;
	return strcmp(property, "Id") == 0 ? g_variant_new_string("7")
					   : g_variant_new_boolean(hint);
}

static GDBusConnection *
play_logind(void)
{
	static const char xml[] =
	    "<node><interface name='org.freedesktop.login1.Manager'><method name='GetSession'>"
	    "<arg type='s' direction='in'/><arg type='o' direction='out'/></method>"
	    "<method name='UnlockSession'><arg type='s' direction='in'/></method></interface>"
	    "<interface name='org.freedesktop.login1.Session'><method name='Unlock'/>"
	    "<property name='Id' type='s' access='read'/>"
	    "<property name='LockedHint' type='b' access='read'/></interface></node>";
	static const GDBusInterfaceVTable vtable = {on_call, on_get, NULL, {NULL}};
	static const char *const paths[] = {"/org/freedesktop/login1",
					    "/org/freedesktop/login1/session/auto", SESSION_PATH};
	g_autoptr(GDBusNodeInfo) node = g_dbus_node_info_new_for_xml(xml, NULL);
	GDBusConnection *bus = connect_to_bus();
	g_autoptr(GVariant) owned = NULL;

	for (size_t i = 0; i < ARRAY_LENGTH(paths); i++)
		assert_true(g_dbus_connection_register_object(bus, paths[i],
							      node->interfaces[i == 0 ? 0 : 1],
							      &vtable, NULL, NULL, NULL) != 0);
	owned = g_dbus_connection_call_sync(bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
					    "org.freedesktop.DBus", "RequestName",
					    g_variant_new("(su)", "org.freedesktop.login1", 0),
					    NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
	assert_non_null(owned);
	return bus;
}

static void
end_logind(GDBusConnection *logind)
{
	g_dbus_connection_close_sync(logind, NULL, NULL);
	g_object_unref(logind);
}

static void
tell_locked(GDBusConnection *logind, bool is_locked)
{
	GVariantBuilder changed;

	g_variant_builder_init(&changed, G_VARIANT_TYPE("a{sv}"));
	g_variant_builder_add(&changed, "{sv}", "LockedHint", g_variant_new_boolean(is_locked));
	g_dbus_connection_emit_signal(
	    logind, NULL, SESSION_PATH, "org.freedesktop.DBus.Properties", "PropertiesChanged",
	    g_variant_new("(sa{sv}as)", "org.freedesktop.login1.Session", &changed, NULL), NULL);
}

static gboolean
on_again(void *logind)
{
	tell_locked(logind, true);
	return G_SOURCE_CONTINUE;
}

static void
locked_session(void **state)
{
	GDBusConnection *logind = play_logind();
	struct fixture *fixture = fixture_new(true);
	const struct apps_told change = {.text = "Mail from Ann, list item"};
	g_autofree char *refusal = NULL;
	uint32_t runs = fake_apps.runs, forgets = fake_speech.forgets, press;
	guint again;

	(void)state;
	/* Asked while it was open, answered when it is locked. */
	send_press(fixture, PAD_LEFT_TOP, 0);
	AWAIT(fake_apps.runs == runs + 1);
	press = fake_apps.press;
	g_string_truncate(fixture->signals, 0);
	/* Until it listens. */
	again = g_timeout_add(20, on_again, logind);
	AWAIT(fake_speech.forgets > forgets);
	g_source_remove(again);
	AWAIT(strstr(fixture->signals->str, "Said:The screen is locked|"));
	g_string_truncate(fixture->signals, 0);
	fake_apps.events->result(fake_apps.data, press, BRAIN_RESULT_DONE, "Mail from Ann");
	await_signals(fixture, "Result:done|");
	press_again(fixture, PAD_LEFT_TOP);
	await_signals(fixture, "Said:The screen is locked. Unlock it to use this button|");
	send_press(fixture, PAD_RIGHT_BOTTOM, 0);
	await_signals(fixture, "Said:The screen is locked. Unlock it to use this button|");
	assert_int_equal(fake_apps.runs, runs + 1);
	/* Nor what apps tell, read on, or others want said in private. */
	assert_int_equal(fake_apps.events->tell(fake_apps.data, &change), 0);
	assert_int_equal(fake_apps.events->say(fake_apps.data, press, "Mail from Ann"), 0);
	assert_null(call(fixture, "SayPrivate", g_variant_new("(ss)", "Mail from Ann", "message"),
			 &refusal));
	assert_string_equal(refusal,
			    "The screen is locked, nothing private is said. Unlock it first.");
	/* Of a notification only whose it is. */
	AWAIT(notifications_are_heard(fixture));
	send_notification("Mail", "Ann", "Come at eight");
	await_signals(fixture, "Told:Notification from Mail|");
	assert_string_equal(fake_speech.text, "Notification from Mail");
	tell_locked(logind, false);
	await_signals(fixture, "Said:The screen is unlocked|");
	assert_int_not_equal(fake_apps.events->tell(fake_apps.data, &change), 0);
	await_signals(fixture, "Told:Mail from Ann, list item|");
	press_again(fixture, PAD_LEFT_TOP);
	AWAIT(fake_apps.runs == runs + 2);
	fixture_free(fixture);
	end_logind(logind);
}

/* One that starts after us, or again, is asked: nobody says what was said while it was away. */
static void
logind_comes_later(void **state)
{
	struct fixture *fixture = fixture_new(true);
	GDBusConnection *logind;

	(void)state;
	hint = TRUE;
	logind = play_logind();
	await_signals(fixture, "Said:The screen is locked|");
	end_logind(logind);
	hint = FALSE;
	logind = play_logind();
	await_signals(fixture, "Said:The screen is unlocked|");
	fixture_free(fixture);
	end_logind(logind);
}

/* `unlock` brings up the prompt, and never asks logind, which would take the lock away for anybody;
 * it types nothing where there is no lock. */
static void
unlock(void **state)
{
	GDBusConnection *logind = play_logind();
	struct fixture *fixture = fixture_new(false);
	uint32_t forgets = fake_speech.forgets;
	GArray *profiles;
	guint again;

	(void)state;
	profiles = fixture->profiles = profile_folders_given((const char *const[]){folder, NULL});
	restart_daemon(fixture);
	start_driver(fixture);
	await_signals(fixture, "Said:Sidetouch is ready|");
	call_well(fixture, "SetFront", g_variant_new("(s)", "org.example.App"));
	send_press(fixture, PAD_RIGHT_TOP, 0);
	AWAIT(strstr(fixture->signals->str, "Said:The screen is not locked|"));
	assert_int_equal(fixture->keys, 0);
	again = g_timeout_add(20, on_again, logind);
	AWAIT(fake_speech.forgets > forgets);
	g_source_remove(again);
	AWAIT(strstr(fixture->signals->str, "Said:The screen is locked|"));
	g_string_truncate(fixture->signals, 0);
	press_again(fixture, PAD_RIGHT_TOP);
	AWAIT(fixture->keys == 1);
	assert_int_equal(fixture->key, KEY_SPACE);
	link_server_send_key_done(fixture->server, fixture->request, 0);
	AWAIT(fixture->keys == 2);
	assert_int_equal(fixture->key, KEY_BACKSPACE);
	link_server_send_key_done(fixture->server, fixture->request, 0);
	await_signals(fixture, "Command:unlock|Result:done|"
			       "Said:Type your PIN or password, then Enter|");
	/* The driver has no keyboard. */
	press_again(fixture, PAD_RIGHT_TOP);
	AWAIT(fixture->keys == 3);
	link_server_send_key_done(fixture->server, fixture->request, -ENODEV);
	AWAIT(strstr(fixture->signals->str, "Said:No key was typed"));
	g_string_truncate(fixture->signals, 0);
	/* What else there is on a locked screen. */
	press_again(fixture, PAD_RIGHT_MIDDLE);
	AWAIT(strstr(fixture->signals->str, "Command:battery|"));
	AWAIT(strstr(fixture->signals->str, "Said:Nothing tells of the battery"));
	press_again(fixture, PAD_RIGHT_BOTTOM);
	AWAIT(strstr(fixture->signals->str, "Said:No emergency number is known"));
	assert_int_equal(unlocks, 0);
	fixture_free(fixture);
	g_array_unref(profiles);
	end_logind(logind);
}

int
main(void)
{
	static const char profile[] = "[Profile]\nName=App\nApp=org.example.App\n\n"
				      "[right-top]\nCommand=unlock\nConfirm=single\n\n"
				      "[right-middle]\nCommand=battery\n\n"
				      "[right-bottom]\nCommand=emergency\n";

	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(locked_session),
	    cmocka_unit_test(logind_comes_later),
	    cmocka_unit_test(unlock),
	};
	g_autoptr(GTestDBus) bus = NULL;
	g_autofree char *path = NULL;
	int failed;

	folder = folder_new("daemon-lock");
	path = g_build_filename(folder, "app.profile", NULL);
	g_file_set_contents(path, profile, -1, NULL);
	g_log_set_always_fatal(G_LOG_LEVEL_CRITICAL);
	bus = g_test_dbus_new(G_TEST_DBUS_NONE);
	g_test_dbus_up(bus);
	failed = cmocka_run_group_tests_name("daemon-lock", tests, NULL, NULL);
	stop_bus(bus);
	folder_remove(folder);
	g_free(folder);
	return failed;
}
