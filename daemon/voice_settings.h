/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How and where the voice speaks, as names and values that people write: "rate" "220", "+20".
 * Called by the daemon for its file, for sidetouchctl voice and for the command `voice`.
 * Owns nothing; a struct voice_choice is a value.
 */
#ifndef SIDETOUCH_VOICE_SETTINGS_H
#define SIDETOUCH_VOICE_SETTINGS_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#include "common/voice_link.h"
#include "daemon/echo.h"

/* What is said beside a screen reader. */
enum voice_beside {
	VOICE_BESIDE_OWN, /* our own prompts and what was asked for */
	VOICE_BESIDE_ALL,
	VOICE_BESIDE_QUEUE, /* everything, after what the screen reader says in speech-dispatcher */
};

/* Who reads what an app shows while Orca runs. */
enum voice_reading {
	VOICE_READING_ORCA,
	VOICE_READING_OWN,
};

/* Texts that are spoken only at the ear or in headphones. */
enum voice_private {
	VOICE_PRIVATE_NONE,
	VOICE_PRIVATE_MESSAGES,
	VOICE_PRIVATE_PASSWORDS,
	VOICE_PRIVATE_ALL, /* both */
};

/* Which one the phone is held to: at the other, left and right change places. */
enum voice_ear {
	VOICE_EAR_RIGHT,
	VOICE_EAR_LEFT,
};

struct voice_choice {
	struct voice_settings link;
	bool language_set; /* else the locale's */
	bool latin_set;    /* else English, or the locale's second language */
	enum voice_beside beside;
	enum voice_reading reading;
	enum voice_private private_texts;
	enum voice_ear ear;
	enum echo_setting echo;
	uint32_t changes;       /* whether they are told: 0 or 1 */
	uint32_t notifications; /* the same */
	uint32_t ear_volume_percent;
	char earpiece[sizeof(((struct voice_route *)NULL)->sink)]; /* "": it is looked for */
};

/* What holds when nobody has chosen. */
void voice_choice_init(struct voice_choice *choice);

/* The names of all settings, in the order they are shown. */
size_t voice_settings_count(void);
const char *voice_settings_name(size_t index);
/* One line on what it may be. */
const char *voice_settings_help(size_t index);

/* The words that a setting may be, one by one; NULL past the last, and for numbers and names. */
const char *voice_settings_word(const char *name, size_t index);

/* Its value as it is written, allocated; NULL when there is no such setting. */
char *voice_settings_get(const struct voice_choice *choice, const char *name);

/*
 * Set one: a number, "+N" or "-N" (kept within the range), a word, or "next" for the word after the
 * present one. False: *reason is an allocated sentence without a full stop, and nothing changed.
 */
bool voice_settings_set(struct voice_choice *choice, const char *name, const char *value,
			char **reason);

#endif
