/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An application that is on the accessibility bus and behaves as badly as one can, in one way.
 * Run by tests/integration/apps-hostile.sh with the way's name, and by voice-corpus.sh with "names"
 * and files: each is a name of its widget in turn. "flood" takes events a second and how many in
 * all. It says that its window is active, then prints "ready". Owns its connection; it answers
 * every question from GDBus' own thread.
 */
#include <gio/gio.h>
#include <glib-unix.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common/cleanup.h"

#define PATH "/org/a11y/atspi/accessible/"

/* Each is one fault. What they share: a window, in it one button "Go" where the fault lets it be.
 */
enum way {
	WAY_GOOD,      /* none: what the others differ from */
	WAY_CYCLE,     /* every widget holds itself and the window */
	WAY_WIDE,      /* 100,000 children, the button the last */
	WAY_DEEP,      /* every widget holds another, for ever */
	WAY_HUGE,      /* names of 4 MB */
	WAY_TYPES,     /* every answer is of another type */
	WAY_VARIANTS,  /* every property is of another type */
	WAY_ERRORS,    /* every answer is an error */
	WAY_STRANGER,  /* children that are said to be in another application */
	WAY_SECRETIVE, /* what is in its window it does not answer the first time */
	WAY_HALF,      /* answers the first twenty questions, then none */
	WAY_LEAVE,     /* leaves the bus at the twentieth question */
	WAY_LEAVE_ACT, /* leaves the bus when it is pressed */
	WAY_NO_EFFECT, /* takes a press and does nothing */
	WAY_REFUSE,    /* says that it did not take the press */
	WAY_ACTIONS,   /* has two thousand million actions */
	WAY_NAMELESS,  /* answers everything but what it is called, and tells that it was asked */
	WAY_KILL_BUS,  /* kills the accessibility bus when it is pressed */
	WAY_SLOW,      /* sixty widgets before the button, and 5 ms for each answer */
	WAY_NAMES,     /* each time its button is asked its name, it has that of the next file */
	WAY_GERMAN,    /* says of its button's name that it is German */
	WAY_KEYS,      /* no widget has an action; a key has to press it */
	WAY_NO_FOCUS,  /* the same, and its button never gets the focus */
	WAY_FLOOD,     /* at SIGUSR2 it tells as many events as it was told to, then "flooded" */
	WAY_COUNT,
};

static const char *const way_names[WAY_COUNT] = {
    [WAY_GOOD] = "good",           [WAY_CYCLE] = "cycle",       [WAY_WIDE] = "wide",
    [WAY_DEEP] = "deep",           [WAY_HUGE] = "huge",         [WAY_TYPES] = "types",
    [WAY_VARIANTS] = "variants",   [WAY_ERRORS] = "errors",     [WAY_STRANGER] = "stranger",
    [WAY_HALF] = "half",           [WAY_LEAVE] = "leave",       [WAY_LEAVE_ACT] = "leave-act",
    [WAY_NO_EFFECT] = "no-effect", [WAY_REFUSE] = "refuse",     [WAY_ACTIONS] = "actions",
    [WAY_NAMELESS] = "nameless",   [WAY_KILL_BUS] = "kill-bus", [WAY_SLOW] = "slow",
    [WAY_KEYS] = "keys",           [WAY_NO_FOCUS] = "no-focus", [WAY_NAMES] = "names",
    [WAY_GERMAN] = "german",       [WAY_FLOOD] = "flood",       [WAY_SECRETIVE] = "secretive",
};

enum {
	WIDE_CHILDREN = 100000,
	SLOW_CHILDREN = 60,
	SLOW_MS = 5,
	HUGE_BYTES = 4 * 1024 * 1024,
	ANSWERED_FIRST = 20,
	FLOOD_EACH_MS = 5, /* as a busy app's events come: several at once */
	ROLE_BUTTON = 43,  /* AtspiRole */
	ROLE_FRAME = 23,
};

/* AtspiStateType: ACTIVE, ENABLED, FOCUSED, SENSITIVE, SHOWING, VISIBLE. */
#define STATES (1U << 1 | 1U << 8 | 1U << 12 | 1U << 24 | 1U << 25 | 1U << 30)

struct app {
	GMainLoop *loop;
	GDBusConnection *connection; /* main()'s */
	enum way way;
	unsigned asked;   /* questions so far; only GDBus' thread counts */
	bool kept;        /* once, what is in the window from who asked; only GDBus' thread looks */
	unsigned deepest; /* widgets named so far */
	GVariant *wide;   /* all its children, put together before they are asked for */
	uint32_t bus_pid; /* the accessibility bus' own process */
	char **files;     /* of names; the next one first */
	unsigned rate;    /* of a flood: events a second, 0 for as many as it can */
	unsigned flood;   /* and how many */
	unsigned told;    /* events of a flood, ever */
	unsigned target;  /* where told ends */
	int64_t began_us; /* and this one */
};

