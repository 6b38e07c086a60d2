/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The applications: which one is in front, what has the focus, and how to act in it, by AT-SPI2.
 * The daemon's main object is the only caller. Owns the connection to the accessibility bus, what
 * is known of the application in front, and the commands that are under way in it.
 */
#include "daemon/apps_private.h"

#include "common/cleanup.h"
#include "common/i18n.h"

/* The reader reads where the user is: in the window in front, from what has the focus. */
static void
tell_window(struct apps *apps)
{
	apps_reader_window(apps->reader, apps->told, a11y_front_window(apps->front));
	apps_reader_focus(apps->reader, a11y_front_focus(apps->front));
	apps_changes_window(apps->changes, apps->told, a11y_front_window(apps->front));
	apps_changes_focus(apps->changes, a11y_front_focus(apps->front));
	apps_flood_window(apps->flood, apps->told, a11y_front_window(apps->front));
	apps_result_drop(apps->result);
}

static void
tell_none(struct apps *apps)
{
	static const char *const none[] = {NULL};

	apps->identity = apps_identity_free(apps->identity);
	if (!apps->told)
		return;
	apps_reader_window(apps->reader, NULL, NULL);
	apps_changes_window(apps->changes, NULL, NULL);
	apps_result_drop(apps->result);
	if (apps->flood)
		apps_flood_window(apps->flood, NULL, NULL);
	apps->told = a11y_app_unref(apps->told);
	apps->events.front(apps->data, none);
	apps_site_window(apps->site, NULL, NULL);
}

static void
on_identity(void *data, const char *const *ids, uint32_t pid)
{
	struct apps *apps = data;

	a11y_app_unref(apps->told);
	apps->told = a11y_app_new(apps->connection, apps_identity_bus(apps->identity), pid);
	apps->identity = apps_identity_free(apps->identity);
	apps_silent_front(apps->silent, apps->told->bus);
	tell_window(apps);
	apps->events.front(apps->data, ids);
	apps_site_window(apps->site, apps->told, a11y_front_window(apps->front));
}

static void
identify(struct apps *apps, const char *bus)
{
	if (apps->identity && g_str_equal(apps_identity_bus(apps->identity), bus))
		return;
	apps_identity_free(apps->identity);
	apps->identity = apps_identity_new(apps->connection, bus, on_identity, apps);
}

static void
on_window(void *data)
{
	struct apps *apps = data;
	const struct a11y_ref *window = a11y_front_window(apps->front);

	if (!a11y_ref_is_set(window)) {
		tell_none(apps);
	} else if (apps_is_told(apps, window)) {
		/* Back in front before it was known which one had come between. */
		apps->identity = apps_identity_free(apps->identity);
		tell_window(apps);
		apps->events.focus(apps->data);
		apps_site_window(apps->site, apps->told, window);
	} else {
		identify(apps, window->bus);
	}
}

static void
on_focus(void *data)
{
	struct apps *apps = data;

	apps_reader_focus(apps->reader, a11y_front_focus(apps->front));
	apps_changes_focus(apps->changes, a11y_front_focus(apps->front));
	apps_result_focus(apps->result, a11y_front_focus(apps->front));
	apps->events.focus(apps->data);
	apps_site_look(apps->site);
}

static void
on_site(void *data, const char *host)
{
	struct apps *apps = data;

	apps->events.site(apps->data, host);
}

static void
on_listen(void *data, bool listen)
{
	struct apps *apps = data;

	apps_changes_listen(apps->changes, listen);
}

static void
on_focus_asked(void *data, const struct a11y_ref *focus)
{
	struct apps *apps = data;

	a11y_front_set_focus(apps->front, focus);
}

static uint32_t
on_written(void *data, const struct apps_told *told)
{
	struct apps *apps = data;

	return apps->events.tell(apps->data, told);
}

/* Nobody has moved it there just now: what is armed stays so, and the reader where it is. */
static void
on_focus_found(void *data, const struct a11y_ref *focus)
{
	struct apps *apps = data;

	if (!apps->front)
		return;
	a11y_front_know_focus(apps->front, focus);
	apps_changes_own(apps->changes, focus);
	apps_changes_focus(apps->changes, a11y_front_focus(apps->front));
}

