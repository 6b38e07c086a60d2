/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What espeak-ng 1.51 reads wrongly in Chinese, written so that it is read rightly: numbers, their
 * signs and punctuation in words, and words with a character of several sounds by characters that
 * have one, or by syllables.
 * Used by daemon/voice/plan for the parts that a Chinese voice speaks. Pure.
 */
#ifndef SIDETOUCH_CHINESE_H
#define SIDETOUCH_CHINESE_H

#include <glib.h>
#include <stdbool.h>

#include "common/voice_link.h"

/*
 * A new string (g_free) to be spoken in the place of text (valid UTF-8); and
 * for each of its characters, where in text that what it says begins (guint32, bytes).
 * mandarin: with Mandarin's sounds, else only numbers and signs. Punctuation of this level is
 * named.
 */
char *chinese_spoken(const char *text, bool mandarin, enum voice_punctuation punctuation,
		     GArray **sources);

#endif
