/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The next or the previous choice of a combo box: by its selection, by the focus and a key, or by
 * the list that it opens. daemon/apps_value is the only caller.
 * Owns its questions; it ends by itself with one result, or when it is freed, with none.
 */
#ifndef SIDETOUCH_APPS_OPTION_H
#define SIDETOUCH_APPS_OPTION_H

#include "daemon/apps_deed.h"

struct apps_option;

/* The result's text is what is chosen then. done is never called from inside. */
int apps_option_new(struct a11y_app *app, const struct a11y_ref *box, bool next, apps_deed_key key,
		    apps_press_done done, void *data, struct apps_option **out);
struct apps_option *apps_option_free(struct apps_option *option);

/* The key was typed, or why it was not: a sentence. */
void apps_option_typed(struct apps_option *option, const char *reason);

#endif
