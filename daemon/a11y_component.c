/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The interface Component: giving a widget the focus, and where it is.
 * Called by the reading cursor and by actions.
 * Owns constant tables only.
 */
#include "daemon/a11y_component.h"

const struct apps_act a11y_grab_focus = {
    .interface = A11Y_IF_COMPONENT,
    .method = "GrabFocus",
    .reply_type = "(b)",
};

/* AtspiCoordType: of its window; Wayland knows no other. */
enum { COORD_WINDOW = 1 };

void
a11y_get_extents(struct a11y_group *group, const struct a11y_ref *ref, a11y_done done, void *data)
{
	a11y_call(group, ref, A11Y_IF_COMPONENT, "GetExtents", g_variant_new("(u)", COORD_WINDOW),
		  "((iiii))", done, data);
}
