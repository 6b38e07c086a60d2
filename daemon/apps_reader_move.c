/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Moving the reading cursor, by what next and previous mean, and saying where it is.
 * Part of the reading cursor, which calls it once the window's tree is there.
 *
 *   where to --> asked what is there --nothing to say of it--> the one after that ...
 *                                    --> the cursor is there, and its words are the result
 */
#include "daemon/apps_reader_private.h"

#include "common/cleanup.h"
#include "common/i18n.h"
#include "daemon/a11y_words.h"
#include "daemon/change_words.h"

static enum command_kind
kind_of(const struct apps_reader_job *job)
{
	const struct command *command = job->command;
	bool moves = command->type == COMMAND_NEXT || command->type == COMMAND_PREVIOUS;

	if (command->kind != COMMAND_KIND_ANY)
		return command->kind;
	return moves ? job->reader->rotor : COMMAND_KIND_ITEM;
}

static size_t
look(const struct apps_reader_job *job, size_t from)
{
	const struct a11y_items *items = a11y_tree_items(job->reader->tree);
	enum command_kind kind = kind_of(job);

	switch (job->command->type) {
	case COMMAND_PREVIOUS:
	case COMMAND_LAST:
		return a11y_items_before(items, from, kind);
	case COMMAND_INTO:
		return from == A11Y_ITEMS_NONE ? from : a11y_items_into(items, from);
	case COMMAND_OUT:
		return from == A11Y_ITEMS_NONE ? from : a11y_items_out(items, from);
	default:
		return a11y_items_after(items, from, kind);
	}
}

static void step(struct apps_reader *reader, size_t from);

/* "Buttons, panel, 10 items". */
static char *
holder_words(struct apps_reader *reader, const struct apps_widget *widget, size_t place)
{
	const struct a11y_items *items = a11y_tree_items(reader->tree);
	g_autofree char *words = apps_widget_words(widget);
	size_t next = a11y_items_into(items, place);
	size_t count = 0;

	if (a11y_items_is_item(items, place) || next == A11Y_ITEMS_NONE)
		return g_steal_pointer(&words);
	for (size_t i = next; i != A11Y_ITEMS_NONE;
	     i = a11y_items_after(items, i, COMMAND_KIND_ITEM)) {
		if (!a11y_items_is_in(items, i, place))
			break;
		count++;
	}
	return g_strdup_printf(ngettext("%s, %zu item", "%s, %zu items", count), words, count);
}

static void
on_read(void *data, enum a11y_reply reply, const struct apps_widget *widget)
{
	struct apps_reader *reader = data;
	struct apps_reader_job *job = apps_reader_job(reader);
	const struct a11y_items *items = a11y_tree_items(reader->tree);
	const char *path = a11y_items_node(items, job->place)->path;
	g_autofree char *words = NULL;
	size_t place = job->place;

	if (reply == A11Y_REPLY_LATE || reply == A11Y_REPLY_GONE) {
		apps_reader_finish_reply(reader, reply);
		return;
	}
	words = widget ? holder_words(reader, widget, place) : g_strdup("");
	if (words[0] == '\0') {
		/* Nothing to say of it, or it went a moment ago: what comes after it. */
		reader->read = apps_read_free(reader->read);
		step(reader, place);
		return;
	}
	apps_reader_set_cursor(reader, path, place);
	apps_reader_finish(reader, BRAIN_RESULT_DONE, words);
}

static void
land(struct apps_reader *reader, size_t place)
{
	struct apps_reader_job *job = apps_reader_job(reader);
	const struct a11y_items *items = a11y_tree_items(reader->tree);
	const struct a11y_ref ref = {reader->app->bus, a11y_items_node(items, place)->path};

	/* How much is in it is said too. */
	if (!a11y_items_is_item(items, place) && a11y_items_is_last(items, place) &&
	    apps_reader_asks_more(reader))
		return;
	job->place = place;
	apps_read_new(reader->app, &ref, 0, on_read, reader, &reader->read);
}

/* Whether the end of the window has to be known. */
static bool
is_from_end(const struct apps_reader_job *job, size_t from)
{
	return from == A11Y_ITEMS_NONE &&
	       (job->command->type == COMMAND_LAST || job->command->type == COMMAND_PREVIOUS);
}

