/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * "Did you mean ...?": the word of a list that a mistyped one is nearest to.
 * Called by the parsers of scenarios, profiles and commands when a word is none that they know.
 * Owns nothing; the answer is one of the candidates that the caller passed.
 */
#ifndef SIDETOUCH_SUGGEST_H
#define SIDETOUCH_SUGGEST_H

#include <stddef.h>

/*
 * The candidate that text becomes with the fewest letters added, removed, changed or swapped with
 * their neighbour. NULL when none is near enough to be what was meant.
 */
const char *suggest(const char *text, const char *const *candidates, size_t count);

#endif
