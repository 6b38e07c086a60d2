/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Changing one of the user's own profiles: a line of its text, with everything else left as it is,
 * checked with all other profiles, and written whole or not at all.
 * Called by sidetouchctl profile and by the daemon when a button is assigned.
 * A struct profile_edit owns what it knows of the folders; texts are the caller's.
 */
#ifndef SIDETOUCH_PROFILE_EDIT_H
#define SIDETOUCH_PROFILE_EDIT_H

#include <glib.h>
#include <stdbool.h>

#include "common/profile_folders.h"

/* Where a line belongs: in [Profile] or in the group of an input. */
struct profile_edit_place {
	bool is_profile;
	struct input input; /* unless is_profile */
};

/*
 * The text with this key (such as Label[de]) set to a value, or without it when value is NULL.
 * Other lines, comments and their order stay byte for byte; a new key comes behind the last one of
 * its group, a new group at the end, and a group that loses its last key goes. Allocated.
 */
char *profile_edit_line(const char *text, struct profile_edit_place place, const char *key,
			const char *value);
/* The text without a whole group; comments before it stay. Allocated. */
char *profile_edit_drop(const char *text, struct profile_edit_place place);

/*
 * The file in the user's folder that says something of this profile; when there are several, the
 * one that wins. NULL when there is none. Allocated.
 */
char *profile_edit_find(const char *folder, const char *name);
/* A path in the folder for a new file of this profile that is not there yet. Allocated. */
char *profile_edit_new_path(const char *folder, const char *name);
/* The beginning of a new file of this profile. Allocated. */
char *profile_edit_new_text(const char *name);

/*
 * What would be wrong when the file at path, one of the user's own, had this text: reported as
 * "FILE:LINE: ..."; false when there is anything.
 */
bool profile_edit_check(const GArray *folders, const char *path, const char *text,
			profile_problem_fn *problem, void *data);

/*
 * Write it: a new file in place of the old one, through a link to where it leads. On failure the
 * old one is whole and *reason is an allocated sentence that says what to do. 0 or -errno.
 */
int profile_edit_write(const char *path, const char *text, char **reason);
/* Why a file of the user's was not changed (an errno), and what to do. Allocated. */
char *profile_edit_why(const char *path, int error);

#endif
