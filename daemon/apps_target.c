/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What an armed command would act on, as it was announced, and when to look whether it is still so.
 * Events only say that something has changed; what is there is found as it was found the first
 * time, so that a page that is drawn anew with the same button in it disarms nothing. daemon/apps
 * is the only caller.
 */
#include "daemon/apps_target.h"

#include <string.h>

#include "common/cleanup.h"

/* Looked at so long after an event and not more often: a page that is drawn anew sends thousands,
 * and who presses twice on purpose needs longer (58 ms from lift to landing at least, then the
 * press). */
#define GATHER_MS 100

/* Where something that was announced changes its name, is greyed, hidden or gone. */
static const struct {
	const char *signal;
	const char *detail; /* their first argument; NULL: any */
} changes[] = {
    {"PropertyChange", "accessible-name"}, {"PropertyChange", "accessible-description"},
    {"StateChanged", "sensitive"},         {"StateChanged", "enabled"},
    {"StateChanged", "showing"},           {"StateChanged", "visible"},
    {"StateChanged", "defunct"},           {"ChildrenChanged", NULL},
};

struct apps_target {
	apps_target_look look;
	void *data;
	struct a11y_app *app; /* NULL: nothing is armed */
	uint32_t press;
	struct command *command;
	char *text;
	guint subscriptions[ARRAY_LENGTH(changes)];
	guint timer;
	bool looking; /* and not told yet */
	bool again;   /* something changed meanwhile */
};

static gboolean
on_gathered(void *data)
{
	struct apps_target *target = data;

	target->timer = 0;
	target->looking = true;
	target->again = false;
	target->look(target->data, target->press, target->command);
	return G_SOURCE_REMOVE;
}

static void
gather(struct apps_target *target)
{
	if (target->looking)
		target->again = true;
	else if (target->timer == 0)
		target->timer = g_timeout_add(GATHER_MS, on_gathered, target);
}

static void
on_change(GDBusConnection *connection, const char *sender, const char *path, const char *interface,
	  const char *signal, GVariant *parameters, void *data)
{
	(void)connection, (void)sender, (void)path, (void)interface, (void)signal;
	(void)parameters; /* whatever it was */
	gather(data);
}

struct apps_target *
apps_target_new(apps_target_look look, void *data)
{
	struct apps_target *target = g_new0(struct apps_target, 1);

	target->look = look;
	target->data = data;
	return target;
}

struct apps_target *
apps_target_free(struct apps_target *target)
{
	if (!target)
		return NULL;
	apps_target_disarm(target);
	g_free(target);
	return NULL;
}

void
apps_target_arm(struct apps_target *target, struct a11y_app *app, uint32_t press,
		const struct command *command, const char *text)
{
	apps_target_disarm(target);
	target->app = a11y_app_ref(app);
	target->press = press;
	target->command = command_copy(command);
	target->text = g_strdup(text);
	for (size_t i = 0; i < ARRAY_LENGTH(changes); i++)
		target->subscriptions[i] = g_dbus_connection_signal_subscribe(
		    app->connection, app->bus, "org.a11y.atspi.Event.Object", changes[i].signal,
		    NULL, changes[i].detail, G_DBUS_SIGNAL_FLAGS_NONE, on_change, target, NULL);
	/* What changed before the bus knew that we listen. */
	gather(target);
}

void
apps_target_disarm(struct apps_target *target)
{
	if (!target->app)
		return;
	for (size_t i = 0; i < ARRAY_LENGTH(changes); i++)
		g_dbus_connection_signal_unsubscribe(target->app->connection,
						     target->subscriptions[i]);
	g_clear_handle_id(&target->timer, g_source_remove);
	target->app = a11y_app_unref(target->app);
	target->command = command_free(target->command);
	g_clear_pointer(&target->text, g_free);
	target->looking = false;
	target->again = false;
}

bool
apps_target_seen(struct apps_target *target, uint32_t press, enum brain_result result,
		 const char *text)
{
	if (!target->app || target->press != press)
		return false;
	target->looking = false;
	/* One that is only slow has changed nothing that is known yet. */
	if (result == BRAIN_RESULT_NOT_RESPONDING ||
	    (result == BRAIN_RESULT_DONE && g_strcmp0(text, target->text) == 0)) {
		if (target->again || result == BRAIN_RESULT_NOT_RESPONDING)
			gather(target);
		return false;
	}
	apps_target_disarm(target);
	return true;
}

const char *
apps_target_text(const struct apps_target *target, const struct command *command)
{
	return target->app && strcmp(target->command->text, command->text) == 0 ? target->text
										: NULL;
}
