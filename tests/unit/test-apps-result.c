/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is said of a field that a press has written into: a result, not each digit.
 * Run by tests/run. Owns nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>

#include "common/cleanup.h"
#include "daemon/apps_result.h"

/* words NULL: nothing is said. */
static void
says(const char *before, const char *after, const char *words)
{
	g_autofree char *said = apps_result_words(before, after);

	if (words)
		assert_string_equal(said, words);
	else
		assert_null(said);
}

static void
test_a_key_is_not_told(void **state)
{
	(void)state;
	says("", "5", NULL);
	says("5", "5", NULL);
	says("5", "5+", NULL);
	says("5+", "5+5", NULL);
	says("999", "9,999", NULL);
	says("5", "5×", NULL);
	says("×", "×÷", NULL);
	says("12", "132", NULL);
	says("ab", "aab", NULL);
	says("", "π²", NULL);
}

static void
test_a_result_is(void **state)
{
	(void)state;
	says("5+5", "10", "10");
	says("2+3", "5", "5");
	says("6×7", "42", "42");
	says("×", "÷", "÷");
	says("é", "è", "è");
	says("12", "1", "1");
	says("1234", "", "empty");
	says("", "sin", "sin");
	says("7", "  ", "empty");
}

static void
test_of_a_text_the_line(void **state)
{
	g_autofree char *much = g_strnfill(4000, 'a');
	g_autofree char *said = apps_result_words("", much);

	(void)state;
	says("Dear\n\nBye", "Dear\nSigned, me\nBye", "Signed, me");
	says("One\nTwo\nThree", "One\nThree", "Three");
	assert_int_equal(g_utf8_strlen(said, -1), 160);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_a_key_is_not_told),
	    cmocka_unit_test(test_a_result_is),
	    cmocka_unit_test(test_of_a_text_the_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
