/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The daemon's end of the link to sidetouch-driver.
 * The daemon's main object is the only caller.
 * Owns the socket, the table of panels, and while there is no driver a watch on the socket's
 * folder, one on who sits at the seat, and a timer; connected, nothing wakes it but messages.
 */
#define G_LOG_DOMAIN "sidetouchd"
#include "daemon/driver_link.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib-unix.h>

#include "common/cleanup.h"
#include "common/i18n.h"
#include "daemon/driver_keys.h"
#include "daemon/driver_socket.h"
#include "daemon/driver_watch.h"

/* The first retry: a driver that systemd restarts is back within 100 ms (its unit). */
#define RETRY_MIN_MS 100
/* The slowest: someone who plugs in or repairs something waits no longer than this to hear it. */
#define RETRY_MAX_MS 10000
/* A driver tells of itself in its first message; as long as it gives us (link.h). */
#define HELLO_MS LINK_HELLO_MS
/* More panels than any machine has; a driver that tells of more is broken. */
#define PANELS_MAX 16

enum state {
	STATE_AWAY,    /* not connected, a retry is due */
	STATE_HELLO,   /* connected, the driver's HELLO is awaited */
	STATE_REFUSED, /* it said why it will not have us, and hangs up */
	STATE_UP,
};

struct driver_link {
	struct driver_link_events events;
	void *data;
	char *path;
	enum state state;
	int fd;
	guint fd_source;
	guint timer; /* retry, or the wait for HELLO */
	unsigned retry_ms;
	struct driver_watch *watch;
	bool can_type;
	enum link_buzz_state buzz;
	bool fault_logged;
	bool was_up; /* then it is gone, which is another thing than not started */
	struct driver_keys *keys;
	GArray *panels; /* of struct link_panel */
	char *sentence;
};

static void connect_now(struct driver_link *link);

static void
set_state(struct driver_link *link, enum state state, const char *sentence)
{
	link->state = state;
	if (g_strcmp0(link->sentence, sentence) != 0) {
		g_free(link->sentence);
		link->sentence = g_strdup(sentence);
	}
}

static void
clear_source(guint *source)
{
	if (*source)
		g_source_remove(*source);
	*source = 0;
}

static int
send_message(struct driver_link *link, struct packet_header *header, uint16_t type, size_t size)
{
	packet_init(&link_protocol, header, type, size);
	return packet_send(link->fd, header);
}

/* Why no key can be typed, 0: it can. */
static int
typing_error(const struct driver_link *link)
{
	if (link->state != STATE_UP)
		return -ENOTCONN;
	return link->can_type ? 0 : -ENODEV;
}

static int
send_key(struct driver_link *link, uint32_t request, uint32_t key, uint32_t modifiers)
{
	struct link_type_key message = {.request = request, .key = key, .modifiers = modifiers};

	int error = typing_error(link);

	return error < 0 ? error
			 : send_message(link, &message.header, LINK_TYPE_KEY, sizeof(message));
}

void
driver_link_type_key(struct driver_link *link, uint32_t tag, uint32_t key, uint32_t modifiers)
{
	uint32_t request = driver_keys_next(link->keys);

	driver_keys_add(link->keys, tag, send_key(link, request, key, modifiers));
}

void
driver_link_hold_key(struct driver_link *link, uint32_t tag, uint32_t key, uint32_t modifiers)
{
	uint32_t request = driver_keys_next(link->keys);
	struct link_hold_key message = {
	    .request = request, .key = key, .modifiers = modifiers, .down = 1};
	int error = typing_error(link);

	if (error == 0)
		error = send_message(link, &message.header, LINK_HOLD_KEY, sizeof(message));
	driver_keys_add(link->keys, tag, error);
}

void
driver_link_let_go(struct driver_link *link, uint32_t key, uint32_t modifiers)
{
	struct link_hold_key message = {.key = key, .modifiers = modifiers};

	(void)driver_link_send(link, &message.header, LINK_HOLD_KEY, sizeof(message));
}

/* --- connection --- */

static gboolean
on_retry(void *data)
{
	struct driver_link *link = data;

	link->timer = 0;
	connect_now(link);
	return G_SOURCE_REMOVE;
}

static void
on_maybe(void *data)
{
	struct driver_link *link = data;

	if (link->state == STATE_UP)
		return;
	/* Also for one who knocks at this moment, and may be turned away by what was true before.
	 */
	link->retry_ms = RETRY_MIN_MS;
	if (link->state != STATE_AWAY)
		return;
	/* A socket's file is there before its owner listens: the retries take it from here. */
	clear_source(&link->timer);
	link->timer = g_timeout_add(0, on_retry, link);
}

