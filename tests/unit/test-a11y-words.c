/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Names, roles, states and actions as real toolkits give them, and what is told of a widget.
 * Run by `make check`; the rows were read from GTK 3.24 and GTK 4.8, or are hostile.
 * Owns nothing.
 */
#include "daemon/a11y_words.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "common/cleanup.h"
#include "daemon/a11y_value.h"
#include "daemon/apps_toggle.h"
#include "daemon/apps_widget.h"

#define BIT(state) (1ULL << (unsigned)(state))

static void
roles(void **state)
{
	(void)state;
	assert_string_equal(a11y_role_name(A11Y_ROLE_PUSH_BUTTON), "push button");
	assert_string_equal(a11y_role_name(129), "push button menu");
	assert_string_equal(a11y_role_name(130), "switch");
	assert_string_equal(a11y_role_name(131), "unknown");
	assert_string_equal(a11y_role_name(UINT32_MAX), "unknown");
	assert_true(a11y_role_matches("button", A11Y_ROLE_PUSH_BUTTON));
	assert_true(a11y_role_matches("Push Button", A11Y_ROLE_PUSH_BUTTON));
	assert_false(a11y_role_matches("button", 62)); /* a toggle button */
	assert_true(a11y_role_matches("toggle button", 62));
	assert_false(a11y_role_matches("", A11Y_ROLE_PUSH_BUTTON));
}

