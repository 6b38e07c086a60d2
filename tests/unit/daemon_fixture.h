/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The real daemon object between the driver's real link server, a private bus and fakes of the apps
 * and the voice; every wait is for an event.
 * Included by test-daemon.c, which is linked with these fakes instead of the real parts.
 */
#ifndef SIDETOUCH_DAEMON_FIXTURE_H
#define SIDETOUCH_DAEMON_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "common/profile_folders.h"
#include "daemon/apps.h"
#include "daemon/bus.h"
#include "daemon/daemon.h"
#include "daemon/speech.h"
#include "driver/link_server.h"
#include "tests/support/stop_bus.h"
#include "tests/unit/fake_speech.h"

/* No single step takes longer, on the slowest machine with sanitizers. */
#define PATIENCE_US (60 * G_USEC_PER_SEC)

struct fixture {
	char *folder;
	char *path;
	char *settings; /* voice.conf */
	struct link_server *server;
	bool listening;
	bool can_type;
	bool away;            /* another user is at the screen */
	bool offers_tutorial; /* by the next daemon */
	GArray *profiles;     /* of the next daemon; NULL: what is built in */
	struct daemon *daemon;
	char *ended;
	GDBusConnection *watcher;
	guint signal_subscription;
	GString *signals; /* "Said:Back, press again|Command:back|" */
	uint32_t keys, request, key;
	uint32_t press;
	/* What a test makes of the daemon's other messages; may be NULL. */
	void (*on_message)(struct fixture *fixture, const struct packet_header *message);
	bool calibrating;
	unsigned films;
	struct link_calibration_set film;
	/* What was told the driver of the ear: "mode 1|hold 57|". */
	GString *told;
};

/* --- the fakes: what the daemon asked of them is kept, and answers are the test's --- */

static struct {
	const struct apps_events *events;
	void *data;
	uint32_t press;
	uint32_t runs;
	uint32_t resolves;
	uint32_t disarms;
	uint32_t points;
	uint32_t front_pid;
	bool changes;
	enum echo_setting echo;
} fake_apps;

int
apps_new(const struct apps_events *events, void *data, struct apps **out)
{
	fake_apps.events = events;
	fake_apps.data = data;
	*out = (struct apps *)&fake_apps;
	return 0;
}

struct apps *
apps_unref(struct apps *apps)
{
	(void)apps;
	return NULL;
}

void
apps_run(struct apps *apps, uint32_t press, const struct command *command)
{
	(void)apps, (void)command;
	fake_apps.press = press;
	fake_apps.runs++;
}

void
apps_resolve(struct apps *apps, uint32_t press, const struct command *command)
{
	(void)apps, (void)command;
	fake_apps.resolves++;
	fake_apps.press = press;
}

void
apps_disarmed(struct apps *apps)
{
	(void)apps;
	fake_apps.disarms++;
}

void
apps_point_out(struct apps *apps, uint32_t press)
{
	(void)apps;
	fake_apps.points++;
	fake_apps.press = press;
}

bool
apps_typed(struct apps *apps, uint32_t press, const char *reason)
{
	(void)apps, (void)press, (void)reason;
	return false;
}

void
apps_hush(struct apps *apps)
{
	(void)apps;
}

void
apps_spoken(struct apps *apps, uint32_t utterance, bool spoken)
{
	(void)apps, (void)utterance, (void)spoken;
}

void
apps_resumed(struct apps *apps, uint32_t utterance)
{
	(void)apps, (void)utterance;
}

uint32_t
apps_front_pid(const struct apps *apps)
{
	(void)apps;
	return fake_apps.front_pid;
}

void
apps_tell(struct apps *apps, bool changes, enum echo_setting echo)
{
	(void)apps;
	fake_apps.changes = changes;
	fake_apps.echo = echo;
}

const char *
apps_way(const struct apps *apps)
{
	(void)apps;
	return "";
}

void
apps_typed_instead(struct apps *apps)
{
	(void)apps;
}

const char *
apps_state(const struct apps *apps)
{
	(void)apps;
	return "connected";
}

/* --- the driver's end --- */

static void
on_listening(void *data, bool listening)
{
	struct fixture *fixture = data;

	fixture->listening = listening;
}

static void
on_type_key(void *data, uint32_t request, uint32_t key, uint32_t modifiers)
{
	struct fixture *fixture = data;

	(void)modifiers;
	fixture->keys++;
	fixture->request = request;
	fixture->key = key;
}

static void
on_daemon_message(void *data, const struct packet_header *message)
{
	struct fixture *fixture = data;

	if (fixture->on_message)
		fixture->on_message(fixture, message);
}

static bool
on_authorised(void *data, uid_t uid)
{
	const struct fixture *fixture = data;

	return uid == getuid() && !fixture->away;
}

