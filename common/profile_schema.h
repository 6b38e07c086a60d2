/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a profile file may hold: its groups' keys, each with the kind of its value and what it
 * means. The one truth: the parser, `sidetouchctl profile keys`, set and completion, the man page's
 * table all come from it. Owns only a constant table.
 */
#ifndef SIDETOUCH_PROFILE_SCHEMA_H
#define SIDETOUCH_PROFILE_SCHEMA_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* The group that says whom a profile is for; every other group is named as its input is. */
#define PROFILE_GROUP "Profile"

enum profile_group {
	PROFILE_GROUP_NONE,    /* before the first header */
	PROFILE_GROUP_UNKNOWN, /* its keys are not looked at: the header was reported */
	PROFILE_GROUP_PROFILE, /* [Profile] */
	PROFILE_GROUP_INPUT,   /* [left-top], [left-top hold], [left-top + right-top], [ear tap] ...
				*/
};

enum profile_key {
	PROFILE_KEY_NAME,
	PROFILE_KEY_APP,
	PROFILE_KEY_SITE,
	PROFILE_KEY_INHERITS,
	PROFILE_KEY_COMMAND,
	PROFILE_KEY_LABEL,
	PROFILE_KEY_CONFIRM,
	PROFILE_KEY_HINT,
};
#define PROFILE_KEY_COUNT 8

enum profile_value_kind {
	PROFILE_VALUE_TEXT,  /* to be heard; \s is a blank and \\ a backslash, as in any key file */
	PROFILE_VALUE_NAME,  /* of another profile */
	PROFILE_VALUE_APPS,  /* ids with semicolons between them */
	PROFILE_VALUE_HOSTS, /* hosts with semicolons between them */
	PROFILE_VALUE_COMMAND, /* common/command.h */
	PROFILE_VALUE_CONFIRM, /* double, single or hold */
};

struct profile_schema {
	const char *name;
	enum profile_group group;
	enum profile_value_kind kind;
	bool localised;     /* Key[de]=... too */
	size_t length_max;  /* bytes; 0: whatever its kind allows */
	const char *values; /* what may stand there, in words */
	const char *help;
};

/* Never NULL for one of enum profile_key. */
const struct profile_schema *profile_schema(enum profile_key key);
/* The names of a group's keys in their order, at most PROFILE_KEY_COUNT; how many. */
size_t profile_schema_names(enum profile_group group, const char **names);
/* False, and *out untouched, when the group has no such key. */
bool profile_schema_find(enum profile_group group, const char *name, enum profile_key *out);
/* "double", "single", "hold", in the order of enum profile_confirm, as many as
 * PROFILE_CONFIRM_COUNT. */
extern const char *const profile_schema_confirms[];

/* The table as mdoc(7), for install/man/sidetouch-profile.5. */
void profile_schema_print_man(GString *out);

#endif
