/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is said of what is typed.
 * Run by tests/run. Owns nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>
#include <string.h>

#include "daemon/echo.h"

/* Type into a field, and hear of it: the text before the caret, and all of it. */
static void
heard(struct echo *echo, enum echo_setting setting, const char *before, const char *after,
      const char *expected)
{
	int32_t caret = (int32_t)g_utf8_strlen(before, -1);
	int32_t length = caret + (int32_t)g_utf8_strlen(after, -1);
	int32_t from = MAX(caret - ECHO_BEFORE, 0);
	g_autofree char *asked = g_utf8_substring(before, from, caret);
	g_autofree char *words = NULL;

	if (echo_wants(echo, length, caret))
		words = echo_typed(echo, setting, length, caret, asked);
	if (expected)
		assert_string_equal(words ? words : "nothing", expected);
	else if (words)
		fail_msg("'%s' was said of '%s'", words, before);
}

static void
test_typing(void **state)
{
	static const struct {
		const char *before, *after, *characters, *words, *both;
	} steps[] = {
	    {"Dear", "", NULL, NULL, NULL}, /* that is there already */
	    {"Dear ", "", "space", "Dear", "Dear"},
	    {"Dear A", "", "capital A", NULL, "capital A"},
	    {"Dear An", "", "n", NULL, "n"},
	    {"Dear Ann", "", "n", NULL, "n"},
	    {"Dear Ann,", "", ",", "Ann", "Ann, ,"},
	    {"Dear Ann,\n", "", "new line", NULL, "new line"},
	    {"Dear Ann,", "", "deleted", NULL, "deleted"},
	    {"Dear", " Ann,", NULL, NULL, NULL},          /* the caret moved */
	    {"Dears", " Ann,", "s", NULL, "s"},           /* in the middle */
	    {"Dears你好", " Ann,", "你好", NULL, "你好"}, /* an input method */
	    {"Dears你好。", " Ann,", "。", NULL, "。"},
	    {"D", "ear sir or madam", NULL, NULL, NULL},
	    {"Do", "nald", "deleted", NULL, "deleted"},
	    {"Don", "ald Duck", "n", NULL, "n"}, /* completed by the field */
	    {"Donald Duck was here, and more than anybody says", "", NULL, NULL, NULL},
	};
	static const enum echo_setting settings[] = {ECHO_NONE, ECHO_CHARACTERS, ECHO_WORDS,
						     ECHO_BOTH};

	(void)state;
	for (size_t s = 0; s < G_N_ELEMENTS(settings); s++) {
		struct echo echo = {0};

		for (size_t i = 0; i < G_N_ELEMENTS(steps); i++) {
			const char *expected[] = {NULL, steps[i].characters, steps[i].words,
						  steps[i].both};

			heard(&echo, settings[s], steps[i].before, steps[i].after,
			      expected[settings[s]]);
		}
	}
}

static void
test_long_word(void **state)
{
	struct echo echo = {0};
	g_autofree char *word = g_strnfill(ECHO_BEFORE, 'x');
	g_autofree char *more = g_strconcat(word, " ", NULL);

	(void)state;
	heard(&echo, ECHO_WORDS, word, "", NULL);
	/* Its start is not known. */
	heard(&echo, ECHO_WORDS, more, "", NULL);
}

static void
test_moving(void **state)
{
	static const char text[] = "The first line.\nA second one.\n\nEnd";
	static const struct {
		int32_t was, caret;
		const char *words;
	} moves[] = {
	    {0, 1, "h"},
	    {3, 4, "f"},
	    {4, 3, "space"},
	    {14, 15, "new line"},
	    {15, 16, "capital A"},
	    {16, 15, "new line"},
	    {33, 32, "n"},
	    {32, 33, "d"},
	    {0, 4, "first"},
	    {0, 15, "line."},
	    {15, 0, "The"},
	    {16, 29, "one."},
	    {2, 18, "A second one."},
	    {18, 2, "The first line."},
	    {20, 30, "empty"},
	    {31, 30, "new line"},
	    {31, 3, "The first line."},
	    {0, 33, "End"},
	    {33, 34, "End"},
	    {0, 35, NULL},
	    {0, -1, NULL},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(moves); i++) {
		g_autofree char *words = echo_moved(text, 0, moves[i].was, moves[i].caret);

		if (moves[i].words)
			assert_string_equal(words ? words : "nothing", moves[i].words);
		else
			assert_null(words);
	}
}

/* Of a long text, what is around the caret; where it was is not known. */
static void
test_moving_far(void **state)
{
	g_autofree char *words = echo_moved("two\nthree\nfour", 1000, 20, 1006);
	g_autofree char *line = g_strnfill(1000, 'x');
	g_autofree char *cut = echo_moved(line, 7, 2000, 8);

	(void)state;
	assert_string_equal(words, "three");
	assert_int_equal(strlen(cut), ECHO_LINE);
}

/* What an app answers may make no sense. */
static void
test_nonsense(void **state)
{
	struct echo echo = {true, 3, 3};
	g_autofree char *words = NULL;

	(void)state;
	words = echo_typed(&echo, ECHO_BOTH, 8, 8, "ab");
	assert_null(words);
	words = echo_typed(&echo, ECHO_BOTH, 9, 9, "");
	assert_null(words);
	words = echo_typed(&echo, ECHO_BOTH, INT32_MAX, INT32_MAX, "a");
	assert_null(words);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_typing),   cmocka_unit_test(test_long_word),
	    cmocka_unit_test(test_moving),   cmocka_unit_test(test_moving_far),
	    cmocka_unit_test(test_nonsense),
	};

	g_setenv("LC_ALL", "C.UTF-8", TRUE);
	return cmocka_run_group_tests_name("echo", tests, NULL, NULL);
}
