/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who may watch touches, and what they are shown: joins an observer to the panels, and tells the
 * daemon of it, which says so aloud.
 * Made by driver/driver, which hands on what panels say.
 * Owns the observer; borrows panels, the link's server, the session and the notices.
 */
#ifndef SIDETOUCH_WATCH_H
#define SIDETOUCH_WATCH_H

#include <glib.h>

#include "common/observe_link.h"
#include "driver/link_server.h"
#include "driver/notices.h"
#include "driver/panel.h"
#include "driver/session.h"

struct watch;

struct watch_config {
	const char *socket; /* the daemon's: the observers' is beside it */
	const struct link_server *link;
	const struct session *session;
	struct notices *notices;
};

struct watch *watch_new(const struct watch_config *config, GError **error);
struct watch *watch_free(struct watch *watch);

/* A panel came, goes, or is in another state. */
void watch_add_panel(struct watch *watch, struct panel *panel);
void watch_remove_panel(struct watch *watch, struct panel *panel);
void watch_panel_changed(struct watch *watch, struct panel *panel);

/* On the path of a frame: what a panel sends, and what became of a contact. */
void watch_raw(struct watch *watch, struct panel *panel, struct usec time,
	       const struct core_event *events, size_t count);
void watch_contact(struct watch *watch, struct panel *panel, const struct core_became *became);
/* What an observer is told of it; the header is left to the caller. */
struct observe_contact watch_describe_contact(const struct core_became *became, uint32_t panel);

/* The session or the daemon changed. */
void watch_recheck(struct watch *watch);

#endif
