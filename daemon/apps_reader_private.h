/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The reading cursor as its own files see it: apps_reader.c has the cursor and the commands,
 * apps_reader_focus.c has it begin where the user is, apps_reader_move.c moves it,
 * apps_reader_read.c reads on by itself, apps_reader_text.c reads lines, words and characters.
 * Included by these only; struct apps_reader owns every part.
 */
#ifndef SIDETOUCH_APPS_READER_PRIVATE_H
#define SIDETOUCH_APPS_READER_PRIVATE_H

#include "daemon/a11y_tree.h"
#include "daemon/apps_find.h"
#include "daemon/apps_press.h"
#include "daemon/apps_read.h"
#include "daemon/apps_reader.h"

/* One command. */
struct apps_reader_job {
	struct apps_reader *reader;
	uint32_t press;
	const struct command *command;
	apps_reader_done done;
	void *data;
	size_t place; /* in the tree: where it looks */
};

/* Reading by itself, item after item. */
struct apps_reading {
	bool on;
	bool first;         /* nothing was said yet */
	bool paused;        /* a touch stopped it; it may be gone on with */
	uint32_t press;     /* that it belongs to */
	uint32_t utterance; /* being said; 0: being asked for */
	char *path;         /* of the item that is being said */
	int32_t from;       /* of its text, in characters */
	int32_t next_from;  /* where to go on in the same text; 0: with the next item */
	bool waits;         /* for the tree */
	struct apps_read *read;
};

struct apps_reader {
	apps_reader_say say;
	void *data;
	struct a11y_app *app; /* NULL: no window is in front */
	struct a11y_ref window;
	struct a11y_ref cursor;
	size_t last_place; /* of the cursor, for when its widget has gone */
	size_t text_at;    /* in the cursor's text, in characters */
	size_t text_caret; /* where the caret was when that was read, in characters */
	bool text_begun;   /* text_at is the user's own, not the caret's */
	enum command_kind rotor;
	struct a11y_tree *tree; /* NULL; dropped when anything in the window changes */
	bool tree_ready;        /* not while more of it is asked for */
	bool tree_fresh;        /* asked for by the job under way */
	bool tree_stale;        /* it changed while in use */
	bool tree_empty;        /* there was nothing in it to read, when it was asked last */
	guint watches[3];
	GQueue jobs;            /* of struct apps_reader_job; the head is under way */
	struct apps_read *read; /* of the head */
	struct apps_press *act; /* of the head */
	struct apps_find *find; /* of the head: what has the focus */
	bool sought;            /* by the head: it is known, or nothing has it */
	void (*then_sought)(struct apps_reader *reader);
	struct a11y_group *group; /* of the head */
	char *text;               /* of the head: what its caret is asked of */
	bool waits;               /* the head, for the tree */
	guint start;              /* source: the next job starts from the loop */
	struct apps_reading reading;
};

/* The one result of the job under way. Nothing of it may follow. */
void apps_reader_finish(struct apps_reader *reader, enum brain_result result, const char *text);
/* The same for an application that did not answer as it should. */
void apps_reader_finish_reply(struct apps_reader *reader, enum a11y_reply reply);
/* Nothing there: text, not translated yet, and if not all of the window is known, that too. */
void apps_reader_finish_none(struct apps_reader *reader, const char *text);
/* The window has more than can be asked for. */
const char *apps_reader_cut_words(void);
void apps_reader_set_cursor(struct apps_reader *reader, const char *path, size_t place);
struct apps_reader_job *apps_reader_job(struct apps_reader *reader);
/* Call back once the tree is there; the job under way ends when it cannot be. */
void apps_reader_with_tree(struct apps_reader *reader, void (*then)(struct apps_reader *reader));
/* It, or more of it, is asked for, if it is not already. */
void apps_reader_ask_tree(struct apps_reader *reader);
/* Whether there is more of the window; if so the job under way starts again when it is there. */
bool apps_reader_asks_more(struct apps_reader *reader);
/* Let go of a tree that does not hold any more, if nothing looks at it. */
void apps_reader_tidy(struct apps_reader *reader);
/* The cursor's place in the tree, or where it was; A11Y_ITEMS_NONE: nowhere yet. */
size_t apps_reader_place(struct apps_reader *reader);

/* --- apps_reader_focus.c --- */

/* Call back once the cursor is where the focus is, if it was nowhere yet and anything has it; the
 * job under way ends when the app cannot be asked. */
void apps_reader_seek_focus(struct apps_reader *reader, void (*then)(struct apps_reader *reader));
void apps_reader_focus_here(struct apps_reader *reader);

/* --- apps_reader_move.c --- */

void apps_reader_move(struct apps_reader *reader);
void apps_reader_turn_rotor(struct apps_reader *reader);
void apps_reader_where(struct apps_reader *reader);

/* --- apps_reader_read.c --- */

void apps_reader_begin(struct apps_reader *reader, size_t place);
void apps_reader_end_reading(struct apps_reader *reader);
/* The tree that it waited for is there, or not to be had. */
void apps_reader_read_tree(struct apps_reader *reader, enum a11y_reply reply);

/* --- apps_reader_text.c --- */

void apps_reader_text(struct apps_reader *reader);

#endif
