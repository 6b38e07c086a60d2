/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Symbols' names and words' sounds: texts of lines "SYMBOL<tab>NAME" in the order of their bytes,
 * searched by
 * halves. A text, not an array of pointers: those would be written at each start, and be resident.
 * Called by daemon/voice/plan and daemon/voice/chinese.
 */
#include "daemon/voice/symbols.h"

#include <glib.h>
#include <string.h>

#include "common/cleanup.h"
#include "daemon/voice/symbols_data.h"

/* Of characters: the longest, a couple with a kiss, has 4 without its joiners. */
#define SYMBOL_CHARACTERS_MAX 6

static const struct {
	const char *language;
	const char *lines;
	size_t size;
} tables[] = {
    {"en", symbols_en, sizeof(symbols_en) - 1},
    {"zh", symbols_zh, sizeof(symbols_zh) - 1},
    {"zh-sounds", symbols_zh_sounds, sizeof(symbols_zh_sounds) - 1},
};

/* Of the line "SYMBOL<tab>..." and a symbol of size bytes. */
static int
compare(const char *line, const char *symbol, size_t size)
{
	size_t line_size = strcspn(line, "\t");
	int order = memcmp(line, symbol, MIN(line_size, size));

	if (order != 0 || line_size == size)
		return order;
	return line_size < size ? -1 : 1;
}

static const char *
find_line(const char *lines, size_t size, const char *symbol, size_t symbol_size)
{
	size_t low = 0;
	size_t high = size;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order;

		while (middle > low && lines[middle - 1] != '\n')
			middle--;
		order = compare(lines + middle, symbol, symbol_size);
		if (order == 0)
			return lines + middle;
		if (order < 0)
			low = middle + strcspn(lines + middle, "\n") + 1;
		else
			high = middle;
	}
	return NULL;
}

static bool
find_in(const char *lines, size_t size, const char *text, struct symbols_found *out)
{
	const char *ends[SYMBOL_CHARACTERS_MAX];
	size_t count = 0;

	for (const char *at = text; *at && count < SYMBOL_CHARACTERS_MAX; count++) {
		at = g_utf8_next_char(at);
		ends[count] = at;
	}
	while (count > 0) {
		const char *line;

		count--;
		out->size = (size_t)(ends[count] - text);
		line = find_line(lines, size, text, out->size);
		if (!line)
			continue;
		out->name = line + out->size + 1;
		out->name_size = strcspn(out->name, "\n");
		return true;
	}
	return false;
}

bool
symbols_find(const char *language, const char *text, struct symbols_found *out)
{
	for (size_t i = 0; i < ARRAY_LENGTH(tables); i++) {
		if (strcmp(tables[i].language, language) == 0)
			return find_in(tables[i].lines, tables[i].size, text, out);
	}
	return false;
}
