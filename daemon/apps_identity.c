/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who an application on the accessibility bus is.
 * daemon/apps is the only caller. Owns its questions; it ends with one answer, or when it is freed,
 * with none.
 */
#include "daemon/apps_identity.h"

#include "daemon/app_id.h"

struct apps_identity {
	struct a11y_app *app; /* its process is not known yet */
	struct a11y_group *group;
	char *bus;
	apps_identity_done done;
	void *data;
	size_t waiting;
	uint32_t pid;
	char *name;
};

/* May free identity: nothing may follow. */
static void
answered(struct apps_identity *identity)
{
	g_auto(GStrv) ids = NULL;

	if (--identity->waiting > 0)
		return;
	ids = app_ids(identity->pid, identity->name);
	identity->done(identity->data, (const char *const *)ids, identity->pid);
}

static void
on_pid(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_identity *identity = data;

	if (reply == A11Y_REPLY_OK)
		g_variant_get(body, "(u)", &identity->pid);
	answered(identity);
}

static void
on_name(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_identity *identity = data;

	if (reply == A11Y_REPLY_OK)
		identity->name = g_strdup(g_variant_get_string(body, NULL));
	answered(identity);
}

struct apps_identity *
apps_identity_new(GDBusConnection *connection, const char *bus, apps_identity_done done, void *data)
{
	static char root[] = A11Y_ROOT;
	static char daemon[] = "org.freedesktop.DBus";
	static char daemon_path[] = "/org/freedesktop/DBus";
	const struct a11y_ref daemon_ref = {daemon, daemon_path};
	struct apps_identity *identity = g_new0(struct apps_identity, 1);

	identity->app = a11y_app_new(connection, NULL, 0);
	identity->group = a11y_group_new(identity->app);
	identity->bus = g_strdup(bus);
	identity->done = done;
	identity->data = data;
	identity->waiting = 2;
	a11y_call(identity->group, &daemon_ref, "org.freedesktop.DBus",
		  "GetConnectionUnixProcessID", g_variant_new("(s)", bus), "(u)", on_pid, identity);
	a11y_get(identity->group, &(struct a11y_ref){identity->bus, root}, A11Y_IF_ACCESSIBLE,
		 "Name", "s", on_name, identity);
	return identity;
}

struct apps_identity *
apps_identity_free(struct apps_identity *identity)
{
	if (!identity)
		return NULL;
	a11y_group_end(identity->group);
	a11y_app_unref(identity->app);
	g_free(identity->bus);
	g_free(identity->name);
	g_free(identity);
	return NULL;
}

const char *
apps_identity_bus(const struct apps_identity *identity)
{
	return identity->bus;
}
