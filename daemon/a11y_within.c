/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tells that a row still has the focus when its list was told right after it.
 * daemon/a11y_front is the only caller. Owns its questions.
 *
 *   told, and another one within TOGETHER_MS --> has the first one the focus? --is the second its
 *     parent?--> still
 */
#include "daemon/a11y_within.h"

#include "daemon/a11y_relation.h"
#include "daemon/a11y_words.h"

/* Both are told in one go, and on a busy machine one is late; who moves the focus by hand is mostly
 * slower, and is not asked about. */
#define TOGETHER_MS 500

struct a11y_within {
	struct a11y_app *app;
	a11y_within_still still;
	void *data;
	struct a11y_ref last; /* not set: none a moment ago */
	guint forget;         /* timer */
	struct a11y_ref first;
	struct a11y_ref second;
	struct a11y_group *group; /* of the questions about these two */
};

static void
on_parent(void *data, enum a11y_reply reply, GVariant *body)
{
	struct a11y_within *within = data;
	struct a11y_ref parent = {NULL, NULL};

	if (reply == A11Y_REPLY_OK)
		parent = a11y_relation_ref(body, within->first.bus);
	if (a11y_ref_is_set(&parent) && a11y_ref_equal(&parent, &within->second)) {
		struct a11y_ref first = a11y_ref_copy(&within->first);

		within->still(within->data, &first);
		a11y_ref_clear(&first);
	}
	a11y_ref_clear(&parent);
}

static void
on_state(void *data, enum a11y_reply reply, GVariant *body)
{
	struct a11y_within *within = data;

	if (reply == A11Y_REPLY_OK && a11y_state_has(a11y_states(body), A11Y_STATE_FOCUSED))
		a11y_get(within->group, &within->first, A11Y_IF_ACCESSIBLE, "Parent", "(so)",
			 on_parent, within);
}

static void
end(struct a11y_within *within)
{
	within->group = a11y_group_end(within->group);
	a11y_ref_clear(&within->first);
	a11y_ref_clear(&within->second);
}

static gboolean
on_forget(void *data)
{
	struct a11y_within *within = data;

	within->forget = 0;
	a11y_ref_clear(&within->last);
	return G_SOURCE_REMOVE;
}

void
a11y_within_focus(struct a11y_within *within, const struct a11y_ref *focus)
{
	end(within);
	if (a11y_ref_is_set(&within->last) && g_str_equal(within->last.bus, focus->bus)) {
		within->first = a11y_ref_copy(&within->last);
		within->second = a11y_ref_copy(focus);
		within->group = a11y_group_new(within->app);
		a11y_get_state(within->group, &within->first, on_state, within);
	}
	a11y_ref_clear(&within->last);
	within->last = a11y_ref_copy(focus);
	g_clear_handle_id(&within->forget, g_source_remove);
	within->forget = g_timeout_add(TOGETHER_MS, on_forget, within);
}

struct a11y_within *
a11y_within_new(struct a11y_app *app, a11y_within_still still, void *data)
{
	struct a11y_within *within = g_new0(struct a11y_within, 1);

	within->app = a11y_app_ref(app);
	within->still = still;
	within->data = data;
	return within;
}

struct a11y_within *
a11y_within_free(struct a11y_within *within)
{
	if (!within)
		return NULL;
	end(within);
	g_clear_handle_id(&within->forget, g_source_remove);
	a11y_ref_clear(&within->last);
	a11y_app_unref(within->app);
	g_free(within);
	return NULL;
}