/* Whether what was not found may be in what is not known yet. */
static bool
may_be_later(const struct apps_reader_job *job, size_t from)
{
	switch (job->command->type) {
	case COMMAND_PREVIOUS:
	case COMMAND_OUT:
		return false;
	case COMMAND_INTO:
		return from != A11Y_ITEMS_NONE &&
		       a11y_items_is_last(a11y_tree_items(job->reader->tree), from);
	default:
		return true;
	}
}

static void
step(struct apps_reader *reader, size_t from)
{
	struct apps_reader_job *job = apps_reader_job(reader);
	size_t place;
	enum command_kind kind = kind_of(job);
	const char *text = command_not_found(job->command->type);

	if (is_from_end(job, from) && apps_reader_asks_more(reader))
		return;
	place = look(job, from);
	if (place != A11Y_ITEMS_NONE) {
		land(reader, place);
		return;
	}
	if (may_be_later(job, from) && apps_reader_asks_more(reader))
		return;
	if (kind != COMMAND_KIND_ANY && kind != COMMAND_KIND_ITEM)
		text = command_kind_not_found(kind);
	apps_reader_finish_none(reader, text);
}

void
apps_reader_move(struct apps_reader *reader)
{
	enum command_type type = apps_reader_job(reader)->command->type;
	bool edge = type == COMMAND_FIRST || type == COMMAND_LAST;

	step(reader, edge ? A11Y_ITEMS_NONE : apps_reader_place(reader));
}

void
apps_reader_turn_rotor(struct apps_reader *reader)
{
	const struct command *command = apps_reader_job(reader)->command;

	if (command->kind != COMMAND_KIND_ANY)
		reader->rotor = command->kind;
	else if (reader->rotor + 1 < COMMAND_KIND_COUNT)
		reader->rotor++;
	else
		reader->rotor = COMMAND_KIND_ITEM;
	apps_reader_finish(reader, BRAIN_RESULT_DONE, _(command_kind_label(reader->rotor)));
}

/* "OK, button. In Buttons, panel. Gallery. Item 5 of 40." */
static char *
where_words(struct apps_reader *reader, const char *words, size_t place)
{
	const struct a11y_items *items = a11y_tree_items(reader->tree);
	const char *title = a11y_items_node(items, 0)->name;
	GString *where = g_string_new(words);
	size_t of;
	size_t number = a11y_items_number(items, place, &of);

	for (size_t i = a11y_items_out(items, place); i != A11Y_ITEMS_NONE;
	     i = a11y_items_out(items, i)) {
		const struct a11y_node *node = a11y_items_node(items, i);
		g_autofree char *name = a11y_name_best(node->name ? node->name : "", NULL);

		g_string_append(where, ". ");
		if (name[0] != '\0')
			g_string_append_printf(where, _("In %s, %s"), name,
					       apps_widget_role(node->role));
		else
			g_string_append_printf(where, _("In a %s"), apps_widget_role(node->role));
	}
	if (place != 0 && title && title[0] != '\0')
		g_string_append_printf(where, ". %s", title);
	/* The window itself, or what only holds others, is none of them. */
	if (number == 0)
		return g_string_free(where, FALSE);
	g_string_append(where, ". ");
	if (a11y_tree_is_cut(reader->tree))
		g_string_append_printf(where, _("Item %zu of more than %zu"), number, of);
	else
		g_string_append_printf(where, _("Item %zu of %zu"), number, of);
	return g_string_free(where, FALSE);
}

static void
on_where(void *data, enum a11y_reply reply, const struct apps_widget *widget)
{
	struct apps_reader *reader = data;
	g_autofree char *words = NULL;
	g_autofree char *where = NULL;

	if (!widget) {
		apps_reader_finish_reply(reader, reply);
		return;
	}
	/* Of a text its first line: where it is is asked, not what is in it. */
	words = change_words(CHANGE_FOCUS, widget, false);
	where = where_words(reader, words, apps_reader_job(reader)->place);
	apps_reader_finish(reader, BRAIN_RESULT_DONE, where);
}

void
apps_reader_where(struct apps_reader *reader)
{
	size_t place = apps_reader_place(reader);
	struct a11y_ref ref;

	/* How many items there are is said too. */
	if (apps_reader_asks_more(reader))
		return;
	if (place == A11Y_ITEMS_NONE)
		place = 0; /* the window */
	apps_reader_job(reader)->place = place;
	ref.bus = reader->app->bus;
	ref.path = a11y_items_node(a11y_tree_items(reader->tree), place)->path;
	apps_read_new(reader->app, &ref, 0, on_where, reader, &reader->read);
}
