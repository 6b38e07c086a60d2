/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What reaches beyond the app in front: real programs, a real bus with a service on it, a real
 * desktop file. What counts is what they did, not what is said of it.
 * Run by `make check`. Owns a folder and a session bus of its own.
 */
#include "daemon/deeds.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "common/cleanup.h"

static char folder[] = "/tmp/sidetouch deeds.XXXXXX";

/* What was told; 0: nothing. */
struct rig {
	struct deeds *deeds;
	uint32_t press;
	enum brain_result result;
	char *text;
	bool was_look;
	char *later;
	unsigned keys;
	GString *typed; /* codes and modifiers */
};

static void
take(struct rig *rig, uint32_t press, enum brain_result result, const char *text, bool look)
{
	assert_int_equal(rig->press, 0); /* exactly one */
	rig->press = press;
	rig->result = result;
	rig->text = g_strdup(text);
	rig->was_look = look;
}

static void
on_result(void *data, uint32_t press, enum brain_result result, const char *text)
{
	take(data, press, result, text, false);
}

static void
on_resolved(void *data, uint32_t press, enum brain_result result, const char *text)
{
	take(data, press, result, text, true);
}

static void
on_key(void *data, uint32_t press, uint32_t key, uint32_t modifiers)
{
	struct rig *rig = data;

	(void)press;
	rig->keys++;
	g_string_append_printf(rig->typed, "%u.%u ", key, modifiers);
}

static void
on_later(void *data, const char *sentence)
{
	struct rig *rig = data;

	assert_null(rig->later);
	rig->later = g_strdup(sentence);
}

static int
set_up(void **state)
{
	static const struct deeds_events events = {
	    .result = on_result,
	    .resolved = on_resolved,
	    .key = on_key,
	    .later = on_later,
	};
	struct rig *rig = g_new0(struct rig, 1);

	rig->typed = g_string_new(NULL);
	rig->deeds = deeds_new(&events, rig);
	*state = rig;
	return 0;
}

static void
forget(struct rig *rig)
{
	rig->press = 0;
	g_clear_pointer(&rig->text, g_free);
	g_clear_pointer(&rig->later, g_free);
}

static int
tear_down(void **state)
{
	struct rig *rig = *state;

	deeds_free(rig->deeds);
	forget(rig);
	g_string_free(rig->typed, TRUE);
	g_free(rig);
	return 0;
}

/* One command from its call to its result; look: only found out about. */
static void
begin(struct rig *rig, const char *text, bool look)
{
	g_autofree char *reason = NULL;
	struct command *command;

	forget(rig);
	if (command_parse(text, &command, &reason) < 0)
		fail_msg("'%s': %s", text, reason);
	(look ? deeds_resolve : deeds_run)(rig->deeds, 7, command);
	/* Never from inside; and the command need not outlive the call. */
	assert_int_equal(rig->press, 0);
	command_free(command);
}

static void
expect(struct rig *rig, const char *text, bool look, enum brain_result result, const char *words)
{
	begin(rig, text, look);
	while (rig->press == 0)
		g_main_context_iteration(NULL, TRUE);
	assert_int_equal(rig->press, 7);
	assert_int_equal(rig->was_look, look);
	if (words)
		assert_string_equal(rig->text ? rig->text : "", words);
	else
		assert_null(rig->text);
	assert_int_equal(rig->result, result);
}

/* Looked at until it is there. */
static void
await(struct rig *rig, const char *text)
{
	do {
		begin(rig, text, true);
		while (rig->press == 0)
			g_main_context_iteration(NULL, TRUE);
	} while (rig->result != BRAIN_RESULT_DONE);
}

static char *
path(const char *name)
{
	return g_build_filename(folder, name, NULL);
}

static bool
exists(const char *name)
{
	g_autofree char *whole = path(name);

	return g_file_test(whole, G_FILE_TEST_EXISTS);
}

/* --- programs --- */

static void
programs_end(void **state)
{
	struct rig *rig = *state;

	expect(rig, "run true", false, BRAIN_RESULT_DONE, NULL);
	expect(rig, "run false", false, BRAIN_RESULT_FAILED, "false ended with error 1");
	expect(rig, "run sh -c 'exit 3'", false, BRAIN_RESULT_FAILED, "sh ended with error 3");
	expect(rig, "run /bin/sh -c 'kill -9 $$'", false, BRAIN_RESULT_FAILED,
	       "sh was ended by signal 9");
	/* None is left dead and unburied. */
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
}

