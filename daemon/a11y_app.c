/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One application on the accessibility bus: the connection it is asked on, its name there, its
 * process. Made by daemon/apps for the one in front; everything that asks it holds a reference.
 * Owns a reference on the connection.
 */
#include "daemon/a11y_app.h"

struct a11y_app *
a11y_app_new(GDBusConnection *connection, const char *bus, uint32_t pid)
{
	struct a11y_app *app = g_new0(struct a11y_app, 1);

	app->references = 1;
	app->connection = g_object_ref(connection);
	app->bus = g_strdup(bus);
	app->pid = pid;
	return app;
}

struct a11y_app *
a11y_app_ref(struct a11y_app *app)
{
	app->references++;
	return app;
}

struct a11y_app *
a11y_app_unref(struct a11y_app *app)
{
	if (!app || --app->references > 0)
		return NULL;
	g_object_unref(app->connection);
	g_free(app->bus);
	g_free(app);
	return NULL;
}
