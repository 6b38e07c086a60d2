/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes through clean_text(): the result must hold all that its header promises.
 * Run by tests/fuzz/run.
 * Owns nothing.
 */
#include <glib.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/clean_text.h"
#include "common/language_mark.h"
#include "common/voice_link.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
require(bool holds)
{
	if (!holds)
		abort();
}

static void
check_words(const char *text)
{
	size_t word = 0;

	g_autofree char *plain = language_mark_strip(text);

	for (const char *at = plain; *at; at++) {
		require((unsigned char)*at >= ' ' && *at != 0x7f);
		word = *at == ' ' ? 0 : word + 1;
		require(word <= CLEAN_WORD_MAX);
		require(*at != ' ' || (at > plain && at[1] != ' ' && at[1] != '\0'));
	}
}

static void
check_pieces(const char *text)
{
	while (*text) {
		size_t size = clean_text_cut(text);

		require(size > 0 && size < VOICE_TEXT_MAX &&
			g_utf8_validate(text, (gssize)size, NULL));
		text += size;
		text += *text == ' ';
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *text = clean_text((const char *)data, size);
	g_autofree char *again = clean_text(text, strlen(text));

	require(strlen(text) <= CLEAN_TEXT_MAX);
	require(g_utf8_validate(text, -1, NULL));
	require(!strstr(text, "[["));
	require(strcmp(text, again) == 0);
	check_words(text);
	check_pieces(text);
	return 0;
}
