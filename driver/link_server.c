/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who may listen to presses, and what happens when they stop listening: the server of the link.
 * Called by driver/driver and by `sidetouchctl simulate --in-memory`.
 * Owns the listening socket, the one peer's socket, and the sources that watch both.
 */
#define G_LOG_DOMAIN "sidetouch-driver"
#include "driver/link_server.h"

#include <errno.h>
#include <glib-unix.h>
#include <sys/socket.h>

#include "common/cleanup.h"
#include "driver/link_private.h"
#include "driver/listen_socket.h"

static void
peer_hang_up(struct link_server *server)
{
	if (server->state == PEER_NONE)
		return;
	g_source_destroy(server->peer_source);
	g_clear_pointer(&server->peer_source, g_source_unref);
	close(steal_fd(&server->peer_fd));
	g_source_set_ready_time(server->timer, -1);
	alarm_unset(server->unread_timer);
	server->unread_timed = false;
	server->state = PEER_NONE;
	server->watching = false;
	server->unseen_press = 0;
	if (!server->announced)
		return;
	server->announced = false;
	g_info("the daemon of user %u has gone; every touch passes", (unsigned)server->peer_uid);
	server->events.listening(server->data, false);
}

void
link_peer_break(struct link_server *server)
{
	server->state = PEER_BROKEN;
	g_source_set_ready_time(server->timer, 0);
}

void
link_timer_set(struct link_server *server, unsigned ms)
{
	g_source_set_ready_time(server->timer, g_get_monotonic_time() + (gint64)ms * 1000);
}

/* Whether the log has not been told that of this process yet. */
static bool
is_news(struct link_server *server, unsigned trouble)
{
	return peer_log_is_new(&server->log, server->peer_uid, server->peer_pid, trouble);
}

static void
on_unread(void *data)
{
	struct link_server *server = data;

	if (!link_unread_check(server))
		return;
	if (is_news(server, PEER_TROUBLE_UNREAD))
		g_warning("the daemon has read nothing for %u ms: hanging up, every touch passes",
			  server->config.read_ms);
	peer_hang_up(server);
}

static gboolean
on_timer(void *data)
{
	struct link_server *server = data;
	gint64 due = g_source_get_ready_time(server->timer);

	/* GLib found it due, but another source of the same round may have set it anew. */
	if (due < 0 || due > g_get_monotonic_time())
		return G_SOURCE_CONTINUE;
	g_source_set_ready_time(server->timer, -1);
	switch (server->state) {
	case PEER_NONE:
		break;
	case PEER_GREETING:
		if (is_news(server, PEER_TROUBLE_SILENT))
			g_warning("a daemon of user %u did not say hello within %u ms: hanging up",
				  (unsigned)server->peer_uid, server->config.hello_ms);
		peer_hang_up(server);
		break;
	case PEER_LISTENING:
		if (is_news(server, PEER_TROUBLE_UNSEEN))
			g_warning(
			    "the daemon did not take a press within %u ms: hanging up, every touch "
			    "passes",
			    server->config.seen_ms);
		peer_hang_up(server);
		break;
	case PEER_BROKEN:
		peer_hang_up(server);
		break;
	}
	return G_SOURCE_CONTINUE;
}

static void
take_hello(struct link_server *server, const struct link_daemon_hello *hello)
{
	if (server->state != PEER_GREETING)
		return; /* said twice: harmless */
	server->state = PEER_LISTENING;
	server->announced = true;
	g_source_set_ready_time(server->timer, -1);
	if (server->vacated_us)
		g_info("a daemon listens: user %u, process %u, %.1f ms after another one had to go",
		       (unsigned)server->peer_uid, hello->pid,
		       (double)(g_get_monotonic_time() - server->vacated_us) / 1000);
	else
		g_info("a daemon listens: user %u, process %u", (unsigned)server->peer_uid,
		       hello->pid);
	server->vacated_us = 0;
	server->events.listening(server->data, true);
}

