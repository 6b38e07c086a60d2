/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the user is at in a window, and how a profile would name it.
 * daemon/apps makes one for each press that asks and is the only caller. Owns its questions and the
 * widgets it has seen; it ends by itself, with exactly one answer, or when it is freed, with none.
 */
#ifndef SIDETOUCH_APPS_POINT_H
#define SIDETOUCH_APPS_POINT_H

#include "daemon/a11y_naming.h"

struct apps_point;

/* naming: valid for the call. Called once, never from apps_point_new(). */
typedef void (*apps_point_done)(void *data, const struct a11y_naming *naming);

/* cursor: what is being read; not set: what has the focus. */
int apps_point_new(struct a11y_app *app, const struct a11y_ref *window,
		   const struct a11y_ref *cursor, apps_point_done done, void *data,
		   struct apps_point **out);
struct apps_point *apps_point_free(struct apps_point *point);

#endif
