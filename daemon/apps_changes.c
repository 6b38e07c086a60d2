/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The accessibility bus' events on one side, daemon/changes and daemon/news on the other, which say
 * what is worth looking at and telling; in between, the widget is asked what it is now. Nothing
 * that an event says of a widget is believed, but an announcement's words, which are made to be
 * said. daemon/apps is the only caller. Owns the subscriptions and the one widget that is looked
 * at.
 */
#include "daemon/apps_changes.h"

#include <string.h>

#include "common/alarm.h"
#include "common/cleanup.h"
#include "common/i18n.h"
#include "daemon/a11y_roles.h"
#include "daemon/a11y_words.h"
#include "daemon/apps_bar.h"
#include "daemon/apps_echo.h"
#include "daemon/apps_read.h"
#include "daemon/apps_title.h"
#include "daemon/change_words.h"
#include "daemon/changes.h"
#include "daemon/news.h"

#define IF_OBJECT    "org.a11y.atspi.Event.Object"
#define IF_SELECTION "org.a11y.atspi.Selection"

/* Events of the application in front; detail: their first argument. */
static const struct {
	const char *signal;
	const char *detail; /* NULL: any */
	enum change_kind kind;
} wanted[] = {
    {"StateChanged", "checked", CHANGE_CHECKED},
    {"StateChanged", "pressed", CHANGE_PRESSED},
    {"StateChanged", "expanded", CHANGE_EXPANDED},
    {"StateChanged", "showing", CHANGE_SHOWING},
    {"PropertyChange", "accessible-value", CHANGE_PROGRESS},
    {"SelectionChanged", NULL, CHANGE_SELECTION},
    {"ActiveDescendantChanged", NULL, CHANGE_FOCUS},
};

struct apps_changes {
	apps_changes_tell tell;
	void *data;
	bool on;
	bool deaf;                   /* to a flood of the app in front */
	GDBusConnection *connection; /* NULL: none */
	guint announcements;         /* subscription, of every application */
	struct a11y_app *app;        /* in front; NULL: none */
	char *window;                /* its path */
	guint subscriptions[ARRAY_LENGTH(wanted)];
	struct changes *changes;
	struct news *news;
	struct apps_echo *echo;
	struct alarm *alarm;
	/* What is being looked at. */
	bool looking;
	enum change_kind kind;
	struct a11y_ref ref;
	struct a11y_group *group;
	struct apps_read *read;
	struct apps_title *title;
	struct apps_bar *bar;
	struct apps_widget bar_widget; /* its name */
};

static struct usec
now(void)
{
	return usec_from_us((uint64_t)g_get_monotonic_time());
}

static void
rearm(struct apps_changes *changes)
{
	struct usec deadline;

	if (changes_deadline(changes->changes, &deadline))
		alarm_set(changes->alarm, deadline);
	else
		alarm_unset(changes->alarm);
}

/* --- the end of a look --- */

static void
drop_look(struct apps_changes *changes)
{
	changes->looking = false;
	changes->read = apps_read_free(changes->read);
	changes->title = apps_title_free(changes->title);
	changes->group = a11y_group_end(changes->group);
	a11y_ref_clear(&changes->ref);
	changes->bar = apps_bar_free(changes->bar);
	apps_widget_clear(&changes->bar_widget);
}

static void
tell_news(struct apps_changes *changes, const char *app, const char *words)
{
	const struct apps_told told = {.text = words, .news = true};

	if (words && news_wants(changes->news, app, words, now()))
		news_told(changes->news, changes->tell(changes->data, &told));
}

/* words may be what is looked at: they are copied first. */
static void
seen(struct apps_changes *changes, const char *words)
{
	g_autofree char *copy = g_strdup(words);
	struct apps_told told = {.text = copy};
	const bool is_news = changes->kind == CHANGE_SHOWING;

	drop_look(changes);
	if (is_news) {
		changes_seen(changes->changes, NULL, &told.joins, now());
		tell_news(changes, changes->app->bus, copy);
	} else if (changes_seen(changes->changes, copy, &told.joins, now())) {
		changes->tell(changes->data, &told);
	}
	rearm(changes);
}

