/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Parsing commands: one word, and for some of them arguments, with nothing left over.
 * Called by common/profile, the scenario runner and the fuzzer.
 * Owns nothing; each command that it returns owns its strings.
 */
#include "common/command_parse.h"
#include "common/command_table.h"

#include <errno.h>
#include <glib.h>
#include <string.h>

#include "common/cleanup.h"
#include "common/i18n.h"
#include "common/keys.h"
#include "common/suggest.h"

/* The longest accessible name seen is a paragraph of a web page; a command is not one. */
#define COMMAND_LENGTH_MAX 1000

bool
command_parse_is_blank(char c)
{
	return c == ' ' || c == '\t';
}

const char *
command_parse_skip(const char *cursor)
{
	while (command_parse_is_blank(*cursor))
		cursor++;
	return cursor;
}

char *
command_parse_word(const char **cursor)
{
	const char *start = *cursor;

	while (**cursor != '\0' && !command_parse_is_blank(**cursor))
		(*cursor)++;
	return g_strndup(start, (gsize)(*cursor - start));
}

/* After the opening quote; the escapes are \" and \\ only. */
static char *
take_quoted(const char **cursor, char **reason)
{
	g_autoptr(GString) value = g_string_new(NULL);

	for (const char *c = *cursor; *c != '\0'; c++) {
		if (*c == '"') {
			*cursor = c + 1;
			return g_string_free(steal(&value), FALSE);
		}
		if (*c == '\\' && (c[1] == '"' || c[1] == '\\')) {
			c++;
		} else if (*c == '\\') {
			*reason = g_strdup(_("unknown escape in a quoted text, write \\\" for a "
					     "quote and \\\\ for a backslash"));
			return NULL;
		}
		g_string_append_c(value, *c);
	}
	*reason = g_strdup(_("missing quote at the end of the text"));
	return NULL;
}

char *
command_parse_value(const char **cursor, char **reason)
{
	g_autofree char *word = NULL;

	if (**cursor == '"') {
		(*cursor)++;
		return take_quoted(cursor, reason);
	}
	word = command_parse_word(cursor);
	if (strchr(word, '"')) {
		*reason = g_strdup_printf(_("'%s' has a quote in the middle, put quotes around all "
					    "of it"),
					  word);
		return NULL;
	}
	return g_steal_pointer(&word);
}

char *
command_parse_unknown(const char *what, const char *word, const char *const *candidates,
		      size_t count)
{
	const char *near = suggest(word, candidates, count);

	return near ? g_strdup_printf(_("unknown %s '%s', did you mean '%s'"), what, word, near)
		    : g_strdup_printf(_("unknown %s '%s'"), what, word);
}

/* A mistake is told to whoever reads the log: not with a word of what may be a secret. */
static char *
without_words(char *reason, bool secret)
{
	if (!secret)
		return reason;
	g_free(reason);
	return g_strdup(_("'set-text' is followed by arguments and their values, each value in "
			  "quotes, for example set-text name=\"Search\" text=\"tea\""));
}

/* ARGUMENT=VALUE, each at most once and only one of those that have a slot. */
static bool
parse_arguments_of(const char *cursor, const char *const *arguments, char **const *slots,
		   size_t count, char **reason)
{
	const bool secret = strcmp(arguments[count - 1], "text") == 0;

	while (*cursor != '\0') {
		size_t length = strcspn(cursor, "= 	");
		g_autofree char *argument = g_strndup(cursor, length);
		const char *value;
		char **slot = NULL;

		for (size_t i = 0; i < count; i++)
			if (strcmp(argument, arguments[i]) == 0)
				slot = slots[i];
		if (!slot) {
			*reason = without_words(
			    command_parse_unknown("argument", argument, arguments, count), secret);
			return false;
		}
		if (cursor[length] != '=') {
			*reason = g_strdup_printf(_("'%s' needs a value, write %s=\"...\""),
						  argument, argument);
			return false;
		}
		if (*slot) {
			*reason = g_strdup_printf(_("'%s' is given twice"), argument);
			return false;
		}
		cursor += length + 1;
		value = cursor;
		*slot = command_parse_value(&cursor, reason);
		if (!*slot) {
			/* What is wrong inside of quotes is told without what is in them. */
			*reason = without_words(*reason, secret && value[0] != '"');
			return false;
		}
		/* To write nothing is to empty a field. */
		if ((*slot)[0] == '\0' && strcmp(argument, "text") != 0) {
			*reason = g_strdup_printf(_("'%s' is empty"), argument);
			return false;
		}
		if (*cursor != '\0' && !command_parse_is_blank(*cursor)) {
			*reason = without_words(
			    g_strdup_printf(_("'%s' follows the value of '%s' without a blank"),
					    cursor, argument),
			    secret);
			return false;
		}
		cursor = command_parse_skip(cursor);
	}
	return true;
}

