/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Increasing and decreasing a widget by one step: its value, else its choice, else an action of its
 * own.
 * daemon/apps_run is the only caller.
 * Owns its questions; it ends by itself with one result, or when it is freed, with none.
 *
 *   its range --at its end already--> NOT_FOUND "100, the highest"
 *     | '--has none--> a combo box, or the button or the field in one: its next choice
 * (daemon/apps_option) |        '--neither--> an action that increases it --none--> NOT_FOUND
 *     '--set--> what it is then --another--> DONE
 *                   '--the same--> APPS_EFFECT_MS later again --the same--> DELIVERED
 */
#include "daemon/apps_value.h"

#include <math.h>

#include "common/i18n.h"
#include "daemon/a11y_action.h"
#include "daemon/a11y_relation.h"
#include "daemon/a11y_roles.h"
#include "daemon/a11y_value.h"
#include "daemon/a11y_words.h"
#include "daemon/apps.h"
#include "daemon/apps_holder.h"
#include "daemon/apps_option.h"

struct apps_value {
	struct a11y_app *app;
	struct a11y_group *group;
	struct a11y_ref ref;
	bool up;
	apps_deed_key key;
	apps_press_done done;
	void *data;
	struct a11y_range_query *query;
	struct apps_holder *holder;
	struct apps_option *option;
	struct a11y_action *action;
	struct apps_press *press;
	double before;
	bool again; /* the last look */
	guint timer;
};

/* May free value: nothing may follow. */
static void
finish(struct apps_value *value, enum brain_result result, const char *text)
{
	value->done(value->data, result, text);
}

/* The application did not answer, or with an error: then it has none. */
static void
finish_reply(struct apps_value *value, enum a11y_reply reply)
{
	switch (reply) {
	case A11Y_REPLY_LATE:
		finish(value, BRAIN_RESULT_NOT_RESPONDING, NULL);
		return;
	case A11Y_REPLY_GONE:
		finish(value, BRAIN_RESULT_FAILED, _("The app has closed"));
		return;
	case A11Y_REPLY_OK:
	case A11Y_REPLY_ERROR:
		finish(value, BRAIN_RESULT_NOT_FOUND, _("This has no value to change"));
		return;
	}
}

char *
apps_value_words(double value)
{
	return g_strdup_printf("%g", value);
}

/* --- its value --- */

static void look(struct apps_value *value);

static gboolean
on_timeout(void *data)
{
	struct apps_value *value = data;

	value->timer = 0;
	value->again = true;
	look(value);
	return G_SOURCE_REMOVE;
}

static void
on_value(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_value *value = data;
	g_autofree char *words = NULL;
	double now;

	if (reply != A11Y_REPLY_OK) {
		finish_reply(value, reply);
		return;
	}
	now = g_variant_get_double(body);
	/* The very number that it told before: nothing was reckoned in between. */
	if (now < value->before || now > value->before) {
		words = apps_value_words(now);
		finish(value, BRAIN_RESULT_DONE, words);
	} else if (value->again) {
		finish(value, BRAIN_RESULT_DELIVERED, NULL);
	} else {
		value->timer = g_timeout_add(APPS_EFFECT_MS, on_timeout, value);
	}
}

static void
look(struct apps_value *value)
{
	a11y_get_value(value->group, &value->ref, on_value, value);
}

static void
on_set(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_value *value = data;

	(void)body; /* it is empty */
	if (reply == A11Y_REPLY_OK)
		look(value);
	else
		finish_reply(value, reply);
}

/* --- an action of its own --- */

static void
on_pressed(void *data, enum brain_result result, const char *text)
{
	finish(data, result, text);
}

static void
on_action(void *data, enum a11y_reply reply, uint64_t states, int action)
{
	struct apps_value *value = data;

	value->action = a11y_action_free(value->action);
	value->app->way = N_("By its own action");
	if (reply == A11Y_REPLY_OK && action >= 0 && a11y_state_usable(states, false))
		apps_press_new(value->app, &value->ref, &apps_act_action,
			       g_variant_new("(i)", action), on_pressed, value, &value->press);
	else
		finish_reply(value, reply);
}

static void
ask_action(struct apps_value *value)
{
	a11y_action_new_of(value->app, &value->ref,
			   value->up ? a11y_verbs_increase : a11y_verbs_decrease, on_action, value,
			   &value->action);
}