/* --- progress bars --- */

static void
on_progress(void *data, double percent)
{
	struct apps_changes *changes = data;
	const struct apps_widget *widget = &changes->bar_widget;
	g_autofree char *name =
	    a11y_name_best(widget->name ? widget->name : "", widget->description);
	g_autofree char *words = NULL;
	struct apps_told told = {.news = true};
	bool first = false;
	bool wants = news_progress(changes->news, changes->app->bus, changes->ref.path, percent,
				   &first, now());

	words = change_words_progress(!first            ? NULL
				      : name[0] != '\0' ? name
							: apps_widget_role(A11Y_ROLE_PROGRESS_BAR),
				      percent);
	told.text = words;
	seen(changes, NULL);
	if (wants)
		news_told_progress(changes->news, changes->tell(changes->data, &told));
}

static void
look_at_bar(struct apps_changes *changes, const struct apps_widget *widget)
{
	double value = widget->value;

	changes->bar_widget.name = g_strdup(widget->name);
	changes->bar_widget.description = g_strdup(widget->description);
	changes->read = apps_read_free(changes->read);
	changes->bar = apps_bar_new(changes->app, &changes->ref, value, on_progress, changes);
}

/* --- looking --- */

static void
on_widget(void *data, enum a11y_reply reply, const struct apps_widget *widget)
{
	struct apps_changes *changes = data;
	g_autofree char *words = NULL;
	const bool at_focus = g_strcmp0(changes_focus(changes->changes), changes->ref.path) == 0;

	if (reply == A11Y_REPLY_OK &&
	    (changes->kind == CHANGE_VALUE || changes->kind == CHANGE_PROGRESS) &&
	    widget->role == A11Y_ROLE_PROGRESS_BAR) {
		look_at_bar(changes, widget);
		return;
	}
	if (reply == A11Y_REPLY_OK)
		words = change_words(changes->kind, widget, !at_focus);
	seen(changes, words);
}

static void
on_selected(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_changes *changes = data;
	const char *bus;
	const char *path;

	if (reply != A11Y_REPLY_OK) {
		seen(changes, NULL);
		return;
	}
	g_variant_get(body, "((&s&o))", &bus, &path);
	if (!g_str_equal(bus, changes->ref.bus)) {
		seen(changes, NULL);
		return;
	}
	g_free(changes->ref.path);
	changes->ref.path = g_strdup(path);
	apps_read_new(changes->app, &changes->ref, 0, on_widget, changes, &changes->read);
}

/* GTK 3's combo boxes tell as lists do, and what is chosen there is read with them. */
static void
on_chooser_role(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_changes *changes = data;
	uint32_t role = 0;

	if (reply == A11Y_REPLY_OK)
		g_variant_get(body, "(u)", &role);
	if (reply == A11Y_REPLY_OK && role == A11Y_ROLE_COMBO_BOX)
		apps_read_new(changes->app, &changes->ref, 0, on_widget, changes, &changes->read);
	else
		a11y_call(changes->group, &changes->ref, IF_SELECTION, "GetSelectedChild",
			  g_variant_new("(i)", 0), "((so))", on_selected, changes);
}

static void
on_title(void *data, const char *words)
{
	seen(data, words);
}

static void
look(struct apps_changes *changes, const char *path)
{
	changes->looking = true;
	changes->ref = (struct a11y_ref){g_strdup(changes->app->bus), g_strdup(path)};
	changes->group = a11y_group_new(changes->app);
	switch (changes->kind) {
	case CHANGE_WINDOW:
	case CHANGE_SHOWING:
		apps_title_new(changes->app, &changes->ref, changes->kind == CHANGE_SHOWING,
			       on_title, changes, &changes->title);
		break;
	case CHANGE_SELECTION:
		a11y_call(changes->group, &changes->ref, A11Y_IF_ACCESSIBLE, "GetRole", NULL, "(u)",
			  on_chooser_role, changes);
		break;
	case CHANGE_FOCUS:
	case CHANGE_CHECKED:
	case CHANGE_PRESSED:
	case CHANGE_EXPANDED:
	case CHANGE_VALUE:
	case CHANGE_PROGRESS:
		apps_read_new(changes->app, &changes->ref, 0, on_widget, changes, &changes->read);
		break;
	}
}

