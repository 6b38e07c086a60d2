/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How far a progress bar is, in percent.
 * daemon/apps_changes and daemon/apps_read call it. Owns its questions; it ends by itself with one
 * answer, or when it is freed, with none.
 */
#ifndef SIDETOUCH_APPS_BAR_H
#define SIDETOUCH_APPS_BAR_H

#include "daemon/a11y_call.h"

struct apps_bar;

/* percent: below 0 when it does not tell. Called once, never from apps_bar_new(). */
typedef void (*apps_bar_done)(void *data, double percent);

struct apps_bar *apps_bar_new(struct a11y_app *app, const struct a11y_ref *ref, double value,
			      apps_bar_done done, void *data);
struct apps_bar *apps_bar_free(struct apps_bar *bar);

#endif
