/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What may stand where a usage line of `sidetouchctl profile` says PROFILE, BUTTON, KEY, VALUE, APP
 * or FILE. Called by ctl/profile while a command line is completed.
 * Owns nothing between calls.
 */
#include <string.h>

#include "common/profile_schema.h"
#include "ctl/completion.h"
#include "ctl/profile.h"

#include "common/i18n.h"

#define BUTTON_AT 1 /* in PROFILE BUTTON KEY VALUE */
#define KEY_AT    2

static void
complete_profile(const struct profile_verb *verb)
{
	struct profile_set *set = profile_load_all(verb);

	for (size_t i = 0; i < profile_set_count(set); i++) {
		const struct profile *profile = profile_set_get(set, i);

		completion_word(profile_name(profile), profile_title(profile));
	}
	profile_set_free(set);
}

static void
complete_app(const struct profile_verb *verb)
{
	struct profile_set *set = profile_load_all(verb);

	for (size_t i = 0; i < profile_set_count(set); i++) {
		const struct profile *profile = profile_set_get(set, i);
		const GPtrArray *apps = profile_apps(profile);

		for (guint j = 0; j < apps->len; j++)
			completion_word(g_ptr_array_index(apps, j), profile_title(profile));
	}
	profile_set_free(set);
}

static void
complete_button(const struct profile_verb *verb)
{
	(void)verb;
	completion_word(PROFILE_GROUP, _("Whom the profile is for"));
	for (unsigned i = 0; i < INPUT_COUNT; i++)
		completion_word(input_to_str((struct input){i}), "");
}

static enum profile_group
group_of(const char *button)
{
	return strcmp(button, PROFILE_GROUP) == 0 ? PROFILE_GROUP_PROFILE : PROFILE_GROUP_INPUT;
}

static void
complete_key(const struct profile_verb *verb)
{
	for (int i = 0; i < PROFILE_KEY_COUNT; i++) {
		const struct profile_schema *row = profile_schema((enum profile_key)i);

		if (row->group == group_of(verb->argv[BUTTON_AT]))
			completion_word(row->name, row->help);
	}
}

static void
complete_value(const struct profile_verb *verb)
{
	enum profile_key key;

	if (!profile_schema_find(group_of(verb->argv[BUTTON_AT]), verb->argv[KEY_AT], &key))
		return;
	switch (profile_schema(key)->kind) {
	case PROFILE_VALUE_COMMAND:
		for (int i = 0; i < COMMAND_COUNT; i++)
			completion_word(command_type_to_str((enum command_type)i), "");
		break;
	case PROFILE_VALUE_CONFIRM:
		for (int i = 0; i < PROFILE_CONFIRM_COUNT; i++)
			completion_word(profile_schema_confirms[i], "");
		break;
	case PROFILE_VALUE_NAME:
		complete_profile(verb);
		break;
	case PROFILE_VALUE_APPS:
		complete_app(verb);
		break;
	case PROFILE_VALUE_TEXT:
	case PROFILE_VALUE_HOSTS:
		break;
	}
}

static void
complete_file(const struct profile_verb *verb)
{
	(void)verb;
	completion_files();
}

void
profile_complete(const struct profile_verb *verb, const char *arguments)
{
	static const struct {
		const char *stands;
		void (*complete)(const struct profile_verb *verb);
	} rows[] = {
	    {"PROFILE", complete_profile}, {"BUTTON", complete_button}, {"KEY", complete_key},
	    {"VALUE", complete_value},     {"APP", complete_app},       {"FILE", complete_file},
	};
	g_auto(GStrv) words = g_strsplit_set(arguments, " []", -1);
	int at = 0;

	for (size_t i = 0; words[i]; i++) {
		bool repeats = g_str_has_suffix(words[i], "...");

		if (!words[i][0])
			continue;
		if (at++ != verb->argc && !repeats)
			continue;
		for (size_t j = 0; j < G_N_ELEMENTS(rows); j++) {
			if (g_str_has_prefix(words[i], rows[j].stands))
				rows[j].complete(verb);
		}
		return;
	}
}
