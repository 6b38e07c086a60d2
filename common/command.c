/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a parsed command is: copies, and what its row of the table says of it.
 * Called by common/profile, the daemon and the scenario runner.
 * Owns nothing; each command owns its strings.
 */
#include "common/command.h"

#include <glib.h>
#include <string.h>

#include "common/command_table.h"
#include "common/i18n.h"

const char *
command_type_to_str(enum command_type type)
{
	return command_rows[type].word;
}

const char *
command_kind_to_str(enum command_kind kind)
{
	return kind == COMMAND_KIND_ANY ? "any" : command_kind_rows[kind].word;
}

struct command *
command_copy(const struct command *command)
{
	struct command *copy;

	if (!command)
		return NULL;
	copy = g_new0(struct command, 1);
	*copy = *command;
	copy->role = g_strdup(command->role);
	copy->name = g_strdup(command->name);
	copy->description = g_strdup(command->description);
	copy->id = g_strdup(command->id);
	copy->path = g_strdup(command->path);
	copy->value = g_strdup(command->value);
	copy->words = g_strdupv(command->words);
	copy->text = g_strdup(command->text);
	return copy;
}

struct command *
command_free(struct command *command)
{
	if (!command)
		return NULL;
	g_free(command->role);
	g_free(command->name);
	g_free(command->description);
	g_free(command->id);
	g_free(command->path);
	g_free(command->value);
	g_strfreev(command->words);
	g_free(command->text);
	g_free(command);
	return NULL;
}

bool
command_changes_things(const struct command *command)
{
	return command_rows[command->type].changes;
}

bool
command_names_widget(const struct command *command)
{
	return command->role || command->name || command->description || command->id ||
	       command->path;
}

bool
command_needs_target(const struct command *command)
{
	if (command->type == COMMAND_EMERGENCY)
		return true;
	switch (command_rows[command->type].arguments) {
	case COMMAND_TAKES_WIDGET:
	case COMMAND_TAKES_TEXT:
	case COMMAND_TAKES_ACTION:
	case COMMAND_TAKES_APP:
	case COMMAND_TAKES_PROGRAM:
	case COMMAND_TAKES_CALL:
		return true;
	case COMMAND_TAKES_NOTHING:
	case COMMAND_TAKES_KIND:
	case COMMAND_TAKES_STEP:
	case COMMAND_TAKES_KEY:
	case COMMAND_TAKES_VOICE:
	case COMMAND_TAKES_SWITCH:
	case COMMAND_TAKES_LETTERS:
	case COMMAND_TAKES_DIRECTION:
		break;
	}
	return false;
}

bool
command_is_heard(enum command_type type)
{
	return command_rows[type].heard;
}

bool
command_when_locked(enum command_type type)
{
	return type == COMMAND_TIME || type == COMMAND_STOP || type == COMMAND_BATTERY ||
	       type == COMMAND_UNLOCK || type == COMMAND_EMERGENCY ||
	       command_by(type) == COMMAND_BY_VOICE;
}

enum command_by
command_by(enum command_type type)
{
	return command_rows[type].by;
}

const char *
command_not_found(enum command_type type)
{
	return command_rows[type].not_found;
}

const char *
command_kind_not_found(enum command_kind kind)
{
	return command_kind_rows[kind].not_found;
}

const char *
command_kind_label(enum command_kind kind)
{
	return command_kind_rows[kind].label;
}

char *
command_public_text(const struct command *command)
{
	const struct command_row *row = &command_rows[command->type];
	bool writes =
	    row->arguments == COMMAND_TAKES_TEXT || row->arguments == COMMAND_TAKES_LETTERS;

	return g_strdup(writes ? row->word : command->text);
}

/* "Next heading": whole sentences, since another language turns the words around. */
static char *
kind_label(const struct command *command)
{
	const char *kind = command_kind_rows[command->kind].label;
	const char *label = command_rows[command->type].label;

	return kind ? g_strdup_printf(_("%s: %s"), _(label), _(kind)) : g_strdup(_(label));
}

static const char *const direction_labels[COMMAND_DIRECTION_COUNT] = {
    [COMMAND_UP] = N_("Scroll up"),
    [COMMAND_DOWN] = N_("Scroll down"),
    [COMMAND_LEFT] = N_("Scroll left"),
    [COMMAND_RIGHT] = N_("Scroll right"),
};

/* "quit" of app.quit, "set zoom" of win.set-zoom(2). */
static char *
action_label(const struct command *command)
{
	const char *name = strchr(command->value, '.') + 1;

	return g_strdelimit(g_strndup(name, strcspn(name, ":(")), "-", ' ');
}

static char *
words_label(const struct command *command)
{
	const char *label = command_rows[command->type].label;
	const char *word = command->words[command->type == COMMAND_DBUS ? 2 : 0];
	const char *last = strrchr(word, command->type == COMMAND_DBUS ? '.' : '/');

	return g_strdup_printf(_("%s: %s"), _(label), last ? last + 1 : word);
}

char *
command_default_label(const struct command *command)
{
	const struct command_row *row = &command_rows[command->type];

	switch (row->arguments) {
	case COMMAND_TAKES_WIDGET:
	case COMMAND_TAKES_TEXT: /* never the text: it may be a password */
		if (command->name && command->type == COMMAND_ACTIVATE)
			return g_strdup(command->name);
		if (command->name)
			return g_strdup_printf(_("%s: %s"), _(row->label), command->name);
		if (command->role)
			return g_strdup_printf(_("%s %s"), _(row->label), _(command->role));
		break;
	case COMMAND_TAKES_KIND:
		return kind_label(command);
	case COMMAND_TAKES_STEP:
		if (command->step == COMMAND_STEP_NEXT)
			return g_strdup_printf(_("Next: %s"), _(row->label));
		if (command->step == COMMAND_STEP_PREVIOUS)
			return g_strdup_printf(_("Previous: %s"), _(row->label));
		break;
	case COMMAND_TAKES_KEY:
		return g_strdup(command->text + strlen(row->word) + 1);
	case COMMAND_TAKES_VOICE:
		return g_strdup_printf(_("Voice %s %s"), command->name, command->value);
	case COMMAND_TAKES_ACTION:
		return action_label(command);
	case COMMAND_TAKES_APP:
		return g_strdup_printf(_("%s: %s"), _(row->label), command->value);
	case COMMAND_TAKES_PROGRAM:
	case COMMAND_TAKES_CALL:
		return words_label(command);
	case COMMAND_TAKES_DIRECTION:
		return g_strdup(_(direction_labels[command->direction]));
	case COMMAND_TAKES_NOTHING:
	case COMMAND_TAKES_SWITCH:
	case COMMAND_TAKES_LETTERS: /* never what is typed */
		break;
	}
	return g_strdup(_(row->label));
}
