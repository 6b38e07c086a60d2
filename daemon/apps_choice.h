/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is chosen in a combo box: the name of its selected child, which need not show.
 * daemon/apps_read is the only caller. Owns its questions; it ends by itself with one answer, or
 * when it is freed, with none.
 */
#ifndef SIDETOUCH_APPS_CHOICE_H
#define SIDETOUCH_APPS_CHOICE_H

#include "daemon/a11y_call.h"

struct apps_choice;

/* name: tidy, NULL: it does not tell. Called once, never from apps_choice_new(). */
typedef void (*apps_choice_done)(void *data, enum a11y_reply reply, const char *name);

struct apps_choice *apps_choice_new(struct a11y_app *app, const struct a11y_ref *ref,
				    apps_choice_done done, void *data);
struct apps_choice *apps_choice_free(struct apps_choice *choice);
/* Of one that has told nothing else: what it is called besides its label. NULL: nothing. */
char *apps_choice_in_name(const char *own_name, const char *label);

#endif
