/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The interface Component: giving a widget the focus, and bringing it into view.
 * Called by the reading cursor and by actions.
 * Owns constant tables only.
 */
#include "daemon/a11y_component.h"

const struct apps_act a11y_grab_focus = {
    .interface = A11Y_IF_COMPONENT,
    .method = "GrabFocus",
    .reply_type = "(b)",
};
