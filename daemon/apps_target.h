/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What an armed command would act on, as it was announced, and when to look whether it is still so.
 * daemon/apps makes one and is the only caller. Owns its subscriptions to the application's events
 * while something is armed, and the timer that gathers them.
 */
#ifndef SIDETOUCH_APPS_TARGET_H
#define SIDETOUCH_APPS_TARGET_H

#include "common/command.h"
#include "daemon/a11y_call.h"
#include "daemon/brain.h"

struct apps_target;

/* Something in the application has changed: look again what this press's command would act on, and
 * tell by apps_target_seen(). */
typedef void (*apps_target_look)(void *data, uint32_t press, const struct command *command);

struct apps_target *apps_target_new(apps_target_look look, void *data);
struct apps_target *apps_target_free(struct apps_target *target);

/* Announced from now on, instead of what was; text: as it was told, may be NULL. */
void apps_target_arm(struct apps_target *target, struct a11y_app *app, uint32_t press,
		     const struct command *command, const char *text);
void apps_target_disarm(struct apps_target *target);

/* What was asked to be looked at again. True: it is something else than was announced, and nothing
 * is armed any more. */
bool apps_target_seen(struct apps_target *target, uint32_t press, enum brain_result result,
		      const char *text);
/* As what this command's widget was announced; NULL: it was not. */
const char *apps_target_text(const struct apps_target *target, const struct command *command);

#endif