static void
retry_later(struct driver_link *link)
{
	clear_source(&link->timer);
	link->timer = g_timeout_add(link->retry_ms, on_retry, link);
	link->retry_ms = MIN(link->retry_ms * 2, RETRY_MAX_MS);
	if (!link->watch)
		link->watch = driver_watch_new(link->path, on_maybe, link);
}

/* sentence: NULL keeps the one that says why the driver refused us. */
static void
hang_up(struct driver_link *link, const char *sentence)
{
	bool was_up = link->state == STATE_UP;

	clear_source(&link->fd_source);
	clear_source(&link->timer);
	if (link->fd >= 0)
		close(link->fd);
	link->fd = -1;
	link->can_type = false;
	link->buzz = LINK_BUZZ_NONE;
	g_array_set_size(link->panels, 0);
	link->state = STATE_AWAY;
	retry_later(link);
	driver_keys_fail(link->keys, -ENOTCONN);
	if (sentence)
		set_state(link, STATE_AWAY, sentence);
	if (was_up)
		link->events.up(link->data, false);
}

static void
take_hello(struct driver_link *link, const struct link_driver_hello *hello)
{
	struct link_daemon_hello answer = {.pid = (uint32_t)getpid()};

	link->can_type = hello->can_type;
	link->buzz = (enum link_buzz_state)hello->buzz;
	if (link->state == STATE_UP)
		return;
	if (send_message(link, &answer.header, LINK_DAEMON_HELLO, sizeof(answer)) < 0)
		return; /* its end is reported by the descriptor */
	clear_source(&link->timer);
	link->watch = driver_watch_free(link->watch);
	link->was_up = true;
	link->retry_ms = RETRY_MIN_MS;
	set_state(link, STATE_UP, "connected");
	link->events.up(link->data, true);
}

static void
take_refused(struct driver_link *link, const struct link_refused *refused)
{
	bool was_up = link->state == STATE_UP;
	const char *sentence = "";

	switch ((enum link_refusal)refused->reason) {
	case LINK_REFUSED_USER:
		sentence = _("The touch driver serves the user who is at the screen, and that is "
			     "not you. Log in at the device itself, or start sidetouch-driver with "
			     "the option allow-user.");
		break;
	case LINK_REFUSED_BUSY:
		sentence = _("Another Sidetouch of yours has the buttons already. End the other "
			     "one, this one takes over then.");
		break;
	}
	set_state(link, STATE_REFUSED, sentence);
	if (was_up)
		link->events.up(link->data, false);
}

static void
take_panel(struct driver_link *link, const struct link_panel *panel)
{
	guint i = 0;

	while (i < link->panels->len &&
	       g_array_index(link->panels, struct link_panel, i).panel != panel->panel)
		i++;
	if (i < link->panels->len && panel->state == LINK_PANEL_GONE) {
		g_array_remove_index(link->panels, i);
		link->events.panel_gone(link->data);
	} else if (i < link->panels->len) {
		g_array_index(link->panels, struct link_panel, i) = *panel;
	} else if (panel->state != LINK_PANEL_GONE && link->panels->len < PANELS_MAX) {
		g_array_append_val(link->panels, *panel);
	}
}

static void
take_press(struct driver_link *link, const struct link_press *press)
{
	struct link_seen seen = {.press = press->press};

	if (link->state != STATE_UP)
		return;
	/* Before anything is done with it: the driver counts how long we take. */
	send_message(link, &seen.header, LINK_SEEN, sizeof(seen));
	link->events.press(link->data, press);
}

static void
take(struct driver_link *link, const struct packet_header *header)
{
	const void *message = header;

	switch ((enum link_type)header->type) {
	case LINK_DRIVER_HELLO:
		take_hello(link, message);
		return;
	case LINK_REFUSED:
		take_refused(link, message);
		return;
	case LINK_PANEL:
		take_panel(link, message);
		if (link->events.message)
			link->events.message(link->data, header);
		return;
	case LINK_PRESS:
		take_press(link, message);
		return;
	case LINK_TOUCH:
		link->events.touch(link->data,
				   usec_from_us(((const struct link_touch *)message)->time_us));
		return;
	case LINK_KEY_DONE:
		driver_keys_done(link->keys, message);
		return;
	case LINK_CHORD:
	case LINK_NOTICE:
	case LINK_EAR:
	case LINK_EAR_SEEN:
	case LINK_EAR_KEY:
	case LINK_SAMPLE:
	case LINK_CALIBRATION_DONE:
		if (link->events.message)
			link->events.message(link->data, header);
		return;
	case LINK_DAEMON_HELLO:
	case LINK_TYPE_KEY:
	case LINK_WATCH:
	case LINK_SEEN:
	case LINK_PROXIMITY:
	case LINK_EAR_MODE:
	case LINK_BUZZ:
	case LINK_CALIBRATE:
	case LINK_CALIBRATION_SET:
	case LINK_EAR_LEARN:
	case LINK_HOLD_KEY:
		return; /* ours to send; packet_receive() lets none in */
	}
}

