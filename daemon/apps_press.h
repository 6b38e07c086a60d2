/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Have a widget do something, and watch whether its application does anything.
 * The commands of daemon/apps are the only callers. Owns its questions, and the subscription to the
 * events that an effect shows in while one is awaited.
 */
#ifndef SIDETOUCH_APPS_PRESS_H
#define SIDETOUCH_APPS_PRESS_H

#include "daemon/a11y_call.h"
#include "daemon/brain.h"

struct apps_press;

/* text as in brain_result(). Called once, never from apps_press_new(). */
typedef void (*apps_press_done)(void *data, enum brain_result result, const char *text);

/* A method of a widget that does something. */
struct apps_act {
	const char *interface;
	const char *method;
	const char *reply_type; /* "(b)": whether it took it; or "()" */
};

/* DoAction; its argument is the action's number, "(i)". */
extern const struct apps_act apps_act_action;

/* arguments may be floating, NULL for none. act NULL: somebody else has it do it, and calls
 * apps_press_sent() when that has happened. */
int apps_press_new(struct a11y_app *app, const struct a11y_ref *ref, const struct apps_act *act,
		   GVariant *arguments, apps_press_done done, void *data, struct apps_press **out);
void apps_press_sent(struct apps_press *press);
/* An effect was seen elsewhere. May free press. */
void apps_press_saw(struct apps_press *press);
struct apps_press *apps_press_free(struct apps_press *press);

#endif
