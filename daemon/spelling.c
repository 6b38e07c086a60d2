/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Spelling in words: the ICAO's alphabet for Latin letters (known to radio and telephone users of
 * every language), and the most frequent Chinese word for a Han character.
 * Called by daemon/speech.
 */
#include "daemon/spelling.h"

#include <glib.h>
#include <string.h>

#include "common/i18n.h"
#include "common/language_mark.h"
#include "daemon/spelling_han.h"

/* Of "character, word of two": three characters of three bytes and a line's end. */
#define HAN_LINE  10
#define HAN_COUNT ((sizeof(spelling_han) - 1) / HAN_LINE)

static const char *const icao[26] = {
    "Alfa",    "Bravo", "Charlie", "Delta",  "Echo",     "Foxtrot", "Golf",   "Hotel",  "India",
    "Juliett", "Kilo",  "Lima",    "Mike",   "November", "Oscar",   "Papa",   "Quebec", "Romeo",
    "Sierra",  "Tango", "Uniform", "Victor", "Whiskey",  "X-ray",   "Yankee", "Zulu",
};

/* The word of a Han character (6 bytes, no NUL), or NULL. */
static const char *
han_word(const char *character)
{
	size_t low = 0;
	size_t high = HAN_COUNT;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const char *line = spelling_han + middle * HAN_LINE;
		int order = memcmp(line, character, 3);

		if (order == 0)
			return line + 3;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

static void
append(GString *words, const char *at, gunichar character)
{
	const char *word;

	if (g_ascii_isalpha((char)character) && character < 128) {
		word = icao[g_ascii_tolower((char)character) - 'a'];
		if (g_unichar_isupper(character))
			g_string_append_printf(words, _("capital %s"), word);
		else
			g_string_append(words, word);
		return;
	}
	word = g_unichar_get_script(character) == G_UNICODE_SCRIPT_HAN &&
		       g_unichar_to_utf8(character, NULL) == 3
		   ? han_word(at)
		   : NULL;
	if (word)
		g_string_append_printf(words, "%.6s的%.3s", word, at);
	else
		g_string_append_unichar(words, character);
}

char *
spelling_words(const char *text)
{
	g_autofree char *plain = language_mark_strip(text);
	GString *words = g_string_new(NULL);

	for (const char *at = plain; *at; at = g_utf8_next_char(at)) {
		gunichar character = g_utf8_get_char(at);

		if (g_unichar_isspace(character))
			continue;
		if (words->len > 0)
			g_string_append(words, ", ");
		append(words, at, character);
	}
	return g_string_free(words, FALSE);
}