static gboolean
on_readable(int fd, GIOCondition condition, void *data)
{
	struct driver_link *link = data;
	_Alignas(8) unsigned char buffer[PACKET_SIZE_MAX];
	enum packet_fault fault;
	int size = packet_receive(fd, &link_protocol, PACKET_FROM_SERVER, buffer, &fault);

	(void)condition;
	if (size > 0) {
		take(link, (const void *)buffer);
		return G_SOURCE_CONTINUE;
	}
	if (size == -EAGAIN)
		return G_SOURCE_CONTINUE;
	if (size == -EPROTO && !link->fault_logged) {
		g_warning("a message of the touch driver %s", packet_fault_to_str(fault));
		link->fault_logged = true;
	}
	if (link->state == STATE_REFUSED)
		hang_up(link, NULL);
	else if (size == -EPROTO)
		hang_up(link, _("The touch driver does not speak our language. Install the same "
				"version of all parts of Sidetouch."));
	else
		hang_up(link, _("The touch driver has gone. The buttons work again when it is "
				"back. If it stays away: systemctl restart sidetouch-driver."));
	return G_SOURCE_REMOVE;
}

static gboolean
on_no_hello(void *data)
{
	struct driver_link *link = data;

	link->timer = 0;
	hang_up(link, _("The touch driver does not answer. Restart it with: systemctl restart "
			"sidetouch-driver."));
	return G_SOURCE_REMOVE;
}

static void
connect_now(struct driver_link *link)
{
	int error = driver_socket_connect(link->path, &link->fd);

	if (error == -EACCES || error == -EPERM)
		set_state(link, STATE_AWAY,
			  _("The touch driver may not be asked by you. Check the rights of its "
			    "socket."));
	else if (error == -ENAMETOOLONG)
		set_state(link, STATE_AWAY,
			  _("The path of the driver's socket is too long. Give a shorter one with "
			    "the option driver-socket."));
	else if (error < 0 && !link->was_up)
		set_state(link, STATE_AWAY,
			  _("The touch driver is not running. Start it with: systemctl start "
			    "sidetouch-driver."));
	if (error < 0) {
		link->fd = -1;
		retry_later(link);
		return;
	}
	link->state = STATE_HELLO;
	/* Before the timers, so that a press that landed in time is never judged after it. */
	link->fd_source = g_unix_fd_add_full(G_PRIORITY_HIGH, link->fd, G_IO_IN | G_IO_HUP,
					     on_readable, link, NULL);
	link->timer = g_timeout_add(HELLO_MS, on_no_hello, link);
}

int
driver_link_new(const char *path, const struct driver_link_events *events, void *data,
		struct driver_link **out)
{
	struct driver_link *link = g_new0(struct driver_link, 1);

	link->events = *events;
	link->data = data;
	link->path = g_canonicalize_filename(path, NULL);
	link->fd = -1;
	link->retry_ms = RETRY_MIN_MS;
	link->keys = driver_keys_new(events->typed, data);
	link->panels = g_array_new(FALSE, FALSE, sizeof(struct link_panel));
	link->sentence = g_strdup("");
	*out = link;
	return 0;
}

void
driver_link_start(struct driver_link *link)
{
	link->timer = g_timeout_add(0, on_retry, link);
}

struct driver_link *
driver_link_unref(struct driver_link *link)
{
	if (!link)
		return NULL;
	clear_source(&link->fd_source);
	clear_source(&link->timer);
	link->watch = driver_watch_free(link->watch);
	if (link->fd >= 0)
		close(link->fd);
	driver_keys_free(link->keys);
	g_array_unref(link->panels);
	g_free(link->sentence);
	g_free(link->path);
	g_free(link);
	return NULL;
}

void
driver_link_watch(struct driver_link *link, bool on)
{
	struct link_watch message = {.on = on};

	(void)driver_link_send(link, &message.header, LINK_WATCH, sizeof(message));
}

int
driver_link_send(struct driver_link *link, struct packet_header *message, enum link_type type,
		 size_t size)
{
	return link->state == STATE_UP ? send_message(link, message, type, size) : -ENOTCONN;
}

enum link_buzz_state
driver_link_buzz(const struct driver_link *link)
{
	return link->buzz;
}

bool
driver_link_is_up(const struct driver_link *link)
{
	return link->state == STATE_UP;
}

bool
driver_link_is_refused(const struct driver_link *link)
{
	return link->state == STATE_REFUSED;
}

const char *
driver_link_state(const struct driver_link *link)
{
	return link->sentence;
}

void
driver_link_foreach_panel(const struct driver_link *link, driver_link_panel_fn *panel, void *data)
{
	for (guint i = 0; i < link->panels->len; i++)
		panel(data, &g_array_index(link->panels, struct link_panel, i));
}
