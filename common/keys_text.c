/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which key writes a character, on the US layout that the driver's keyboard has.
 * Called by common/command for `type TEXT`, and by the daemon when it types.
 * Owns only a constant table.
 */
#include "common/keys.h"

#include <linux/input-event-codes.h>
#include <stddef.h>
#include <string.h>

#include "common/cleanup.h"
#include "common/link.h"

/* A row of keys from left to right: what they write alone and with Shift. */
static const struct {
	const char *plain;
	const char *shifted;
	uint32_t first; /* the keys' codes follow each other */
} rows[] = {
    {"1234567890-=", "!@#$%^&*()_+", KEY_1},        {"\t", "", KEY_TAB},
    {"qwertyuiop[]", "QWERTYUIOP{}", KEY_Q},        {"asdfghjkl;'`", "ASDFGHJKL:\"~", KEY_A},
    {"\\zxcvbnm,./", "|ZXCVBNM<>?", KEY_BACKSLASH}, {" ", "", KEY_SPACE},
};

bool
keys_of_character(uint32_t character, uint32_t *key, uint32_t *modifiers)
{
	if (character == 0 || character > 0x7f)
		return false;
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		const char *plain = strchr(rows[i].plain, (int)character);
		const char *shifted = strchr(rows[i].shifted, (int)character);

		if (!plain && !shifted)
			continue;
		*key = rows[i].first +
		       (uint32_t)(plain ? plain - rows[i].plain : shifted - rows[i].shifted);
		*modifiers = plain ? 0 : LINK_SHIFT;
		return true;
	}
	return false;
}
