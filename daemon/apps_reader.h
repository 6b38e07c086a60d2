/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The reading cursor: where the user reads in the window in front, apart from the focus; next and
 * previous, the rotor, lines and words, and reading on by itself. It follows the focus when that
 * moves. daemon/apps makes one and is the only caller.
 * Owns the cursor, the tree of the window while nothing in it changes, and the commands under way,
 * one after the other.
 */
#ifndef SIDETOUCH_APPS_READER_H
#define SIDETOUCH_APPS_READER_H

#include "common/command.h"
#include "daemon/a11y_call.h"
#include "daemon/brain.h"

struct apps_reader;

/* text as in brain_result(). Called once for each apps_reader_run(), never from inside it. */
typedef void (*apps_reader_done)(void *data, enum brain_result result, const char *text);
/* Say what a window shows, of its own accord; the utterance's number, 0: it cannot be said. */
typedef uint32_t (*apps_reader_say)(void *data, uint32_t press, const char *text);

struct apps_reader *apps_reader_new(apps_reader_say say, void *data);
struct apps_reader *apps_reader_free(struct apps_reader *reader);

/* Another window, or none (app NULL): what is under way ends with a result. */
void apps_reader_window(struct apps_reader *reader, struct a11y_app *app,
			const struct a11y_ref *window);
/* The focus moved there: so does the cursor. */
void apps_reader_focus(struct apps_reader *reader, const struct a11y_ref *focus);
/* Whether there was nothing in the window to read, when it was asked last. */
bool apps_reader_found_nothing(const struct apps_reader *reader);
/* What commands act on when nothing is named; not set: nothing was read yet. */
const struct a11y_ref *apps_reader_cursor(const struct apps_reader *reader);

/* Whether it carries this command out. */
bool apps_reader_takes(enum command_type type);
/* command must live until done, or apps_reader_cancel() with the same data. */
void apps_reader_run(struct apps_reader *reader, uint32_t press, const struct command *command,
		     apps_reader_done done, void *data);
void apps_reader_cancel(struct apps_reader *reader, const void *data);

/* The user touched: reading by itself ends, or waits to be gone on with. */
void apps_reader_hush(struct apps_reader *reader);
void apps_reader_spoken(struct apps_reader *reader, uint32_t utterance, bool spoken);
/* What a touch stopped is said again, by this number: so reading goes on after it. */
void apps_reader_resumed(struct apps_reader *reader, uint32_t utterance);

#endif
