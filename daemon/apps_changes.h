/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tells what changes by itself in the window in front, and what apps announce, from the
 * accessibility bus' events. daemon/apps makes one and is the only caller.
 * Owns the subscriptions, what is being looked at, one widget at a time, and the typing echo.
 */
#ifndef SIDETOUCH_APPS_CHANGES_H
#define SIDETOUCH_APPS_CHANGES_H

#include "daemon/a11y_call.h"
#include "daemon/apps.h"

struct apps_changes;

/* Tell this; the utterance's number, 0: it is not said. */
typedef uint32_t (*apps_changes_tell)(void *data, const struct apps_told *told);

/* It tells nothing until apps_changes_enable(). */
struct apps_changes *apps_changes_new(apps_changes_tell tell, void *data);
struct apps_changes *apps_changes_free(struct apps_changes *changes);
void apps_changes_enable(struct apps_changes *changes, bool on, enum echo_setting echo);

/* Whether what changes in the app in front is listened to; not while it tells far too much. */
void apps_changes_listen(struct apps_changes *changes, bool listen);

/* To the accessibility bus; NULL: it is lost. */
void apps_changes_connect(struct apps_changes *changes, GDBusConnection *connection);
/* Another window, or none (app NULL), and what has the focus there. */
void apps_changes_window(struct apps_changes *changes, struct a11y_app *app,
			 const struct a11y_ref *window);
void apps_changes_focus(struct apps_changes *changes, const struct a11y_ref *focus);

/* A command that changes something in the app is under way, or none is any more; this was answered
 * to a press; a command acts on this widget, which the user knows. */
void apps_changes_acting(struct apps_changes *changes, bool acting);
/* What is written now is a command's, not the user's typing. */
void apps_changes_writing(struct apps_changes *changes, bool writing);
void apps_changes_answered(struct apps_changes *changes, const char *text);
void apps_changes_own(struct apps_changes *changes, const struct a11y_ref *ref);
/* An utterance ended. */
void apps_changes_spoken(struct apps_changes *changes, uint32_t utterance);

#endif
