/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The player's back end that is the driver: driver/core and the link's server in real time, for a
 * real sidetouchd to connect to, without a device. Used by `sidetouchctl simulate --drive-link`,
 * and by `make demo` where there is no uinput.
 * Owns the core, the socket and a timer; borrows the log and the live part.
 */
#ifndef SIDETOUCH_PLAYER_LINK_H
#define SIDETOUCH_PLAYER_LINK_H

#include "ctl/player_live.h"

struct player_link;

/* Listen at path, as the driver would; sidetouchd need not run yet. NULL with error set. */
struct player_link *player_link_new(const char *path, struct player_live *live,
				    struct player_log *log, GError **error);
struct player_link *player_link_free(struct player_link *link);

/* For player_play(), with the object as its data. */
extern const struct player_backend player_link_backend;

#endif
