/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Prints what the daemon says, line by line, until it is over.
 * Called by ctl/calibrate and ctl/learn.
 * Owns the loop and the subscription while it runs.
 */
#include "ctl/follow.h"

#include <glib-unix.h>
#include <stdio.h>
#include <string.h>

#include "common/i18n.h"
#include "ctl/daemon_call.h"
#include "ctl/json.h"
#include "daemon/bus.h"

struct run {
	const struct follow *follow;
	GMainLoop *loop;
	bool interrupted; /* it was asked to end once */
	int code;
};

static void
print(const struct run *run, GVariant *arguments)
{
	gsize last = g_variant_n_children(arguments) - 1;
	g_autoptr(GVariant) text = g_variant_get_child_value(arguments, last);
	g_autoptr(GVariant) object = NULL;
	g_autoptr(GString) out = g_string_new(NULL);

	if (!run->follow->json) {
		puts(g_variant_get_string(text, NULL));
	} else {
		object = g_variant_ref_sink(run->follow->object(arguments));
		json_append_variant(out, object);
		puts(out->str);
	}
	/* Each line when it is said, for a braille display that follows it. */
	(void)fflush(stdout);
}

static void
on_signal(GDBusConnection *bus, const char *sender, const char *path, const char *interface,
	  const char *signal, GVariant *arguments, void *data)
{
	struct run *run = data;
	g_autoptr(GVariant) first = NULL;
	const char *step;

	(void)bus, (void)sender, (void)path, (void)interface, (void)signal;
	if (!g_variant_check_format_string(arguments, run->follow->format, FALSE))
		return;
	first = g_variant_get_child_value(arguments, 0);
	step = g_variant_get_string(first, NULL);
	print(run, arguments);
	if (strcmp(step, "done") == 0)
		run->code = 0;
	if (strcmp(step, "done") == 0 || strcmp(step, "left") == 0 || strcmp(step, "failed") == 0)
		g_main_loop_quit(run->loop);
}

static void
on_daemon_gone(GDBusConnection *bus, const char *name, void *data)
{
	struct run *run = data;

	(void)bus;
	(void)name;
	fprintf(stderr,
		_("sidetouchctl %s: sidetouchd has ended, so %s; see: journalctl --user -u "
		  "sidetouchd\n"),
		run->follow->command, run->follow->gone);
	g_main_loop_quit(run->loop);
}

static gboolean
on_interrupt(void *data)
{
	struct run *run = data;
	g_autoptr(GVariant) answer = NULL;

	/* The daemon says that it is left, and that ends this too; asked twice, end at once. */
	if (!run->interrupted)
		answer = daemon_call(run->follow->stop_method, NULL, "(b)", NULL);
	if (!answer)
		g_main_loop_quit(run->loop);
	run->interrupted = true;
	return G_SOURCE_CONTINUE;
}

int
follow_run(const struct follow *follow, GVariant *arguments)
{
	g_autoptr(GMainLoop) loop = g_main_loop_new(NULL, FALSE);
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) answer = NULL;
	struct run run = {.follow = follow, .loop = loop, .code = 1};
	/* The same connection as daemon_call()'s: the signals come to whoever called. */
	g_autoptr(GDBusConnection) bus = g_bus_get_sync(G_BUS_TYPE_SESSION, NULL, NULL);
	guint subscription = 0, watch = 0;

	if (bus)
		subscription = g_dbus_connection_signal_subscribe(
		    bus, BUS_NAME, BUS_INTERFACE, follow->signal, BUS_PATH, NULL,
		    G_DBUS_SIGNAL_FLAGS_NONE, on_signal, &run, NULL);
	answer = daemon_call(follow->method, arguments, "()", &error);
	if (answer) {
		watch = g_bus_watch_name_on_connection(bus, BUS_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE,
						       NULL, on_daemon_gone, &run, NULL);
		g_unix_signal_add(SIGINT, on_interrupt, &run);
		g_unix_signal_add(SIGTERM, on_interrupt, &run);
		g_main_loop_run(loop);
		g_bus_unwatch_name(watch);
	} else {
		fprintf(stderr, "sidetouchctl %s: %s\n", follow->command, error->message);
	}
	if (bus)
		g_dbus_connection_signal_unsubscribe(bus, subscription);
	return run.code;
}

int
follow_stop(const struct follow *follow)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) answer = daemon_call(follow->stop_method, NULL, "(b)", &error);
	gboolean running = FALSE;

	if (answer)
		g_variant_get(answer, "(b)", &running);
	if (running)
		return 0;
	fprintf(stderr, "sidetouchctl %s: %s\n", follow->command,
		answer ? follow->none : error->message);
	return 1;
}
