/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The strict reading of a profile file: groups, keys and values of the GKeyFile syntax with the
 * line of each, since a blind user is told where a mistake is and GKeyFile forgets it.
 * Called by common/profile for each file; owns what it is parsing.
 */
#include <string.h>

#include "common/group_file.h"
#include "common/i18n.h"
#include "common/profile_private.h"
#include "common/profile_schema.h"
#include "common/profile_values.h"

struct parser {
	struct group_file *source;
	const struct profile_parse_context *context;
	struct profile_file *file;
	enum profile_group group;
	struct input input;
	unsigned profile_line;
};

static void
value_clear(struct profile_value *value)
{
	g_free(value->text);
}

struct profile_file *
profile_file_free(struct profile_file *file)
{
	if (!file)
		return NULL;
	value_clear(&file->name);
	value_clear(&file->title);
	value_clear(&file->inherits);
	g_clear_pointer(&file->apps, g_ptr_array_unref);
	g_clear_pointer(&file->sites, g_ptr_array_unref);
	for (size_t i = 0; i < INPUT_COUNT; i++) {
		command_free(file->parts[i].command);
		value_clear(&file->parts[i].label);
		value_clear(&file->parts[i].hint);
	}
	g_free(file);
	return NULL;
}

static void
take_group(void *data, struct group_file *source, const char *name)
{
	const char *candidates[INPUT_COUNT + 1] = {PROFILE_GROUP};
	struct parser *parser = data;
	struct input input = {0};
	g_autofree char *key = NULL;

	parser->source = source;
	parser->group = PROFILE_GROUP_UNKNOWN;
	if (!name)
		return;
	for (unsigned i = 0; i < INPUT_COUNT; i++)
		candidates[i + 1] = input_to_str((struct input){i});
	if (strcmp(name, PROFILE_GROUP) != 0 && !input_from_str(name, &input)) {
		group_file_report_unknown(source, "group", name, candidates,
					  G_N_ELEMENTS(candidates));
		return;
	}
	/* A chord's pads in the other order are the same group. */
	if (strcmp(name, PROFILE_GROUP) != 0)
		name = input_to_str(input);
	key = g_strdup_printf("[%s]", name);
	if (!group_file_first_time(source, _("the group"), key, key))
		return;
	if (strcmp(name, PROFILE_GROUP) == 0) {
		parser->group = PROFILE_GROUP_PROFILE;
		parser->profile_line = source->line;
	} else {
		parser->group = PROFILE_GROUP_INPUT;
		parser->input = input;
		parser->file->parts[input.index].line = source->line;
	}
}

static void
take_list(struct parser *parser, enum profile_key key, const char *value, GPtrArray **list)
{
	g_autofree char *reason = NULL;
	bool apps = key == PROFILE_KEY_APP;

	*list = g_ptr_array_new_with_free_func(g_free);
	if (!profile_values_list(profile_schema(key)->name, value,
				 apps ? profile_values_app : profile_values_host, *list, &reason))
		group_file_report(parser->source, parser->source->line, "%s", reason);
	*(apps ? &parser->file->app_line : &parser->file->site_line) = parser->source->line;
}

/* The user's first language that is there wins; a text without a language is the last resort. */
static void
take_localised(struct parser *parser, struct profile_value *slot, const char *locale,
	       const char *text)
{
	const char *const *languages = parser->context->languages;
	size_t rank = 0;

	while (locale && languages[rank] && strcmp(languages[rank], locale) != 0)
		rank++;
	if (locale && !languages[rank])
		return;
	if (!locale)
		rank = SIZE_MAX - 1;
	if (slot->text && slot->rank <= rank)
		return;
	g_free(slot->text);
	*slot = (struct profile_value){g_strdup(text), parser->source->line, rank};
}

static void
take_command(struct parser *parser, const char *value)
{
	struct profile_part *part = &parser->file->parts[parser->input.index];
	g_autofree char *reason = NULL;

	if (!profile_layer_may_run(parser->context->layer, value, &reason) ||
	    command_parse(value, &part->command, &reason) < 0)
		group_file_report(parser->source, parser->source->line, "%s", reason);
}

static void
take_confirm(struct parser *parser, const char *value)
{
	struct profile_part *part = &parser->file->parts[parser->input.index];
	enum input_kind kind = input_kind(parser->input);
	size_t found = 0;

	part->confirm_line = parser->source->line;
	while (found < PROFILE_CONFIRM_COUNT && strcmp(value, profile_schema_confirms[found]) != 0)
		found++;
	if (found == PROFILE_CONFIRM_COUNT)
		group_file_report_unknown(parser->source, _("value of Confirm"), value,
					  profile_schema_confirms, PROFILE_CONFIRM_COUNT);
	else if (found == PROFILE_CONFIRM_HOLD && kind != INPUT_PRESS)
		group_file_report(parser->source, parser->source->line,
				  _("Confirm=hold is only for one button that is pressed; write "
				    "Confirm=double for [%s]"),
				  input_to_str(parser->input));
	else
		part->confirm = (enum profile_confirm)found;
}

