/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The device felt through feedbackd, where the driver itself has no vibrator.
 * The daemon's main object is the only caller.
 * Owns a watch on feedbackd's name, and the timer of a double buzz.
 */
#ifndef SIDETOUCH_FEEDBACK_H
#define SIDETOUCH_FEEDBACK_H

#include "common/link.h"

struct feedback;

/* The session bus is found from the loop; without one nothing is ever felt. */
struct feedback *feedback_new(void);
struct feedback *feedback_free(struct feedback *feedback);

/* Without feedbackd nothing happens; nothing is waited for. */
void feedback_play(struct feedback *feedback, enum link_buzz_kind kind);

#endif
