/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The reading cursor: where the user reads in the window in front, apart from the focus.
 * daemon/apps makes one and is the only caller. Owns the cursor, the tree of the window while
 * nothing in it changes, and the commands under way, one after the other.
 *
 *   job: queued --from the loop--> tree asked, unless it is kept --> carried out --> its result
 */
#include "daemon/apps_reader_private.h"

#include "common/cleanup.h"
#include "common/i18n.h"

/* Pressed as fast as anyone can while an application thinks. */
#define JOBS_MAX 16

static void start_next(struct apps_reader *reader);

struct apps_reader_job *
apps_reader_job(struct apps_reader *reader)
{
	return g_queue_peek_head(&reader->jobs);
}

/* --- the tree, kept until something in the window changes --- */

static void
drop_tree(struct apps_reader *reader)
{
	for (size_t i = 0; i < ARRAY_LENGTH(reader->watches); i++) {
		if (reader->watches[i] != 0)
			g_dbus_connection_signal_unsubscribe(reader->app->connection,
							     reader->watches[i]);
		reader->watches[i] = 0;
	}
	reader->tree = a11y_tree_free(reader->tree);
	reader->tree_ready = false;
	reader->tree_stale = false;
	reader->tree_fresh = false;
}

static void
on_change(GDBusConnection *connection, const char *sender, const char *path, const char *interface,
	  const char *signal, GVariant *parameters, void *data)
{
	struct apps_reader *reader = data;

	(void)connection, (void)sender, (void)path, (void)interface, (void)signal;
	(void)parameters; /* whatever it was */
	reader->tree_stale = true;
	apps_reader_tidy(reader);
}

/* What is looked at must not go from under who looks. */
void
apps_reader_tidy(struct apps_reader *reader)
{
	if (reader->tree_stale && reader->tree_ready && g_queue_is_empty(&reader->jobs) &&
	    !reader->reading.read)
		drop_tree(reader);
}

static void
watch_tree(struct apps_reader *reader)
{
	static const struct {
		const char *signal;
		const char *detail; /* NULL: any */
	} signals[ARRAY_LENGTH(reader->watches)] = {
	    {"ChildrenChanged", NULL},
	    {"StateChanged", "showing"},
	    {"PropertyChange", NULL},
	};

	for (size_t i = 0; i < ARRAY_LENGTH(signals); i++)
		reader->watches[i] = g_dbus_connection_signal_subscribe(
		    reader->app->connection, reader->app->bus, "org.a11y.atspi.Event.Object",
		    signals[i].signal, NULL, signals[i].detail, G_DBUS_SIGNAL_FLAGS_NONE, on_change,
		    reader, NULL);
}

/* --- the end of a job --- */

static void
end_parts(struct apps_reader *reader)
{
	reader->read = apps_read_free(reader->read);
	reader->act = apps_press_free(reader->act);
	reader->find = apps_find_free(reader->find);
	reader->sought = false;
	reader->group = a11y_group_end(reader->group);
	reader->waits = false;
	g_clear_pointer(&reader->text, g_free);
}

static gboolean
on_start(void *data)
{
	struct apps_reader *reader = data;

	reader->start = 0;
	if (!g_queue_is_empty(&reader->jobs))
		start_next(reader);
	return G_SOURCE_REMOVE;
}

static void
start_from_loop(struct apps_reader *reader)
{
	if (reader->start == 0 && !g_queue_is_empty(&reader->jobs))
		reader->start = g_timeout_add_full(G_PRIORITY_HIGH, 0, on_start, reader, NULL);
}

void
apps_reader_finish(struct apps_reader *reader, enum brain_result result, const char *text)
{
	struct apps_reader_job *job = g_queue_pop_head(&reader->jobs);
	g_autofree char *copy = g_strdup(text);

	end_parts(reader);
	reader->tree_fresh = false;
	apps_reader_tidy(reader);
	start_from_loop(reader);
	job->done(job->data, result, copy);
	g_free(job);
}