/* Numbers with dots between them. */
static bool
check_path(const char *path, char **reason)
{
	bool number = false;

	for (const char *c = path; c && *c != '\0'; c++) {
		if (!g_ascii_isdigit(*c) && !(*c == '.' && number)) {
			number = false;
			break;
		}
		number = *c != '.';
	}
	if (!path || number)
		return true;
	*reason = g_strdup_printf(_("'%s' is no path, write numbers with dots between them, for "
				    "example path=0.2.1"),
				  path);
	return false;
}

static bool
parse_widget(struct command *command, const char *cursor, char **reason)
{
	static const char *const arguments[] = {"role", "name", "description", "id", "path"};
	char **const slots[] = {&command->role, &command->name, &command->description, &command->id,
				&command->path};

	return parse_arguments_of(cursor, arguments, slots, G_N_ELEMENTS(arguments), reason) &&
	       check_path(command->path, reason);
}

/* text=, and which widget. */
static bool
parse_text(struct command *command, const char *cursor, char **reason)
{
	static const char *const arguments[] = {"role", "name", "description",
						"id",   "path", "text"};
	char **const slots[] = {&command->role, &command->name, &command->description,
				&command->id,   &command->path, &command->value};

	if (!parse_arguments_of(cursor, arguments, slots, G_N_ELEMENTS(arguments), reason) ||
	    !check_path(command->path, reason))
		return false;
	if (command->value)
		return true;
	*reason = g_strdup(_("'set-text' needs what to write, for example set-text name=\"Search\" "
			     "text=\"tea\""));
	return false;
}

/* kind=KIND, or nothing. */
static bool
parse_kind(struct command *command, const char *cursor, char **reason)
{
	static const char *const arguments[] = {"kind"};
	const char *words[COMMAND_KIND_COUNT - 1];
	g_autofree char *kind = NULL;
	char **const slots[] = {&kind};

	if (!parse_arguments_of(cursor, arguments, slots, 1, reason))
		return false;
	for (size_t i = 1; i < COMMAND_KIND_COUNT; i++) {
		words[i - 1] = command_kind_rows[i].word;
		if (kind && strcmp(kind, words[i - 1]) == 0)
			command->kind = (enum command_kind)i;
	}
	if (!kind || command->kind != COMMAND_KIND_ANY)
		return true;
	*reason = command_parse_unknown("kind", kind, words, G_N_ELEMENTS(words));
	return false;
}

/* next, previous, or nothing. */
static void
parse_step(struct command *command, const char **cursor)
{
	static const char *const words[COMMAND_STEP_COUNT] = {
	    [COMMAND_STEP_HERE] = "here",
	    [COMMAND_STEP_NEXT] = "next",
	    [COMMAND_STEP_PREVIOUS] = "previous",
	};
	const char *after = *cursor;
	g_autofree char *word = command_parse_word(&after);

	/* What is none of them is too much, which the caller says. */
	for (size_t i = 0; i < COMMAND_STEP_COUNT; i++) {
		if (strcmp(word, words[i]) == 0) {
			command->step = (enum command_step)i;
			*cursor = after;
		}
	}
}

static bool
parse_key(struct command *command, const char **cursor, char **reason)
{
	g_autofree char *word = command_parse_word(cursor);

	if (word[0] == '\0') {
		*reason = g_strdup_printf(_("'%s' needs the name of a key, for example %s Escape"),
					  command_type_to_str(command->type),
					  command_type_to_str(command->type));
		return false;
	}
	return keys_parse(word, &command->key, &command->modifiers, reason) == 0;
}

/* SETTING VALUE; the daemon, which carries it out, knows which there are. */
static bool
parse_voice(struct command *command, const char **cursor, char **reason)
{
	command->name = command_parse_word(cursor);
	*cursor = command_parse_skip(*cursor);
	command->value = command_parse_word(cursor);
	if (command->name[0] && command->value[0])
		return true;
	*reason = g_strdup(_("'voice' needs a setting and its value, for example voice rate +20"));
	return false;
}

static bool
parse_switch(struct command *command, const char **cursor, char **reason)
{
	command->value = command_parse_word(cursor);
	if (command->value[0] == '\0')
		g_clear_pointer(&command->value, g_free);
	if (!command->value || strcmp(command->value, "on") == 0 ||
	    strcmp(command->value, "off") == 0)
		return true;
	*reason = g_strdup_printf(_("'ear' is followed by on, off or nothing, not by '%s'"),
				  command->value);
	return false;
}

