/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is written in a row or a cell that has no name: the names of the texts in it, in order.
 * daemon/apps_read is the only caller. Owns its walk; it ends by itself with one answer, or when it
 * is freed, with none.
 */
#include "daemon/apps_inside.h"

#include "daemon/a11y_roles.h"
#include "daemon/a11y_walk.h"
#include "daemon/a11y_words.h"

/* Widgets of a row: one of settings has some six. */
#define INSIDE_MAX 64

struct apps_inside {
	struct a11y_walk *walk;
	GString *words;
	apps_inside_done done;
	void *data;
};

static void
on_end(void *data, enum a11y_reply reply)
{
	struct apps_inside *inside = data;

	inside->done(inside->data, reply, inside->words->str);
}

static void
on_batch(void *data, size_t first, size_t end)
{
	struct apps_inside *inside = data;

	for (size_t i = MAX(first, 1); i < end; i++) {
		const struct a11y_node *node = a11y_walk_node(inside->walk, i);

		if (a11y_role_reading(node->role) == A11Y_READING_TEXT && node->name &&
		    node->name[0] != '\0' && !a11y_name_is_class(node->name))
			g_string_append_printf(inside->words, "%s%s",
					       inside->words->len > 0 ? ", " : "", node->name);
	}
	if (end < INSIDE_MAX)
		a11y_walk_next(inside->walk);
	else
		on_end(inside, A11Y_REPLY_OK);
}

struct apps_inside *
apps_inside_new(struct a11y_app *app, const struct a11y_ref *ref, apps_inside_done done, void *data)
{
	static const struct a11y_walk_events events = {on_batch, on_end};
	struct apps_inside *inside = g_new0(struct apps_inside, 1);

	inside->words = g_string_new(NULL);
	inside->done = done;
	inside->data = data;
	a11y_walk_new(app, ref, A11Y_WALK_ROLE | A11Y_WALK_NAME, &events, inside, &inside->walk);
	return inside;
}

struct apps_inside *
apps_inside_free(struct apps_inside *inside)
{
	if (!inside)
		return NULL;
	a11y_walk_free(inside->walk);
	g_string_free(inside->words, TRUE);
	g_free(inside);
	return NULL;
}