static void
on_connected(void *data, GDBusConnection *connection)
{
	static const struct a11y_front_events front_events = {on_window, on_focus};
	static const struct apps_flood_events flood_events = {on_listen, on_focus_asked};
	struct apps *apps = data;

	apps->connection = g_object_ref(connection);
	apps_changes_connect(apps->changes, connection);
	a11y_front_new(connection, &front_events, apps, &apps->front);
	apps_site_connect(apps->site, connection);
	apps->flood = apps_flood_new(connection, &flood_events, apps);
}

static void
on_up(void *data)
{
	struct apps *apps = data;

	a11y_front_scan(apps->front);
}

static void
let_go(struct apps *apps)
{
	apps->flood = apps_flood_free(apps->flood);
	apps->front = a11y_front_unref(apps->front);
	apps->identity = apps_identity_free(apps->identity);
	apps_site_connect(apps->site, NULL);
	apps_changes_connect(apps->changes, NULL);
	apps_result_drop(apps->result);
	g_clear_object(&apps->connection);
}

static void
on_down(void *data)
{
	struct apps *apps = data;

	let_go(apps);
	apps_entries_end(apps, _("Apps cannot be reached just now; try again in a moment"));
	tell_none(apps);
}

static void
on_problem(void *data, const char *sentence)
{
	struct apps *apps = data;

	apps->events.problem(apps->data, sentence);
}

static void
on_solved(void *data)
{
	struct apps *apps = data;

	apps->events.solved(apps->data);
}

int
apps_new(const struct apps_events *events, void *data, struct apps **out)
{
	static const struct a11y_bus_events bus_events = {on_connected, on_up, on_down, on_problem,
							  on_solved};
	static const struct apps_result_events result_events = {on_written, on_focus_found,
								apps_entries_tell_acting};
	struct apps *apps = g_new0(struct apps, 1);

	apps->events = *events;
	apps->data = data;
	apps->entries = g_ptr_array_new_with_free_func(apps_entry_free);
	apps->reader = apps_reader_new(events->say, data);
	apps->site = apps_site_new(on_site, apps);
	apps->target = apps_target_new(apps_entries_look_again, apps);
	apps->changes = apps_changes_new(events->tell, data);
	apps->result = apps_result_new(&result_events, apps);
	apps->silent = apps_silent_new(on_problem, on_solved, apps);
	*out = apps;
	return a11y_bus_new(&bus_events, apps, &apps->bus);
}

struct apps *
apps_unref(struct apps *apps)
{
	if (!apps)
		return NULL;
	apps_entries_end(apps, _("Sidetouch is stopping"));
	apps->target = apps_target_free(apps->target);
	apps->reader = apps_reader_free(apps->reader);
	let_go(apps);
	apps->site = apps_site_free(apps->site);
	apps_result_free(apps->result);
	apps_changes_free(apps->changes);
	apps_silent_free(apps->silent);
	a11y_bus_unref(apps->bus);
	g_ptr_array_unref(apps->entries);
	a11y_app_unref(apps->told);
	g_free(apps);
	return NULL;
}

void
apps_hush(struct apps *apps)
{
	apps_reader_hush(apps->reader);
}

void
apps_spoken(struct apps *apps, uint32_t utterance, bool spoken)
{
	apps_reader_spoken(apps->reader, utterance, spoken);
	apps_changes_spoken(apps->changes, utterance);
}

void
apps_resumed(struct apps *apps, uint32_t utterance)
{
	apps_reader_resumed(apps->reader, utterance);
}

uint32_t
apps_front_pid(const struct apps *apps)
{
	return apps->told ? apps->told->pid : 0;
}

void
apps_tell(struct apps *apps, bool changes, enum echo_setting echo)
{
	apps_changes_enable(apps->changes, changes, echo);
	apps->tells_results = changes;
	if (!changes)
		apps_result_drop(apps->result);
}

const char *
apps_state(const struct apps *apps)
{
	return a11y_bus_state(apps->bus);
}

void
apps_typed_instead(struct apps *apps)
{
	apps->way = N_("By a key");
}

const char *
apps_way(const struct apps *apps)
{
	return apps->way ? _(apps->way) : _("Nothing was done in an app yet");
}
