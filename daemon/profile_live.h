/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The profiles that count, from their folders, and in their place the changed ones as soon as all
 * of them are in order and no button is in use. Called by the daemon's main object. Owns the set of
 * profiles, the watch on the folders and what is being read on a thread.
 */
#ifndef SIDETOUCH_PROFILE_LIVE_H
#define SIDETOUCH_PROFILE_LIVE_H

#include "common/profile_folders.h"
#include "daemon/problems.h"

struct profile_live_events {
	/* Whether a button is down or armed: nothing changes then. */
	bool (*busy)(void *data);
	/* This set counts from now on; the one before is freed when this returns. */
	void (*changed)(void *data, const struct profile_set *profiles);
	/* A sentence to be said. */
	void (*say)(void *data, const char *sentence);
};

struct profile_live;

/*
 * Read these folders (NULL: there is nothing but the built-in profile, and nothing is watched).
 * What is wrong goes to problems and the log; nothing is said before profile_live_start().
 */
struct profile_live *profile_live_new(const GArray *folders, struct problems *problems,
				      const struct profile_live_events *events, void *data);
struct profile_live *profile_live_free(struct profile_live *live);

const struct profile_set *profile_live_set(const struct profile_live *live);

/* Say what was wrong, and watch from now on. */
void profile_live_start(struct profile_live *live);
/* A button was let go, or what was armed is not any more: what waited may count now. */
void profile_live_idle(struct profile_live *live);

#endif