static void
add_child(GVariantBuilder *builder, const char *bus, const char *name)
{
	g_autofree char *path = g_strconcat(PATH, name, NULL);

	g_variant_builder_add(builder, "(so)", bus, path);
}

static GVariant *
wide_children(const char *bus)
{
	g_auto(GVariantBuilder) builder = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("a(so)"));

	for (unsigned i = 0; i < WIDE_CHILDREN; i++) {
		g_autofree char *name = g_strdup_printf("w%u", i);

		add_child(&builder, bus, name);
	}
	add_child(&builder, bus, "go");
	return g_variant_ref_sink(g_variant_new("(a(so))", &builder));
}

/* Floating, or borrowed from app. */
static GVariant *
children_of(struct app *app, const char *bus, const char *path)
{
	g_auto(GVariantBuilder) builder = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("a(so)"));
	g_autofree char *name = NULL;

	if (app->way == WAY_DEEP) {
		name = g_strdup_printf("w%u", ++app->deepest);
		add_child(&builder, bus, name);
	} else if (app->way == WAY_CYCLE) {
		g_variant_builder_add(&builder, "(so)", bus, path);
		add_child(&builder, bus, "window");
		add_child(&builder, bus, "go");
	} else if (g_str_has_suffix(path, "/window")) {
		unsigned others = app->way == WAY_SLOW ? SLOW_CHILDREN : 0;

		if (app->way == WAY_WIDE)
			return app->wide;
		for (unsigned i = 0; i < others; i++) {
			g_autofree char *other = g_strdup_printf("w%u", i);

			add_child(&builder, bus, other);
		}
		add_child(&builder, app->way == WAY_STRANGER ? ":1.0" : bus, "go");
	}
	return g_variant_new("(a(so))", &builder);
}

/* After the last one an ordinary name. */
static char *
next_name(struct app *app)
{
	char *name = NULL;

	if (!*app->files || !g_file_get_contents(*app->files, &name, NULL, NULL))
		return g_strdup("Ordinary");
	printf("named %s\n", *app->files);
	app->files++;
	return name;
}

static char *
name_of(struct app *app, const char *path)
{
	if (app->way == WAY_HUGE && !g_str_has_suffix(path, "/go"))
		return g_strnfill(HUGE_BYTES, 'x');
	if (app->way == WAY_NAMES && g_str_has_suffix(path, "/go"))
		return next_name(app);
	if (g_str_has_suffix(path, "/window"))
		return g_strdup("Hostile");
	return g_strdup(g_str_has_suffix(path, "/go") ? "Go" : "");
}

static int32_t
action_count(const struct app *app)
{
	if (app->way == WAY_ACTIONS)
		return G_MAXINT32;
	return app->way == WAY_KEYS || app->way == WAY_NO_FOCUS ? 0 : 1;
}

/* The answer to a property, inside a variant. */
static GVariant *
property(struct app *app, const char *path, const char *wanted)
{
	g_autofree char *name = NULL;

	if (app->way == WAY_VARIANTS)
		return g_variant_new("(v)", g_variant_new("(ii)", 1, 2));
	if (g_str_equal(wanted, "Name")) {
		name = name_of(app, path);
		return g_variant_new("(v)", g_variant_new_string(name));
	}
	if (g_str_equal(wanted, "NActions"))
		return g_variant_new("(v)", g_variant_new_int32(action_count(app)));
	if (g_str_equal(wanted, "CurrentValue"))
		return g_variant_new("(v)", g_variant_new_double(0));
	return g_variant_new("(v)", g_variant_new_string(""));
}

