/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the user is to be told of, sent to the daemon as NOTICEs; what still holds is told again to
 * each daemon that comes later.
 * Made by driver/driver; whoever finds something wrong adds a sentence.
 * Owns the sentences; borrows the link's server.
 */
#ifndef SIDETOUCH_NOTICES_H
#define SIDETOUCH_NOTICES_H

#include <stdbool.h>

#include "driver/link_server.h"

struct notices;

struct notices *notices_new(void);
struct notices *notices_free(struct notices *notices);

/* The server that they go to, once there is one. */
void notices_set_server(struct notices *notices, struct link_server *server);

/* Something that happens once: told to who listens now. text may be NULL. */
void notices_tell(struct notices *notices, enum link_notice_kind kind, uint32_t panel,
		  const char *text);
/* Something that holds: told now, and to every daemon that comes. The same is kept once. */
void notices_keep(struct notices *notices, enum link_notice_kind kind, uint32_t panel,
		  const char *text);
/* A panel has gone, and what held for it with it. */
void notices_forget(struct notices *notices, uint32_t panel);

/* A daemon listens from now on. */
void notices_tell_kept(struct notices *notices);

#endif