static void
on_alarm(void *data)
{
	struct apps_changes *changes = data;
	g_autofree char *path = NULL;

	if (!changes->looking && changes_take(changes->changes, &changes->kind, &path, now()))
		look(changes, path);
	rearm(changes);
}

/* --- events --- */

/* The widget that an event names, of the same application. */
static const char *
named_by(GVariant *parameters, const char *sender)
{
	g_autoptr(GVariant) variant = g_variant_get_child_value(parameters, 3);
	g_autoptr(GVariant) value = g_variant_get_variant(variant);
	const char *bus;
	const char *path;

	if (!g_variant_is_of_type(value, G_VARIANT_TYPE("(so)")))
		return NULL;
	g_variant_get(value, "(&s&o)", &bus, &path);
	return g_str_equal(bus, sender) ? path : NULL;
}

static void
on_event(GDBusConnection *connection, const char *sender, const char *path, const char *interface,
	 const char *signal, GVariant *parameters, void *data)
{
	struct apps_changes *changes = data;
	const char *detail;
	int32_t number;

	(void)connection, (void)interface;
	if (!g_variant_is_of_type(parameters, G_VARIANT_TYPE("(siiva{sv})")))
		return;
	g_variant_get_child(parameters, 0, "&s", &detail);
	g_variant_get_child(parameters, 1, "i", &number);
	for (size_t i = 0; i < ARRAY_LENGTH(wanted); i++) {
		const char *of = path;

		if (!g_str_equal(signal, wanted[i].signal) ||
		    (wanted[i].detail && !g_str_equal(detail, wanted[i].detail)))
			continue;
		if (wanted[i].kind == CHANGE_SHOWING && number != 1)
			return;
		if (wanted[i].kind == CHANGE_FOCUS)
			of = named_by(parameters, sender);
		if (of && changes_event(changes->changes, wanted[i].kind, of, now()))
			rearm(changes);
		return;
	}
}

/* Any application's: whoever announces something wants it heard wherever the user is, and Orca says
 * it too. */
static void
on_announcement(GDBusConnection *connection, const char *sender, const char *path,
		const char *interface, const char *signal, GVariant *parameters, void *data)
{
	struct apps_changes *changes = data;
	g_autoptr(GVariant) variant = NULL;
	g_autoptr(GVariant) value = NULL;
	g_autofree char *words = NULL;

	(void)connection, (void)path, (void)interface, (void)signal;
	if (!sender || !g_variant_is_of_type(parameters, G_VARIANT_TYPE("(siiva{sv})")))
		return;
	variant = g_variant_get_child_value(parameters, 3);
	value = g_variant_get_variant(variant);
	if (!g_variant_is_of_type(value, G_VARIANT_TYPE_STRING))
		return;
	words = a11y_name_tidy(g_variant_get_string(value, NULL));
	tell_news(changes, sender, words);
}

static void
unsubscribe(struct apps_changes *changes, guint *subscription)
{
	if (*subscription != 0)
		g_dbus_connection_signal_unsubscribe(changes->connection, *subscription);
	*subscription = 0;
}

/* To what there is to be heard now, and to nothing else: it would only wake us. */
static void
subscribe(struct apps_changes *changes)
{
	unsubscribe(changes, &changes->announcements);
	for (size_t i = 0; i < ARRAY_LENGTH(wanted); i++)
		unsubscribe(changes, &changes->subscriptions[i]);
	if (!changes->on || !changes->connection)
		return;
	changes->announcements = g_dbus_connection_signal_subscribe(
	    changes->connection, NULL, IF_OBJECT, "Announcement", NULL, NULL,
	    G_DBUS_SIGNAL_FLAGS_NONE, on_announcement, changes, NULL);
	for (size_t i = 0; i < ARRAY_LENGTH(wanted) && changes->app && !changes->deaf; i++)
		changes->subscriptions[i] = g_dbus_connection_signal_subscribe(
		    changes->connection, changes->app->bus, IF_OBJECT, wanted[i].signal, NULL,
		    wanted[i].detail, G_DBUS_SIGNAL_FLAGS_NONE, on_event, changes, NULL);
}