void
apps_reader_finish_reply(struct apps_reader *reader, enum a11y_reply reply)
{
	switch (reply) {
	case A11Y_REPLY_LATE:
		apps_reader_finish(reader, BRAIN_RESULT_NOT_RESPONDING, NULL);
		break;
	case A11Y_REPLY_GONE:
		apps_reader_finish(reader, BRAIN_RESULT_FAILED, _("The app has closed"));
		break;
	case A11Y_REPLY_OK:
	case A11Y_REPLY_ERROR:
		apps_reader_finish(reader, BRAIN_RESULT_FAILED,
				   _("This app does not show what is in it yet. Wait a moment and "
				     "press again"));
		break;
	}
}

const char *
apps_reader_cut_words(void)
{
	return _("This window is too large to be read completely. Show less in it, for example by "
		 "searching in the app, then read again");
}

void
apps_reader_finish_none(struct apps_reader *reader, const char *text)
{
	g_autofree char *words = NULL;

	/* What is looked for may be there all the same. */
	if (a11y_tree_is_unanswered(reader->tree)) {
		apps_reader_finish_reply(reader, A11Y_REPLY_LATE);
		return;
	}
	if (a11y_tree_is_cut(reader->tree))
		words = g_strdup_printf("%s. %s", _(text), apps_reader_cut_words());
	apps_reader_finish(reader, BRAIN_RESULT_NOT_FOUND, words ? words : _(text));
}

/* --- where the cursor is --- */

void
apps_reader_set_cursor(struct apps_reader *reader, const char *path, size_t place)
{
	if (g_strcmp0(reader->cursor.path, path) != 0) {
		reader->text_at = 0;
		reader->text_begun = false;
	}
	if (path != reader->cursor.path) {
		g_autofree char *copy = g_strdup(path);

		a11y_ref_clear(&reader->cursor);
		reader->cursor =
		    (struct a11y_ref){g_strdup(reader->app->bus), g_steal_pointer(&copy)};
	}
	reader->last_place = place;
}

size_t
apps_reader_place(struct apps_reader *reader)
{
	const struct a11y_items *items = a11y_tree_items(reader->tree);
	size_t place = A11Y_ITEMS_NONE;

	if (a11y_ref_is_set(&reader->cursor))
		place = a11y_items_find(items, reader->cursor.path);
	/* Its widget has gone: from where it was. */
	if (place == A11Y_ITEMS_NONE && reader->last_place != A11Y_ITEMS_NONE)
		place = MIN(reader->last_place, a11y_items_count(items) - 1);
	return place;
}

static void
on_tree(void *data, enum a11y_reply reply)
{
	struct apps_reader *reader = data;
	bool job = reader->waits;

	reader->waits = false;
	if (reply == A11Y_REPLY_OK) {
		bool unanswered = a11y_tree_is_unanswered(reader->tree);

		reader->tree_ready = true;
		/* An app that has just started to tell of itself may not say that there is more. */
		reader->tree_empty =
		    !unanswered && a11y_items_after(a11y_tree_items(reader->tree), A11Y_ITEMS_NONE,
						    COMMAND_KIND_ITEM) == A11Y_ITEMS_NONE;
		/* What was not answered is asked for again by the next press. */
		reader->tree_stale = reader->tree_stale || reader->tree_empty || unanswered;
	} else {
		if (reader->reading.read)
			apps_reader_end_reading(reader);
		drop_tree(reader);
	}
	apps_reader_read_tree(reader, reply);
	if (job && reply == A11Y_REPLY_OK)
		start_next(reader);
	else if (job)
		apps_reader_finish_reply(reader, reply);
}

void
apps_reader_ask_tree(struct apps_reader *reader)
{
	if (reader->tree && reader->tree_ready) {
		reader->tree_ready = false;
		a11y_tree_more(reader->tree);
	}
	if (reader->tree)
		return;
	reader->tree_fresh = reader->waits;
	/* First, so that no change in between is missed. */
	watch_tree(reader);
	a11y_tree_new(reader->app, &reader->window, on_tree, reader, &reader->tree);
}

