/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is chosen in a combo box: the name of its selected child, which need not show, or that of
 * the list in it, else what is written on its button. daemon/apps_read is the only caller. Owns its
 * questions; it ends by itself with one answer, or when it is freed, with none. GTK 3 tells of the
 * child, browsers of the list's, GTK 4's drop-downs have the button; GTK 4.8's old combo boxes and
 * Qt 5 have neither.
 */
#include "daemon/apps_choice.h"

#include "common/cleanup.h"
#include "daemon/a11y_roles.h"
#include "daemon/a11y_walk.h"
#include "daemon/a11y_words.h"

/* Widgets of a button, as of a row in daemon/apps_inside: GTK 4's has seven. */
#define BUTTON_MAX 64

#define IF_SELECTION "org.a11y.atspi.Selection"

struct apps_choice {
	struct a11y_group *group;
	struct a11y_app *app;
	struct a11y_ref box;
	struct a11y_ref inner;  /* its first child */
	struct a11y_walk *walk; /* of that */
	apps_choice_done done;
	void *data;
};

/* --- what is written on its button --- */

static bool
is_text(const struct a11y_node *node)
{
	return a11y_role_reading(node->role) == A11Y_READING_TEXT && node->name &&
	       node->name[0] != '\0' && !a11y_name_is_class(node->name);
}

/* Whether a text is another page of the place in which the next one is: GTK 4.8 does not say that
 * "(None)" is hidden while something is chosen. */
static bool
is_page_beside(const struct a11y_node *text, const struct a11y_node *next)
{
	const struct a11y_node *in = next->in;

	if (in == text->in)
		return false;
	while (in && in != text->in)
		in = in->in;
	return in != NULL;
}

static void
on_walked(void *data, enum a11y_reply reply)
{
	struct apps_choice *choice = data;
	g_autoptr(GString) words = g_string_new(NULL);
	const struct a11y_node *last = NULL;

	for (size_t i = 0; i < a11y_walk_count(choice->walk); i++) {
		const struct a11y_node *node = a11y_walk_node(choice->walk, i);

		if (!is_text(node))
			continue;
		if (last && is_page_beside(last, node))
			g_string_truncate(words, 0);
		g_string_append_printf(words, "%s%s", words->len > 0 ? ", " : "", node->name);
		last = node;
	}
	choice->done(choice->data, reply, words->len > 0 ? words->str : NULL);
}

static void
on_batch(void *data, size_t first, size_t end)
{
	struct apps_choice *choice = data;

	(void)first;
	if (end < BUTTON_MAX)
		a11y_walk_next(choice->walk);
	else
		on_walked(choice, A11Y_REPLY_OK);
}

static void
on_name(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_choice *choice = data;
	g_autofree char *name = NULL;

	if (reply == A11Y_REPLY_OK)
		name = a11y_name_tidy(g_variant_get_string(body, NULL));
	choice->done(choice->data, reply, name && name[0] != '\0' ? name : NULL);
}

/* What the child is called that an answer names. */
static void
ask_name(struct apps_choice *choice, enum a11y_reply reply, GVariant *body)
{
	struct a11y_ref child;
	const char *bus;
	const char *path = "";

	if (reply != A11Y_REPLY_OK) {
		choice->done(choice->data, reply, NULL);
		return;
	}
	g_variant_get(body, "((&s&o))", &bus, &path);
	if (!g_str_equal(bus, choice->box.bus)) {
		choice->done(choice->data, A11Y_REPLY_ERROR, NULL);
		return;
	}
	child = (struct a11y_ref){choice->box.bus, (char *)path};
	a11y_get(choice->group, &child, A11Y_IF_ACCESSIBLE, "Name", "s", on_name, choice);
}

/* Browsers have the list in the box tell it. */
static void
on_inner_child(void *data, enum a11y_reply reply, GVariant *body)
{
	static const struct a11y_walk_events events = {on_batch, on_walked};
	struct apps_choice *choice = data;

	if (reply == A11Y_REPLY_ERROR)
		a11y_walk_new(choice->app, &choice->inner, A11Y_WALK_ROLE | A11Y_WALK_NAME, &events,
			      choice, &choice->walk);
	else
		ask_name(choice, reply, body);
}

static void
on_children(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_choice *choice = data;
	g_autoptr(GVariant) children = NULL;
	const char *bus = "";
	const char *path = "";

	if (reply == A11Y_REPLY_OK)
		children = g_variant_get_child_value(body, 0);
	if (children && g_variant_n_children(children) > 0)
		g_variant_get_child(children, 0, "(&s&o)", &bus, &path);
	if (!g_str_equal(bus, choice->box.bus)) {
		choice->done(choice->data, reply, NULL);
		return;
	}
	choice->inner = (struct a11y_ref){g_strdup(bus), g_strdup(path)};
	a11y_call(choice->group, &choice->inner, IF_SELECTION, "GetSelectedChild",
		  g_variant_new("(i)", 0), "((so))", on_inner_child, choice);
}

/* --- its selected child --- */

static void
on_child(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_choice *choice = data;

	if (reply == A11Y_REPLY_ERROR) {
		a11y_call(choice->group, &choice->box, A11Y_IF_ACCESSIBLE, "GetChildren", NULL,
			  "(a(so))", on_children, choice);
		return;
	}
	ask_name(choice, reply, body);
}

struct apps_choice *
apps_choice_new(struct a11y_app *app, const struct a11y_ref *ref, apps_choice_done done, void *data)
{
	struct apps_choice *choice = g_new0(struct apps_choice, 1);

	choice->group = a11y_group_new(app);
	choice->app = a11y_app_ref(app);
	choice->box = a11y_ref_copy(ref);
	choice->done = done;
	choice->data = data;
	a11y_call(choice->group, ref, IF_SELECTION, "GetSelectedChild", g_variant_new("(i)", 0),
		  "((so))", on_child, choice);
	return choice;
}

struct apps_choice *
apps_choice_free(struct apps_choice *choice)
{
	if (!choice)
		return NULL;
	a11y_group_end(choice->group);
	a11y_walk_free(choice->walk);
	a11y_ref_clear(&choice->box);
	a11y_ref_clear(&choice->inner);
	a11y_app_unref(choice->app);
	g_free(choice);
	return NULL;
}

char *
apps_choice_in_name(const char *own_name, const char *label)
{
	g_autofree char *own = own_name ? a11y_name_tidy(own_name) : NULL;
	bool other = own && own[0] != '\0' && !a11y_name_is_class(own);

	return other && g_strcmp0(own, label) != 0 ? g_steal_pointer(&own) : NULL;
}
