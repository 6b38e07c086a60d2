/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What sidetouchd says of its own accord: the time of day, why a key was not typed.
 * Called by the daemon's main object.
 * Owns nothing.
 */
#ifndef SIDETOUCH_OWN_WORDS_H
#define SIDETOUCH_OWN_WORDS_H

#include <glib.h>

#include "common/link.h"

/* The time of day as the user's locale writes it, without seconds: "14:05", "2:05 PM". */
char *own_words_time(GDateTime *time);

/* Why the driver typed no key (-errno), and what to do. Allocated. */
char *own_words_not_typed(int error);

/* What the driver's notice is to the user; NULL when its own text says it. */
const char *own_words_notice(enum link_notice_kind kind);

#endif
