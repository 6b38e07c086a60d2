/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether the session is locked, as logind knows it (LockedHint of the user's session).
 * Called by the daemon's main object; asks without waiting.
 * Owns its connection to the system bus.
 */
#ifndef SIDETOUCH_SESSION_LOCK_H
#define SIDETOUCH_SESSION_LOCK_H

#include <stdbool.h>

struct session_lock;

/* Called from the loop when it was locked or unlocked; not for being unlocked at the start. */
typedef void session_lock_fn(void *data, bool locked);

/* Where there is no logind, nothing is ever told. */
struct session_lock *session_lock_new(session_lock_fn *changed, void *data);
struct session_lock *session_lock_free(struct session_lock *lock);

#endif
