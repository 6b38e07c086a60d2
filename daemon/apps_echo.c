/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The typing echo: that the caret moved says only when to ask; what is in the field is asked for
 * (Text.GetText), never taken from an event, and never asked of a field for a secret.
 * daemon/apps is the only caller. Owns its questions to the field that has the focus.
 *
 *   focus --SETTLE_MS, read, it is a field--> its length and caret are known
 *   caret moved --> length and caret --other length--> secret: a key; else the text before the
 *                                      caret
 *                               '--the same length--> what is where it is now, unless a secret
 */
#include "daemon/apps_echo.h"

#include "daemon/a11y_roles.h"
#include "daemon/a11y_text.h"
#include "daemon/a11y_words.h"
#include "daemon/apps_read.h"

/* What has the focus for a shorter time nobody types into, and an app that moves its focus a
 * thousand times a second is not asked ten questions each time. A key repeats at most each 25 ms or
 * so. */
#define SETTLE_MS 20

/* What a terminal shows is not what is typed, and a spin button's number is told when it changes.
 */
enum { ROLE_SPIN_BUTTON = 52, ROLE_TERMINAL = 60 };

struct apps_echo {
	apps_echo_tell tell;
	void *data;
	enum echo_setting setting;
	struct a11y_app *app; /* NULL: nothing has the focus */
	struct a11y_ref ref;
	guint settle;           /* timer: until it is asked what that is */
	guint moved;            /* subscription */
	struct apps_read *read; /* what it is */
	struct a11y_group *group;
	bool is_field;
	bool secret;
	uint32_t role;
	char *name;
	struct echo echo;
	bool asking;
	bool again; /* the caret moved meanwhile */
	size_t waiting;
	int32_t length;
	int32_t caret;
	int32_t was;  /* the caret, before it was moved */
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
on_text(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_echo *echo = data;
	g_autofree char *before = reply == A11Y_REPLY_OK ? a11y_text_take(body) : g_strdup("");
	g_autofree char *words = NULL;

	/* Only now it may show that it hides what is typed; it does so for as long as it is there.
	 */
	if (apps_widget_is_secret(echo->role, echo->name, before, echo->caret)) {
		echo->secret = true;
		echo->echo.known = false;
		tell(echo, "");
	} else if (reply == A11Y_REPLY_OK) {
		words = echo_typed(&echo->echo, echo->setting, echo->length, echo->caret, before);
	}
	if (words)
		tell(echo, words);
	asked(echo);
}

/* The text around a caret that was moved. */
static void
on_around(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_echo *echo = data;
	g_autofree char *text = reply == A11Y_REPLY_OK ? a11y_text_take(body) : g_strdup("");
	g_autofree char *words = NULL;

	if (apps_widget_is_secret(echo->role, echo->name, text, echo->length))
		echo->secret = true;
	else if (reply == A11Y_REPLY_OK)
		words = echo_moved(text, echo->from, echo->was, echo->caret);
	if (words)
		tell(echo, words);
	asked(echo);
}

static void
look_around(struct apps_echo *echo, int32_t was)
{
	echo->was = was;
	echo->from = MAX(echo->caret - ECHO_AROUND, 0);
	a11y_get_text(echo->group, &echo->ref, echo->from,
		      MIN(echo->length, echo->caret + ECHO_AROUND), on_around, echo);
}

static void
compare(struct apps_echo *echo)
{
	const struct echo before = echo->echo;

	if (before.known && before.length == echo->length && before.caret != echo->caret &&
	    !echo->secret && !echo->acting && echo->role != ROLE_SPIN_BUTTON) {
		echo->echo.caret = echo->caret;
		look_around(echo, before.caret);
		return;
	}
	if (!echo_wants(&echo->echo, echo->length, echo->caret)) {
		asked(echo);
	} else if (echo->secret) {
		echo->echo = (struct echo){true, echo->length, echo->caret};
		tell(echo, "");
		asked(echo);
	} else {
		a11y_get_text(echo->group, &echo->ref, MAX(echo->caret - ECHO_BEFORE, 0),
			      echo->caret, on_text, echo);
	}
}

static void
on_number(struct apps_echo *echo, enum a11y_reply reply, GVariant *body, int32_t *number)
{
	if (reply == A11Y_REPLY_OK)
		*number = MAX(g_variant_get_int32(body), 0);
	else
		echo->is_field = false;
	if (--echo->waiting > 0)
		return;
	if (echo->is_field)
		compare(echo);
	else
		echo->asking = false;
}

static void
on_length(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_echo *echo = data;

	on_number(echo, reply, body, &echo->length);
}

static void
on_caret(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_echo *echo = data;

	on_number(echo, reply, body, &echo->caret);
}

static void
ask(struct apps_echo *echo)
{
	echo->again = false;
	if (!echo->is_field)
		return;
	echo->asking = true;
	echo->waiting = 2;
	a11y_get_length(echo->group, &echo->ref, on_length, echo);
	a11y_get_caret(echo->group, &echo->ref, on_caret, echo);
}

static void
on_moved(GDBusConnection *connection, const char *sender, const char *path, const char *interface,
	 const char *signal, GVariant *parameters, void *data)
{
	struct apps_echo *echo = data;

	(void)connection, (void)sender, (void)path, (void)interface, (void)signal;
	(void)parameters; /* where to is asked */
	echo->again = true;
	if (!echo->asking && !echo->read)
		ask(echo);
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
	}
	echo->read = apps_read_free(echo->read);
	/* What is there now was not typed just now. */
	ask(echo);
}

static void
leave(struct apps_echo *echo)
{
	if (echo->app && echo->moved != 0)
		g_dbus_connection_signal_unsubscribe(echo->app->connection, echo->moved);
	echo->moved = 0;
	g_clear_handle_id(&echo->settle, g_source_remove);
	echo->read = apps_read_free(echo->read);
	echo->group = a11y_group_end(echo->group);
	g_clear_pointer(&echo->name, g_free);
	a11y_ref_clear(&echo->ref);
	echo->app = a11y_app_unref(echo->app);
	echo->is_field = echo->secret = echo->asking = echo->again = false;
	echo->echo.known = false;
}

static gboolean
on_settled(void *data)
{
	struct apps_echo *echo = data;

	echo->settle = 0;
	echo->group = a11y_group_new(echo->app);
	echo->moved = g_dbus_connection_signal_subscribe(
	    echo->app->connection, echo->app->bus, "org.a11y.atspi.Event.Object", "TextCaretMoved",
	    echo->ref.path, NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_moved, echo, NULL);
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
