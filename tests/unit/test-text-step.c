/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines, words and characters of a text, forwards and backwards; and what must not be read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>

#include "common/cleanup.h"
#include "daemon/a11y_words.h"
#include "daemon/apps_widget.h"
#include "daemon/text_step.h"

#define HERE     COMMAND_STEP_HERE
#define NEXT     COMMAND_STEP_NEXT
#define PREVIOUS COMMAND_STEP_PREVIOUS

/* NULL: there is none. */
static void
expect(const char *text, enum text_unit unit, enum command_step step, size_t *at,
       const char *wanted)
{
	g_autofree char *found = NULL;
	size_t before = *at;
	bool any = text_step(text, unit, step, at, &found);

	if (!wanted) {
		assert_false(any);
		assert_int_equal(*at, before);
		return;
	}
	assert_true(any);
	assert_string_equal(found, wanted);
}

static void
words(void **state)
{
	const char *text = "  Twinkle, twinkle\nlittle star ";
	size_t at = 0;

	(void)state;
	expect(text, TEXT_WORD, HERE, &at, "Twinkle,");
	expect(text, TEXT_WORD, HERE, &at, "Twinkle,");
	expect(text, TEXT_WORD, NEXT, &at, "twinkle");
	expect(text, TEXT_WORD, NEXT, &at, "little");
	expect(text, TEXT_WORD, NEXT, &at, "star");
	expect(text, TEXT_WORD, NEXT, &at, NULL);
	expect(text, TEXT_WORD, PREVIOUS, &at, "little");
	at += 3; /* inside "little": its own start is not the one before */
	expect(text, TEXT_WORD, HERE, &at, "little");
	at += 3;
	expect(text, TEXT_WORD, PREVIOUS, &at, "twinkle");
	expect(text, TEXT_WORD, PREVIOUS, &at, "Twinkle,");
	expect(text, TEXT_WORD, PREVIOUS, &at, NULL);
}

static void
lines(void **state)
{
	const char *text = "one\n\nthree";
	size_t at = 2;

	(void)state;
	expect(text, TEXT_LINE, HERE, &at, "one");
	expect(text, TEXT_LINE, NEXT, &at, "");
	expect(text, TEXT_LINE, NEXT, &at, "three");
	expect(text, TEXT_LINE, NEXT, &at, NULL);
	expect(text, TEXT_LINE, PREVIOUS, &at, "");
	expect(text, TEXT_LINE, PREVIOUS, &at, "one");
	expect(text, TEXT_LINE, PREVIOUS, &at, NULL);
}

static void
characters(void **state)
{
	/* An accent of its own belongs to its letter, a joined emoji is one. */
	const char *text = "e\u0301a你好";
	size_t at = 0;

	(void)state;
	expect(text, TEXT_CHARACTER, HERE, &at, "e\u0301");
	expect(text, TEXT_CHARACTER, NEXT, &at, "a");
	expect(text, TEXT_CHARACTER, NEXT, &at, "你");
	expect(text, TEXT_CHARACTER, NEXT, &at, "好");
	expect(text, TEXT_CHARACTER, NEXT, &at, NULL);
	expect(text, TEXT_WORD, PREVIOUS, &at, "你");
	expect(text, TEXT_WORD, PREVIOUS, &at, "e\u0301a");
}

static void
nothing_there(void **state)
{
	size_t at = 0;

	(void)state;
	expect("", TEXT_WORD, HERE, &at, NULL);
	expect("", TEXT_CHARACTER, HERE, &at, NULL);
	expect("", TEXT_LINE, HERE, &at, "");
	expect("  \n ", TEXT_WORD, HERE, &at, NULL);
	at = 1000; /* the text was longer a moment ago */
	expect("ab", TEXT_CHARACTER, HERE, &at, "b");
	at = 1000;
	expect("ab", TEXT_CHARACTER, PREVIOUS, &at, "a");
}

static void
cuts(void **state)
{
	(void)state;
	assert_int_equal(text_step_cut("one two", 100), 7);
	assert_int_equal(text_step_cut("one two three", 9), 8);
	assert_int_equal(text_step_cut("onetwothree", 4), 4);
	assert_int_equal(text_step_cut("", 4), 0);
}

static void
secrets(void **state)
{
	(void)state;
	assert_true(apps_widget_is_secret(A11Y_ROLE_PASSWORD_TEXT, NULL, NULL, 0));
	assert_true(apps_widget_is_secret(A11Y_ROLE_TEXT, "Your PIN:", "1234", 4));
	assert_true(apps_widget_is_secret(A11Y_ROLE_ENTRY, "New Password", "x", 1));
	assert_true(apps_widget_is_secret(A11Y_ROLE_ENTRY, "登录密码", "x", 1));
	assert_true(apps_widget_is_secret(A11Y_ROLE_TEXT, NULL, "●●●", 3));
	assert_true(apps_widget_is_secret(A11Y_ROLE_TEXT, NULL, "•", 1));
	assert_true(apps_widget_is_secret(A11Y_ROLE_TEXT, NULL, "***", 3));
	/* A phone shows the last letter for a moment. */
	assert_true(apps_widget_is_secret(A11Y_ROLE_TEXT, NULL, "●●x", 3));
	assert_true(apps_widget_is_secret(A11Y_ROLE_TEXT, NULL, "●x●", 3));
	assert_false(apps_widget_is_secret(A11Y_ROLE_TEXT, NULL, "*100#", 5));
	assert_false(apps_widget_is_secret(A11Y_ROLE_TEXT, NULL, "*x", 2));
	/* It is as long as what is typed, and says nothing. */
	assert_true(apps_widget_is_secret(A11Y_ROLE_TEXT, NULL, "", 3));
	assert_false(apps_widget_is_secret(A11Y_ROLE_TEXT, NULL, "", 0));
	assert_false(apps_widget_is_secret(A11Y_ROLE_TEXT, "Spinning", "x", 1));
	assert_false(apps_widget_is_secret(29, "Password", "Password", 8)); /* its label */
	assert_false(apps_widget_is_secret(A11Y_ROLE_TEXT, NULL, "● one", 5));
}

static void
secrets_are_not_told(void **state)
{
	char name[] = "Your PIN", text[] = "1234";
	const struct apps_widget widget = {
	    .role = A11Y_ROLE_ENTRY,
	    .name = name,
	    .text = text,
	    .states = 1ULL << A11Y_STATE_SENSITIVE,
	    .secret = true,
	};
	g_autofree char *said = apps_widget_words(&widget);

	(void)state;
	assert_string_equal(said, "Your PIN, text field");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(words),
	    cmocka_unit_test(lines),
	    cmocka_unit_test(characters),
	    cmocka_unit_test(nothing_there),
	    cmocka_unit_test(cuts),
	    cmocka_unit_test(secrets),
	    cmocka_unit_test(secrets_are_not_told),
	};

	return cmocka_run_group_tests_name("text-step", tests, NULL, NULL);
}
