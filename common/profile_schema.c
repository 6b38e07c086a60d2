/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The table of a profile's keys.
 * Called by common/profile_parse, by sidetouchctl profile, and by the test of the man page.
 * Owns nothing but the table.
 */
#include "common/profile_schema.h"

#include <string.h>

#include "common/i18n.h"

/* A label is heard at each press; 200 bytes are 15 s of speech. */
#define TEXT_MAX 200

static const struct profile_schema rows[PROFILE_KEY_COUNT] = {
    [PROFILE_KEY_NAME] = {"Name", PROFILE_GROUP_PROFILE, PROFILE_VALUE_TEXT, true, TEXT_MAX,
			  "a text",
			  "What the profile is called. Files with the same Name are one profile."},
    [PROFILE_KEY_APP] =
	{"App", PROFILE_GROUP_PROFILE, PROFILE_VALUE_APPS, false, 0,
	 "ids with semicolons between them",
	 "The apps it is for. A star stands for any letters, a question mark for one."},
    [PROFILE_KEY_SITE] = {"Site", PROFILE_GROUP_PROFILE, PROFILE_VALUE_HOSTS, false, 0,
			  "hosts with semicolons between them",
			  "The web sites it is for, in any browser or in those that App names."},
    [PROFILE_KEY_INHERITS] = {"Inherits", PROFILE_GROUP_PROFILE, PROFILE_VALUE_NAME, false,
			      TEXT_MAX, "the Name of a profile",
			      "Where the buttons come from that this profile leaves out."},
    [PROFILE_KEY_COMMAND] = {"Command", PROFILE_GROUP_INPUT, PROFILE_VALUE_COMMAND, false, 0,
			     "a command", "What the button does."},
    [PROFILE_KEY_LABEL] = {"Label", PROFILE_GROUP_INPUT, PROFILE_VALUE_TEXT, true, TEXT_MAX,
			   "a text", "What is said of it. Without one, the command's own name."},
    [PROFILE_KEY_CONFIRM] = {"Confirm", PROFILE_GROUP_INPUT, PROFILE_VALUE_CONFIRM, false, 0,
			     "double, single or hold",
			     "Whether it takes two presses, one, or a press and then a hold."},
    [PROFILE_KEY_HINT] = {"Hint", PROFILE_GROUP_INPUT, PROFILE_VALUE_TEXT, true, TEXT_MAX, "a text",
			  "More about it, said when the buttons are being learned."},
};

const char *const profile_schema_confirms[] = {"double", "single", "hold"};

const struct profile_schema *
profile_schema(enum profile_key key)
{
	return &rows[key];
}

size_t
profile_schema_names(enum profile_group group, const char **names)
{
	size_t count = 0;

	for (size_t i = 0; i < PROFILE_KEY_COUNT; i++) {
		if (rows[i].group == group)
			names[count++] = rows[i].name;
	}
	return count;
}

bool
profile_schema_find(enum profile_group group, const char *name, enum profile_key *out)
{
	for (size_t i = 0; i < PROFILE_KEY_COUNT; i++) {
		if (rows[i].group == group && strcmp(rows[i].name, name) == 0) {
			*out = (enum profile_key)i;
			return true;
		}
	}
	return false;
}

void
profile_schema_print_man(GString *out)
{
	g_string_append(out, ".Bl -tag -width Ds\n");
	for (size_t i = 0; i < PROFILE_KEY_COUNT; i++)
		g_string_append_printf(
		    out, ".It Ic %s\nIn %s: %s%s.\n%s\n", rows[i].name,
		    rows[i].group == PROFILE_GROUP_PROFILE ? "[Profile]" : "the group of a button",
		    rows[i].values, rows[i].localised ? ", in each language its own" : "",
		    rows[i].help);
	g_string_append(out, ".El\n");
}
