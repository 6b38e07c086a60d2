/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which window is in front and what has the focus, from the accessibility bus' events.
 * daemon/apps makes one for each connection and is the only caller. Owns the subscriptions and the
 * two references; asks applications only when no event says which window is in front.
 */
#include "daemon/a11y_front.h"

#include "common/cleanup.h"
#include "daemon/a11y_roles.h"
#include "daemon/a11y_within.h"
#include "daemon/a11y_words.h"

#define IF_OBJECT "org.a11y.atspi.Event.Object"
#define IF_WINDOW "org.a11y.atspi.Event.Window"
#define IF_FOCUS  "org.a11y.atspi.Event.Focus"

/* After a window was left the next one tells of itself; it is asked for only when none did in the
 * time that feels like at once (Miller 1968: 0.1 s), and some more. */
#define LEFT_MS 150
/* A phone's session has some ten applications; more than this is not worth asking. */
#define SCAN_APPS 64
/* Windows of one application. */
#define SCAN_WINDOWS 32

/* An application that has just come may have a window in front already, and told of it before it
 * knew that somebody listens; on a busy machine it takes seconds until it can be asked. */
#define CAME_MS    300
#define CAME_TRIES 5 /* each twice as late as the one before: the last one after 9 s */

/* What says that it is active while a window is in front, asked at once whether it is one: more do
 * not come together. */
#define CHECKS 8

enum { SUB_ACTIVE, SUB_FOCUSED, SUB_WINDOW, SUB_FOCUS, SUB_CAME, SUB_COUNT };

struct a11y_front {
	GDBusConnection *connection;
	struct a11y_app *any; /* the connection, for asking more than one application */
	struct a11y_front_events events;
	void *data;
	struct a11y_ref window;
	bool activated;        /* the window told of itself by a window event */
	struct a11y_ref focus; /* of any application: it may come before its window's event */
	struct a11y_within *within;
	guint subscriptions[SUB_COUNT];
	guint owner; /* subscription: whether the window's application left the bus */
	guint left_timer;
	guint came_timer;
	unsigned came_tries; /* that are left */
	struct a11y_group *scan;
	GPtrArray *asked;  /* of struct asked: what the scan asks */
	GPtrArray *checks; /* of struct asked: what may be a window, the oldest first */
};

/* One application or window that a scan asks. */
struct asked {
	struct a11y_front *front;
	struct a11y_ref ref;
	struct a11y_group *group; /* of a check, which is asked by itself */
};

static void
asked_free(void *data)
{
	struct asked *asked = data;

	a11y_group_end(asked->group);
	a11y_ref_clear(&asked->ref);
	g_free(asked);
}

static void
end_scan(struct a11y_front *front)
{
	front->scan = a11y_group_end(front->scan);
	g_ptr_array_set_size(front->asked, 0);
}

static gboolean
on_left(void *data)
{
	struct a11y_front *front = data;

	front->left_timer = 0;
	a11y_front_scan(front);
	return G_SOURCE_REMOVE;
}

static void set_window(struct a11y_front *front, const struct a11y_ref *ref);

static void
on_owner_changed(GDBusConnection *connection, const char *sender, const char *path,
		 const char *interface, const char *signal, GVariant *parameters, void *data)
{
	struct a11y_front *front = data;
	const char *new_owner = NULL;

	(void)connection;
	(void)sender;
	(void)path;
	(void)interface;
	(void)signal;
	if (!g_variant_is_of_type(parameters, G_VARIANT_TYPE("(sss)")))
		return;
	g_variant_get(parameters, "(&s&s&s)", NULL, NULL, &new_owner);
	if (new_owner[0] == '\0')
		set_window(front, NULL);
}

static void
watch_owner(struct a11y_front *front)
{
	if (front->owner != 0)
		g_dbus_connection_signal_unsubscribe(front->connection, front->owner);
	front->owner = 0;
	if (a11y_ref_is_set(&front->window))
		front->owner = g_dbus_connection_signal_subscribe(
		    front->connection, "org.freedesktop.DBus", "org.freedesktop.DBus",
		    "NameOwnerChanged", "/org/freedesktop/DBus", front->window.bus,
		    G_DBUS_SIGNAL_FLAGS_NONE, on_owner_changed, front, NULL);
}

