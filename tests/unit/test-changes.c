/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is told of the changes in the app in front, in which words, and how little of a flood; on a
 * clock of the test's own.
 * Run by tests/run. Owns nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>
#include <math.h>
#include <string.h>

#include "daemon/a11y_words.h"
#include "daemon/change_words.h"
#include "daemon/changes.h"

static struct changes *changes;
static uint64_t now_ms;

static int
setup(void **state)
{
	(void)state;
	changes = changes_new();
	now_ms = 1000000;
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	changes = changes_free(changes);
	return 0;
}

static struct usec
now(void)
{
	return usec_from_ms(now_ms);
}

static bool
event(enum change_kind kind, const char *path)
{
	return changes_event(changes, kind, path, now());
}

/* Lets time pass until there is something to look at; its path, or "" when nothing is due. */
static const char *
looked_at(void)
{
	static char path[64];
	enum change_kind kind;
	struct usec deadline;
	char *taken;

	path[0] = '\0';
	if (!changes_deadline(changes, &deadline))
		return path;
	now_ms = MAX(now_ms, (deadline.us + 999) / 1000);
	assert_true(changes_take(changes, &kind, &taken, now()));
	g_strlcpy(path, taken, sizeof(path));
	g_free(taken);
	return path;
}

/* What is told once that was seen there: "", the words, or "+" and the words that join. */
static const char *
told(const char *words)
{
	static char text[64];
	bool joins;
	bool tells = changes_seen(changes, words, &joins, now());

	g_snprintf(text, sizeof(text), "%s%s", joins ? "+" : "", tells ? words : "");
	return text;
}

static void
window(const char *path)
{
	changes_window(changes, path, now());
	assert_string_equal(looked_at(), path);
	assert_string_equal(told(path), path);
}

static void
test_focus(void **state)
{
	(void)state;
	assert_false(event(CHANGE_FOCUS, "/early"));
	changes_window(changes, "/w", now());
	assert_true(event(CHANGE_FOCUS, "/first"));
	assert_string_equal(looked_at(), "/w");
	assert_string_equal(told("W"), "W");
	assert_string_equal(looked_at(), "/first");
	assert_string_equal(told("First"), "+First");
	window("/other");
	window("/w");
	/* GTK 3 tells twice; the way there is not told. */
	assert_true(event(CHANGE_FOCUS, "/a"));
	assert_false(event(CHANGE_FOCUS, "/a"));
	assert_false(event(CHANGE_FOCUS, "/b"));
	assert_string_equal(looked_at(), "/b");
	assert_string_equal(told("B, button"), "+B, button");
	assert_string_equal(looked_at(), "");
	/* Only the first joins the title. */
	assert_true(event(CHANGE_FOCUS, "/a"));
	assert_string_equal(looked_at(), "/a");
	assert_string_equal(told("A, button"), "A, button");
	/* There and back before anybody looked. */
	event(CHANGE_FOCUS, "/b");
	event(CHANGE_FOCUS, "/a");
	assert_string_equal(looked_at(), "/a");
	assert_string_equal(told("A, button"), "");
	/* That the window itself has it is what its title said. */
	assert_false(event(CHANGE_FOCUS, "/w"));
	assert_string_equal(looked_at(), "");
	/* One that is nameless says nothing. */
	event(CHANGE_FOCUS, "/c");
	assert_string_equal(looked_at(), "/c");
	assert_string_equal(told(NULL), "");
	/* In another window the same is told again. */
	window("/other");
	window("/w");
	event(CHANGE_FOCUS, "/a");
	assert_string_equal(looked_at(), "/a");
	assert_string_equal(told("A, button"), "+A, button");
}

/* It says its name when it can, and is asked no more when it never does. */
static void
test_late_title(void **state)
{
	unsigned looks = 0;

	(void)state;
	changes_window(changes, "/w", now());
	assert_string_equal(looked_at(), "/w");
	/* Its focus comes after it, unless it has no name yet. */
	assert_true(event(CHANGE_FOCUS, "/a"));
	assert_string_equal(told(NULL), "");
	assert_string_equal(looked_at(), "/a");
	assert_string_equal(told("A"), "A");
	assert_string_equal(looked_at(), "/w");
	assert_string_equal(told("Title"), "+Title");
	assert_string_equal(looked_at(), "");
	changes_window(changes, "/nameless", now());
	while (strcmp(looked_at(), "/nameless") == 0) {
		looks++;
		assert_string_equal(told(""), "");
	}
	assert_int_equal(looks, 6);
}

