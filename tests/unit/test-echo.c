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

/* A field as it is after a key: what is before the caret, what is selected after it, and the rest.
 */
struct field {
	const char *before, *selected, *after;
};

static int32_t
count(const char *text)
{
	return text ? (int32_t)g_utf8_strlen(text, -1) : 0;
}

/* What is said of it, as daemon/apps_echo asks for it; allocated. */
static char *
said(struct echo *echo, enum echo_setting setting, const struct field *field)
{
	g_autofree char *all = g_strconcat(field->before, field->selected ? field->selected : "",
					   field->after ? field->after : "", NULL);
	const int32_t caret = count(field->before);
	const struct echo now = {
	    .known = true,
	    .length = count(all),
	    .caret = caret,
	    .start = caret,
	    .end = caret + count(field->selected),
	};
	const struct echo before = *echo;
	const int32_t from = MAX(caret - ECHO_BEFORE, 0);
	g_autofree char *asked = g_utf8_substring(all, from, caret);

	*echo = now;
	switch (echo_compare(&before, &now)) {
	case ECHO_SAME:
		return NULL;
	case ECHO_MOVED:
		return setting == ECHO_NONE ? NULL : echo_moved(all, 0, before.caret, caret);
	case ECHO_TYPED:
		return echo_typed(&before, &now, setting, asked);
	case ECHO_AHEAD:
		return echo_ahead(&before, &now, setting, all, 0);
	}
	return NULL;
}

static void
heard(struct echo *echo, enum echo_setting setting, const struct field *field, const char *expected)
{
	g_autofree char *words = said(echo, setting, field);

	if (expected)
		assert_string_equal(words ? words : "nothing", expected);
	else if (words)
		fail_msg("'%s' was said of '%s'", words, field->before);
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
	    {"Dear", " Ann,", "Dear", "Dear", "Dear"},    /* the caret moved */
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

			heard(&echo, settings[s],
			      &(struct field){steps[i].before, NULL, steps[i].after},
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
	heard(&echo, ECHO_WORDS, &(struct field){word, NULL, NULL}, NULL);
	/* Its start is not known. */
	heard(&echo, ECHO_WORDS, &(struct field){more, NULL, NULL}, NULL);
}

/* The key Delete, and what becomes of a selection: the caret may be where it was. */
static void
test_deleting(void **state)
{
	static const struct {
		struct field field;
		const char *both, *words;
	} steps[] = {
	    {{"Dear ", NULL, "Ann, my love\nBye  now"}, NULL, NULL},
	    {{"Dear ", NULL, "nn, my love\nBye  now"}, "n", NULL},
	    {{"Dear ", NULL, ", my love\nBye  now"}, ",", NULL}, /* two: a word is there */
	    {{"Dear ", NULL, " my love\nBye  now"}, "space", NULL},
	    {{"Dear ", NULL, "my love\nBye  now"}, "m", NULL},
	    {{"Dear ", NULL, "love\nBye  now"}, "love", NULL},
	    {{"Dear ", NULL, "\nBye  now"}, "new line", NULL},
	    {{"Dear ", NULL, "Bye  now"}, "capital B", NULL},
	    {{"Dear ", "Bye  ", "now"}, NULL, NULL},
	    {{"Dear ", NULL, "now"}, "selection deleted", NULL},
	    {{"Dear ", "now", NULL}, NULL, NULL},
	    {{"Dear x", NULL, NULL}, "x", NULL}, /* in its place */
	    {{"Dear ", "x", NULL}, "x", "x"},    /* the caret moved */
	    {{"Dear Ann", NULL, NULL}, "Ann", NULL},
	    {{"", "Dear Ann", NULL}, "Dear", "Dear"}, /* all of it is selected */
	    {{"", NULL, NULL}, "selection deleted", NULL},
	    {{"D", "onald", NULL}, "capital D", NULL}, /* completed by the field */
	    {{"Do", "g", NULL}, "o", NULL},            /* to something shorter */
	    {{"Do", NULL, NULL}, "selection deleted", NULL},
	    {{"D", NULL, NULL}, "deleted", NULL},
	    {{"", NULL, "D"}, "capital D", "capital D"}, /* the caret moved */
	    {{"", NULL, NULL}, "End", NULL},
	};
	static const enum echo_setting settings[] = {ECHO_NONE, ECHO_WORDS, ECHO_CHARACTERS,
						     ECHO_BOTH};

	(void)state;
	for (size_t s = 1; s < G_N_ELEMENTS(settings); s++) {
		struct echo echo = {0};

		for (size_t i = 0; i < G_N_ELEMENTS(steps); i++)
			heard(&echo, settings[s], &steps[i].field,
			      s > 1 ? steps[i].both : steps[i].words);
	}
}

/* One letter in place of the one that was selected, or the key Right; an event tells which. */
static void
test_as_much(void **state)
{
	struct echo echo = {.known = true, .length = 3, .caret = 1, .start = 1, .end = 2};
	struct echo now = {.known = true, .length = 3, .caret = 2, .start = 2, .end = 2};
	g_autofree char *words = NULL;

	(void)state;
	assert_int_equal(echo_compare(&echo, &now), ECHO_MOVED);
	now.deleted = true;
	assert_int_equal(echo_compare(&echo, &now), ECHO_TYPED);
	words = echo_typed(&echo, &now, ECHO_BOTH, "xy");
	assert_string_equal(words, "y");
	echo.end = 1;
	assert_int_equal(echo_compare(&echo, &now), ECHO_MOVED);
}

/* It still is selected, and something else changed. */
static void
test_other_place(void **state)
{
	struct echo echo = {.known = true, .length = 10, .caret = 5, .start = 2, .end = 5};
	const struct echo now = {.known = true, .length = 11, .caret = 5, .start = 2, .end = 5};
	g_autofree char *words = NULL;

	(void)state;
	assert_int_equal(echo_compare(&echo, &now), ECHO_TYPED);
	words = echo_typed(&echo, &now, ECHO_BOTH, "abcde");
	assert_null(words);
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
	static const struct {
		struct echo now;
		const char *text;
	} answers[] = {
	    {{true, 8, 8, 0, 0, false}, "ab"},
	    {{true, 9, 9, 0, 0, false}, ""},
	    {{true, INT32_MAX, INT32_MAX, 0, 0, false}, "a"},
	    {{true, INT32_MAX, INT32_MAX, -5, INT32_MAX, false}, "a"},
	};
	static const struct echo odd[] = {
	    {true, 3, 3, 0, 0, false},
	    {true, 3, 3, -7, INT32_MAX, false},
	    {true, 3, 3, INT32_MAX, -7, false},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(odd); i++) {
		for (size_t k = 0; k < G_N_ELEMENTS(answers); k++) {
			g_autofree char *typed =
			    echo_typed(&odd[i], &answers[k].now, ECHO_BOTH, answers[k].text);
			g_autofree char *ahead =
			    echo_ahead(&odd[i], &answers[k].now, ECHO_BOTH, answers[k].text, 0);

			assert_null(typed);
			assert_null(ahead);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_typing),   cmocka_unit_test(test_long_word),
	    cmocka_unit_test(test_moving),   cmocka_unit_test(test_moving_far),
	    cmocka_unit_test(test_deleting), cmocka_unit_test(test_other_place),
	    cmocka_unit_test(test_as_much),  cmocka_unit_test(test_nonsense),
	};

	g_setenv("LC_ALL", "C.UTF-8", TRUE);
	return cmocka_run_group_tests_name("echo", tests, NULL, NULL);
}
