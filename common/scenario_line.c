/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One line of a scenario as words: blanks, comments, quotes and numbers, before any meaning.
 * Called by common/scenario only; errors and their words are the parser's.
 * Owns nothing; the words go to the caller's array.
 */
#include "common/scenario_line.h"

#include <string.h>

#include "common/cleanup.h"

bool
scenario_line_split(const char *text, const char *end, GPtrArray *words)
{
	g_ptr_array_set_size(words, 0);
	while (text < end) {
		const char *start = text;
		bool quoted = false;

		if (g_ascii_isspace(*text)) {
			text++;
			continue;
		}
		if (*text == '#')
			break;
		for (; text < end && (quoted || !g_ascii_isspace(*text)); text++) {
			if (*text == '"')
				quoted = !quoted;
			else if (*text == '\\' && quoted && text + 1 < end)
				text++;
		}
		if (quoted)
			return false;
		g_ptr_array_add(words, g_strndup(start, (gsize)(text - start)));
	}
	return true;
}

bool
scenario_line_number(const char **text, double *out)
{
	size_t length = strspn(*text, "+-.0123456789");
	g_autofree char *number = g_strndup(*text, length);
	char *end;

	*out = g_ascii_strtod(number, &end);
	*text += length;
	return length > 0 && *end == '\0';
}

char *
scenario_line_unquote(const char *word)
{
	size_t length = strlen(word);
	g_autoptr(GString) text = g_string_new(NULL);

	if (length < 2 || word[0] != '"' || word[length - 1] != '"')
		return NULL;
	for (size_t i = 1; i < length - 1; i++) {
		if (word[i] == '\\' && i + 1 < length - 1)
			i++;
		else if (word[i] == '"')
			return NULL;
		g_string_append_c(text, word[i]);
	}
	return g_string_free(steal(&text), FALSE);
}
