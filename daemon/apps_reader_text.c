/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lines, words and characters of what the reading cursor is on, one at a time.
 * Part of the reading cursor, which calls it. In a field one writes into it begins where the caret
 * is; what has no text has its name. A secret is never read.
 */
#include "daemon/apps_reader_private.h"

#include "common/cleanup.h"
#include "common/i18n.h"
#include "daemon/a11y_roles.h"
#include "daemon/a11y_text.h"
#include "daemon/a11y_words.h"
#include "daemon/text_step.h"

static enum text_unit
unit_of(enum command_type type)
{
	switch (type) {
	case COMMAND_READ_WORD:
		return TEXT_WORD;
	case COMMAND_READ_CHARACTER:
		return TEXT_CHARACTER;
	default:
		return TEXT_LINE;
	}
}

/* text begins at this character of the whole. */
static void
tell(struct apps_reader *reader, const char *text, size_t from)
{
	const struct command *command = apps_reader_job(reader)->command;
	enum text_unit unit = unit_of(command->type);
	g_autofree char *found = NULL;
	g_autofree char *words = NULL;
	size_t at = reader->text_at - MIN(from, reader->text_at);

	if (!text_step(text, unit, command->step, &at, &found)) {
		apps_reader_finish(reader, BRAIN_RESULT_NOT_FOUND,
				   command->step == COMMAND_STEP_NEXT       ? _("End")
				   : command->step == COMMAND_STEP_PREVIOUS ? _("Start")
									    : _("empty"));
		return;
	}
	reader->text_at = from + at;
	reader->text_begun = true;
	if (unit == TEXT_CHARACTER)
		words = text_step_character_words(found);
	else
		words = g_strdup(g_strstrip(found)[0] != '\0' ? found : _("empty"));
	apps_reader_finish(reader, BRAIN_RESULT_DONE, words);
}

static void
on_around(void *data, enum a11y_reply reply, const struct apps_widget *widget)
{
	struct apps_reader *reader = data;

	if (!widget)
		apps_reader_finish_reply(reader, reply);
	else
		tell(reader, widget->text ? widget->text : "",
		     reader->text_at - APPS_READ_CHARACTERS / 2);
}

/* text is the beginning of the whole: further down, what is around the place is asked for, as on a
 * terminal's screen that is full. */
static void
tell_around(struct apps_reader *reader, const char *text)
{
	size_t length = (size_t)g_utf8_strlen(text, -1);

	if (length < APPS_READ_CHARACTERS || reader->text_at + APPS_READ_CHARACTERS / 2 <= length) {
		tell(reader, text, 0);
		return;
	}
	apps_read_free(reader->read);
	apps_read_new(reader->app, &reader->cursor,
		      (int32_t)(reader->text_at - APPS_READ_CHARACTERS / 2), on_around, reader,
		      &reader->read);
}

static void
on_caret(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_reader *reader = data;
	g_autofree char *text = g_steal_pointer(&reader->text);
	size_t caret = reader->text_begun ? reader->text_caret : reader->text_at;

	if (reply == A11Y_REPLY_LATE || reply == A11Y_REPLY_GONE) {
		apps_reader_finish_reply(reader, reply);
		return;
	}
	if (reply == A11Y_REPLY_OK)
		caret = (size_t)MAX(g_variant_get_int32(body), 0);
	/* One goes on from where one reads, until something is written, or run in a terminal. */
	if (!reader->text_begun || caret != reader->text_caret)
		reader->text_at = caret;
	reader->text_caret = caret;
	tell_around(reader, text);
}

static void
on_read(void *data, enum a11y_reply reply, const struct apps_widget *widget)
{
	struct apps_reader *reader = data;
	g_autofree char *name = NULL;
	bool has_text;

	if (!widget) {
		apps_reader_finish_reply(reader, reply);
		return;
	}
	if (widget->secret || widget->role == A11Y_ROLE_PASSWORD_TEXT) {
		apps_reader_finish(reader, BRAIN_RESULT_NOT_FOUND, _("A password is not read out"));
		return;
	}
	name = a11y_name_best(widget->name ? widget->name : "", widget->description);
	has_text = widget->text && (widget->text[0] != '\0' || a11y_role_is_entry(widget->role));
	if (!has_text) {
		tell(reader, name, 0);
		return;
	}
	if (!a11y_role_is_entry(widget->role)) {
		g_free(reader->text);
		reader->text = g_strdup(widget->text);
		tell_around(reader, reader->text);
		return;
	}
	g_free(reader->text);
	reader->text = g_strdup(widget->text);
	reader->group = a11y_group_new(reader->app);
	a11y_get_caret(reader->group, &reader->cursor, on_caret, reader);
}

static void
read_here(struct apps_reader *reader)
{
	if (a11y_ref_is_set(&reader->cursor))
		apps_read_new(reader->app, &reader->cursor, 0, on_read, reader, &reader->read);
	else
		apps_reader_finish(reader, BRAIN_RESULT_NOT_FOUND, NULL);
}

void
apps_reader_text(struct apps_reader *reader)
{
	apps_reader_seek_focus(reader, read_here);
}
