/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One command under way in the application in front: what acts in it, read-focus or read-title.
 * daemon/apps makes one for each press and is the only caller. Owns everything that the command
 * asks, and gives exactly one result unless it is freed before.
 */
#include "daemon/apps_run_private.h"

#include <errno.h>

#include "common/cleanup.h"
#include "common/i18n.h"
#include "daemon/a11y_action.h"
#include "daemon/a11y_roles.h"
#include "daemon/a11y_words.h"
#include "daemon/apps_action.h"
#include "daemon/apps_deed.h"
#include "daemon/apps_effects.h"
#include "daemon/apps_find.h"
#include "daemon/apps_menu.h"
#include "daemon/apps_read.h"
#include "daemon/apps_scroll.h"
#include "daemon/apps_toggle.h"
#include "daemon/apps_value.h"
#include "daemon/apps_write.h"

/* What toolkits and programs call the button that goes back (GNOME, Nautilus, Firefox, Qt). */
static const char *const back_names[] = {"back", "go back", "navigate back", NULL};

static void
on_pressed(void *data, enum brain_result result, const char *text)
{
	apps_run_finish(data, result, text);
}

static void
on_key(void *data, uint32_t key)
{
	struct apps_run *run = data;

	run->typing = true;
	run->key(run->data, key);
}

/* What was looked for is there. action: that presses it, or -1. */
void
apps_run_act(struct apps_run *run, const struct a11y_ref *ref, int action)
{
	bool up = run->command->type == COMMAND_INCREASE;

	switch (run->command->type) {
	case COMMAND_TOGGLE:
		apps_toggle_new(run->app, ref, on_key, on_pressed, run, &run->toggle);
		return;
	case COMMAND_INCREASE:
	case COMMAND_DECREASE:
		apps_value_new(run->app, ref, up, on_key, on_pressed, run, &run->value);
		return;
	case COMMAND_SET_TEXT:
		apps_write_new(run->app, ref, run->command->value, on_pressed, run, &run->write);
		return;
	case COMMAND_MENU:
		apps_menu_new(run->app, ref, on_key, on_pressed, run, &run->menu);
		return;
	default:
		apps_deed_new(run->app, ref, action, on_key, on_pressed, run, &run->deed);
		return;
	}
}

static void
found(struct apps_run *run, const struct a11y_ref *ref, int action)
{
	if (run->command->type == COMMAND_READ_FOCUS)
		apps_read_new(run->app, ref, 0, apps_run_on_read, run, &run->read_again);
	else if (run->only_look)
		apps_run_look_at(run, ref);
	else
		apps_run_act_if_announced(run, ref, action);
}

/* What was looked for may be there all the same. */
static void
finish_unseen(struct apps_run *run, const char *sentence)
{
	/* A key works all the same. */
	if (run->command->type == COMMAND_BACK)
		apps_run_finish(run, BRAIN_RESULT_NOT_FOUND, NULL);
	else
		apps_run_finish(run, BRAIN_RESULT_FAILED, sentence);
}

static void
on_found(void *data, enum apps_find_end end, const struct a11y_ref *ref, int action)
{
	struct apps_run *run = data;

	run->searching = false;
	switch (end) {
	case APPS_FIND_FOUND:
		found(run, ref, action);
		break;
	case APPS_FIND_NONE:
		apps_run_finish(run, BRAIN_RESULT_NOT_FOUND, NULL);
		break;
	case APPS_FIND_UNREADY:
		finish_unseen(run, _("This app does not show its buttons yet. Wait a moment and "
				     "press again"));
		break;
	case APPS_FIND_LARGE:
		finish_unseen(run, _("This window is too large to be searched. Go to what you "
				     "want with next, and press it there"));
		break;
	case APPS_FIND_GREYED:
		apps_run_finish_greyed(run, ref);
		break;
	case APPS_FIND_LATE:
		apps_run_finish_reply(run, A11Y_REPLY_LATE);
		break;
	case APPS_FIND_GONE:
		apps_run_finish_reply(run, A11Y_REPLY_GONE);
		break;
	}
}

static void
find(struct apps_run *run, const struct apps_wanted *wanted)
{
	run->searching = true;
	apps_find_new(run->app, &run->window, wanted, on_found, run, &run->find);
}

