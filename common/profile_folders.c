/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The folders of profiles.
 * Called by the daemon, sidetouchctl profile and the scenario runner.
 * Owns nothing between calls.
 */
#include "common/profile_folders.h"

#include <string.h>

#include "common/i18n.h"

#define ADMIN_FOLDER   "/etc/sidetouch/profiles"
#define FLATPAK_SYSTEM "/var/lib/flatpak"
#define BELOW_DATA     "sidetouch/profiles"
/* Flatpak 1.14 exports nothing but desktop files, icons and the like; what else an app has lies in
 * its files, APPS/ID/current/active/files. */
#define FLATPAK_APPS "/flatpak/app"
#define BELOW_APP    "current/active/files/share/" BELOW_DATA

static void
folder_clear(void *data)
{
	g_free(((struct profile_folder *)data)->path);
}

static GArray *
folders_new(void)
{
	GArray *folders = g_array_new(FALSE, FALSE, sizeof(struct profile_folder));

	g_array_set_clear_func(folders, folder_clear);
	return folders;
}

static bool
has(const GArray *folders, const char *path)
{
	for (guint i = 0; i < folders->len; i++) {
		if (strcmp(g_array_index(folders, struct profile_folder, i).path, path) == 0)
			return true;
	}
	return false;
}

static void
add(GArray *folders, char *path, enum profile_layer layer)
{
	struct profile_folder folder = {path, layer};

	if (has(folders, path))
		g_free(path);
	else
		g_array_append_val(folders, folder);
}

/* An installation on another disk may lie anywhere (/etc/flatpak/installations.d); what it exports
 * is always called so below it. */
static bool
is_flatpaks(const char *data_dir)
{
	g_autofree char *tidy = g_build_filename(data_dir, "/", NULL);

	return g_str_has_suffix(tidy, "/exports/share/");
}

char *
profile_folders_user(void)
{
	return g_build_filename(g_get_user_config_dir(), BELOW_DATA, NULL);
}

GArray *
profile_folders_usual(const char *datadir)
{
	GArray *folders = folders_new();
	const char *const *dirs = g_get_system_data_dirs();

	add(folders, g_build_filename(datadir, "profiles", NULL), PROFILE_LAYER_SHIPPED);
	/* The first of $XDG_DATA_DIRS is the most important one; here the last wins. */
	for (guint i = g_strv_length((char **)dirs); i-- > 0;) {
		if (!is_flatpaks(dirs[i]))
			add(folders, g_build_filename(dirs[i], BELOW_DATA, NULL),
			    PROFILE_LAYER_SHIPPED);
	}
	/* A service of the session does not always see these in $XDG_DATA_DIRS. */
	add(folders, g_build_filename(FLATPAK_SYSTEM, "exports/share", BELOW_DATA, NULL),
	    PROFILE_LAYER_FLATPAK);
	add(folders,
	    g_build_filename(g_get_user_data_dir(), "flatpak/exports/share", BELOW_DATA, NULL),
	    PROFILE_LAYER_FLATPAK);
	for (guint i = g_strv_length((char **)dirs); i-- > 0;) {
		if (is_flatpaks(dirs[i]))
			add(folders, g_build_filename(dirs[i], BELOW_DATA, NULL),
			    PROFILE_LAYER_FLATPAK);
	}
	add(folders, g_build_filename(FLATPAK_SYSTEM, "app", NULL), PROFILE_LAYER_FLATPAK);
	add(folders, g_build_filename(g_get_user_data_dir(), "flatpak/app", NULL),
	    PROFILE_LAYER_FLATPAK);
	add(folders, g_strdup(ADMIN_FOLDER), PROFILE_LAYER_ADMIN);
	add(folders, profile_folders_user(), PROFILE_LAYER_USER);
	return folders;
}

GArray *
profile_folders_given(const char *const *paths)
{
	GArray *folders = folders_new();

	for (; *paths; paths++)
		add(folders, g_strdup(*paths), PROFILE_LAYER_USER);
	return folders;
}

bool
profile_folders_has_apps(const char *folder)
{
	return g_str_has_suffix(folder, FLATPAK_APPS);
}

static bool
is_below(const char *file, const char *folder)
{
	size_t length = strlen(folder);

	return strncmp(file, folder, length) == 0 && file[length] == '/';
}

enum profile_layer
profile_folders_layer(const GArray *folders, const char *file)
{
	g_autofree char *folder = g_path_get_dirname(file);

	for (guint i = folders->len; i-- > 0;) {
		const struct profile_folder *one =
		    &g_array_index(folders, struct profile_folder, i);

		if (strcmp(one->path, folder) == 0 ||
		    (profile_folders_has_apps(one->path) && is_below(file, one->path)))
			return one->layer;
	}
	return PROFILE_LAYER_USER;
}

static int
compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* What may be the profile of an app, which has no other than its own; NULL: it has none. */
static char *
app_file(const char *apps, const char *id)
{
	g_autofree char *name = g_strconcat(id, ".profile", NULL);
	g_autofree char *path = g_build_filename(apps, id, BELOW_APP, name, NULL);

	return g_file_test(path, G_FILE_TEST_EXISTS) ? g_steal_pointer(&path) : NULL;
}

GPtrArray *
profile_folders_files(const char *folder, GError **error)
{
	g_autoptr(GDir) dir = g_dir_open(folder, 0, error);
	GPtrArray *paths;
	const char *name;

	if (!dir)
		return NULL;
	paths = g_ptr_array_new_with_free_func(g_free);
	while ((name = g_dir_read_name(dir))) {
		if (profile_folders_has_apps(folder)) {
			char *path = app_file(folder, name);

			if (path)
				g_ptr_array_add(paths, path);
		} else if (g_str_has_suffix(name, ".profile") && name[0] != '.')
			g_ptr_array_add(paths, g_build_filename(folder, name, NULL));
	}
	g_ptr_array_sort(paths, compare_names);
	return paths;
}

void
profile_folders_add(struct profile_set *set, const char *folder, enum profile_layer layer,
		    profile_problem_fn *problem, void *data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) paths = profile_folders_files(folder, &error);
	g_autofree char *sentence = NULL;

	if (error && !g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOENT)) {
		sentence = g_strdup_printf(_("%s: the profiles cannot be read: %s"), folder,
					   error->message);
		problem(data, sentence);
	}
	for (guint i = 0; paths && i < paths->len; i++)
		profile_set_add_file(set, g_ptr_array_index(paths, i), layer, problem, data);
}

struct profile_set *
profile_folders_load(const GArray *folders, profile_problem_fn *problem, void *data)
{
	struct profile_set *set = profile_set_new();

	for (guint i = 0; i < folders->len; i++) {
		const struct profile_folder *folder =
		    &g_array_index(folders, struct profile_folder, i);

		profile_folders_add(set, folder->path, folder->layer, problem, data);
	}
	profile_set_check(set, problem, data);
	return set;
}
