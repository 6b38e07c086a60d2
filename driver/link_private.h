/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The link's server as its own files see it: link_server.c lets a peer in and hangs up on it,
 * link_tell.c tells it.
 * Included by these two only; struct link_server owns all of it.
 */
#ifndef SIDETOUCH_LINK_PRIVATE_H
#define SIDETOUCH_LINK_PRIVATE_H

#include "common/alarm.h"
#include "driver/link_server.h"
#include "driver/peer_log.h"

/*
 * The peer's life; time runs to the right:
 *
 *   connect      HELLO from it          PRESS to it    SEEN from it
 *      |  GREETING  |      LISTENING        |  (unseen)    |
 *      +--hello_ms--+                       +----seen_ms---+
 *   too late: hung up                    too late: hung up
 *
 * BROKEN is a peer that could not be sent to: it is hung up on from the main loop, since the send
 * may have come from inside a core.
 */
enum peer_state {
	PEER_NONE,
	PEER_GREETING,
	PEER_LISTENING,
	PEER_BROKEN,
};

struct link_server {
	struct link_server_config config;
	struct link_server_events events;
	void *data;
	GMainContext *context;
	char *path;
	int listen_fd;
	GSource *listen_source;

	enum peer_state state;
	bool announced;    /* events.listening(true) was called, and not yet false */
	gint64 vacated_us; /* since when one has gone from the screen and none has come; or 0 */
	int peer_fd;
	uid_t peer_uid;
	pid_t peer_pid;
	GSource *peer_source;
	GSource *timer; /* hello, seen, or now: to hang up on a broken peer */
	bool watching;
	uint32_t unseen_press; /* the newest sent and not seen; 0: none */

	/* What the peer is told while touches are kept for it, and whether it reads that. */
	struct alarm *unread_timer;
	bool unread_timed;        /* the timer is set */
	struct usec unread_since; /* when all that it had been told was read, at the latest */

	struct peer_log log;
	GHashTable *panels; /* number -> struct link_panel */
};

/* --- link_server.c --- */

/* The peer will be hung up on from the main loop. */
void link_peer_break(struct link_server *server);
void link_timer_set(struct link_server *server, unsigned ms);

/* --- link_tell.c --- */

/* Say hello, or what of it has changed since. */
void link_tell_hello(struct link_server *server);
void link_tell_panels(struct link_server *server);
/* A peer that does not read what it is told while touches are kept for it is hung up on. */
void link_unread_init(struct link_server *server, void (*unread)(void *data));
/* The timer has fired: whether it has read nothing for so long. */
bool link_unread_check(struct link_server *server);

#endif
