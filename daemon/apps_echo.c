/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The typing echo: that the caret moved says only when to ask; what is in the field is asked for
 * (Text.GetText), never taken from an event, and never asked of a field for a secret.
 * daemon/apps is the only caller. Owns its questions to the field that has the focus.
 *
 *   focus --SETTLE_MS, read, it is a field--> its length, caret and selection are known
 *   caret moved, selection changed, something deleted --> length, caret and selection:
 *     a secret of another length --> a key
 *     another length             --> the text before the caret
 *     another caret, or less after it --> the text around it
 *
 * Nothing but an event tells of what is deleted after the caret, and that event says what that was:
 * it is not heard of a field that is known to be for a secret, and of no other it is looked into.
 */
#include "daemon/apps_echo.h"

#include <string.h>

#include "daemon/a11y_roles.h"
#include "daemon/a11y_text.h"
#include "daemon/a11y_words.h"
#include "daemon/apps_read.h"
#include "daemon/apps_shown.h"

/* What has the focus for a shorter time nobody types into, and an app that moves its focus a
 * thousand times a second is not asked ten questions each time. A key repeats at most each 25 ms or
 * so. */
#define SETTLE_MS 20

/* What a terminal shows is not what is typed, and a spin button's number is told when it changes.
 */
enum { ROLE_SPIN_BUTTON = 52, ROLE_TERMINAL = 60 };

enum { SUB_MOVED, SUB_SELECTED, SUB_DELETED, SUB_COUNT };

struct apps_echo {
	apps_echo_tell tell;
	void *data;
	enum echo_setting setting;
	struct a11y_app *app; /* NULL: nothing has the focus */
	struct a11y_ref ref;
	guint settle; /* timer: until it is asked what that is */
	guint subscriptions[SUB_COUNT];
	struct apps_read *read; /* what it is */
	struct a11y_group *group;
	bool is_field;
	bool secret;
	uint32_t role;
	char *name;
	struct echo echo;
	bool asking;
	bool again; /* something changed meanwhile */
	bool deleted;
	size_t waiting;
	struct echo now;
	struct apps_shown shown;
	int32_t from; /* of the text that is asked for, its first character */
	bool acting;
};

static void ask(struct apps_echo *echo);

static void
asked(struct apps_echo *echo)
{
	echo->asking = false;
	if (echo->again)
		ask(echo);
}

static void
tell(struct apps_echo *echo, const char *text)
{
	const struct apps_told told = {.text = text, .typed = true};

	if (!echo->acting)
		echo->tell(echo->data, &told);
}

static void
unsubscribe(struct apps_echo *echo, size_t which)
{
	if (echo->app && echo->subscriptions[which] != 0)
		g_dbus_connection_signal_unsubscribe(echo->app->connection,
						     echo->subscriptions[which]);
	echo->subscriptions[which] = 0;
}

/* It is one for as long as it is there; but an asterisk may be what was typed, as in "*100#". */
static void
keep_secret(struct apps_echo *echo, bool asterisks)
{
	if (asterisks)
		return;
	echo->secret = true;
	unsubscribe(echo, SUB_DELETED);
}

static bool
is_asterisks(const char *text)
{
	return text[0] != '\0' && text[strspn(text, "*")] == '\0';
}

/* An app that does not answer in time has hidden nothing by that. */
static bool
is_lost(enum a11y_reply reply)
{
	return reply == A11Y_REPLY_LATE || reply == A11Y_REPLY_GONE;
}

static void
on_text(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_echo *echo = data;
	const struct echo before = echo->echo;
	g_autofree char *text = reply == A11Y_REPLY_OK ? a11y_text_take(body) : g_strdup("");
	g_autofree char *words = NULL;

	echo->echo = echo->now;
	if (is_lost(reply)) {
		asked(echo);
		return;
	}
	/* Only now it may show that it hides what is typed. */
	if (apps_widget_is_secret(echo->role, echo->name, text, echo->now.caret)) {
		keep_secret(echo, is_asterisks(text));
		tell(echo, "");
	} else if (reply == A11Y_REPLY_OK) {
		words = echo_typed(&before, &echo->now, echo->setting, text);
	}
	if (words)
		tell(echo, words);
	asked(echo);
}

