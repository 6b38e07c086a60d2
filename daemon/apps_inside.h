/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is written in a row or a cell that has no name: the names of the texts in it, in order.
 * daemon/apps_read is the only caller. Owns its walk; it ends by itself with one answer, or when it
 * is freed, with none.
 */
#ifndef SIDETOUCH_APPS_INSIDE_H
#define SIDETOUCH_APPS_INSIDE_H

#include "daemon/a11y_call.h"

struct apps_inside;

/* words: "" when there are none. Called once, never from apps_inside_new(). */
typedef void (*apps_inside_done)(void *data, enum a11y_reply reply, const char *words);

struct apps_inside *apps_inside_new(struct a11y_app *app, const struct a11y_ref *ref,
				    apps_inside_done done, void *data);
struct apps_inside *apps_inside_free(struct apps_inside *inside);

#endif
