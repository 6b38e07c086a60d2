/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What libinput and libevdev have to say goes into the driver's own log. By themselves they write
 * to standard error, and wait there for whoever reads it: with a journald that is stopped the first
 * mistake in a quirk file of libinput's would hold up a driver that has the panel.
 * Called by the driver's main() and by driver/probe. Owns nothing.
 */
#define G_LOG_DOMAIN "sidetouch-driver"
#include "driver/library_log.h"

#include <glib.h>
#include <libevdev/libevdev.h>
#include <libinput.h>

static void G_GNUC_PRINTF(3, 0)
    tell(const char *library, GLogLevelFlags level, const char *format, va_list arguments)
{
	g_autofree char *text = g_strdup_vprintf(format, arguments);

	g_log(G_LOG_DOMAIN, level, "%s: %s", library, g_strchomp(text));
}

static void G_GNUC_PRINTF(3, 0)
    on_libinput(struct libinput *libinput, enum libinput_log_priority priority, const char *format,
		va_list arguments)
{
	(void)libinput;
	tell("libinput",
	     priority == LIBINPUT_LOG_PRIORITY_ERROR ? G_LOG_LEVEL_MESSAGE : G_LOG_LEVEL_DEBUG,
	     format, arguments);
}

static void G_GNUC_PRINTF(6, 0)
    on_evdev(enum libevdev_log_priority priority, void *data, const char *file, int line,
	     const char *function, const char *format, va_list arguments)
{
	(void)data;
	(void)file;
	(void)line;
	(void)function;
	tell("libevdev", priority == LIBEVDEV_LOG_ERROR ? G_LOG_LEVEL_MESSAGE : G_LOG_LEVEL_DEBUG,
	     format, arguments);
}

void
library_log_libinput(struct libinput *libinput)
{
	libinput_log_set_handler(libinput, on_libinput);
}

void
library_log_evdev(void)
{
	libevdev_set_log_function(on_evdev, NULL);
}
