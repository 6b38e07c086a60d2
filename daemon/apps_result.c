/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a press of ours has written into the field that has the focus. A calculator's display is
 * such a field, and nothing else says what comes out of "=" (Orca tells it after that key, too).
 * daemon/apps is the only caller. Owns its questions to that one field, and what was in it
 * before, until it is known what is in it after.
 *
 *   pressing --read, it is a field and no secret--> answered, the caret moves --SETTLE_MS--> read
 *     again --something else--> told, once
 *       '--the same--> RESULT_MS after the answer: read for the last time
 *
 * The caret need not move: after a text was put in as a whole, it stays in front of what comes
 * next (GTK 4.8). And the typing echo is silent as long as it is waited for.
 */
#include "daemon/apps_result.h"

#include <string.h>

#include "common/cleanup.h"
#include "common/i18n.h"
#include "daemon/a11y_roles.h"
#include "daemon/a11y_words.h"
#include "daemon/apps_find.h"
#include "daemon/apps_read.h"

/* A field is emptied and then written, each of which moves the caret. */
#define SETTLE_MS 100
/* After that nobody takes it for the answer to the press; longer than an effect is awaited, twice
 * (APPS_EFFECT_MS), since gnome-calculator reckons on a thread. */
#define RESULT_MS 1500
/* What a button of a keypad writes: a digit, a sign, and what groups the digits. */
#define KEY_CHARACTERS 2
/* Of the line that has become another, as of a field that gets the focus: some 10 s. */
#define LINE_CHARACTERS 160

/* What a terminal shows is not what a press wrote, and a spin button's number is told when it
 * changes. */
enum { ROLE_SPIN_BUTTON = 52, ROLE_TERMINAL = 60 };

struct apps_result {
	struct apps_result_events events;
	void *data;
	bool sought; /* in this window */
	struct apps_find *find;
	struct a11y_app *app; /* NULL: nothing is waited for */
	struct a11y_ref ref;
	guint moved;            /* subscription: its caret did */
	guint settle;           /* timer: until it is read */
	guint end;              /* timer: until it is given up */
	struct apps_read *read; /* before, or after */
	char *before;           /* NULL: not known yet */
	bool answered;
	bool last; /* read */
};

/* --- the words --- */

static size_t
common_start(const char *a, const char *b)
{
	size_t n = 0;

	while (a[n] != '\0' && a[n] == b[n])
		n++;
	/* Not inside of a character. */
	while (n > 0 && (b[n] & 0xc0) == 0x80)
		n--;
	return n;
}

static size_t
common_end(const char *a, const char *b, size_t most)
{
	const size_t a_length = strlen(a);
	const size_t b_length = strlen(b);
	size_t n = 0;

	while (n < most && a[a_length - n - 1] == b[b_length - n - 1])
		n++;
	while (n > 0 && (b[b_length - n] & 0xc0) == 0x80)
		n--;
	return n;
}

/* The line in which this byte is. Allocated. */
static char *
line_at(const char *text, size_t at)
{
	g_autofree char *line = NULL;
	const char *start = text + at;

	while (start > text && start[-1] != '\n')
		start--;
	line = g_strndup(start, strcspn(start, "\n"));
	return g_utf8_substring(line, 0, MIN(g_utf8_strlen(line, -1), LINE_CHARACTERS));
}

char *
apps_result_words(const char *before, const char *after)
{
	const size_t start = common_start(before, after);
	const size_t end = common_end(before, after, MIN(strlen(before), strlen(after)) - start);
	g_autofree char *line = NULL;

	if (strcmp(before, after) == 0)
		return NULL;
	if (start + end == strlen(before) &&
	    g_utf8_strlen(after + start, (gssize)(strlen(after) - start - end)) <= KEY_CHARACTERS)
		return NULL;
	line = line_at(after, start);
	g_strstrip(line);
	return g_strdup(line[0] != '\0' ? line : _("empty"));
}

/* --- asking --- */

static void
give_up(struct apps_result *result)
{
	const bool waited = result->app != NULL;

	if (waited)
		g_dbus_connection_signal_unsubscribe(result->app->connection, result->moved);
	result->moved = 0;
	g_clear_handle_id(&result->settle, g_source_remove);
	g_clear_handle_id(&result->end, g_source_remove);
	result->read = apps_read_free(result->read);
	g_clear_pointer(&result->before, g_free);
	a11y_ref_clear(&result->ref);
	result->app = a11y_app_unref(result->app);
	result->answered = result->last = false;
	if (waited)
		result->events.over(result->data);
}

