/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Names of keys and key combinations, as profiles write them: Escape, F5, a, Alt+Left.
 * Called by common/command for `key NAME`, and for each character of `type TEXT`.
 * Owns only a constant table.
 */
#ifndef SIDETOUCH_KEYS_H
#define SIDETOUCH_KEYS_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Modifiers joined with `+` before one key, in any case of letters. On success *key is a KEY_ code
 * of linux/input-event-codes.h and *modifiers are enum link_modifier bits. On -EINVAL both are
 * untouched and *reason is an allocated sentence without a file name.
 */
int keys_parse(const char *text, uint32_t *key, uint32_t *modifiers, char **reason);

/* The key that writes this character on a US keyboard; false when there is none. */
bool keys_of_character(uint32_t character, uint32_t *key, uint32_t *modifiers);

#endif
