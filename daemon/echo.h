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
};

/* Whether there may be something to say: the length has become another. Otherwise, and when nothing
 * was known before, it is noted for the next time. */
bool echo_wants(struct echo *echo, int32_t length, int32_t caret);

/* What to say; before: the last ECHO_BEFORE characters before the caret, or all there are. NULL:
 * nothing. Allocated. */
char *echo_typed(struct echo *echo, enum echo_setting setting, int32_t length, int32_t caret,
		 const char *before);

/* What to say of a caret that was moved from one place to another: the character, the word or the
 * line where it is now. text: what is there from this character on. NULL: nothing. Allocated. */
char *echo_moved(const char *text, int32_t from, int32_t was, int32_t caret);

#endif
