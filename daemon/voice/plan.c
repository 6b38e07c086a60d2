/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Planning an utterance: one pass over its characters. What belongs to every script (digits,
 * punctuation, blanks) goes with what is before it, at the start with what follows.
 * Called by the voice. Pure; owns the plan while it grows.
 */
#include "daemon/voice/plan.h"

#include <glib.h>
#include <string.h>

#include "common/language_mark.h"
#include "daemon/voice/chinese.h"
#include "daemon/voice/chinese_marks.h"
#include "daemon/voice/script.h"
#include "daemon/voice/symbols.h"

/* The first character that may be a symbol: what Latin-1 has espeak-ng knows, and typography
 * (dashes, quotes) is punctuation. */
#define SYMBOL_FIRST 0x2010

struct growing {
	GArray *parts;
	GString *text;              /* of the part that grows */
	char voice[SCRIPT_TAG_MAX]; /* "": nothing but neutral characters up to here */
	size_t offset;
	bool names_symbols;
	char symbols[SCRIPT_TAG_MAX];       /* the language of their names */
	char symbols_voice[SCRIPT_TAG_MAX]; /* and who speaks it */
	char own[SCRIPT_TAG_MAX];           /* the voice for what has no script */
	const struct plan_how *how;
	const char *language;
	char marked[LANGUAGE_MARK_MAX]; /* by a mark in the text */
};

static bool
is_speakable(const char *text)
{
	for (const char *at = text; *at; at = g_utf8_next_char(at)) {
		if (!g_unichar_isspace(g_utf8_get_char(at)))
			return true;
	}
	return false;
}

/* NOLINTBEGIN(readability-non-const-parameter): text is taken */
static void
add_part(struct growing *growing, const char *voice, char *text, size_t offset, bool is_name)
{
	struct plan_part part = {.text = text, .offset = offset, .is_name = is_name};

	g_strlcpy(part.voice, voice, sizeof(part.voice));
	g_array_append_val(growing->parts, part);
}
/* NOLINTEND(readability-non-const-parameter) */

/* As its voice can read it. One character that is spelt is what it is. */
static void
add_spoken(struct growing *growing, const char *voice)
{
	struct plan_part *part;
	char *text;
	GArray *sources;

	if (growing->how->spell || !script_is_chinese(voice)) {
		add_part(growing, voice, g_strdup(growing->text->str), growing->offset, false);
		return;
	}
	text = chinese_spoken(growing->text->str, script_is_mandarin(voice),
			      growing->how->punctuation, &sources);
	add_part(growing, voice, text, growing->offset, false);
	part = &g_array_index(growing->parts, struct plan_part, growing->parts->len - 1);
	part->sources = (guint32 *)(void *)g_array_free(sources, FALSE);
}

/* What has grown is a part. */
static void
finish_part(struct growing *growing)
{
	if (is_speakable(growing->text->str))
		add_spoken(growing, growing->voice[0] ? growing->voice : growing->own);
	g_string_truncate(growing->text, 0);
	growing->voice[0] = '\0';
}

/*
 * A number goes with the word that it touches: "Room 5个" is "Room" and "5个". How many bytes of
 * the part that grows belong to the next one, which begins with a letter of another script.
 */
static size_t
touching(const char *text, size_t size)
{
	const char *at = text + size;
	bool digit = false;

	while (at > text) {
		const char *before = g_utf8_prev_char(at);
		gunichar character = g_utf8_get_char(before);

		if (g_unichar_isspace(character))
			return digit ? (size_t)(text + size - at) : 0;
		if (g_unichar_get_script(character) != G_UNICODE_SCRIPT_COMMON)
			return 0;
		digit = digit || g_unichar_isdigit(character);
		at = before;
	}
	return 0;
}

static bool
may_be_symbol(gunichar character, const char *next)
{
	GUnicodeType type = g_unichar_type(character);

	/* A digit in a box: the digit, then the combining box. */
	if (character < SYMBOL_FIRST)
		return g_utf8_get_char(next) == 0x20E3;
	return type == G_UNICODE_OTHER_SYMBOL || type == G_UNICODE_MATH_SYMBOL ||
	       type == G_UNICODE_MODIFIER_SYMBOL;
}

