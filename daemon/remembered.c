/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is done once in a user's life: a file of one word in the user's folder of states.
 * Called by the daemon's main and its main object, at most a few times in a life, so that no thread
 * is needed for it. Owns nothing.
 */
#define G_LOG_DOMAIN "sidetouchd"
#include "daemon/remembered.h"

#include <errno.h>
#include <glib/gstdio.h>

bool
remembered_is(const char *state, const char *name)
{
	g_autofree char *path = state ? g_build_filename(state, name, NULL) : NULL;

	return path && g_file_test(path, G_FILE_TEST_EXISTS);
}

bool
remembered_keep(const char *state, const char *name, const char *word)
{
	g_autofree char *path = g_build_filename(state, name, NULL);
	g_autofree char *line = g_strconcat(word, "\n", NULL);
	g_autoptr(GError) error = NULL;

	if (g_mkdir_with_parents(state, 0700) < 0) {
		g_warning("%s: %s", state, g_strerror(errno));
		return false;
	}
	if (g_file_set_contents_full(path, line, -1, G_FILE_SET_CONTENTS_NONE, 0600, &error))
		return true;
	g_warning("%s", error->message);
	return false;
}