/* ref: NULL when no window is in front. */
static void
set_window(struct a11y_front *front, const struct a11y_ref *ref)
{
	static const struct a11y_ref none;
	struct a11y_ref copy;

	g_clear_handle_id(&front->left_timer, g_source_remove);
	if (ref) {
		g_clear_handle_id(&front->came_timer, g_source_remove);
		end_scan(front);
	}
	if (a11y_ref_equal(&front->window, ref ? ref : &none))
		return;
	copy = a11y_ref_copy(ref ? ref : &none);
	a11y_ref_clear(&front->window);
	front->window = copy;
	front->activated = front->activated && ref;
	watch_owner(front);
	if (!ref)
		front->left_timer = g_timeout_add(LEFT_MS, on_left, front);
	front->events.window(front->data);
}

static void
set_focus(void *data, const struct a11y_ref *ref)
{
	struct a11y_front *front = data;
	struct a11y_ref copy;

	/* GTK 3 tells it twice, as focus: and as state-changed:focused. */
	if (a11y_ref_equal(&front->focus, ref))
		return;
	copy = a11y_ref_copy(ref);
	a11y_ref_clear(&front->focus);
	front->focus = copy;
	if (g_strcmp0(ref->bus, front->window.bus) == 0)
		front->events.focus(front->data);
}

static void
told_focus(struct a11y_front *front, const struct a11y_ref *ref)
{
	const bool same = a11y_ref_equal(&front->focus, ref);

	set_focus(front, ref);
	if (!same)
		a11y_within_focus(front->within, ref);
}

/* The number of a state-changed event; false when the event is of another shape. */
static bool
read_detail(GVariant *parameters, int32_t *out)
{
	g_autoptr(GVariant) detail = NULL;

	if (g_variant_n_children(parameters) < 2)
		return false;
	detail = g_variant_get_child_value(parameters, 1);
	if (!g_variant_is_of_type(detail, G_VARIANT_TYPE_INT32))
		return false;
	*out = g_variant_get_int32(detail);
	return true;
}

static void
on_checked(void *data, enum a11y_reply reply, GVariant *body)
{
	struct asked *asked = data;
	struct a11y_front *front = asked->front;
	struct a11y_ref ref = a11y_ref_copy(&asked->ref);
	uint32_t role = 0;

	if (reply == A11Y_REPLY_OK)
		g_variant_get(body, "(u)", &role);
	g_ptr_array_remove(front->checks, asked);
	if (reply != A11Y_REPLY_GONE && a11y_role_reading(role) != A11Y_READING_ENTRY) {
		front->activated = false;
		set_window(front, &ref);
	}
	a11y_ref_clear(&ref);
}

static void
check(struct a11y_front *front, const struct a11y_ref *ref)
{
	struct asked *asked = g_new0(struct asked, 1);

	if (front->checks->len == CHECKS)
		g_ptr_array_remove_index(front->checks, 0);
	asked->front = front;
	asked->ref = a11y_ref_copy(ref);
	asked->group = a11y_group_new(front->any);
	g_ptr_array_add(front->checks, asked);
	a11y_call(asked->group, ref, A11Y_IF_ACCESSIBLE, "GetRole", NULL, "(u)", on_checked, asked);
}

/* It is not active any more, or something else is known to be. NULL: whatever is asked. */
static void
uncheck(struct a11y_front *front, const struct a11y_ref *ref)
{
	for (guint i = front->checks->len; i > 0; i--) {
		const struct asked *asked = g_ptr_array_index(front->checks, i - 1);

		if (!ref || a11y_ref_equal(&asked->ref, ref))
			g_ptr_array_remove_index(front->checks, i - 1);
	}
}

/* A state alone (told_by_window false) is how GTK 4 tells. Firefox tells of its window by an event,
 * and the GTK 3 inside it by a state of another one, in which there is nothing. GTK 3 tells it of
 * the row that one is at in a table, too: while a window is in front, what has that state is asked
 * what it is. */
static void
on_active(struct a11y_front *front, const struct a11y_ref *ref, bool on, bool told_by_window)
{
	bool same = a11y_ref_equal(&front->window, ref);

	if (!on) {
		uncheck(front, ref);
		if (same)
			set_window(front, NULL);
		return;
	}
	if (!told_by_window && front->activated && g_strcmp0(front->window.bus, ref->bus) == 0)
		return;
	if (!told_by_window && !same && a11y_ref_is_set(&front->window)) {
		check(front, ref);
		return;
	}
	uncheck(front, NULL);
	front->activated = told_by_window;
	set_window(front, ref);
}

