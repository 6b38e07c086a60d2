/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An action that an app exports on the session bus (org.gtk.Actions, as every GTK and GApplication
 * program does): whether it can be done now, and doing it. Called by daemon/offers.
 * Owns what is under way until its one answer; nothing waits.
 */
#ifndef SIDETOUCH_APP_ACTION_H
#define SIDETOUCH_APP_ACTION_H

#include <gio/gio.h>
#include <stdbool.h>

#include "daemon/brain.h"

/* Which action: of this connection (its unique name), at this object, by this name. */
struct app_action {
	const char *bus;
	const char *path;
	const char *name;
	const char *label; /* what the user knows it by */
};

/* text as in brain_result(). From the loop, exactly once unless cancelled before. */
typedef void app_action_done(void *data, uint32_t press, enum brain_result result,
			     const char *text);

/*
 * Ask whether there is such an action, without a parameter and not greyed out, and unless only_look
 * do it. action and its strings are copied as far as they are needed.
 */
void app_action_call(GDBusConnection *connection, const struct app_action *action, bool only_look,
		     uint32_t press, GCancellable *cancellable, app_action_done *done, void *data);

#endif