static void
programs_get_their_words(void **state)
{
	struct rig *rig = *state;
	g_autofree char *text = g_strdup_printf("run touch \"%s/$(touch x); *\"", folder);
	g_autofree char *mine = path("program");
	g_autofree char *look = g_strdup_printf("run touch \"%s/looked\"", folder);

	expect(rig, text, false, BRAIN_RESULT_DONE, NULL);
	assert_true(exists("$(touch x); *"));
	assert_false(exists("x"));
	/* The first press only looks. */
	expect(rig, look, true, BRAIN_RESULT_DONE, NULL);
	assert_false(exists("looked"));
	/* One of the user's own, in the home that HOME says. */
	assert_true(g_file_set_contents(mine, "#!/bin/sh\nexec touch \"$HOME/mine\"\n", -1, NULL));
	assert_int_equal(g_chmod(mine, 0700), 0);
	expect(rig, "run ~/program", false, BRAIN_RESULT_DONE, NULL);
	assert_true(exists("mine"));
}

static void
programs_that_are_not_there(void **state)
{
	struct rig *rig = *state;

	expect(rig, "run no-such-program", true, BRAIN_RESULT_NOT_FOUND,
	       "There is no program no-such-program");
	expect(rig, "run /etc/passwd", true, BRAIN_RESULT_NOT_FOUND, "There is no program passwd");
	expect(rig, "run no-such-program", false, BRAIN_RESULT_NOT_FOUND,
	       "There is no program no-such-program");
}

/* Into a pipe: g_file_set_contents() would put a file in its place. */
static bool
write_line(const char *name)
{
	_autofclose_ FILE *file = fopen(name, "w");

	return file && fputs("go\n", file) >= 0;
}

/* What goes on is told so, and its end later. */
static void
programs_go_on(void **state)
{
	struct rig *rig = *state;
	g_autofree char *pipe = path("pipe");
	g_autofree char *text = g_strdup_printf("run sh -c 'read x < \"$0\"; exit 4' \"%s\"", pipe);

	assert_int_equal(mkfifo(pipe, 0600), 0);
	expect(rig, text, false, BRAIN_RESULT_DONE, "sh is running");
	assert_null(rig->later);
	assert_true(write_line(pipe));
	while (!rig->later)
		g_main_context_iteration(NULL, TRUE);
	assert_string_equal(rig->later, "sh ended with error 4");
}

/* As a service of systemd's, with what that is asked by in its place: it tells what it was asked.
 */
static void
outside(void **state)
{
	struct rig *rig = *state;
	g_autofree char *bin = path("bin");
	g_autofree char *asked = path("asked");
	g_autofree char *program = g_build_filename(bin, "systemd-run", NULL);
	g_autofree char *script =
	    g_strdup_printf("#!/bin/sh\nprintf '%%s\\n' \"$@\" >> '%s'\n"
			    "while [ \"$1\" != -- ]; do shift; done\nshift\nexec \"$@\"\n",
			    asked);
	g_autofree char *old = g_strdup(g_getenv("PATH"));
	g_autofree char *new = g_strdup_printf("%s:%s", bin, old);
	g_autofree char *text = g_strdup_printf("run touch \"%s/by systemd\"", folder);
	g_autofree char *told = NULL;

	assert_int_equal(g_mkdir(bin, 0700), 0);
	assert_true(g_file_set_contents(program, script, -1, NULL));
	assert_int_equal(g_chmod(program, 0700), 0);
	g_setenv("PATH", new, TRUE);
	/* In a login nobody is asked. */
	g_unsetenv("INVOCATION_ID");
	expect(rig, "run true", false, BRAIN_RESULT_DONE, NULL);
	assert_false(exists("asked"));
	g_setenv("INVOCATION_ID", "0123456789abcdef0123456789abcdef", TRUE);
	expect(rig, text, false, BRAIN_RESULT_DONE, NULL);
	assert_true(exists("by systemd"));
	expect(rig, "run sh -c 'exit 3'", false, BRAIN_RESULT_FAILED, "sh ended with error 3");
	expect(rig, "launch org.example.Touch", false, BRAIN_RESULT_DONE, NULL);
	assert_true(exists("launched"));
	g_unsetenv("INVOCATION_ID");
	g_setenv("PATH", old, TRUE);
	assert_true(g_file_get_contents(asked, &told, NULL, NULL));
	assert_non_null(strstr(told, "--user\n"));
	assert_non_null(strstr(told, "--wait\n"));
	assert_non_null(strstr(told, "--unit=app-org.example.Touch@"));
	assert_null(strstr(told, "%U"));
}

