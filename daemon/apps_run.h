/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One command under way in the application in front: what acts in it, read-focus or read-title.
 * daemon/apps makes one for each press and is the only caller. Owns everything that the command
 * asks, and gives exactly one result unless it is freed before.
 */
#ifndef SIDETOUCH_APPS_RUN_H
#define SIDETOUCH_APPS_RUN_H

#include "common/command.h"
#include "daemon/a11y_call.h"
#include "daemon/brain.h"

struct apps_run;

/* A key (KEY_...) is to be typed; apps_run_typed() tells that it was. */
typedef void (*apps_run_key)(void *data, uint32_t key);

/* text as in brain_result(). Called once, never from apps_run_new(). */
typedef void (*apps_run_done)(void *data, struct apps_run *run, enum brain_result result,
			      const char *text);

/* Where a command acts. */
struct apps_run_where {
	struct a11y_app *app;
	GDBusConnection *session; /* the session bus */
	const struct a11y_ref *window;
	const struct a11y_ref *focus;  /* may be unset */
	const struct a11y_ref *cursor; /* what was read last; may be unset */
	/* The name of what the user was told it would act on: nothing else is. NULL: none was. */
	const char *announced;
};

/*
 * command must live as long as the run. only_look: press nothing, and tell in text the name of what
 * would be pressed.
 */
int apps_run_new(const struct apps_run_where *where, const struct command *command, bool only_look,
		 apps_run_key key, apps_run_done done, void *data, struct apps_run **out);
/* The key that it had asked for was typed, or why not: a sentence. False: it had asked for none. */
bool apps_run_typed(struct apps_run *run, const char *reason);
/* Whether it looks for what it is to act on, and has done nothing yet. */
bool apps_run_is_searching(const struct apps_run *run);
/* How it was done, not translated; NULL: nothing was. */
const char *apps_run_way(const struct apps_run *run);
struct apps_run *apps_run_free(struct apps_run *run);

#endif
