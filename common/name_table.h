/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Looking a name up in a table of names, whose index is what it stands for.
 * Used by common/pad.c and common/ear.c.
 * Owns nothing.
 */
#ifndef SIDETOUCH_NAME_TABLE_H
#define SIDETOUCH_NAME_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* False, and *out untouched, when text is none of the count names. */
static inline bool
name_table_find(const char *const *names, size_t count, const char *text, size_t *out)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(names[i], text) == 0) {
			*out = i;
			return true;
		}
	}
	return false;
}

#endif
