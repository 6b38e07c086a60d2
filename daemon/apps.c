/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The applications: which one is in front, what has the focus, and how to act in it, by AT-SPI2.
 * The daemon's main object is the only caller. Owns the connection to the accessibility bus, what
 * is known of the application in front, and the commands that are under way in it.
 */
#include "daemon/apps.h"

#include "common/cleanup.h"
#include "common/i18n.h"
#include "daemon/a11y_bus.h"
#include "daemon/a11y_front.h"
#include "daemon/apps_changes.h"
#include "daemon/apps_identity.h"
#include "daemon/apps_point.h"
#include "daemon/apps_reader.h"
#include "daemon/apps_run.h"
#include "daemon/apps_site.h"

/* Under way at once: six pads, pressed as fast as anyone can while an application hangs. */
#define RUNS_MAX 32

enum asks {
	ASKS_RUN,
	ASKS_RESOLVE,
	ASKS_POINT,
};

/* One apps_run(), apps_resolve() or apps_point_out(), from the call to its result. */
struct entry {
	struct apps *apps;
	uint32_t press;
	enum asks asks;
	struct command *command; /* NULL: none */
	struct apps_point *point;
	bool reads;  /* it is with the reader */
	guint start; /* source: it starts from the loop, never inside the call */
	struct apps_run *run;
};

struct apps {
	struct apps_events events;
	void *data;
	struct a11y_bus *bus;
	GDBusConnection *connection; /* NULL while there is none */
	struct a11y_front *front;
	/* The application whose ids were told; NULL: that there is none. */
	struct a11y_app *told;
	struct apps_identity *identity; /* of the one in front, while that is being asked */
	GPtrArray *entries;
	struct apps_reader *reader;
	struct apps_site *site;
	const char *way; /* of the last act */
	struct apps_changes *changes;
};

static void
entry_free(void *data)
{
	struct entry *entry = data;

	g_clear_handle_id(&entry->start, g_source_remove);
	apps_run_free(entry->run);
	apps_point_free(entry->point);
	if (entry->reads)
		apps_reader_cancel(entry->apps->reader, entry);
	command_free(entry->command);
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

static void
tell_acting(struct apps *apps)
{
	apps_changes_acting(apps->changes, is_acting(apps));
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

	g_ptr_array_remove(apps->entries, entry);
	apps_changes_answered(apps->changes, copy);
	tell_acting(apps);
	switch (asks) {
	case ASKS_RUN:
		apps->events.result(apps->data, press, result, copy);
		return;
	case ASKS_RESOLVE:
		apps->events.resolved(apps->data, press, result, copy);
		return;
	case ASKS_POINT:
		apps->events.pointed(apps->data, press, &none);
		return;
	}
}

static void
end_all(struct apps *apps, const char *text)
{
	while (apps->entries->len != 0)
		entry_end(g_ptr_array_index(apps->entries, 0), BRAIN_RESULT_FAILED, text);
}

/* Whether a window is of the application that was told. */
static bool
is_told(const struct apps *apps, const struct a11y_ref *window)
{
	return apps->told && g_strcmp0(window->bus, apps->told->bus) == 0;
}

/* The reader reads where the user is: in the window in front, from what has the focus. */
static void
tell_window(struct apps *apps)
{
	apps_reader_window(apps->reader, apps->told, a11y_front_window(apps->front));
	apps_reader_focus(apps->reader, a11y_front_focus(apps->front));
	apps_changes_window(apps->changes, apps->told, a11y_front_window(apps->front));
	apps_changes_focus(apps->changes, a11y_front_focus(apps->front));
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
	} else if (is_told(apps, window)) {
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
on_connected(void *data, GDBusConnection *connection)
{
	static const struct a11y_front_events front_events = {on_window, on_focus};
	struct apps *apps = data;

	apps->connection = g_object_ref(connection);
	apps_changes_connect(apps->changes, connection);
	a11y_front_new(connection, &front_events, apps, &apps->front);
	apps_site_connect(apps->site, connection);
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
	apps->front = a11y_front_unref(apps->front);
	apps->identity = apps_identity_free(apps->identity);
	apps_site_connect(apps->site, NULL);
	apps_changes_connect(apps->changes, NULL);
	g_clear_object(&apps->connection);
}

static void
on_down(void *data)
{
	struct apps *apps = data;

	let_go(apps);
	end_all(apps, _("Apps cannot be reached just now; try again in a moment"));
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
	struct apps *apps = g_new0(struct apps, 1);

	apps->events = *events;
	apps->data = data;
	apps->entries = g_ptr_array_new_with_free_func(entry_free);
	apps->reader = apps_reader_new(events->say, data);
	apps->site = apps_site_new(on_site, apps);
	apps->changes = apps_changes_new(events->tell, data);
	*out = apps;
	return a11y_bus_new(&bus_events, apps, &apps->bus);
}

struct apps *
apps_unref(struct apps *apps)
{
	if (!apps)
		return NULL;
	end_all(apps, _("Sidetouch is stopping"));
	apps->reader = apps_reader_free(apps->reader);
	let_go(apps);
	apps->site = apps_site_free(apps->site);
	apps_changes_free(apps->changes);
	a11y_bus_unref(apps->bus);
	g_ptr_array_unref(apps->entries);
	a11y_app_unref(apps->told);
	g_free(apps);
	return NULL;
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

	entry->reads = false;
	entry_end(entry, result, text);
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
	};
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
		r = apps_run_new(&where, entry->command, entry->asks == ASKS_RESOLVE, on_run_key,
				 on_run_done, entry, &entry->run);
	}
	if (r < 0)
		entry_end(entry, BRAIN_RESULT_FAILED, NULL);
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
		entry_end(entry, BRAIN_RESULT_NOT_FOUND, _("No window is in front"));
	} else if (!is_told(apps, a11y_front_window(apps->front))) {
		/* The command was chosen for the app that was told last: never done in another. */
		entry_end(entry, BRAIN_RESULT_FAILED,
			  _("Another app came in front just now; press again"));
	} else {
		start(entry);
	}
	return G_SOURCE_REMOVE;
}

static void
add_entry(struct apps *apps, uint32_t press, const struct command *command, enum asks asks)
{
	struct entry *entry = g_new0(struct entry, 1);

	entry->apps = apps;
	entry->press = press;
	entry->asks = asks;
	entry->command = command_copy(command);
	g_ptr_array_add(apps->entries, entry);
	tell_acting(apps);
	/* Before anything else of the loop: a person is waiting. */
	entry->start = g_timeout_add_full(G_PRIORITY_HIGH, 0, on_start, entry, NULL);
}

void
apps_run(struct apps *apps, uint32_t press, const struct command *command)
{
	add_entry(apps, press, command, ASKS_RUN);
}

void
apps_resolve(struct apps *apps, uint32_t press, const struct command *command)
{
	add_entry(apps, press, command, ASKS_RESOLVE);
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
