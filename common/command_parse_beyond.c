/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The arguments of commands that reach beyond the widgets in front: an app's own actions, apps,
 * programs, services, letters to type, and where to scroll.
 * Called by common/command_parse; whatever can be wrong is said here, before anything is pressed.
 * Owns nothing.
 */
#include "common/command_parse.h"

#include <gio/gio.h>
#include <string.h>

#include "common/command_table.h"
#include "common/i18n.h"
#include "common/keys.h"

/* All that is left, without the blanks at its end. */
static char *
take_rest(const char **cursor)
{
	char *rest = g_strchomp(g_strdup(*cursor));

	*cursor += strlen(*cursor);
	return rest;
}

static bool
is_action(const char *text)
{
	g_autofree char *name = NULL;
	g_autoptr(GVariant) target = NULL;

	if (!g_str_has_prefix(text, "app.") && !g_str_has_prefix(text, "win."))
		return false;
	return g_action_parse_detailed_name(text, &name, &target, NULL) && strlen(name) > 4;
}

static bool
parse_action(struct command *command, const char **cursor, char **reason)
{
	command->value = take_rest(cursor);
	if (is_action(command->value))
		return true;
	*reason = g_strdup_printf(_("'action' needs an action of the app or of its window, for "
				    "example action app.quit, not '%s'"),
				  command->value);
	return false;
}

static bool
is_app_id(const char *text)
{
	if (text[0] == '\0' || text[0] == '.' || text[0] == '-')
		return false;
	for (const char *c = text; *c != '\0'; c++)
		if (!g_ascii_isalnum(*c) && !strchr("._-", *c))
			return false;
	return true;
}

static bool
parse_app(struct command *command, const char **cursor, char **reason)
{
	command->value = command_parse_word(cursor);
	if (g_str_has_suffix(command->value, ".desktop"))
		command->value[strlen(command->value) - strlen(".desktop")] = '\0';
	if (is_app_id(command->value))
		return true;
	*reason = g_strdup_printf(_("'launch' needs the id of an app, for example launch "
				    "org.gnome.Calculator, not '%s'"),
				  command->value);
	return false;
}

static bool
parse_letters(struct command *command, const char **cursor, char **reason)
{
	uint32_t key, modifiers;

	const bool quoted = **cursor == '"';

	command->value = command_parse_value(cursor, reason);
	/* A mistake is told to whoever reads the log: not with a word of what may be a secret. */
	if ((!command->value && !quoted) ||
	    (command->value && *command_parse_skip(*cursor) != '\0')) {
		g_free(*reason);
		*reason = g_strdup(
		    _("'type' is followed by one text in quotes, for example type \"hello\""));
		return false;
	}
	if (!command->value)
		return false;
	if (command->value[0] == '\0') {
		*reason = g_strdup(_("'type' needs a text, for example type \"hello\""));
		return false;
	}
	for (const char *at = command->value; *at; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);
		char letter[8] = "";

		if (keys_of_character(c, &key, &modifiers))
			continue;
		g_unichar_to_utf8(c, letter);
		*reason = g_strdup_printf(_("'type' types the keys of a US keyboard, which has no "
					    "'%s'; write a text into a field with set-text"),
					  letter);
		return false;
	}
	return true;
}

static bool
split(struct command *command, const char **cursor, const char *example, char **reason)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *rest = take_rest(cursor);

	if (g_shell_parse_argv(rest, NULL, &command->words, &error))
		return true;
	if (g_error_matches(error, G_SHELL_ERROR, G_SHELL_ERROR_EMPTY_STRING))
		*reason = g_strdup_printf(_("'%s' needs something to do, for example %s"),
					  command_type_to_str(command->type), example);
	else
		*reason = g_strdup_printf(_("'%s' has a quote that does not end"),
					  command_type_to_str(command->type));
	return false;
}

static bool
parse_program(struct command *command, const char **cursor, char **reason)
{
	if (!split(command, cursor, "run notify-send \"Hello\"", reason))
		return false;
	if (command->words[0][0] != '\0')
		return true;
	*reason = g_strdup(_("'run' has no name of a program"));
	return false;
}

static bool
is_method(const char *text)
{
	const char *dot = strrchr(text, '.');
	g_autofree char *interface = dot ? g_strndup(text, (gsize)(dot - text)) : NULL;

	return dot && g_dbus_is_interface_name(interface) && g_dbus_is_member_name(dot + 1);
}

static bool
parse_call(struct command *command, const char **cursor, char **reason)
{
	static const char example[] = "dbus org.example.Lamp /lamp org.example.Lamp.Set true";
	char **words;

	if (!split(command, cursor, example, reason))
		return false;
	words = command->words;
	if (g_strv_length(words) < 3) {
		*reason = g_strdup_printf(_("'dbus' needs a name, a path and a method, for example "
					    "%s"),
					  example);
		return false;
	}
	if (!g_dbus_is_name(words[0]))
		*reason = g_strdup_printf(_("'%s' is not the name of a D-Bus service"), words[0]);
	else if (!g_variant_is_object_path(words[1]))
		*reason = g_strdup_printf(_("'%s' is not a D-Bus path"), words[1]);
	else if (!is_method(words[2]))
		*reason =
		    g_strdup_printf(_("'%s' is not a D-Bus interface and its method"), words[2]);
	for (char **word = words + 3; *word && !*reason; word++) {
		g_autoptr(GVariant) value = g_variant_parse(NULL, *word, NULL, NULL, NULL);

		if (!value)
			*reason = g_strdup_printf(_("'%s' is not a D-Bus value; write a text as "
						    "\"'text'\" and a number as 5 or 'uint32 5'"),
						  *word);
	}
	return *reason == NULL;
}

static bool
parse_direction(struct command *command, const char **cursor, char **reason)
{
	static const char *const words[COMMAND_DIRECTION_COUNT] = {
	    [COMMAND_UP] = "up",
	    [COMMAND_DOWN] = "down",
	    [COMMAND_LEFT] = "left",
	    [COMMAND_RIGHT] = "right",
	};
	g_autofree char *word = command_parse_word(cursor);

	for (size_t i = 0; i < COMMAND_DIRECTION_COUNT; i++) {
		if (strcmp(word, words[i]) == 0) {
			command->direction = (enum command_direction)i;
			return true;
		}
	}
	*reason = g_strdup_printf(_("'scroll' is followed by up, down, left or right, not by '%s'"),
				  word);
	return false;
}

bool
command_parse_beyond(struct command *command, const char **cursor, char **reason)
{
	switch (command_rows[command->type].arguments) {
	case COMMAND_TAKES_ACTION:
		return parse_action(command, cursor, reason);
	case COMMAND_TAKES_APP:
		return parse_app(command, cursor, reason);
	case COMMAND_TAKES_LETTERS:
		return parse_letters(command, cursor, reason);
	case COMMAND_TAKES_PROGRAM:
		return parse_program(command, cursor, reason);
	case COMMAND_TAKES_CALL:
		return parse_call(command, cursor, reason);
	case COMMAND_TAKES_DIRECTION:
		return parse_direction(command, cursor, reason);
	case COMMAND_TAKES_NOTHING:
	case COMMAND_TAKES_WIDGET:
	case COMMAND_TAKES_KIND:
	case COMMAND_TAKES_STEP:
	case COMMAND_TAKES_KEY:
	case COMMAND_TAKES_VOICE:
	case COMMAND_TAKES_SWITCH:
	case COMMAND_TAKES_TEXT:
		break;
	}
	return true;
}