static void
take_text(struct parser *parser, enum profile_key key, const char *locale, const char *raw)
{
	struct profile_file *file = parser->file;
	struct profile_part *part = &file->parts[parser->input.index];
	g_autofree char *reason = NULL;
	g_autofree char *text = profile_values_text(key, raw, &reason);

	if (!text) {
		group_file_report(parser->source, parser->source->line, "%s", reason);
		return;
	}
	switch (key) {
	case PROFILE_KEY_NAME:
		if (!locale)
			take_localised(parser, &file->name, NULL, text);
		take_localised(parser, &file->title, locale, text);
		return;
	case PROFILE_KEY_INHERITS:
		take_localised(parser, &file->inherits, NULL, text);
		return;
	case PROFILE_KEY_LABEL:
		take_localised(parser, &part->label, locale, text);
		return;
	case PROFILE_KEY_HINT:
		take_localised(parser, &part->hint, locale, text);
		return;
	case PROFILE_KEY_APP:
	case PROFILE_KEY_SITE:
	case PROFILE_KEY_COMMAND:
	case PROFILE_KEY_CONFIRM:
		return; /* no texts */
	}
}

static void
take_value(struct parser *parser, enum profile_key key, const char *locale, const char *value)
{
	g_autofree char *comment = profile_values_comment(key, value);

	if (comment) {
		group_file_report(parser->source, parser->source->line,
				  _("'%s' is a comment after a value; a comment needs a line of "
				    "its own"),
				  comment);
		return;
	}
	switch (profile_schema(key)->kind) {
	case PROFILE_VALUE_TEXT:
	case PROFILE_VALUE_NAME:
		take_text(parser, key, locale, value);
		return;
	case PROFILE_VALUE_APPS:
		take_list(parser, key, value, &parser->file->apps);
		return;
	case PROFILE_VALUE_HOSTS:
		take_list(parser, key, value, &parser->file->sites);
		return;
	case PROFILE_VALUE_COMMAND:
		take_command(parser, value);
		return;
	case PROFILE_VALUE_CONFIRM:
		take_confirm(parser, value);
		return;
	}
}

static void
take_known_group(struct parser *parser, const char *name, const char *locale, const char *value)
{
	const char *names[PROFILE_KEY_COUNT];
	enum profile_key key = PROFILE_KEY_COMMAND;
	enum profile_group other =
	    parser->group == PROFILE_GROUP_PROFILE ? PROFILE_GROUP_INPUT : PROFILE_GROUP_PROFILE;
	bool known = profile_schema_find(parser->group, name, &key);

	/* A key that is misspelled may be the Command, which is then not missing too. */
	if (parser->group == PROFILE_GROUP_INPUT && key == PROFILE_KEY_COMMAND)
		parser->file->parts[parser->input.index].command_line = parser->source->line;
	if (!known && profile_schema_find(other, name, &key))
		group_file_report(parser->source, parser->source->line,
				  _("the key %s belongs in %s"), name,
				  other == PROFILE_GROUP_PROFILE
				      ? _("the group [Profile]")
				      : _("the group of a button, for example [left-top]"));
	else if (!known)
		group_file_report_unknown(parser->source, "key", name, names,
					  profile_schema_names(parser->group, names));
	else if (locale && !profile_schema(key)->localised)
		group_file_report(parser->source, parser->source->line,
				  _("%s cannot have a language"), name);
	else if (group_file_check_value(parser->source, name, value))
		take_value(parser, key, locale, value);
}

/* As GKeyFile has them: letters, digits and the signs of "de_AT.UTF-8@euro"; else it would not read
 * the file. */
static bool
is_locale(const char *text)
{
	for (const char *c = text; *c != '\0'; c = g_utf8_next_char(c)) {
		if (!g_unichar_isalnum(g_utf8_get_char(c)) && !strchr("-_.@", *c))
			return false;
	}
	return text[0] != '\0';
}

/* Splits "Label[zh_CN]"; false when the brackets are wrong. */
static bool
split_locale(char *key, const char **locale)
{
	char *open = strchr(key, '[');
	size_t length = strlen(key);

	*locale = NULL;
	if (!open)
		return strchr(key, ']') == NULL;
	if (open == key || key[length - 1] != ']')
		return false;
	key[length - 1] = '\0';
	*open = '\0';
	*locale = open + 1;
	return is_locale(open + 1);
}

