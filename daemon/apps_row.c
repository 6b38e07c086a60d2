/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A row becomes the selected one of its list, in which the one before has the focus; Enter then
 * takes it. daemon/apps_deed is the only caller, for rows that have no action (GTK 4). Owns its
 * questions; it ends by itself with one answer, or when it is freed, with none.
 *
 *   its list --> the row that is selected there --has the focus--> this one's number --> selected
 */
#include "daemon/apps_row.h"

#include "daemon/a11y_words.h"

#define IF_SELECTION "org.a11y.atspi.Selection"

struct apps_row {
	struct a11y_group *group;
	struct a11y_ref row;
	struct a11y_ref list;
	apps_row_done done;
	void *data;
};

static void
on_selected(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_row *row = data;
	gboolean took = FALSE;

	if (reply == A11Y_REPLY_OK)
		g_variant_get(body, "(b)", &took);
	row->done(row->data, reply, took);
}

static void
on_index(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_row *row = data;
	int32_t index = -1;

	if (reply == A11Y_REPLY_OK)
		g_variant_get(body, "(i)", &index);
	if (index < 0)
		row->done(row->data, reply, false);
	else
		a11y_call(row->group, &row->list, IF_SELECTION, "SelectChild",
			  g_variant_new("(i)", index), "(b)", on_selected, row);
}

static void
on_state(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_row *row = data;

	/* A key would go to something else. */
	if (reply != A11Y_REPLY_OK || !a11y_state_has(a11y_states(body), A11Y_STATE_FOCUSED))
		row->done(row->data, reply, false);
	else
		a11y_call(row->group, &row->row, A11Y_IF_ACCESSIBLE, "GetIndexInParent", NULL,
			  "(i)", on_index, row);
}

static void
on_child(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_row *row = data;
	struct a11y_ref child;
	const char *bus = "";
	const char *path = "";

	if (reply == A11Y_REPLY_OK)
		g_variant_get(body, "((&s&o))", &bus, &path);
	if (!g_str_equal(bus, row->row.bus)) {
		row->done(row->data, reply, false);
		return;
	}
	child = (struct a11y_ref){row->row.bus, (char *)path};
	a11y_get_state(row->group, &child, on_state, row);
}

static void
on_parent(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_row *row = data;
	const char *bus = "";
	const char *path = "";

	if (reply == A11Y_REPLY_OK)
		g_variant_get(body, "(&s&o)", &bus, &path);
	if (!g_str_equal(bus, row->row.bus)) {
		row->done(row->data, reply, false);
		return;
	}
	row->list = (struct a11y_ref){g_strdup(bus), g_strdup(path)};
	a11y_call(row->group, &row->list, IF_SELECTION, "GetSelectedChild", g_variant_new("(i)", 0),
		  "((so))", on_child, row);
}

struct apps_row *
apps_row_new(struct a11y_app *app, const struct a11y_ref *ref, apps_row_done done, void *data)
{
	struct apps_row *row = g_new0(struct apps_row, 1);

	row->group = a11y_group_new(app);
	row->row = a11y_ref_copy(ref);
	row->done = done;
	row->data = data;
	a11y_get(row->group, &row->row, A11Y_IF_ACCESSIBLE, "Parent", "(so)", on_parent, row);
	return row;
}

struct apps_row *
apps_row_free(struct apps_row *row)
{
	if (!row)
		return NULL;
	a11y_group_end(row->group);
	a11y_ref_clear(&row->row);
	a11y_ref_clear(&row->list);
	g_free(row);
	return NULL;
}
