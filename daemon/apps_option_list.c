/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * GTK 4's drop-down has no rows until it is open: its list is opened by the button in it, the row
 * is selected there, where the one before has the focus, and Enter takes it. Part of apps_option,
 * which calls it. Owns nothing: all of it is the option's.
 */
#include "daemon/apps_option_private.h"

#include <linux/input-event-codes.h>

#include "common/cleanup.h"
#include "common/i18n.h"
#include "daemon/a11y_words.h"

/* A list that was opened takes the focus when it is drawn: it is looked for again so often, for as
 * long as an effect is awaited, twice (APPS_EFFECT_MS). */
#define OPENS_MS    50
#define OPENS_TRIES 20

static void
on_closed(void *data, enum brain_result result, const char *text)
{
	struct apps_option *option = data;
	g_autofree char *words = g_steal_pointer(&option->end_words);

	(void)result, (void)text; /* what led to it counts */
	apps_option_finish(option, option->end_result, words);
}

void
apps_option_close(struct apps_option *option, enum brain_result result, const char *text)
{
	if (!a11y_ref_is_set(&option->button)) {
		apps_option_finish(option, result, text);
		return;
	}
	/* Said once it is closed: the row that has the focus as long as it is open is no news. */
	option->end_result = result;
	option->end_words = g_strdup(text);
	apps_press_free(option->press);
	apps_press_new(option->app, &option->button, &apps_act_action,
		       g_variant_new("(i)", option->opens), on_closed, option, &option->press);
}

/* --- its rows --- */

static void
on_row(void *data, enum a11y_reply reply, bool selected)
{
	struct apps_option *option = data;

	option->row = apps_row_free(option->row);
	if (!apps_option_take(option, reply))
		return;
	if (!selected) {
		apps_option_finish(option, BRAIN_RESULT_FAILED,
				   _("Its list is open. Choose in it with next, and activate"));
		return;
	}
	option->app->way = N_("By the list that it opens");
	apps_option_type(option, KEY_ENTER);
}

void
apps_option_select_in_list(struct apps_option *option)
{
	const struct a11y_ref ref = {option->box.bus, option->target->path};

	option->row = apps_row_new(option->app, &ref, on_row, option);
}

static gboolean
on_opens(void *data)
{
	struct apps_option *option = data;

	option->timer = 0;
	apps_option_walk(option);
	return G_SOURCE_REMOVE;
}

void
apps_option_await_rows(struct apps_option *option)
{
	if (++option->tries < OPENS_TRIES) {
		option->timer = g_timeout_add(OPENS_MS, on_opens, option);
		return;
	}
	apps_option_close(option, BRAIN_RESULT_NOT_FOUND,
			  _("This app does not say what can be chosen here"));
}

/* --- opening --- */

static void
on_opened(void *data, enum brain_result result, const char *text)
{
	struct apps_option *option = data;

	option->press = apps_press_free(option->press);
	if (result == BRAIN_RESULT_DONE || result == BRAIN_RESULT_DELIVERED)
		apps_option_walk(option);
	else
		apps_option_finish(option, result, text);
}

static void
on_action(void *data, enum a11y_reply reply, uint64_t states, int action)
{
	struct apps_option *option = data;

	option->action = a11y_action_free(option->action);
	if (!apps_option_take(option, reply))
		return;
	if (reply != A11Y_REPLY_OK || action < 0 || !a11y_state_usable(states, false)) {
		a11y_ref_clear(&option->button);
		apps_option_finish_none(option);
		return;
	}
	option->opens = action;
	apps_press_new(option->app, &option->button, &apps_act_action, g_variant_new("(i)", action),
		       on_opened, option, &option->press);
}

void
apps_option_open(struct apps_option *option)
{
	for (size_t i = 0; i < a11y_walk_count(option->walk); i++) {
		const struct a11y_node *node = a11y_walk_node(option->walk, i);

		if (!node->has_role ||
		    (node->role != A11Y_ROLE_PUSH_BUTTON && node->role != A11Y_ROLE_TOGGLE_BUTTON))
			continue;
		option->way = WAY_LIST;
		option->button = (struct a11y_ref){g_strdup(option->box.bus), g_strdup(node->path)};
		a11y_action_new(option->app, &option->button, on_action, option, &option->action);
		return;
	}
	apps_option_finish_none(option);
}
