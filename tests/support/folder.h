/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A folder in /tmp for a test, and its end with all that is in it.
 * Included by tests of files.
 * Owns nothing; the path is the caller's.
 */
#ifndef SIDETOUCH_TESTS_FOLDER_H
#define SIDETOUCH_TESTS_FOLDER_H

#include <glib.h>
#include <glib/gstdio.h>

static inline char *
folder_new(const char *name)
{
	g_autofree char *template = g_strdup_printf("%s-XXXXXX", name);
	char *folder = g_dir_make_tmp(template, NULL);

	if (!folder)
		g_error("no folder can be made in /tmp");
	return folder;
}

/* Links are removed, not followed. */
static inline void
folder_remove(const char *path)
{
	const char *name;
	GDir *dir = g_file_test(path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open(path, 0, NULL);

	if (dir) {
		while ((name = g_dir_read_name(dir))) {
			g_autofree char *below = g_build_filename(path, name, NULL);

			folder_remove(below);
		}
		g_dir_close(dir);
	}
	g_remove(path);
}

#endif