bool
apps_reader_asks_more(struct apps_reader *reader)
{
	if (!a11y_tree_has_more(reader->tree))
		return false;
	reader->waits = true;
	apps_reader_ask_tree(reader);
	return true;
}

/* Whether what the job under way begins at is none of what is known of the window. */
static bool
is_beyond(struct apps_reader *reader)
{
	switch (apps_reader_job(reader)->command->type) {
	case COMMAND_FIRST:
	case COMMAND_LAST:
	case COMMAND_READ_SCREEN:
		return false;
	default:
		return a11y_ref_is_set(&reader->cursor) &&
		       a11y_items_find(a11y_tree_items(reader->tree), reader->cursor.path) ==
			   A11Y_ITEMS_NONE;
	}
}

void
apps_reader_with_tree(struct apps_reader *reader, void (*then)(struct apps_reader *reader))
{
	if (reader->tree_ready) {
		bool beyond = is_beyond(reader);

		if (beyond && apps_reader_asks_more(reader))
			return;
		if (!beyond || reader->tree_fresh || reader->reading.read) {
			then(reader);
			return;
		}
		/* The focus went to what came since: GTK 4 does not tell of a list that opens. */
		drop_tree(reader);
	}
	reader->waits = true;
	apps_reader_ask_tree(reader);
}

/* --- the other commands --- */

static void
read_screen(struct apps_reader *reader)
{
	const struct a11y_items *items = a11y_tree_items(reader->tree);
	size_t place = apps_reader_place(reader);

	if (apps_reader_job(reader)->command->type == COMMAND_READ_SCREEN)
		place = A11Y_ITEMS_NONE;
	if (place == A11Y_ITEMS_NONE || !a11y_items_is_item(items, place))
		place = a11y_items_after(items, place, COMMAND_KIND_ITEM);
	if (place != A11Y_ITEMS_NONE)
		apps_reader_begin(reader, place);
	else if (!apps_reader_asks_more(reader))
		apps_reader_finish_none(reader, command_not_found(COMMAND_READ_SCREEN));
}

bool
apps_reader_takes(enum command_type type)
{
	switch (type) {
	case COMMAND_NEXT:
	case COMMAND_PREVIOUS:
	case COMMAND_FIRST:
	case COMMAND_LAST:
	case COMMAND_INTO:
	case COMMAND_OUT:
	case COMMAND_ROTOR:
	case COMMAND_FOCUS_HERE:
	case COMMAND_READ_SCREEN:
	case COMMAND_READ_FROM_HERE:
	case COMMAND_READ_LINE:
	case COMMAND_READ_WORD:
	case COMMAND_READ_CHARACTER:
	case COMMAND_WHERE_AM_I:
		return true;
	default:
		return false;
	}
}

/* With the window's tree. */
static void
start_in_tree(struct apps_reader *reader)
{
	switch (apps_reader_job(reader)->command->type) {
	case COMMAND_READ_SCREEN:
	case COMMAND_READ_FROM_HERE:
		apps_reader_with_tree(reader, read_screen);
		break;
	case COMMAND_WHERE_AM_I:
		apps_reader_with_tree(reader, apps_reader_where);
		break;
	default:
		apps_reader_with_tree(reader, apps_reader_move);
		break;
	}
}

static void
start_next(struct apps_reader *reader)
{
	switch (apps_reader_job(reader)->command->type) {
	case COMMAND_FIRST:
	case COMMAND_LAST:
	case COMMAND_READ_SCREEN:
		start_in_tree(reader);
		break;
	case COMMAND_NEXT:
	case COMMAND_PREVIOUS:
	case COMMAND_INTO:
	case COMMAND_OUT:
	case COMMAND_READ_FROM_HERE:
	case COMMAND_WHERE_AM_I:
		apps_reader_seek_focus(reader, start_in_tree);
		break;
	case COMMAND_ROTOR:
		apps_reader_turn_rotor(reader);
		break;
	case COMMAND_FOCUS_HERE:
		apps_reader_focus_here(reader);
		break;
	case COMMAND_READ_LINE:
	case COMMAND_READ_WORD:
	case COMMAND_READ_CHARACTER:
		apps_reader_text(reader);
		break;
	default:
		apps_reader_finish(reader, BRAIN_RESULT_FAILED, NULL);
		break;
	}
}

