/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is known of one widget, and how it is put into words: name, role, state, value, description,
 * position. Filled in by daemon/apps_read; pure.
 * One that was made owns its strings.
 */
#include "daemon/apps_widget.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#include "common/cleanup.h"
#include "common/i18n.h"
#include "daemon/a11y_roles.h"
#include "daemon/a11y_words.h"

void
apps_widget_clear(struct apps_widget *widget)
{
	g_free(widget->name);
	g_free(widget->marked);
	g_free(widget->description);
	g_free(widget->text);
	*widget = (struct apps_widget){.value = NAN};
}

const char *
apps_widget_role(uint32_t role)
{
	static const struct {
		uint32_t role;
		const char *words;
	} better[] = {
	    {A11Y_ROLE_PUSH_BUTTON, N_("button")}, {A11Y_ROLE_PASSWORD_TEXT, N_("password")},
	    {A11Y_ROLE_FRAME, N_("window")},       {A11Y_ROLE_PAGE_TAB, N_("tab")},
	    {A11Y_ROLE_ENTRY, N_("text field")},   {A11Y_ROLE_TEXT, N_("text field")},
	};

	for (size_t i = 0; i < ARRAY_LENGTH(better); i++)
		if (better[i].role == role)
			return _(better[i].words);
	return _(a11y_role_name(role));
}

/* Words that name a field for a secret, in the languages of most of its users; a toolkit's own
 * password field says so by its role in any language. */
static const char *const secret_names[] = {
    "password",   "passwort",   "passphrase",   "passcode", "pin",        "kennwort",
    "contraseña", "senha",      "mot de passe", "密码",     "密碼",       "口令",
    "пароль",     "パスワード", "비밀번호",     "hasło",    "wachtwoord", "lösenord",
};

static bool
names_a_secret(const char *name)
{
	g_autofree char *lower = g_utf8_strdown(name, -1);

	for (size_t i = 0; i < ARRAY_LENGTH(secret_names); i++) {
		const char *at = strstr(lower, secret_names[i]);
		size_t length = strlen(secret_names[i]);

		for (; at; at = strstr(at + 1, secret_names[i])) {
			/* "PIN", but not "spinning"; Chinese is written without blanks. */
			if (!g_ascii_isalpha(secret_names[i][0]) ||
			    ((at == lower || !g_ascii_isalnum(at[-1])) &&
			     !g_ascii_isalpha(at[length])))
				return true;
		}
	}
	return false;
}

static bool
is_bullet(gunichar c)
{
	/* GTK's, Qt's and the web's. */
	return c == 0x25cf || c == 0x2022 || c == 0x2217 || c == 0x26ab || c == 0x2b24;
}

bool
apps_widget_is_bullets(const char *text)
{
	size_t bullets = 0, asterisks = 0, letters = 0;

	for (const char *at = text; *at; at = g_utf8_next_char(at)) {
		if (is_bullet(g_utf8_get_char(at)))
			bullets++;
		else if (*at == '*')
			asterisks++;
		else
			letters += g_unichar_isspace(g_utf8_get_char(at)) ? 2 : 1;
	}
	return bullets > 0 ? letters <= 1 : asterisks > 0 && letters == 0;
}

bool
apps_widget_is_secret(uint32_t role, const char *name, const char *text, int length)
{
	if (role == A11Y_ROLE_PASSWORD_TEXT)
		return true;
	if (name && a11y_role_is_entry(role) && names_a_secret(name))
		return true;
	if (!text)
		return false;
	return apps_widget_is_bullets(text) || (text[0] == '\0' && length > 0);
}

/* Toolkits seldom say CHECKABLE, GTK 3 and 4 never: whether such a one is off must be heard. GTK
 * 3's expanders are toggle buttons that open. */
static uint64_t
states_to_say(const struct apps_widget *widget)
{
	uint64_t states = widget->states;

	if (a11y_role_is_on_or_off(widget->role) &&
	    !a11y_state_has(states, A11Y_STATE_EXPANDABLE) &&
	    !a11y_state_has(states, A11Y_STATE_PRESSED) &&
	    !a11y_state_has(states, A11Y_STATE_INDETERMINATE))
		states |= 1ULL << A11Y_STATE_CHECKABLE;
	return states;
}

