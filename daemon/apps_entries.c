/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The commands that are under way in the application in front, each from the call that asked for it
 * to its one answer. Called by the daemon's main object, by daemon/apps and from the loop.
 * Owns what the entries of struct apps own.
 */
#include "daemon/apps_private.h"

#include "common/cleanup.h"
#include "common/i18n.h"

/* Under way at once: six pads, pressed as fast as anyone can while an application hangs. */
#define RUNS_MAX 32
/* A user who hears nothing for longer thinks that the press was lost (Miller 1968: a second), and
 * presses again. */
#define WAIT_MS 1000

void
apps_entry_free(void *data)
{
	struct entry *entry = data;

	g_clear_handle_id(&entry->start, g_source_remove);
	g_clear_handle_id(&entry->wait, g_source_remove);
	g_clear_handle_id(&entry->stop, g_source_remove);
	apps_run_free(entry->run);
	apps_point_free(entry->point);
	if (entry->reads)
		apps_reader_cancel(entry->apps->reader, entry);
	command_free(entry->command);
	g_free(entry->announced);
	g_free(entry);
}

/* Whether a command that changes something is under way: what it changes is told after its answer.
 */
static bool
is_acting(const struct apps *apps)
{
	for (guint i = 0; i < apps->entries->len; i++) {
		const struct entry *entry = g_ptr_array_index(apps->entries, i);

		if (entry->asks == ASKS_RUN && command_changes_things(entry->command))
			return true;
	}
	return false;
}

void
apps_entries_tell_acting(void *data)
{
	struct apps *apps = data;
	const bool acting = is_acting(apps);

	apps_changes_acting(apps->changes, acting);
	if (!acting)
		apps_result_answered(apps->result);
	apps_changes_writing(apps->changes, acting || apps_result_waits(apps->result));
}

/* The one answer to an entry that was to be looked at again: told only when it is another one. */
static void
still_end(struct entry *entry, enum brain_result result, const char *text)
{
	struct apps *apps = entry->apps;
	g_autofree char *copy = g_strdup(text);
	uint32_t press = entry->press;

	g_ptr_array_remove(apps->entries, entry);
	if (apps_target_seen(apps->target, press, result, copy))
		apps->events.resolved(apps->data, press, result, copy);
}

/* The one result of an entry; it is off the list before anybody hears of it. */
static void
entry_end(struct entry *entry, enum brain_result result, const char *text)
{
	struct apps *apps = entry->apps;
	g_autofree char *copy = g_strdup(text);
	uint32_t press = entry->press;
	enum asks asks = entry->asks;
	const struct a11y_naming none = {.words = copy};

	if (asks == ASKS_STILL) {
		still_end(entry, result, text);
		return;
	}
	if (asks == ASKS_RESOLVE && result == BRAIN_RESULT_DONE && apps->told)
		apps_target_arm(apps->target, apps->told, press, entry->command, copy);
	g_ptr_array_remove(apps->entries, entry);
	apps_changes_answered(apps->changes, copy);
	apps_entries_tell_acting(apps);
	switch (asks) {
	case ASKS_RUN:
		apps->events.result(apps->data, press, result, copy);
		return;
	case ASKS_RESOLVE:
	case ASKS_STILL:
		apps->events.resolved(apps->data, press, result, copy);
		return;
	case ASKS_POINT:
		apps->events.pointed(apps->data, press, &none);
		return;
	}
}

void
apps_entries_end(struct apps *apps, const char *text)
{
	while (apps->entries->len != 0)
		entry_end(g_ptr_array_index(apps->entries, 0), BRAIN_RESULT_FAILED, text);
}

/* Whether a window is of the application that was told. */
bool
apps_is_told(const struct apps *apps, const struct a11y_ref *window)
{
	return apps->told && g_strcmp0(window->bus, apps->told->bus) == 0;
}

static void
on_run_done(void *data, struct apps_run *run, enum brain_result result, const char *text)
{
	struct entry *entry = data;

	if (entry->asks == ASKS_RUN && apps_run_way(run))
		entry->apps->way = apps_run_way(run);
	entry_end(data, result, text);
}

