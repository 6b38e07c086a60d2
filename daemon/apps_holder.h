/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The combo box that a button without a name is in.
 * daemon/apps_read is the only caller. Owns its questions; it ends by itself with one answer, or
 * when it is freed, with none.
 */
#ifndef SIDETOUCH_APPS_HOLDER_H
#define SIDETOUCH_APPS_HOLDER_H

#include "daemon/a11y_call.h"

struct apps_holder;

/* box: NULL when it is in none. Called once, never from apps_holder_new(). */
typedef void (*apps_holder_done)(void *data, enum a11y_reply reply, const struct a11y_ref *box);

struct apps_holder *apps_holder_new(struct a11y_app *app, const struct a11y_ref *parent,
				    apps_holder_done done, void *data);
struct apps_holder *apps_holder_free(struct apps_holder *holder);

#endif
