/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A search of one window: the widget of a role and a name, or the focused one.
 * The commands of daemon/apps are the only callers. A search owns its questions and the widgets it
 * has seen; it ends by itself, with exactly one answer, or when it is freed, with none.
 */
#ifndef SIDETOUCH_APPS_FIND_H
#define SIDETOUCH_APPS_FIND_H

#include "daemon/a11y_call.h"
#include "daemon/apps_wanted.h"

enum apps_find_end {
	APPS_FIND_FOUND,
	APPS_FIND_NONE,
	APPS_FIND_GREYED,  /* it is there, and cannot be pressed: ref */
	APPS_FIND_LATE,    /* the application does not answer */
	APPS_FIND_LARGE,   /* it answers, but there is more than could be looked at */
	APPS_FIND_UNREADY, /* it answers, but does not know its own window (yet) */
	APPS_FIND_GONE,    /* the application has gone */
};

struct apps_find;

/*
 * ref and action, when found: the widget, and the number of its action that presses it (-1 for a
 * one that has none: the focused one, or when no other fits). Valid for the call. Called once,
 * never from apps_find_new().
 */
typedef void (*apps_find_done)(void *data, enum apps_find_end end, const struct a11y_ref *ref,
			       int action);

int apps_find_new(struct a11y_app *app, const struct a11y_ref *window,
		  const struct apps_wanted *wanted, apps_find_done done, void *data,
		  struct apps_find **out);
struct apps_find *apps_find_free(struct apps_find *find);

#endif