/* --- for daemon/apps --- */

struct apps_reader *
apps_reader_new(apps_reader_say say, void *data)
{
	struct apps_reader *reader = g_new0(struct apps_reader, 1);

	reader->say = say;
	reader->data = data;
	reader->rotor = COMMAND_KIND_ITEM;
	reader->last_place = A11Y_ITEMS_NONE;
	g_queue_init(&reader->jobs);
	return reader;
}

static void
let_go(struct apps_reader *reader)
{
	while (!g_queue_is_empty(&reader->jobs))
		apps_reader_finish(reader, BRAIN_RESULT_FAILED,
				   _("Another window came in front just now; press again"));
	g_clear_handle_id(&reader->start, g_source_remove);
	apps_reader_end_reading(reader);
	if (reader->app)
		drop_tree(reader);
	a11y_ref_clear(&reader->window);
	a11y_ref_clear(&reader->cursor);
	reader->last_place = A11Y_ITEMS_NONE;
	reader->tree_empty = false;
	reader->app = a11y_app_unref(reader->app);
}

struct apps_reader *
apps_reader_free(struct apps_reader *reader)
{
	if (!reader)
		return NULL;
	let_go(reader);
	g_free(reader);
	return NULL;
}

void
apps_reader_window(struct apps_reader *reader, struct a11y_app *app, const struct a11y_ref *window)
{
	if (app && reader->app && a11y_ref_equal(&reader->window, window))
		return;
	let_go(reader);
	if (!app)
		return;
	reader->app = a11y_app_ref(app);
	reader->window = a11y_ref_copy(window);
}

void
apps_reader_focus(struct apps_reader *reader, const struct a11y_ref *focus)
{
	if (reader->app && a11y_ref_is_set(focus) && g_str_equal(focus->bus, reader->app->bus))
		apps_reader_set_cursor(reader, focus->path, A11Y_ITEMS_NONE);
}

bool
apps_reader_found_nothing(const struct apps_reader *reader)
{
	return reader->tree_empty;
}

const struct a11y_ref *
apps_reader_cursor(const struct apps_reader *reader)
{
	return &reader->cursor;
}

void
apps_reader_run(struct apps_reader *reader, uint32_t press, const struct command *command,
		apps_reader_done done, void *data)
{
	struct apps_reader_job *job;

	if (!reader->app || reader->jobs.length >= JOBS_MAX) {
		done(data, reader->app ? BRAIN_RESULT_FAILED : BRAIN_RESULT_NOT_FOUND,
		     reader->app ? _("Too much at once; press again in a moment")
				 : _("No window is in front"));
		return;
	}
	job = g_new0(struct apps_reader_job, 1);
	job->reader = reader;
	job->press = press;
	job->command = command;
	job->done = done;
	job->data = data;
	g_queue_push_tail(&reader->jobs, job);
	if (reader->jobs.length == 1)
		start_from_loop(reader);
}

void
apps_reader_cancel(struct apps_reader *reader, const void *data)
{
	for (GList *link = reader->jobs.head; link; link = link->next) {
		struct apps_reader_job *job = link->data;

		if (job->data != data)
			continue;
		if (link == reader->jobs.head) {
			end_parts(reader);
			if (reader->reading.press == job->press && reader->reading.utterance == 0)
				apps_reader_end_reading(reader);
		}
		g_queue_delete_link(&reader->jobs, link);
		g_free(job);
		start_from_loop(reader);
		return;
	}
}
