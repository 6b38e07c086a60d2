/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Has a text spoken by whatever can: the running daemon, or else the speaking program by itself.
 * Used by ctl/doctor.
 * Owns nothing between calls.
 */
#ifndef SIDETOUCH_CTL_DOCTOR_SPEAK_H
#define SIDETOUCH_CTL_DOCTOR_SPEAK_H

#include <stdbool.h>

/*
 * Waits for its end only without a daemon. In a process of its own, as checks are: what hangs is
 * given up. False: nothing could say it.
 */
bool doctor_speak(const char *voice, const char *text);

#endif
