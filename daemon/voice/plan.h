/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How an utterance is said: which voice speaks which part of it, and symbols by their names.
 * Made by the voice for each text, read by the synth's thread, played with by the fuzzer.
 * A plan owns its parts and never changes.
 */
#ifndef SIDETOUCH_PLAN_H
#define SIDETOUCH_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/voice_link.h"
#include "daemon/voice/script.h"

struct plan_part {
	char voice[SCRIPT_TAG_MAX]; /* espeak-ng's name */
	char *text;
	size_t offset;     /* in bytes of the utterance, where it begins */
	bool is_name;      /* of the symbol at offset: its words are not the utterance's */
	bool spell;        /* one character, by its name */
	uint32_t *sources; /* of each character of text, from offset; NULL: text is what is there */
};

struct plan {
	size_t count;
	struct plan_part *parts;
};

struct plan_how {
	const char *language; /* of the text when it is known, else "" */
	const char *user;     /* the user's language */
	const char *latin;    /* of Latin letters when that is not written in them */
	bool spell;
	enum voice_punctuation punctuation; /* named in Chinese, which espeak-ng does in English */
	size_t from;                        /* begin at this byte, where a character begins */
};

/* Of a clean text (clean_text()). No part is empty; a text of nothing has none. */
struct plan *plan_new(const char *text, const struct plan_how *how);
struct plan *plan_free(struct plan *plan);

/* Where in the utterance what a character of the part's text says begins, in bytes. */
size_t plan_part_offset(const struct plan_part *part, size_t character);

#endif
