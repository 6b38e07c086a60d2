/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where profiles are, folder by folder, and reading them.
 * Called by the daemon, sidetouchctl profile and the scenario runner.
 * A list of folders owns its paths.
 */
#ifndef SIDETOUCH_PROFILE_FOLDERS_H
#define SIDETOUCH_PROFILE_FOLDERS_H

#include "common/profile.h"

struct profile_folder {
	char *path;
	enum profile_layer layer;
};

/*
 * The usual folders, of struct profile_folder, in the order in which they are read: shipped, the
 * one in datadir and those of $XDG_DATA_DIRS; Flatpak's; /etc/sidetouch; the user's own.
 */
GArray *profile_folders_usual(const char *datadir);
/* These folders and no others, all of them the user's own: whoever names them has chosen them. */
GArray *profile_folders_given(const char *const *paths);

/* Whether it is one of Flatpak's installed apps, each of which may have one profile inside. When
 * they change, the file .changed in the folder above does. */
bool profile_folders_has_apps(const char *folder);

/* The user's own folder, where changes go. Allocated. */
char *profile_folders_user(void);
/* Which layer a file belongs to by where it is; a file elsewhere is the user's own. */
enum profile_layer profile_folders_layer(const GArray *folders, const char *file);

/* The paths of every *.profile of a folder, by name; NULL with error, NOENT when it is not there.
 */
GPtrArray *profile_folders_files(const char *folder, GError **error);
/*
 * Add every *.profile of a folder, by name. Each problem is reported and only that file left out.
 * A folder that is not there is no problem; one that cannot be read is.
 */
void profile_folders_add(struct profile_set *set, const char *folder, enum profile_layer layer,
			 profile_problem_fn *problem, void *data);
/* A set with all of these folders, checked as a whole. */
struct profile_set *profile_folders_load(const GArray *folders, profile_problem_fn *problem,
					 void *data);

#endif
