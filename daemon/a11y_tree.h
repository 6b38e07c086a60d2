/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * All that a window shows, asked for at once, in reading order.
 * The reading cursor makes one, keeps it while nothing changes, and is the only caller.
 * Owns the walk and the order; it ends by itself with one answer, or when it is freed, with none.
 */
#ifndef SIDETOUCH_A11Y_TREE_H
#define SIDETOUCH_A11Y_TREE_H

#include "daemon/a11y_items.h"

struct a11y_tree;

/* reply A11Y_REPLY_OK: it can be read. Called once, never from a11y_tree_new(). */
typedef void (*a11y_tree_done)(void *data, enum a11y_reply reply);

int a11y_tree_new(struct a11y_app *app, const struct a11y_ref *window, a11y_tree_done done,
		  void *data, struct a11y_tree **out);
struct a11y_tree *a11y_tree_free(struct a11y_tree *tree);

/* Only after its good answer. */
const struct a11y_items *a11y_tree_items(const struct a11y_tree *tree);
/* Whether there is more in the window than was asked for. */
bool a11y_tree_is_cut(const struct a11y_tree *tree);

#endif
