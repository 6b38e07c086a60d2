/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is said during a calibration.
 * Called by daemon/calibrate and daemon/calibration.
 * Owns nothing; every string is the caller's.
 */
#ifndef SIDETOUCH_CALIBRATE_WORDS_H
#define SIDETOUCH_CALIBRATE_WORDS_H

#include <stdbool.h>

#include "common/pad.h"

/* "Press left top, three times.", after what comes before it, if anything. */
char *calibrate_words_ask(const char *before, enum pad pad);
/* "Left top is done." */
char *calibrate_words_measured(enum pad pad);
/* "One", "Two": a press was taken. */
const char *calibrate_words_count(unsigned presses);
/* Why three presses are not taken. */
char *calibrate_words_spread(double spread_mm);
char *calibrate_words_near(enum pad pad, enum pad other, double distance_mm, bool both);
/* Why it did not begin, or was not kept; error is a negative errno of common/link.h. */
char *calibrate_words_not_begun(int error);
char *calibrate_words_not_kept(int error);

#endif
