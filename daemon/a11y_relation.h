/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which other widget an answer names: the one that labels this one, the one that it is in.
 * Called by daemon/apps_read; pure.
 * Owns nothing.
 */
#ifndef SIDETOUCH_A11Y_RELATION_H
#define SIDETOUCH_A11Y_RELATION_H

#include "daemon/a11y_call.h"

/* The widget in a "(so)"; not set when it is not of this application. Allocated. */
struct a11y_ref a11y_relation_ref(GVariant *pair, const char *bus);
/* What labels the widget, in the answer of GetRelationSet, "(a(ua(so)))"; the same. */
struct a11y_ref a11y_relation_label(GVariant *body, const char *bus);

#endif
