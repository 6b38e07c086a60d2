/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What to do when the desktop or an app gives nothing to read, said once: an app that is started
 * without accessibility is silent, and only its user can mend that. daemon/apps is the only caller.
 * Owns what was said of which app.
 */
#ifndef SIDETOUCH_APPS_SILENT_H
#define SIDETOUCH_APPS_SILENT_H

#include <stdbool.h>

struct apps_silent;

typedef void apps_silent_problem(void *data, const char *sentence);
typedef void apps_silent_solved(void *data);

struct apps_silent *apps_silent_new(apps_silent_problem *problem, apps_silent_solved *solved,
				    void *data);
struct apps_silent *apps_silent_free(struct apps_silent *silent);

/* A command was for the window in front, and no app says that it has one. */
void apps_silent_none(struct apps_silent *silent);
/* A command was to read, and the window in front shows nothing; chromium: as those do that were
 * started without their flag. */
void apps_silent_window(struct apps_silent *silent, bool chromium);
/* This app came in front, or shows something now. */
void apps_silent_front(struct apps_silent *silent, const char *bus);

#endif
