/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An action of an application itself, or of its window: app.quit, win.zoom-in (org.gtk.Actions).
 * daemon/apps_run is the only caller. Looks only on connections of the application's own process.
 * Owns its questions; it ends by itself with one result, or when it is freed, with none.
 *
 *   who is on the session bus --> which of them has the process in front
 *     --> its objects, from the top (Introspect) --> those with actions: is it one of theirs?
 *     --> Activate, and an event of the application
 *
 * A name would not do: many programs of GTK (gnome-calculator, the widget factories) take none.
 */
#include "daemon/apps_action.h"

#include <string.h>

#include "common/cleanup.h"
#include "common/i18n.h"

#define IF_ACTIONS "org.gtk.Actions"

/* Connections on a session bus: a desktop has some 100. */
#define NAMES_MAX 512
/* Objects that are looked at: an application has its path, four parts long, and its windows. */
#define OBJECTS_MAX 64
/* What an object says of itself: GTK's is 3 kB. */
#define XML_BYTES_MAX 65536

/* A connection, or an object of the application's. */
struct asked {
	struct apps_action *action;
	struct a11y_ref ref;
};

struct apps_action {
	struct a11y_app *app;
	struct a11y_app *session; /* the same process, on the session bus */
	struct a11y_group *group;
	struct a11y_ref window;
	bool of_window;
	char *name; /* without "app." */
	GVariant *target;
	bool only_look;
	apps_press_done done;
	void *data;
	GPtrArray *asked; /* of struct asked: what has been asked */
	size_t objects;   /* of these */
	size_t waiting;
	struct a11y_ref found; /* set: has the action */
	size_t found_count;
	bool greyed;     /* one has it, and cannot do it now */
	bool other_type; /* one has it, and takes another value */
	struct apps_press *press;
	guint subscription;
};

static void look_at(struct apps_action *action, const char *bus, const char *path);

static void
asked_free(void *data)
{
	struct asked *asked = data;

	a11y_ref_clear(&asked->ref);
	g_free(asked);
}

static struct asked *
asked_new(struct apps_action *action, const char *bus, const char *path)
{
	struct asked *asked = g_new0(struct asked, 1);

	asked->action = action;
	asked->ref = (struct a11y_ref){g_strdup(bus), g_strdup(path)};
	g_ptr_array_add(action->asked, asked);
	action->waiting++;
	return asked;
}

/* May free action: nothing may follow. */
static void
finish(struct apps_action *action, enum brain_result result, const char *text)
{
	action->group = a11y_group_end(action->group);
	action->done(action->data, result, text);
}

/* --- done --- */

static void
on_pressed(void *data, enum brain_result result, const char *text)
{
	finish(data, result, text);
}

static void
on_activated(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_action *action = data;

	(void)body; /* it is empty */
	switch (reply) {
	case A11Y_REPLY_OK:
	case A11Y_REPLY_GONE: /* what quits may be gone before it has answered */
		apps_press_sent(action->press);
		return;
	case A11Y_REPLY_LATE:
		finish(action, BRAIN_RESULT_NOT_RESPONDING, NULL);
		return;
	case A11Y_REPLY_ERROR:
		finish(action, BRAIN_RESULT_FAILED, NULL);
		return;
	}
}

/* A switch that it turned, which no widget need show. */
static void
on_changed(GDBusConnection *connection, const char *sender, const char *path, const char *interface,
	   const char *signal, GVariant *parameters, void *data)
{
	struct apps_action *action = data;

	(void)connection, (void)sender, (void)path, (void)interface, (void)signal, (void)parameters;
	apps_press_saw(action->press);
}