/* The text around a caret that was moved, or after which something was deleted. */
static void
on_around(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_echo *echo = data;
	const struct echo before = echo->echo;
	const bool moved = before.length == echo->now.length;
	g_autofree char *text = reply == A11Y_REPLY_OK ? a11y_text_take(body) : g_strdup("");
	g_autofree char *words = NULL;

	echo->echo = echo->now;
	if (is_lost(reply)) {
		asked(echo);
		return;
	}
	if (apps_widget_is_secret(echo->role, echo->name, text, echo->now.length)) {
		keep_secret(echo, is_asterisks(text));
		if (!moved)
			tell(echo, "");
	} else if (reply == A11Y_REPLY_OK) {
		words = moved ? echo_moved(text, echo->from, before.caret, echo->now.caret)
			      : echo_ahead(&before, &echo->now, echo->setting, text, echo->from);
	}
	if (words)
		tell(echo, words);
	asked(echo);
}

/* Of a secret only the numbers are known. */
static void
compare_secret(struct apps_echo *echo, enum echo_change change)
{
	echo->echo = echo->now;
	if (change == ECHO_TYPED || change == ECHO_AHEAD)
		tell(echo, "");
	asked(echo);
}

/* All of it is known: say what it means, or ask for the text that it takes. */
static void
compare(struct apps_echo *echo)
{
	const enum echo_change change = echo_compare(&echo->echo, &echo->now);
	const int32_t length = echo->now.length, caret = echo->now.caret;
	const bool hides = apps_shown_hides(&echo->shown, length);
	bool around = false;

	if (hides)
		keep_secret(echo, !echo->shown.nothing && echo->shown.asterisks);
	if (echo->secret || hides) {
		compare_secret(echo, change);
		return;
	}
	switch (change) {
	case ECHO_SAME:
		break;
	case ECHO_MOVED:
		around = !echo->acting && echo->role != ROLE_SPIN_BUTTON;
		break;
	case ECHO_TYPED:
		a11y_get_text(echo->group, &echo->ref, MAX(caret - ECHO_BEFORE, 0), caret, on_text,
			      echo);
		return;
	case ECHO_AHEAD:
		around = true;
		break;
	}
	if (around) {
		echo->from = MAX(caret - ECHO_AROUND, 0);
		a11y_get_text(echo->group, &echo->ref, echo->from,
			      (int32_t)MIN((int64_t)length, (int64_t)caret + ECHO_AROUND),
			      on_around, echo);
		return;
	}
	echo->echo = echo->now;
	asked(echo);
}

static void
answered(struct apps_echo *echo)
{
	if (--echo->waiting > 0)
		return;
	if (echo->is_field)
		compare(echo);
	else
		echo->asking = false;
}

static void
on_number(struct apps_echo *echo, enum a11y_reply reply, GVariant *body, int32_t *number)
{
	if (reply == A11Y_REPLY_OK)
		*number = MAX(g_variant_get_int32(body), 0);
	else
		echo->is_field = false;
	answered(echo);
}

static void
on_length(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_echo *echo = data;

	on_number(echo, reply, body, &echo->now.length);
}

static void
on_caret(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_echo *echo = data;

	on_number(echo, reply, body, &echo->now.caret);
}

/* An error is what some say when nothing is selected. */
static void
on_selection(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_echo *echo = data;

	if (reply == A11Y_REPLY_OK)
		g_variant_get(body, "(ii)", &echo->now.start, &echo->now.end);
	answered(echo);
}

static void
on_letter(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_echo *echo = data;

	apps_shown_letter(&echo->shown, reply, body);
	answered(echo);
}

static void
on_word(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_echo *echo = data;

	apps_shown_word(&echo->shown, reply, body);
	answered(echo);
}

static void
ask(struct apps_echo *echo)
{
	echo->again = false;
	if (!echo->is_field)
		return;
	echo->asking = true;
	echo->waiting = echo->secret ? 3 : 5;
	echo->now = (struct echo){.known = true, .deleted = echo->deleted};
	echo->deleted = false;
	a11y_get_length(echo->group, &echo->ref, on_length, echo);
	a11y_get_caret(echo->group, &echo->ref, on_caret, echo);
	a11y_get_selection(echo->group, &echo->ref, on_selection, echo);
	if (!echo->secret)
		apps_shown_ask(echo->group, &echo->ref, on_letter, on_word, echo);
}

