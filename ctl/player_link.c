/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The player's back end that is the driver: driver/core and the link's server in real time, for a
 * real sidetouchd to connect to, without a device. Used by `sidetouchctl simulate --drive-link`,
 * and by `make demo` where there is no uinput.
 * Owns the core, the socket and a timer; borrows the log and the live part.
 */
#include "ctl/player_link.h"

#include <errno.h>
#include <unistd.h>

#include "common/cleanup.h"
#include "ctl/player_encoder.h"
#include "driver/link_chord.h"
#include "driver/link_server.h"
#include "driver/sim_panel.h"

/* The one panel's number on the link. */
#define PANEL 1u

struct player_link {
	struct player_live *live;
	struct player_log *log;
	char *path;
	struct link_server *server;
	struct core *core;
	struct player_encoder encoder;
	struct link_panel panel;
	GSource *timer; /* the core's next deadline */
	bool listening;
	bool learning; /* the daemon wants to know what touches are like */
};

static void
set_timer(struct player_link *link)
{
	struct usec deadline;
	bool due = link->core && core_next_deadline(link->core, &deadline);

	g_source_set_ready_time(link->timer, due ? (gint64)deadline.us : -1);
}

static gboolean
timer_dispatch(GSource *source, GSourceFunc callback, void *data)
{
	struct player_link *link = data;

	(void)source;
	(void)callback;
	core_tick(link->core, player_live_now());
	set_timer(link);
	return G_SOURCE_CONTINUE;
}

static GSourceFuncs timer_funcs = {.dispatch = timer_dispatch};

static gboolean
never(void *data)
{
	(void)data;
	return G_SOURCE_CONTINUE;
}

static void
on_frame(void *data, struct usec time, const struct core_event *events, size_t count)
{
	struct player_link *link = data;

	player_log_clone_frame(link->log, time, events, count);
}

static void
on_press(void *data, const struct core_press *press)
{
	struct player_link *link = data;

	if (link->server)
		link_server_send_press(link->server, PANEL, press);
}

static void
on_touch(void *data, struct usec time)
{
	struct player_link *link = data;

	if (link->server)
		link_server_send_touch(link->server, time);
}

static void
on_chord(void *data, const struct core_chord *chord)
{
	struct player_link *link = data;
	struct link_chord message = link_chord_new(PANEL, chord);

	if (link->server)
		link_server_send(link->server, &message.header, LINK_CHORD, sizeof(message));
}

static void
on_notice(void *data, enum core_notice notice, struct usec time)
{
	struct player_link *link = data;
	struct link_notice message = {.kind = link_notice_kind_of(notice), .panel = PANEL};

	(void)time;
	if (link->server)
		link_server_send(link->server, &message.header, LINK_NOTICE, sizeof(message));
}

static void
on_ear(void *data, const struct ear_event *event)
{
	struct player_link *link = data;
	struct link_ear message = {.panel = PANEL};

	link_ear_init(&message, event);
	if (link->server)
		link_server_send(link->server, &message.header, LINK_EAR, sizeof(message));
}

static void
on_ear_seen(void *data, const struct ear_seen *seen)
{
	struct player_link *link = data;
	struct link_ear_seen message = {.panel = PANEL};

	link_ear_seen_init(&message, seen);
	if (link->server && link->learning)
		link_server_send(link->server, &message.header, LINK_EAR_SEEN, sizeof(message));
}

static const struct core_output core_output = {
    .frame = on_frame,
    .press = on_press,
    .touch = on_touch,
    .chord = on_chord,
    .notice = on_notice,
    .ear = on_ear,
    .ear_seen = on_ear_seen,
};

static void
on_listening(void *data, bool listening)
{
	struct player_link *link = data;

	link->listening = listening;
	if (link->core)
		core_set_listening(link->core, listening, player_live_now());
	set_timer(link);
}

/* There is no keyboard here; the daemon was told so, and asks for no key. */
static void
on_type_key(void *data, uint32_t request, uint32_t key, uint32_t modifiers)
{
	struct player_link *link = data;

	(void)key;
	(void)modifiers;
	link_server_send_key_done(link->server, request, -ENODEV);
}

/* What a real daemon has heard of the ear; a key that it holds is let go by nobody. */
static void
on_message(void *data, const struct packet_header *header)
{
	struct player_link *link = data;
	const void *message = header;

	if (header->type == LINK_HOLD_KEY && ((const struct link_hold_key *)message)->down)
		link_server_send_key_done(
		    link->server, ((const struct link_hold_key *)message)->request, -ENODEV);
	if (!link->core)
		return;
	if (header->type == LINK_PROXIMITY)
		core_set_proximity(link->core, ((const struct link_proximity *)message)->proximity,
				   player_live_now());
	else if (header->type == LINK_EAR_MODE)
		core_set_ear_mode(link->core, ((const struct link_ear_mode *)message)->on,
				  player_live_now());
	else if (header->type == LINK_EAR_LEARN)
		link->learning = ((const struct link_ear_learn *)message)->on;
	set_timer(link);
}

static bool
on_authorised(void *data, uid_t uid)
{
	(void)data;
	return uid == getuid();
}

