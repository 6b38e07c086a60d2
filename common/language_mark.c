/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tag characters are ASCII's, at U+E0000 up: four bytes each, the same first two.
 * Called by daemon/a11y_language, common/clean_text and daemon/voice/plan.
 */
#include "common/language_mark.h"

#include <stdbool.h>
#include <string.h>

#define TAG_BEGIN  0xE0001
#define TAG_BASE   0xE0000
#define TAG_CANCEL 0xE007F

/* Of a name as in BCP 47: letters, digits, hyphens. */
static bool
is_name_character(gunichar character)
{
	return character < 128 && (g_ascii_isalnum((char)character) || character == '-');
}

void
language_mark_append(GString *text, const char *language)
{
	size_t size = strlen(language);

	for (size_t i = 0; i < size; i++) {
		if (!is_name_character((unsigned char)language[i]))
			return;
	}
	if (size >= LANGUAGE_MARK_MAX)
		return;
	g_string_append_unichar(text, TAG_BEGIN);
	for (size_t i = 0; i < size; i++)
		g_string_append_unichar(text, TAG_BASE + (gunichar)g_ascii_tolower(language[i]));
	if (size == 0)
		g_string_append_unichar(text, TAG_CANCEL);
}

size_t
language_mark_read(const char *text, const char *end, char language[LANGUAGE_MARK_MAX])
{
	char name[LANGUAGE_MARK_MAX];
	const char *at = text;
	size_t size = 0;

	if (g_utf8_get_char_validated(at, end - at) != TAG_BEGIN)
		return 0;
	for (at = g_utf8_next_char(at); at < end; at = g_utf8_next_char(at)) {
		gunichar character = g_utf8_get_char_validated(at, end - at);

		if (character == TAG_CANCEL && size == 0) {
			language[0] = '\0';
			return (size_t)(g_utf8_next_char(at) - text);
		}
		if (character < TAG_BASE || !is_name_character(character - TAG_BASE))
			break;
		if (size == LANGUAGE_MARK_MAX - 1)
			return 0;
		name[size++] = g_ascii_tolower((char)(character - TAG_BASE));
	}
	if (size == 0)
		return 0;
	memcpy(language, name, size);
	language[size] = '\0';
	return (size_t)(at - text);
}

char *
language_mark_strip(const char *text)
{
	GString *stripped = g_string_new(NULL);
	const char *end = text + strlen(text);
	char language[LANGUAGE_MARK_MAX];

	while (text < end) {
		size_t size = language_mark_read(text, end, language);

		if (size == 0) {
			size = (size_t)(g_utf8_next_char(text) - text);
			size = MIN(size, (size_t)(end - text));
			g_string_append_len(stripped, text, (gssize)size);
		}
		text += size;
	}
	return g_string_free(stripped, FALSE);
}
