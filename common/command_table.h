/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What there is to know of each command, a row each.
 * Read by common/command and common/command_parse only.
 * Owns constant tables only.
 */
#ifndef SIDETOUCH_COMMAND_TABLE_H
#define SIDETOUCH_COMMAND_TABLE_H

#include "common/command.h"

/* What may follow the word. */
enum command_arguments {
	COMMAND_TAKES_NOTHING,
	COMMAND_TAKES_WIDGET,    /* role= name= description= id=, all optional */
	COMMAND_TAKES_KIND,      /* kind=heading */
	COMMAND_TAKES_STEP,      /* next or previous */
	COMMAND_TAKES_KEY,       /* Alt+Left */
	COMMAND_TAKES_VOICE,     /* SETTING VALUE */
	COMMAND_TAKES_SWITCH,    /* on, off, or nothing */
	COMMAND_TAKES_TEXT,      /* text=, and optionally which widget */
	COMMAND_TAKES_ACTION,    /* app.quit */
	COMMAND_TAKES_APP,       /* org.gnome.Calculator */
	COMMAND_TAKES_LETTERS,   /* "to type" */
	COMMAND_TAKES_PROGRAM,   /* PROGRAM ARGUMENT... */
	COMMAND_TAKES_CALL,      /* NAME PATH INTERFACE.METHOD ARGUMENT... */
	COMMAND_TAKES_DIRECTION, /* up */
};

struct command_row {
	const char *word;
	enum command_by by;
	enum command_arguments arguments;
	bool changes;          /* something outside our own speech and cursor */
	bool heard;            /* is silence, or speech of its own */
	const char *label;     /* not translated */
	const char *not_found; /* not translated; NULL: nothing in particular */
};

extern const struct command_row command_rows[COMMAND_COUNT];

struct command_kind_row {
	const char *word;
	const char *label;     /* of the rotor; not translated */
	const char *not_found; /* not translated */
};

extern const struct command_kind_row command_kind_rows[COMMAND_KIND_COUNT];

#endif
