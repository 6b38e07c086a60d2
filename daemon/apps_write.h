/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writing a text into a field, in place of what is in it.
 * daemon/apps_run is the only caller.
 * Owns its questions; it ends by itself with one result, or when it is freed, with none.
 */
#ifndef SIDETOUCH_APPS_WRITE_H
#define SIDETOUCH_APPS_WRITE_H

#include "daemon/apps_press.h"

struct apps_write;

/* The result's text says the field and what is in it then; of a secret, only the field. done is
 * never called from inside. */
int apps_write_new(struct a11y_app *app, const struct a11y_ref *ref, const char *text,
		   apps_press_done done, void *data, struct apps_write **out);
struct apps_write *apps_write_free(struct apps_write *write);

#endif
