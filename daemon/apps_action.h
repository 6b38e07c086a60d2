/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An action of an application itself, or of its window: app.quit, win.zoom-in (org.gtk.Actions).
 * daemon/apps_run is the only caller. Looks only on connections of the application's own process.
 * Owns its questions; it ends by itself with one result, or when it is freed, with none.
 */
#ifndef SIDETOUCH_APPS_ACTION_H
#define SIDETOUCH_APPS_ACTION_H

#include "daemon/apps_press.h"

struct apps_action;

/*
 * session: the session bus. detailed: as in "app.quit" or "win.zoom::fit". only_look: find out
 * whether it could be done now. done is never called from inside.
 */
int apps_action_new(GDBusConnection *session, struct a11y_app *app, const struct a11y_ref *window,
		    const char *detailed, bool only_look, apps_press_done done, void *data,
		    struct apps_action **out);
struct apps_action *apps_action_free(struct apps_action *action);

#endif
