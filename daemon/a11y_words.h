/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Words of the accessibility bus: what its numbers for roles and states are called, whether a
 * widget's name is the one that a profile wrote, and which of its actions presses it.
 * Called by everything that reads an application; pure, owns constant tables only.
 */
#ifndef SIDETOUCH_A11Y_WORDS_H
#define SIDETOUCH_A11Y_WORDS_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Of a name, the first bytes that count: daemon/speech cuts at 4 kB, a paragraph has 2000.
 */
#define A11Y_TEXT_BYTES 2000

/* AtspiStateType, at-spi2-core 2.46: those that are asked for. */
enum a11y_state {
	A11Y_STATE_INVALID = 0,
	A11Y_STATE_ACTIVE = 1,
	A11Y_STATE_BUSY = 3,
	A11Y_STATE_CHECKED = 4,
	A11Y_STATE_DEFUNCT = 6,
	A11Y_STATE_EDITABLE = 7,
	A11Y_STATE_ENABLED = 8,
	A11Y_STATE_EXPANDABLE = 9,
	A11Y_STATE_EXPANDED = 10,
	A11Y_STATE_FOCUSABLE = 11,
	A11Y_STATE_FOCUSED = 12,
	A11Y_STATE_HORIZONTAL = 13,
	A11Y_STATE_PRESSED = 20,
	A11Y_STATE_SELECTED = 23,
	A11Y_STATE_SENSITIVE = 24,
	A11Y_STATE_SHOWING = 25,
	A11Y_STATE_VERTICAL = 29,
	A11Y_STATE_VISIBLE = 30,
	A11Y_STATE_INDETERMINATE = 32,
	A11Y_STATE_REQUIRED = 33,
	A11Y_STATE_INVALID_ENTRY = 36,
	A11Y_STATE_IS_DEFAULT = 39,
	A11Y_STATE_CHECKABLE = 41,
	A11Y_STATE_READ_ONLY = 43,
};

/* AtspiRole: those that are treated differently. */
enum a11y_role {
	A11Y_ROLE_CHECK_BOX = 7,
	A11Y_ROLE_COMBO_BOX = 11,
	A11Y_ROLE_DIAL = 15,
	A11Y_ROLE_FRAME = 23,
	A11Y_ROLE_PAGE_TAB = 37,
	A11Y_ROLE_PANEL = 39,
	A11Y_ROLE_PASSWORD_TEXT = 40,
	A11Y_ROLE_PROGRESS_BAR = 42,
	A11Y_ROLE_PUSH_BUTTON = 43,
	A11Y_ROLE_SCROLL_BAR = 48,
	A11Y_ROLE_SLIDER = 51,
	A11Y_ROLE_SPIN_BUTTON = 52,
	A11Y_ROLE_TEXT = 61,
	A11Y_ROLE_TOGGLE_BUTTON = 62,
	A11Y_ROLE_ENTRY = 79,
	A11Y_ROLE_HEADING = 83,
	A11Y_ROLE_LEVEL_BAR = 103,
	A11Y_ROLE_RATING = 114,
	A11Y_ROLE_COUNT = 131, /* at-spi2-core 2.58 */
};

/* "push button"; "unknown" for a number that is none. */
const char *a11y_role_name(uint32_t role);
/* wanted: a role's name, "button" too for a push button; case does not matter. */
bool a11y_role_matches(const char *wanted, uint32_t role);

bool a11y_state_has(uint64_t states, enum a11y_state state);
/* "checked, expanded"; empty when there is nothing to tell. Allocated. */
char *a11y_state_describe(uint64_t states);
/* Whether a person could press it: not greyed, and SHOWING where the toolkit tells that (shows). */
bool a11y_state_usable(uint64_t states, bool shows);

/* Whether it is only what GTK 4 calls a widget without a name: "GtkEntry". */
bool a11y_name_is_class(const char *name);
/* Valid, on one line, A11Y_TEXT_BYTES at most, what GTK 4 doubles once. Allocated. */
char *a11y_name_tidy(const char *name);
/* What to call it: its name, else its description without "[shortcut]", else "". Allocated. */
char *a11y_name_best(const char *name, const char *description);
/* Whether the name a profile wrote is this one, exactly or once both are tidy. */
bool a11y_name_matches(const char *wanted, const char *name);

/* Names of actions that do the same, the best first, NULL-terminated: what presses a widget, and
 * what switches it. */
extern const char *const a11y_verbs_press[];
extern const char *const a11y_verbs_toggle[];
extern const char *const a11y_verbs_increase[];
extern const char *const a11y_verbs_decrease[];
extern const char *const a11y_verbs_menu[];

/* Which of a widget's actions presses it, -1 when none does; and which does what verbs say. */
int a11y_action_choose(const char *const *names, size_t count);
int a11y_action_choose_of(const char *const *verbs, const char *const *names, size_t count);

#endif
