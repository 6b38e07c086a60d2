/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes, cleaned, through the splitting by script, language marks and symbols: parts in order,
 * none of them empty, phoneme input or more than one language's, and no letter lost.
 * Run by tests/fuzz/run. The first bytes choose the languages, where to begin, and spelling.
 * Owns nothing.
 */
#include <glib.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/clean_text.h"
#include "common/language_mark.h"
#include "daemon/voice/plan.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define LANGUAGE_BYTES 15

static void
require(bool holds)
{
	if (!holds)
		abort();
}

/* Of what is written for a Chinese voice each character has its place, in order. */
static void
check_sources(const struct plan_part *part, const char *text)
{
	size_t last = part->offset;

	for (size_t i = 0; i < (size_t)g_utf8_strlen(part->text, -1); i++) {
		size_t offset = plan_part_offset(part, i);

		require(offset >= last && offset < strlen(text));
		last = offset;
	}
}

/* Letters and digits are said by somebody, unless a symbol's name stands for them. */
static size_t
letters(const char *text)
{
	size_t count = 0;

	for (const char *at = text; *at; at = g_utf8_next_char(at))
		count += g_unichar_isalpha(g_utf8_get_char(at)) != 0;
	return count;
}

static void
check(const struct plan *plan, const char *text, const struct plan_how *how)
{
	g_autofree char *rest = language_mark_strip(text + how->from);
	size_t spoken = 0;
	size_t last = how->from;
	bool named = false;

	for (size_t i = 0; i < plan->count; i++) {
		const struct plan_part *part = &plan->parts[i];

		require(part->text[0] && part->voice[0]);
		require(g_utf8_validate(part->text, -1, NULL) && !strstr(part->text, "[["));
		require(memchr(part->voice, '\0', sizeof(part->voice)) != NULL);
		require(part->offset >= last && part->offset < strlen(text));
		last = part->offset;
		named = named || part->is_name || part->sources;
		if (part->sources)
			check_sources(part, text);
		if (part->is_name)
			continue;
		spoken += letters(part->text);
		require(!part->spell || g_utf8_strlen(part->text, -1) == 1);
	}
	require(named || spoken == letters(rest));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char user[LANGUAGE_BYTES + 1] = "";
	char language[LANGUAGE_BYTES + 1] = "";
	struct plan_how how = {.language = language, .user = user, .latin = "en"};
	g_autofree char *text = NULL;
	struct plan *plan;
	size_t from;

	if (size < 2 * LANGUAGE_BYTES + 3)
		return 0;
	memcpy(user, data, LANGUAGE_BYTES);
	memcpy(language, data + LANGUAGE_BYTES, LANGUAGE_BYTES);
	data += 2 * LANGUAGE_BYTES;
	how.spell = data[0] & 1;
	how.punctuation = (enum voice_punctuation)(data[0] >> 1 & 3);
	from = (size_t)data[1] << 8 | data[2];
	text = clean_text((const char *)data + 3, size - 2 * LANGUAGE_BYTES - 3);
	plan_free(plan_new(text, &how));
	/* Wherever a pause may have left it: where a character begins. */
	while (from > 0 && (from >= strlen(text) || (text[from] & 0xC0) == 0x80))
		from = from > strlen(text) ? strlen(text) : from - 1;
	how.from = from;
	plan = plan_new(text, &how);
	check(plan, text, &how);
	plan_free(plan);
	return 0;
}
