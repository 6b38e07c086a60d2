/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A new file at the socket's path is a driver that has come; another user at the seat is a driver
 * that may change its mind about who we are.
 * Called by daemon/driver_link.
 * Owns both watches, which sleep in the kernel until something happens.
 */
#include "daemon/driver_watch.h"

#include <gio/gio.h>

#include "common/seat.h"

struct driver_watch {
	char *path;
	void (*maybe)(void *data);
	void *data;
	GFileMonitor *folder;
	struct seat_watch *seat;
};

static void
on_folder(GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event, void *data)
{
	struct driver_watch *watch = data;
	g_autofree char *path = file ? g_file_get_path(file) : NULL;

	(void)monitor;
	(void)other;
	if (g_strcmp0(path, watch->path) == 0 && event != G_FILE_MONITOR_EVENT_DELETED)
		watch->maybe(watch->data);
}

static void
on_seat(void *data)
{
	struct driver_watch *watch = data;

	watch->maybe(watch->data);
}

struct driver_watch *
driver_watch_new(const char *socket_path, void (*maybe)(void *data), void *data)
{
	struct driver_watch *watch = g_new0(struct driver_watch, 1);
	g_autofree char *folder = g_path_get_dirname(socket_path);
	g_autoptr(GFile) file = g_file_new_for_path(folder);

	watch->path = g_strdup(socket_path);
	watch->maybe = maybe;
	watch->data = data;
	watch->folder = g_file_monitor_directory(file, G_FILE_MONITOR_NONE, NULL, NULL);
	if (watch->folder)
		g_signal_connect(watch->folder, "changed", G_CALLBACK(on_folder), watch);
	(void)seat_watch_new(on_seat, watch, &watch->seat);
	return watch;
}

struct driver_watch *
driver_watch_free(struct driver_watch *watch)
{
	if (!watch)
		return NULL;
	if (watch->folder) {
		g_signal_handlers_disconnect_by_data(watch->folder, watch);
		g_file_monitor_cancel(watch->folder);
		g_object_unref(watch->folder);
	}
	seat_watch_free(watch->seat);
	g_free(watch->path);
	g_free(watch);
	return NULL;
}