static void
on_event(GDBusConnection *connection, const char *sender, const char *path, const char *interface,
	 const char *signal, GVariant *parameters, void *data)
{
	struct apps_echo *echo = data;

	(void)connection, (void)sender, (void)path, (void)interface;
	(void)parameters; /* what changed is asked */
	echo->deleted = echo->deleted || g_str_equal(signal, "TextChanged");
	echo->again = true;
	if (!echo->asking && !echo->read)
		ask(echo);
}

static guint
subscribe(struct apps_echo *echo, const char *event, const char *detail)
{
	return g_dbus_connection_signal_subscribe(
	    echo->app->connection, echo->app->bus, "org.a11y.atspi.Event.Object", event,
	    echo->ref.path, detail, G_DBUS_SIGNAL_FLAGS_NONE, on_event, echo, NULL);
}

static void
on_read(void *data, enum a11y_reply reply, const struct apps_widget *widget)
{
	struct apps_echo *echo = data;

	if (reply == A11Y_REPLY_OK && a11y_role_is_entry(widget->role) &&
	    widget->role != ROLE_TERMINAL) {
		echo->is_field = true;
		echo->role = widget->role;
		echo->name = g_strdup(widget->name);
		echo->secret = widget->secret || widget->role == A11Y_ROLE_PASSWORD_TEXT;
		/* A number that is set anew is deleted first. */
		if (!echo->secret && echo->role != ROLE_SPIN_BUTTON)
			echo->subscriptions[SUB_DELETED] = subscribe(echo, "TextChanged", "delete");
	}
	echo->read = apps_read_free(echo->read);
	/* What is there now was not typed just now. */
	ask(echo);
}

static void
leave(struct apps_echo *echo)
{
	for (size_t i = 0; i < SUB_COUNT; i++)
		unsubscribe(echo, i);
	g_clear_handle_id(&echo->settle, g_source_remove);
	echo->read = apps_read_free(echo->read);
	echo->group = a11y_group_end(echo->group);
	g_clear_pointer(&echo->name, g_free);
	a11y_ref_clear(&echo->ref);
	echo->app = a11y_app_unref(echo->app);
	echo->is_field = echo->secret = echo->asking = echo->again = echo->deleted = false;
	echo->echo.known = false;
	echo->shown = (struct apps_shown){0};
}

static gboolean
on_settled(void *data)
{
	struct apps_echo *echo = data;

	echo->settle = 0;
	echo->group = a11y_group_new(echo->app);
	echo->subscriptions[SUB_MOVED] = subscribe(echo, "TextCaretMoved", NULL);
	echo->subscriptions[SUB_SELECTED] = subscribe(echo, "TextSelectionChanged", NULL);
	apps_read_new(echo->app, &echo->ref, 0, on_read, echo, &echo->read);
	return G_SOURCE_REMOVE;
}

static void
enter(struct apps_echo *echo, struct a11y_app *app, const struct a11y_ref *focus)
{
	echo->app = a11y_app_ref(app);
	echo->ref = a11y_ref_copy(focus);
	if (echo->setting != ECHO_NONE)
		echo->settle = g_timeout_add(SETTLE_MS, on_settled, echo);
}

struct apps_echo *
apps_echo_new(apps_echo_tell tell_it, void *data)
{
	struct apps_echo *echo = g_new0(struct apps_echo, 1);

	echo->tell = tell_it;
	echo->data = data;
	return echo;
}

struct apps_echo *
apps_echo_free(struct apps_echo *echo)
{
	if (!echo)
		return NULL;
	leave(echo);
	g_free(echo);
	return NULL;
}

void
apps_echo_set(struct apps_echo *echo, enum echo_setting setting)
{
	struct a11y_app *app = echo->app ? a11y_app_ref(echo->app) : NULL;
	struct a11y_ref ref = a11y_ref_copy(&echo->ref);

	if (setting != echo->setting) {
		echo->setting = setting;
		leave(echo);
		if (app)
			enter(echo, app, &ref);
	}
	a11y_ref_clear(&ref);
	a11y_app_unref(app);
}

void
apps_echo_focus(struct apps_echo *echo, struct a11y_app *app, const struct a11y_ref *focus)
{
	const bool is_set = app && a11y_ref_is_set(focus) && g_str_equal(focus->bus, app->bus);

	if (is_set && app == echo->app && a11y_ref_equal(focus, &echo->ref))
		return;
	leave(echo);
	if (is_set)
		enter(echo, app, focus);
}

void
apps_echo_acting(struct apps_echo *echo, bool acting)
{
	echo->acting = acting;
}
