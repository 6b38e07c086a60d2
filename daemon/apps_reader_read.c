/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading by itself, from one item to the next until the window ends or the user touches.
 * Part of the reading cursor, which calls it. What is said moves the cursor, so that reading can be
 * gone on with from there: by read-from-here, or at the same word by pause.
 *
 *   ask what the item is --> say it --spoken--> the rest of a long text, or the next item
 *                                   --a touch--> paused --said again--> as if it went on
 */
#include "daemon/apps_reader_private.h"

#include "common/cleanup.h"
#include "common/i18n.h"
#include "daemon/text_step.h"

/* Of one text said at once; a touch in a longer one would lose the place. */
#define PIECE_CHARACTERS 600

static void ask(struct apps_reader *reader, size_t place, int32_t from);

void
apps_reader_end_reading(struct apps_reader *reader)
{
	struct apps_reading *reading = &reader->reading;

	apps_read_free(reading->read);
	g_free(reading->path);
	*reading = (struct apps_reading){0};
}

/* Whether the command that began it still waits for its first words, which answer it. */
static bool
is_first(struct apps_reader *reader)
{
	const struct apps_reader_job *job = apps_reader_job(reader);

	return reader->reading.first && job && job->press == reader->reading.press;
}

/* What fails later than that is only said. */
static void
fail(struct apps_reader *reader, enum a11y_reply reply)
{
	uint32_t press = reader->reading.press;
	bool first = is_first(reader);

	apps_reader_end_reading(reader);
	if (first)
		apps_reader_finish_reply(reader, reply);
	else if (reply == A11Y_REPLY_LATE)
		reader->say(reader->data, press, _("The app does not respond"));
}

static void
go_on(struct apps_reader *reader, size_t place)
{
	const struct a11y_items *items = a11y_tree_items(reader->tree);
	size_t next = a11y_items_after(items, place, COMMAND_KIND_ITEM);
	uint32_t press = reader->reading.press;
	bool first = is_first(reader);

	if (next != A11Y_ITEMS_NONE) {
		ask(reader, next, 0);
		return;
	}
	if (a11y_tree_has_more(reader->tree)) {
		reader->reading.waits = true;
		apps_reader_ask_tree(reader);
		return;
	}
	apps_reader_end_reading(reader);
	if (first)
		apps_reader_finish_none(reader, command_not_found(COMMAND_READ_SCREEN));
	else if (a11y_tree_is_unanswered(reader->tree))
		reader->say(reader->data, press, _("The app does not respond"));
	else if (a11y_tree_is_cut(reader->tree))
		reader->say(reader->data, press, apps_reader_cut_words());
}

/* The next piece of a widget's words; *next_from: where to go on in its text, 0: it was all. */
static char *
piece_of(const struct apps_widget *widget, int32_t from, int32_t *next_from)
{
	g_autofree char *all = NULL;
	size_t cut;

	*next_from = 0;
	if (!widget->text || widget->text[0] == '\0')
		return from == 0 ? apps_widget_words(widget) : g_strdup("");
	cut = text_step_cut(widget->text, PIECE_CHARACTERS);
	if (from + (int32_t)cut < widget->text_length)
		*next_from = from + (int32_t)cut;
	all = g_utf8_substring(widget->text, 0, (glong)cut);
	if (from > 0)
		return g_steal_pointer(&all);
	{
		struct apps_widget begun = *widget;

		begun.text = all;
		return apps_widget_words(&begun);
	}
}

static void
on_read(void *data, enum a11y_reply reply, const struct apps_widget *widget)
{
	struct apps_reader *reader = data;
	struct apps_reading *reading = &reader->reading;
	const struct a11y_items *items = a11y_tree_items(reader->tree);
	size_t place = a11y_items_find(items, reading->path);
	g_autofree char *words = NULL;
	bool first = is_first(reader);

	if (reply == A11Y_REPLY_LATE || reply == A11Y_REPLY_GONE) {
		fail(reader, reply);
		return;
	}
	words = widget ? piece_of(widget, reading->from, &reading->next_from) : g_strdup("");
	reading->read = apps_read_free(reading->read);
	if (words[0] == '\0') {
		go_on(reader, place);
		return;
	}
	apps_reader_set_cursor(reader, reading->path, place);
	reading->first = false;
	reading->utterance = reader->say(reader->data, reading->press, words);
	/* What cannot be said would otherwise be read through in an instant. */
	if (reading->utterance == 0)
		apps_reader_end_reading(reader);
	if (first)
		apps_reader_finish(reader, BRAIN_RESULT_DONE, NULL);
	else
		apps_reader_tidy(reader);
}

static void
ask(struct apps_reader *reader, size_t place, int32_t from)
{
	struct apps_reading *reading = &reader->reading;
	const char *path = a11y_items_node(a11y_tree_items(reader->tree), place)->path;
	g_autofree char *copy = g_strdup(path);
	struct a11y_ref ref = {reader->app->bus, copy};

	g_free(reading->path);
	reading->path = g_strdup(copy);
	reading->from = from;
	reading->next_from = 0;
	reading->utterance = 0;
	apps_read_new(reader->app, &ref, from, on_read, reader, &reading->read);
}

void
apps_reader_begin(struct apps_reader *reader, size_t place)
{
	apps_reader_end_reading(reader);
	reader->reading.on = true;
	reader->reading.first = true;
	reader->reading.press = apps_reader_job(reader)->press;
	ask(reader, place, 0);
}

void
apps_reader_hush(struct apps_reader *reader)
{
	struct apps_reading *reading = &reader->reading;
	bool job;

	if (!reading->on)
		return;
	if (reading->utterance != 0) {
		reading->paused = true;
		return;
	}
	/* Not said yet: it will not be. */
	job = is_first(reader);
	apps_reader_end_reading(reader);
	if (job)
		apps_reader_finish(reader, BRAIN_RESULT_DONE, NULL);
}

void
apps_reader_resumed(struct apps_reader *reader, uint32_t utterance)
{
	struct apps_reading *reading = &reader->reading;

	if (!reading->paused || utterance == 0)
		return;
	reading->paused = false;
	reading->utterance = utterance;
}

static void
read_on(struct apps_reader *reader)
{
	struct apps_reading *reading = &reader->reading;
	size_t place = a11y_items_find(a11y_tree_items(reader->tree), reading->path);

	if (place == A11Y_ITEMS_NONE && a11y_tree_has_more(reader->tree)) {
		reading->waits = true;
		apps_reader_ask_tree(reader);
		return;
	}
	if (place == A11Y_ITEMS_NONE)
		place = apps_reader_place(reader);
	if (reading->next_from > 0 && place != A11Y_ITEMS_NONE)
		ask(reader, place, reading->next_from);
	else
		go_on(reader, place);
}

void
apps_reader_read_tree(struct apps_reader *reader, enum a11y_reply reply)
{
	if (!reader->reading.waits)
		return;
	reader->reading.waits = false;
	if (reply == A11Y_REPLY_OK)
		read_on(reader);
	else
		fail(reader, reply);
}

void
apps_reader_spoken(struct apps_reader *reader, uint32_t utterance, bool spoken)
{
	struct apps_reading *reading = &reader->reading;

	if (!reading->on || reading->paused || reading->utterance == 0 ||
	    reading->utterance != utterance)
		return;
	reading->utterance = 0;
	if (!spoken) {
		apps_reader_end_reading(reader);
	} else if (reader->tree_ready) {
		read_on(reader);
	} else {
		reading->waits = true;
		apps_reader_ask_tree(reader);
	}
}
