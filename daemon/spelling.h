/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Letters told apart by words: "Bravo" for b, and for a Han character a word that it is in.
 * Called by daemon/speech for the second "spell".
 * Owns nothing but read-only tables.
 */
#ifndef SIDETOUCH_SPELLING_H
#define SIDETOUCH_SPELLING_H

/* A text to be spoken, allocated: "capital Bravo, Alfa, 进行的行". Of valid UTF-8. */
char *spelling_words(const char *text);

#endif
