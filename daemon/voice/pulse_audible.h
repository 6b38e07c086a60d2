/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Making the server's usual sink loud enough to be heard, once.
 * Called by the pulse sink at a user's first start.
 * Owns nothing; the server answers in its own time.
 */
#ifndef SIDETOUCH_PULSE_AUDIBLE_H
#define SIDETOUCH_PULSE_AUDIBLE_H

#include <pulse/pulseaudio.h>

/* A sink that is muted is not any more, and one that is very quiet is raised. */
void pulse_audible_make(pa_context *context);

#endif
