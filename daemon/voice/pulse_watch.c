/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Watching $PULSE_RUNTIME_PATH or $XDG_RUNTIME_DIR/pulse, and the directory above as long as that
 * one is not there yet. PulseAudio and pipewire-pulse both make "native" in it when they are ready.
 * Used by the pulse sink; owns the inotify descriptor and its source.
 */
#include "daemon/voice/pulse_watch.h"

#include <glib-unix.h>
#include <glib.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "common/cleanup.h"

struct pulse_watch {
	int fd;
	guint source;
	char *directory;
	pulse_watch_fn *appeared;
	void *data;
};

static void
watch_directories(const struct pulse_watch *watch)
{
	g_autofree char *parent = g_path_get_dirname(watch->directory);

	/* The same directory twice is one watch; one that is not there yet comes with its parent.
	 */
	(void)inotify_add_watch(watch->fd, parent, IN_CREATE | IN_MOVED_TO | IN_ATTRIB);
	(void)inotify_add_watch(watch->fd, watch->directory, IN_CREATE | IN_MOVED_TO | IN_ATTRIB);
}

static gboolean
on_event(gint fd, GIOCondition condition, gpointer data)
{
	struct pulse_watch *watch = data;
	/* Room for several events with names, as inotify(7) advises. */
	char events[4096] __attribute__((aligned(__alignof__(struct inotify_event))));

	(void)condition;
	while (read(fd, events, sizeof(events)) > 0)
		;
	watch_directories(watch);
	watch->appeared(watch->data);
	return G_SOURCE_CONTINUE;
}

struct pulse_watch *
pulse_watch_new(pulse_watch_fn *appeared, void *data)
{
	const char *path = g_getenv("PULSE_RUNTIME_PATH");
	_autoclose_ int fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	struct pulse_watch *watch;

	if (fd < 0)
		return NULL;
	watch = g_new0(struct pulse_watch, 1);
	watch->fd = steal_fd(&fd);
	watch->directory =
	    path ? g_strdup(path) : g_build_filename(g_get_user_runtime_dir(), "pulse", NULL);
	watch->appeared = appeared;
	watch->data = data;
	watch_directories(watch);
	watch->source = g_unix_fd_add(watch->fd, G_IO_IN, on_event, watch);
	return watch;
}

struct pulse_watch *
pulse_watch_unref(struct pulse_watch *watch)
{
	if (!watch)
		return NULL;
	g_source_remove(watch->source);
	close(watch->fd);
	g_free(watch->directory);
	g_free(watch);
	return NULL;
}
