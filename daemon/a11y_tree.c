/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * All that a window shows, asked for at once, in reading order.
 * The reading cursor makes one, keeps it while nothing changes, and is the only caller.
 * Owns the walk and the order; it ends by itself with one answer, or when it is freed, with none.
 */
#include "daemon/a11y_tree.h"

struct a11y_tree {
	struct a11y_walk *walk;
	struct a11y_items *items; /* NULL until all is there */
	a11y_tree_done done;
	void *data;
};

static void
on_batch(void *data, size_t first, size_t end)
{
	struct a11y_tree *tree = data;

	(void)first;
	(void)end;
	a11y_walk_next(tree->walk);
}

static void
on_end(void *data, enum a11y_reply reply)
{
	struct a11y_tree *tree = data;
	g_autoptr(GPtrArray) nodes = g_ptr_array_new();

	if (reply == A11Y_REPLY_OK && a11y_walk_unready(tree->walk))
		reply = A11Y_REPLY_ERROR;
	if (reply == A11Y_REPLY_OK) {
		for (size_t i = 0; i < a11y_walk_count(tree->walk); i++)
			g_ptr_array_add(nodes, (void *)a11y_walk_node(tree->walk, i));
		tree->items = a11y_items_new((const struct a11y_node *const *)nodes->pdata,
					     nodes->len, a11y_walk_shows(tree->walk));
	}
	tree->done(tree->data, reply);
}

int
a11y_tree_new(struct a11y_app *app, const struct a11y_ref *window, a11y_tree_done done, void *data,
	      struct a11y_tree **out)
{
	static const struct a11y_walk_events events = {on_batch, on_end};
	struct a11y_tree *tree = g_new0(struct a11y_tree, 1);

	tree->done = done;
	tree->data = data;
	*out = tree;
	return a11y_walk_new(app, window,
			     A11Y_WALK_ROLE | A11Y_WALK_NAME | A11Y_WALK_STATES | A11Y_WALK_SHOWN,
			     &events, tree, &tree->walk);
}

struct a11y_tree *
a11y_tree_free(struct a11y_tree *tree)
{
	if (!tree)
		return NULL;
	a11y_walk_free(tree->walk);
	a11y_items_free(tree->items);
	g_free(tree);
	return NULL;
}

const struct a11y_items *
a11y_tree_items(const struct a11y_tree *tree)
{
	return tree->items;
}

bool
a11y_tree_is_cut(const struct a11y_tree *tree)
{
	return a11y_walk_cut(tree->walk);
}