/* A symbol with a name at at: its size, having made it a part; else 0. */
static size_t
take_symbol(struct growing *growing, const char *at, size_t offset, gunichar character)
{
	struct symbols_found found;

	if (!growing->names_symbols || !may_be_symbol(character, g_utf8_next_char(at)) ||
	    !symbols_find(growing->symbols, at, &found))
		return 0;
	finish_part(growing);
	add_part(growing, growing->symbols_voice, g_strndup(found.name, found.name_size), offset,
		 true);
	return found.size;
}

/* The sign of a number at offset, where the voice would leave it out: its size, or 0. */
static size_t
take_minus(struct growing *growing, const char *at, size_t offset)
{
	const char *voice = growing->voice[0] ? growing->voice : growing->own;
	const char *word = script_minus(voice);
	char before = growing->text->len > 0 ? growing->text->str[growing->text->len - 1] : ' ';
	char part_voice[SCRIPT_TAG_MAX];

	/* In "2-5" and "B-5" it is a dash. */
	if (!word || *at != '-' || !g_ascii_isdigit(at[1]) || (before != ' ' && before != '('))
		return 0;
	g_strlcpy(part_voice, voice, sizeof(part_voice));
	finish_part(growing);
	add_part(growing, part_voice, g_strdup(word), offset, true);
	return 1;
}

/* A percent sign at offset that the voice leaves out: its size, or 0. */
static size_t
take_percent(struct growing *growing, const char *at, size_t offset)
{
	static const char *const signs[] = {"%", "٪"};
	const char *voice = growing->voice[0] ? growing->voice : growing->own;
	const char *word = script_percent(voice);
	char part_voice[SCRIPT_TAG_MAX];

	for (size_t i = 0; word && i < G_N_ELEMENTS(signs); i++) {
		if (!g_str_has_prefix(at, signs[i]))
			continue;
		g_strlcpy(part_voice, voice, sizeof(part_voice));
		finish_part(growing);
		add_part(growing, part_voice, g_strdup(word), offset, true);
		return strlen(signs[i]);
	}
	return 0;
}

/* Punctuation after a foreign word, which is named to somebody who reads Chinese: in Chinese as
 * well. Its size, or 0. An apostrophe inside a word is a letter. */
static size_t
take_mark(struct growing *growing, const char *at, size_t offset)
{
	const char *before = growing->text->str + growing->text->len - 1;
	enum voice_punctuation from;
	const char *name;
	size_t size;

	if (!growing->voice[0] || script_is_chinese(growing->voice) ||
	    !script_is_chinese(growing->own) || growing->text->len == 0)
		return 0;
	name = chinese_mark(at, &from, &size);
	if (!name || growing->how->punctuation < from ||
	    (*at == '\'' && g_ascii_isalpha(*before) && g_ascii_isalpha(at[1])))
		return 0;
	finish_part(growing);
	add_part(growing, growing->own, g_strdup(name), offset, true);
	return size;
}

/* A letter of another voice is at offset: what it touches goes with it. */
static void
finish_before(struct growing *growing, size_t offset)
{
	size_t size = touching(growing->text->str, growing->text->len);
	g_autofree char *tail = g_strdup(growing->text->str + growing->text->len - size);

	g_string_truncate(growing->text, growing->text->len - size);
	finish_part(growing);
	g_string_append(growing->text, tail);
	growing->offset = offset - size;
}

static void
take_character(struct growing *growing, const char *at, size_t size, size_t offset,
	       gunichar character)
{
	char voice[SCRIPT_TAG_MAX];
	bool known = script_voice(g_unichar_get_script(character), growing->language,
				  growing->how->latin, voice);

	if (known && growing->voice[0] && strcmp(voice, growing->voice) != 0)
		finish_before(growing, offset);
	if (growing->text->len == 0)
		growing->offset = offset;
	if (known)
		g_strlcpy(growing->voice, voice, sizeof(growing->voice));
	g_string_append_len(growing->text, at, (gssize)size);
}

/* Which sign of an emoji's looks is meant: nothing to be heard. */
static bool
is_variation_selector(gunichar character)
{
	return (character >= 0xFE00 && character <= 0xFE0F) ||
	       (character >= 0xE0100 && character <= 0xE01EF);
}

