/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the user is at in a window, and how a profile would name it: all of the window is asked for,
 * since a name is only good when nothing else there has it.
 * daemon/apps is the only caller. Owns its questions and the widgets it has seen.
 */
#include "daemon/apps_point.h"

#include <string.h>

#include "common/i18n.h"
#include "daemon/a11y_words.h"

struct apps_point {
	struct a11y_walk *walk;
	char *path; /* NULL: what has the focus */
	apps_point_done done;
	void *data;
};

static void
on_batch(void *data, size_t first, size_t end)
{
	struct apps_point *point = data;

	(void)first;
	(void)end;
	a11y_walk_next(point->walk);
}

/* May free point: nothing may follow. */
static void
refuse(struct apps_point *point, const char *words)
{
	g_autofree char *copy = g_strdup(words);
	const struct a11y_naming naming = {.words = copy};

	point->done(point->data, &naming);
}

static bool
is_it(const struct apps_point *point, const struct a11y_node *node)
{
	if (point->path)
		return strcmp(node->path, point->path) == 0;
	return a11y_state_has(node->states, A11Y_STATE_FOCUSED);
}

static void
name_it(struct apps_point *point)
{
	g_autoptr(GPtrArray) nodes = g_ptr_array_new();
	struct a11y_naming naming;
	size_t target = 0;

	for (size_t i = 0; i < a11y_walk_count(point->walk); i++) {
		const struct a11y_node *node = a11y_walk_node(point->walk, i);

		g_ptr_array_add(nodes, (void *)node);
		/* The innermost one that says so; the window itself is no control. */
		if (is_it(point, node))
			target = i;
	}
	if (target == 0) {
		refuse(point, _("Nothing is being read. Move to a control first"));
		return;
	}
	/* A twin that was not seen would be pressed in its place. */
	if (a11y_walk_cut(point->walk) || a11y_walk_unanswered(point->walk)) {
		refuse(point, _("This window has more than can be looked through just now. Try "
				"again in a moment"));
		return;
	}
	a11y_naming_find((const struct a11y_node *const *)nodes->pdata, nodes->len, target,
			 a11y_walk_shows(point->walk), &naming);
	point->done(point->data, &naming);
	a11y_naming_clear(&naming);
}

static void
on_end(void *data, enum a11y_reply reply)
{
	struct apps_point *point = data;

	switch (reply) {
	case A11Y_REPLY_OK:
		if (a11y_walk_unready(point->walk))
			refuse(point, _("This app does not show what is in it yet. Wait a moment "
					"and press again"));
		else
			name_it(point);
		return;
	case A11Y_REPLY_LATE:
		refuse(point, _("The app does not respond"));
		return;
	case A11Y_REPLY_GONE:
		refuse(point, _("The app has closed"));
		return;
	case A11Y_REPLY_ERROR:
		refuse(point, _("This app does not show what is in it yet. Wait a moment and "
				"press again"));
		return;
	}
}

int
apps_point_new(struct a11y_app *app, const struct a11y_ref *window, const struct a11y_ref *cursor,
	       apps_point_done done, void *data, struct apps_point **out)
{
	static const struct a11y_walk_events events = {on_batch, on_end};
	struct apps_point *point = g_new0(struct apps_point, 1);

	point->path = g_strdup(cursor->path);
	point->done = done;
	point->data = data;
	*out = point;
	return a11y_walk_new(app, window,
			     A11Y_WALK_ROLE | A11Y_WALK_NAME | A11Y_WALK_STATES |
				 A11Y_WALK_DESCRIPTION | A11Y_WALK_ID | A11Y_WALK_SHOWN,
			     &events, point, &point->walk);
}

struct apps_point *
apps_point_free(struct apps_point *point)
{
	if (!point)
		return NULL;
	a11y_walk_free(point->walk);
	g_free(point->path);
	g_free(point);
	return NULL;
}