static void
take_seen(struct link_server *server, const struct link_seen *seen)
{
	if (server->unseen_press == 0)
		return;
	if (seen->press == server->unseen_press) {
		server->unseen_press = 0;
		g_source_set_ready_time(server->timer, -1);
	} else {
		/* An older one: it works its way through them. */
		link_timer_set(server, server->config.seen_ms);
	}
}

static void
take_message(struct link_server *server, const struct packet_header *header)
{
	const struct link_type_key *type_key = (const void *)header;
	const struct link_watch *watch = (const void *)header;

	if (header->type == LINK_DAEMON_HELLO) {
		take_hello(server, (const void *)header);
		return;
	}
	/* Nothing counts before its hello; the time-out deals with a peer that never says it. */
	if (server->state != PEER_LISTENING)
		return;
	if (header->type == LINK_TYPE_KEY)
		server->events.type_key(server->data, type_key->request, type_key->key,
					type_key->modifiers);
	else if (header->type == LINK_WATCH)
		server->watching = watch->on;
	else if (header->type == LINK_SEEN)
		take_seen(server, (const void *)header);
	else if (server->events.message)
		server->events.message(server->data, header);
}

/* Take one message; false when there is none left or the peer has been hung up on. */
static bool
peer_receive_one(struct link_server *server)
{
	union {
		struct packet_header header;
		uint64_t align;
		char bytes[PACKET_SIZE_MAX];
	} buffer;
	enum packet_fault fault;
	int r =
	    packet_receive(server->peer_fd, &link_protocol, PACKET_FROM_CLIENT, &buffer, &fault);

	if (r == -EAGAIN)
		return false;
	if (r == -EPROTO && is_news(server, PEER_TROUBLE_MESSAGE + fault))
		g_warning("a message from the daemon of user %u %s: hanging up",
			  (unsigned)server->peer_uid, packet_fault_to_str(fault));
	if (r < 0) {
		peer_hang_up(server);
		return false;
	}
	take_message(server, &buffer.header);
	return server->state == PEER_GREETING || server->state == PEER_LISTENING;
}

static gboolean
on_peer(int fd, GIOCondition condition, void *data)
{
	struct link_server *server = data;

	(void)fd;
	(void)condition;
	/* One message each time round: a flood of them cannot starve the panels, which have a
	 * higher priority, and the source may be gone after this. */
	if (server->state == PEER_BROKEN)
		peer_hang_up(server);
	else
		(void)peer_receive_one(server);
	return G_SOURCE_CONTINUE;
}

static void
refuse(int fd, enum link_refusal reason)
{
	struct link_refused refused = {.reason = reason};

	packet_init(&link_protocol, &refused.header, LINK_REFUSED, sizeof(refused));
	(void)packet_send(fd, &refused.header);
}

static void
refuse_user(struct link_server *server, int fd, uid_t uid)
{
	refuse(fd, LINK_REFUSED_USER);
	if (peer_log_is_new(&server->log, uid, 0, PEER_TROUBLE_REFUSED))
		g_warning("user %u may not listen to the pads: not the user of the active session",
			  (unsigned)uid);
}

static GSource *
watch_fd(struct link_server *server, int fd, GUnixFDSourceFunc callback)
{
	GSource *source = g_unix_fd_source_new(fd, G_IO_IN | G_IO_HUP | G_IO_ERR);

	g_source_set_callback(source, (GSourceFunc)(void (*)(void))callback, server, NULL);
	g_source_attach(source, server->context);
	return source;
}

static void
greet(struct link_server *server, int fd, const struct ucred *peer)
{
	server->state = PEER_GREETING;
	server->peer_fd = fd;
	server->peer_uid = peer->uid;
	server->peer_pid = peer->pid;
	server->peer_source = watch_fd(server, fd, on_peer);
	link_timer_set(server, server->config.hello_ms);
	link_tell_hello(server);
	link_tell_panels(server);
}

/* What is read of an old end before a new one is judged: more than a queue holds (512 where systemd
 * runs), and no end for one that never stops sending. */
#define SETTLE_MAX 1024

