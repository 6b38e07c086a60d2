/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a window shows, in reading order, from its beginning as far as was asked for.
 * The reading cursor makes one, keeps it while nothing changes, and is the only caller.
 * Owns the walk and the order; each part ends with one answer, or when it is freed, with none.
 */
#ifndef SIDETOUCH_A11Y_TREE_H
#define SIDETOUCH_A11Y_TREE_H

#include "daemon/a11y_items.h"

struct a11y_tree;

/* reply A11Y_REPLY_OK: it can be read. Once for a11y_tree_new() and each a11y_tree_more(), never
 * from inside these. */
typedef void (*a11y_tree_done)(void *data, enum a11y_reply reply);

int a11y_tree_new(struct a11y_app *app, const struct a11y_ref *window, a11y_tree_done done,
		  void *data, struct a11y_tree **out);
struct a11y_tree *a11y_tree_free(struct a11y_tree *tree);

/* Only after its good answer; valid until the next one. */
const struct a11y_items *a11y_tree_items(const struct a11y_tree *tree);
/* Whether there is more in the window that was not asked for yet. */
bool a11y_tree_has_more(const struct a11y_tree *tree);
/* Ask for it; only if it has, and once at a time. */
void a11y_tree_more(struct a11y_tree *tree);
/* Whether there is more than can be asked for. */
bool a11y_tree_is_cut(const struct a11y_tree *tree);
/* Whether the application left questions unanswered: there may be more. */
bool a11y_tree_is_unanswered(const struct a11y_tree *tree);

#endif
