/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The sentences of learning the ear: what was seen first, what to do next last.
 * Called by daemon/ear_coach.
 * Owns nothing; what is returned as char * is the caller's.
 */
#ifndef SIDETOUCH_EAR_COACH_WORDS_H
#define SIDETOUCH_EAR_COACH_WORDS_H

#include "daemon/ear_coach.h"

/* One contact that is smaller is a finger's. */
#define EAR_COACH_FINGER_MM 22.0 /* design: thumb 21 mm (p99), an ear's largest patch 21 to 35 */

/* "" when it is over. */
const char *ear_coach_words_ask(enum ear_lesson lesson);
/* A gesture, and what was seen of its touch; NULL: nothing. */
char *ear_coach_words_gesture(enum ear_kind kind, const struct ear_seen *seen);
/* A touch that was no gesture: what it was, and why it is not what was asked for. */
char *ear_coach_words_touch(const struct ear_seen *seen, enum ear_lesson lesson);

#endif
