/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The interface Text: what is in a text field, where its caret is. The contents are asked for, and
 * never taken from an event: GTK 4.8 tells there what is typed into a password.
 * Called by reading, by what writes and by the typing echo.
 * Owns nothing.
 */
#ifndef SIDETOUCH_A11Y_TEXT_H
#define SIDETOUCH_A11Y_TEXT_H

#include "daemon/a11y_call.h"

/* GetText: body is of type (s). In characters; end -1: to the end. */
void a11y_get_text(struct a11y_group *group, const struct a11y_ref *ref, int32_t start, int32_t end,
		   a11y_done done, void *data);
/* Its length in characters, and where the caret is: body is an i. */
void a11y_get_length(struct a11y_group *group, const struct a11y_ref *ref, a11y_done done,
		     void *data);
void a11y_get_caret(struct a11y_group *group, const struct a11y_ref *ref, a11y_done done,
		    void *data);
/* Where what is selected starts and ends, (ii): the same, when nothing is, or an error. */
void a11y_get_selection(struct a11y_group *group, const struct a11y_ref *ref, a11y_done done,
			void *data);

/* Write this in place of all that is in it (EditableText): body is of type (b). */
void a11y_set_text(struct a11y_group *group, const struct a11y_ref *ref, const char *text,
		   a11y_done done, void *data);

/* The text of an answer to a11y_get_text(), valid UTF-8, without what stands for embedded widgets
 * and control characters but line ends. Allocated. */
char *a11y_text_take(GVariant *body);

#endif