static void
start_driver(struct fixture *fixture)
{
	static const struct link_server_events events = {
	    .listening = on_listening,
	    .type_key = on_type_key,
	    .authorised = on_authorised,
	    .message = on_daemon_message,
	};
	const struct link_server_config config = {.path = fixture->path,
						  .can_type = fixture->can_type};
	g_autoptr(GError) error = NULL;

	fixture->server = link_server_new(&config, &events, fixture, &error);
	if (!fixture->server)
		fail_msg("%s", error->message);
}

static inline void
stop_driver(struct fixture *fixture)
{
	fixture->server = link_server_free(fixture->server);
	fixture->listening = false;
}

/* --- waiting --- */

static gboolean
on_patience(void *data)
{
	*(bool *)data = true;
	return G_SOURCE_REMOVE;
}

#define AWAIT(condition)                                                                           \
	do {                                                                                       \
		bool await_over_ = false;                                                          \
		guint await_timer_ = g_timeout_add(PATIENCE_US / 1000, on_patience, &await_over_); \
                                                                                                   \
		while (!(condition) && !await_over_)                                               \
			g_main_context_iteration(NULL, TRUE);                                      \
		if (await_over_)                                                                   \
			fail_msg("%s:%d: did not come: %s (signals: %s)", __FILE__, __LINE__,      \
				 #condition, fixture->signals->str);                               \
		g_source_remove(await_timer_);                                                     \
	} while (0)

/* --- the bus --- */

static void
on_signal(GDBusConnection *connection, const char *sender, const char *path, const char *interface,
	  const char *signal, GVariant *arguments, void *data)
{
	struct fixture *fixture = data;
	const char *text = "";

	(void)connection, (void)sender, (void)path, (void)interface;
	if (strcmp(signal, "Said") == 0)
		g_variant_get(arguments, "(uu&st)", NULL, NULL, &text, NULL);
	else if (strcmp(signal, "Command") == 0 || strcmp(signal, "Result") == 0 ||
		 strcmp(signal, "Told") == 0)
		g_variant_get(arguments, "(u&st)", NULL, &text, NULL);
	else if (strcmp(signal, "Chord") == 0)
		g_variant_get(arguments, "(u&s&st)", NULL, NULL, &text, NULL);
	else if (strcmp(signal, "Calibration") == 0)
		g_variant_get(arguments, "(&ssu&s)", &text, NULL, NULL, NULL);
	else if (strcmp(signal, "Ear") == 0)
		g_variant_get(arguments, "(&st)", &text, NULL);
	else if (strcmp(signal, "Front") == 0 || strcmp(signal, "Notice") == 0 ||
		 strcmp(signal, "EarLesson") == 0)
		g_variant_get(arguments, "(&s&s)", &text, NULL);
	else
		return;
	g_string_append_printf(fixture->signals, "%s:%s|", signal, text);
}

struct answer {
	bool came;
	GVariant *value;
	GError *error;
};

static void
on_answer(GObject *source, GAsyncResult *result, void *data)
{
	struct answer *answer = data;

	answer->value =
	    g_dbus_connection_call_finish(G_DBUS_CONNECTION(source), result, &answer->error);
	answer->came = true;
}

/* The answer, or NULL with *message what the error says; both the caller's. */
static GVariant *
call(struct fixture *fixture, const char *method, GVariant *arguments, char **message)
{
	struct answer answer = {0};

	g_dbus_connection_call(fixture->watcher, BUS_NAME, BUS_PATH, BUS_INTERFACE, method,
			       arguments, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, on_answer,
			       &answer);
	AWAIT(answer.came);
	if (answer.error) {
		g_dbus_error_strip_remote_error(answer.error);
		*message = g_strdup(answer.error->message);
		g_error_free(answer.error);
	}
	return answer.value;
}

static void
call_well(struct fixture *fixture, const char *method, GVariant *arguments)
{
	g_autofree char *message = NULL;
	g_autoptr(GVariant) answer = call(fixture, method, arguments, &message);

	if (!answer)
		fail_msg("%s: %s", method, message);
}

static GDBusConnection *
connect_to_bus(void)
{
	g_autoptr(GError) error = NULL;
	GDBusConnection *connection = g_dbus_connection_new_for_address_sync(
	    g_getenv("DBUS_SESSION_BUS_ADDRESS"),
	    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
		G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
	    NULL, NULL, &error);

	if (!connection)
		fail_msg("%s", error->message);
	return connection;
}

/* --- the daemon --- */

static void
on_daemon_ended(void *data, const char *sentence)
{
	struct fixture *fixture = data;

	fixture->ended = g_strdup(sentence);
}

static bool
bus_has_name(struct fixture *fixture)
{
	g_autoptr(GVariant) answer = g_dbus_connection_call_sync(
	    fixture->watcher, "org.freedesktop.DBus", "/org/freedesktop/DBus",
	    "org.freedesktop.DBus", "NameHasOwner", g_variant_new("(s)", BUS_NAME), NULL,
	    G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
	gboolean has = FALSE;

	g_variant_get(answer, "(b)", &has);
	return has;
}

static void
start_daemon(struct fixture *fixture)
{
	static const char *const none[] = {NULL};
	const struct daemon_options options = {
	    .driver_socket = fixture->path,
	    .voice = "/nowhere",
	    .voice_arguments = none,
	    .voice_settings = fixture->settings,
	    .profiles = fixture->profiles,
	    .state = fixture->folder,
	    .offers_tutorial = fixture->offers_tutorial,
	    .accelerometers = fixture->folder,
	    .front_from_bus = true,
	};

	/* No sensor of this machine's. */
	g_setenv("DBUS_SYSTEM_BUS_ADDRESS", g_getenv("DBUS_SESSION_BUS_ADDRESS"), TRUE);
	assert_int_equal(daemon_new(&options, on_daemon_ended, fixture, &fixture->daemon), 0);
	AWAIT(bus_has_name(fixture));
}

/* Another daemon in place of the one there is. */
static inline void
restart_daemon(struct fixture *fixture)
{
	fixture->daemon = daemon_unref(fixture->daemon);
	AWAIT(!bus_has_name(fixture));
	start_daemon(fixture);
	call_well(fixture, "Watch", NULL);
	g_string_truncate(fixture->signals, 0);
}

/* A daemon that is watched, with a driver unless the test starts its own. */
static struct fixture *
fixture_new(bool with_driver)
{
	struct fixture *fixture = g_new0(struct fixture, 1);

	fixture->folder = g_dir_make_tmp("daemon-XXXXXX", NULL);
	fixture->path = g_build_filename(fixture->folder, "driver.sock", NULL);
	fixture->settings = g_build_filename(fixture->folder, "voice.conf", NULL);
	fixture->signals = g_string_new(NULL);
	fixture->can_type = true;
	fixture->watcher = connect_to_bus();
	fixture->signal_subscription = g_dbus_connection_signal_subscribe(
	    fixture->watcher, NULL, BUS_INTERFACE, NULL, NULL, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
	    on_signal, fixture, NULL);
	start_daemon(fixture);
	call_well(fixture, "Watch", NULL);
	if (with_driver) {
		start_driver(fixture);
		AWAIT(fixture->listening);
		AWAIT(strstr(fixture->signals->str, "Said:Sidetouch is ready|"));
		g_string_truncate(fixture->signals, 0);
	}
	return fixture;
}

static void
fixture_free(struct fixture *fixture)
{
	daemon_unref(fixture->daemon);
	link_server_free(fixture->server);
	/* What is queued already would still be delivered, to a fixture that is gone. */
	g_dbus_connection_signal_unsubscribe(fixture->watcher, fixture->signal_subscription);
	g_dbus_connection_close_sync(fixture->watcher, NULL, NULL);
	g_object_unref(fixture->watcher);
	g_unlink(fixture->path);
	g_unlink(fixture->settings);
	g_free(fixture->settings);
	assert_int_equal(g_rmdir(fixture->folder), 0);
	g_string_free(fixture->signals, TRUE);
	g_free(fixture->ended);
	g_free(fixture->folder);
	g_free(fixture->path);
	g_free(fixture);
}

static inline void
send_phase(struct fixture *fixture, enum pad pad, enum press_phase phase, struct usec down,
	   struct usec time)
{
	const struct core_press press = {
	    .press = fixture->press, .pad = pad, .phase = phase, .down = down, .time = time};

	link_server_send_press(fixture->server, 1, &press);
}

/* A press of 60 ms that was lifted ago_ms ago; whoever sends two leaves a gap between them. */
static inline void
send_press(struct fixture *fixture, enum pad pad, uint64_t ago_ms)
{
	uint64_t up_us = (uint64_t)g_get_monotonic_time() - ago_ms * 1000;
	struct usec up = usec_from_us(up_us), down = usec_from_us(up_us - 60000);

	fixture->press++;
	send_phase(fixture, pad, PRESS_DOWN, down, down);
	send_phase(fixture, pad, PRESS_UP, down, up);
}

/* Long enough after the last press to be another one. */
static inline void
press_again(struct fixture *fixture, enum pad pad)
{
	bool passed = false;

	g_timeout_add(110, on_patience, &passed);
	AWAIT(passed);
	send_press(fixture, pad, 0);
}

static void
await_signals(struct fixture *fixture, const char *signals)
{
	AWAIT(strlen(fixture->signals->str) >= strlen(signals));
	assert_string_equal(fixture->signals->str, signals);
	g_string_truncate(fixture->signals, 0);
}

#endif
