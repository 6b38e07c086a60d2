/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The combo box that a button without a name is in. GTK has a box between the two, but in GTK 4's
 * drop-downs.
 * daemon/apps_read is the only caller. Owns its questions; it ends by itself with one answer, or
 * when it is freed, with none.
 */
#include "daemon/apps_holder.h"

#include <stdbool.h>

#include "daemon/a11y_words.h"

/* AtspiRole. */
enum { ROLE_FILLER = 20, ROLE_PANEL = 39 };

struct apps_holder {
	struct a11y_group *group;
	struct a11y_ref at; /* being asked */
	bool above;         /* the box */
	apps_holder_done done;
	void *data;
};

static void on_role(void *data, enum a11y_reply reply, GVariant *body);

static void
ask_role(struct apps_holder *holder)
{
	a11y_call(holder->group, &holder->at, A11Y_IF_ACCESSIBLE, "GetRole", NULL, "(u)", on_role,
		  holder);
}

static void
on_parent(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_holder *holder = data;
	const char *bus = "";
	const char *path = "";

	if (reply == A11Y_REPLY_OK)
		g_variant_get(body, "(&s&o)", &bus, &path);
	if (reply != A11Y_REPLY_OK || !g_str_equal(bus, holder->at.bus)) {
		holder->done(holder->data, reply, NULL);
		return;
	}
	g_free(holder->at.path);
	holder->at.path = g_strdup(path);
	holder->above = true;
	ask_role(holder);
}

static void
on_role(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_holder *holder = data;
	uint32_t role = 0;

	if (reply == A11Y_REPLY_OK)
		g_variant_get(body, "(u)", &role);
	if ((role == ROLE_FILLER || role == ROLE_PANEL) && !holder->above)
		a11y_get(holder->group, &holder->at, A11Y_IF_ACCESSIBLE, "Parent", "(so)",
			 on_parent, holder);
	else
		holder->done(holder->data, reply, role == A11Y_ROLE_COMBO_BOX ? &holder->at : NULL);
}

struct apps_holder *
apps_holder_new(struct a11y_app *app, const struct a11y_ref *parent, apps_holder_done done,
		void *data)
{
	struct apps_holder *holder = g_new0(struct apps_holder, 1);

	holder->group = a11y_group_new(app);
	holder->at = a11y_ref_copy(parent);
	holder->done = done;
	holder->data = data;
	ask_role(holder);
	return holder;
}

struct apps_holder *
apps_holder_free(struct apps_holder *holder)
{
	if (!holder)
		return NULL;
	a11y_group_end(holder->group);
	a11y_ref_clear(&holder->at);
	g_free(holder);
	return NULL;
}
