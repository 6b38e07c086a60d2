/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A search of one window: the widget of a role and a name, or the focused one.
 * The commands of daemon/apps are the only callers. A search owns its questions and the widgets it
 * has seen; it ends by itself, with exactly one answer, or when it is freed, with none.
 *
 *   matching    the application looks itself, where it can (daemon/apps_match); else:
 *   walking     batch after batch (daemon/a11y_walk), until one has what fits
 *   checking    those of the batch that fit, one after the other: usable? which action?
 *   describing  when no name fitted: the descriptions of what has no name, then checking again
 */
#include "daemon/apps_find.h"

#include <string.h>

#include "common/cleanup.h"
#include "daemon/a11y_action.h"
#include "daemon/a11y_walk.h"
#include "daemon/a11y_words.h"
#include "daemon/apps_match.h"

/* Descriptions that are asked for at once, and of how many widgets without a name they are. */
#define BATCH       64
#define UNNAMED_MAX 256
/* All of a search in an application that keeps answering (one that falls silent ends it sooner):
 * 110 widgets took over 1 s on a machine with twelve programs waiting for its two cores, and 10,000
 * some 2.5 s on a quiet one. That it takes a moment is said; later than this the user has gone on,
 * and must not be surprised. */
#define SEARCH_MS 5000
/* Of an application that was slow, so much was looked at: it is the window that is large. */
#define LARGE_WIDGETS 1000

struct unnamed {
	struct apps_find *find;
	const char *path;  /* a node's of the walk */
	char *description; /* NULL until it was told, and when it was not */
};

struct apps_find {
	struct a11y_app *app;
	struct a11y_group *group; /* of descriptions */
	struct a11y_ref window;
	apps_find_done done;
	void *data;
	struct apps_wanted wanted;
	struct apps_match *match;
	struct a11y_walk *walk;
	GPtrArray *unnamed; /* of struct unnamed: what only its description may name */
	size_t described;   /* of these, those that were asked */
	GQueue fitting;     /* borrowed paths to be checked */
	size_t waiting;     /* for descriptions */
	struct a11y_action *action;
	bool walked;        /* there is no more to walk */
	const char *greyed; /* the first that fits and cannot be used; a node's path */
	const char *inert;  /* the first that fits and has no action; a node's path */
	guint timer;
};

static void step(struct apps_find *find);

static void
unnamed_free(void *data)
{
	struct unnamed *unnamed = data;

	g_free(unnamed->description);
	g_free(unnamed);
}

/* May free find: nothing may follow. */
static void
finish(struct apps_find *find, enum apps_find_end end, const char *path, int action)
{
	const struct a11y_ref ref = {find->window.bus, (char *)path};

	g_clear_handle_id(&find->timer, g_source_remove);
	find->done(find->data, end, path ? &ref : NULL, action);
}

static void
finish_reply(struct apps_find *find, enum a11y_reply reply)
{
	finish(find, reply == A11Y_REPLY_GONE ? APPS_FIND_GONE : APPS_FIND_LATE, NULL, -1);
}

/* What an answered widget means to the search. */
static void
judge(struct apps_find *find, const struct a11y_node *node)
{
	const struct apps_wanted *wanted = &find->wanted;
	bool nameless;

	if (wanted->focused) {
		if (a11y_state_has(node->states, A11Y_STATE_FOCUSED))
			g_queue_push_tail(&find->fitting, node->path);
		return;
	}
	if (!node->name || (wanted->role && !a11y_role_matches(wanted->role, node->role)))
		return;
	if (wanted->of_role && (!node->has_role || !wanted->of_role(node->role)))
		return;
	if (!apps_wanted_fits_description(wanted, node->description ? node->description : "") ||
	    (wanted->id && g_strcmp0(wanted->id, node->id) != 0) ||
	    !apps_wanted_fits_place(wanted, node))
		return;
	nameless = node->name[0] == '\0' || a11y_name_is_class(node->name);
	if (apps_wanted_fits_name(wanted, node->name)) {
		g_queue_push_tail(&find->fitting, node->path);
	} else if (nameless && find->unnamed->len < UNNAMED_MAX) {
		struct unnamed *unnamed = g_new0(struct unnamed, 1);

		unnamed->find = find;
		unnamed->path = node->path;
		g_ptr_array_add(find->unnamed, unnamed);
	}
}

static void
on_batch(void *data, size_t first, size_t end)
{
	struct apps_find *find = data;

	for (size_t i = first; i < end; i++)
		judge(find, a11y_walk_node(find->walk, i));
	step(find);
}

static void
on_walked(void *data, enum a11y_reply reply)
{
	struct apps_find *find = data;

	if (reply != A11Y_REPLY_OK) {
		finish_reply(find, reply);
		return;
	}
	find->walked = true;
	step(find);
}

static void
on_checked(void *data, enum a11y_reply reply, uint64_t states, int chosen)
{
	struct apps_find *find = data;
	const char *path = g_queue_pop_head(&find->fitting);

	find->action = a11y_action_free(find->action);
	if (reply == A11Y_REPLY_LATE || reply == A11Y_REPLY_GONE) {
		finish_reply(find, reply);
		return;
	}
	if (reply == A11Y_REPLY_OK && find->wanted.focused) {
		finish(find, APPS_FIND_FOUND, path, chosen);
		return;
	}
	if (reply == A11Y_REPLY_OK && !a11y_state_usable(states, a11y_walk_shows(find->walk))) {
		find->greyed = find->greyed ? find->greyed : path;
	} else if (reply == A11Y_REPLY_OK && (chosen >= 0 || find->wanted.not_pressable)) {
		finish(find, APPS_FIND_FOUND, path, chosen);
		return;
	}
	if (reply == A11Y_REPLY_OK && !find->inert &&
	    a11y_state_usable(states, a11y_walk_shows(find->walk)))
		find->inert = path;
	/* GTK 4's menu buttons are two widgets of one name, and only the inner one has an action.
	 */
	step(find);
}

