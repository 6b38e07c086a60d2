/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Opening the menu of a widget: by an action of its own, as a button that has one, or by a key.
 * daemon/apps_run is the only caller.
 * Owns its questions; it ends by itself with one result, or when it is freed, with none.
 *
 *   an action that opens a menu --none--> a menu button is pressed (daemon/apps_deed)
 *     --it is none--> the focus: when it has it then, the key Menu --else--> NOT_FOUND
 */
#include "daemon/apps_menu.h"

#include <linux/input-event-codes.h>

#include "common/i18n.h"
#include "daemon/a11y_action.h"
#include "daemon/a11y_component.h"
#include "daemon/a11y_roles.h"
#include "daemon/a11y_words.h"

struct apps_menu {
	struct a11y_app *app;
	struct a11y_group *group;
	struct a11y_ref ref;
	apps_deed_key key;
	apps_press_done done;
	void *data;
	struct a11y_action *action;
	struct a11y_action *press_action;
	struct apps_press *press;
	struct apps_deed *deed;
};

/* May free menu: nothing may follow. */
static void
finish(struct apps_menu *menu, enum brain_result result, const char *text)
{
	menu->done(menu->data, result, text);
}

/* True: it answered, if with an error. May free menu: nothing may follow when not. */
static bool
take(struct apps_menu *menu, enum a11y_reply reply)
{
	if (reply == A11Y_REPLY_LATE)
		finish(menu, BRAIN_RESULT_NOT_RESPONDING, NULL);
	else if (reply == A11Y_REPLY_GONE)
		finish(menu, BRAIN_RESULT_FAILED, _("The app has closed"));
	return reply != A11Y_REPLY_LATE && reply != A11Y_REPLY_GONE;
}

static void
on_pressed(void *data, enum brain_result result, const char *text)
{
	finish(data, result, text);
}

/* --- the focus and a key --- */

static void
on_focus_state(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_menu *menu = data;

	if (!take(menu, reply))
		return;
	/* The key would open the menu of something else. */
	if (!body || !a11y_state_has(a11y_states(body), A11Y_STATE_FOCUSED)) {
		finish(menu, BRAIN_RESULT_NOT_FOUND, _("This has no menu"));
		return;
	}
	menu->app->way = N_("By the focus and a key");
	apps_press_new(menu->app, &menu->ref, NULL, NULL, on_pressed, menu, &menu->press);
	menu->key(menu->data, KEY_COMPOSE);
}

static void
on_grabbed(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_menu *menu = data;

	(void)body; /* it may say yes and not do it: its state is what counts */
	if (take(menu, reply))
		a11y_get_state(menu->group, &menu->ref, on_focus_state, menu);
}

/* --- a button that has one --- */

static void
on_deed_key(void *data, uint32_t key)
{
	struct apps_menu *menu = data;

	menu->key(menu->data, key);
}

static void
on_press_action(void *data, enum a11y_reply reply, uint64_t states, int action)
{
	struct apps_menu *menu = data;

	(void)states; /* a greyed button shows that by doing nothing */
	menu->press_action = a11y_action_free(menu->press_action);
	if (take(menu, reply))
		apps_deed_new(menu->app, &menu->ref, action, on_deed_key, on_pressed, menu,
			      &menu->deed);
}

static void
on_role(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_menu *menu = data;
	uint32_t role = 0;

	if (!take(menu, reply))
		return;
	if (body)
		g_variant_get(body, "(u)", &role);
	if (a11y_role_opens_menu(role))
		a11y_action_new(menu->app, &menu->ref, on_press_action, menu, &menu->press_action);
	else
		a11y_call(menu->group, &menu->ref, a11y_grab_focus.interface,
			  a11y_grab_focus.method, NULL, a11y_grab_focus.reply_type, on_grabbed,
			  menu);
}

/* --- its own action --- */

static void
on_action(void *data, enum a11y_reply reply, uint64_t states, int action)
{
	struct apps_menu *menu = data;

	(void)states; /* as above */
	menu->action = a11y_action_free(menu->action);
	if (!take(menu, reply))
		return;
	menu->app->way = N_("By its own action");
	if (reply == A11Y_REPLY_OK && action >= 0)
		apps_press_new(menu->app, &menu->ref, &apps_act_action,
			       g_variant_new("(i)", action), on_pressed, menu, &menu->press);
	else
		a11y_call(menu->group, &menu->ref, A11Y_IF_ACCESSIBLE, "GetRole", NULL, "(u)",
			  on_role, menu);
}

int
apps_menu_new(struct a11y_app *app, const struct a11y_ref *ref, apps_deed_key key,
	      apps_press_done done, void *data, struct apps_menu **out)
{
	struct apps_menu *menu = g_new0(struct apps_menu, 1);

	menu->app = a11y_app_ref(app);
	menu->group = a11y_group_new(app);
	menu->ref = a11y_ref_copy(ref);
	menu->key = key;
	menu->done = done;
	menu->data = data;
	*out = menu;
	a11y_action_new_of(app, &menu->ref, a11y_verbs_menu, on_action, menu, &menu->action);
	return 0;
}

struct apps_menu *
apps_menu_free(struct apps_menu *menu)
{
	if (!menu)
		return NULL;
	a11y_group_end(menu->group);
	a11y_action_free(menu->action);
	a11y_action_free(menu->press_action);
	apps_press_free(menu->press);
	apps_deed_free(menu->deed);
	a11y_ref_clear(&menu->ref);
	a11y_app_unref(menu->app);
	g_free(menu);
	return NULL;
}

void
apps_menu_typed(struct apps_menu *menu, const char *reason)
{
	if (menu->deed)
		apps_deed_typed(menu->deed, reason);
	else if (reason)
		finish(menu, BRAIN_RESULT_FAILED, reason);
	else
		apps_press_sent(menu->press);
}
