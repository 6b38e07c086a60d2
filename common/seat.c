/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Asks logind who sits at a seat, and watches for a change of the answer.
 * Called by driver/session and daemon/driver_watch.
 * Owns the monitor. Built with SYSTEMD=no nobody is known to sit anywhere.
 */
#include "common/seat.h"

#include <errno.h>
#include <glib-unix.h>

#ifdef SIDETOUCH_LOGIN
#include <systemd/sd-login.h>

struct seat_watch {
	void (*changed)(void *data);
	void *data;
	sd_login_monitor *monitor;
	GSource *source;
};

static gboolean
on_login(int fd, GIOCondition condition, void *data)
{
	struct seat_watch *watch = data;

	(void)fd;
	(void)condition;
	sd_login_monitor_flush(watch->monitor);
	/* It may end the watch. */
	watch->changed(watch->data);
	return G_SOURCE_CONTINUE;
}

int
seat_watch_new(void (*changed)(void *data), void *data, struct seat_watch **out)
{
	struct seat_watch *watch = g_new0(struct seat_watch, 1);
	int r = sd_login_monitor_new("seat", &watch->monitor);

	*out = NULL;
	if (r < 0) {
		g_free(watch);
		return r;
	}
	watch->changed = changed;
	watch->data = data;
	watch->source = g_unix_fd_source_new(sd_login_monitor_get_fd(watch->monitor), G_IO_IN);
	g_source_set_callback(watch->source, (GSourceFunc)(void (*)(void))on_login, watch, NULL);
	g_source_attach(watch->source, g_main_context_get_thread_default());
	*out = watch;
	return 0;
}

struct seat_watch *
seat_watch_free(struct seat_watch *watch)
{
	if (!watch)
		return NULL;
	g_source_destroy(watch->source);
	g_source_unref(watch->source);
	sd_login_monitor_unref(watch->monitor);
	g_free(watch);
	return NULL;
}

int
seat_active_user(const char *seat, uid_t *out)
{
	return MIN(sd_seat_get_active(seat, NULL, out), 0);
}

#else

int
seat_watch_new(void (*changed)(void *data), void *data, struct seat_watch **out)
{
	(void)changed;
	(void)data;
	*out = NULL;
	return -ENOSYS;
}

struct seat_watch *
seat_watch_free(struct seat_watch *watch)
{
	(void)watch;
	return NULL;
}

int
seat_active_user(const char *seat, uid_t *out)
{
	(void)seat;
	(void)out;
	return -ENOSYS;
}

#endif
