/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The names of emoji and symbols in English and Chinese, from the Unicode CLDR (Copyright Unicode,
 * Inc., Unicode license): espeak-ng has them for some languages only, and for Chinese none.
 * Called by the plan of an utterance. Owns nothing: the table is read-only and shared.
 */
#ifndef SIDETOUCH_SYMBOLS_H
#define SIDETOUCH_SYMBOLS_H

#include <stdbool.h>
#include <stddef.h>

struct symbols_found {
	size_t size;      /* of the symbol in bytes: several characters may be one */
	const char *name; /* not NUL-terminated */
	size_t name_size;
};

/*
 * The longest symbol that text (valid UTF-8) begins with; its name in "en" or "zh". Of
 * "zh-sounds" the Chinese word, and as many characters that sound as its own do.
 */
bool symbols_find(const char *language, const char *text, struct symbols_found *out);

#endif
