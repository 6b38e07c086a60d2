/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * daemon/apps and daemon/deeds in a main loop of their own: commands come on standard input, one a
 * line, what happens goes to standard output, one line each. Run by tests/integration/test-apps.sh.
 * Lines: "front ID...", "focus", "site HOST", "result N RESULT TEXT", "problem SENTENCE", "state
 * SENTENCE", "key CODE" or "key CODE MODIFIERS", "later SENTENCE", "tell N TEXT", "tell+ N TEXT"
 * (it joins), "news N TEXT", "typed N TEXT" (no text: a key), "wait N" (N's result takes long).
 * "cost" is answered with "cost ROUNDS QUESTIONS US" of the last command: round trips one after the
 * other, questions in all, and the time from the command to its result; "heap" with "heap BYTES",
 * what is allocated and not freed.
 */
#include <dlfcn.h>
#include <gio/gio.h>
#include <glib-unix.h>
#include <malloc.h>
#include <stdio.h>
#include <string.h>

#include "common/cleanup.h"
#include "daemon/apps.h"
#include "daemon/deeds.h"

/* What the last command asked of applications. Questions are counted where daemon/ hands them to
 * GDBus: this program's own g_dbus_connection_call() comes before the library's. */
struct cost {
	unsigned round; /* of the answer that is being handled; 0: none is */
	unsigned rounds;
	unsigned questions;
	int64_t asked_us;
	int64_t took_us;
};

struct probe {
	GMainLoop *loop;
	struct apps *apps;
	struct deeds *deeds;
	GIOChannel *input;
	uint32_t press;
	uint32_t utterance;
	uint32_t typing;
	bool changes;
	enum echo_setting echo;
};

/* One question, until its answer was handled. */
struct asked {
	unsigned round;
	GAsyncReadyCallback done;
	gpointer data;
};

/* A static, since that function is given nothing of ours. */
static struct cost cost;

static void
on_answer(GObject *source, GAsyncResult *result, gpointer data)
{
	struct asked *asked = data;

	cost.round = asked->round;
	asked->done(source, result, asked->data);
	cost.round = 0;
	g_free(asked);
}

typedef void call_function(GDBusConnection *connection, const char *bus, const char *path,
			   const char *interface, const char *method, GVariant *arguments,
			   const GVariantType *reply_type, GDBusCallFlags flags, int timeout_ms,
			   GCancellable *cancellable, GAsyncReadyCallback done, gpointer data);

/* What is asked while an answer is handled needs that answer: it is one round later. */
void
g_dbus_connection_call(GDBusConnection *connection, const char *bus, const char *path,
		       const char *interface, const char *method, GVariant *arguments,
		       const GVariantType *reply_type, GDBusCallFlags flags, int timeout_ms,
		       GCancellable *cancellable, GAsyncReadyCallback done, gpointer data)
{
	call_function *real = (call_function *)dlsym(RTLD_NEXT, "g_dbus_connection_call");
	struct asked *asked = NULL;

	if (done) {
		asked = g_new0(struct asked, 1);
		*asked = (struct asked){cost.round + 1, done, data};
		cost.questions++;
		cost.rounds = MAX(cost.rounds, asked->round);
	}
	real(connection, bus, path, interface, method, arguments, reply_type, flags, timeout_ms,
	     cancellable, done ? on_answer : NULL, asked);
}

static void
cost_begin(void)
{
	cost = (struct cost){.asked_us = g_get_monotonic_time()};
}

static void
on_front(void *data, const char *const *ids)
{
	(void)data;
	printf("front");
	for (size_t i = 0; ids[i]; i++)
		printf(" %s", ids[i]);
	printf("\n");
}

static void
on_focus(void *data)
{
	(void)data;
	printf("focus\n");
}

static void
on_site(void *data, const char *host)
{
	(void)data;
	printf("site %s\n", host ? host : "");
}

static void
on_result(void *data, uint32_t press, enum brain_result result, const char *text)
{
	static const char *const names[] = {
	    [BRAIN_RESULT_DONE] = "done",
	    [BRAIN_RESULT_DELIVERED] = "delivered",
	    [BRAIN_RESULT_NOT_FOUND] = "not-found",
	    [BRAIN_RESULT_NOT_RESPONDING] = "not-responding",
	    [BRAIN_RESULT_FAILED] = "failed",
	};

	(void)data;
	cost.took_us = g_get_monotonic_time() - cost.asked_us;
	printf("result %u %s %s\n", press, names[result], text ? text : "");
}

static void
on_wait(void *data, uint32_t press)
{
	(void)data;
	printf("wait %u\n", press);
}

/* Every utterance is spoken as soon as "spoken" comes in; "hush" is a touch. */
static uint32_t
on_say(void *data, uint32_t press, const char *text)
{
	struct probe *probe = data;

	(void)press;
	printf("say %u %s\n", ++probe->utterance, text);
	return probe->utterance;
}

/* It is spoken when "told" comes in. */
static uint32_t
on_tell(void *data, const struct apps_told *told)
{
	struct probe *probe = data;

	printf("%s%s %u %s\n",
	       told->typed  ? "typed"
	       : told->news ? "news"
			    : "tell",
	       told->joins ? "+" : "", ++probe->utterance, told->text);
	return probe->utterance;
}

/* "typed" comes in once somebody has. */
static void
on_key(void *data, uint32_t press, uint32_t key)
{
	struct probe *probe = data;

	probe->typing = press;
	printf("key %u\n", key);
}

static void
on_pointed(void *data, uint32_t press, const struct a11y_naming *naming)
{
	(void)data;
	(void)press;
	printf("pointed %s: %s\n", naming->command ? naming->command : "none", naming->words);
}

static void
on_deed_key(void *data, uint32_t press, uint32_t key, uint32_t modifiers)
{
	struct probe *probe = data;

	probe->typing = press;
	printf("key %u %u\n", key, modifiers);
}

static void
on_later(void *data, const char *sentence)
{
	(void)data;
	printf("later %s\n", sentence);
}

static void
on_solved(void *data)
{
	(void)data;
	puts("solved");
}

static void
on_problem(void *data, const char *sentence)
{
	(void)data;
	printf("problem %s\n", sentence);
}

#ifdef __SANITIZE_ADDRESS__
/* The sanitizer's own; Debian's gcc has no header for it. */
size_t __sanitizer_get_current_allocated_bytes(void);
#endif

/* What the address sanitizer keeps of freed memory does not count. */
static size_t
heap_bytes(void)
{
#ifdef __SANITIZE_ADDRESS__
	return __sanitizer_get_current_allocated_bytes();
#else
	struct mallinfo2 info = mallinfo2();

	return info.uordblks + info.hblkhd;
#endif
}

/* "state", "quit", a command, or "look " and a command: what it would press. */
static void
obey(struct probe *probe, const char *line)
{
	struct command *command = NULL;
	g_autofree char *reason = NULL;
	bool only_look = g_str_has_prefix(line, "look ");

	if (only_look)
		line += strlen("look ");
	if (strcmp(line, "quit") == 0) {
		g_main_loop_quit(probe->loop);
		return;
	}
	if (strcmp(line, "typed") == 0) {
		printf("typed %d\n", apps_typed(probe->apps, probe->typing, NULL) ||
					 deeds_typed(probe->deeds, probe->typing, NULL));
		return;
	}
	if (strcmp(line, "point") == 0) {
		apps_point_out(probe->apps, ++probe->press);
		return;
	}
	if (strcmp(line, "spoken") == 0) {
		apps_spoken(probe->apps, probe->utterance, true);
		return;
	}
	if (strcmp(line, "hush") == 0) {
		apps_hush(probe->apps);
		apps_spoken(probe->apps, probe->utterance, false);
		return;
	}
	if (strcmp(line, "resume") == 0) {
		apps_resumed(probe->apps, ++probe->utterance);
		return;
	}
	if (strcmp(line, "way") == 0) {
		printf("way %s\n", apps_way(probe->apps));
		return;
	}
	if (strcmp(line, "changes on") == 0 || strcmp(line, "changes off") == 0) {
		probe->changes = strcmp(line, "changes on") == 0;
		apps_tell(probe->apps, probe->changes, probe->echo);
		return;
	}
	if (g_str_has_prefix(line, "echo ")) {
		probe->echo = (enum echo_setting)(line[5] - '0');
		apps_tell(probe->apps, probe->changes, probe->echo);
		return;
	}
	if (g_str_has_prefix(line, "told ")) {
		apps_spoken(probe->apps, (uint32_t)g_ascii_strtoull(line + 5, NULL, 10), true);
		return;
	}
	if (strcmp(line, "cost") == 0) {
		printf("cost %u %u %" G_GINT64_FORMAT "\n", cost.rounds, cost.questions,
		       cost.took_us);
		return;
	}
	if (strcmp(line, "heap") == 0) {
		printf("heap %zu\n", heap_bytes());
		return;
	}
	if (strcmp(line, "state") == 0) {
		printf("state %s\n", apps_state(probe->apps));
		return;
	}
	if (command_parse(line, &command, &reason) < 0) {
		printf("wrong %s\n", reason);
		return;
	}
	cost_begin();
	if (!only_look && command_by(command->type) == COMMAND_BY_APP) {
		/* As the daemon does it: what is armed is run, and then not armed any more. */
		apps_run(probe->apps, ++probe->press, command);
		apps_disarmed(probe->apps);
	} else if (command_by(command->type) == COMMAND_BY_SESSION)
		(only_look ? deeds_resolve : deeds_run)(probe->deeds, ++probe->press, command);
	else
		(only_look ? apps_resolve : apps_run)(probe->apps, ++probe->press, command);
	command_free(command);
}

static gboolean
on_input(GIOChannel *channel, GIOCondition condition, void *data)
{
	struct probe *probe = data;
	g_autofree char *line = NULL;
	GIOStatus status = g_io_channel_read_line(channel, &line, NULL, NULL, NULL);

	(void)condition;
	if (status == G_IO_STATUS_NORMAL)
		obey(probe, g_strchomp(line));
	else if (status != G_IO_STATUS_AGAIN)
		g_main_loop_quit(probe->loop);
	return status == G_IO_STATUS_NORMAL || status == G_IO_STATUS_AGAIN;
}

int
main(void)
{
	static const struct apps_events events = {
	    .front = on_front,
	    .focus = on_focus,
	    .site = on_site,
	    .result = on_result,
	    .wait = on_wait,
	    .resolved = on_result,
	    .pointed = on_pointed,
	    .say = on_say,
	    .tell = on_tell,
	    .key = on_key,
	    .problem = on_problem,
	    .solved = on_solved,
	};
	static const struct deeds_events deeds_events = {
	    .result = on_result,
	    .resolved = on_result,
	    .key = on_deed_key,
	    .later = on_later,
	};
	g_autoptr(GDBusConnection) bus = g_bus_get_sync(G_BUS_TYPE_SESSION, NULL, NULL);
	struct probe probe = {0};

	setvbuf(stdout, NULL, _IOLBF, 0);
	probe.loop = g_main_loop_new(NULL, FALSE);
	if (apps_new(&events, &probe, &probe.apps) < 0)
		return 1;
	probe.deeds = deeds_new(&deeds_events, &probe);
	if (bus) {
		g_dbus_connection_set_exit_on_close(bus, FALSE);
		deeds_bus(probe.deeds, bus);
	}
	probe.input = g_io_channel_unix_new(STDIN_FILENO);
	g_io_channel_set_flags(probe.input, G_IO_FLAG_NONBLOCK, NULL);
	g_io_add_watch(probe.input, G_IO_IN | G_IO_HUP, on_input, &probe);
	g_main_loop_run(probe.loop);
	apps_unref(probe.apps);
	deeds_free(probe.deeds);
	g_io_channel_unref(probe.input);
	g_main_loop_unref(probe.loop);
	return 0;
}