/* --- its choice --- */

static void
on_key(void *data, uint32_t key)
{
	struct apps_value *value = data;

	value->key(value->data, key);
}

static void
choose(struct apps_value *value, const struct a11y_ref *box)
{
	apps_option_new(value->app, box, value->up, on_key, on_pressed, value, &value->option);
}

static void
on_holder(void *data, enum a11y_reply reply, const struct a11y_ref *box)
{
	if (reply == A11Y_REPLY_LATE || reply == A11Y_REPLY_GONE)
		finish_reply(data, reply);
	else if (box)
		choose(data, box);
	else
		ask_action(data);
}

static void
on_parent(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_value *value = data;
	struct a11y_ref parent = {NULL, NULL};

	if (reply == A11Y_REPLY_LATE || reply == A11Y_REPLY_GONE) {
		finish_reply(value, reply);
		return;
	}
	if (reply == A11Y_REPLY_OK)
		parent = a11y_relation_ref(body, value->ref.bus);
	if (a11y_ref_is_set(&parent))
		value->holder = apps_holder_new(value->app, &parent, on_holder, value);
	else
		ask_action(value);
	a11y_ref_clear(&parent);
}

static void
on_role(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_value *value = data;
	uint32_t role = 0;

	if (reply == A11Y_REPLY_LATE || reply == A11Y_REPLY_GONE) {
		finish_reply(value, reply);
		return;
	}
	if (reply == A11Y_REPLY_OK)
		g_variant_get(body, "(u)", &role);
	if (role == A11Y_ROLE_COMBO_BOX)
		choose(value, &value->ref);
	else if (role == A11Y_ROLE_PUSH_BUTTON || role == A11Y_ROLE_TOGGLE_BUTTON ||
		 a11y_role_is_entry(role))
		a11y_get(value->group, &value->ref, A11Y_IF_ACCESSIBLE, "Parent", "(so)", on_parent,
			 value);
	else
		ask_action(value);
}

/* --- its range --- */

static void
finish_at_end(struct apps_value *value)
{
	g_autofree char *number = apps_value_words(value->before);
	g_autofree char *words =
	    g_strdup_printf(value->up ? _("%s, the highest") : _("%s, the lowest"), number);

	finish(value, BRAIN_RESULT_NOT_FOUND, words);
}

static void
on_range(void *data, enum a11y_reply reply, const struct a11y_range *range)
{
	struct apps_value *value = data;
	double to;

	if (reply == A11Y_REPLY_ERROR) {
		a11y_call(value->group, &value->ref, A11Y_IF_ACCESSIBLE, "GetRole", NULL, "(u)",
			  on_role, value);
		return;
	}
	if (reply != A11Y_REPLY_OK) {
		finish_reply(value, reply);
		return;
	}
	value->app->way = N_("By its value");
	value->before = range->now;
	to = a11y_range_step(range, value->up);
	if (value->up ? to <= range->now : to >= range->now)
		finish_at_end(value);
	else
		a11y_set_value(value->group, &value->ref, to, on_set, value);
}

int
apps_value_new(struct a11y_app *app, const struct a11y_ref *ref, bool up, apps_deed_key key,
	       apps_press_done done, void *data, struct apps_value **out)
{
	struct apps_value *value = g_new0(struct apps_value, 1);

	value->app = a11y_app_ref(app);
	value->group = a11y_group_new(app);
	value->ref = a11y_ref_copy(ref);
	value->up = up;
	value->key = key;
	value->done = done;
	value->data = data;
	*out = value;
	value->query = a11y_range_query_new(app, &value->ref, on_range, value);
	return 0;
}

struct apps_value *
apps_value_free(struct apps_value *value)
{
	if (!value)
		return NULL;
	g_clear_handle_id(&value->timer, g_source_remove);
	a11y_range_query_free(value->query);
	apps_holder_free(value->holder);
	apps_option_free(value->option);
	a11y_action_free(value->action);
	apps_press_free(value->press);
	a11y_group_end(value->group);
	a11y_ref_clear(&value->ref);
	a11y_app_unref(value->app);
	g_free(value);
	return NULL;
}

void
apps_value_typed(struct apps_value *value, const char *reason)
{
	apps_option_typed(value->option, reason);
}
