/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pressing a widget in whichever way works: its own action, that of what is in it or around it, or
 * the focus and a key. daemon/apps_run is the only caller.
 * Owns its questions; it ends by itself with one result, or when it is freed, with none.
 *
 *   own action --has none--> the one thing in it that has one (GTK 4's menu button is two widgets)
 *     --none--> what it is in, when that can be used (a label in a row)
 *     --none--> the focus: when it has it then, Space for what is checked, else Enter
 *     --a row, which GTK 4 gives none--> selected in its list, when the focus is there: Enter
 */
#include "daemon/apps_deed.h"

#include <linux/input-event-codes.h>

#include "common/i18n.h"
#include "daemon/a11y_action.h"
#include "daemon/a11y_component.h"
#include "daemon/a11y_roles.h"
#include "daemon/a11y_words.h"
#include "daemon/apps_row.h"

/* AtspiRole. */
enum { ROLE_LIST_ITEM = 32 };

struct apps_deed {
	struct a11y_app *app;
	struct a11y_group *group;
	struct a11y_ref ref;
	struct a11y_ref other; /* what is in it, or around it */
	uint32_t role;
	apps_deed_key key;
	apps_press_done done;
	void *data;
	struct a11y_action *action;
	struct apps_press *press;
	struct apps_row *row;
};

static void ask_around(struct apps_deed *deed);
static void take_focus(struct apps_deed *deed);

/* May free deed: nothing may follow. */
static void
finish(struct apps_deed *deed, enum brain_result result, const char *text)
{
	deed->done(deed->data, result, text);
}

static void
finish_reply(struct apps_deed *deed, enum a11y_reply reply)
{
	if (reply == A11Y_REPLY_LATE)
		finish(deed, BRAIN_RESULT_NOT_RESPONDING, NULL);
	else
		finish(deed, BRAIN_RESULT_FAILED,
		       reply == A11Y_REPLY_GONE ? _("The app has closed") : NULL);
}

static bool
is_over(enum a11y_reply reply)
{
	return reply == A11Y_REPLY_LATE || reply == A11Y_REPLY_GONE;
}

static void
on_pressed(void *data, enum brain_result result, const char *text)
{
	finish(data, result, text);
}

static void
do_action(struct apps_deed *deed, const struct a11y_ref *ref, int action, const char *way)
{
	deed->app->way = way;
	apps_press_new(deed->app, ref, &apps_act_action, g_variant_new("(i)", action), on_pressed,
		       deed, &deed->press);
}

/* --- what is in it --- */

static void
on_inner_action(void *data, enum a11y_reply reply, uint64_t states, int action)
{
	struct apps_deed *deed = data;

	deed->action = a11y_action_free(deed->action);
	if (is_over(reply))
		finish_reply(deed, reply);
	else if (reply == A11Y_REPLY_OK && action >= 0 && a11y_state_usable(states, false))
		do_action(deed, &deed->other, action, N_("By the one thing in it"));
	else
		ask_around(deed);
}

static void
on_children(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_deed *deed = data;
	g_autoptr(GVariant) children = NULL;
	const char *bus;
	const char *path;

	if (is_over(reply)) {
		finish_reply(deed, reply);
		return;
	}
	if (reply == A11Y_REPLY_OK)
		children = g_variant_get_child_value(body, 0);
	/* One of several would be a guess. */
	if (!children || g_variant_n_children(children) != 1) {
		ask_around(deed);
		return;
	}
	g_variant_get_child(children, 0, "(&s&o)", &bus, &path);
	if (!g_str_equal(bus, deed->ref.bus)) {
		ask_around(deed);
		return;
	}
	deed->other = (struct a11y_ref){g_strdup(bus), g_strdup(path)};
	a11y_action_new(deed->app, &deed->other, on_inner_action, deed, &deed->action);
}

/* --- what it is in --- */

static void
on_outer_action(void *data, enum a11y_reply reply, uint64_t states, int action)
{
	struct apps_deed *deed = data;

	deed->action = a11y_action_free(deed->action);
	if (is_over(reply))
		finish_reply(deed, reply);
	else if (reply == A11Y_REPLY_OK && action >= 0 && a11y_state_usable(states, false))
		do_action(deed, &deed->other, action, N_("By what it is in"));
	else
		take_focus(deed);
}

static void
on_outer_role(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_deed *deed = data;
	uint32_t role = 0;

	if (is_over(reply)) {
		finish_reply(deed, reply);
		return;
	}
	if (reply == A11Y_REPLY_OK)
		g_variant_get(body, "(u)", &role);
	/* A window's or a page's own action would be something else. */
	if (a11y_role_reading(role) == A11Y_READING_CONTROL ||
	    a11y_role_reading(role) == A11Y_READING_ENTRY)
		a11y_action_new(deed->app, &deed->other, on_outer_action, deed, &deed->action);
	else
		take_focus(deed);
}

static void
on_parent(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_deed *deed = data;
	const char *bus;
	const char *path;

	if (is_over(reply)) {
		finish_reply(deed, reply);
		return;
	}
	if (reply == A11Y_REPLY_OK)
		g_variant_get(body, "(&s&o)", &bus, &path);
	if (reply != A11Y_REPLY_OK || !g_str_equal(bus, deed->ref.bus)) {
		take_focus(deed);
		return;
	}
	a11y_ref_clear(&deed->other);
	deed->other = (struct a11y_ref){g_strdup(bus), g_strdup(path)};
	a11y_call(deed->group, &deed->other, A11Y_IF_ACCESSIBLE, "GetRole", NULL, "(u)",
		  on_outer_role, deed);
}

static void
ask_around(struct apps_deed *deed)
{
	a11y_get(deed->group, &deed->ref, A11Y_IF_ACCESSIBLE, "Parent", "(so)", on_parent, deed);
}

/* --- the focus and a key --- */

static void
type_key(struct apps_deed *deed)
{
	deed->app->way = N_("By the focus and a key");
	apps_press_new(deed->app, &deed->ref, NULL, NULL, on_pressed, deed, &deed->press);
	deed->key(deed->data, a11y_role_is_checked(deed->role) ? KEY_SPACE : KEY_ENTER);
}

static void
on_row(void *data, enum a11y_reply reply, bool selected)
{
	struct apps_deed *deed = data;

	if (is_over(reply))
		finish_reply(deed, reply);
	else if (selected)
		type_key(deed);
	else
		finish(deed, BRAIN_RESULT_NOT_FOUND, _("This cannot be pressed"));
}

static void
on_focus_state(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_deed *deed = data;

	if (is_over(reply)) {
		finish_reply(deed, reply);
		return;
	}
	/* A key would go to something else. */
	if (reply != A11Y_REPLY_OK || !a11y_state_has(a11y_states(body), A11Y_STATE_FOCUSED)) {
		finish(deed, BRAIN_RESULT_NOT_FOUND, _("This cannot be pressed"));
		return;
	}
	type_key(deed);
}

static void
on_grabbed(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_deed *deed = data;

	(void)body; /* it may say yes and not do it: its state is what counts */
	if (is_over(reply))
		finish_reply(deed, reply);
	else
		a11y_get_state(deed->group, &deed->ref, on_focus_state, deed);
}

static void
on_role(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_deed *deed = data;

	if (is_over(reply)) {
		finish_reply(deed, reply);
		return;
	}
	if (reply == A11Y_REPLY_OK)
		g_variant_get(body, "(u)", &deed->role);
	if (deed->role == ROLE_LIST_ITEM) {
		deed->row = apps_row_new(deed->app, &deed->ref, on_row, deed);
		return;
	}
	/* Enter elsewhere would be written into a text, or press the dialog's own button. */
	if (!a11y_role_takes_keys(deed->role)) {
		finish(deed, BRAIN_RESULT_NOT_FOUND, _("This cannot be pressed"));
		return;
	}
	a11y_call(deed->group, &deed->ref, a11y_grab_focus.interface, a11y_grab_focus.method, NULL,
		  a11y_grab_focus.reply_type, on_grabbed, deed);
}

static void
take_focus(struct apps_deed *deed)
{
	a11y_call(deed->group, &deed->ref, A11Y_IF_ACCESSIBLE, "GetRole", NULL, "(u)", on_role,
		  deed);
}

int
apps_deed_new(struct a11y_app *app, const struct a11y_ref *ref, int action, apps_deed_key key,
	      apps_press_done done, void *data, struct apps_deed **out)
{
	struct apps_deed *deed = g_new0(struct apps_deed, 1);

	deed->app = a11y_app_ref(app);
	deed->group = a11y_group_new(app);
	deed->ref = a11y_ref_copy(ref);
	deed->key = key;
	deed->done = done;
	deed->data = data;
	*out = deed;
	if (action >= 0)
		do_action(deed, ref, action, N_("By its own action"));
	else
		a11y_call(deed->group, ref, A11Y_IF_ACCESSIBLE, "GetChildren", NULL, "(a(so))",
			  on_children, deed);
	return 0;
}

struct apps_deed *
apps_deed_free(struct apps_deed *deed)
{
	if (!deed)
		return NULL;
	a11y_group_end(deed->group);
	a11y_action_free(deed->action);
	apps_press_free(deed->press);
	apps_row_free(deed->row);
	a11y_ref_clear(&deed->ref);
	a11y_ref_clear(&deed->other);
	a11y_app_unref(deed->app);
	g_free(deed);
	return NULL;
}

void
apps_deed_typed(struct apps_deed *deed, const char *reason)
{
	if (reason)
		finish(deed, BRAIN_RESULT_FAILED, reason);
	else
		apps_press_sent(deed->press);
}