static void
activate(struct apps_action *action)
{
	GVariantBuilder target;

	action->app->way = N_("By the app itself");
	g_variant_builder_init(&target, G_VARIANT_TYPE("av"));
	if (action->target)
		g_variant_builder_add(&target, "v", action->target);
	apps_press_new(action->app, &action->window, NULL, NULL, on_pressed, action,
		       &action->press);
	action->subscription = g_dbus_connection_signal_subscribe(
	    action->session->connection, action->found.bus, IF_ACTIONS, "Changed",
	    action->found.path, NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_changed, action, NULL);
	a11y_call(action->group, &action->found, IF_ACTIONS, "Activate",
		  g_variant_new("(sav@a{sv})", action->name, &target,
				g_variant_new_array(G_VARIANT_TYPE("{sv}"), NULL, 0)),
		  "()", on_activated, action);
}

static void
decide(struct apps_action *action)
{
	/* There is no telling which of them is in front. */
	if (action->found_count > 1 && action->of_window)
		finish(action, BRAIN_RESULT_FAILED,
		       _("This app has several windows open. Close the others first"));
	else if (action->found_count > 0 && action->only_look)
		finish(action, BRAIN_RESULT_DONE, NULL);
	else if (action->found_count > 0)
		activate(action);
	else if (action->greyed)
		finish(action, BRAIN_RESULT_FAILED, _("The app does not offer this now"));
	else if (action->other_type)
		finish(action, BRAIN_RESULT_FAILED,
		       _("This action takes another value; correct the profile"));
	else
		finish(action, BRAIN_RESULT_NOT_FOUND, NULL);
}

/* --- looked for --- */

/* True: the answer is of use. May free action: nothing may follow when it is not. */
static bool
take(struct apps_action *action, enum a11y_reply reply)
{
	if (reply == A11Y_REPLY_LATE)
		finish(action, BRAIN_RESULT_NOT_RESPONDING, NULL);
	return reply != A11Y_REPLY_LATE;
}

static void
count(struct apps_action *action)
{
	if (--action->waiting == 0)
		decide(action);
}

static bool
takes_target(const struct apps_action *action, const char *signature)
{
	return strcmp(signature, action->target ? g_variant_get_type_string(action->target) : "") ==
	       0;
}

static void
on_described(void *data, enum a11y_reply reply, GVariant *body)
{
	struct asked *asked = data;
	struct apps_action *action = asked->action;
	gboolean enabled = FALSE;
	const char *signature;
	g_autoptr(GVariant) state = NULL;

	if (!take(action, reply))
		return;
	if (reply == A11Y_REPLY_OK) {
		g_variant_get(body, "((b&g@av))", &enabled, &signature, &state);
		if (!enabled) {
			action->greyed = true;
		} else if (!takes_target(action, signature)) {
			action->other_type = true;
		} else if (action->found_count++ == 0) {
			action->found = a11y_ref_copy(&asked->ref);
		}
	}
	count(action);
}

/* Of an object with actions; those of windows are below the application's own. */
static void
describe(struct apps_action *action, const struct a11y_ref *ref, bool is_app)
{
	struct asked *asked;

	if (is_app == action->of_window)
		return;
	asked = asked_new(action, ref->bus, ref->path);
	a11y_call(action->group, &asked->ref, IF_ACTIONS, "Describe",
		  g_variant_new("(s)", action->name), "((bgav))", on_described, asked);
}

static void
take_object(struct apps_action *action, const struct a11y_ref *ref, const GDBusNodeInfo *info)
{
	bool is_app =
	    g_dbus_node_info_lookup_interface((GDBusNodeInfo *)info,
					      "org.freedesktop.Application") ||
	    g_dbus_node_info_lookup_interface((GDBusNodeInfo *)info, "org.gtk.Application");

	if (g_dbus_node_info_lookup_interface((GDBusNodeInfo *)info, IF_ACTIONS))
		describe(action, ref, is_app);
	for (GDBusNodeInfo **node = info->nodes; node && *node; node++) {
		g_autofree char *path = NULL;

		if (!(*node)->path)
			continue;
		path = g_strdup_printf("%s/%s", ref->path[1] ? ref->path : "", (*node)->path);
		if (g_variant_is_object_path(path))
			look_at(action, ref->bus, path);
	}
}

