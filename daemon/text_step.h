/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The line, word or character at a place in a text, and the one before or after it.
 * Called by read-line, read-word and read-character, and by reading, to cut long texts; pure.
 * Owns nothing.
 */
#ifndef SIDETOUCH_TEXT_STEP_H
#define SIDETOUCH_TEXT_STEP_H

#include <stdbool.h>
#include <stddef.h>

#include "common/command.h"

enum text_unit {
	TEXT_LINE,
	TEXT_WORD,
	TEXT_CHARACTER,
};

/*
 * *at: in characters; becomes the start of what is found. *out: allocated, "" for an empty line.
 * False, and nothing changed: there is none in that direction. text is valid UTF-8.
 */
bool text_step(const char *text, enum text_unit unit, enum command_step step, size_t *at,
	       char **out);

/* What to say for one character, as it was written: "space", "new line"; allocated. */
char *text_step_character_words(const char *character);

/* Where a text of more than this many characters is cut so that no word is: in characters, at least
 * 1. The whole when it is not longer. */
size_t text_step_cut(const char *text, size_t characters);

#endif