static void
test_late_focus(void **state)
{
	(void)state;
	window("/w");
	now_ms += 1000;
	event(CHANGE_FOCUS, "/a");
	looked_at();
	assert_string_equal(told("A"), "A");
}

static void
test_states(void **state)
{
	(void)state;
	window("/w");
	event(CHANGE_FOCUS, "/a");
	looked_at();
	told("A");
	/* Only of the focus, unless we did it. */
	assert_false(event(CHANGE_CHECKED, "/b"));
	assert_false(event(CHANGE_EXPANDED, "/b"));
	assert_true(event(CHANGE_CHECKED, "/a"));
	assert_string_equal(looked_at(), "/a");
	assert_string_equal(told("checked"), "checked");
	/* On and off and on before anybody looked. */
	event(CHANGE_CHECKED, "/a");
	assert_string_equal(looked_at(), "/a");
	assert_string_equal(told("checked"), "");
	event(CHANGE_CHECKED, "/a");
	looked_at();
	assert_string_equal(told("not checked"), "not checked");
}

/* GTK 4 tells of the state of what gets the focus, which was told with it. */
static void
test_states_of_the_focus(void **state)
{
	(void)state;
	window("/w");
	event(CHANGE_FOCUS, "/a");
	event(CHANGE_CHECKED, "/a");
	looked_at();
	assert_string_equal(told("Wifi, check box, not checked"), "+Wifi, check box, not checked");
	assert_string_equal(looked_at(), "/a");
	assert_string_equal(told("not checked"), "");
	event(CHANGE_CHECKED, "/a");
	looked_at();
	assert_string_equal(told("checked"), "checked");
	event(CHANGE_CHECKED, "/a");
	looked_at();
	assert_string_equal(told("not checked"), "not checked");
	/* Tabbed through quickly: what has the focus is told first. */
	event(CHANGE_FOCUS, "/b");
	looked_at();
	told("B, slider, 5");
	event(CHANGE_FOCUS, "/c");
	event(CHANGE_CHECKED, "/c");
	assert_string_equal(looked_at(), "/c");
	assert_string_equal(told("C, check box, checked"), "C, check box, checked");
	assert_string_equal(looked_at(), "/c");
	assert_string_equal(told("checked"), "");
	/* Something else switched it on while the focus was elsewhere, and it was told so. */
	event(CHANGE_FOCUS, "/b");
	looked_at();
	told("B, slider, 5");
	event(CHANGE_FOCUS, "/a");
	looked_at();
	told("Wifi, check box, checked");
	event(CHANGE_CHECKED, "/a");
	looked_at();
	assert_string_equal(told("not checked"), "not checked");
}

static void
test_own(void **state)
{
	(void)state;
	window("/w");
	event(CHANGE_FOCUS, "/a");
	looked_at();
	told("A");
	/* What a command of ours does elsewhere is told, after its answer. */
	changes_acting(changes, true, now());
	assert_true(event(CHANGE_CHECKED, "/b"));
	assert_string_equal(looked_at(), "");
	now_ms += 300;
	changes_said(changes, "Done", now());
	changes_acting(changes, false, now());
	assert_string_equal(looked_at(), "/b");
	assert_string_equal(told("Wifi, checked"), "Wifi, checked");
	now_ms += 500;
	assert_true(event(CHANGE_EXPANDED, "/c"));
	looked_at();
	/* What the answer said is not. */
	changes_said(changes, "More, expanded", now());
	assert_string_equal(told("expanded"), "");
	event(CHANGE_VALUE, "/c");
	looked_at();
	changes_said(changes, "410", now());
	assert_string_equal(told("41"), "41");
	now_ms += 600;
	assert_false(event(CHANGE_CHECKED, "/b"));
	/* The user knows where a command of ours took the focus. */
	changes_own(changes, "/b", now());
	assert_false(event(CHANGE_FOCUS, "/b"));
	assert_string_equal(changes_focus(changes), "/b");
	assert_false(event(CHANGE_VALUE, "/b"));
	assert_string_equal(looked_at(), "");
	now_ms += 1000;
	assert_true(event(CHANGE_VALUE, "/b"));
}

