/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which window is in front and what has the focus, from the accessibility bus' events.
 * daemon/apps makes one for each connection and is the only caller. Owns the subscriptions and the
 * two references; asks applications only when no event says which window is in front.
 */
#ifndef SIDETOUCH_A11Y_FRONT_H
#define SIDETOUCH_A11Y_FRONT_H

#include "daemon/a11y_call.h"

struct a11y_front_events {
	/* Another window came in front, or none is. */
	void (*window)(void *data);
	/* Another widget of the application in front has the focus. */
	void (*focus)(void *data);
};

struct a11y_front;

int a11y_front_new(GDBusConnection *connection, const struct a11y_front_events *events, void *data,
		   struct a11y_front **out);
struct a11y_front *a11y_front_unref(struct a11y_front *front);

/* Ask the applications which of their windows is in front; once, when the registry is there. */
void a11y_front_scan(struct a11y_front *front);

/* What has the focus was asked. */
void a11y_front_set_focus(struct a11y_front *front, const struct a11y_ref *focus);
/* It has the focus already, which no event told: nothing moved, so nothing is told. */
void a11y_front_know_focus(struct a11y_front *front, const struct a11y_ref *focus);

/* Not set when there is none; valid until the next event. */
const struct a11y_ref *a11y_front_window(const struct a11y_front *front);
/* Of the application in front only; not set when it did not tell. */
const struct a11y_ref *a11y_front_focus(const struct a11y_front *front);

#endif
