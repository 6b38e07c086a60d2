/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Looks for a file of that name in each folder of DATA/lang.
 * Called by the engine, once for each voice.
 */
#include "daemon/voice/voice_place.h"

#include <glib.h>

char *
voice_place_find(const char *data, const char *name)
{
	g_autofree char *all = g_build_filename(data, "lang", NULL);
	g_autoptr(GDir) families = g_dir_open(all, 0, NULL);
	const char *family;

	/* Of a language without relatives the file is in lang itself, where espeak-ng finds it. */
	while (families && name[0] && (family = g_dir_read_name(families))) {
		g_autofree char *path = g_build_filename(all, family, name, NULL);

		if (g_file_test(path, G_FILE_TEST_IS_REGULAR))
			return g_build_filename(family, name, NULL);
	}
	return NULL;
}
