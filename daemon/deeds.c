/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Commands that reach beyond the app in front: launch an app, run a program, call a service, type,
 * the battery, an emergency call.
 * The daemon's main object is the only caller; everything is answered from the loop.
 * Owns what is under way, and watches the programs that it started until they end.
 */
#include "daemon/deeds_private.h"

#include "common/i18n.h"

/* Under way at once, programs that run included: presses come one after the other. */
#define DEEDS_MAX 32

struct deed *
deed_ref(struct deed *deed)
{
	deed->references++;
	return deed;
}

void
deed_unref(struct deed *deed)
{
	if (--deed->references > 0)
		return;
	command_free(deed->command);
	g_object_unref(deed->cancellable);
	g_free(deed);
}

struct deed *
deed_answered(struct deed *deed)
{
	if (!deed->deeds) {
		deed_unref(deed);
		return NULL;
	}
	deed->references--; /* the list has another */
	return deed;
}

static void
on_list_free(void *data)
{
	struct deed *deed = data;

	g_clear_handle_id(&deed->timer, g_source_remove);
	g_cancellable_cancel(deed->cancellable);
	deed->deeds = NULL;
	deed_unref(deed);
}

void
deed_tell(struct deed *deed, enum brain_result result, const char *text)
{
	struct deeds *deeds = deed->deeds;

	if (deed->told)
		return;
	deed->told = true;
	if (deed->only_look)
		deeds->events.resolved(deeds->data, deed->press, result, text);
	else
		deeds->events.result(deeds->data, deed->press, result, text);
}

void
deed_end(struct deed *deed)
{
	g_ptr_array_remove(deed->deeds->list, deed);
}

void
deed_finish(struct deed *deed, enum brain_result result, const char *text)
{
	struct deeds *deeds = deed->deeds;
	g_autofree char *copy = g_strdup(text);
	uint32_t press = deed->press;
	bool only_look = deed->only_look;
	bool told = deed->told;

	deed_end(deed);
	if (told)
		return;
	if (only_look)
		deeds->events.resolved(deeds->data, press, result, copy);
	else
		deeds->events.result(deeds->data, press, result, copy);
}

static gboolean
on_start(void *data)
{
	struct deed *deed = data;

	deed->timer = 0;
	if (deed->deeds->list->len > DEEDS_MAX)
		deed_finish(deed, BRAIN_RESULT_FAILED,
			    _("Too much at once; press again in a moment"));
	else if (deed->command->type == COMMAND_RUN)
		deed_run(deed);
	else if (deed->command->type == COMMAND_DBUS)
		deed_call(deed);
	else if (deed->command->type == COMMAND_LAUNCH)
		deed_launch(deed);
	else if (deed->command->type == COMMAND_TYPE)
		deed_type(deed);
	else if (deed->command->type == COMMAND_BATTERY)
		deed_battery(deed);
	else if (deed->command->type == COMMAND_EMERGENCY)
		deed_emergency(deed);
	else
		deed_finish(deed, BRAIN_RESULT_FAILED, NULL); /* others carry it out */
	return G_SOURCE_REMOVE;
}

static void
add(struct deeds *deeds, uint32_t press, const struct command *command, bool only_look)
{
	struct deed *deed = g_new0(struct deed, 1);

	deed->references = 1;
	deed->deeds = deeds;
	deed->press = press;
	deed->only_look = only_look;
	deed->command = command_copy(command);
	deed->cancellable = g_cancellable_new();
	g_ptr_array_add(deeds->list, deed);
	/* Before anything else of the loop: a person is waiting. */
	deed->timer = g_timeout_add_full(G_PRIORITY_HIGH, 0, on_start, deed, NULL);
}

void
deeds_run(struct deeds *deeds, uint32_t press, const struct command *command)
{
	add(deeds, press, command, false);
}

void
deeds_resolve(struct deeds *deeds, uint32_t press, const struct command *command)
{
	add(deeds, press, command, true);
}

bool
deeds_typed(struct deeds *deeds, uint32_t press, const char *reason)
{
	for (guint i = 0; i < deeds->list->len; i++) {
		struct deed *deed = g_ptr_array_index(deeds->list, i);

		if (deed->press != press || !deed->letter)
			continue;
		if (reason)
			deed_finish(deed, BRAIN_RESULT_FAILED, reason);
		else
			deed_type_next(deed);
		return true;
	}
	return false;
}

void
deeds_front(struct deeds *deeds)
{
	for (guint i = deeds->list->len; i > 0; i--) {
		struct deed *deed = g_ptr_array_index(deeds->list, i - 1);

		if (deed->letter)
			deed_finish(deed, BRAIN_RESULT_FAILED,
				    _("Another app came in front; the rest was not typed"));
	}
}

struct deeds *
deeds_new(const struct deeds_events *events, void *data)
{
	struct deeds *deeds = g_new0(struct deeds, 1);

	deeds->events = *events;
	deeds->data = data;
	deeds->list = g_ptr_array_new_with_free_func(on_list_free);
	return deeds;
}

struct deeds *
deeds_free(struct deeds *deeds)
{
	if (!deeds)
		return NULL;
	g_ptr_array_unref(deeds->list);
	g_clear_object(&deeds->bus);
	g_free(deeds);
	return NULL;
}

void
deeds_bus(struct deeds *deeds, GDBusConnection *bus)
{
	g_set_object(&deeds->bus, bus);
}
