/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a change is put into words.
 * Called by daemon/apps_changes.
 * Owns nothing.
 */
#include "daemon/change_words.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#include "common/i18n.h"
#include "daemon/a11y_roles.h"
#include "daemon/a11y_words.h"

/* Of a text that gets the focus, its first line, and of that what takes some 10 s to say: the rest
 * is there to be read. */
#define FOCUS_CHARACTERS 160

/* AtspiRole's alert, notification and info bar. */
enum { ROLE_ALERT = 2, ROLE_RADIO_BUTTON = 44, ROLE_RADIO_ITEM = 45, ROLE_TERMINAL = 60 };
enum { ROLE_NOTIFICATION = 101, ROLE_INFO_BAR = 102 };

bool
change_words_is_alert(uint32_t role)
{
	return role == ROLE_ALERT || role == ROLE_NOTIFICATION || role == ROLE_INFO_BAR;
}

static char *
focus_words(const struct apps_widget *widget)
{
	struct apps_widget brief = *widget;
	g_autofree char *text = NULL;

	if (widget->role == ROLE_TERMINAL) {
		brief.text = NULL;
	} else if (widget->text && a11y_role_is_entry(widget->role)) {
		text = g_utf8_substring(widget->text, 0,
					MIN(g_utf8_strlen(widget->text, -1), FOCUS_CHARACTERS));
		text[strcspn(text, "\n")] = '\0';
		brief.text = text;
	}
	return apps_widget_words(&brief);
}

/* NULL: not worth a word. */
static const char *
state_words(enum change_kind kind, const struct apps_widget *widget)
{
	const uint64_t states = widget->states;

	if (kind == CHANGE_EXPANDED)
		return a11y_state_has(states, A11Y_STATE_EXPANDED) ? _("expanded") : _("collapsed");
	if (kind == CHANGE_PRESSED) {
		/* A button that is pressed and let go of is no news, one that stays down is. */
		if (a11y_state_has(states, A11Y_STATE_PRESSED))
			return _("pressed");
		return widget->role == A11Y_ROLE_TOGGLE_BUTTON ? _("not pressed") : NULL;
	}
	/* GTK 3's expanders are checked as well. */
	if (a11y_state_has(states, A11Y_STATE_EXPANDABLE))
		return NULL;
	if (a11y_state_has(states, A11Y_STATE_INDETERMINATE))
		return _("partly checked");
	if (a11y_state_has(states, A11Y_STATE_CHECKED))
		return _("checked");
	/* Of a group of radio buttons, only the one that is on now. */
	return widget->role == ROLE_RADIO_BUTTON || widget->role == ROLE_RADIO_ITEM
		   ? NULL
		   : _("not checked");
}

static char *
with_name(const struct apps_widget *widget, const char *words, bool named)
{
	g_autofree char *name =
	    a11y_name_best(widget->name ? widget->name : "", widget->description);

	return named && name[0] != '\0' ? g_strdup_printf("%s, %s", name, words) : g_strdup(words);
}

/* What was chosen in a list; in a combo box, whose it is. */
static char *
selection_words(const struct apps_widget *widget)
{
	if (widget->role != A11Y_ROLE_COMBO_BOX || !widget->text)
		return focus_words(widget);
	return with_name(widget, widget->text, g_strcmp0(widget->name, widget->text) != 0);
}

char *
change_words(enum change_kind kind, const struct apps_widget *widget, bool named)
{
	const char *words;
	g_autofree char *number = NULL;

	switch (kind) {
	case CHANGE_FOCUS:
		return focus_words(widget);
	case CHANGE_SELECTION:
		return selection_words(widget);
	case CHANGE_CHECKED:
	case CHANGE_PRESSED:
	case CHANGE_EXPANDED:
		words = state_words(kind, widget);
		return words ? with_name(widget, words, named) : NULL;
	case CHANGE_VALUE:
		/* A view that scrolls has bars that nobody is at. */
		if (!isfinite(widget->value) || widget->role == A11Y_ROLE_SCROLL_BAR)
			return NULL;
		number = g_strdup_printf("%g", widget->value);
		return with_name(widget, number, named);
	case CHANGE_SHOWING:
		return apps_widget_words(widget);
	case CHANGE_WINDOW:
	case CHANGE_PROGRESS:
		return NULL;
	}
	return NULL;
}

static void
add_sentence(GString *words, const char *sentence)
{
	const char last = words->len != 0 ? words->str[words->len - 1] : '.';

	if (words->len != 0)
		g_string_append(words, strchr(".?!:", last) ? " " : ". ");
	g_string_append(words, sentence);
}

char *
change_words_window(uint32_t role, const char *title, const char *text, const char *button)
{
	GString *words = g_string_new(title ? title : "");
	g_autofree char *enter =
	    button && button[0] != '\0' ? g_strdup_printf(_("Enter is %s"), button) : NULL;

	/* A window is known by being told; a dialog wants something. */
	if (a11y_role_is_dialog(role))
		g_string_append_printf(words, "%s%s", words->len != 0 ? ", " : "",
				       apps_widget_role(role));
	if (text && text[0] != '\0')
		add_sentence(words, text);
	if (enter)
		add_sentence(words, enter);
	return g_string_free(words, FALSE);
}

char *
change_words_progress(const char *name, double percent)
{
	int tens = (int)((percent + 0.01) / 10) * 10;

	if (name && name[0] != '\0')
		return g_strdup_printf(_("%s, %d percent"), name, tens);
	return g_strdup_printf(_("%d percent"), tens);
}
