/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Asks one widget all that is told of it.
 * The commands of daemon/apps and the reading cursor are the only callers. Owns its questions; what
 * is in a field for a secret is forgotten as soon as it is known to be one.
 */
#ifndef SIDETOUCH_APPS_READ_H
#define SIDETOUCH_APPS_READ_H

#include "daemon/a11y_call.h"
#include "daemon/apps_widget.h"

struct apps_read;

/* widget is NULL unless reply is A11Y_REPLY_OK; valid for the call. Called once, never from
 * apps_read_new(). */
typedef void (*apps_read_done)(void *data, enum a11y_reply reply, const struct apps_widget *widget);

/* from: the first character of its text that is wanted. */
int apps_read_new(struct a11y_app *app, const struct a11y_ref *ref, int32_t from,
		  apps_read_done done, void *data, struct apps_read **out);
struct apps_read *apps_read_free(struct apps_read *read);

/* Characters of a text that are asked for at once: some minutes of speech. */
#define APPS_READ_CHARACTERS 2000

#endif
