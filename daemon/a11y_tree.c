/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a window shows, in reading order, from its beginning as far as was asked for.
 * The reading cursor makes one, keeps it while nothing changes, and is the only caller.
 * Owns the walk and the order; each part ends with one answer, or when it is freed, with none.
 */
#include "daemon/a11y_tree.h"

/* Widgets asked for at a time. Nearly all windows have fewer: gnome-calculator 110, mousepad 310;
 * GTK 4, the slowest, answers for so many in half a second. */
#define PART_NODES 1000

struct a11y_tree {
	struct a11y_walk *walk;
	struct a11y_items *items; /* NULL until there are some */
	size_t until;             /* of the walk's widgets: where this part ends */
	a11y_tree_done done;
	void *data;
};

static void
put_in_order(struct a11y_tree *tree)
{
	g_autoptr(GPtrArray) nodes = g_ptr_array_new();

	for (size_t i = 0; i < a11y_walk_count(tree->walk); i++)
		g_ptr_array_add(nodes, (void *)a11y_walk_node(tree->walk, i));
	a11y_items_free(tree->items);
	tree->items = a11y_items_new((const struct a11y_node *const *)nodes->pdata, nodes->len,
				     a11y_walk_frontier(tree->walk), a11y_walk_shows(tree->walk));
}

static void
on_batch(void *data, size_t first, size_t end)
{
	struct a11y_tree *tree = data;

	(void)first;
	(void)end;
	if (a11y_walk_asked(tree->walk) < tree->until || !a11y_tree_has_more(tree)) {
		a11y_walk_next(tree->walk);
		return;
	}
	put_in_order(tree);
	tree->done(tree->data, A11Y_REPLY_OK);
}

static void
on_end(void *data, enum a11y_reply reply)
{
	struct a11y_tree *tree = data;

	if (reply == A11Y_REPLY_OK && a11y_walk_unready(tree->walk))
		reply = A11Y_REPLY_ERROR;
	if (reply == A11Y_REPLY_OK)
		put_in_order(tree);
	tree->done(tree->data, reply);
}

int
a11y_tree_new(struct a11y_app *app, const struct a11y_ref *window, a11y_tree_done done, void *data,
	      struct a11y_tree **out)
{
	static const struct a11y_walk_events events = {on_batch, on_end};
	struct a11y_tree *tree = g_new0(struct a11y_tree, 1);

	tree->until = PART_NODES;
	tree->done = done;
	tree->data = data;
	*out = tree;
	return a11y_walk_new(app, window,
			     A11Y_WALK_ROLE | A11Y_WALK_NAME | A11Y_WALK_STATES | A11Y_WALK_SHOWN |
				 A11Y_WALK_IN_ORDER,
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
a11y_tree_has_more(const struct a11y_tree *tree)
{
	return a11y_walk_frontier(tree->walk) != A11Y_WALK_NONE;
}

void
a11y_tree_more(struct a11y_tree *tree)
{
	tree->until = a11y_walk_asked(tree->walk) + PART_NODES;
	a11y_walk_next(tree->walk);
}

bool
a11y_tree_is_cut(const struct a11y_tree *tree)
{
	return a11y_walk_cut(tree->walk);
}

bool
a11y_tree_is_unanswered(const struct a11y_tree *tree)
{
	return a11y_walk_unanswered(tree->walk);
}
