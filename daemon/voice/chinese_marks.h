/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The names of marks of punctuation in Chinese: espeak-ng 1.51 has English ones, and for Chinese
 * marks none.
 * Called by daemon/voice/chinese for texts and by daemon/voice/plan for what is spelt. Pure.
 */
#ifndef SIDETOUCH_CHINESE_MARKS_H
#define SIDETOUCH_CHINESE_MARKS_H

#include <stddef.h>

#include "common/voice_link.h"

/* The name of the mark that text (valid UTF-8) begins with, its size in bytes and from which level
 * on it is named in a text; NULL: it is none. */
const char *chinese_mark(const char *text, enum voice_punctuation *from, size_t *size);

#endif