static const struct link_server_events server_events = {
    .listening = on_listening,
    .type_key = on_type_key,
    .authorised = on_authorised,
    .message = on_message,
};

static bool
start_server(struct player_link *link, GError **error)
{
	struct link_server_config config = {.path = link->path};
	g_autoptr(GError) reason = NULL;

	link->server = link_server_new(&config, &server_events, link, &reason);
	if (link->server)
		return true;
	g_set_error_literal(error, PLAYER_ERROR, PLAYER_ERROR_WORLD, reason->message);
	return false;
}

static bool
is_listening(void *data)
{
	return ((struct player_link *)data)->listening;
}

static bool
await_daemon(struct player_link *link, GError **error)
{
	if (player_live_await(link->live, is_listening, link, PLAYER_LIVE_START_MS))
		return true;
	g_set_error(error, PLAYER_ERROR, PLAYER_ERROR_WORLD,
		    "no sidetouchd connected to %s within %d s; start one for it with: sidetouchd "
		    "--driver-socket %s",
		    link->path, PLAYER_LIVE_START_MS / 1000, link->path);
	return false;
}

static bool
link_open(void *data, const struct scenario_device *device, GError **error)
{
	struct player_link *link = data;
	const struct sim_panel_model *model = sim_panel_find_model(device->name);
	struct core_panel panel;
	struct overlay overlay;

	sim_panel_describe(model, &panel);
	player_encoder_init(&link->encoder, &panel, model->units_per_mm);
	player_log_clone_panel(link->log, &panel);
	if (overlay_default(panel.width_mm, panel.height_mm, &overlay) < 0 ||
	    core_new(&panel, &overlay, &core_output, link, &link->core) < 0) {
		g_set_error(error, PLAYER_ERROR, PLAYER_ERROR_WORLD, "the %s has no room for pads",
			    device->name);
		return false;
	}
	if (link->listening)
		core_set_listening(link->core, true, player_live_now());
	link->panel = (struct link_panel){
	    .panel = PANEL,
	    .state = LINK_PANEL_READY,
	    .width_um = (uint32_t)(model->width_mm * 1000),
	    .height_um = (uint32_t)(model->height_mm * 1000),
	    .slots = model->slots,
	};
	g_strlcpy(link->panel.name, model->title, sizeof(link->panel.name));
	link_server_send_panel(link->server, &link->panel);
	return await_daemon(link, error) && player_live_watch(link->live, error);
}

static bool
link_frame(void *data, const struct player_touch *touches, size_t count, GError **error)
{
	struct player_link *link = data;
	struct core_event events[PLAYER_ENCODER_EVENTS_MAX];
	size_t event_count = player_encoder_frame(&link->encoder, touches, count, events);

	(void)error;
	if (event_count > 0)
		core_frame(link->core, player_live_now(), events, event_count);
	set_timer(link);
	return true;
}

static struct usec
link_now(void *data)
{
	(void)data;
	return player_live_now();
}

static bool
link_wait(void *data, struct usec until, GError **error)
{
	(void)error;
	player_live_wait(((struct player_link *)data)->live, until);
	return true;
}

static bool
link_front(void *data, const char *app, GError **error)
{
	return player_live_front(((struct player_link *)data)->live, app, error);
}

static bool
link_link(void *data, bool up, GError **error)
{
	struct player_link *link = data;

	if (up == (link->server != NULL))
		return true;
	if (!up) {
		link->server = link_server_free(link->server);
		on_listening(link, false);
		return true;
	}
	if (!start_server(link, error))
		return false;
	link_server_send_panel(link->server, &link->panel);
	return await_daemon(link, error);
}

static bool
link_proximity(void *data, enum ear_proximity proximity, GError **error)
{
	struct player_link *link = data;

	(void)error;
	core_set_proximity(link->core, proximity, player_live_now());
	set_timer(link);
	return true;
}

static bool
link_ear_mode(void *data, bool on, GError **error)
{
	struct player_link *link = data;

	(void)error;
	core_set_ear_mode(link->core, on, player_live_now());
	set_timer(link);
	return true;
}

const struct player_backend player_link_backend = {
    .await_ms = PLAYER_LIVE_AWAIT_MS,
    .open = link_open,
    .frame = link_frame,
    .now = link_now,
    .wait = link_wait,
    .front = link_front,
    .link = link_link,
    .proximity = link_proximity,
    .ear_mode = link_ear_mode,
};

struct player_link *
player_link_new(const char *path, struct player_live *live, struct player_log *log, GError **error)
{
	struct player_link *link = g_new0(struct player_link, 1);

	link->live = live;
	link->log = log;
	link->path = g_strdup(path);
	link->timer = g_source_new(&timer_funcs, sizeof(GSource));
	g_source_set_callback(link->timer, never, link, NULL);
	g_source_attach(link->timer, NULL);
	return start_server(link, error) ? link : player_link_free(link);
}

struct player_link *
player_link_free(struct player_link *link)
{
	if (!link)
		return NULL;
	if (link->server)
		link->server = link_server_free(link->server);
	if (link->core)
		link->core = core_unref(link->core);
	g_source_destroy(link->timer);
	g_source_unref(link->timer);
	g_free(link->path);
	g_free(link);
	return NULL;
}