/* --- for daemon/apps --- */

struct apps_changes *
apps_changes_new(apps_changes_tell tell, void *data)
{
	struct apps_changes *changes = g_new0(struct apps_changes, 1);

	changes->tell = tell;
	changes->data = data;
	changes->changes = changes_new();
	changes->news = news_new();
	changes->echo = apps_echo_new(tell, data);
	changes->alarm = alarm_new(on_alarm, changes);
	return changes;
}

/* What is looked at is of a window that is not in front any more. */
static void
forget_window(struct apps_changes *changes)
{
	bool joins;

	if (changes->looking)
		changes_seen(changes->changes, NULL, &joins, now());
	drop_look(changes);
	changes_window(changes->changes, NULL, now());
}

struct apps_changes *
apps_changes_free(struct apps_changes *changes)
{
	if (!changes)
		return NULL;
	apps_changes_connect(changes, NULL);
	forget_window(changes);
	alarm_free(changes->alarm);
	changes_free(changes->changes);
	news_free(changes->news);
	apps_echo_free(changes->echo);
	g_free(changes);
	return NULL;
}

void
apps_changes_enable(struct apps_changes *changes, bool on, enum echo_setting echo)
{
	apps_echo_set(changes->echo, echo);
	if (changes->on == on)
		return;
	changes->on = on;
	if (!on)
		forget_window(changes);
	else if (changes->window)
		changes_window(changes->changes, changes->window, now());
	subscribe(changes);
	rearm(changes);
}

void
apps_changes_listen(struct apps_changes *changes, bool listen)
{
	changes->deaf = !listen;
	subscribe(changes);
}

void
apps_changes_connect(struct apps_changes *changes, GDBusConnection *connection)
{
	if (!connection)
		apps_changes_window(changes, NULL, NULL);
	if (changes->connection)
		unsubscribe(changes, &changes->announcements);
	g_clear_object(&changes->connection);
	if (connection)
		changes->connection = g_object_ref(connection);
	subscribe(changes);
}

void
apps_changes_window(struct apps_changes *changes, struct a11y_app *app,
		    const struct a11y_ref *window)
{
	if (app != changes->app) {
		forget_window(changes);
		g_clear_pointer(&changes->window, g_free);
		a11y_app_unref(changes->app);
		changes->app = app ? a11y_app_ref(app) : NULL;
		subscribe(changes);
	}
	if (!app)
		apps_echo_focus(changes->echo, NULL, NULL);
	if (!app || g_strcmp0(changes->window, window->path) != 0)
		forget_window(changes);
	g_free(changes->window);
	changes->window = app ? g_strdup(window->path) : NULL;
	if (changes->window && changes->on)
		changes_window(changes->changes, changes->window, now());
	rearm(changes);
}

void
apps_changes_focus(struct apps_changes *changes, const struct a11y_ref *focus)
{
	apps_echo_focus(changes->echo, changes->app, focus);
	if (!changes->on || !changes->app || !a11y_ref_is_set(focus) ||
	    !g_str_equal(focus->bus, changes->app->bus))
		return;
	if (changes_event(changes->changes, CHANGE_FOCUS, focus->path, now()))
		rearm(changes);
}

void
apps_changes_acting(struct apps_changes *changes, bool acting)
{
	changes_acting(changes->changes, acting, now());
	rearm(changes);
}

void
apps_changes_writing(struct apps_changes *changes, bool writing)
{
	apps_echo_acting(changes->echo, writing);
}

void
apps_changes_answered(struct apps_changes *changes, const char *text)
{
	if (text)
		changes_said(changes->changes, text, now());
}

void
apps_changes_own(struct apps_changes *changes, const struct a11y_ref *ref)
{
	if (a11y_ref_is_set(ref))
		changes_own(changes->changes, ref->path, now());
}

void
apps_changes_spoken(struct apps_changes *changes, uint32_t utterance)
{
	news_ended(changes->news, utterance);
}
