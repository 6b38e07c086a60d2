/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Logging that never waits: a line that nobody takes is lost, and counted.
 * Called once by each service's main(); GLib's g_warning() and its like go through it from then on.
 * Owns the count of lost lines for the rest of the process.
 */
#ifndef SIDETOUCH_LOG_H
#define SIDETOUCH_LOG_H

/*
 * From now on lines go to the standard error stream, and a full one is waited for by nobody; nor
 * by libraries that write there by themselves, whose lines are lost then.
 */
void log_never_wait(void);

#endif
