/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Notices what may mean that a driver which was not there, or would not have us, is worth a try.
 * Called by daemon/driver_link while it is not connected.
 * Owns a watch on the socket's folder and one on who sits at the seat.
 */
#ifndef SIDETOUCH_DRIVER_WATCH_H
#define SIDETOUCH_DRIVER_WATCH_H

struct driver_watch;

/* maybe is called from the main loop; it may not free the watch. Without either of the two watches
 * it is never called, and the caller's own retries have to do. */
struct driver_watch *driver_watch_new(const char *socket_path, void (*maybe)(void *data),
				      void *data);
struct driver_watch *driver_watch_free(struct driver_watch *watch);

#endif
