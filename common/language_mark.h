/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which language a part of a text is in, inside the text: Unicode's language tags (U+E0001, the
 * name in tag characters; U+E0001 U+E007F: no language of its own again). Sidetouch alone writes
 * them, around what an app said is in a language; what apps write of them is taken out before.
 * Called by whoever reads apps, by clean_text and by the voice's plan. Pure.
 */
#ifndef SIDETOUCH_LANGUAGE_MARK_H
#define SIDETOUCH_LANGUAGE_MARK_H

#include <glib.h>
#include <stddef.h>

/* "zh-Hant-TW" and the like, its NUL included: as the voice link carries. */
#define LANGUAGE_MARK_MAX 16

/* Append a mark; a language of "" ends the one before. A name that is none is not written. */
void language_mark_append(GString *text, const char *language);

/*
 * The mark at the start of text, which ends at end: its size in bytes and its language, else 0.
 * Nothing that is not a whole mark is one.
 */
size_t language_mark_read(const char *text, const char *end, char language[LANGUAGE_MARK_MAX]);

/* A copy without marks, to be shown, spelt or compared. */
char *language_mark_strip(const char *text);

#endif