static bool
parse_arguments(struct command *command, const char *cursor, char **reason)
{
	switch (command_rows[command->type].arguments) {
	case COMMAND_TAKES_NOTHING:
		break;
	case COMMAND_TAKES_WIDGET:
		return parse_widget(command, cursor, reason);
	case COMMAND_TAKES_TEXT:
		return parse_text(command, cursor, reason);
	case COMMAND_TAKES_KIND:
		return parse_kind(command, cursor, reason);
	case COMMAND_TAKES_STEP:
		parse_step(command, &cursor);
		break;
	case COMMAND_TAKES_KEY:
		if (!parse_key(command, &cursor, reason))
			return false;
		break;
	case COMMAND_TAKES_SWITCH:
		if (!parse_switch(command, &cursor, reason))
			return false;
		break;
	case COMMAND_TAKES_VOICE:
		if (!parse_voice(command, &cursor, reason))
			return false;
		break;
	case COMMAND_TAKES_ACTION:
	case COMMAND_TAKES_APP:
	case COMMAND_TAKES_LETTERS:
	case COMMAND_TAKES_PROGRAM:
	case COMMAND_TAKES_CALL:
	case COMMAND_TAKES_DIRECTION:
		if (!command_parse_beyond(command, &cursor, reason))
			return false;
		break;
	}
	cursor = command_parse_skip(cursor);
	if (*cursor != '\0') {
		*reason = g_strdup_printf(_("'%s' is too much after '%s'"), cursor,
					  command_type_to_str(command->type));
		return false;
	}
	return true;
}

/* Blanks outside quotes become one each, those at the ends none. */
static char *
fold_blanks(const char *text)
{
	GString *folded = g_string_new(NULL);
	bool quoted = false;

	for (const char *c = command_parse_skip(text); *c != '\0'; c++) {
		if (!quoted && command_parse_is_blank(*c)) {
			if (c[1] != '\0' && !command_parse_is_blank(c[1]))
				g_string_append_c(folded, ' ');
			continue;
		}
		if (quoted && *c == '\\' && c[1] != '\0')
			g_string_append_c(folded, *c++);
		else if (*c == '"')
			quoted = !quoted;
		g_string_append_c(folded, *c);
	}
	return g_string_free(folded, FALSE);
}

/*
 * The text that means the same again. What a shell or GVariant reads has quotes of its own, in
 * which and around which blanks count: it stays as it was written.
 */
static char *
text_of(const struct command *command, const char *text, const char *rest)
{
	const enum command_arguments takes = command_rows[command->type].arguments;
	g_autofree char *end = g_strchomp(g_strdup(rest));
	bool as_written = takes == COMMAND_TAKES_ACTION || takes == COMMAND_TAKES_PROGRAM ||
			  takes == COMMAND_TAKES_CALL;

	if (as_written)
		return g_strdup_printf("%s %s", command_rows[command->type].word, end);
	return fold_blanks(text);
}

static char *
check_text(const char *text)
{
	size_t length = strlen(text);

	if (length > COMMAND_LENGTH_MAX)
		return g_strdup_printf(_("the command is longer than %d bytes"),
				       COMMAND_LENGTH_MAX);
	if (!g_utf8_validate(text, (gssize)length, NULL))
		return g_strdup(_("the command is not valid UTF-8"));
	for (const char *c = text; *c != '\0'; c++) {
		if (g_ascii_iscntrl(*c) && *c != '\t')
			return g_strdup(_("the command has a control character"));
	}
	return NULL;
}

static bool
find_type(const char *word, enum command_type *out)
{
	for (size_t i = 0; i < COMMAND_COUNT; i++) {
		if (strcmp(command_rows[i].word, word) == 0) {
			*out = (enum command_type)i;
			return true;
		}
	}
	return false;
}

int
command_parse(const char *text, struct command **out, char **reason)
{
	g_autofree char *word = NULL;
	const char *words[COMMAND_COUNT];
	struct command *command;
	const char *cursor;
	enum command_type type;

	*out = NULL;
	*reason = check_text(text);
	if (*reason)
		return -EINVAL;
	cursor = command_parse_skip(text);
	word = command_parse_word(&cursor);
	if (word[0] == '\0') {
		*reason = g_strdup(_("the command is empty"));
		return -EINVAL;
	}
	if (!find_type(word, &type)) {
		for (size_t i = 0; i < COMMAND_COUNT; i++)
			words[i] = command_rows[i].word;
		*reason = command_parse_unknown("command", word, words, COMMAND_COUNT);
		return -EINVAL;
	}
	command = g_new0(struct command, 1);
	command->type = type;
	cursor = command_parse_skip(cursor);
	if (!parse_arguments(command, cursor, reason)) {
		command_free(command);
		return -EINVAL;
	}
	command->text = text_of(command, text, cursor);
	*out = command;
	return 0;
}