/* --- services --- */

static const char lamp_xml[] = "<node><interface name='org.example.Lamp'>"
			       "<method name='Set'><arg type='b' direction='in'/>"
			       "<arg type='s' direction='in'/></method>"
			       "<method name='Break'/></interface></node>";

struct lamp {
	bool on;
	char *colour;
};

static void
on_method(GDBusConnection *connection, const char *sender, const char *object,
	  const char *interface, const char *method, GVariant *parameters,
	  GDBusMethodInvocation *invocation, void *data)
{
	struct lamp *lamp = data;
	gboolean on;

	(void)connection, (void)sender, (void)object, (void)interface;
	if (g_str_equal(method, "Break")) {
		g_dbus_method_invocation_return_dbus_error(invocation, "org.example.Error",
							   "it is broken already");
		return;
	}
	g_variant_get(parameters, "(bs)", &on, &lamp->colour);
	lamp->on = on;
	g_dbus_method_invocation_return_value(invocation, NULL);
}

static void
services(void **state)
{
	static const GDBusInterfaceVTable methods = {.method_call = on_method};
	struct rig *rig = *state;
	struct lamp lamp = {0};
	GTestDBus *bus = g_test_dbus_new(G_TEST_DBUS_NONE);
	GDBusNodeInfo *info = g_dbus_node_info_new_for_xml(lamp_xml, NULL);
	GDBusConnection *service, *ours;
	const GDBusConnectionFlags flags = G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
					   G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION;
	guint name;

	expect(rig, "dbus org.example.Lamp /lamp org.example.Lamp.Set true \"'red'\"", false,
	       BRAIN_RESULT_FAILED, "There is no session bus");
	g_test_dbus_up(bus);
	service = g_dbus_connection_new_for_address_sync(g_test_dbus_get_bus_address(bus), flags,
							 NULL, NULL, NULL);
	ours = g_dbus_connection_new_for_address_sync(g_test_dbus_get_bus_address(bus), flags, NULL,
						      NULL, NULL);
	deeds_bus(rig->deeds, ours);
	expect(rig, "dbus org.example.Lamp /lamp org.example.Lamp.Set true \"'red'\"", true,
	       BRAIN_RESULT_NOT_FOUND, "The service org.example.Lamp is not there");
	expect(rig, "dbus org.example.Lamp /lamp org.example.Lamp.Set true \"'red'\"", false,
	       BRAIN_RESULT_NOT_FOUND, "The service org.example.Lamp is not there");
	g_dbus_connection_register_object(service, "/lamp", info->interfaces[0], &methods, &lamp,
					  NULL, NULL);
	name = g_bus_own_name_on_connection(service, "org.example.Lamp",
					    G_BUS_NAME_OWNER_FLAGS_NONE, NULL, NULL, NULL, NULL);
	await(rig, "dbus org.example.Lamp /lamp org.example.Lamp.Set true \"'red'\"");
	assert_false(lamp.on); /* only looked */
	expect(rig, "dbus org.example.Lamp /lamp org.example.Lamp.Set true \"'red'\"", false,
	       BRAIN_RESULT_DONE, NULL);
	assert_true(lamp.on);
	assert_string_equal(lamp.colour, "red");
	expect(rig, "dbus org.example.Lamp /lamp org.example.Lamp.Break", false,
	       BRAIN_RESULT_FAILED, "Break failed: it is broken already");
	/* A value of another type does nothing. */
	lamp.on = false;
	begin(rig, "dbus org.example.Lamp /lamp org.example.Lamp.Set 1 \"'red'\"", false);
	while (rig->press == 0)
		g_main_context_iteration(NULL, TRUE);
	assert_int_equal(rig->result, BRAIN_RESULT_FAILED);
	assert_false(lamp.on);
	g_bus_unown_name(name);
	g_free(lamp.colour);
	g_dbus_node_info_unref(info);
	deeds_bus(rig->deeds, NULL);
	g_dbus_connection_close_sync(ours, NULL, NULL);
	g_dbus_connection_close_sync(service, NULL, NULL);
	g_object_unref(ours);
	g_object_unref(service);
	g_test_dbus_down(bus);
	g_object_unref(bus);
}

