/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Says what the user types into the field that has the focus; of a password only that a key was.
 * daemon/apps makes one and is the only caller. Owns its questions to that one field.
 */
#ifndef SIDETOUCH_APPS_ECHO_H
#define SIDETOUCH_APPS_ECHO_H

#include "daemon/a11y_call.h"
#include "daemon/apps.h"
#include "daemon/echo.h"

struct apps_echo;

/* As apps_events.tell: told->typed is set. */
typedef uint32_t (*apps_echo_tell)(void *data, const struct apps_told *told);

struct apps_echo *apps_echo_new(apps_echo_tell tell, void *data);
struct apps_echo *apps_echo_free(struct apps_echo *echo);
/* ECHO_NONE until somebody says otherwise. */
void apps_echo_set(struct apps_echo *echo, enum echo_setting setting);

/* What has the focus; app NULL or focus not set: nothing. */
void apps_echo_focus(struct apps_echo *echo, struct a11y_app *app, const struct a11y_ref *focus);
/* A command of ours is under way: what it writes is not the user's typing. */
void apps_echo_acting(struct apps_echo *echo, bool acting);

#endif
