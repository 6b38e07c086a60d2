/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The widgets of a window in reading order, and which of them a reading cursor steps on.
 * Called by daemon/a11y_tree and the reading cursor; pure.
 * Owns its tables; the nodes that it was made of must live as long.
 */
#ifndef SIDETOUCH_A11Y_ITEMS_H
#define SIDETOUCH_A11Y_ITEMS_H

#include "common/command.h"
#include "daemon/a11y_walk.h"

/* No such place. */
#define A11Y_ITEMS_NONE SIZE_MAX

struct a11y_items;

/*
 * Of nodes in the order of a walk: each after its parent, siblings in order, the window first.
 * before: of these, the first in reading order that nothing is known of, where it ends;
 * A11Y_ITEMS_NONE: all are known. Places stay the same when more are. shows: as in
 * a11y_walk_shows().
 */
struct a11y_items *a11y_items_new(const struct a11y_node *const *nodes, size_t count, size_t before,
				  bool shows);
struct a11y_items *a11y_items_free(struct a11y_items *items);

/* Places are numbers in reading order. */
size_t a11y_items_count(const struct a11y_items *items);
const struct a11y_node *a11y_items_node(const struct a11y_items *items, size_t place);
/* A11Y_ITEMS_NONE when it is not there, or not shown. */
size_t a11y_items_find(const struct a11y_items *items, const char *path);

/* Whether one is somewhere inside the other. */
bool a11y_items_is_in(const struct a11y_items *items, size_t place, size_t around);
/* Whether there is nothing after it but what is in it. */
bool a11y_items_is_last(const struct a11y_items *items, size_t place);
bool a11y_items_is_item(const struct a11y_items *items, size_t place);

/* The nearest of a kind after or before a place; from A11Y_ITEMS_NONE: the first or the last. */
size_t a11y_items_after(const struct a11y_items *items, size_t place, enum command_kind kind);
size_t a11y_items_before(const struct a11y_items *items, size_t place, enum command_kind kind);
/* The first thing inside it; what it is in that means something. */
size_t a11y_items_into(const struct a11y_items *items, size_t place);
size_t a11y_items_out(const struct a11y_items *items, size_t place);
/* Of all items, the number of this one or of the last before it, from 1; 0: before the first. */
size_t a11y_items_number(const struct a11y_items *items, size_t place, size_t *of);

#endif
