/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a window or an alert tells of itself: role and name first, then, of dialogs and alerts, a
 * short walk through what is in it.
 * daemon/apps_changes is the only caller. Owns its questions; it ends by itself with one answer, or
 * when it is freed, with none.
 */
#include "daemon/apps_title.h"

#include "daemon/a11y_roles.h"
#include "daemon/a11y_walk.h"
#include "daemon/a11y_words.h"
#include "daemon/change_words.h"

/* Widgets that are looked at: GTK's and Qt's message boxes have 20; a settings dialog's labels are
 * not what it has to say. */
#define NODES_LOOKED_AT 128
/* What a message box has to say: a headline and a sentence or two; the rest can be read. */
#define LABELS_MAX 3

enum { ROLE_DIALOG = 16, ROLE_LABEL = 29, ROLE_PARAGRAPH = 73, ROLE_STATIC = 116 };

struct apps_title {
	struct a11y_app *app;
	struct a11y_ref ref;
	bool only_alert;
	apps_title_done done;
	void *data;
	struct a11y_group *group;
	struct a11y_walk *walk;
	size_t waiting;
	bool role_known;
	uint32_t role;
	char *name;
	GString *text;
	unsigned labels;
	bool is_form; /* there is more in it than words and buttons */
	char *button;
};

/* May free title: nothing may follow. */
static void
finish(struct apps_title *title)
{
	/* What is written in a form is read with its fields. */
	const char *text =
	    title->is_form && !change_words_is_alert(title->role) ? NULL : title->text->str;
	g_autofree char *words = change_words_window(title->role, title->name, text, title->button);

	title->done(title->data, words);
}

static void
look_at(struct apps_title *title, const struct a11y_node *node)
{
	g_autofree char *name = a11y_name_best(node->name ? node->name : "", node->description);

	if (!node->has_role)
		return;
	title->is_form = title->is_form || (a11y_role_reading(node->role) == A11Y_READING_CONTROL &&
					    !a11y_role_is_kind(node->role, COMMAND_KIND_BUTTON));
	if (a11y_state_has(node->states, A11Y_STATE_IS_DEFAULT) && !title->button)
		title->button = g_strdup(name);
	if (name[0] == '\0' ||
	    (node->role != ROLE_LABEL && node->role != ROLE_STATIC &&
	     node->role != ROLE_PARAGRAPH) ||
	    title->labels >= LABELS_MAX || g_strcmp0(name, title->name) == 0)
		return;
	title->labels++;
	g_string_append_printf(title->text, "%s%s", title->text->len != 0 ? " " : "", name);
}

/* What is written on a button is a label as well, and no news. */
static bool
is_in_control(struct apps_title *title, const struct a11y_node *node)
{
	const struct a11y_node *parent = a11y_walk_node(title->walk, node->parent);

	return parent != node && parent->has_role &&
	       a11y_role_reading(parent->role) == A11Y_READING_CONTROL;
}

static void
on_batch(void *data, size_t first, size_t end)
{
	struct apps_title *title = data;

	for (size_t i = MAX(first, (size_t)1); i < end; i++) {
		const struct a11y_node *node = a11y_walk_node(title->walk, i);

		if (a11y_state_usable(node->states, a11y_walk_shows(title->walk)) &&
		    !is_in_control(title, node))
			look_at(title, node);
	}
	if (end >= NODES_LOOKED_AT)
		finish(title);
	else
		a11y_walk_next(title->walk);
}

static void
on_end(void *data, enum a11y_reply reply)
{
	(void)reply; /* what is known so far is said */
	finish(data);
}

static void
answered(struct apps_title *title)
{
	static const struct a11y_walk_events events = {on_batch, on_end};

	if (--title->waiting > 0)
		return;
	if (!title->role_known || (title->only_alert && !change_words_is_alert(title->role))) {
		title->done(title->data, NULL);
		return;
	}
	if (change_words_is_alert(title->role) || title->role == ROLE_DIALOG)
		a11y_walk_new(title->app, &title->ref,
			      A11Y_WALK_ROLE | A11Y_WALK_NAME | A11Y_WALK_STATES | A11Y_WALK_SHOWN,
			      &events, title, &title->walk);
	else
		finish(title);
}

static void
on_role(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_title *title = data;

	if (reply == A11Y_REPLY_OK) {
		g_variant_get(body, "(u)", &title->role);
		title->role_known = true;
	}
	answered(title);
}

static void
on_name(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_title *title = data;

	if (reply == A11Y_REPLY_OK)
		title->name = a11y_name_best(g_variant_get_string(body, NULL), NULL);
	answered(title);
}

int
apps_title_new(struct a11y_app *app, const struct a11y_ref *ref, bool only_alert,
	       apps_title_done done, void *data, struct apps_title **out)
{
	struct apps_title *title = g_new0(struct apps_title, 1);

	title->app = a11y_app_ref(app);
	title->ref = a11y_ref_copy(ref);
	title->only_alert = only_alert;
	title->done = done;
	title->data = data;
	title->group = a11y_group_new(app);
	title->text = g_string_new(NULL);
	title->waiting = 2;
	*out = title;
	a11y_call(title->group, ref, A11Y_IF_ACCESSIBLE, "GetRole", NULL, "(u)", on_role, title);
	a11y_get(title->group, ref, A11Y_IF_ACCESSIBLE, "Name", "s", on_name, title);
	return 0;
}

struct apps_title *
apps_title_free(struct apps_title *title)
{
	if (!title)
		return NULL;
	a11y_group_end(title->group);
	a11y_walk_free(title->walk);
	a11y_ref_clear(&title->ref);
	a11y_app_unref(title->app);
	g_string_free(title->text, TRUE);
	g_free(title->name);
	g_free(title->button);
	g_free(title);
	return NULL;
}
