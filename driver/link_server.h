/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The driver's end of the link: one listening socket, one authorised daemon at a time.
 * Made by the driver, and by `sidetouchctl simulate --in-memory`, which plays the driver without
 * devices; knows panels and keys only as messages.
 * Owns its sockets, timers and the last PANEL message of each panel, all on the thread-default main
 * context at the time of link_server_new().
 */
#ifndef SIDETOUCH_LINK_SERVER_H
#define SIDETOUCH_LINK_SERVER_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "common/link.h"
#include "common/units.h"
#include "driver/core/core.h"

struct link_server;

/*
 * What the daemon asks for. Called from the main loop only, never from inside a link_server_...()
 * call, so that a core may call link_server_send_press() and be told later that nobody listens.
 */
struct link_server_events {
	/* A daemon said HELLO (true): the pads are live. It went or was hung up on (false). */
	void (*listening)(void *data, bool listening);
	/* Answer with link_server_send_key_done(), now or later. */
	void (*type_key)(void *data, uint32_t request, uint32_t key, uint32_t modifiers);
	/* Whether a user may connect; asked at each connection and by link_server_recheck(). */
	bool (*authorised)(void *data, uid_t uid);
	/* Any other message of a listening daemon, checked. May be NULL: it is ignored. */
	void (*message)(void *data, const struct packet_header *message);
};

struct link_server_config {
	const char *path;          /* of the socket; its folder must exist */
	bool can_type;             /* type_key() works: told to the daemon in HELLO */
	enum link_buzz_state buzz; /* told to the daemon in HELLO too */
	unsigned hello_ms;         /* 0: LINK_HELLO_MS; tests give less */
	unsigned seen_ms;          /* 0: LINK_SEEN_MS; tests give less */
	unsigned read_ms;          /* 0: LINK_READ_MS; tests give less */
};

/*
 * Listen. A socket file that nobody answers on is replaced. On failure NULL and an error in the
 * G_FILE_ERROR domain whose message is a sentence for the user (G_FILE_ERROR_EXIST: another driver
 * listens there).
 */
struct link_server *link_server_new(const struct link_server_config *config,
				    const struct link_server_events *events, void *data,
				    GError **error);

/* Hang up, stop listening, remove the socket file. No event is called any more. Returns NULL. */
struct link_server *link_server_free(struct link_server *server);

/* What HELLOs say of type_key() from now on; a daemon that is there is told at once. */
void link_server_set_can_type(struct link_server *server, bool can_type);
/* What they say of the vibrator, the same. */
void link_server_set_buzz(struct link_server *server, enum link_buzz_state buzz);

/* Whether a daemon is connected and has said HELLO. */
bool link_server_is_listening(const struct link_server *server);
/* Whose daemon listens; false: nobody's. */
bool link_server_get_user(const struct link_server *server, uid_t *out);

/*
 * Tell the daemon of a panel, and remember it for the next one that connects; state
 * LINK_PANEL_GONE forgets it. The header is filled in here.
 */
void link_server_send_panel(struct link_server *server, const struct link_panel *panel);

/* Nothing is sent, and nothing kept, while nobody listens. */
void link_server_send_press(struct link_server *server, uint32_t panel,
			    const struct core_press *press);

/* A contact that is no press landed: sent only for the first one after each WATCH. */
void link_server_send_touch(struct link_server *server, struct usec time);

/* error: 0 or -errno. */
void link_server_send_key_done(struct link_server *server, uint32_t request, int error);

/*
 * Any other message, while somebody listens; its header is filled in here. size is the whole's. One
 * who does not read EAR and SAMPLE, which are told while touches are kept for it, is hung up on.
 */
void link_server_send(struct link_server *server, struct packet_header *message,
		      enum link_type type, size_t size);

/* The active session changed: a daemon that is no longer authorised is hung up on. */
void link_server_recheck(struct link_server *server);

#endif
