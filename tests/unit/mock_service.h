/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A service on a bus that python-dbusmock plays, in a process of its own: one of its templates, or
 * an interface that is published elsewhere and named here method by method.
 * Included by tests of services that a machine without them must pass, too.
 * Owns the process until mock_end().
 */
#ifndef SIDETOUCH_MOCK_SERVICE_H
#define SIDETOUCH_MOCK_SERVICE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gio/gio.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/prctl.h>

#define MOCK_INTERFACE "org.freedesktop.DBus.Mock"
/* No single step takes longer, on the slowest machine with sanitizers. */
#define MOCK_PATIENCE_MS 60000

struct mock {
	GSubprocess *process;
	GDBusConnection *bus; /* lent */
	const char *name, *path;
	GHashTable *seen; /* path and method -> how many calls were told */
};

static void
mock_die_with_us(void *data)
{
	(void)data;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
}

static void
mock_on_appeared(GDBusConnection *bus, const char *name, const char *owner, void *data)
{
	(void)bus, (void)name, (void)owner;
	*(bool *)data = true;
}

static gboolean
mock_on_patience(void *data)
{
	*(bool *)data = true;
	return G_SOURCE_REMOVE;
}

/* words: of dbusmock's command line, NULL-terminated. */
static struct mock
mock_start(GDBusConnection *bus, const char *name, const char *path, const char *const *words)
{
	g_autoptr(GSubprocessLauncher) launcher =
	    g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
	g_autoptr(GPtrArray) argv = g_ptr_array_new();
	g_autoptr(GError) error = NULL;
	struct mock mock = {.bus = bus, .name = name, .path = path};
	bool there = false, over = false;
	guint watch, timer;

	mock.seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_ptr_array_add(argv, (char *)"/usr/bin/python3");
	g_ptr_array_add(argv, (char *)"-m");
	g_ptr_array_add(argv, (char *)"dbusmock");
	for (size_t i = 0; words[i]; i++)
		g_ptr_array_add(argv, (char *)words[i]);
	g_ptr_array_add(argv, NULL);
	g_subprocess_launcher_set_child_setup(launcher, mock_die_with_us, NULL, NULL);
	mock.process =
	    g_subprocess_launcher_spawnv(launcher, (const char *const *)argv->pdata, &error);
	if (!mock.process)
		fail_msg("%s", error->message);
	watch = g_bus_watch_name_on_connection(bus, name, G_BUS_NAME_WATCHER_FLAGS_NONE,
					       mock_on_appeared, NULL, &there, NULL);
	timer = g_timeout_add(MOCK_PATIENCE_MS, mock_on_patience, &over);
	while (!there && !over)
		g_main_context_iteration(NULL, TRUE);
	if (!there)
		fail_msg("%s: dbusmock does not come up", name);
	g_source_remove(timer);
	g_bus_unwatch_name(watch);
	return mock;
}

/* Ask it something as whoever controls it. */
static inline GVariant *
mock_ask(const struct mock *mock, const char *path, const char *method, GVariant *arguments)
{
	g_autoptr(GError) error = NULL;
	GVariant *answer =
	    g_dbus_connection_call_sync(mock->bus, mock->name, path, MOCK_INTERFACE, method,
					arguments, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);

	if (!answer)
		fail_msg("%s: %s", method, error->message);
	return answer;
}

/* One more method; code: Python that sets ret. */
static inline void
mock_add(const struct mock *mock, const char *path, const char *interface, const char *method,
	 const char *takes, const char *gives, const char *code)
{
	g_variant_unref(mock_ask(mock, path, "AddMethod",
				 g_variant_new("(sssss)", interface, method, takes, gives, code)));
}

/* How it was called since the last time this was asked (dbusmock's ClearCalls would forget those
 * that come between the two questions): "[(…, [<'a'>]), …]" without the times. */
static inline char *
mock_calls(const struct mock *mock, const char *path, const char *method)
{
	g_autoptr(GVariant) answer =
	    mock_ask(mock, path, "GetMethodCalls", g_variant_new("(s)", method));
	g_autoptr(GVariant) calls = g_variant_get_child_value(answer, 0);
	g_autofree char *key = g_strconcat(path, method, NULL);
	gsize seen = GPOINTER_TO_SIZE(g_hash_table_lookup(mock->seen, key));
	GString *text = g_string_new(NULL);

	for (gsize i = seen; i < g_variant_n_children(calls); i++) {
		g_autoptr(GVariant) call = g_variant_get_child_value(calls, i);
		g_autoptr(GVariant) arguments = g_variant_get_child_value(call, 1);
		g_autofree char *words = g_variant_print(arguments, FALSE);

		g_string_append_printf(text, "%s|", words);
	}
	g_hash_table_insert(mock->seen, g_steal_pointer(&key),
			    GSIZE_TO_POINTER(g_variant_n_children(calls)));
	return g_string_free(text, FALSE);
}

static inline void
mock_end(struct mock *mock)
{
	g_subprocess_force_exit(mock->process);
	g_subprocess_wait(mock->process, NULL, NULL);
	g_clear_object(&mock->process);
	g_hash_table_unref(mock->seen);
}

#endif
