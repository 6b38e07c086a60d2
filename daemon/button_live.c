/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The settings of the buttons, as their file has them at the moment.
 * Called by the daemon's main object.
 * Owns the watch on the file's folder.
 */
#include "daemon/button_live.h"

#include "daemon/folder_watch.h"

struct button_live {
	char *path;
	const struct button_live_events *events;
	void *data;
	struct folder_watch *watch;
};

static void
read_it(void *data)
{
	struct button_live *live = data;
	struct button_settings settings;

	button_settings_load(live->path, &settings, live->events->problem, live->data);
	live->events->changed(live->data, &settings);
}

struct button_live *
button_live_new(const char *path, const struct button_live_events *events, void *data)
{
	struct button_live *live = g_new0(struct button_live, 1);
	g_autofree char *folder = g_path_get_dirname(path);
	g_autofree char *name = g_path_get_basename(path);

	live->path = g_strdup(path);
	live->events = events;
	live->data = data;
	/* Without a watch a change counts from the next start on; profiles say so already. */
	live->watch = folder_watch_new((const char *const[]){folder, NULL}, name, read_it, live);
	read_it(live);
	return live;
}

struct button_live *
button_live_free(struct button_live *live)
{
	if (!live)
		return NULL;
	folder_watch_free(live->watch);
	g_free(live->path);
	g_free(live);
	return NULL;
}
