/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether a field shows something else than what is in it. GTK 4.8 calls an entry that hides what
 * is typed a text field like any other, and GetText tells what is in it; GetStringAtOffset tells
 * what is drawn. So the first letter and the first word are asked for before any text is. Called by
 * reading and by the typing echo, which own the questions; struct apps_shown is a value.
 */
#ifndef SIDETOUCH_APPS_SHOWN_H
#define SIDETOUCH_APPS_SHOWN_H

#include "daemon/a11y_call.h"

struct apps_shown {
	bool nothing;    /* not even a letter */
	int32_t bullets; /* at its start, in characters */
	bool asterisks;  /* are all of them: somebody may have typed one */
};

/* Two questions, whose answers are for the two functions below. */
void apps_shown_ask(struct a11y_group *group, const struct a11y_ref *ref, a11y_done letter,
		    a11y_done word, void *data);
void apps_shown_letter(struct apps_shown *shown, enum a11y_reply reply, GVariant *body);
void apps_shown_word(struct apps_shown *shown, enum a11y_reply reply, GVariant *body);

/* Of a text of so many characters. */
bool apps_shown_hides(const struct apps_shown *shown, int32_t length);

#endif
