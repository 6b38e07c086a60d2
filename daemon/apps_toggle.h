/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Switching a widget on or off, or opening or closing it; what counts is the state it has then.
 * daemon/apps_run is the only caller.
 * Owns its questions and the watch for the state; it ends by itself with one result, or when it is
 * freed, with none.
 */
#ifndef SIDETOUCH_APPS_TOGGLE_H
#define SIDETOUCH_APPS_TOGGLE_H

#include "daemon/apps_deed.h"

struct apps_toggle;

/* The result's text says what it is then: "checked". done is never called from inside. */
int apps_toggle_new(struct a11y_app *app, const struct a11y_ref *ref, apps_deed_key key,
		    apps_press_done done, void *data, struct apps_toggle **out);
struct apps_toggle *apps_toggle_free(struct apps_toggle *toggle);

/* The key was typed, or why it was not: a sentence. */
void apps_toggle_typed(struct apps_toggle *toggle, const char *reason);

/* What it has become, by the states before and after, translated; NULL: it is as it was. */
const char *apps_toggle_words(uint64_t before, uint64_t after);

#endif
