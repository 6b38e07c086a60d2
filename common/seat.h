/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who sits at a seat, as logind (or elogind) says, and when that may have changed.
 * The driver asks whose daemon may listen; a daemon that was refused asks again when it changes.
 * Owns a login monitor: an inotify descriptor, no D-Bus, no wake-ups between changes.
 */
#ifndef SIDETOUCH_SEAT_H
#define SIDETOUCH_SEAT_H

#include <sys/types.h>

struct seat_watch;

/* changed is called from the thread-default main context. -ENOSYS: built without logind; other
 * errors: it does not run here. */
int seat_watch_new(void (*changed)(void *data), void *data, struct seat_watch **out);
struct seat_watch *seat_watch_free(struct seat_watch *watch);

/* The user of the seat's active session; -errno when there is none or nobody knows. */
int seat_active_user(const char *seat, uid_t *out);

#endif
