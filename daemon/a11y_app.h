/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One application on the accessibility bus: the connection it is asked on, its name there, its
 * process. Made by daemon/apps for the one in front; everything that asks it holds a reference.
 * Owns a reference on the connection.
 */
#ifndef SIDETOUCH_A11Y_APP_H
#define SIDETOUCH_A11Y_APP_H

#include <gio/gio.h>
#include <stdint.h>

struct a11y_app {
	unsigned references;
	GDBusConnection *connection;
	char *bus;
	uint32_t pid;    /* 0: not known */
	const char *way; /* how the last act in it was done, not translated; NULL: none was */
};

struct a11y_app *a11y_app_new(GDBusConnection *connection, const char *bus, uint32_t pid);
struct a11y_app *a11y_app_ref(struct a11y_app *app);
struct a11y_app *a11y_app_unref(struct a11y_app *app);

#endif
