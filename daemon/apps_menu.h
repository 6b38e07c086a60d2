/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Opening the menu of a widget: by an action of its own, as a button that has one, or by a key.
 * daemon/apps_run is the only caller.
 * Owns its questions; it ends by itself with one result, or when it is freed, with none.
 */
#ifndef SIDETOUCH_APPS_MENU_H
#define SIDETOUCH_APPS_MENU_H

#include "daemon/apps_deed.h"

struct apps_menu;

/* done is never called from inside. */
int apps_menu_new(struct a11y_app *app, const struct a11y_ref *ref, apps_deed_key key,
		  apps_press_done done, void *data, struct apps_menu **out);
struct apps_menu *apps_menu_free(struct apps_menu *menu);

/* The key was typed, or why it was not: a sentence. */
void apps_menu_typed(struct apps_menu *menu, const char *reason);

#endif
