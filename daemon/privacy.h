/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What only the user is to hear: said at the ear or in headphones, and nowhere else.
 * Called by the daemon's main object and by daemon/earside, which tells where speech is heard.
 * Owns what was said of it last, until something else is said.
 */
#ifndef SIDETOUCH_PRIVACY_H
#define SIDETOUCH_PRIVACY_H

#include <stdbool.h>
#include <stdint.h>

#include "daemon/speech.h"
#include "daemon/talk.h"

enum privacy_kind {
	PRIVACY_MESSAGE,  /* what somebody has written to the user */
	PRIVACY_PASSWORD, /* a password, a PIN, a code */
};
#define PRIVACY_KIND_COUNT 2

struct privacy {
	struct speech *speech; /* lent, both */
	const struct talk *talk;
	bool at_ear;
	bool in_headphones;
	uint32_t utterance; /* what is private and being said, or held; 0: nothing */
	char *text;         /* what was said last, if that was private */
	enum privacy_kind kind;
	bool told; /* something private of its own accord, which may wait or be held */
};

/* "message", "password"; false when text names none. */
bool privacy_kind_from_str(const char *text, enum privacy_kind *out);

/* Whether this may be said where speech is heard now. */
bool privacy_allows(const struct privacy *privacy, enum privacy_kind kind);
/* Say it; or, where others would hear, say that it is private. It is in no history. */
uint32_t privacy_say(struct privacy *privacy, const char *text, enum privacy_kind kind);
/* What is said instead. */
const char *privacy_refusal(void);
/* Something private was told without having been asked for. */
void privacy_told(struct privacy *privacy);
/* Say the last one again; 0: what was said last is not private. */
uint32_t privacy_repeat(struct privacy *privacy);

/* Where speech is heard from now on: what is private and being said stops where it may not go on.
 */
void privacy_place(struct privacy *privacy, bool at_ear, bool in_headphones);
/* Something else is being said, or nothing more ever. */
void privacy_forget(struct privacy *privacy);

#endif
