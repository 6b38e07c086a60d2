/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a change is put into words: "checked", "Volume, 40", "Save changes?, alert".
 * Called by daemon/apps_changes; pure.
 * Owns nothing.
 */
#ifndef SIDETOUCH_CHANGE_WORDS_H
#define SIDETOUCH_CHANGE_WORDS_H

#include "daemon/apps_widget.h"
#include "daemon/changes.h"

/* Of what a widget is now. named: it is not what the user is at, so its name is said. NULL: there
 * is nothing to say. Allocated. */
char *change_words(enum change_kind kind, const struct apps_widget *widget, bool named);

/* A window that came in front; text: what is written in an alert, button: the one that Enter
 * presses; either may be NULL. "": it tells nothing of itself. Allocated. */
char *change_words_window(uint32_t role, const char *title, const char *text, const char *button);

/* How far a progress bar is. name: NULL unless it is said for the first time. Allocated. */
char *change_words_progress(const char *name, double percent);

/* Whether such a thing is told when it comes up. */
bool change_words_is_alert(uint32_t role);

#endif
