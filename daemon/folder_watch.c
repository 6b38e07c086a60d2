/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Folders watched by inotify: a folder that is there by what becomes of its files, one that is not
 * by what appears in the nearest folder above it. GFileMonitor would look for the latter again and
 * again, and wake the daemon each time.
 * Called by daemon/profile_live.
 */
#define G_LOG_DOMAIN "sidetouchd"
#include "daemon/folder_watch.h"

#include <errno.h>
#include <glib-unix.h>
#include <stdbool.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

/* Written and closed, renamed into place or away, removed, linked, made readable. */
#define FILES (IN_CLOSE_WRITE | IN_MOVE | IN_DELETE | IN_CREATE | IN_ATTRIB)
#define SELF  (IN_DELETE_SELF | IN_MOVE_SELF)
/* Of a folder above: only what may become the way to the one that is missing. */
#define ABOVE (IN_CREATE | IN_MOVED_TO)

struct folder {
	char *path;
	int watch; /* -1: none */
	bool is_there;
};

struct folder_watch {
	int fd;
	guint source;
	guint quiet;
	bool has_news;   /* to be told once it is quiet */
	GArray *folders; /* of struct folder */
	char *suffix;
	folder_watch_fn *changed;
	void *data;
};

static void
folder_clear(void *data)
{
	g_free(((struct folder *)data)->path);
}

/* The folder, or the nearest one above it that is there. */
static void
watch_folder(struct folder_watch *watch, struct folder *folder)
{
	g_autofree char *path = g_strdup(folder->path);

	folder->watch = inotify_add_watch(watch->fd, path, FILES | SELF | IN_ONLYDIR);
	folder->is_there = folder->watch >= 0;
	while (folder->watch < 0 && strcmp(path, "/") != 0 && strcmp(path, ".") != 0) {
		char *above = g_path_get_dirname(path);

		g_free(path);
		path = above;
		/* Two folders may miss the same one: the mask is added to. */
		folder->watch =
		    inotify_add_watch(watch->fd, path, ABOVE | SELF | IN_ONLYDIR | IN_MASK_ADD);
	}
}

static bool
is_ours(const struct folder_watch *watch, const char *name)
{
	return strcmp(name, watch->suffix) == 0 ||
	       (name[0] != '.' && g_str_has_suffix(name, watch->suffix));
}

static bool
has_ours(const struct folder_watch *watch, const struct folder *folder)
{
	g_autoptr(GDir) names = g_dir_open(folder->path, 0, NULL);
	const char *name;

	while (names && (name = g_dir_read_name(names))) {
		if (is_ours(watch, name))
			return true;
	}
	return false;
}

/* One that was missing: that it has come is news only with files in it, which may be older than
 * its watch. */
static void
look_again(struct folder_watch *watch, struct folder *folder)
{
	watch_folder(watch, folder);
	watch->has_news |= folder->is_there && has_ours(watch, folder);
}

static gboolean
on_quiet(void *data)
{
	struct folder_watch *watch = data;

	watch->quiet = 0;
	for (guint i = 0; i < watch->folders->len; i++) {
		struct folder *folder = &g_array_index(watch->folders, struct folder, i);

		if (!folder->is_there)
			look_again(watch, folder);
	}
	if (watch->has_news) {
		watch->has_news = false;
		watch->changed(watch->data);
	}
	return G_SOURCE_REMOVE;
}

/* Look, and tell, when it is quiet. */
static void
wait_until_quiet(struct folder_watch *watch)
{
	g_clear_handle_id(&watch->quiet, g_source_remove);
	watch->quiet = g_timeout_add(FOLDER_WATCH_QUIET_MS, on_quiet, watch);
}

static void
touched(struct folder_watch *watch)
{
	watch->has_news = true;
	wait_until_quiet(watch);
}

/* Whether it may be the way to a folder that was missing. */
static bool
leads_to(const struct folder *folder, const struct inotify_event *event)
{
	g_autofree char *part = NULL;

	if (folder->is_there || folder->watch != event->wd || event->len == 0)
		return false;
	part = g_strdup_printf("/%s", event->name);
	return strstr(folder->path, part) != NULL;
}

static void
take(struct folder_watch *watch, const struct inotify_event *event)
{
	if (event->mask & IN_Q_OVERFLOW)
		touched(watch);
	for (guint i = 0; i < watch->folders->len; i++) {
		struct folder *folder = &g_array_index(watch->folders, struct folder, i);

		if (folder->watch != event->wd)
			continue;
		if (event->mask & (SELF | IN_IGNORED | IN_UNMOUNT)) {
			if (event->mask & IN_MOVE_SELF)
				inotify_rm_watch(watch->fd, folder->watch);
			folder->watch = -1;
			folder->is_there = false;
			touched(watch);
		} else if (leads_to(folder, event)) {
			look_again(watch, folder);
			wait_until_quiet(watch);
		} else if (folder->is_there && event->len > 0 && is_ours(watch, event->name)) {
			touched(watch);
		}
	}
}

static gboolean
on_events(int fd, GIOCondition condition, void *data)
{
	struct folder_watch *watch = data;
	_Alignas(struct inotify_event) char buffer[4096];
	ssize_t size = read(fd, buffer, sizeof(buffer));

	(void)condition;
	for (char *at = buffer; size > 0 && at < buffer + size;) {
		const struct inotify_event *event = (const void *)at;

		take(watch, event);
		at += sizeof(*event) + event->len;
	}
	return G_SOURCE_CONTINUE;
}

struct folder_watch *
folder_watch_new(const char *const *folders, const char *suffix, folder_watch_fn *changed,
		 void *data)
{
	int fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	struct folder_watch *watch;

	if (fd < 0)
		return NULL;
	watch = g_new0(struct folder_watch, 1);
	watch->fd = fd;
	watch->suffix = g_strdup(suffix);
	watch->changed = changed;
	watch->data = data;
	watch->folders = g_array_new(FALSE, FALSE, sizeof(struct folder));
	g_array_set_clear_func(watch->folders, folder_clear);
	for (; *folders; folders++) {
		struct folder folder = {.path = g_strdup(*folders), .watch = -1};

		watch_folder(watch, &folder);
		g_array_append_val(watch->folders, folder);
	}
	watch->source = g_unix_fd_add(fd, G_IO_IN, on_events, watch);
	return watch;
}

struct folder_watch *
folder_watch_free(struct folder_watch *watch)
{
	if (!watch)
		return NULL;
	g_clear_handle_id(&watch->quiet, g_source_remove);
	g_source_remove(watch->source);
	close(watch->fd);
	g_array_unref(watch->folders);
	g_free(watch->suffix);
	g_free(watch);
	return NULL;
}
