/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What libinput and libevdev have to say goes into the driver's own log, which never waits.
 * Called by the driver's main() and by driver/probe.
 * Owns nothing.
 */
#ifndef SIDETOUCH_LIBRARY_LOG_H
#define SIDETOUCH_LIBRARY_LOG_H

struct libinput;

/* For this context, from now on. */
void library_log_libinput(struct libinput *libinput);
/* For the whole process. */
void library_log_evdev(void);

#endif