static void
on_run_key(void *data, uint32_t key)
{
	struct entry *entry = data;

	entry->apps->events.key(entry->apps->data, entry->press, key);
}

static void
on_reader_done(void *data, enum brain_result result, const char *text)
{
	struct entry *entry = data;
	struct apps *apps = entry->apps;
	const bool says_so = entry->asks == ASKS_RUN && result == BRAIN_RESULT_NOT_FOUND;

	entry->reads = false;
	entry_end(entry, result, text);
	if (says_so && apps_reader_found_nothing(apps->reader))
		apps_silent_window(apps->silent, apps_site_is_chromium(apps->site));
	else if (result == BRAIN_RESULT_DONE && apps->told &&
		 !apps_reader_found_nothing(apps->reader))
		apps_silent_front(apps->silent, apps->told->bus);
}

static void
on_pointed(void *data, const struct a11y_naming *naming)
{
	struct entry *entry = data;
	struct apps *apps = entry->apps;
	const struct a11y_naming copy = {g_strdup(naming->command), g_strdup(naming->label),
					 g_strdup(naming->words)};
	uint32_t press = entry->press;

	g_ptr_array_remove(apps->entries, entry);
	apps->events.pointed(apps->data, press, &copy);
	g_free(copy.command);
	g_free(copy.label);
	g_free(copy.words);
}

/* What is about to act, before it asks the app anything. */
static void
tell_before(struct apps *apps, const struct command *command, const struct a11y_ref *focus)
{
	switch (command->type) {
	case COMMAND_INCREASE:
	case COMMAND_DECREASE:
		/* What is chosen then is the answer. */
		apps_changes_own(apps->changes, focus);
		return;
	case COMMAND_ACTIVATE:
		if (apps->tells_results)
			apps_result_pressing(apps->result, apps->told, focus);
		return;
	default:
		return;
	}
}

/* The window is the one that was told. */
static void
start(struct entry *entry)
{
	struct apps *apps = entry->apps;
	const struct apps_run_where where = {
	    .app = apps->told,
	    .session = a11y_bus_session(apps->bus),
	    .window = a11y_front_window(apps->front),
	    .focus = a11y_front_focus(apps->front),
	    .cursor = apps_reader_cursor(apps->reader),
	    .announced = entry->announced,
	};
	const bool only_look = entry->asks != ASKS_RUN;
	int r;

	if (entry->asks == ASKS_POINT) {
		r = apps_point_new(apps->told, where.window, where.cursor, on_pointed, entry,
				   &entry->point);
	} else if (apps_reader_takes(entry->command->type)) {
		entry->reads = true;
		if (entry->command->type == COMMAND_FOCUS_HERE)
			apps_changes_own(apps->changes, where.cursor);
		apps_reader_run(apps->reader, entry->press, entry->command, on_reader_done, entry);
		return;
	} else {
		if (!only_look)
			tell_before(apps, entry->command, where.focus);
		if (apps->tells_results && entry->command->type == COMMAND_ACTIVATE &&
		    !a11y_ref_is_set(where.focus))
			apps_result_seek(apps->result, apps->told, where.window);
		r = apps_run_new(&where, entry->command, only_look, on_run_key, on_run_done, entry,
				 &entry->run);
	}
	if (r < 0)
		entry_end(entry, BRAIN_RESULT_FAILED, NULL);
}

/* Or it is an app's that tells nothing of itself. */
static void
end_without_window(struct entry *entry)
{
	struct apps *apps = entry->apps;
	/* `back` is a key then, and says nothing. */
	const bool is_heard = entry->asks == ASKS_RUN && entry->command->type != COMMAND_BACK;

	entry_end(entry, BRAIN_RESULT_NOT_FOUND, _("No window is in front"));
	if (is_heard)
		apps_silent_none(apps->silent);
}

