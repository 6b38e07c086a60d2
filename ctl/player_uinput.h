/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The player's back end on a real kernel: a uinput touchscreen is plugged in, sidetouch-driver
 * grabs it, and the clone that the rest of the system sees is read back. Used by `sidetouchctl
 * simulate`.
 * Owns the touchscreen, the proximity switch and the descriptor of the clone; borrows the log and
 * the live part.
 */
#ifndef SIDETOUCH_PLAYER_UINPUT_H
#define SIDETOUCH_PLAYER_UINPUT_H

#include "ctl/player_live.h"

struct player_uinput;

struct player_uinput *player_uinput_new(struct player_live *live, struct player_log *log);
/* Unplugs the touchscreen. */
struct player_uinput *player_uinput_free(struct player_uinput *uinput);

/* For player_play(), with the object as its data. */
extern const struct player_backend player_uinput_backend;

#endif
