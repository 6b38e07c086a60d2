/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A search that the application itself does (Collection): three round trips for a press in all.
 * daemon/apps_find is the only caller, before it looks by itself. Owns its questions and matches;
 * it ends by itself, with exactly one answer, or when it is freed, with none.
 */
#ifndef SIDETOUCH_APPS_MATCH_H
#define SIDETOUCH_APPS_MATCH_H

#include "daemon/a11y_call.h"
#include "daemon/apps_wanted.h"

struct apps_match;

/*
 * reply A11Y_REPLY_OK: ref shows, can be used, and is pressed by that action. A11Y_REPLY_ERROR: the
 * application cannot search, or nothing was found that way: it has to be looked for otherwise.
 */
typedef void (*apps_match_done)(void *data, enum a11y_reply reply, const struct a11y_ref *ref,
				int action);

/* wanted must outlive the search. */
int apps_match_new(struct a11y_app *app, const struct a11y_ref *window,
		   const struct apps_wanted *wanted, apps_match_done done, void *data,
		   struct apps_match **out);
struct apps_match *apps_match_free(struct apps_match *match);

#endif
