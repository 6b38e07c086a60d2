/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How far a progress bar is, in percent.
 * daemon/apps_changes and daemon/apps_read call it. Owns its questions; it ends by itself with one
 * answer, or when it is freed, with none.
 */
#include "daemon/apps_bar.h"

struct apps_bar {
	struct a11y_group *group;
	apps_bar_done done;
	void *data;
	double value;
	double least;
	double most;
	size_t waiting; /* answers */
};

static void
on_bound(struct apps_bar *bar, enum a11y_reply reply, GVariant *body, double *bound)
{
	double span;

	if (reply == A11Y_REPLY_OK)
		*bound = g_variant_get_double(body);
	if (--bar->waiting > 0)
		return;
	span = bar->most - bar->least;
	bar->done(bar->data, span > 0 ? (bar->value - bar->least) / span * 100 : -1);
}

static void
on_least(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_bar *bar = data;

	on_bound(bar, reply, body, &bar->least);
}

static void
on_most(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_bar *bar = data;

	on_bound(bar, reply, body, &bar->most);
}

struct apps_bar *
apps_bar_new(struct a11y_app *app, const struct a11y_ref *ref, double value, apps_bar_done done,
	     void *data)
{
	struct apps_bar *bar = g_new0(struct apps_bar, 1);

	bar->group = a11y_group_new(app);
	bar->done = done;
	bar->data = data;
	bar->value = value;
	bar->waiting = 2;
	a11y_get(bar->group, ref, A11Y_IF_VALUE, "MinimumValue", "d", on_least, bar);
	a11y_get(bar->group, ref, A11Y_IF_VALUE, "MaximumValue", "d", on_most, bar);
	return bar;
}

struct apps_bar *
apps_bar_free(struct apps_bar *bar)
{
	if (!bar)
		return NULL;
	a11y_group_end(bar->group);
	g_free(bar);
	return NULL;
}