static void
test_window_goes(void **state)
{
	bool joins;

	(void)state;
	window("/w");
	event(CHANGE_FOCUS, "/a");
	event(CHANGE_SHOWING, "/alert");
	changes_window(changes, NULL, now());
	assert_string_equal(looked_at(), "");
	assert_false(event(CHANGE_FOCUS, "/b"));
	assert_false(changes_seen(changes, "late", &joins, now()));
	assert_null(changes_focus(changes));
	/* A dialog is told as a window. */
	window("/w");
	assert_false(event(CHANGE_SHOWING, "/w"));
	assert_string_equal(looked_at(), "");
}

static void
test_selection(void **state)
{
	(void)state;
	window("/w");
	event(CHANGE_FOCUS, "/row");
	event(CHANGE_SELECTION, "/list");
	assert_string_equal(looked_at(), "/row");
	assert_string_equal(told("Row 2"), "+Row 2");
	assert_string_equal(looked_at(), "/list");
	assert_string_equal(told("Row 2"), "");
	event(CHANGE_SELECTION, "/list");
	looked_at();
	assert_string_equal(told("Row 3"), "Row 3");
	/* And the other way round. */
	event(CHANGE_FOCUS, "/row 3");
	assert_string_equal(looked_at(), "/row 3");
	assert_string_equal(told("Row 3"), "");
	/* There and back. */
	event(CHANGE_FOCUS, "/row");
	looked_at();
	assert_string_equal(told("Row 2"), "Row 2");
	event(CHANGE_SELECTION, "/list");
	looked_at();
	assert_string_equal(told("Row 3"), "Row 3");
}

/* Ten seconds of 10,000 events a second, each about another widget. */
static void
test_flood(void **state)
{
	static const enum change_kind kinds[] = {CHANGE_FOCUS, CHANGE_CHECKED, CHANGE_VALUE,
						 CHANGE_SELECTION, CHANGE_SHOWING};
	unsigned looks = 0, wakes = 0, tells = 0;

	(void)state;
	window("/w");
	for (unsigned i = 0; i < 100000; i++) {
		g_autofree char *path = g_strdup_printf("/%u", i);
		enum change_kind kind = kinds[i % G_N_ELEMENTS(kinds)];
		char *taken;
		bool joins;

		if (i % 10 == 0)
			now_ms++;
		wakes += event(kind, path);
		while (changes_take(changes, &kind, &taken, now())) {
			looks++;
			tells += changes_seen(changes, taken, &joins, now());
			g_free(taken);
		}
	}
	/* Three kinds that are told, ten times a second each; what comes up is one question each.
	 */
	assert_in_range(tells, 200, 3 * 100 + 2000);
	assert_in_range(looks, 200, 3 * 100 + 2000 + 100);
	assert_in_range(wakes, 1, looks);
}

static void
says(enum change_kind kind, const struct apps_widget *widget, bool named, const char *expected)
{
	g_autofree char *words = change_words(kind, widget, named);

	if (expected)
		assert_string_equal(words, expected);
	else
		assert_null(words);
}

static uint64_t
bit(enum a11y_state state)
{
	return (uint64_t)1 << state;
}

static void
test_words(void **state)
{
	char name[] = "Wifi", text[] = "first line\nsecond line", secret[] = "hunter2";
	struct apps_widget box = {.role = A11Y_ROLE_CHECK_BOX, .name = name, .value = NAN};
	struct apps_widget slider = {.role = A11Y_ROLE_SLIDER, .name = name, .value = 0.5};
	struct apps_widget field = {
	    .role = A11Y_ROLE_TEXT, .name = name, .text = text, .value = NAN};
	struct apps_widget password = {
	    .role = A11Y_ROLE_PASSWORD_TEXT, .name = secret, .text = secret, .value = NAN};

	(void)state;
	box.states = bit(A11Y_STATE_SENSITIVE) | bit(A11Y_STATE_CHECKED);
	says(CHANGE_CHECKED, &box, false, "checked");
	says(CHANGE_CHECKED, &box, true, "Wifi, checked");
	box.states = bit(A11Y_STATE_SENSITIVE);
	says(CHANGE_CHECKED, &box, false, "not checked");
	box.role = 44; /* radio button */
	says(CHANGE_CHECKED, &box, false, NULL);
	box.role = A11Y_ROLE_PUSH_BUTTON;
	says(CHANGE_PRESSED, &box, false, NULL);
	box.role = 62; /* toggle button */
	says(CHANGE_PRESSED, &box, false, "not pressed");
	says(CHANGE_EXPANDED, &box, true, "Wifi, collapsed");
	box.states = bit(A11Y_STATE_EXPANDED) | bit(A11Y_STATE_PRESSED);
	box.states |= bit(A11Y_STATE_EXPANDABLE);
	says(CHANGE_CHECKED, &box, false, NULL);
	says(CHANGE_EXPANDED, &box, false, "expanded");
	says(CHANGE_PRESSED, &box, false, "pressed");
	says(CHANGE_VALUE, &slider, false, "0.5");
	says(CHANGE_VALUE, &slider, true, "Wifi, 0.5");
	says(CHANGE_VALUE, &box, false, NULL);
	slider.role = A11Y_ROLE_SCROLL_BAR;
	says(CHANGE_VALUE, &slider, true, NULL);
	field.states = bit(A11Y_STATE_SENSITIVE);
	says(CHANGE_FOCUS, &field, false, "Wifi, text field, first line");
	field.role = 60; /* terminal */
	says(CHANGE_FOCUS, &field, false, "Wifi, terminal");
	says(CHANGE_FOCUS, &password, true, "password");
}