static void
spell_character(struct growing *growing, const char *at, size_t size, size_t offset,
		gunichar character)
{
	guint before = growing->parts->len;
	struct plan_part *part;
	enum voice_punctuation from;
	const char *name;
	size_t mark_size;

	take_character(growing, at, size, offset, character);
	finish_part(growing);
	if (growing->parts->len == before)
		return;
	part = &g_array_index(growing->parts, struct plan_part, growing->parts->len - 1);
	/* Of a script where a character is a word, its sound is its name. */
	part->spell = g_unichar_get_script(character) != G_UNICODE_SCRIPT_HAN;
	name = script_is_chinese(part->voice) ? chinese_mark(at, &from, &mark_size) : NULL;
	if (!name)
		return;
	g_free(part->text);
	part->text = g_strdup(name);
	part->is_name = true;
	part->spell = false;
}

static void
use_language(struct growing *growing, const char *language)
{
	growing->language = language;
	script_language_voice(language, growing->own);
	growing->names_symbols = script_symbols(language, growing->symbols, growing->symbols_voice);
}

/*
 * What follows is in this language, which ends what was before. Of the user's own language the
 * user's variant: who chose British English need not hear American. Chinese ones are languages.
 */
static void
use_mark(struct growing *growing, const char *language)
{
	const struct plan_how *how = growing->how;
	const char *usual = how->language[0] ? how->language : how->user;
	char base[SCRIPT_TAG_MAX];
	char usual_base[SCRIPT_TAG_MAX];

	finish_part(growing);
	script_language_base(language, base);
	script_language_base(usual, usual_base);
	if (!base[0] || (strcmp(base, usual_base) == 0 && strcmp(base, "zh") != 0))
		language = usual;
	use_language(growing, language);
}

/* A part of the text at offset; its size. */
static size_t
take(struct growing *growing, const char *at, size_t offset)
{
	gunichar character = g_utf8_get_char(at);
	size_t size = (size_t)(g_utf8_next_char(at) - at);
	size_t symbol = take_symbol(growing, at, offset, character);

	if (symbol == 0 && !growing->how->spell)
		symbol = take_minus(growing, at, offset);
	if (symbol == 0)
		symbol = take_percent(growing, at, offset);
	if (symbol == 0 && !growing->how->spell)
		symbol = take_mark(growing, at, offset);
	if (symbol > 0)
		return symbol;
	if (growing->how->spell)
		spell_character(growing, at, size, offset, character);
	else if (!is_variation_selector(character))
		take_character(growing, at, size, offset, character);
	return size;
}

struct plan *
plan_new(const char *text, const struct plan_how *how)
{
	struct growing growing = {
	    .parts = g_array_new(FALSE, FALSE, sizeof(struct plan_part)),
	    .text = g_string_new(NULL),
	    .how = how,
	};
	struct plan *plan = g_new0(struct plan, 1);
	const char *end = text + strlen(text);
	size_t offset = 0;

	use_language(&growing, how->language[0] ? how->language : how->user);
	while (text[offset]) {
		const char *at = text + offset;
		size_t mark = language_mark_read(at, end, growing.marked);

		if (mark > 0) {
			use_mark(&growing, growing.marked);
			offset += mark;
		} else if (offset < how->from) {
			/* Only its marks still count. */
			offset += (size_t)(g_utf8_next_char(at) - at);
		} else {
			offset += take(&growing, at, offset);
		}
	}
	finish_part(&growing);
	g_string_free(growing.text, TRUE);
	plan->count = growing.parts->len;
	plan->parts = (struct plan_part *)(void *)g_array_free(growing.parts, FALSE);
	return plan;
}

struct plan *
plan_free(struct plan *plan)
{
	if (!plan)
		return NULL;
	for (size_t i = 0; i < plan->count; i++) {
		g_free(plan->parts[i].text);
		g_free(plan->parts[i].sources);
	}
	g_free(plan->parts);
	g_free(plan);
	return NULL;
}

size_t
plan_part_offset(const struct plan_part *part, size_t character)
{
	if (part->sources)
		return part->offset + part->sources[character];
	return part->offset +
	       (size_t)(g_utf8_offset_to_pointer(part->text, (glong)character) - part->text);
}
