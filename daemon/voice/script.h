/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which of espeak-ng's voices speaks which script, for a user of some language.
 * Called by the plan of an utterance. Pure; owns nothing.
 */
#ifndef SIDETOUCH_SCRIPT_H
#define SIDETOUCH_SCRIPT_H

#include <glib.h>
#include <stdbool.h>

#define SCRIPT_TAG_MAX 16 /* as in voice_link.h */

/*
 * espeak-ng's name of the voice for a character of this script: the language's own when it is
 * written in it, latin's for Latin letters, else the script's most spoken language. False for what
 * belongs to every script (digits, punctuation). language and latin are BCP 47 or locale names;
 * voice holds SCRIPT_TAG_MAX.
 */
bool script_voice(GUnicodeScript script, const char *language, const char *latin, char *voice);

/* The voice of a language itself: "zh_CN" gives "cmn-latn-pinyin". tag holds SCRIPT_TAG_MAX. */
void script_language_voice(const char *language, char *voice);

/* "de" of "de_DE.UTF-8", "de-AT"; base holds SCRIPT_TAG_MAX. */
void script_language_base(const char *language, char *base);

/*
 * In which of symbols.h's languages emoji are named for a user of this language, and by which voice
 * (each holds SCRIPT_TAG_MAX). False: espeak-ng's own voice names them.
 */
bool script_symbols(const char *language, char *table, char *voice);

/* Of a voice's name. */
bool script_is_mandarin(const char *voice);
bool script_is_chinese(const char *voice);

/* What is to be said for a percent sign in this voice; NULL: it says so by itself. */
const char *script_percent(const char *voice);

/* What is to be said before a negative number in this voice; NULL: it says so by itself. */
const char *script_minus(const char *voice);

#endif
