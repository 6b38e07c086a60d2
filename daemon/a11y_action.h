/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether a widget can be pressed, or made to do something else, and by which of its actions.
 * Called by the search, for each widget that fits, and for the focused one.
 * Owns its questions; it ends by itself with one answer, or when it is freed, with none.
 */
#ifndef SIDETOUCH_A11Y_ACTION_H
#define SIDETOUCH_A11Y_ACTION_H

#include "daemon/a11y_call.h"

struct a11y_action;

/* reply: as of the first question that failed; action -1 when none presses it. */
typedef void (*a11y_action_done)(void *data, enum a11y_reply reply, uint64_t states, int action);

/* verbs: what it is to do, from daemon/a11y_words. */
int a11y_action_new_of(struct a11y_app *app, const struct a11y_ref *ref, const char *const *verbs,
		       a11y_action_done done, void *data, struct a11y_action **out);
/* What presses it. */
int a11y_action_new(struct a11y_app *app, const struct a11y_ref *ref, a11y_action_done done,
		    void *data, struct a11y_action **out);
struct a11y_action *a11y_action_free(struct a11y_action *action);

#endif