static void
on_event(GDBusConnection *connection, const char *sender, const char *path, const char *interface,
	 const char *signal, GVariant *parameters, void *data)
{
	struct a11y_front *front = data;
	/* Borrowed for the call: these are copied where they are kept. */
	const struct a11y_ref ref = {(char *)sender, (char *)path};
	int32_t detail = 0;

	(void)connection;
	if (!sender || sender[0] != ':')
		return;
	if (g_str_equal(interface, IF_WINDOW)) {
		/* GTK 4 writes "activate", libatk "Activate". */
		if (g_ascii_strcasecmp(signal, "activate") == 0)
			on_active(front, &ref, true, true);
		else if (g_ascii_strcasecmp(signal, "deactivate") == 0)
			on_active(front, &ref, false, true);
		return;
	}
	if (g_str_equal(interface, IF_FOCUS)) {
		told_focus(front, &ref);
		return;
	}
	if (!read_detail(parameters, &detail))
		return;
	if (g_variant_n_children(parameters) > 0) {
		g_autoptr(GVariant) kind = g_variant_get_child_value(parameters, 0);

		if (!g_variant_is_of_type(kind, G_VARIANT_TYPE_STRING))
			return;
		if (g_str_equal(g_variant_get_string(kind, NULL), "active"))
			on_active(front, &ref, detail == 1, false);
		else if (detail == 1)
			told_focus(front, &ref);
		else if (a11y_ref_equal(&front->focus, &ref))
			a11y_ref_clear(&front->focus);
	}
}

static gboolean
on_came(void *data)
{
	struct a11y_front *front = data;
	unsigned tried = CAME_TRIES - --front->came_tries;

	front->came_timer =
	    front->came_tries == 0 ? 0 : g_timeout_add(CAME_MS << tried, on_came, front);
	a11y_front_scan(front);
	return G_SOURCE_REMOVE;
}

/* The registry has another child: an application. */
static void
on_app(GDBusConnection *connection, const char *sender, const char *path, const char *interface,
       const char *signal, GVariant *parameters, void *data)
{
	struct a11y_front *front = data;

	(void)connection, (void)sender, (void)path, (void)interface, (void)signal, (void)parameters;
	if (a11y_ref_is_set(&front->window))
		return;
	front->came_tries = CAME_TRIES;
	g_clear_handle_id(&front->came_timer, g_source_remove);
	front->came_timer = g_timeout_add(CAME_MS, on_came, front);
}

static guint
subscribe(struct a11y_front *front, const char *interface, const char *signal, const char *kind)
{
	return g_dbus_connection_signal_subscribe(front->connection, NULL, interface, signal, NULL,
						  kind, G_DBUS_SIGNAL_FLAGS_NONE, on_event, front,
						  NULL);
}

int
a11y_front_new(GDBusConnection *connection, const struct a11y_front_events *events, void *data,
	       struct a11y_front **out)
{
	struct a11y_front *front = g_new0(struct a11y_front, 1);

	front->connection = g_object_ref(connection);
	front->any = a11y_app_new(connection, NULL, 0);
	front->within = a11y_within_new(front->any, set_focus, front);
	front->events = *events;
	front->data = data;
	front->asked = g_ptr_array_new_with_free_func(asked_free);
	front->checks = g_ptr_array_new_with_free_func(asked_free);
	front->subscriptions[SUB_ACTIVE] = subscribe(front, IF_OBJECT, "StateChanged", "active");
	front->subscriptions[SUB_FOCUSED] = subscribe(front, IF_OBJECT, "StateChanged", "focused");
	front->subscriptions[SUB_WINDOW] = subscribe(front, IF_WINDOW, NULL, NULL);
	front->subscriptions[SUB_FOCUS] = subscribe(front, IF_FOCUS, NULL, NULL);
	front->subscriptions[SUB_CAME] = g_dbus_connection_signal_subscribe(
	    connection, A11Y_REGISTRY, IF_OBJECT, "ChildrenChanged", A11Y_ROOT, "add",
	    G_DBUS_SIGNAL_FLAGS_NONE, on_app, front, NULL);
	*out = front;
	return 0;
}

