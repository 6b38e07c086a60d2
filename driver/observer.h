/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The driver's end of the observers' link: lets one in, tells it, never waits for it.
 * Made by driver/watch, which knows panels and the daemon.
 * Owns the listening socket, the observer's socket and a buffer of a fixed size.
 */
#ifndef SIDETOUCH_OBSERVER_H
#define SIDETOUCH_OBSERVER_H

#include <glib.h>
#include <stdbool.h>
#include <sys/types.h>

#include "common/observe_link.h"
#include "driver/core/core.h"

struct observer;

/* Called from the main loop only, never from inside a frame. */
struct observer_events {
	/* 0, or why this user may not observe now; asked at the door and by observer_recheck(). */
	enum observe_refusal (*refuse)(void *data, uid_t uid);
	/* Tell it of each panel in use, with observer_send_panel(). */
	void (*list)(void *data);
	/* It begins; false: there is no such panel. */
	bool (*start)(void *data, enum observe_role role, uint32_t panel);
	/* It has gone or was hung up on. Not called by observer_free(). */
	void (*stop)(void *data, enum observe_role role);
};

struct observer_config {
	const char *path;  /* of its socket */
	unsigned start_ms; /* 0: OBSERVE_START_MS; tests give less */
};

/* As link_server_new(). */
struct observer *observer_new(const struct observer_config *config,
			      const struct observer_events *events, void *data, GError **error);
struct observer *observer_free(struct observer *observer);

void observer_send_panel(struct observer *observer, uint32_t panel, const char *name);
/* All of a panel's description, in pieces, and the end of it. */
void observer_send_text(struct observer *observer, const char *text, size_t size);

/*
 * On the path of a frame: copied, sent later. Nothing is done while nobody has started in that
 * role. An observer for whom there is no room left is hung up on.
 */
void observer_add_events(struct observer *observer, struct usec time,
			 const struct core_event *events, size_t count);
void observer_add_contact(struct observer *observer, const struct observe_contact *contact);

/* The session or the daemon changed. */
void observer_recheck(struct observer *observer);
/* The panel that it records has gone. */
void observer_end(struct observer *observer, enum observe_refusal reason);

#endif
