/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The reading cursor and the focus: where the cursor begins in a window whose focus no event told
 * (an app that started faster than it heard who listens, or was there before us), and the focus
 * brought to the cursor. Part of the reading cursor, which calls it. Owns nothing: the search is
 * the reader's.
 */
#include "daemon/a11y_component.h"
#include "daemon/apps_reader_private.h"

static void
go_on(struct apps_reader *reader)
{
	reader->find = apps_find_free(reader->find);
	reader->sought = true;
	reader->then_sought(reader);
}

static void
on_focused(void *data, enum apps_find_end end, const struct a11y_ref *ref, int action)
{
	struct apps_reader *reader = data;

	(void)action;
	switch (end) {
	case APPS_FIND_FOUND:
		apps_reader_set_cursor(reader, ref->path, A11Y_ITEMS_NONE);
		go_on(reader);
		break;
	case APPS_FIND_LATE:
		apps_reader_finish_reply(reader, A11Y_REPLY_LATE);
		break;
	case APPS_FIND_GONE:
		apps_reader_finish_reply(reader, A11Y_REPLY_GONE);
		break;
	case APPS_FIND_NONE:
	case APPS_FIND_GREYED:
	case APPS_FIND_UNREADY:
	case APPS_FIND_LARGE:
		go_on(reader);
		break;
	}
}

void
apps_reader_seek_focus(struct apps_reader *reader, void (*then)(struct apps_reader *reader))
{
	static const struct apps_wanted focused = {.focused = true};

	if (a11y_ref_is_set(&reader->cursor) || reader->sought) {
		then(reader);
		return;
	}
	reader->then_sought = then;
	apps_find_new(reader->app, &reader->window, &focused, on_focused, reader, &reader->find);
}

static void
on_moved_here(void *data, enum brain_result result, const char *text)
{
	apps_reader_finish(data, result, text);
}

void
apps_reader_focus_here(struct apps_reader *reader)
{
	if (!a11y_ref_is_set(&reader->cursor)) {
		apps_reader_finish(reader, BRAIN_RESULT_NOT_FOUND, NULL);
		return;
	}
	apps_press_new(reader->app, &reader->cursor, &a11y_grab_focus, NULL, on_moved_here, reader,
		       &reader->act);
}
