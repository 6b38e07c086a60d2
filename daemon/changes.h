/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What changes in the window in front and is worth telling: which widget to look at, when, and
 * whether what is seen there is news. Pure: events and their times come in.
 * Called by daemon/apps_changes, which looks and tells. Owns one place for each kind of change, so
 * that a flood of events is no more work than the last of each.
 */
#ifndef SIDETOUCH_CHANGES_H
#define SIDETOUCH_CHANGES_H

#include <stdbool.h>

#include "common/units.h"

enum change_kind {
	CHANGE_WINDOW, /* another window is in front */
	CHANGE_FOCUS,
	CHANGE_CHECKED,
	CHANGE_PRESSED,
	CHANGE_EXPANDED,
	CHANGE_VALUE,
	CHANGE_SELECTION,
	CHANGE_PROGRESS, /* the value of what has not the focus: of a progress bar, it is told */
	CHANGE_SHOWING,  /* something came up: an alert, it is told */
};
#define CHANGE_KIND_COUNT 9

/* What came up and was not looked at yet: more at once is another page, not an alert. */
#define CHANGES_SHOWING_MAX 32

struct changes;

struct changes *changes_new(void);
struct changes *changes_free(struct changes *changes);

/* Another window, or none (NULL): what was to be looked at in the one before is not any more. */
void changes_window(struct changes *changes, const char *path, struct usec now);
/* The window in front; NULL: none. */
const char *changes_front(const struct changes *changes);
/* Something happened to a widget. False: it is nothing, or the same is to be looked at already. */
bool changes_event(struct changes *changes, enum change_kind kind, const char *path,
		   struct usec now);
/* A command of ours is under way, or over: until then nothing is looked at but what comes up. */
void changes_acting(struct changes *changes, bool acting, struct usec now);
/* A command of ours acts on that widget: that it has the focus then, or another value, is no news.
 */
void changes_own(struct changes *changes, const char *path, struct usec now);
/* What was answered to a press: it is not told again. */
void changes_said(struct changes *changes, const char *text, struct usec now);

/*
 * The next that is to be looked at; *path is the caller's to free. Nothing else is given until
 * changes_seen().
 */
bool changes_take(struct changes *changes, enum change_kind *kind, char **path, struct usec now);
/* It was looked at. words: what was seen, NULL: nothing. Whether that is news, and is to be told;
 * *joins: after what was told last, not instead. */
bool changes_seen(struct changes *changes, const char *words, bool *joins, struct usec now);

/* When there is something to take; false: never, unless something happens. */
bool changes_deadline(const struct changes *changes, struct usec *deadline);

/* What has the focus, as far as told; NULL: nothing. */
const char *changes_focus(const struct changes *changes);

#endif
