/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Have a widget do something, and watch whether its application does anything.
 * The commands of daemon/apps are the only callers. Owns its questions, and the subscription to the
 * events that an effect shows in while one is awaited.
 *
 *   sent --answer, event seen--> DONE
 *     |  '--answer--> watching --event--> DONE
 *     |                   '--APPS_EFFECT_MS, twice while it is at work--> DELIVERED
 *     '--no answer, no event--> NOT_RESPONDING
 */
#include "daemon/apps_press.h"

#include "common/i18n.h"
#include "daemon/a11y_pulse.h"
#include "daemon/apps.h"
#include "daemon/apps_effects.h"

const struct apps_act apps_act_action = {A11Y_IF_ACTION, "DoAction", "(b)"};

struct apps_press {
	struct a11y_app *app;
	struct a11y_group *group;
	apps_press_done done;
	void *data;
	struct apps_effects *effects;
	guint owner; /* subscription: whether the application left the bus */
	bool left;
	bool answered;
	bool seen; /* an event came since */
	bool waited_on;
	guint timer;
};

/* May free press: nothing may follow. */
static void
finish(struct apps_press *press, enum brain_result result, const char *text)
{
	g_clear_handle_id(&press->timer, g_source_remove);
	press->done(press->data, result, text);
}

static gboolean
on_effect_timeout(void *data)
{
	struct apps_press *press = data;

	press->timer = 0;
	/* gnome-calculator reckons on a thread; its result came after 0.5 s on a busy machine. */
	if (!press->waited_on && a11y_pulse_of(press->app->pid) == A11Y_PULSE_AT_WORK) {
		press->waited_on = true;
		press->timer = g_timeout_add(APPS_EFFECT_MS, on_effect_timeout, press);
		return G_SOURCE_REMOVE;
	}
	finish(press, BRAIN_RESULT_DELIVERED, NULL);
	return G_SOURCE_REMOVE;
}

void
apps_press_saw(struct apps_press *press)
{
	press->seen = true;
	if (press->answered)
		finish(press, BRAIN_RESULT_DONE, NULL);
}

static void
on_effect(void *data)
{
	apps_press_saw(data);
}

/* What a "Close" button does, and app.quit. */
static void
on_owner_changed(GDBusConnection *connection, const char *sender, const char *path,
		 const char *interface, const char *signal, GVariant *parameters, void *data)
{
	struct apps_press *press = data;

	(void)connection, (void)sender, (void)path, (void)interface, (void)signal;
	(void)parameters; /* a unique name is never owned again */
	press->left = true;
	if (press->answered)
		finish(press, BRAIN_RESULT_DONE, _("The app has closed"));
}

void
apps_press_sent(struct apps_press *press)
{
	press->answered = true;
	if (press->left)
		finish(press, BRAIN_RESULT_DONE, _("The app has closed"));
	else if (press->seen)
		finish(press, BRAIN_RESULT_DONE, NULL);
	else
		press->timer = g_timeout_add(APPS_EFFECT_MS, on_effect_timeout, press);
}

static void
on_pressed(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_press *press = data;
	gboolean took = TRUE;

	switch (reply) {
	case A11Y_REPLY_OK:
		if (g_variant_n_children(body) > 0)
			g_variant_get(body, "(b)", &took);
		if (took)
			apps_press_sent(press);
		else
			finish(press, BRAIN_RESULT_FAILED, NULL);
		break;
	case A11Y_REPLY_LATE:
		/* A dialog of its own loop keeps an application from answering, not from acting. */
		if (press->seen)
			finish(press, BRAIN_RESULT_DONE, NULL);
		else
			finish(press, BRAIN_RESULT_NOT_RESPONDING, NULL);
		break;
	case A11Y_REPLY_GONE:
		/* Pressed, and then it closed. */
		finish(press, BRAIN_RESULT_DONE, _("The app has closed"));
		break;
	case A11Y_REPLY_ERROR:
		finish(press, BRAIN_RESULT_FAILED, NULL);
		break;
	}
}

int
apps_press_new(struct a11y_app *app, const struct a11y_ref *ref, const struct apps_act *act,
	       GVariant *arguments, apps_press_done done, void *data, struct apps_press **out)
{
	struct apps_press *press = g_new0(struct apps_press, 1);

	press->app = a11y_app_ref(app);
	press->group = a11y_group_new(app);
	press->done = done;
	press->data = data;
	*out = press;
	press->effects = apps_effects_new(app->connection, ref->bus, on_effect, press);
	press->owner = g_dbus_connection_signal_subscribe(
	    app->connection, "org.freedesktop.DBus", "org.freedesktop.DBus", "NameOwnerChanged",
	    "/org/freedesktop/DBus", ref->bus, G_DBUS_SIGNAL_FLAGS_NONE, on_owner_changed, press,
	    NULL);
	if (act)
		a11y_call(press->group, ref, act->interface, act->method, arguments,
			  act->reply_type, on_pressed, press);
	return 0;
}

struct apps_press *
apps_press_free(struct apps_press *press)
{
	if (!press)
		return NULL;
	g_clear_handle_id(&press->timer, g_source_remove);
	apps_effects_free(press->effects);
	g_dbus_connection_signal_unsubscribe(press->app->connection, press->owner);
	a11y_group_end(press->group);
	a11y_app_unref(press->app);
	g_free(press);
	return NULL;
}
