/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An application in front that tells more than anybody needs: it is not listened to for a while, so
 * that its answers do not wait behind its events, and then asked anew what has the focus.
 * daemon/apps makes one for each connection and is the only caller. Owns the timer and the search.
 */
#ifndef SIDETOUCH_APPS_FLOOD_H
#define SIDETOUCH_APPS_FLOOD_H

#include <stdbool.h>

#include "daemon/a11y_call.h"

struct apps_flood;

struct apps_flood_events {
	/* Whether what changes in the application in front is to be listened to. */
	void (*listen)(void *data, bool listen);
	/* What has the focus after it. */
	void (*focus)(void *data, const struct a11y_ref *focus);
};

/* events must outlive it. */
struct apps_flood *apps_flood_new(GDBusConnection *connection,
				  const struct apps_flood_events *events, void *data);
struct apps_flood *apps_flood_free(struct apps_flood *flood);

/* The window in front and its application; NULL: none. */
void apps_flood_window(struct apps_flood *flood, struct a11y_app *app,
		       const struct a11y_ref *window);

#endif
