/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is chosen in a combo box: the name of its selected child, which need not show.
 * daemon/apps_read is the only caller. Owns its questions; it ends by itself with one answer, or
 * when it is freed, with none. GTK 3 answers; GTK 4.8 and Qt 5 have no Selection there.
 */
#include "daemon/apps_choice.h"

#include "common/cleanup.h"
#include "daemon/a11y_words.h"

#define IF_SELECTION "org.a11y.atspi.Selection"

struct apps_choice {
	struct a11y_group *group;
	char *bus;
	apps_choice_done done;
	void *data;
};

static void
on_name(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_choice *choice = data;
	g_autofree char *name = NULL;

	if (reply == A11Y_REPLY_OK)
		name = a11y_name_tidy(g_variant_get_string(body, NULL));
	choice->done(choice->data, reply, name && name[0] != '\0' ? name : NULL);
}

static void
on_child(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_choice *choice = data;
	struct a11y_ref child;
	const char *bus;
	const char *path;

	if (reply != A11Y_REPLY_OK) {
		choice->done(choice->data, reply, NULL);
		return;
	}
	g_variant_get(body, "((&s&o))", &bus, &path);
	if (!g_str_equal(bus, choice->bus)) {
		choice->done(choice->data, A11Y_REPLY_ERROR, NULL);
		return;
	}
	child = (struct a11y_ref){choice->bus, (char *)path};
	a11y_get(choice->group, &child, A11Y_IF_ACCESSIBLE, "Name", "s", on_name, choice);
}

struct apps_choice *
apps_choice_new(struct a11y_app *app, const struct a11y_ref *ref, apps_choice_done done, void *data)
{
	struct apps_choice *choice = g_new0(struct apps_choice, 1);

	choice->group = a11y_group_new(app);
	choice->bus = g_strdup(ref->bus);
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
	g_free(choice->bus);
	g_free(choice);
	return NULL;
}
