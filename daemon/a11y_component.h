/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The interface Component: giving a widget the focus, and bringing it into view.
 * Called by the reading cursor and by actions.
 * Owns constant tables only.
 */
#ifndef SIDETOUCH_A11Y_COMPONENT_H
#define SIDETOUCH_A11Y_COMPONENT_H

#include "daemon/apps_press.h"

/* GrabFocus. */
extern const struct apps_act a11y_grab_focus;

#endif
