/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * "Did you mean ...?": Damerau's distance between two words, and the nearest of a list.
 * Called by the parsers of scenarios, profiles and commands when a word is none that they know.
 * Owns nothing and allocates nothing; words of more than SUGGEST_LENGTH_MAX bytes have no answer.
 */
#include "common/suggest.h"

#include <glib.h>
#include <string.h>

/* The longest word of our files is "not-responding"; a longer typo is no typo of one of them. */
#define SUGGEST_LENGTH_MAX 31

/* One wrong letter in three is still a typo, more is another word (git's and GCC's rule too). */
#define SUGGEST_LETTERS_PER_TYPO 3

static size_t
min3(size_t a, size_t b, size_t c)
{
	return MIN(a, MIN(b, c));
}

static size_t
distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
	size_t rows[SUGGEST_LENGTH_MAX + 1][SUGGEST_LENGTH_MAX + 1];

	for (size_t i = 0; i <= a_length; i++)
		rows[i][0] = i;
	for (size_t j = 0; j <= b_length; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= a_length; i++) {
		for (size_t j = 1; j <= b_length; j++) {
			size_t changed =
			    g_ascii_tolower(a[i - 1]) == g_ascii_tolower(b[j - 1]) ? 0 : 1;

			rows[i][j] = min3(rows[i - 1][j] + 1, rows[i][j - 1] + 1,
					  rows[i - 1][j - 1] + changed);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				rows[i][j] = MIN(rows[i][j], rows[i - 2][j - 2] + 1);
		}
	}
	return rows[a_length][b_length];
}

const char *
suggest(const char *text, const char *const *candidates, size_t count)
{
	size_t length = strlen(text);
	size_t best_distance = SUGGEST_LENGTH_MAX;
	const char *best = NULL;

	if (length == 0 || length > SUGGEST_LENGTH_MAX)
		return NULL;
	for (size_t i = 0; i < count; i++) {
		size_t candidate_length = strlen(candidates[i]);
		size_t typos;

		if (candidate_length > SUGGEST_LENGTH_MAX)
			continue;
		typos = distance(text, length, candidates[i], candidate_length);
		if (typos < best_distance &&
		    typos <= MAX(length, candidate_length) / SUGGEST_LETTERS_PER_TYPO) {
			best_distance = typos;
			best = candidates[i];
		}
	}
	return best;
}
