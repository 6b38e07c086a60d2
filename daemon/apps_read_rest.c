/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a widget is asked once its role, name and length are known: its label, what it shows, its
 * text, and what its kind has besides.
 * Part of reading a widget: apps_read.c calls it, and its head has the order.
 */
#include "daemon/apps_read_private.h"

#include <math.h>

#include "daemon/a11y_roles.h"
#include "daemon/a11y_text.h"
#include "daemon/a11y_words.h"

/* at-spi2-core's number. */
enum { ROLE_TERMINAL = 60 };

static void
on_text(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_read *read = data;

	if (reply == A11Y_REPLY_OK)
		read->widget.text = a11y_text_take(body);
	apps_read_take(read, reply);
}

static void
ask_text(struct apps_read *read)
{
	read->waiting++;
	a11y_get_text(read->group, &read->ref, read->from,
		      MIN(read->length, read->from + APPS_READ_CHARACTERS), on_text, read);
}

static void
on_letter(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_read *read = data;

	apps_shown_letter(&read->shown, reply, body);
	apps_read_take(read, reply);
}

static void
on_word(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_read *read = data;

	apps_shown_word(&read->shown, reply, body);
	apps_read_take(read, reply);
}

static void
on_label(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_read *read = data;

	if (reply == A11Y_REPLY_OK) {
		g_free(read->widget.name);
		read->widget.name = a11y_name_tidy(g_variant_get_string(body, NULL));
	}
	apps_read_take(read, reply);
}

static void
ask_label(struct apps_read *read)
{
	a11y_get(read->group, &read->label, A11Y_IF_ACCESSIBLE, "Name", "s", on_label, read);
}

static void
on_percent(void *data, double percent)
{
	struct apps_read *read = data;

	read->widget.has_percent = percent >= 0;
	read->widget.percent = percent;
	apps_read_take(read, A11Y_REPLY_OK);
}

static void
on_count(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_read *read = data;

	if (reply == A11Y_REPLY_OK)
		read->widget.count = (unsigned)MAX(g_variant_get_int32(body), 0);
	apps_read_take(read, reply);
}

static void
on_parent_role(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_read *read = data;
	uint32_t role;

	if (reply == A11Y_REPLY_OK) {
		g_variant_get(body, "(u)", &role);
		read->counts = a11y_role_counts(role);
	}
	apps_read_take(read, reply);
}

static bool
is_nameless(const struct apps_read *read)
{
	const char *name = read->widget.name;

	return !name || name[0] == '\0' || a11y_name_is_class(name);
}

static void
on_inside(void *data, enum a11y_reply reply, const char *words)
{
	struct apps_read *read = data;

	if (words[0] != '\0') {
		g_free(read->widget.name);
		read->widget.name = a11y_name_tidy(words);
		g_clear_pointer(&read->raw_name, g_free); /* its languages are not of this */
	}
	apps_read_take(read, reply);
}

static void
on_choice(void *data, enum a11y_reply reply, const char *name)
{
	struct apps_read *read = data;

	read->widget.text = g_strdup(name);
	apps_read_take(read, reply);
}

static void
on_holder(void *data, enum a11y_reply reply, const struct a11y_ref *box)
{
	struct apps_read *read = data;

	read->waiting = 1;
	if (box)
		apps_read_instead(read, box);
	else
		apps_read_take(read, reply);
}

/* A terminal shows what it shows. */
static bool
is_written_in(const struct apps_read *read)
{
	return (a11y_role_is_entry(read->widget.role) && read->widget.role != ROLE_TERMINAL) ||
	       a11y_state_has(read->widget.states, A11Y_STATE_EDITABLE);
}

void
apps_read_rest(struct apps_read *read)
{
	const struct apps_widget *widget = &read->widget;
	const uint32_t role = widget->role;
	const bool hides = read->looked && apps_shown_hides(&read->shown, read->length);
	bool text = read->has_text && read->role_known &&
		    (a11y_role_is_entry(role) || a11y_role_reading(role) == A11Y_READING_TEXT ||
		     a11y_role_reading(role) == A11Y_READING_HOLDER) &&
		    !hides && !apps_widget_is_secret(role, widget->name, NULL, 0);
	bool bar = read->role_known && isfinite(widget->value) &&
		   (role == A11Y_ROLE_PROGRESS_BAR || role == A11Y_ROLE_LEVEL_BAR);
	bool choice = read->role_known && role == A11Y_ROLE_COMBO_BOX;
	/* GTK 3 and Qt call a combo box by what is chosen in it. */
	bool label = a11y_ref_is_set(&read->label) && !read->named && (is_nameless(read) || choice);
	bool inside = !label && is_nameless(read) && read->role_known &&
		      a11y_role_reading(role) == A11Y_READING_ENTRY;
	bool place =
	    a11y_ref_is_set(&read->parent) && read->index >= 0 && a11y_role_is_counted(role);

	if ((role == A11Y_ROLE_TOGGLE_BUTTON || role == A11Y_ROLE_PUSH_BUTTON) &&
	    is_nameless(read) && a11y_ref_is_set(&read->parent) && !read->holder) {
		read->holder = apps_holder_new(read->app, &read->parent, on_holder, read);
		return;
	}
	if (text && label && a11y_role_is_entry(role)) {
		read->named = true;
		read->waiting = 1;
		ask_label(read);
		return;
	}
	if (text && !read->looked && is_written_in(read)) {
		read->looked = true;
		read->waiting = 2;
		apps_shown_ask(read->group, &read->ref, on_letter, on_word, read);
		return;
	}
	read->widget.secret = hides;
	read->second = true;
	read->waiting =
	    (size_t)label + (size_t)inside + (size_t)choice + (size_t)bar + 2 * (size_t)place;
	if (read->waiting == 0 && !text) {
		read->waiting = 1;
		apps_read_take(read, A11Y_REPLY_OK);
		return;
	}
	if (text)
		ask_text(read);
	if (bar)
		read->bar = apps_bar_new(read->app, &read->ref, widget->value, on_percent, read);
	if (label)
		ask_label(read);
	if (inside)
		read->inside = apps_inside_new(read->app, &read->ref, on_inside, read);
	if (choice)
		read->choice = apps_choice_new(read->app, &read->ref, on_choice, read);
	if (place) {
		read->widget.position = (unsigned)read->index + 1;
		a11y_get(read->group, &read->parent, A11Y_IF_ACCESSIBLE, "ChildCount", "i",
			 on_count, read);
		a11y_call(read->group, &read->parent, A11Y_IF_ACCESSIBLE, "GetRole", NULL, "(u)",
			  on_parent_role, read);
	}
}
