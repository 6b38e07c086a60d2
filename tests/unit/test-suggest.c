/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which word a mistyped one is taken for, and which are taken for none.
 * Run by `make check`; every row of the table is one case.
 * Owns nothing.
 */
#include "common/suggest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/cleanup.h"

static const char *const words[] = {"back", "activate", "key", "read-focus", "read-title", "say"};

static const struct {
	const char *text;
	const char *meant;
} cases[] = {
    {"bakc", "back"},
    {"bck", "back"},
    {"activat", "activate"},
    {"atcivate", "activate"},
    {"kex", "key"},
    {"read-titel", "read-title"},
    {"read_focus", "read-focus"},
    {"sai", "say"},
    {"quit", NULL},
    {"", NULL},
    {"k", NULL},
    {"activate-the-button-that-is-called-five", NULL},
};

static void
nearest_word(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
		const char *meant = suggest(cases[i].text, words, ARRAY_LENGTH(words));

		print_message("# '%s' is taken for '%s'\n", cases[i].text, meant ? meant : "none");
		if (cases[i].meant)
			assert_string_equal(meant ? meant : "", cases[i].meant);
		else
			assert_null(meant);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(nearest_word)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