/* NULL: it is no question that an accessible answers. */
static GVariant *
answer(struct app *app, GDBusMessage *question)
{
	const char *member = g_dbus_message_get_member(question);
	const char *path = g_dbus_message_get_path(question);
	GVariant *body = g_dbus_message_get_body(question);
	const char *bus = g_dbus_message_get_destination(question);
	bool window = g_str_has_suffix(path, "/window");
	const char *wanted = NULL;

	if (app->way == WAY_ERRORS)
		return NULL;
	if (app->way == WAY_TYPES)
		return g_variant_new("(a{sv}d)", NULL, 1.5);
	if (g_str_equal(member, "GetChildren"))
		return children_of(app, bus, path);
	if (g_str_equal(member, "GetRole"))
		return g_variant_new("(u)", (uint32_t)(window ? ROLE_FRAME : ROLE_BUTTON));
	if (g_str_equal(member, "GetState")) {
		g_auto(GVariantBuilder) states = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("au"));

		/* Of what a flood tells nothing is there, and only the button has the focus. */
		bool focused = app->way != WAY_NO_FOCUS &&
			       (app->way != WAY_FLOOD || g_str_has_suffix(path, "/go"));

		g_variant_builder_add(&states, "u",
				      focused ? (uint32_t)STATES : (uint32_t)STATES & ~(1U << 12));
		g_variant_builder_add(&states, "u", 0U);
		return g_variant_new("(au)", &states);
	}
	if (g_str_equal(member, "GetName"))
		return g_variant_new("(s)", window ? "menu" : "click");
	if (g_str_equal(member, "GetAttributeRun") && app->way == WAY_GERMAN && !window) {
		g_auto(GVariantBuilder) run = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("a{ss}"));

		g_variant_builder_add(&run, "{ss}", "language", "de");
		return g_variant_new("(a{ss}ii)", &run, 0, 2);
	}
	if (g_str_equal(member, "GrabFocus"))
		return g_variant_new("(b)", TRUE);
	if (g_str_equal(member, "DoAction"))
		return g_variant_new("(b)", app->way != WAY_REFUSE);
	if (g_str_equal(member, "Get") && body &&
	    g_variant_is_of_type(body, G_VARIANT_TYPE("(ss)"))) {
		g_variant_get(body, "(&s&s)", NULL, &wanted);
		return property(app, path, wanted);
	}
	return NULL;
}

static void
emit(GDBusConnection *connection, const char *widget, const char *kind)
{
	g_autofree char *path = g_strconcat(PATH, widget, NULL);

	g_dbus_connection_emit_signal(
	    connection, NULL, path, "org.a11y.atspi.Event.Object", "StateChanged",
	    g_variant_new("(siiva{sv})", kind, 1, 0, g_variant_new_int32(0), NULL), NULL);
}

/* The kinds of events that daemon/a11y_bus asks for, each of another widget than the one before. */
static const struct {
	const char *signal;
	const char *kind;
	const char *any; /* NULL: a number */
} flood_events[] = {
    {"StateChanged", "focused", NULL},
    {"StateChanged", "checked", NULL},
    {"PropertyChange", "accessible-name", "Another name"},
    {"PropertyChange", "accessible-value", NULL},
    {"ChildrenChanged", "add", NULL},
    {"TextCaretMoved", "", NULL},
    {"Announcement", "", "Line"},
    {"SelectionChanged", "", NULL},
};

static void
emit_flood(struct app *app)
{
	size_t kind = app->told % ARRAY_LENGTH(flood_events);
	const char *any = flood_events[kind].any;
	g_autofree char *path = g_strdup_printf(PATH "w%u", app->told);
	g_autofree char *text = any ? g_strdup_printf("%s %u", any, app->told) : NULL;

	app->told++;
	g_dbus_connection_emit_signal(
	    app->connection, NULL, path, "org.a11y.atspi.Event.Object", flood_events[kind].signal,
	    g_variant_new("(siiva{sv})", flood_events[kind].kind, 1, 0,
			  text ? g_variant_new_string(text) : g_variant_new_int32(0), NULL),
	    NULL);
}

static gboolean
on_flood(void *data)
{
	struct app *app = data;
	int64_t past_us = g_get_monotonic_time() - app->began_us;
	uint64_t due = (uint64_t)past_us * app->rate / G_USEC_PER_SEC;
	unsigned begun = app->target - app->flood;

	while (app->told < app->target && (app->rate == 0 || app->told - begun < due))
		emit_flood(app);
	if (app->told < app->target)
		return G_SOURCE_CONTINUE;
	emit(app->connection, "go", "focused");
	printf("flooded\n");
	return G_SOURCE_REMOVE;
}

/* SIGUSR2. */
static gboolean
on_begin_flood(void *data)
{
	struct app *app = data;

	app->began_us = g_get_monotonic_time();
	app->target = app->told + app->flood;
	g_timeout_add(FLOOD_EACH_MS, on_flood, app);
	return G_SOURCE_CONTINUE;
}

/* SIGUSR1: its window comes in front again. */
static gboolean
on_again(void *data)
{
	struct app *app = data;

	emit(app->connection, "window", "active");
	return G_SOURCE_CONTINUE;
}

