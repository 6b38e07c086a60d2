/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tells that a row still has the focus when its list was told right after it, as Qt does of a combo
 * box that opens: the list has no focus of its own.
 * daemon/a11y_front makes one and is the only caller. Owns its questions.
 */
#ifndef SIDETOUCH_A11Y_WITHIN_H
#define SIDETOUCH_A11Y_WITHIN_H

#include "daemon/a11y_call.h"

struct a11y_within;

/* What was told before is in what was told last, and has the focus. */
typedef void (*a11y_within_still)(void *data, const struct a11y_ref *focus);

struct a11y_within *a11y_within_new(struct a11y_app *app, a11y_within_still still, void *data);
struct a11y_within *a11y_within_free(struct a11y_within *within);
/* This was told to have the focus. */
void a11y_within_focus(struct a11y_within *within, const struct a11y_ref *focus);

#endif
