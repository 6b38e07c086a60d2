/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The settings of the buttons: what is taken, what is told of the rest, and that a change of the
 * file and a lock of the session reach whoever asked. Run by tests/run. Owns a folder in /tmp and a
 * bus of its own.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gio/gio.h>
#include <string.h>

#include "daemon/button_live.h"
#include "daemon/session_lock.h"
#include "tests/support/folder.h"

/* The machine may be busy; nothing here takes long. */
#define PATIENCE_MS 60000

static gboolean
on_late(void *late)
{
	*(bool *)late = true;
	return G_SOURCE_REMOVE;
}

#define AWAIT(condition)                                                                           \
	do {                                                                                       \
		bool late_ = false;                                                                \
		guint source_ = g_timeout_add(PATIENCE_MS, on_late, &late_);                       \
		while (!(condition) && !late_)                                                     \
			g_main_context_iteration(NULL, TRUE);                                      \
		if (late_)                                                                         \
			fail_msg("waited in vain for %s", #condition);                             \
		g_source_remove(source_);                                                          \
	} while (0)

static void
values(void **state)
{
	static const struct {
		const char *name, *value, *wrong;
	} cases[] = {
	    {"window", "0.3", NULL},
	    {"window", "5", NULL},
	    {"window", "1.25", NULL},
	    {"window", "0.29", "window is a number of seconds from 0.3 to 5, as in 1.5"},
	    {"window", "5.1", "window is a number of seconds from 0.3 to 5, as in 1.5"},
	    {"window", "nan", "window is a number of seconds from 0.3 to 5, as in 1.5"},
	    {"window", "2 s", "window is a number of seconds from 0.3 to 5, as in 1.5"},
	    {"window", "", "window is a number of seconds from 0.3 to 5, as in 1.5"},
	    {"confirm", "double", NULL},
	    {"confirm", "profile", NULL},
	    {"confirm", "single", "confirm is profile or double"},
	    {"apps", "off", NULL},
	    {"apps", "on", NULL},
	    {"apps", "no", "apps is on or off"},
	    {"windwo", "1", "unknown setting 'windwo', did you mean 'window'"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct button_settings settings;
		g_autofree char *reason = NULL, *now = NULL;

		button_settings_init(&settings);
		assert_int_equal(
		    button_settings_set(&settings, cases[i].name, cases[i].value, &reason),
		    cases[i].wrong == NULL);
		if (cases[i].wrong) {
			assert_string_equal(reason, cases[i].wrong);
			assert_int_equal(settings.window.us, 1500000);
			continue;
		}
		now = button_settings_get(&settings, cases[i].name);
		assert_string_equal(now, cases[i].value);
	}
}

struct live {
	struct button_settings settings;
	unsigned changes;
	GString *problems;
};

static void
on_changed(void *data, const struct button_settings *settings)
{
	struct live *live = data;

	live->settings = *settings;
	live->changes++;
}

static void
on_problem(void *data, const char *sentence)
{
	const char *base = strrchr(sentence, '/');

	g_string_append_printf(((struct live *)data)->problems, "%s|", base ? base + 1 : sentence);
}

static void
the_file(void **state)
{
	static const struct button_live_events events = {on_changed, on_problem};
	g_autofree char *folder = folder_new("buttons");
	g_autofree char *path = g_build_filename(folder, "buttons.conf", NULL);
	g_autofree char *text = NULL, *changed = NULL;
	struct live live = {.problems = g_string_new(NULL)};
	struct button_live *button_live = button_live_new(path, &events, &live);

	(void)state;
	assert_int_equal(live.changes, 1);
	assert_int_equal(live.settings.window.us, 1500000);
	assert_true(g_file_set_contents(path, "# mine\n[buttons]\nwindow=3\n", -1, NULL));
	AWAIT(live.settings.window.us == 3000000);
	assert_true(g_file_get_contents(path, &text, NULL, NULL));
	changed = button_settings_change(text, "confirm", "double");
	assert_string_equal(changed, "# mine\n\n[buttons]\nwindow=3\nconfirm=double\n");
	assert_true(g_file_set_contents(path, changed, -1, NULL));
	AWAIT(live.settings.always);
	assert_string_equal(live.problems->str, "");
	/* A wrong line is told, and the others count. */
	assert_true(g_file_set_contents(path, "[buttons]\nwindow=9\nconfirm=double\n", -1, NULL));
	AWAIT(live.problems->len > 0);
	assert_string_equal(live.problems->str,
			    "buttons.conf:2: window is a number of seconds from "
			    "0.3 to 5, as in 1.5|");
	AWAIT(live.settings.window.us == 1500000);
	assert_true(live.settings.always);
	button_live_free(button_live);
	g_string_free(live.problems, TRUE);
	folder_remove(folder);
}

/* --- logind --- */

struct login {
	GDBusConnection *bus;
	unsigned locks, unlocks;
};

static void
on_lock(void *data, bool locked)
{
	struct login *login = data;

	if (locked)
		login->locks++;
	else
		login->unlocks++;
}

static void
on_call(GDBusConnection *bus, const char *sender, const char *path, const char *interface,
	const char *method, GVariant *arguments, GDBusMethodInvocation *call, void *data)
{
	(void)bus, (void)sender, (void)path, (void)interface, (void)method, (void)arguments;
	(void)data;
	g_dbus_method_invocation_return_value(
	    call, g_variant_new("(o)", "/org/freedesktop/login1/session/_37"));
}

static GVariant *
on_get(GDBusConnection *bus, const char *sender, const char *path, const char *interface,
       const char *property, GError **error, void *data)
{
	(void)bus, (void)sender, (void)path, (void)interface, (void)error, (void)data;
	return strcmp(property, "Id") == 0 ? g_variant_new_string("7")
					   : g_variant_new_boolean(FALSE);
}

static void
tell_hint(const struct login *login, const char *path, bool locked)
{
	GVariantBuilder changed;

	g_variant_builder_init(&changed, G_VARIANT_TYPE("a{sv}"));
	g_variant_builder_add(&changed, "{sv}", "LockedHint", g_variant_new_boolean(locked));
	g_dbus_connection_emit_signal(
	    login->bus, NULL, path, "org.freedesktop.DBus.Properties", "PropertiesChanged",
	    g_variant_new("(sa{sv}as)", "org.freedesktop.login1.Session", &changed, NULL), NULL);
}

static void
lock_of_the_session(void **state)
{
	static const char xml[] =
	    "<node><interface name='org.freedesktop.login1.Manager'><method name='GetSession'>"
	    "<arg type='s' direction='in'/><arg type='o' direction='out'/></method></interface>"
	    "<interface name='org.freedesktop.login1.Session'>"
	    "<property name='Id' type='s' access='read'/>"
	    "<property name='LockedHint' type='b' access='read'/></interface></node>";
	static const GDBusInterfaceVTable vtable = {on_call, on_get, NULL, {NULL}};
	GTestDBus *dbus = g_test_dbus_new(G_TEST_DBUS_NONE);
	g_autoptr(GDBusNodeInfo) node = g_dbus_node_info_new_for_xml(xml, NULL);
	static const char *const paths[] = {"/org/freedesktop/login1",
					    "/org/freedesktop/login1/session/auto",
					    "/org/freedesktop/login1/session/_37"};
	struct login login = {0};
	struct session_lock *lock;
	guint name;

	(void)state;
	g_test_dbus_up(dbus);
	g_setenv("DBUS_SYSTEM_BUS_ADDRESS", g_test_dbus_get_bus_address(dbus), TRUE);
	login.bus = g_dbus_connection_new_for_address_sync(
	    g_test_dbus_get_bus_address(dbus),
	    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
		G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
	    NULL, NULL, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(paths); i++)
		assert_true(g_dbus_connection_register_object(login.bus, paths[i],
							      node->interfaces[i == 0 ? 0 : 1],
							      &vtable, NULL, NULL, NULL) != 0);
	name = g_bus_own_name_on_connection(login.bus, "org.freedesktop.login1",
					    G_BUS_NAME_OWNER_FLAGS_NONE, NULL, NULL, NULL, NULL);
	lock = session_lock_new(on_lock, &login);
	while (login.locks == 0) {
		/* Until it listens; another session's lock is none of ours. */
		tell_hint(&login, "/org/freedesktop/login1/session/_99", true);
		tell_hint(&login, paths[2], true);
		g_main_context_iteration(NULL, TRUE);
	}
	assert_int_equal(login.unlocks, 0);
	tell_hint(&login, paths[2], false);
	AWAIT(login.unlocks == 1);
	assert_int_equal(login.locks, 1);
	session_lock_free(lock);
	/* Freed while it still asks. */
	session_lock_free(session_lock_new(on_lock, &login));
	for (int i = 0; i < 20; i++)
		g_main_context_iteration(NULL, FALSE);
	g_bus_unown_name(name);
	g_object_unref(login.bus);
	g_test_dbus_stop(dbus);
	g_object_unref(dbus);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(values),
	    cmocka_unit_test(the_file),
	    cmocka_unit_test(lock_of_the_session),
	};

	g_setenv("LC_ALL", "C.UTF-8", TRUE);
	return cmocka_run_group_tests_name("button-settings", tests, NULL, NULL);
}