static void
find_focus(struct apps_run *run)
{
	const struct apps_wanted wanted = {.focused = true};

	find(run, &wanted);
}

/* Whether a question about the focus we heard of failed only because that is not it any more. */
static bool
is_stale(enum a11y_reply reply, uint64_t states)
{
	return reply == A11Y_REPLY_ERROR ||
	       (reply == A11Y_REPLY_OK && !a11y_state_has(states, A11Y_STATE_FOCUSED));
}

static void
on_focus_action(void *data, enum a11y_reply reply, uint64_t states, int action)
{
	struct apps_run *run = data;

	if (is_stale(reply, states))
		find_focus(run);
	else if (reply == A11Y_REPLY_OK)
		found(run, &run->focus, action);
	else
		apps_run_finish_reply(run, reply);
}

static void
on_cursor_action(void *data, enum a11y_reply reply, uint64_t states, int action)
{
	struct apps_run *run = data;

	(void)states;
	if (reply == A11Y_REPLY_OK)
		found(run, &run->cursor, action);
	else
		apps_run_finish_reply(run, reply);
}

static void
on_focus_read(void *data, enum a11y_reply reply, const struct apps_widget *widget)
{
	struct apps_run *run = data;

	if (is_stale(reply, widget ? widget->states : 0))
		find_focus(run);
	else
		apps_run_on_read(run, reply, widget);
}

static void
on_title(void *data, enum a11y_reply reply, GVariant *body)
{
	g_autofree char *title = apps_run_take_name(data, reply, body);

	if (title)
		apps_run_finish(data, BRAIN_RESULT_DONE,
				title[0] != '\0' ? title : _("A window without a title"));
}

/* Of which roles a command means what its profile gives no role of. */
static apps_wanted_role *
roles_of(enum command_type type)
{
	switch (type) {
	case COMMAND_TOGGLE:
		return a11y_role_is_toggled;
	case COMMAND_INCREASE:
	case COMMAND_DECREASE:
		return a11y_role_has_value;
	case COMMAND_SET_TEXT:
		return a11y_role_is_entry;
	default:
		return NULL;
	}
}

static void find_target(struct apps_run *run);

/* One reads on from a field, its buttons for example, and writes in it all the same. */
static void
on_cursor_role(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_run *run = data;
	uint32_t role = 0;

	if (reply == A11Y_REPLY_LATE || reply == A11Y_REPLY_GONE) {
		apps_run_finish_reply(run, reply);
		return;
	}
	if (reply == A11Y_REPLY_OK)
		g_variant_get(body, "(u)", &role);
	if (a11y_role_is_entry(role)) {
		found(run, &run->cursor, -1);
		return;
	}
	a11y_ref_clear(&run->cursor);
	find_target(run);
}

static void
ask_cursor(struct apps_run *run)
{
	if (run->command->type == COMMAND_SET_TEXT)
		a11y_call(run->group, &run->cursor, A11Y_IF_ACCESSIBLE, "GetRole", NULL, "(u)",
			  on_cursor_role, run);
	else
		a11y_action_new(run->app, &run->cursor, on_cursor_action, run, &run->action);
}

/* What the command names, else what the user reads, else what has the focus. */
static void
find_target(struct apps_run *run)
{
	const struct command *command = run->command;
	char *names[] = {command->name, NULL};
	const struct apps_wanted wanted = {
	    .role = command->role,
	    .names = command->name ? names : NULL,
	    .description = command->description,
	    .id = command->id,
	    .path = command->path,
	    .not_pressable = command->type != COMMAND_ACTIVATE && command->type != COMMAND_TOGGLE,
	    .of_role = command->role ? NULL : roles_of(command->type),
	};

	if (command_names_widget(command))
		find(run, &wanted);
	else if (a11y_ref_is_set(&run->cursor) && !a11y_ref_equal(&run->cursor, &run->focus))
		ask_cursor(run);
	else if (a11y_ref_is_set(&run->focus))
		a11y_action_new(run->app, &run->focus, on_focus_action, run, &run->action);
	else
		find_focus(run);
}

static void
back(struct apps_run *run)
{
	static char role[] = "button";
	const struct apps_wanted wanted = {
	    .role = role,
	    .names = (char **)back_names,
	    .any_case = true,
	};

	find(run, &wanted);
}

