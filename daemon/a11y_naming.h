/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a profile would name a widget so that it, and no other of its window, is found again: by role
 * and name, where these are not enough by its id or its description, and last by its place.
 * Called by daemon/apps_point; pure. What is found out owns its strings.
 */
#ifndef SIDETOUCH_A11Y_NAMING_H
#define SIDETOUCH_A11Y_NAMING_H

#include "daemon/a11y_walk.h"

struct a11y_naming {
	char *command; /* `activate role=button name="5"`; NULL: words say why there is none */
	char *label;   /* what to call it; NULL: as the command does by itself */
	char *words;   /* "5, button" */
};

void a11y_naming_clear(struct a11y_naming *naming);

/* target: the number of the node, shows: as of the walk. The nodes need all but their states, and
 * these too where shows is true. */
void a11y_naming_find(const struct a11y_node *const *nodes, size_t count, size_t target, bool shows,
		      struct a11y_naming *out);

#endif
