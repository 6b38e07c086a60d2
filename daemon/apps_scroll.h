/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Scrolling what the user reads by a page: by its scroll bar, else by a key.
 * daemon/apps_run is the only caller.
 * Owns its walk and its questions; it ends by itself with one result, or when it is freed, with
 * none.
 */
#ifndef SIDETOUCH_APPS_SCROLL_H
#define SIDETOUCH_APPS_SCROLL_H

#include "daemon/apps_deed.h"

struct apps_scroll;

/* near: the scroll bar that is nearest to this is meant; may be unset. The result's text says how
 * far it is: "40 percent". done is never called from inside. */
int apps_scroll_new(struct a11y_app *app, const struct a11y_ref *window,
		    const struct a11y_ref *near, enum command_direction direction,
		    apps_deed_key key, apps_press_done done, void *data, struct apps_scroll **out);
struct apps_scroll *apps_scroll_free(struct apps_scroll *scroll);

/* The key was typed, or why it was not: a sentence. */
void apps_scroll_typed(struct apps_scroll *scroll, const char *reason);

#endif