static void
on_description(void *data, enum a11y_reply reply, GVariant *body)
{
	struct unnamed *unnamed = data;
	struct apps_find *find = unnamed->find;

	if (reply == A11Y_REPLY_OK) {
		unnamed->description = a11y_name_best("", g_variant_get_string(body, NULL));
		if (apps_wanted_fits_name(&find->wanted, unnamed->description))
			g_queue_push_tail(&find->fitting, (char *)unnamed->path);
	}
	if (reply == A11Y_REPLY_GONE)
		finish_reply(find, reply);
	else if (--find->waiting == 0)
		step(find);
}

/* The next of unnamed, BATCH at a time. */
static void
describe(struct apps_find *find)
{
	size_t end = MIN(find->described + BATCH, (size_t)find->unnamed->len);

	find->waiting = end - find->described;
	for (; find->described < end; find->described++) {
		struct unnamed *unnamed = g_ptr_array_index(find->unnamed, find->described);
		const struct a11y_ref ref = {find->window.bus, (char *)unnamed->path};

		a11y_get(find->group, &ref, A11Y_IF_ACCESSIBLE, "Description", "s", on_description,
			 unnamed);
	}
}

static void
step(struct apps_find *find)
{
	char *fitting = g_queue_peek_head(&find->fitting);

	if (fitting) {
		const struct a11y_ref ref = {find->window.bus, fitting};

		a11y_action_new(find->app, &ref, on_checked, find, &find->action);
	} else if (!find->walked) {
		a11y_walk_next(find->walk);
	} else if (find->described < find->unnamed->len) {
		describe(find);
	} else if (find->inert) {
		finish(find, APPS_FIND_FOUND, find->inert, -1);
	} else if (find->greyed) {
		finish(find, APPS_FIND_GREYED, find->greyed, -1);
	} else {
		finish(find,
		       a11y_walk_unready(find->walk)      ? APPS_FIND_UNREADY
		       : a11y_walk_unanswered(find->walk) ? APPS_FIND_LATE
		       : a11y_walk_cut(find->walk)        ? APPS_FIND_LARGE
							  : APPS_FIND_NONE,
		       NULL, -1);
	}
}

static gboolean
on_timeout(void *data)
{
	struct apps_find *find = data;

	find->timer = 0;
	/* It answers, only not fast enough for as much as it has. */
	finish(find,
	       find->walk && a11y_walk_count(find->walk) >= LARGE_WIDGETS ? APPS_FIND_LARGE
									  : APPS_FIND_LATE,
	       NULL, -1);
	return G_SOURCE_REMOVE;
}

static void
walk(struct apps_find *find)
{
	static const struct a11y_walk_events events = {on_batch, on_walked};
	const struct apps_wanted *wanted = &find->wanted;
	unsigned wants = A11Y_WALK_FAR | A11Y_WALK_ROLE | A11Y_WALK_NAME;

	if (wanted->focused)
		wants = A11Y_WALK_FAR | A11Y_WALK_STATES;
	if (wanted->description)
		wants |= A11Y_WALK_DESCRIPTION;
	if (wanted->id)
		wants |= A11Y_WALK_ID;
	a11y_walk_new(find->app, &find->window, wants, &events, find, &find->walk);
}

static void
on_matched(void *data, enum a11y_reply reply, const struct a11y_ref *ref, int action)
{
	struct apps_find *find = data;

	if (reply == A11Y_REPLY_OK)
		finish(find, APPS_FIND_FOUND, ref->path, action);
	else if (reply == A11Y_REPLY_ERROR)
		walk(find);
	else
		finish_reply(find, reply);
}

int
apps_find_new(struct a11y_app *app, const struct a11y_ref *window, const struct apps_wanted *wanted,
	      apps_find_done done, void *data, struct apps_find **out)
{
	struct apps_find *find = g_new0(struct apps_find, 1);

	find->app = a11y_app_ref(app);
	find->group = a11y_group_new(app);
	find->window = a11y_ref_copy(window);
	find->done = done;
	find->data = data;
	find->wanted = apps_wanted_copy(wanted);
	find->unnamed = g_ptr_array_new_with_free_func(unnamed_free);
	g_queue_init(&find->fitting);
	find->timer = g_timeout_add(SEARCH_MS, on_timeout, find);
	*out = find;
	if (wanted->focused || wanted->path)
		walk(find);
	else
		apps_match_new(app, window, &find->wanted, on_matched, find, &find->match);
	return 0;
}

struct apps_find *
apps_find_free(struct apps_find *find)
{
	if (!find)
		return NULL;
	g_clear_handle_id(&find->timer, g_source_remove);
	a11y_group_end(find->group);
	a11y_action_free(find->action);
	apps_match_free(find->match);
	g_queue_clear(&find->fitting);
	g_ptr_array_unref(find->unnamed);
	a11y_walk_free(find->walk);
	apps_wanted_clear(&find->wanted);
	a11y_ref_clear(&find->window);
	a11y_app_unref(find->app);
	g_free(find);
	return NULL;
}
