/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is said of what the user types: characters, words, that something was deleted. Pure.
 * Called by daemon/apps_echo, which asks the field what is in it.
 * struct echo is a value; it holds lengths and places, and nothing of what was typed.
 */
#ifndef SIDETOUCH_ECHO_H
#define SIDETOUCH_ECHO_H

#include <stdbool.h>
#include <stdint.h>

enum echo_setting {
	ECHO_NONE,
	ECHO_CHARACTERS,
	ECHO_WORDS,
	ECHO_BOTH,
};

/* Before the caret, what is asked for: a word longer than that is not said. */
#define ECHO_BEFORE 40
/* Put in at once by an input method; more is pasted, and read when it is wanted. */
#define ECHO_AT_ONCE 20

/* Around the caret, what is asked for when it was moved, and of a line what is said: some 10 s. */
#define ECHO_AROUND 500
#define ECHO_LINE   160

struct echo {
	bool known; /* what follows */
	int32_t length;
	int32_t caret;
	int32_t start; /* of what is selected; at or after the end: nothing is */
	int32_t end;
	bool deleted; /* something was, since it was looked at before */
};

enum echo_change {
	ECHO_SAME,  /* or nothing was known before */
	ECHO_MOVED, /* the caret was */
	ECHO_TYPED, /* or deleted: ask for what is before the caret, for echo_typed() */
	ECHO_AHEAD, /* what came after the caret is gone: ask for what does now, for echo_ahead() */
};

/* What became of a text. */
enum echo_change echo_compare(const struct echo *before, const struct echo *now);

/* What to say; text: the last ECHO_BEFORE characters before the caret, or all there are. NULL:
 * nothing. Allocated. */
char *echo_typed(const struct echo *before, const struct echo *now, enum echo_setting setting,
		 const char *text);

/* What to say once something after the caret was deleted: what is there now. text: what is there
 * from this character on. NULL: nothing. Allocated. */
char *echo_ahead(const struct echo *before, const struct echo *now, enum echo_setting setting,
		 const char *text, int32_t from);

/* What to say of a caret that was moved from one place to another: the character, the word or the
 * line where it is now. text: what is there from this character on. NULL: nothing. Allocated. */
char *echo_moved(const char *text, int32_t from, int32_t was, int32_t caret);

#endif
