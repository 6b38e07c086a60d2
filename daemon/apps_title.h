/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Asks a window that came in front, or an alert that came up, what it has to tell: its title, and
 * of a dialog what is written in it and which button Enter presses.
 * daemon/apps_changes is the only caller. Owns its questions.
 */
#ifndef SIDETOUCH_APPS_TITLE_H
#define SIDETOUCH_APPS_TITLE_H

#include "daemon/a11y_call.h"

struct apps_title;

/* words: what to say of it, NULL or "": nothing. Called once, never from apps_title_new(). */
typedef void (*apps_title_done)(void *data, const char *words);

/* only_alert: say nothing of what is none. */
int apps_title_new(struct a11y_app *app, const struct a11y_ref *ref, bool only_alert,
		   apps_title_done done, void *data, struct apps_title **out);
struct apps_title *apps_title_free(struct apps_title *title);

#endif
