/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the player's real-time back ends share: a main loop for a clock, and the daemon's signals.
 * Used by the back end over the link and the one through uinput.
 * Owns the connection to the session bus and a timer; borrows the log that it feeds.
 */
#include "ctl/player_live.h"

#include <string.h>

#include "common/cleanup.h"

#define BUS_NAME      "org.sidetouch.Sidetouch1"
#define BUS_PATH      "/org/sidetouch/Sidetouch1"
#define BUS_INTERFACE "org.sidetouch.Sidetouch1"
/* A daemon answers in a few ms; it promises never to block (design). */
#define BUS_CALL_MS 2000

struct player_live {
	struct player_log *log;
	player_live_note_fn *note;
	void *data;
	GDBusConnection *bus;
	GDBusProxy *daemon;
	char *front;
	GSource *timer;
};

static gboolean
on_timer(void *data)
{
	g_source_set_ready_time(data, -1);
	return G_SOURCE_CONTINUE;
}

static gboolean
timer_dispatch(GSource *source, GSourceFunc callback, void *data)
{
	(void)callback;
	(void)data;
	return on_timer(source);
}

static GSourceFuncs timer_funcs = {.dispatch = timer_dispatch};

struct player_live *
player_live_new(struct player_log *log, player_live_note_fn *note, void *data)
{
	struct player_live *live = g_new0(struct player_live, 1);

	live->log = log;
	live->note = note;
	live->data = data;
	live->front = g_strdup("");
	live->timer = g_source_new(&timer_funcs, sizeof(GSource));
	g_source_attach(live->timer, NULL);
	return live;
}

struct player_live *
player_live_free(struct player_live *live)
{
	if (!live)
		return NULL;
	if (live->daemon)
		g_signal_handlers_disconnect_by_data(live->daemon, live);
	if (live->daemon)
		g_object_unref(live->daemon);
	if (live->bus)
		g_object_unref(live->bus);
	g_source_destroy(live->timer);
	g_source_unref(live->timer);
	g_free(live->front);
	g_free(live);
	return NULL;
}

struct usec
player_live_now(void)
{
	return usec_from_us((uint64_t)g_get_monotonic_time());
}

/*
 * One round of the main loop, which ends at `until` at the latest. The timer stays set: each change
 * of it wakes the loop once for nothing.
 */
static void
iterate(struct player_live *live, struct usec until)
{
	g_source_set_ready_time(live->timer, (gint64)until.us);
	g_main_context_iteration(NULL, TRUE);
}

void
player_live_wait(struct player_live *live, struct usec until)
{
	uint64_t changes = player_log_changes(live->log);

	while (player_log_changes(live->log) == changes && usec_before(player_live_now(), until))
		iterate(live, until);
}

bool
player_live_await(struct player_live *live, bool (*condition)(void *data), void *data, unsigned ms)
{
	struct usec until = usec_add(player_live_now(), usec_from_ms(ms));

	while (!condition(data)) {
		if (!usec_before(player_live_now(), until))
			return false;
		iterate(live, until);
	}
	return true;
}

static void
take_press(struct player_live *live, GVariant *arguments)
{
	const char *pad_name, *phase_name;
	enum press_phase phase;
	enum pad pad;
	guint32 press;
	guint64 time;

	g_variant_get(arguments, "(u&s&st)", &press, &pad_name, &phase_name, &time);
	if (pad_from_str(pad_name, &pad) && press_phase_from_str(phase_name, &phase))
		player_log_press(live->log, press, pad, phase, usec_from_us(time));
}

static void
take_chord(struct player_live *live, GVariant *arguments)
{
	const char *pads, *phase_name;
	enum press_phase phase;
	struct input input;
	guint32 chord;
	guint64 time;

	g_variant_get(arguments, "(u&s&st)", &chord, &pads, &phase_name, &time);
	if (input_from_str(pads, &input) && press_phase_from_str(phase_name, &phase))
		player_log_chord(live->log, chord, input, phase, usec_from_us(time));
}

static void
take_ear(struct player_live *live, GVariant *arguments)
{
	const char *name;
	enum ear_kind kind;
	guint64 time;

	g_variant_get(arguments, "(&st)", &name, &time);
	if (ear_kind_from_str(name, &kind))
		player_log_ear(live->log, kind, usec_from_us(time));
}

