/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The interface Component: giving a widget the focus, and where it is.
 * Called by the reading cursor and by actions.
 * Owns constant tables only.
 */
#ifndef SIDETOUCH_A11Y_COMPONENT_H
#define SIDETOUCH_A11Y_COMPONENT_H

#include "daemon/apps_press.h"

/* GrabFocus. */
extern const struct apps_act a11y_grab_focus;

/* Where it is in its window: body is of type ((iiii)), x, y, width and height in pixels. */
void a11y_get_extents(struct a11y_group *group, const struct a11y_ref *ref, a11y_done done,
		      void *data);

#endif
