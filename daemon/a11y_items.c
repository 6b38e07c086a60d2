/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The widgets of a window in reading order, and which of them a reading cursor steps on.
 * Called by daemon/a11y_tree and the reading cursor; pure.
 * Owns its tables; the nodes that it was made of must live as long.
 */
#include "daemon/a11y_items.h"

#include <string.h>

#include "daemon/a11y_roles.h"
#include "daemon/a11y_words.h"

struct place {
	const struct a11y_node *node;
	size_t parent; /* place; its own for the window */
	size_t end;    /* the place after everything in it */
	bool leaf;     /* there is nothing in it, known or not */
	bool shown;
	bool item;
	bool in_control; /* something that it is in is a control */
	bool in_text;    /* or is read as a whole */
};

struct a11y_items {
	struct place *places;
	size_t count;
};

static bool
has_name(const struct a11y_node *node)
{
	return node->name && node->name[0] != '\0' && !a11y_name_is_class(node->name);
}

/* Whether it is stepped on; what it is in is judged already. */
static bool
judge(const struct place *place)
{
	const struct a11y_node *node = place->node;

	if (!place->shown || !node->has_role)
		return false;
	/* GTK's combo boxes hold their text field, and what one writes into is always of use; while
	 * one is open, GTK 4's and Qt's hold the list to choose from. */
	if (place->in_control)
		return a11y_role_is_entry(node->role) ||
		       (a11y_role_reading(node->role) == A11Y_READING_ENTRY &&
			a11y_state_has(node->states, A11Y_STATE_FOCUSABLE));
	switch (a11y_role_reading(node->role)) {
	case A11Y_READING_CONTROL:
	case A11Y_READING_PAGE:
		return true;
	case A11Y_READING_TEXT:
		/* Without a name it may still have a text. */
		return !place->in_text && (has_name(node) || place->leaf);
	case A11Y_READING_ENTRY:
		return has_name(node) || place->leaf;
	case A11Y_READING_PICTURE:
		return !place->in_text && has_name(node);
	case A11Y_READING_HOLDER:
		return !place->in_text && place->leaf && has_name(node);
	case A11Y_READING_NOTHING:
		return false;
	}
	return false;
}

static void
inherit(struct a11y_items *items, size_t number, bool shows)
{
	struct place *place = &items->places[number];
	const struct place *parent = &items->places[place->parent];
	const uint64_t states = place->node->states;
	bool shown = a11y_state_has(states, shows ? A11Y_STATE_SHOWING : A11Y_STATE_VISIBLE);

	if (number == 0) {
		place->shown = true;
		return;
	}
	place->shown = parent->shown && shown;
	place->in_control = parent->in_control;
	place->in_text = parent->in_text;
	if (!parent->item)
		return;
	switch (a11y_role_reading(parent->node->role)) {
	case A11Y_READING_CONTROL:
		/* Qt's group box with a check box in its title holds controls of their own. */
		if (parent->node->role == A11Y_ROLE_CHECK_BOX)
			place->in_text = true;
		else
			place->in_control = true;
		break;
	case A11Y_READING_TEXT:
	case A11Y_READING_ENTRY:
		place->in_text = place->in_text || has_name(parent->node);
		break;
	case A11Y_READING_PAGE:
	case A11Y_READING_HOLDER:
	case A11Y_READING_PICTURE:
	case A11Y_READING_NOTHING:
		break;
	}
}

/* Of a node, the numbers of others. */
struct family {
	size_t first, last; /* child */
	size_t next;        /* sibling */
	size_t place;
};

static void
find_families(const struct a11y_node *const *nodes, struct family *families, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct family *parent = &families[nodes[i]->parent];

		families[i].first = families[i].last = families[i].next = A11Y_ITEMS_NONE;
		if (i == 0)
			continue;
		if (parent->first == A11Y_ITEMS_NONE)
			parent->first = i;
		else
			families[parent->last].next = i;
		parent->last = i;
	}
}

/* Depth first, without recursion: an application's tree may be as deep as it likes. */
static void
put_in_order(struct a11y_items *items, const struct a11y_node *const *nodes, size_t before,
	     struct family *families)
{
	size_t at = 0;