/* What is in it; NULL: that is nobody's business, or it is no field. */
static const char *
text_of(enum a11y_reply reply, const struct apps_widget *widget)
{
	if (reply != A11Y_REPLY_OK || !a11y_role_is_entry(widget->role) || widget->secret ||
	    widget->role == A11Y_ROLE_PASSWORD_TEXT || widget->role == ROLE_TERMINAL ||
	    widget->role == ROLE_SPIN_BUTTON)
		return NULL;
	return widget->text ? widget->text : "";
}

static void
on_after(void *data, enum a11y_reply reply, const struct apps_widget *widget)
{
	struct apps_result *result = data;
	const char *text = text_of(reply, widget);
	g_autofree char *words = text ? apps_result_words(result->before, text) : NULL;
	const struct apps_told told = {.text = words, .typed = true};

	if (!text || words || result->last) {
		if (words)
			result->events.tell(result->data, &told);
		give_up(result);
		return;
	}
	result->read = apps_read_free(result->read);
}

static void
look(struct apps_result *result)
{
	result->read = apps_read_free(result->read);
	apps_read_new(result->app, &result->ref, 0, on_after, result, &result->read);
}

static gboolean
on_settled(void *data)
{
	struct apps_result *result = data;

	result->settle = 0;
	look(result);
	return G_SOURCE_REMOVE;
}

static void
settle(struct apps_result *result)
{
	if (!result->answered || !result->before || result->last)
		return;
	g_clear_handle_id(&result->settle, g_source_remove);
	result->settle = g_timeout_add(SETTLE_MS, on_settled, result);
}

static void
on_moved(GDBusConnection *connection, const char *sender, const char *path, const char *interface,
	 const char *signal, GVariant *parameters, void *data)
{
	struct apps_result *result = data;

	(void)connection, (void)sender, (void)path, (void)interface, (void)signal;
	(void)parameters; /* where to does not matter */
	settle(result);
}

static void
on_before(void *data, enum a11y_reply reply, const struct apps_widget *widget)
{
	struct apps_result *result = data;
	const char *text = text_of(reply, widget);

	if (!text) {
		give_up(result);
		return;
	}
	result->before = g_strdup(text);
	result->read = apps_read_free(result->read);
	settle(result);
}

static gboolean
on_end(void *data)
{
	struct apps_result *result = data;

	result->end = 0;
	result->last = true;
	g_clear_handle_id(&result->settle, g_source_remove);
	if (result->before)
		look(result);
	else
		give_up(result);
	return G_SOURCE_REMOVE;
}

/* --- for daemon/apps --- */

struct apps_result *
apps_result_new(const struct apps_result_events *events, void *data)
{
	struct apps_result *result = g_new0(struct apps_result, 1);

	result->events = *events;
	result->data = data;
	return result;
}

struct apps_result *
apps_result_free(struct apps_result *result)
{
	if (!result)
		return NULL;
	apps_result_drop(result);
	g_free(result);
	return NULL;
}

void
apps_result_pressing(struct apps_result *result, struct a11y_app *app, const struct a11y_ref *focus)
{
	give_up(result);
	if (!a11y_ref_is_set(focus))
		return;
	result->app = a11y_app_ref(app);
	result->ref = a11y_ref_copy(focus);
	result->moved = g_dbus_connection_signal_subscribe(
	    app->connection, app->bus, "org.a11y.atspi.Event.Object", "TextCaretMoved", focus->path,
	    NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_moved, result, NULL);
	apps_read_new(app, &result->ref, 0, on_before, result, &result->read);
}

void
apps_result_answered(struct apps_result *result)
{
	if (!result->app || result->answered)
		return;
	result->answered = true;
	result->end = g_timeout_add(RESULT_MS, on_end, result);
	settle(result);
}

void
apps_result_focus(struct apps_result *result, const struct a11y_ref *focus)
{
	if (result->app && !a11y_ref_equal(focus, &result->ref))
		give_up(result);
}

static void
on_found(void *data, enum apps_find_end end, const struct a11y_ref *ref, int action)
{
	struct apps_result *result = data;
	struct a11y_ref focus = {NULL, NULL};

	(void)action;
	if (end == APPS_FIND_FOUND)
		focus = a11y_ref_copy(ref);
	result->find = apps_find_free(result->find);
	if (a11y_ref_is_set(&focus))
		result->events.found(result->data, &focus);
	a11y_ref_clear(&focus);
}

void
apps_result_seek(struct apps_result *result, struct a11y_app *app, const struct a11y_ref *window)
{
	static const struct apps_wanted focused = {.focused = true};

	if (result->sought)
		return;
	result->sought = true;
	apps_find_new(app, window, &focused, on_found, result, &result->find);
}

void
apps_result_drop(struct apps_result *result)
{
	give_up(result);
	result->find = apps_find_free(result->find);
	result->sought = false;
}

bool
apps_result_waits(const struct apps_result *result)
{
	return result->app != NULL;
}
