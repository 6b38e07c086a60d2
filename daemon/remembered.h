/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is done once in a user's life: a file of one word in the user's folder of states.
 * Called by the daemon's main and its main object, at most a few times in a life.
 * Owns nothing.
 */
#ifndef SIDETOUCH_REMEMBERED_H
#define SIDETOUCH_REMEMBERED_H

#include <stdbool.h>

/* Whether there is one of this name; without a folder (NULL) there is none. */
bool remembered_is(const char *state, const char *name);
/* From now on there is. False: it could not be kept, which is logged. */
bool remembered_keep(const char *state, const char *name, const char *word);

#endif