struct a11y_front *
a11y_front_unref(struct a11y_front *front)
{
	if (!front)
		return NULL;
	for (size_t i = 0; i < SUB_COUNT; i++)
		g_dbus_connection_signal_unsubscribe(front->connection, front->subscriptions[i]);
	a11y_ref_clear(&front->window);
	watch_owner(front);
	a11y_ref_clear(&front->focus);
	a11y_within_free(front->within);
	g_clear_handle_id(&front->left_timer, g_source_remove);
	g_clear_handle_id(&front->came_timer, g_source_remove);
	end_scan(front);
	g_ptr_array_unref(front->asked);
	g_ptr_array_unref(front->checks);
	a11y_app_unref(front->any);
	g_object_unref(front->connection);
	g_free(front);
	return NULL;
}

static void
on_scan_state(void *data, enum a11y_reply reply, GVariant *body)
{
	struct asked *asked = data;
	struct a11y_front *front = asked->front;
	struct a11y_ref ref;

	if (reply != A11Y_REPLY_OK || !a11y_state_has(a11y_states(body), A11Y_STATE_ACTIVE))
		return;
	/* An event that came meanwhile knows better; set_window() ends the scan and frees asked. */
	if (a11y_ref_is_set(&front->window))
		return;
	ref = a11y_ref_copy(&asked->ref);
	set_window(front, &ref);
	a11y_ref_clear(&ref);
}

static struct asked *
ask_about(struct a11y_front *front, const char *bus, const char *path)
{
	struct asked *asked = g_new0(struct asked, 1);

	asked->front = front;
	asked->ref.bus = g_strdup(bus);
	asked->ref.path = g_strdup(path);
	g_ptr_array_add(front->asked, asked);
	return asked;
}

static void
on_scan_windows(void *data, enum a11y_reply reply, GVariant *body)
{
	struct asked *app = data;
	g_autoptr(GVariant) children = NULL;
	const char *bus;
	const char *path;

	if (reply != A11Y_REPLY_OK)
		return;
	children = g_variant_get_child_value(body, 0);
	for (size_t i = 0; i < MIN(g_variant_n_children(children), (size_t)SCAN_WINDOWS); i++) {
		struct asked *window;

		g_variant_get_child(children, i, "(&s&o)", &bus, &path);
		if (!g_str_equal(bus, app->ref.bus))
			continue;
		window = ask_about(app->front, bus, path);
		a11y_get_state(app->front->scan, &window->ref, on_scan_state, window);
	}
}

static void
on_scan_apps(void *data, enum a11y_reply reply, GVariant *body)
{
	struct a11y_front *front = data;
	g_autoptr(GVariant) children = NULL;
	const char *bus;
	const char *path;

	if (reply != A11Y_REPLY_OK)
		return;
	children = g_variant_get_child_value(body, 0);
	for (size_t i = 0; i < MIN(g_variant_n_children(children), (size_t)SCAN_APPS); i++) {
		struct asked *app;

		g_variant_get_child(children, i, "(&s&o)", &bus, &path);
		if (!g_dbus_is_unique_name(bus))
			continue;
		app = ask_about(front, bus, path);
		a11y_call(front->scan, &app->ref, A11Y_IF_ACCESSIBLE, "GetChildren", NULL,
			  "(a(so))", on_scan_windows, app);
	}
}

void
a11y_front_scan(struct a11y_front *front)
{
	static char registry[] = A11Y_REGISTRY;
	static char root[] = A11Y_ROOT;
	const struct a11y_ref desktop = {registry, root};

	end_scan(front);
	if (a11y_ref_is_set(&front->window))
		return;
	front->scan = a11y_group_new(front->any);
	a11y_call(front->scan, &desktop, A11Y_IF_ACCESSIBLE, "GetChildren", NULL, "(a(so))",
		  on_scan_apps, front);
}

void
a11y_front_set_focus(struct a11y_front *front, const struct a11y_ref *focus)
{
	set_focus(front, focus);
}

void
a11y_front_know_focus(struct a11y_front *front, const struct a11y_ref *focus)
{
	if (!a11y_ref_is_set(&front->focus) || !g_str_equal(front->focus.bus, focus->bus)) {
		a11y_ref_clear(&front->focus);
		front->focus = a11y_ref_copy(focus);
	}
}

const struct a11y_ref *
a11y_front_window(const struct a11y_front *front)
{
	return &front->window;
}

const struct a11y_ref *
a11y_front_focus(const struct a11y_front *front)
{
	static const struct a11y_ref none;

	return g_strcmp0(front->focus.bus, front->window.bus) == 0 ? &front->focus : &none;
}