static gboolean
on_start(void *data)
{
	struct entry *entry = data;
	struct apps *apps = entry->apps;

	entry->start = 0;
	if (!apps->connection) {
		entry_end(entry, BRAIN_RESULT_FAILED, apps_state(apps));
	} else if (apps->entries->len > RUNS_MAX) {
		entry_end(entry, BRAIN_RESULT_FAILED,
			  _("Too much at once; press again in a moment"));
	} else if (!a11y_ref_is_set(a11y_front_window(apps->front))) {
		end_without_window(entry);
	} else if (!apps_is_told(apps, a11y_front_window(apps->front))) {
		/* The command was chosen for the app that was told last: never done in another. */
		entry_end(entry, BRAIN_RESULT_FAILED,
			  _("Another app came in front just now; press again"));
	} else {
		start(entry);
	}
	return G_SOURCE_REMOVE;
}

/* Of the last press only: whoever presses on does not wait for the one before. */
static gboolean
on_wait(void *data)
{
	struct entry *entry = data;
	struct apps *apps = entry->apps;

	entry->wait = 0;
	entry->waited = true;
	if (g_ptr_array_index(apps->entries, apps->entries->len - 1) == entry)
		apps->events.wait(apps->data, entry->press);
	return G_SOURCE_REMOVE;
}

static gboolean
on_stop(void *data)
{
	struct entry *entry = data;

	entry->stop = 0;
	entry_end(entry, BRAIN_RESULT_FAILED,
		  _("Not done: it was not found before the next press"));
	return G_SOURCE_REMOVE;
}

/* What would act later than the user has waited for it, and surprise whoever has gone on. */
static bool
is_too_late(const struct entry *entry)
{
	return entry->asks == ASKS_RUN && entry->waited && entry->run && entry->stop == 0 &&
	       command_changes_things(entry->command) && apps_run_is_searching(entry->run);
}

/* There is another press. */
static void
end_late_searches(struct apps *apps)
{
	for (guint i = 0; i < apps->entries->len; i++) {
		struct entry *entry = g_ptr_array_index(apps->entries, i);

		if (is_too_late(entry))
			entry->stop = g_idle_add(on_stop, entry);
	}
}

static struct entry *
add_entry(struct apps *apps, uint32_t press, const struct command *command, enum asks asks)
{
	struct entry *entry = g_new0(struct entry, 1);

	if (asks == ASKS_RUN || asks == ASKS_RESOLVE)
		end_late_searches(apps);
	entry->apps = apps;
	entry->press = press;
	entry->asks = asks;
	entry->command = command_copy(command);
	g_ptr_array_add(apps->entries, entry);
	apps_entries_tell_acting(apps);
	/* Before anything else of the loop: a person is waiting. */
	entry->start = g_timeout_add_full(G_PRIORITY_HIGH, 0, on_start, entry, NULL);
	if (asks == ASKS_RUN)
		entry->wait = g_timeout_add(WAIT_MS, on_wait, entry);
	return entry;
}

void
apps_entries_look_again(void *data, uint32_t press, const struct command *command)
{
	add_entry(data, press, command, ASKS_STILL);
}

void
apps_run(struct apps *apps, uint32_t press, const struct command *command)
{
	struct entry *entry = add_entry(apps, press, command, ASKS_RUN);

	entry->announced = g_strdup(apps_target_text(apps->target, command));
}

void
apps_resolve(struct apps *apps, uint32_t press, const struct command *command)
{
	apps_disarmed(apps);
	add_entry(apps, press, command, ASKS_RESOLVE);
}

void
apps_disarmed(struct apps *apps)
{
	apps_target_disarm(apps->target);
	for (guint i = apps->entries->len; i-- > 0;) {
		const struct entry *entry = g_ptr_array_index(apps->entries, i);

		if (entry->asks == ASKS_RESOLVE || entry->asks == ASKS_STILL)
			g_ptr_array_remove_index(apps->entries, i);
	}
}

void
apps_point_out(struct apps *apps, uint32_t press)
{
	add_entry(apps, press, NULL, ASKS_POINT);
}

bool
apps_typed(struct apps *apps, uint32_t press, const char *reason)
{
	for (guint i = 0; i < apps->entries->len; i++) {
		struct entry *entry = g_ptr_array_index(apps->entries, i);

		if (entry->press == press && entry->run && apps_run_typed(entry->run, reason))
			return true;
	}
	return false;
}
