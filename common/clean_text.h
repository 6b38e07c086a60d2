/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Make any bytes fit to be spoken: what an app shows may be anything, and espeak-ng dies of some.
 * The daemon calls it before a text crosses the voice link, the voice again before it speaks.
 * It owns nothing; the result is the caller's.
 */
#ifndef SIDETOUCH_CLEAN_TEXT_H
#define SIDETOUCH_CLEAN_TEXT_H

#include <stddef.h>

/* espeak-ng's buffer for one word holds 160 bytes of which punctuation takes several each; 60 are
 * safe (design) and longer than any word of a living language. */
#define CLEAN_WORD_MAX 60

/* A page of 1 MB is more than a night's reading; what is beyond is left out. */
#define CLEAN_TEXT_MAX (1024 * 1024)

/*
 * A new string (g_free) of valid UTF-8 without control, bidirectional and invisible characters, of
 * words at most CLEAN_WORD_MAX bytes (a longer one becomes several) parted by single spaces, of the
 * same sign at most CLEAN_RUN_MAX times in a row, without "[[" (espeak-ng's phoneme input), and at
 * most CLEAN_TEXT_MAX bytes, full-width letters, digits and signs as usual ones; "" when nothing is
 * left. Language marks stay, each just before the first character that it changes; an app's text
 * has none, since whoever reads apps takes them out. A NUL inside parts words. Cleaning the result
 * again changes nothing.
 */
char *clean_text(const char *bytes, size_t size);

/* Of a line of dashes or a wall of one emoji: enough to know what it is. */
#define CLEAN_RUN_MAX 4

/*
 * How many bytes of a clean text are its first utterance: all of it, or at most VOICE_TEXT_MAX - 1
 * up to the end of a sentence, else of a word. What follows, without the blank between, is the
 * next.
 */
size_t clean_text_cut(const char *text);

#endif
