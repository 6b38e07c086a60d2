/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the daemon is told: each message there is, and whether it reads them.
 * Called by driver/driver and what it owns, also from inside a core: no event is called from here.
 * Owns nothing but what struct link_server has for it.
 */
#define G_LOG_DOMAIN "sidetouch-driver"
#include <errno.h>
#include <linux/sockios.h>
#include <sys/ioctl.h>

#include "driver/link_private.h"

/* Send, or let the main loop hang up: never calls an event. */
static void
peer_send(struct link_server *server, const struct packet_header *message)
{
	int r;

	if (server->state == PEER_NONE || server->state == PEER_BROKEN)
		return;
	r = packet_send(server->peer_fd, message);
	if (r == 0)
		return;
	if (r == -EAGAIN &&
	    peer_log_is_new(&server->log, server->peer_uid, server->peer_pid, PEER_TROUBLE_UNREAD))
		g_warning("the daemon does not read its messages: hanging up, every touch passes");
	link_peer_break(server);
}

/* --- whether it reads --- */

static struct usec
now(void)
{
	return usec_from_us((uint64_t)g_get_monotonic_time());
}

static bool
has_read_all(const struct link_server *server)
{
	int left = 0;

	/* A socket that cannot be asked is one that has hung up, which is noticed elsewhere. */
	return ioctl(server->peer_fd, SIOCOUTQ, &left) < 0 || left == 0;
}

static void
time_reading(struct link_server *server)
{
	server->unread_timed = true;
	alarm_set(server->unread_timer,
		  usec_add(server->unread_since, usec_from_ms(server->config.read_ms)));
}

/* Before something is sent. */
static void
expect_reading(struct link_server *server)
{
	if (has_read_all(server))
		server->unread_since = now();
	if (!server->unread_timed)
		time_reading(server);
}

bool
link_unread_check(struct link_server *server)
{
	server->unread_timed = false;
	if (server->state != PEER_LISTENING || has_read_all(server))
		return false;
	if (usec_lasts_ms(usec_since(now(), server->unread_since), server->config.read_ms))
		return true;
	time_reading(server);
	return false;
}

void
link_unread_init(struct link_server *server, void (*unread)(void *data))
{
	server->unread_timer = alarm_new_patient(unread, server);
}

/* While it is told this, what touches is kept from the system for it. */
static bool
keeps_touches(enum link_type type)
{
	return type == LINK_EAR || type == LINK_SAMPLE;
}

/* --- messages --- */

void
link_tell_hello(struct link_server *server)
{
	struct link_driver_hello hello = {.can_type = server->config.can_type,
					  .buzz = server->config.buzz};

	packet_init(&link_protocol, &hello.header, LINK_DRIVER_HELLO, sizeof(hello));
	peer_send(server, &hello.header);
}

void
link_tell_panels(struct link_server *server)
{
	GHashTableIter iter;
	void *panel;

	g_hash_table_iter_init(&iter, server->panels);
	while (g_hash_table_iter_next(&iter, NULL, &panel))
		peer_send(server, &((struct link_panel *)panel)->header);
}

void
link_server_set_can_type(struct link_server *server, bool can_type)
{
	if (server->config.can_type == can_type)
		return;
	server->config.can_type = can_type;
	link_tell_hello(server);
}

void
link_server_set_buzz(struct link_server *server, enum link_buzz_state buzz)
{
	if (server->config.buzz == buzz)
		return;
	server->config.buzz = buzz;
	link_tell_hello(server);
}

void
link_server_send_panel(struct link_server *server, const struct link_panel *panel)
{
	struct link_panel message = *panel;

	packet_init(&link_protocol, &message.header, LINK_PANEL, sizeof(message));
	if (message.state == LINK_PANEL_GONE)
		g_hash_table_remove(server->panels, GUINT_TO_POINTER(message.panel));
	else
		g_hash_table_insert(server->panels, GUINT_TO_POINTER(message.panel),
				    g_memdup2(&message, sizeof(message)));
	peer_send(server, &message.header);
}

void
link_server_send_press(struct link_server *server, uint32_t panel, const struct core_press *press)
{
	struct link_press message = {
	    .press = press->press,
	    .panel = panel,
	    .pad = press->pad,
	    .phase = press->phase,
	    .down_us = press->down.us,
	    .time_us = press->time.us,
	};

	if (server->state != PEER_LISTENING)
		return;
	packet_init(&link_protocol, &message.header, LINK_PRESS, sizeof(message));
	/* The first message of a press is what has to be seen; what follows is seen with it. */
	if (press->phase == PRESS_DOWN) {
		if (server->unseen_press == 0)
			link_timer_set(server, server->config.seen_ms);
		server->unseen_press = press->press;
	}
	peer_send(server, &message.header);
}

void
link_server_send(struct link_server *server, struct packet_header *message, enum link_type type,
		 size_t size)
{
	if (server->state != PEER_LISTENING)
		return;
	if (keeps_touches(type))
		expect_reading(server);
	packet_init(&link_protocol, message, type, size);
	peer_send(server, message);
}

void
link_server_send_touch(struct link_server *server, struct usec time)
{
	struct link_touch message = {.time_us = time.us};

	if (!server->watching)
		return;
	server->watching = false;
	link_server_send(server, &message.header, LINK_TOUCH, sizeof(message));
}

void
link_server_send_key_done(struct link_server *server, uint32_t request, int error)
{
	struct link_key_done message = {.request = request, .error = error};

	link_server_send(server, &message.header, LINK_KEY_DONE, sizeof(message));
}