static void
on_signal(GDBusProxy *proxy, const char *sender, const char *signal, GVariant *arguments,
	  void *data)
{
	struct player_live *live = data;
	const char *text, *other;
	guint64 time;

	(void)proxy;
	(void)sender;
	if (strcmp(signal, "Press") == 0 && g_variant_check_format_string(arguments, "(usst)", 0)) {
		take_press(live, arguments);
	} else if (strcmp(signal, "Chord") == 0 &&
		   g_variant_check_format_string(arguments, "(usst)", 0)) {
		take_chord(live, arguments);
	} else if (strcmp(signal, "Ear") == 0 &&
		   g_variant_check_format_string(arguments, "(st)", 0)) {
		take_ear(live, arguments);
	} else if (strcmp(signal, "Notice") == 0 &&
		   g_variant_check_format_string(arguments, "(ss)", 0)) {
		g_variant_get(arguments, "(&s&s)", &text, &other);
		player_log_notice(live->log, text, player_live_now());
	} else if (strcmp(signal, "Said") == 0 &&
		   g_variant_check_format_string(arguments, "(uust)", 0)) {
		g_variant_get(arguments, "(uu&st)", NULL, NULL, &text, &time);
		player_log_say(live->log, text, usec_from_us(time));
	} else if (strcmp(signal, "Command") == 0 &&
		   g_variant_check_format_string(arguments, "(ust)", 0)) {
		g_variant_get(arguments, "(u&st)", NULL, &text, &time);
		player_log_command(live->log, text, usec_from_us(time));
	} else if (strcmp(signal, "Result") == 0 &&
		   g_variant_check_format_string(arguments, "(ust)", 0)) {
		g_variant_get(arguments, "(u&st)", NULL, &text, &time);
		live->note(live->data, "result", text);
	} else if (strcmp(signal, "Front") == 0 &&
		   g_variant_check_format_string(arguments, "(ss)", 0)) {
		g_variant_get(arguments, "(&s&s)", &text, &other);
		g_free(live->front);
		live->front = g_strdup(text);
		live->note(live->data, "front", text);
	}
}

static bool
has_owner(void *data)
{
	struct player_live *live = data;
	g_autofree char *owner = g_dbus_proxy_get_name_owner(live->daemon);

	return owner != NULL;
}

static bool
call(struct player_live *live, const char *method, GVariant *arguments, GVariant **answer,
     GError **error)
{
	g_autoptr(GError) reason = NULL;
	g_autoptr(GVariant) result = g_dbus_proxy_call_sync(
	    live->daemon, method, arguments, G_DBUS_CALL_FLAGS_NONE, BUS_CALL_MS, NULL, &reason);

	if (!result) {
		g_dbus_error_strip_remote_error(reason);
		g_set_error(error, PLAYER_ERROR, PLAYER_ERROR_WORLD,
			    "sidetouchd does not answer (%s); see: journalctl --user -u sidetouchd",
			    reason->message);
		return false;
	}
	if (answer)
		*answer = steal(&result);
	return true;
}

static void
take_status(struct player_live *live, GVariant *answer)
{
	g_autoptr(GVariant) status = g_variant_get_child_value(answer, 0);
	const char *front;

	if (!g_variant_lookup(status, "front", "&s", &front))
		return;
	g_free(live->front);
	live->front = g_strdup(front);
}

bool
player_live_watch(struct player_live *live, GError **error)
{
	g_autoptr(GError) reason = NULL;
	g_autoptr(GVariant) answer = NULL;

	live->bus = g_bus_get_sync(G_BUS_TYPE_SESSION, NULL, &reason);
	if (live->bus)
		live->daemon =
		    g_dbus_proxy_new_sync(live->bus, G_DBUS_PROXY_FLAGS_DO_NOT_AUTO_START, NULL,
					  BUS_NAME, BUS_PATH, BUS_INTERFACE, NULL, &reason);
	if (!live->daemon) {
		g_set_error(error, PLAYER_ERROR, PLAYER_ERROR_WORLD,
			    "there is no session bus (%s); run this in the session of the user "
			    "whose sidetouchd is to be watched, or with --in-memory",
			    reason->message);
		return false;
	}
	g_signal_connect(live->daemon, "g-signal", G_CALLBACK(on_signal), live);
	if (!player_live_await(live, has_owner, live, PLAYER_LIVE_START_MS)) {
		g_set_error(error, PLAYER_ERROR, PLAYER_ERROR_WORLD,
			    "sidetouchd is not running in this session; start it with: systemctl "
			    "--user start sidetouchd, or play with --in-memory");
		return false;
	}
	if (!call(live, "Watch", NULL, NULL, error) ||
	    !call(live, "GetStatus", NULL, &answer, error))
		return false;
	take_status(live, answer);
	return true;
}

struct front_wait {
	struct player_live *live;
	const char *app;
};

static bool
is_front(void *data)
{
	const struct front_wait *wait = data;

	return strcmp(wait->live->front, wait->app) == 0;
}

bool
player_live_front(struct player_live *live, const char *app, GError **error)
{
	struct front_wait wait = {.live = live, .app = app ? app : ""};
	g_autoptr(GVariant) answer =
	    g_dbus_proxy_call_sync(live->daemon, "SetFront", g_variant_new("(s)", wait.app),
				   G_DBUS_CALL_FLAGS_NONE, BUS_CALL_MS, NULL, NULL);

	if (!answer && !is_front(&wait))
		live->note(live->data, "waiting",
			   app ? "bring the app to the front now" : "close every window now");
	if (player_live_await(live, is_front, &wait, PLAYER_LIVE_FRONT_MS))
		return true;
	g_set_error(error, PLAYER_ERROR, PLAYER_ERROR_WORLD,
		    "%s did not come to the front within %d s (there is '%s'); open it and bring "
		    "it to the front",
		    app ? app : "nothing", PLAYER_LIVE_FRONT_MS / 1000, live->front);
	return false;
}
