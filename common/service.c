/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The service manager's side of a program: readiness, watchdog, sockets that were opened for it.
 * Called by the driver and the daemon.
 * Owns nothing but the watchdog's timer. Built with SYSTEMD=no there is nobody to talk to.
 */
#include "common/service.h"

#ifdef SIDETOUCH_LOGIN
#include <glib.h>
#include <limits.h>
#include <stdint.h>
#include <sys/socket.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

static gboolean
on_watchdog(void *data)
{
	(void)data;
	(void)sd_notify(0, "WATCHDOG=1");
	return G_SOURCE_CONTINUE;
}

void
service_ready(void)
{
	uint64_t limit_us;

	if (sd_watchdog_enabled(0, &limit_us) > 0) {
		/* Whole seconds fall together with other programs' timers of this kind. */
		if (limit_us >= 4 * G_USEC_PER_SEC)
			g_timeout_add_seconds((guint)(limit_us / 2 / G_USEC_PER_SEC), on_watchdog,
					      NULL);
		else
			g_timeout_add((guint)(limit_us / 2000), on_watchdog,
				      NULL); /* half, in ms */
	}
	(void)sd_notify(0, "READY=1");
}

void
service_stopping(void)
{
	(void)sd_notify(0, "STOPPING=1");
}

int
service_socket(const char *path)
{
	int count = sd_listen_fds(0);

	for (int fd = SD_LISTEN_FDS_START; fd < SD_LISTEN_FDS_START + count; fd++) {
		if (sd_is_socket_unix(fd, SOCK_SEQPACKET, 1, path, 0) > 0)
			return fd;
	}
	return -1;
}

/* A number of the environment, 0 without. */
static guint64
number_from(const char *name)
{
	const char *text = g_getenv(name);
	guint64 number;

	return text && g_ascii_string_to_unsigned(text, 10, 0, INT_MAX, &number, NULL) ? number : 0;
}

/* sd_listen_fds(3) is of no use here: it fails from the first of them on that has been closed. */
bool
service_owns_socket(int fd)
{
	return number_from("LISTEN_PID") == (guint64)getpid() && fd >= SD_LISTEN_FDS_START &&
	       (guint64)fd < SD_LISTEN_FDS_START + number_from("LISTEN_FDS");
}

#else

void
service_ready(void)
{
}

void
service_stopping(void)
{
}

int
service_socket(const char *path)
{
	(void)path;
	return -1;
}

bool
service_owns_socket(int fd)
{
	(void)fd;
	return false;
}

#endif
