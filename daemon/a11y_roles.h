/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What roles are to a reader: what is stepped on, what only holds others, what next and previous
 * of a kind stop at.
 * Called by everything that reads an application; pure, owns constant tables only.
 */
#ifndef SIDETOUCH_A11Y_ROLES_H
#define SIDETOUCH_A11Y_ROLES_H

#include <stdbool.h>
#include <stdint.h>

#include "common/command.h"

enum a11y_reading {
	A11Y_READING_HOLDER,  /* holds others; stepped on only when it holds none and has a name */
	A11Y_READING_CONTROL, /* can be used; what is inside belongs to it */
	A11Y_READING_TEXT,    /* is read; what can be used inside is stepped on too */
	A11Y_READING_ENTRY,   /* a row or a cell: as a text when it has a name, else a holder */
	A11Y_READING_PICTURE, /* is read when it has a name */
	A11Y_READING_NOTHING, /* an ornament */
	A11Y_READING_PAGE,    /* a tab: it can be used, and GTK's holds its page */
};

enum a11y_reading a11y_role_reading(uint32_t role);
/* Whether Space changes it, where Enter might press something else: what is checked. */
bool a11y_role_is_checked(uint32_t role);
/* Whether it is on or off, and one has to hear which. */
bool a11y_role_is_on_or_off(uint32_t role);
/* Whether Space or Enter presses it once it has the focus. */
bool a11y_role_takes_keys(uint32_t role);
/* Whether it has a value that a person changes, or a choice. */
bool a11y_role_has_value(uint32_t role);
/* Whether it opens a menu when it is pressed. */
bool a11y_role_opens_menu(uint32_t role);
/* Whether it is on or off, or open or closed. */
bool a11y_role_is_toggled(uint32_t role);
/* Whether one writes into it. */
bool a11y_role_is_entry(uint32_t role);
/* Whether it is of that kind; COMMAND_KIND_ANY and COMMAND_KIND_ITEM: never. */
bool a11y_role_is_kind(uint32_t role, enum command_kind kind);
/* Whether `out` stops at it: it holds others and means something. */
bool a11y_role_is_place(uint32_t role);
/* Whether its place among its siblings is worth saying: rows, tabs, menu items. */
bool a11y_role_is_counted(uint32_t role);
/* Whether a holder's children are so counted. */
bool a11y_role_counts(uint32_t role);
/* An application's main windows and its dialogs. */
bool a11y_role_is_dialog(uint32_t role);

#endif
