/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text cleaning, one character at a time: each is kept, dropped, or parts two words.
 * Called by daemon/speech for all that is said and by the voice for all that it receives.
 * Pure; owns only the string while it grows.
 */
#include "common/clean_text.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

#include "common/language_mark.h"
#include "common/voice_link.h"

/* Of four bytes each: the tag, and the name. */
#define MARK_BYTES_MAX (sizeof("\U000E0001") * LANGUAGE_MARK_MAX)

enum fate {
	FATE_KEEP,
	FATE_DROP,
	FATE_SPACE,
};

/* The result as it grows. */
struct cleaned {
	GString *text;
	size_t word_bytes;
	bool space;                       /* a space is due before the next character */
	char language[LANGUAGE_MARK_MAX]; /* of what is in text, and of what comes next */
	char next_language[LANGUAGE_MARK_MAX];
	gunichar last;
	unsigned run; /* how often the last character came in a row */
};

static enum fate
judge(gunichar character)
{
	GUnicodeType type = g_unichar_type(character);

	if (type == G_UNICODE_CONTROL || type == G_UNICODE_SPACE_SEPARATOR ||
	    type == G_UNICODE_LINE_SEPARATOR || type == G_UNICODE_PARAGRAPH_SEPARATOR)
		return FATE_SPACE;
	/* Marks of right-to-left text and the like carry no sound. The type "format" holds the bidi
	 * controls, the zero-width joiners, tags and the byte order mark. */
	if (type == G_UNICODE_FORMAT || type == G_UNICODE_UNASSIGNED ||
	    type == G_UNICODE_PRIVATE_USE || type == G_UNICODE_SURROGATE)
		return FATE_DROP;
	return FATE_KEEP;
}

/* The full-width forms of East Asian keyboards are read as the usual ones, which espeak-ng knows:
 * of theirs it says nothing, neither letters nor digits. Punctuation has its own pauses there. */
static gunichar
usual_width(gunichar character)
{
	static const char signs[] = "#$%&*+-/=@~";
	/* The block "Halfwidth and Fullwidth Forms" has ASCII from 0x21 on. */
	gunichar ascii = character - 0xFF00 + 0x20;

	if (character == 0xFFE5)
		return 0xA5; /* the yen sign */
	if (character <= 0xFF00 || character > 0xFF5E)
		return character;
	return g_ascii_isalnum((char)ascii) || strchr(signs, (int)ascii) ? ascii : character;
}

/* Whether one more of a sign tells nothing new. Letters and digits always count. */
static bool
is_run(struct cleaned *cleaned, gunichar character)
{
	bool same = character == cleaned->last && !cleaned->space;

	cleaned->run = same ? cleaned->run + 1 : 1;
	cleaned->last = character;
	return cleaned->run > CLEAN_RUN_MAX && !g_unichar_isalnum(character);
}

/* Append one character; false when the text is full. */
static bool
append(struct cleaned *cleaned, gunichar character)
{
	char bytes[6]; /* g_unichar_to_utf8()'s documented size */
	size_t size = (size_t)g_unichar_to_utf8(character, bytes);
	bool cut = cleaned->word_bytes + size > CLEAN_WORD_MAX;
	bool run = is_run(cleaned, character);
	bool space = (cleaned->space || cut) && cleaned->text->len > 0;
	bool marked = strcmp(cleaned->language, cleaned->next_language) != 0;

	if (!space && character == '[' && cleaned->text->len > 0 &&
	    cleaned->text->str[cleaned->text->len - 1] == '[')
		return true;
	if (run)
		return true;
	if (cleaned->text->len + space + size + (marked ? MARK_BYTES_MAX : 0) > CLEAN_TEXT_MAX)
		return false;
	if (space) {
		g_string_append_c(cleaned->text, ' ');
		cleaned->word_bytes = 0;
	}
	cleaned->space = false;
	if (marked) {
		language_mark_append(cleaned->text, cleaned->next_language);
		memcpy(cleaned->language, cleaned->next_language, sizeof(cleaned->language));
	}
	g_string_append_len(cleaned->text, bytes, (gssize)size);
	cleaned->word_bytes += size;
	return true;
}

char *
clean_text(const char *bytes, size_t size)
{
	struct cleaned cleaned = {.text = g_string_new(NULL)};
	const char *at = bytes;
	const char *end = bytes + size;
	bool room = true;

	while (room && at < end) {
		gunichar character = g_utf8_get_char_validated(at, end - at);
		size_t mark = language_mark_read(at, end, cleaned.next_language);

		if (mark > 0) {
			at += mark;
			continue;
		}
		/* (gunichar)-1 and -2: not UTF-8, or its end is missing. */
		if (character >= (gunichar)-2 || character == 0) {
			cleaned.space = true;
			at++;
			continue;
		}
		switch (judge(character)) {
		case FATE_KEEP:
			room = append(&cleaned, usual_width(character));
			break;
		case FATE_DROP:
			break;
		case FATE_SPACE:
			cleaned.space = true;
			break;
		}
		at = g_utf8_next_char(at);
	}
	return g_string_free(cleaned.text, FALSE);
}

/* Whether a sentence ends with the character before at. */
static bool
ends_sentence(const char *text, const char *at)
{
	const char *last = g_utf8_find_prev_char(text, at);
	gunichar character = last ? g_utf8_get_char(last) : 0;

	return character == '.' || character == '!' || character == '?' || character == ';' ||
	       character == 0x3002 || character == 0xFF01 || character == 0xFF1F;
}

size_t
clean_text_cut(const char *text)
{
	size_t word_end = 0;

	if (strnlen(text, VOICE_TEXT_MAX) < VOICE_TEXT_MAX)
		return strlen(text);
	for (size_t size = VOICE_TEXT_MAX - 1; size > 0; size--) {
		if (text[size] != ' ')
			continue;
		if (word_end == 0)
			word_end = size;
		if (ends_sentence(text, text + size))
			return size;
	}
	/* No word is as long as an utterance, so there is a blank. */
	return word_end;
}
