/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A row becomes the selected one of its list, in which the one before has the focus; Enter then
 * takes it. daemon/apps_deed is the only caller, for rows that have no action (GTK 4). Owns its
 * questions; it ends by itself with one answer, or when it is freed, with none.
 */
#ifndef SIDETOUCH_APPS_ROW_H
#define SIDETOUCH_APPS_ROW_H

#include <stdbool.h>

#include "daemon/a11y_call.h"

struct apps_row;

/* selected: it is, and a key goes to its list. Called once, never from apps_row_new(). */
typedef void (*apps_row_done)(void *data, enum a11y_reply reply, bool selected);

struct apps_row *apps_row_new(struct a11y_app *app, const struct a11y_ref *ref, apps_row_done done,
			      void *data);
struct apps_row *apps_row_free(struct apps_row *row);

#endif
