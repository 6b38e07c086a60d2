/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Putting one command on one button of the user's own profile of an app, and taking the last such
 * change back. Called by the daemon on a thread, and by sidetouchctl profile undo. A struct
 * profile_assignment owns its strings; what can be taken back is in one file of a folder of states.
 */
#ifndef SIDETOUCH_PROFILE_ASSIGN_H
#define SIDETOUCH_PROFILE_ASSIGN_H

#include <glib.h>
#include <stdbool.h>

#include "common/profile_folders.h"

struct profile_assignment {
	char *profile;  /* its name */
	char *app;      /* the id that a new one is for; NULL: it is there, or for a site */
	char *site;     /* the host that a new one is for; NULL */
	char *inherits; /* by a new one; NULL */
	struct input input;
	char *command;
	char *label; /* NULL: the command's own */
};

void profile_assignment_clear(struct profile_assignment *assignment);

/*
 * Which profile a button belongs to while an app (ids as for profile_set_view()) shows a site: the
 * one that is for just this app or site, or a new one. False when the app does not say who it is.
 */
bool profile_assign_choose(const struct profile_view *view, const char *const *app_ids,
			   const char *site, struct profile_assignment *out);

/*
 * Write it into the user's own profile, the last folder of that layer. What the button was there
 * goes. On failure nothing is changed, and *reason is an allocated sentence that says what to do.
 * 0 or -errno.
 */
int profile_assign(const GArray *folders, const char *state,
		   const struct profile_assignment *assignment, char **reason);

/*
 * Put the file back as it was before the last assignment; *path: which one. -ENOENT: there is
 * nothing to undo; any failure: nothing is changed and *reason says what to do.
 */
int profile_assign_undo(const char *state, char **path, char **reason);

/* The usual folder of states. Allocated. */
char *profile_assign_state(void);

#endif
