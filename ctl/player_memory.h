/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The player's back end without devices, daemon, voice or apps: driver/core and daemon/brain on a
 * virtual clock, joined by the link's own messages. Used by `sidetouchctl simulate --in-memory` and
 * the tests.
 * Owns its core, brain and clock; borrows the log and the profiles.
 */
#ifndef SIDETOUCH_PLAYER_MEMORY_H
#define SIDETOUCH_PLAYER_MEMORY_H

#include "common/profile.h"
#include "ctl/player.h"

/*
 * How long the virtual voice speaks a character: 175 words a minute, espeak-ng's usual rate, are
 * about 16 characters a second. It is never late, and is silent at once.
 */
#define PLAYER_MEMORY_SPEECH_MS 60

struct player_memory;

/* profiles must outlive it. 0 or -errno. */
int player_memory_new(const struct profile_set *profiles, struct player_log *log,
		      struct player_memory **out);
struct player_memory *player_memory_unref(struct player_memory *memory);

/* For player_play(), with the object as its data. Time starts at 1 s and never waits. */
extern const struct player_backend player_memory_backend;

#endif
