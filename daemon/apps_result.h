/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tells what a press of ours has written into the field that has the focus: what a calculator shows
 * after "=", what is left after "Delete".
 * daemon/apps makes one and is the only caller. Owns its questions to that one field, and
 * what was in it before, until it is known what is in it after.
 */
#ifndef SIDETOUCH_APPS_RESULT_H
#define SIDETOUCH_APPS_RESULT_H

#include "daemon/a11y_call.h"
#include "daemon/apps.h"

struct apps_result;

struct apps_result_events {
	/* As apps_events.tell: told->typed is set. */
	uint32_t (*tell)(void *data, const struct apps_told *told);
	/* What has the focus, which no event had told. */
	void (*found)(void *data, const struct a11y_ref *focus);
	/* It does not wait any more. */
	void (*over)(void *data);
};

struct apps_result *apps_result_new(const struct apps_result_events *events, void *data);
struct apps_result *apps_result_free(struct apps_result *result);

/* A button will be pressed, or was announced, and nothing is known to have the focus: it is looked
 * for, once in a window, so that the next press knows. */
void apps_result_seek(struct apps_result *result, struct a11y_app *app,
		      const struct a11y_ref *window);
/* A button will be pressed while this has the focus, if anything has. Called before the app is
 * asked anything for it: an app answers one after the other, so that this hears what was there
 * before. */
void apps_result_pressing(struct apps_result *result, struct a11y_app *app,
			  const struct a11y_ref *focus);
/* That was answered: what comes of it may be told now. */
void apps_result_answered(struct apps_result *result);
/* This has the focus: when it is another one, what was waited for is given up. */
void apps_result_focus(struct apps_result *result, const struct a11y_ref *focus);
/* Another window, or the same again, or nothing is to be told any more. */
void apps_result_drop(struct apps_result *result);

/* Whether what comes of a press is waited for: what changes in the field then was not typed. */
bool apps_result_waits(const struct apps_result *result);

/* What to say when a field held the one and holds the other now. NULL: nothing, also when a letter
 * or two were put in, which the button that did so is called by. Allocated. */
char *apps_result_words(const char *before, const char *after);

#endif