static void
tidy_names(void **state)
{
	static const struct {
		const char *name;
		const char *tidy;
	} rows[] = {
	    {"5 5", "5"},
	    {"mod mod", "mod"},
	    {"\xc3\xb7 \xc3\xb7", "\xc3\xb7"},
	    {"5 6", "5 6"},
	    {"New      ", "New"},
	    {"  a\n\tb\x01", "a b"},
	    {"", ""},
	    {" ", ""},
	    {"a", "a"},
	    {"bye bye", "bye"},
	    {"5 5 5", "5 5 5"},
	    {"_Done Done", "Done"},
	    {"Sa_ve Save", "Save"},
	    {"_Done Dome", "_Done Dome"},
	    {"snake_case", "snake_case"},
	    {"_ ", "_"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		g_autofree char *tidy = a11y_name_tidy(rows[i].name);

		assert_string_equal(tidy, rows[i].tidy);
	}
}

static void
huge_and_broken_names(void **state)
{
	g_autofree char *huge = g_strnfill(4 << 20, 'x');
	g_autofree char *tidy = a11y_name_tidy(huge);
	g_autofree char *broken = a11y_name_tidy("a\xff\xc3");

	(void)state;
	assert_int_equal(strlen(tidy), A11Y_TEXT_BYTES);
	assert_true(g_utf8_validate(broken, -1, NULL));
}

static void
names_that_match(void **state)
{
	(void)state;
	assert_true(a11y_name_matches("5", "5 5"));
	assert_true(a11y_name_matches("5", "5"));
	assert_true(a11y_name_matches("5 5", "5 5"));
	assert_true(a11y_name_matches("Save", "Save      "));
	assert_false(a11y_name_matches("5", "55"));
	assert_false(a11y_name_matches("5", "GtkButton"));
	assert_false(a11y_name_matches("save", "Save"));
}

static void
best_names(void **state)
{
	static const struct {
		const char *name;
		const char *description;
		const char *best;
	} rows[] = {
	    {"GtkImage", "Clear Display [Escape]", "Clear Display"},
	    {"GtkButton", "Start Group [(]", "Start Group"},
	    {"GtkEntry", NULL, ""},
	    {"= =", "Calculate Result", "="},
	    {"", "[x]", "[x]"},
	    {"Gtk", "d", "Gtk"},
	    {"Gtk programs", "d", "Gtk programs"},
	    {"GtkWidget is a class", "d", "GtkWidget is a class"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		g_autofree char *best = a11y_name_best(rows[i].name, rows[i].description);

		assert_string_equal(best, rows[i].best);
	}
}

static void
actions(void **state)
{
	static const char *const label[] = {"clipboard.copy", "selection.delete", "link.open"};
	static const char *const button[] = {"clipboard.copy", "click"};
	static const char *const toggle[] = {"toggle", "Press"};

	(void)state;
	assert_int_equal(a11y_action_choose(label, ARRAY_LENGTH(label)), -1);
	assert_int_equal(a11y_action_choose(button, ARRAY_LENGTH(button)), 1);
	assert_int_equal(a11y_action_choose(toggle, ARRAY_LENGTH(toggle)), 1);
	assert_int_equal(a11y_action_choose(NULL, 0), -1);
	assert_int_equal(a11y_action_choose_of(a11y_verbs_toggle, toggle, ARRAY_LENGTH(toggle)), 0);
	assert_int_equal(a11y_action_choose_of(a11y_verbs_increase, toggle, ARRAY_LENGTH(toggle)),
			 -1);
}

/* What has changed of a widget that was switched. */
static void
turns(void **state)
{
	static const struct {
		uint64_t before, after;
		const char *words;
	} rows[] = {
	    {0, BIT(A11Y_STATE_CHECKED), "checked"},
	    {BIT(A11Y_STATE_CHECKED), 0, "not checked"},
	    {BIT(A11Y_STATE_CHECKED), BIT(A11Y_STATE_INDETERMINATE), "partly checked"},
	    {BIT(A11Y_STATE_INDETERMINATE), BIT(A11Y_STATE_CHECKED), "checked"},
	    {BIT(A11Y_STATE_PRESSED), BIT(A11Y_STATE_FOCUSED), "not pressed"},
	    {BIT(A11Y_STATE_EXPANDABLE), BIT(A11Y_STATE_EXPANDED), "expanded"},
	    {BIT(A11Y_STATE_CHECKED), BIT(A11Y_STATE_CHECKED) | BIT(A11Y_STATE_FOCUSED), NULL},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		const char *words = apps_toggle_words(rows[i].before, rows[i].after);

		if (rows[i].words)
			assert_string_equal(words, rows[i].words);
		else
			assert_null(words);
	}
}

/* One step of a value, as toolkits tell of it. */
static void
steps(void **state)
{
	static const struct {
		struct a11y_range range;
		double up, down;
	} rows[] = {
	    {{50, 0, 100, 1}, 51, 49},     {{50, 0, 100, 0}, 55, 45},  {{100, 0, 100, 1}, 100, 99},
	    {{0.5, 0, 1, 0}, 0.55, 0.45},  {{7, NAN, NAN, 0}, 8, 6},   {{7, 0, 0, 0}, 8, 6},
	    {{7, 0, INFINITY, NAN}, 8, 6}, {{99, 0, 100, 5}, 100, 94}, {{5, 100, 0, 0}, 6, 4},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		double up = a11y_range_step(&rows[i].range, true);
		double down = a11y_range_step(&rows[i].range, false);

		assert_true(fabs(up - rows[i].up) < 1e-9);
		assert_true(fabs(down - rows[i].down) < 1e-9);
	}
}

static void
usable(void **state)
{
	(void)state;
	assert_true(a11y_state_usable(BIT(A11Y_STATE_SENSITIVE), false));
	assert_true(a11y_state_usable(BIT(A11Y_STATE_ENABLED), false));
	assert_false(a11y_state_usable(BIT(A11Y_STATE_SENSITIVE), true));
	assert_true(a11y_state_usable(BIT(A11Y_STATE_SENSITIVE) | BIT(A11Y_STATE_SHOWING), true));
	assert_false(a11y_state_usable(BIT(A11Y_STATE_SHOWING), true));
	assert_false(a11y_state_usable(BIT(A11Y_STATE_SENSITIVE) | BIT(A11Y_STATE_DEFUNCT), false));
}

static void
words_of_a_widget(void **state)
{
	const uint64_t on = BIT(A11Y_STATE_SENSITIVE);
	const struct {
		uint32_t role;
		const char *name;
		uint64_t states;
		double value;
		const char *words;
	} rows[] = {
	    {A11Y_ROLE_PUSH_BUTTON, "5 5", on, NAN, "5, button"},
	    {A11Y_ROLE_PUSH_BUTTON, "Undo", 0, NAN, "Undo, button, not available"},
	    {7, "Wrap", on | BIT(A11Y_STATE_CHECKED), NAN, "Wrap, check box, checked"},
	    {7, "Wrap", on | BIT(A11Y_STATE_CHECKABLE), NAN, "Wrap, check box, not checked"},
	    /* As GTK says it of one that is off. */
	    {7, "Wrap", on, NAN, "Wrap, check box, not checked"},
	    {44, "Left", on, NAN, "Left, radio button, not checked"},
	    {62, "Bold", on, NAN, "Bold, toggle button, not checked"},
	    {62, "Bold", on | BIT(A11Y_STATE_PRESSED), NAN, "Bold, toggle button, pressed"},
	    {62, "More", on | BIT(A11Y_STATE_EXPANDABLE), NAN, "More, toggle button, collapsed"},
	    {130, "Wifi", on, NAN, "Wifi, switch, not checked"},
	    {33, "File", on | BIT(A11Y_STATE_EXPANDABLE), NAN, "File, menu, collapsed"},
	    {A11Y_ROLE_SLIDER, "Volume", on, 40, "Volume, slider, 40"},
	    {A11Y_ROLE_SLIDER, "Volume", on, INFINITY, "Volume, slider"},
	    {A11Y_ROLE_PUSH_BUTTON, "5", on, 40, "5, button"},
	    {A11Y_ROLE_TEXT, "GtkTextView", on, NAN, "text field"},
	    {A11Y_ROLE_PASSWORD_TEXT, "hunter2", on, NAN, "password"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		const struct apps_widget widget = {
		    .role = rows[i].role,
		    .name = (char *)rows[i].name,
		    .states = rows[i].states,
		    .value = rows[i].value,
		};
		g_autofree char *words = apps_widget_words(&widget);

		assert_string_equal(words, rows[i].words);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(roles),
	    cmocka_unit_test(tidy_names),
	    cmocka_unit_test(huge_and_broken_names),
	    cmocka_unit_test(names_that_match),
	    cmocka_unit_test(best_names),
	    cmocka_unit_test(actions),
	    cmocka_unit_test(turns),
	    cmocka_unit_test(steps),
	    cmocka_unit_test(usable),
	    cmocka_unit_test(words_of_a_widget),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