static void
read_focus(struct apps_run *run)
{
	if (a11y_ref_is_set(&run->focus))
		apps_read_new(run->app, &run->focus, 0, on_focus_read, run, &run->read);
	else
		find_focus(run);
}

static void
scroll(struct apps_run *run)
{
	const struct a11y_ref *near = a11y_ref_is_set(&run->cursor) ? &run->cursor : &run->focus;

	apps_scroll_new(run->app, &run->window, near, run->command->direction, on_key, on_pressed,
			run, &run->scroll);
}

static int
start(struct apps_run *run, GDBusConnection *session)
{
	switch (run->command->type) {
	case COMMAND_ACTIVATE:
	case COMMAND_TOGGLE:
	case COMMAND_INCREASE:
	case COMMAND_DECREASE:
	case COMMAND_SET_TEXT:
	case COMMAND_MENU:
		find_target(run);
		return 0;
	case COMMAND_BACK:
		back(run);
		return 0;
	case COMMAND_READ_FOCUS:
		read_focus(run);
		return 0;
	case COMMAND_READ_TITLE:
		a11y_get(run->group, &run->window, A11Y_IF_ACCESSIBLE, "Name", "s", on_title, run);
		return 0;
	case COMMAND_SCROLL:
		scroll(run);
		return 0;
	case COMMAND_ACTION:
		apps_action_new(session, run->app, &run->window, run->command->value,
				run->only_look, on_pressed, run, &run->own_action);
		return 0;
	default:
		return -EINVAL; /* others carry it out */
	}
}

int
apps_run_new(const struct apps_run_where *where, const struct command *command, bool only_look,
	     apps_run_key key, apps_run_done done, void *data, struct apps_run **out)
{
	struct apps_run *run = g_new0(struct apps_run, 1);
	int r;

	run->app = a11y_app_ref(where->app);
	run->app->way = NULL;
	run->group = a11y_group_new(where->app);
	run->window = a11y_ref_copy(where->window);
	run->focus = a11y_ref_copy(where->focus);
	run->cursor = a11y_ref_copy(where->cursor);
	run->command = command;
	run->only_look = only_look;
	run->announced = g_strdup(where->announced);
	run->key = key;
	run->done = done;
	run->data = data;
	*out = run;
	r = start(run, where->session);
	if (r < 0)
		*out = apps_run_free(run);
	else if (!only_look && command->type != COMMAND_READ_FOCUS &&
		 command->type != COMMAND_READ_TITLE)
		run->effects = apps_effects_new(run->app->connection, run->window.bus, NULL, NULL);
	return r;
}

bool
apps_run_typed(struct apps_run *run, const char *reason)
{
	if (!run->typing)
		return false;
	run->typing = false;
	if (run->toggle)
		apps_toggle_typed(run->toggle, reason);
	else if (run->menu)
		apps_menu_typed(run->menu, reason);
	else if (run->value)
		apps_value_typed(run->value, reason);
	else if (run->scroll)
		apps_scroll_typed(run->scroll, reason);
	else
		apps_deed_typed(run->deed, reason);
	return true;
}

bool
apps_run_is_searching(const struct apps_run *run)
{
	return run->searching;
}

const char *
apps_run_way(const struct apps_run *run)
{
	return run->app->way;
}

struct apps_run *
apps_run_free(struct apps_run *run)
{
	if (!run)
		return NULL;
	a11y_group_end(run->group);
	a11y_action_free(run->action);
	apps_find_free(run->find);
	apps_read_free(run->read);
	apps_read_free(run->read_again);
	apps_deed_free(run->deed);
	apps_toggle_free(run->toggle);
	apps_value_free(run->value);
	apps_write_free(run->write);
	apps_action_free(run->own_action);
	apps_menu_free(run->menu);
	apps_scroll_free(run->scroll);
	apps_effects_free(run->effects);
	a11y_ref_clear(&run->window);
	a11y_ref_clear(&run->focus);
	a11y_ref_clear(&run->cursor);
	a11y_ref_clear(&run->target);
	g_free(run->announced);
	a11y_app_unref(run->app);
	g_free(run);
	return NULL;
}
