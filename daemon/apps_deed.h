/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pressing a widget in whichever way works: its own action, that of what is in it or around it, or
 * the focus and a key. daemon/apps_run is the only caller.
 * Owns its questions; it ends by itself with one result, or when it is freed, with none.
 */
#ifndef SIDETOUCH_APPS_DEED_H
#define SIDETOUCH_APPS_DEED_H

#include "daemon/apps_press.h"

struct apps_deed;

/* Have this key (KEY_...) typed; apps_deed_typed() says whether it was. */
typedef void (*apps_deed_key)(void *data, uint32_t key);

/* action: of its own, -1 when it has none that presses it. done is never called from inside. */
int apps_deed_new(struct a11y_app *app, const struct a11y_ref *ref, int action, apps_deed_key key,
		  apps_press_done done, void *data, struct apps_deed **out);
struct apps_deed *apps_deed_free(struct apps_deed *deed);

/* The key was typed, or why it was not: a sentence. */
void apps_deed_typed(struct apps_deed *deed, const char *reason);

#endif
