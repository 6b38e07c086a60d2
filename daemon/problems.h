/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is wrong, each thing once: to be said when it turns up, and shown in the status.
 * The daemon's main object is the only caller.
 * Owns the sentences.
 */
#ifndef SIDETOUCH_PROBLEMS_H
#define SIDETOUCH_PROBLEMS_H

#include <glib.h>
#include <stdbool.h>

struct problems;

/* What works or does not, and why not may change. */
enum problems_of {
	PROBLEMS_OF_APPS,
	PROBLEMS_OF_DRIVER,
	PROBLEMS_OF_SOUND,
	PROBLEMS_OF_COUNT,
};

struct problems *problems_new(void);
struct problems *problems_free(struct problems *problems);

/* False when it was there already, or when there are more than anybody wants to hear. */
bool problems_add(struct problems *problems, const char *sentence);
/* What is wrong with one thing now; NULL: nothing. True when that was not known. */
bool problems_set(struct problems *problems, enum problems_of of, const char *sentence);
/* It is not wrong any more. */
void problems_remove(struct problems *problems, const char *sentence);
size_t problems_count(const struct problems *problems);
const char *problems_get(const struct problems *problems, size_t index);
/* A floating `as`. */
GVariant *problems_to_variant(const struct problems *problems);

#endif