/* A daemon that died and came back may be at the door before its old end is noticed. */
static void
peer_settle(struct link_server *server)
{
	if (server->state == PEER_BROKEN)
		peer_hang_up(server);
	if (server->state == PEER_NONE)
		return;
	for (unsigned i = 0; i < SETTLE_MAX && peer_receive_one(server); i++)
		continue;
	if (server->state == PEER_BROKEN)
		peer_hang_up(server);
}

static gboolean
on_connection(int listen_fd, GIOCondition condition, void *data)
{
	struct link_server *server = data;
	_autoclose_ int fd = accept4(listen_fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
	struct ucred peer;
	socklen_t size = sizeof(peer);

	(void)condition;
	if (fd < 0 || getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) < 0)
		return G_SOURCE_CONTINUE;
	if (!server->events.authorised(server->data, peer.uid)) {
		refuse_user(server, fd, peer.uid);
		return G_SOURCE_CONTINUE;
	}
	/* Whose session has just ended may not have been told yet. */
	link_server_recheck(server);
	peer_settle(server);
	if (server->state != PEER_NONE)
		refuse(fd, LINK_REFUSED_BUSY);
	else
		greet(server, steal_fd(&fd), &peer);
	return G_SOURCE_CONTINUE;
}

static gboolean
timer_dispatch(GSource *source, GSourceFunc callback, void *data)
{
	(void)source;
	return callback(data);
}

static GSourceFuncs timer_funcs = {.dispatch = timer_dispatch};

struct link_server *
link_server_new(const struct link_server_config *config, const struct link_server_events *events,
		void *data, GError **error)
{
	struct link_server *server;
	int fd = -1;
	int r = listen_socket_open(config->path, &fd);

	if (r == -EADDRINUSE) {
		g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_EXIST,
			    "another sidetouch-driver listens at %s, or a file that is no socket "
			    "is there: stop it, or choose another place with --socket",
			    config->path);
		return NULL;
	}
	if (r < 0) {
		g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(-r),
			    "cannot listen at %s (%s): create its folder and make it writable for "
			    "this user, or choose another place with --socket",
			    config->path, g_strerror(-r));
		return NULL;
	}
	server = g_new0(struct link_server, 1);
	server->config = *config;
	server->config.path = server->path = g_strdup(config->path);
	if (!config->hello_ms)
		server->config.hello_ms = LINK_HELLO_MS;
	if (!config->seen_ms)
		server->config.seen_ms = LINK_SEEN_MS;
	if (!config->read_ms)
		server->config.read_ms = LINK_READ_MS;
	server->events = *events;
	server->data = data;
	server->context = g_main_context_ref_thread_default();
	server->peer_fd = -1;
	server->panels = g_hash_table_new_full(NULL, NULL, NULL, g_free);
	server->listen_fd = fd;
	server->listen_source = watch_fd(server, fd, on_connection);
	link_unread_init(server, on_unread);
	server->timer = g_source_new(&timer_funcs, sizeof(GSource));
	g_source_set_callback(server->timer, on_timer, server, NULL);
	g_source_attach(server->timer, server->context);
	return server;
}

struct link_server *
link_server_free(struct link_server *server)
{
	if (!server)
		return NULL;
	server->announced = false;
	peer_hang_up(server);
	alarm_free(server->unread_timer);
	g_source_destroy(server->timer);
	g_source_unref(server->timer);
	g_source_destroy(server->listen_source);
	g_source_unref(server->listen_source);
	listen_socket_close(server->listen_fd, server->path);
	g_hash_table_unref(server->panels);
	g_main_context_unref(server->context);
	g_free(server->path);
	g_free(server);
	return NULL;
}

bool
link_server_is_listening(const struct link_server *server)
{
	return server->state == PEER_LISTENING;
}

bool
link_server_get_user(const struct link_server *server, uid_t *out)
{
	*out = server->peer_uid;
	return server->state == PEER_LISTENING;
}

void
link_server_recheck(struct link_server *server)
{
	if (server->state == PEER_NONE || server->events.authorised(server->data, server->peer_uid))
		return;
	server->vacated_us = g_get_monotonic_time();
	refuse(server->peer_fd, LINK_REFUSED_USER);
	peer_hang_up(server);
}