static void
window_says(uint32_t role, const char *title, const char *text, const char *button,
	    const char *expected)
{
	g_autofree char *words = change_words_window(role, title, text, button);

	assert_string_equal(words, expected);
}

static void
test_window_words(void **state)
{
	g_autofree char *first = change_words_progress("Copying", 10.4);
	g_autofree char *next = change_words_progress(NULL, 29.995);

	(void)state;
	window_says(A11Y_ROLE_FRAME, "Calculator", NULL, NULL, "Calculator");
	window_says(A11Y_ROLE_FRAME, NULL, NULL, NULL, "");
	window_says(16, "Open", NULL, "Open", "Open, dialog. Enter is Open");
	window_says(2, NULL, "Save changes?", "Save", "alert. Save changes? Enter is Save");
	assert_string_equal(first, "Copying, 10 percent");
	assert_string_equal(next, "30 percent");
	assert_true(change_words_is_alert(2));
	assert_false(change_words_is_alert(A11Y_ROLE_FRAME));
}

/* GTK 4 leaves its window while a list of it is open. */
static void
test_the_window_that_a_press_left(void **state)
{
	(void)state;
	window("/w");
	changes_acting(changes, true, now());
	changes_window(changes, NULL, now());
	changes_window(changes, "/w", now());
	changes_acting(changes, false, now());
	assert_string_equal(looked_at(), "");
	assert_true(event(CHANGE_FOCUS, "/row"));
	assert_string_equal(looked_at(), "/row");
	assert_string_equal(told("Malta"), "Malta");
	/* Whose it is was announced. */
	changes_said(changes, "Norway, the last", now());
	assert_true(event(CHANGE_SELECTION, "/box"));
	assert_string_equal(looked_at(), "/box");
	assert_string_equal(told("Country, Norway"), "");
	/* A dialog in between is another window, and so is the one before it then. */
	changes_acting(changes, true, now());
	changes_window(changes, "/dialog", now());
	changes_acting(changes, false, now());
	assert_string_equal(looked_at(), "/dialog");
	assert_string_equal(told("Sure?"), "Sure?");
	changes_window(changes, NULL, now());
	changes_window(changes, "/w", now());
	assert_string_equal(looked_at(), "/w");
	assert_string_equal(told("Choices"), "Choices");
	/* Nobody pressed anything. */
	now_ms += 10000;
	changes_window(changes, NULL, now());
	changes_window(changes, "/w", now());
	assert_string_equal(looked_at(), "/w");
}

int
main(void)
{
#define CHANGES_TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
	    CHANGES_TEST(test_focus),
	    CHANGES_TEST(test_late_focus),
	    CHANGES_TEST(test_late_title),
	    CHANGES_TEST(test_states),
	    CHANGES_TEST(test_states_of_the_focus),
	    CHANGES_TEST(test_own),
	    CHANGES_TEST(test_window_goes),
	    CHANGES_TEST(test_selection),
	    CHANGES_TEST(test_flood),
	    CHANGES_TEST(test_the_window_that_a_press_left),
	    cmocka_unit_test(test_words),
	    cmocka_unit_test(test_window_words),
	};

	g_setenv("LC_ALL", "C.UTF-8", TRUE);
	return cmocka_run_group_tests_name("changes", tests, NULL, NULL);
}