static void
on_introspected(void *data, enum a11y_reply reply, GVariant *body)
{
	struct asked *asked = data;
	struct apps_action *action = asked->action;
	GDBusNodeInfo *info = NULL;
	const char *xml = NULL;

	if (!take(action, reply))
		return;
	if (reply == A11Y_REPLY_OK) {
		g_variant_get(body, "(&s)", &xml);
		if (strlen(xml) <= XML_BYTES_MAX)
			info = g_dbus_node_info_new_for_xml(xml, NULL);
	}
	if (info) {
		take_object(action, &asked->ref, info);
		g_dbus_node_info_unref(info);
	}
	count(action);
}

static void
look_at(struct apps_action *action, const char *bus, const char *path)
{
	struct asked *asked;

	if (action->objects >= OBJECTS_MAX)
		return;
	action->objects++;
	asked = asked_new(action, bus, path);
	a11y_call(action->group, &asked->ref, "org.freedesktop.DBus.Introspectable", "Introspect",
		  NULL, "(s)", on_introspected, asked);
}

static void
on_pid(void *data, enum a11y_reply reply, GVariant *body)
{
	struct asked *asked = data;
	struct apps_action *action = asked->action;
	uint32_t pid = 0;

	if (!take(action, reply))
		return;
	if (reply == A11Y_REPLY_OK)
		g_variant_get(body, "(u)", &pid);
	if (pid != 0 && pid == action->app->pid)
		look_at(action, asked->ref.bus, "/");
	count(action);
}

static char dbus[] = "org.freedesktop.DBus";
static char dbus_path[] = "/org/freedesktop/DBus";
static const struct a11y_ref dbus_ref = {dbus, dbus_path};

static void
on_names(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_action *action = data;
	g_autoptr(GVariantIter) names = NULL;
	const char *name;

	if (!take(action, reply))
		return;
	if (reply == A11Y_REPLY_OK)
		g_variant_get(body, "(as)", &names);
	while (names && action->asked->len < NAMES_MAX && g_variant_iter_next(names, "&s", &name)) {
		if (g_dbus_is_unique_name(name))
			a11y_call(action->group, &dbus_ref, dbus, "GetConnectionUnixProcessID",
				  g_variant_new("(s)", name), "(u)", on_pid,
				  asked_new(action, name, "/"));
	}
	count(action);
}

int
apps_action_new(GDBusConnection *session, struct a11y_app *app, const struct a11y_ref *window,
		const char *detailed, bool only_look, apps_press_done done, void *data,
		struct apps_action **out)
{
	struct apps_action *action = g_new0(struct apps_action, 1);
	g_autofree char *name = NULL;

	/* It was parsed when the profile was. */
	g_action_parse_detailed_name(detailed, &name, &action->target, NULL);
	action->of_window = g_str_has_prefix(detailed, "win.");
	action->name = g_strdup(name ? name + strlen("app.") : "");
	action->app = a11y_app_ref(app);
	action->session = a11y_app_new(session, app->bus, app->pid);
	action->group = a11y_group_new(action->session);
	action->window = a11y_ref_copy(window);
	action->only_look = only_look;
	action->done = done;
	action->data = data;
	action->asked = g_ptr_array_new_with_free_func(asked_free);
	action->waiting = 1;
	*out = action;
	a11y_call(action->group, &dbus_ref, dbus, "ListNames", NULL, "(as)", on_names, action);
	return 0;
}

struct apps_action *
apps_action_free(struct apps_action *action)
{
	if (!action)
		return NULL;
	if (action->subscription != 0)
		g_dbus_connection_signal_unsubscribe(action->session->connection,
						     action->subscription);
	a11y_group_end(action->group);
	apps_press_free(action->press);
	g_clear_pointer(&action->target, g_variant_unref);
	g_ptr_array_unref(action->asked);
	a11y_ref_clear(&action->found);
	a11y_ref_clear(&action->window);
	a11y_app_unref(action->session);
	a11y_app_unref(action->app);
	g_free(action->name);
	g_free(action);
	return NULL;
}