static bool
has_value(uint32_t role)
{
	return role == A11Y_ROLE_SLIDER || role == A11Y_ROLE_SPIN_BUTTON ||
	       role == A11Y_ROLE_PROGRESS_BAR || role == A11Y_ROLE_LEVEL_BAR ||
	       role == A11Y_ROLE_DIAL || role == A11Y_ROLE_RATING || role == A11Y_ROLE_SCROLL_BAR;
}

static void
add(GString *words, const char *more)
{
	if (more[0] != '\0')
		g_string_append_printf(words, "%s%s", words->len != 0 ? ", " : "", more);
}

/* A document's own text has a blank for each widget in it. */
static bool
is_blank(const char *text)
{
	while (*text != '\0' && g_unichar_isspace(g_utf8_get_char(text)))
		text = g_utf8_next_char(text);
	return *text == '\0';
}

/* A text that is no more than that. */
static char *
plain_words(const struct apps_widget *widget, const char *best)
{
	const bool has_text = widget->text && widget->text[0] != '\0';
	const bool is_name = !has_text || strcmp(widget->text, best) == 0;
	const char *text = !is_name ? widget->text : best;

	if (is_name && widget->marked)
		text = widget->marked;

	if (text[0] == '\0' || widget->role != A11Y_ROLE_HEADING)
		return g_strdup(text);
	return g_strdup_printf("%s, %s", text, apps_widget_role(widget->role));
}

/* Unless it says no more than the name and the role do: "File menu". */
static void
add_description(GString *words, const struct apps_widget *widget, const char *best)
{
	g_autofree char *description = a11y_name_best("", widget->description);
	g_autofree char *both = g_strdup_printf("%s %s", best, apps_widget_role(widget->role));
	g_autofree char *value = g_strdup_printf("%g", widget->value);

	/* GTK 3 describes a slider by its value. */
	if (isfinite(widget->value) && g_strcmp0(value, description) == 0)
		return;
	if (g_ascii_strcasecmp(description, best) != 0 &&
	    g_ascii_strcasecmp(description, both) != 0)
		add(words, description);
}

char *
apps_widget_words(const struct apps_widget *widget)
{
	g_autofree char *best = NULL;
	g_autofree char *state_words = NULL;
	GString *words;

	/* Its name may be what is in it. */
	if (widget->role == A11Y_ROLE_PASSWORD_TEXT)
		return g_strdup(apps_widget_role(widget->role));
	best = a11y_name_best(widget->name ? widget->name : "", widget->description);
	if (a11y_role_reading(widget->role) == A11Y_READING_TEXT && !widget->secret)
		return plain_words(widget, best);
	if (best[0] == '\0' && a11y_role_reading(widget->role) == A11Y_READING_PICTURE)
		return g_strdup("");
	/* A description is not what the languages were told of. */
	words = g_string_new(widget->marked && widget->name && strcmp(best, widget->name) == 0
				 ? widget->marked
				 : best);
	add(words, apps_widget_role(widget->role));
	/* How long a password is, too, is nobody's business. */
	if (widget->secret)
		return g_string_free(words, FALSE);
	state_words = a11y_state_describe(states_to_say(widget));
	add(words, state_words);
	if (widget->has_percent) {
		g_autofree char *percent = g_strdup_printf(_("%.0f percent"), widget->percent);

		add(words, percent);
	} else if (has_value(widget->role) && isfinite(widget->value))
		g_string_append_printf(words, ", %g", widget->value);
	else if (widget->text && strcmp(widget->text, best) != 0 &&
		 (a11y_role_is_entry(widget->role) || !is_blank(widget->text)))
		add(words, widget->text);
	if (widget->description && best[0] != '\0')
		add_description(words, widget, best);
	if (widget->position != 0)
		g_string_append_printf(words, _(", %u of %u"), widget->position, widget->count);
	return g_string_free(words, FALSE);
}