static void
take_key(void *data, struct group_file *source, char *key, const char *value)
{
	struct parser *parser = data;
	g_autofree char *whole = g_strdup(key), *id = NULL;
	const char *locale;

	parser->source = source;
	if (!split_locale(key, &locale)) {
		group_file_report(parser->source, source->line,
				  _("'%s' has wrong brackets, write for example Label[de]"), whole);
		return;
	}
	switch (parser->group) {
	case PROFILE_GROUP_UNKNOWN:
		return;
	case PROFILE_GROUP_NONE:
		group_file_report(parser->source, source->line,
				  _("'%s' comes before the first group, [Profile]"), whole);
		return;
	case PROFILE_GROUP_PROFILE:
	case PROFILE_GROUP_INPUT:
		id = g_strdup_printf("%s/%s",
				     parser->group == PROFILE_GROUP_PROFILE
					 ? PROFILE_GROUP
					 : input_to_str(parser->input),
				     whole);
		if (group_file_first_time(source, _("the key"), id, whole))
			take_known_group(parser, key, locale, value);
		return;
	}
}

/* Whom the profile is for. */
static void
check_profile(struct parser *parser, struct group_file *source, bool is_default, bool is_new)
{
	const struct profile_file *file = parser->file;
	bool has_app = g_hash_table_contains(source->seen, PROFILE_GROUP "/App");
	bool has_site = g_hash_table_contains(source->seen, PROFILE_GROUP "/Site");
	g_autofree char *reason = NULL;

	if (is_default && (file->apps || file->sites || file->inherits.text))
		group_file_report(source,
				  file->apps    ? file->app_line
				  : file->sites ? file->site_line
						: file->inherits.line,
				  _("the profile Default is for all other apps and cannot have %s"),
				  file->apps    ? "App"
				  : file->sites ? "Site"
						: "Inherits");
	if (is_default && !profile_layer_may_default(parser->context->layer, &reason))
		group_file_report(source, file->name.line, "%s", reason);
	if (!is_default && is_new && !has_app && !has_site)
		group_file_report(source, parser->profile_line,
				  _("[Profile] has no App, the ids of the apps it is for"));
	g_clear_pointer(&reason, g_free);
	if (!profile_values_flatpak(parser->context->layer, source->name, file->apps, file->sites,
				    &reason))
		group_file_report(source, parser->profile_line, "%s", reason);
}

static void
check_part(struct parser *parser, struct group_file *source, struct input input,
	   const struct profile *there, bool is_default)
{
	const struct profile_part *part = &parser->file->parts[input.index];
	g_autofree char *reason = NULL;

	if (part->line == 0)
		return;
	/* A part that only changes a label or the confirmation needs a command from elsewhere. */
	if (part->command_line == 0 && !(there && there->bindings[input.index]))
		group_file_report(source, part->line, _("[%s] has no Command"),
				  input_to_str(input));
	if (!profile_layer_may_bind(parser->context->layer, is_default, input, &reason))
		group_file_report(source, part->line, "%s", reason);
}

static void
check_whole(void *data, struct group_file *source)
{
	struct parser *parser = data;
	const struct profile_file *file = parser->file;
	const char *name = file->name.text;
	bool is_default = g_strcmp0(name, PROFILE_DEFAULT_NAME) == 0;
	const struct profile *there =
	    name && parser->context->set ? profile_set_named(parser->context->set, name) : NULL;
	const struct profile *keeps = there && profile_keeps(there, file) ? there : NULL;

	if (parser->profile_line == 0)
		group_file_report(source, 1, _("there is no group [Profile]"));
	else if (!g_hash_table_contains(source->seen, PROFILE_GROUP "/Name"))
		group_file_report(source, parser->profile_line, _("[Profile] has no Name"));
	if (parser->profile_line != 0)
		check_profile(parser, source, is_default, !there);
	for (unsigned i = 0; i < INPUT_COUNT; i++)
		check_part(parser, source, (struct input){i}, keeps, is_default);
}

struct profile_file *
profile_parse(const char *name, const char *text, size_t size,
	      const struct profile_parse_context *context, profile_problem_fn *problem, void *data)
{
	static const struct group_file_events events = {take_group, take_key, check_whole};
	struct parser parser = {
	    .context = context,
	    .file = g_new0(struct profile_file, 1),
	};

	if (!group_file_parse(name, text, size, &events, &parser, problem, data))
		return profile_file_free(parser.file);
	return parser.file;
}
