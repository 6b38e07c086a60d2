/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether a widget can be pressed, or made to do something else, and by which of its actions.
 * Called by the search, for each widget that fits, and for the focused one.
 * Owns its questions; it ends by itself with one answer, or when it is freed, with none.
 */
#include "daemon/a11y_action.h"

#include "daemon/a11y_words.h"

/* GTK 4's windows have ten actions, its text fields six; a widget has no reason for more. */
#define ACTIONS_MAX 32

struct name {
	struct a11y_action *action;
	char *text; /* NULL until it was told, and when it was not */
};

struct a11y_action {
	struct a11y_group *group;
	struct a11y_ref ref;
	const char *const *verbs;
	a11y_action_done done;
	void *data;
	uint64_t states;
	struct name names[ACTIONS_MAX];
	size_t count;
	size_t waiting;
};

static void
finish(struct a11y_action *action, enum a11y_reply reply, int chosen)
{
	/* May free action. */
	action->done(action->data, reply, action->states, chosen);
}

static void
choose(struct a11y_action *action)
{
	const char *texts[ACTIONS_MAX];

	for (size_t i = 0; i < action->count; i++)
		texts[i] = action->names[i].text ? action->names[i].text : "";
	finish(action, A11Y_REPLY_OK, a11y_action_choose_of(action->verbs, texts, action->count));
}

static void
on_name(void *data, enum a11y_reply reply, GVariant *body)
{
	struct name *name = data;
	struct a11y_action *action = name->action;
	const char *text = NULL;

	if (reply == A11Y_REPLY_LATE || reply == A11Y_REPLY_GONE) {
		finish(action, reply, -1);
		return;
	}
	if (reply == A11Y_REPLY_OK) {
		g_variant_get(body, "(&s)", &text);
		name->text = a11y_name_tidy(text);
	}
	if (--action->waiting == 0)
		choose(action);
}

static void
on_count(void *data, enum a11y_reply reply, GVariant *body)
{
	struct a11y_action *action = data;
	int32_t count;

	/* A widget without the interface answers with an error: it has no actions. */
	if (reply != A11Y_REPLY_OK) {
		finish(action, reply == A11Y_REPLY_ERROR ? A11Y_REPLY_OK : reply, -1);
		return;
	}
	count = g_variant_get_int32(body);
	if (count <= 0) {
		finish(action, A11Y_REPLY_OK, -1);
		return;
	}
	action->count = MIN((size_t)count, (size_t)ACTIONS_MAX);
	action->waiting = action->count;
	for (size_t i = 0; i < action->count; i++) {
		action->names[i].action = action;
		a11y_call(action->group, &action->ref, A11Y_IF_ACTION, "GetName",
			  g_variant_new("(i)", (int32_t)i), "(s)", on_name, &action->names[i]);
	}
}

static void
on_state(void *data, enum a11y_reply reply, GVariant *body)
{
	struct a11y_action *action = data;

	if (reply != A11Y_REPLY_OK) {
		finish(action, reply, -1);
		return;
	}
	action->states = a11y_states(body);
	a11y_get(action->group, &action->ref, A11Y_IF_ACTION, "NActions", "i", on_count, action);
}

int
a11y_action_new(struct a11y_app *app, const struct a11y_ref *ref, a11y_action_done done, void *data,
		struct a11y_action **out)
{
	return a11y_action_new_of(app, ref, a11y_verbs_press, done, data, out);
}

int
a11y_action_new_of(struct a11y_app *app, const struct a11y_ref *ref, const char *const *verbs,
		   a11y_action_done done, void *data, struct a11y_action **out)
{
	struct a11y_action *action = g_new0(struct a11y_action, 1);

	action->group = a11y_group_new(app);
	action->ref = a11y_ref_copy(ref);
	action->verbs = verbs;
	action->done = done;
	action->data = data;
	*out = action;
	a11y_get_state(action->group, &action->ref, on_state, action);
	return 0;
}

struct a11y_action *
a11y_action_free(struct a11y_action *action)
{
	if (!action)
		return NULL;
	a11y_group_end(action->group);
	a11y_ref_clear(&action->ref);
	for (size_t i = 0; i < action->count; i++)
		g_free(action->names[i].text);
	g_free(action);
	return NULL;
}
