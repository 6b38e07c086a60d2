/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The last 50 notifications (issue 6: as many as speech keeps), in memory only, and where in them
 * the user reads. Pure: times come in.
 * Called by daemon/daemon_notifications.c only.
 * Owns its notifications; they are gone with the daemon.
 */
#ifndef SIDETOUCH_NOTIFICATIONS_H
#define SIDETOUCH_NOTIFICATIONS_H

#include "common/command.h"
#include "common/units.h"
#include "daemon/notification.h"

#define NOTIFICATIONS_MAX 50

struct notifications;

struct notifications *notifications_new(void);
struct notifications *notifications_free(struct notifications *notifications);

/*
 * Keep one; its strings are taken. Whether it is news: not when it says again what the latest of
 * its app said, as GNOME's own daemon passes each on once more.
 */
bool notifications_add(struct notifications *notifications, struct notification *notification,
		       struct usec now);

/*
 * The newest; the next older or the one before that was read; NULL when there is none there. Before
 * anything was read, the next is the newest.
 */
const struct notification *notifications_step(struct notifications *notifications,
					      enum command_step step);
size_t notifications_count(const struct notifications *notifications);

#endif
