/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Switching a widget on or off, or opening or closing it; what counts is the state it has then.
 * daemon/apps_run is the only caller.
 * Owns its questions and the watch for the state; it ends by itself with one result, or when it is
 * freed, with none.
 *
 *   its states, and the action that switches it --> done as any press is (daemon/apps_deed)
 *     | an event of its state, or the press is through, or APPS_EFFECT_MS after that
 *     '--> its states again --others--> DONE --the same, the last time--> DELIVERED
 */
#include "daemon/apps_toggle.h"

#include "common/cleanup.h"
#include "common/i18n.h"
#include "daemon/a11y_action.h"
#include "daemon/a11y_words.h"
#include "daemon/apps.h"

struct apps_toggle {
	struct a11y_app *app;
	struct a11y_group *group;
	struct a11y_ref ref;
	apps_deed_key key;
	apps_press_done done;
	void *data;
	struct a11y_action *action;
	struct apps_deed *deed;
	guint subscription;
	uint64_t before;
	bool through; /* the press is, and it may still show */
	bool last;    /* look */
	guint timer;
};

static const struct {
	enum a11y_state state;
	const char *on;
	const char *off;
} turns[] = {
    {A11Y_STATE_INDETERMINATE, N_("partly checked"), NULL},
    {A11Y_STATE_CHECKED, N_("checked"), N_("not checked")},
    {A11Y_STATE_PRESSED, N_("pressed"), N_("not pressed")},
    {A11Y_STATE_EXPANDED, N_("expanded"), N_("collapsed")},
    {A11Y_STATE_SELECTED, N_("selected"), N_("not selected")},
};

const char *
apps_toggle_words(uint64_t before, uint64_t after)
{
	for (size_t i = 0; i < ARRAY_LENGTH(turns); i++) {
		bool now = a11y_state_has(after, turns[i].state);

		if (now == a11y_state_has(before, turns[i].state))
			continue;
		if (now || turns[i].off)
			return _(now ? turns[i].on : turns[i].off);
	}
	return NULL;
}

/* May free toggle: nothing may follow. */
static void
finish(struct apps_toggle *toggle, enum brain_result result, const char *text)
{
	toggle->done(toggle->data, result, text);
}

static void
finish_reply(struct apps_toggle *toggle, enum a11y_reply reply)
{
	if (reply == A11Y_REPLY_LATE)
		finish(toggle, BRAIN_RESULT_NOT_RESPONDING, NULL);
	else
		finish(toggle, BRAIN_RESULT_FAILED,
		       reply == A11Y_REPLY_GONE ? _("The app has closed") : NULL);
}

static void
on_states(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_toggle *toggle = data;
	const char *words;

	if (reply != A11Y_REPLY_OK) {
		/* A menu's entry goes when it is chosen. */
		if (reply == A11Y_REPLY_ERROR && toggle->through)
			finish(toggle, BRAIN_RESULT_DONE, NULL);
		else if (reply != A11Y_REPLY_ERROR)
			finish_reply(toggle, reply);
		return;
	}
	words = apps_toggle_words(toggle->before, a11y_states(body));
	if (words)
		finish(toggle, BRAIN_RESULT_DONE, words);
	else if (toggle->last)
		finish(toggle, BRAIN_RESULT_DELIVERED, NULL);
}

static void
look(struct apps_toggle *toggle)
{
	a11y_get_state(toggle->group, &toggle->ref, on_states, toggle);
}

static void
on_event(GDBusConnection *connection, const char *sender, const char *path, const char *interface,
	 const char *signal, GVariant *parameters, void *data)
{
	(void)connection, (void)sender, (void)path, (void)interface, (void)signal;
	(void)parameters; /* it is asked for: some toolkits tell of a state before they have it */
	look(data);
}

static gboolean
on_timeout(void *data)
{
	struct apps_toggle *toggle = data;

	toggle->timer = 0;
	toggle->last = true;
	look(toggle);
	return G_SOURCE_REMOVE;
}

static void
on_deed(void *data, enum brain_result result, const char *text)
{
	struct apps_toggle *toggle = data;

	toggle->deed = apps_deed_free(toggle->deed);
	switch (result) {
	case BRAIN_RESULT_DONE:
		/* Something happened; the state may come next. */
		toggle->through = true;
		toggle->timer = g_timeout_add(APPS_EFFECT_MS, on_timeout, toggle);
		look(toggle);
		return;
	case BRAIN_RESULT_DELIVERED:
		toggle->through = true;
		toggle->last = true;
		look(toggle);
		return;
	case BRAIN_RESULT_NOT_FOUND:
		finish(toggle, result, _("This cannot be switched on or off"));
		return;
	case BRAIN_RESULT_NOT_RESPONDING:
	case BRAIN_RESULT_FAILED:
		finish(toggle, result, text);
		return;
	}
}

static void
on_key(void *data, uint32_t key)
{
	struct apps_toggle *toggle = data;

	toggle->key(toggle->data, key);
}

static void
on_action(void *data, enum a11y_reply reply, uint64_t states, int action)
{
	struct apps_toggle *toggle = data;

	toggle->action = a11y_action_free(toggle->action);
	if (reply != A11Y_REPLY_OK) {
		finish_reply(toggle, reply);
		return;
	}
	toggle->before = states;
	toggle->subscription = g_dbus_connection_signal_subscribe(
	    toggle->app->connection, toggle->ref.bus, "org.a11y.atspi.Event.Object", "StateChanged",
	    toggle->ref.path, NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_event, toggle, NULL);
	apps_deed_new(toggle->app, &toggle->ref, action, on_key, on_deed, toggle, &toggle->deed);
}

int
apps_toggle_new(struct a11y_app *app, const struct a11y_ref *ref, apps_deed_key key,
		apps_press_done done, void *data, struct apps_toggle **out)
{
	struct apps_toggle *toggle = g_new0(struct apps_toggle, 1);

	toggle->app = a11y_app_ref(app);
	toggle->group = a11y_group_new(app);
	toggle->ref = a11y_ref_copy(ref);
	toggle->key = key;
	toggle->done = done;
	toggle->data = data;
	*out = toggle;
	a11y_action_new_of(app, &toggle->ref, a11y_verbs_toggle, on_action, toggle,
			   &toggle->action);
	return 0;
}

struct apps_toggle *
apps_toggle_free(struct apps_toggle *toggle)
{
	if (!toggle)
		return NULL;
	g_clear_handle_id(&toggle->timer, g_source_remove);
	if (toggle->subscription != 0)
		g_dbus_connection_signal_unsubscribe(toggle->app->connection, toggle->subscription);
	a11y_action_free(toggle->action);
	apps_deed_free(toggle->deed);
	a11y_group_end(toggle->group);
	a11y_ref_clear(&toggle->ref);
	a11y_app_unref(toggle->app);
	g_free(toggle);
	return NULL;
}

void
apps_toggle_typed(struct apps_toggle *toggle, const char *reason)
{
	apps_deed_typed(toggle->deed, reason);
}
