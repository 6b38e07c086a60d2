/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A row becomes the selected one of its list, in which any row has the focus; Enter then takes it.
 * daemon/apps_deed is the only caller, for rows that have no action (GTK 4). Owns its questions; it
 * ends by itself with one answer, or when it is freed, with none.
 *
 *   its list --one of its rows has the focus--> this one's number --> selected
 *
 * The row with the focus need not be the selected one: GTK 4.8 leaves the focus where it was when
 * another is selected, and when the list is opened again it is there still.
 */
#include "daemon/apps_row.h"

#include "daemon/apps_find.h"

#define IF_SELECTION "org.a11y.atspi.Selection"

struct apps_row {
	struct a11y_app *app;
	struct a11y_group *group;
	struct apps_find *find;
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
on_focused(void *data, enum apps_find_end end, const struct a11y_ref *ref, int action)
{
	struct apps_row *row = data;

	(void)ref, (void)action;
	switch (end) {
	case APPS_FIND_FOUND:
		a11y_call(row->group, &row->row, A11Y_IF_ACCESSIBLE, "GetIndexInParent", NULL,
			  "(i)", on_index, row);
		return;
	case APPS_FIND_LATE:
		row->done(row->data, A11Y_REPLY_LATE, false);
		return;
	case APPS_FIND_GONE:
		row->done(row->data, A11Y_REPLY_GONE, false);
		return;
	case APPS_FIND_NONE:
	case APPS_FIND_GREYED:
	case APPS_FIND_UNREADY:
	case APPS_FIND_LARGE:
		/* A key would go to something else. */
		row->done(row->data, A11Y_REPLY_OK, false);
		return;
	}
}

static void
on_parent(void *data, enum a11y_reply reply, GVariant *body)
{
	static const struct apps_wanted focused = {.focused = true};
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
	apps_find_new(row->app, &row->list, &focused, on_focused, row, &row->find);
}

struct apps_row *
apps_row_new(struct a11y_app *app, const struct a11y_ref *ref, apps_row_done done, void *data)
{
	struct apps_row *row = g_new0(struct apps_row, 1);

	row->app = a11y_app_ref(app);
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
	apps_find_free(row->find);
	a11y_ref_clear(&row->row);
	a11y_ref_clear(&row->list);
	a11y_app_unref(row->app);
	g_free(row);
	return NULL;
}
