/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tells when a PulseAudio server's socket appears, so that nobody has to try again and again.
 * The pulse sink holds one as long as it has no server.
 * Owns an inotify descriptor.
 */
#ifndef SIDETOUCH_PULSE_WATCH_H
#define SIDETOUCH_PULSE_WATCH_H

struct pulse_watch;

typedef void pulse_watch_fn(void *data);

/* NULL when there is nothing to watch (a server on another machine, a home without directories). */
struct pulse_watch *pulse_watch_new(pulse_watch_fn *appeared, void *data);
struct pulse_watch *pulse_watch_unref(struct pulse_watch *watch);

#endif
