/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What became of a contact, in words and as JSON.
 * Used by ctl/monitor.
 * Owns nothing; what it returns is the caller's.
 */
#ifndef SIDETOUCH_CONTACT_WORDS_H
#define SIDETOUCH_CONTACT_WORDS_H

#include <stdbool.h>

#include "common/observe_link.h"

/*
 * "finger, 3 mm beside left-top, 85 ms". To be spoken: "finger, 3 millimetres beside left top, 85
 * milliseconds".
 */
char *contact_words(const struct observe_contact *contact, bool spoken);

/* One object, without a line's end. */
char *contact_json(const struct observe_contact *contact);

#endif
