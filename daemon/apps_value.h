/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Increasing and decreasing a widget by one step: its value, else its choice, else an action of its
 * own.
 * daemon/apps_run is the only caller.
 * Owns its questions; it ends by itself with one result, or when it is freed, with none.
 */
#ifndef SIDETOUCH_APPS_VALUE_H
#define SIDETOUCH_APPS_VALUE_H

#include "daemon/apps_deed.h"

struct apps_value;

/* The result's text is the value that it has then, or what is chosen. done is never called from
 * inside. */
int apps_value_new(struct a11y_app *app, const struct a11y_ref *ref, bool up, apps_deed_key key,
		   apps_press_done done, void *data, struct apps_value **out);
struct apps_value *apps_value_free(struct apps_value *value);
/* The key was typed, or why it was not: a sentence. */
void apps_value_typed(struct apps_value *value, const char *reason);

/* "40", "0.35": as a value is said. Allocated. */
char *apps_value_words(double value);

#endif