	do {
		if (at == before) {
			for (at = nodes[at]->parent; at != 0; at = nodes[at]->parent)
				items->places[families[at].place].end = items->count;
			items->places[0].end = items->count;
			return;
		}
		families[at].place = items->count;
		items->places[items->count].node = nodes[at];
		items->places[items->count].parent = families[nodes[at]->parent].place;
		items->places[items->count].leaf = families[at].first == A11Y_ITEMS_NONE;
		items->count++;
		if (families[at].first != A11Y_ITEMS_NONE) {
			at = families[at].first;
			continue;
		}
		items->places[families[at].place].end = items->count;
		while (at != 0 && families[at].next == A11Y_ITEMS_NONE) {
			at = nodes[at]->parent;
			items->places[families[at].place].end = items->count;
		}
		at = at == 0 ? 0 : families[at].next;
	} while (at != 0);
}

struct a11y_items *
a11y_items_new(const struct a11y_node *const *nodes, size_t count, size_t before, bool shows)
{
	struct a11y_items *items = g_new0(struct a11y_items, 1);
	struct family *families = g_new0(struct family, count);

	items->places = g_new0(struct place, count);
	find_families(nodes, families, count);
	if (count != 0)
		put_in_order(items, nodes, before, families);
	g_free(families);
	for (size_t i = 0; i < items->count; i++) {
		inherit(items, i, shows);
		items->places[i].item = i != 0 && judge(&items->places[i]);
	}
	return items;
}

struct a11y_items *
a11y_items_free(struct a11y_items *items)
{
	if (!items)
		return NULL;
	g_free(items->places);
	g_free(items);
	return NULL;
}

size_t
a11y_items_count(const struct a11y_items *items)
{
	return items->count;
}

const struct a11y_node *
a11y_items_node(const struct a11y_items *items, size_t place)
{
	return items->places[place].node;
}

size_t
a11y_items_find(const struct a11y_items *items, const char *path)
{
	for (size_t i = 0; i < items->count; i++)
		if (items->places[i].shown && strcmp(items->places[i].node->path, path) == 0)
			return i;
	return A11Y_ITEMS_NONE;
}

bool
a11y_items_is_last(const struct a11y_items *items, size_t place)
{
	return items->places[place].end == items->count;
}

bool
a11y_items_is_item(const struct a11y_items *items, size_t place)
{
	return items->places[place].item;
}

bool
a11y_items_is_in(const struct a11y_items *items, size_t place, size_t around)
{
	return place > around && place < items->places[around].end;
}

static bool
is_of(const struct place *place, enum command_kind kind)
{
	if (kind == COMMAND_KIND_ANY || kind == COMMAND_KIND_ITEM)
		return place->item;
	if (!place->shown || (place->in_control && !place->item) || !place->node->has_role)
		return false;
	return a11y_role_is_kind(place->node->role, kind);
}

size_t
a11y_items_after(const struct a11y_items *items, size_t place, enum command_kind kind)
{
	for (size_t i = place == A11Y_ITEMS_NONE ? 1 : place + 1; i < items->count; i++)
		if (is_of(&items->places[i], kind))
			return i;
	return A11Y_ITEMS_NONE;
}

size_t
a11y_items_before(const struct a11y_items *items, size_t place, enum command_kind kind)
{
	for (size_t i = place == A11Y_ITEMS_NONE ? items->count : place; i > 1; i--)
		if (is_of(&items->places[i - 1], kind))
			return i - 1;
	return A11Y_ITEMS_NONE;
}

size_t
a11y_items_into(const struct a11y_items *items, size_t place)
{
	for (size_t i = place + 1; i < items->places[place].end; i++)
		if (items->places[i].item)
			return i;
	/* Inside a control nothing is an item, but it may be looked at. */
	for (size_t i = place + 1; i < items->places[place].end; i++)
		if (items->places[i].shown && has_name(items->places[i].node))
			return i;
	return A11Y_ITEMS_NONE;
}

size_t
a11y_items_out(const struct a11y_items *items, size_t place)
{
	for (size_t i = items->places[place].parent; i != 0; i = items->places[i].parent) {
		const struct place *around = &items->places[i];

		if (around->item ||
		    (around->node->has_role &&
		     (a11y_role_is_place(around->node->role) ||
		      (around->node->role == A11Y_ROLE_PANEL && has_name(around->node)))))
			return i;
	}
	return A11Y_ITEMS_NONE;
}

size_t
a11y_items_number(const struct a11y_items *items, size_t place, size_t *of)
{
	size_t number = 0;

	*of = 0;
	for (size_t i = 0; i < items->count; i++) {
		if (!items->places[i].item)
			continue;
		++*of;
		if (i <= place)
			number = *of;
	}
	return number;
}
