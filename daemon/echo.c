/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is said of what the user types.
 * Called by daemon/apps_echo.
 * Owns nothing.
 */
#include "daemon/echo.h"

#include <glib.h>
#include <string.h>

#include "common/cleanup.h"
#include "common/i18n.h"
#include "daemon/text_step.h"

/* How many characters were selected that are not any more: deleted, or something is in their
 * place. */
static int32_t
unselected(const struct echo *before, const struct echo *now)
{
	const bool is_still = now->end > now->start && now->start == before->start;

	const bool any = before->start >= 0 && before->end > before->start;

	return any && before->end <= before->length && !is_still ? before->end - before->start : 0;
}

enum echo_change
echo_compare(const struct echo *before, const struct echo *now)
{
	if (!before->known)
		return ECHO_SAME;
	/* As much in place of what was selected; else only the caret went where that ended. */
	if (before->length == now->length && now->deleted && unselected(before, now) > 0)
		return ECHO_TYPED;
	if (before->length == now->length)
		return before->caret == now->caret ? ECHO_SAME : ECHO_MOVED;
	return now->length < before->length && now->caret == before->caret &&
		       unselected(before, now) == 0
		   ? ECHO_AHEAD
		   : ECHO_TYPED;
}

static bool
tells_characters(enum echo_setting setting)
{
	return setting == ECHO_CHARACTERS || setting == ECHO_BOTH;
}

/* Written without blanks: what an input method puts in is a word already. */
static bool
has_no_blanks(gunichar c)
{
	switch (g_unichar_get_script(c)) {
	case G_UNICODE_SCRIPT_HAN:
	case G_UNICODE_SCRIPT_HIRAGANA:
	case G_UNICODE_SCRIPT_KATAKANA:
	case G_UNICODE_SCRIPT_THAI:
		return true;
	default:
		return false;
	}
}

static bool
is_in_word(gunichar c)
{
	if (has_no_blanks(c))
		return false;
	return g_unichar_isalnum(c) || g_unichar_ismark(c) || c == '\'' || c == 0x2019;
}

/* The word that ends at end; NULL: there is none, or its start is not known. */
static char *
word_before(const char *text, const char *end)
{
	const char *start = end;

	while (start > text) {
		const char *previous = g_utf8_prev_char(start);

		if (!is_in_word(g_utf8_get_char(previous)))
			break;
		start = previous;
	}
	if (start == end || (start == text && g_utf8_strlen(text, end - text) >= ECHO_BEFORE - 1))
		return NULL;
	return g_strndup(start, (gsize)(end - start));
}

/* What was put in, in words: "a", "space", or all that an input method put in. */
static char *
inserted_words(const char *inserted, int32_t count)
{
	return count == 1 ? text_step_character_words(inserted) : g_strdup(inserted);
}

static char *
put_in(enum echo_setting setting, const char *before, int32_t count)
{
	const glong length = g_utf8_strlen(before, -1);
	const char *inserted;
	const char *last;
	g_autofree char *word = NULL;
	g_autofree char *characters = NULL;

	if (count > ECHO_AT_ONCE || count > length)
		return NULL;
	inserted = g_utf8_offset_to_pointer(before, length - count);
	last = g_utf8_offset_to_pointer(before, length - 1);
	if (!is_in_word(g_utf8_get_char(last)) && !has_no_blanks(g_utf8_get_char(last)))
		word = word_before(before, last);
	characters = inserted_words(inserted, count);
	switch (setting) {
	case ECHO_NONE:
		return NULL;
	case ECHO_CHARACTERS:
		return g_steal_pointer(&characters);
	case ECHO_WORDS:
		return g_steal_pointer(&word);
	case ECHO_BOTH:
		break;
	}
	if (!word)
		return g_steal_pointer(&characters);
	/* The blank after a word is heard in the word. */
	return g_unichar_isspace(g_utf8_get_char(last))
		   ? g_steal_pointer(&word)
		   : g_strdup_printf("%s, %s", word, characters);
}

char *
echo_typed(const struct echo *before, const struct echo *now, enum echo_setting setting,
	   const char *text)
{
	const int32_t selected = unselected(before, now);
	const int32_t from = selected > 0 ? before->start : before->caret;
	const int32_t grown = now->length - (before->length - selected);
	const int32_t moved = now->caret - from;

	if (!before->known || (grown == 0 && selected == 0))
		return NULL;
	if (grown <= 0 && !tells_characters(setting))
		return NULL;
	if (grown < 0)
		return g_strdup(_("deleted"));
	if (grown == 0)
		return g_strdup(_("selection deleted"));
	/* A field that completes what is typed grows by more, and the caret is where one is. */
	return moved >= 1 && moved <= grown ? put_in(setting, text, moved) : NULL;
}

/* Whether both are in the same line of a text of so many characters. */
static bool
is_same_line(const char *text, glong count, glong one, glong other)
{
	const glong first = MIN(one, other);
	const glong last = MAX(one, other);
	const char *start;
	const char *end;

	/* What is not known is far away. */
	if (first < 0 || last > count)
		return false;
	start = g_utf8_offset_to_pointer(text, first);
	end = g_utf8_offset_to_pointer(text, last);
	return !memchr(start, '\n', (size_t)(end - start));
}

/* What is at a place of a text of so many characters. */
static char *
words_at(const char *text, glong count, glong at, enum text_unit unit)
{
	g_autofree char *found = NULL;
	size_t start = (size_t)MAX(at, 0);

	if (at < 0 || at > count)
		return NULL;
	if (unit == TEXT_CHARACTER && at == count)
		return g_strdup(_("End"));
	if (!text_step(text, unit, COMMAND_STEP_HERE, &start, &found))
		return g_strdup(_("empty"));
	if (unit == TEXT_CHARACTER)
		return text_step_character_words(found);
	if (g_strstrip(found)[0] == '\0')
		return g_strdup(_("empty"));
	return g_utf8_substring(found, 0, (glong)text_step_cut(found, ECHO_LINE));
}

char *
echo_moved(const char *text, int32_t from, int32_t was, int32_t caret)
{
	const glong count = g_utf8_strlen(text, -1);
	const glong here = (glong)caret - from;

	if (was - caret == 1 || caret - was == 1)
		return words_at(text, count, here, TEXT_CHARACTER);
	return words_at(text, count, here,
			is_same_line(text, count, (glong)was - from, here) ? TEXT_WORD : TEXT_LINE);
}

char *
echo_ahead(const struct echo *before, const struct echo *now, enum echo_setting setting,
	   const char *text, int32_t from)
{
	const glong count = g_utf8_strlen(text, -1);
	const glong here = (glong)now->caret - from;
	bool in_word;

	if (!tells_characters(setting) || here < 0 || here > count)
		return NULL;
	in_word = here < count &&
		  !g_unichar_isspace(g_utf8_get_char(g_utf8_offset_to_pointer(text, here)));
	/* After a whole word the next one is there. */
	return words_at(text, count, here,
			in_word && before->length - now->length > 1 ? TEXT_WORD : TEXT_CHARACTER);
}