/* Runs in GDBus' thread. */
static GDBusMessage *
on_message(GDBusConnection *connection, GDBusMessage *message, gboolean incoming, void *data)
{
	struct app *app = data;
	g_autoptr(GDBusMessage) reply = NULL;
	GVariant *body;
	bool pressed;

	if (!incoming ||
	    g_dbus_message_get_message_type(message) != G_DBUS_MESSAGE_TYPE_METHOD_CALL)
		return message;
	app->asked++;
	if (app->way == WAY_SLOW)
		poll(NULL, 0, SLOW_MS);
	pressed = g_strcmp0(g_dbus_message_get_member(message), "DoAction") == 0;
	if (pressed)
		printf("pressed\n");
	if ((app->way == WAY_LEAVE && app->asked > ANSWERED_FIRST) ||
	    (app->way == WAY_LEAVE_ACT && pressed))
		_exit(0);
	if (app->way == WAY_KILL_BUS && pressed) {
		kill((pid_t)app->bus_pid, SIGKILL);
		_exit(0);
	}
	if (app->way == WAY_NAMELESS &&
	    g_str_has_suffix(g_dbus_message_get_path(message), "/root")) {
		printf("asked\n");
		g_object_unref(message);
		return NULL;
	}
	if (app->way == WAY_SECRETIVE && !app->kept &&
	    g_strcmp0(g_dbus_message_get_member(message), "GetChildren") == 0) {
		app->kept = true;
		g_object_unref(message);
		return NULL;
	}
	if (app->way != WAY_HALF || app->asked <= ANSWERED_FIRST) {
		body = answer(app, message);
		if (body) {
			reply = g_dbus_message_new_method_reply(message);
			g_dbus_message_set_body(reply, body);
		} else {
			reply = g_dbus_message_new_method_error_literal(
			    message, "org.freedesktop.DBus.Error.UnknownMethod", "no");
		}
		g_dbus_connection_send_message(connection, reply, G_DBUS_SEND_MESSAGE_FLAGS_NONE,
					       NULL, NULL);
		if (pressed && app->way != WAY_NO_EFFECT && app->way != WAY_REFUSE)
			emit(connection, "go", "pressed");
	}
	g_object_unref(message);
	return NULL;
}

static GDBusConnection *
connect_a11y(GError **error)
{
	g_autoptr(GDBusConnection) session = g_bus_get_sync(G_BUS_TYPE_SESSION, NULL, error);
	g_autoptr(GVariant) reply = NULL;
	const char *address;

	if (!session)
		return NULL;
	reply = g_dbus_connection_call_sync(
	    session, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", NULL,
	    G_VARIANT_TYPE("(s)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, error);
	if (!reply)
		return NULL;
	g_variant_get(reply, "(&s)", &address);
	return g_dbus_connection_new_for_address_sync(
	    address,
	    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
		G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
	    NULL, NULL, error);
}

/* The process of the bus itself; 0 when it does not tell. */
static uint32_t
bus_pid(GDBusConnection *connection)
{
	g_autoptr(GVariant) reply = g_dbus_connection_call_sync(
	    connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
	    "GetConnectionUnixProcessID", g_variant_new("(s)", "org.freedesktop.DBus"),
	    G_VARIANT_TYPE("(u)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
	uint32_t pid = 0;

	if (reply)
		g_variant_get(reply, "(u)", &pid);
	return pid;
}

int
main(int argc, char **argv)
{
	struct app app = {.way = WAY_COUNT};
	g_autoptr(GDBusConnection) connection = NULL;
	g_autoptr(GError) error = NULL;

	for (size_t i = 0; argc >= 2 && i < ARRAY_LENGTH(way_names); i++)
		if (g_str_equal(argv[1], way_names[i]))
			app.way = (enum way)i;
	if (app.way == WAY_COUNT) {
		fprintf(stderr, "hostile-app: give one way to misbehave, such as: cycle\n");
		return 2;
	}
	app.files = argv + 2;
	if (app.way == WAY_FLOOD && argc == 4) {
		app.rate = (unsigned)g_ascii_strtoull(argv[2], NULL, 10);
		app.flood = (unsigned)g_ascii_strtoull(argv[3], NULL, 10);
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	connection = connect_a11y(&error);
	if (!connection) {
		fprintf(stderr, "hostile-app: no accessibility bus: %s\n", error->message);
		return 1;
	}
	g_dbus_connection_set_exit_on_close(connection, TRUE);
	app.bus_pid = bus_pid(connection);
	/* kill(0) would be this whole group of processes. */
	if (app.way == WAY_KILL_BUS && app.bus_pid == 0) {
		fprintf(stderr, "hostile-app: the bus does not tell its process\n");
		return 1;
	}
	app.loop = g_main_loop_new(NULL, FALSE);
	app.connection = connection;
	if (app.way == WAY_WIDE)
		app.wide = wide_children(g_dbus_connection_get_unique_name(connection));
	g_unix_signal_add(SIGUSR1, on_again, &app);
	g_unix_signal_add(SIGUSR2, on_begin_flood, &app);
	g_dbus_connection_add_filter(connection, on_message, &app, NULL);
	emit(connection, "window", "active");
	emit(connection, "go", "focused");
	printf("ready\n");
	g_main_loop_run(app.loop);
	g_main_loop_unref(app.loop);
	g_clear_pointer(&app.wide, g_variant_unref);
	return 0;
}