/* --- apps --- */

static void
apps(void **state)
{
	struct rig *rig = *state;
	g_autofree char *applications = path("data/applications");
	g_autofree char *launched = path("launched");
	g_autofree char *file = g_build_filename(applications, "org.example.Touch.desktop", NULL);
	g_autofree char *contents =
	    g_strdup_printf("[Desktop Entry]\nType=Application\n"
			    "Name=Toucher\nExec=touch \"%s/launched\" %%U\n",
			    folder);

	expect(rig, "launch org.example.Touch", true, BRAIN_RESULT_NOT_FOUND,
	       "There is no app org.example.Touch");
	assert_int_equal(g_mkdir_with_parents(applications, 0700), 0);
	assert_true(g_file_set_contents(file, contents, -1, NULL));
	/* GIO watches the folders, and is told in a moment. */
	await(rig, "launch org.example.Touch");
	assert_string_equal(rig->text, "Toucher");
	assert_false(exists("launched"));
	expect(rig, "launch org.example.Touch", false, BRAIN_RESULT_DONE, NULL);
	while (!exists("launched"))
		g_thread_yield();
	assert_int_equal(g_remove(launched), 0);
}

/* --- typing --- */

static void
typing(void **state)
{
	struct rig *rig = *state;

	begin(rig, "type \"aB 1\"", false);
	while (rig->keys == 0)
		g_main_context_iteration(NULL, TRUE);
	for (unsigned i = 1; i <= 4; i++) {
		assert_int_equal(rig->keys, i);
		assert_int_equal(rig->press, 0); /* not before the last one was typed */
		assert_true(deeds_typed(rig->deeds, 7, NULL));
	}
	assert_int_equal(rig->press, 7);
	assert_int_equal(rig->result, BRAIN_RESULT_DONE);
	assert_null(rig->text); /* never what was typed */
	assert_string_equal(rig->typed->str, "30.0 48.1 57.0 2.0 ");
	assert_false(deeds_typed(rig->deeds, 7, NULL));
}

/* The rest of a password is not for the app that came in front meanwhile. */
static void
typing_stops(void **state)
{
	struct rig *rig = *state;

	begin(rig, "type \"abc\"", false);
	while (rig->keys == 0)
		g_main_context_iteration(NULL, TRUE);
	deeds_front(rig->deeds);
	assert_int_equal(rig->result, BRAIN_RESULT_FAILED);
	assert_string_equal(rig->text, "Another app came in front; the rest was not typed");
	assert_false(deeds_typed(rig->deeds, 7, NULL));
	assert_string_equal(rig->typed->str, "30.0 ");
	forget(rig);
	rig->keys = 0;
	begin(rig, "type \"abc\"", false);
	while (rig->keys == 0)
		g_main_context_iteration(NULL, TRUE);
	assert_true(deeds_typed(rig->deeds, 7, "No key was typed"));
	assert_int_equal(rig->result, BRAIN_RESULT_FAILED);
	assert_string_equal(rig->text, "No key was typed");
}

/* Nothing is heard of what was under way when the daemon ends. */
static void
an_end(void **state)
{
	struct rig *rig = *state;

	begin(rig, "run sleep 0.1", false);
	while (g_main_context_iteration(NULL, FALSE))
		;
	rig->deeds = deeds_free(rig->deeds);
	for (int i = 0; i < 10; i++)
		g_main_context_iteration(NULL, FALSE);
	assert_int_equal(rig->press, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(programs_end, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(programs_get_their_words, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(programs_that_are_not_there, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(programs_go_on, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(apps, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(outside, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(typing, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(typing_stops, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(an_end, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(services, set_up, tear_down),
	};
	g_autofree char *data = NULL;
	const char *rm[] = {"rm", "-rf", "--", folder, NULL};
	int failed;

	assert_non_null(g_mkdtemp(folder));
	data = path("data");
	/* GLib remembers them when it is first asked. */
	g_setenv("HOME", folder, TRUE);
	g_setenv("XDG_DATA_HOME", data, TRUE);
	failed = cmocka_run_group_tests_name("deeds", tests, NULL, NULL);
	g_spawn_sync(NULL, (char **)rm, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
		     NULL);
	return failed;
}
