/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is said of the ear's coming and going, and of what is missing for it.
 * Called by daemon/earside.
 * Owns nothing.
 */
#ifndef SIDETOUCH_EARSIDE_WORDS_H
#define SIDETOUCH_EARSIDE_WORDS_H

#include <stdbool.h>

#include "daemon/sensor_proxy.h"

const char *earside_words_fault(enum sensor_fault fault);
/* It came, or went, by command. */
const char *earside_words_at_ear(bool at_ear);
/* Speech is softer, since there is no earpiece, or none any more. */
const char *earside_words_no_earpiece(bool gone);

#endif
