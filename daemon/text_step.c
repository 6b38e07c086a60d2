/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The line, word or character at a place in a text, and the one before or after it.
 * Called by read-line, read-word and read-character, and by reading, to cut long texts; pure.
 * Owns nothing.
 */
#include "daemon/text_step.h"

#include <glib.h>

#include "common/i18n.h"

enum text_class {
	CLASS_BLANK,
	CLASS_LINE_END,
	CLASS_WORD, /* with the punctuation at it, as one would say it */
	CLASS_WIDE, /* a word by itself: Chinese is written without blanks */
	CLASS_MARK, /* belongs to the character before it */
};

static enum text_class
class_of(gunichar c)
{
	if (c == '\n')
		return CLASS_LINE_END;
	if (g_unichar_isspace(c))
		return CLASS_BLANK;
	/* A joiner, a variation selector. */
	if (g_unichar_ismark(c) || c == 0x200d || g_unichar_iszerowidth(c))
		return CLASS_MARK;
	return g_unichar_iswide(c) ? CLASS_WIDE : CLASS_WORD;
}

static size_t
end_of_line(const gunichar *text, size_t at)
{
	while (text[at] != 0 && text[at] != '\n')
		at++;
	return at;
}

static size_t
end_of_character(const gunichar *text, size_t at)
{
	if (text[at] != 0)
		at++;
	while (text[at] != 0 && class_of(text[at]) == CLASS_MARK)
		at++;
	return at;
}

static size_t
end_of_word(const gunichar *text, size_t at)
{
	enum text_class of = text[at] != 0 ? class_of(text[at]) : CLASS_BLANK;

	at = end_of_character(text, at);
	if (of != CLASS_WORD)
		return at;
	while (text[at] != 0 && class_of(text[at]) == CLASS_WORD)
		at = end_of_character(text, at);
	return at;
}

static size_t
end_of(const gunichar *text, enum text_unit unit, size_t at)
{
	switch (unit) {
	case TEXT_LINE:
		return end_of_line(text, at);
	case TEXT_WORD:
		return end_of_word(text, at);
	case TEXT_CHARACTER:
		return end_of_character(text, at);
	}
	return at;
}

/* Marks belong to the letter before them. */
static bool
follows_word(const gunichar *text, size_t at)
{
	while (at > 0 && class_of(text[at - 1]) == CLASS_MARK)
		at--;
	return at > 0 && class_of(text[at - 1]) == CLASS_WORD;
}

/* Whether a unit can begin there: a word is no blank, and a line may be empty. */
static bool
begins(const gunichar *text, enum text_unit unit, size_t at)
{
	enum text_class of = text[at] != 0 ? class_of(text[at]) : CLASS_BLANK;

	switch (unit) {
	case TEXT_LINE:
		return at == 0 || text[at - 1] == '\n';
	case TEXT_WORD:
		if (of == CLASS_WORD && follows_word(text, at))
			return false;
		return of == CLASS_WORD || of == CLASS_WIDE;
	case TEXT_CHARACTER:
		return text[at] != 0 && of != CLASS_MARK;
	}
	return false;
}

bool
text_step(const char *text, enum text_unit unit, enum command_step step, size_t *at, char **out)
{
	glong length;
	g_autofree gunichar *all = g_utf8_to_ucs4_fast(text, -1, &length);
	size_t count = (size_t)length;
	size_t from = MIN(*at, count);
	size_t start = from;

	switch (step) {
	case COMMAND_STEP_HERE:
		while (start > 0 && !begins(all, unit, start))
			start--;
		/* In the blanks before the first word, or in none: the next one will do. */
		while (start < count && !begins(all, unit, start))
			start++;
		break;
	case COMMAND_STEP_NEXT:
		do {
			start++;
		} while (start <= count && !begins(all, unit, start));
		break;
	case COMMAND_STEP_PREVIOUS:
		/* From inside one to its own start first would read it once more. */
		while (start > 0 && !begins(all, unit, start))
			start--;
		do {
			if (start == 0)
				return false;
			start--;
		} while (!begins(all, unit, start));
		break;
	}
	if (start > count || !begins(all, unit, start) || (count == 0 && unit != TEXT_LINE))
		return false;
	*at = start;
	*out = g_ucs4_to_utf8(all + start, (glong)(end_of(all, unit, start) - start), NULL, NULL,
			      NULL);
	return true;
}

char *
text_step_character_words(const char *character)
{
	gunichar c = g_utf8_get_char(character);

	if (c == 0)
		return g_strdup(_("empty"));
	if (c == '\n')
		return g_strdup(_("new line"));
	if (g_unichar_isspace(c))
		return g_strdup(_("space"));
	if (g_unichar_isupper(c))
		return g_strdup_printf(_("capital %s"), character);
	return g_strdup(character);
}

size_t
text_step_cut(const char *text, size_t characters)
{
	glong length;
	g_autofree gunichar *all = g_utf8_to_ucs4_fast(text, -1, &length);
	size_t cut = MIN((size_t)length, characters);

	if ((size_t)length <= characters)
		return (size_t)length;
	while (cut > characters / 2 && !g_unichar_isspace(all[cut - 1]))
		cut--;
	if (cut <= characters / 2)
		cut = characters;
	return MAX(cut, (size_t)1);
}
