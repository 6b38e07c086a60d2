/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One line of a scenario as words: blanks, comments, quotes and numbers, before any meaning.
 * Called by common/scenario only; errors and their words are the parser's.
 * Owns nothing; the words go to the caller's array.
 */
#ifndef SIDETOUCH_SCENARIO_LINE_H
#define SIDETOUCH_SCENARIO_LINE_H

#include <glib.h>
#include <stdbool.h>

/*
 * Fill words (emptied first, freed by g_free) with those of the line from text to end. They end at
 * blanks outside of quotes, quotes are kept, and a word that starts with # begins a comment.
 * False when a double quote is not closed.
 */
bool scenario_line_split(const char *text, const char *end, GPtrArray *words);

/* A decimal number at *text, which is moved behind it; false when there is none. */
bool scenario_line_number(const char **text, double *out);

/*
 * The text inside a word of double quotes, where \" and \\ stand for themselves; allocated.
 * NULL when it is no such word.
 */
char *scenario_line_unquote(const char *word);

#endif
