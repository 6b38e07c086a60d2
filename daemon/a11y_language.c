/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Runs and names: a name is cut where a run ends, and each piece tidied by itself.
 * Called by apps_read. Pure.
 */
#include "daemon/a11y_language.h"

#include <string.h>

#include "daemon/a11y_words.h"

void
a11y_run_read(GVariant *body, struct a11y_run *run)
{
	g_autoptr(GVariant) attributes = g_variant_get_child_value(body, 0);
	const char *language = "";
	gint32 end = 0;

	g_variant_get_child(body, 2, "i", &end);
	(void)g_variant_lookup(attributes, "language", "&s", &language);
	*run = (struct a11y_run){.end = end > 0 ? (size_t)end : 0};
	/* A toolkit that knows no language has that of the locale "C". */
	if (g_ascii_strcasecmp(language, "c") != 0 && g_ascii_strcasecmp(language, "posix") != 0 &&
	    strlen(language) < sizeof(run->language))
		g_strlcpy(run->language, language, sizeof(run->language));
	/* "en_US" of a locale is "en-US" of a language. */
	g_strdelimit(run->language, "_", '-');
	run->language[strcspn(run->language, ".@")] = '\0';
}

static void
append_piece(GString *marked, const char *name, size_t size, const char *language)
{
	g_autofree char *piece = g_strndup(name, size);
	g_autofree char *tidy = a11y_name_tidy(piece);
	size_t mark;
	bool space = marked->len > 0 && piece[0] && g_unichar_isspace(g_utf8_get_char(piece));

	if (space && tidy[0])
		g_string_append_c(marked, ' ');
	if (!tidy[0])
		return;
	mark = marked->len;
	if (language[0])
		language_mark_append(marked, language);
	mark = marked->len - mark;
	g_string_append(marked, tidy);
	if (mark > 0)
		language_mark_append(marked, "");
	if (g_unichar_isspace(g_utf8_get_char(g_utf8_prev_char(piece + size))))
		g_string_append_c(marked, ' ');
}

char *
a11y_language_mark(const char *name, const struct a11y_run *runs, size_t count)
{
	g_autofree char *valid = g_utf8_make_valid(name, (gssize)strnlen(name, A11Y_TEXT_BYTES));
	size_t length = (size_t)g_utf8_strlen(valid, -1);
	bool own = count > 0 && runs[count - 1].end == length;
	g_autoptr(GString) marked = g_string_new(NULL);
	size_t start = 0;

	for (size_t i = 0; i < (own ? count : 1); i++) {
		/* An app may tell any numbers. */
		size_t end = own ? CLAMP(runs[i].end, start, length) : length;
		const char *from = g_utf8_offset_to_pointer(valid, (glong)start);
		const char *to = g_utf8_offset_to_pointer(valid, (glong)end);

		append_piece(marked, from, (size_t)(to - from), count > 0 ? runs[i].language : "");
		start = end;
	}
	return g_strchomp(g_string_free(g_steal_pointer(&marked), FALSE));
}
