/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a profile file says, before it is merged into a set, and the set as its own files see it.
 * Shared by common/profile*.c only.
 * A parsed file owns its strings and commands; a set owns everything in it.
 */
#ifndef SIDETOUCH_PROFILE_PRIVATE_H
#define SIDETOUCH_PROFILE_PRIVATE_H

#include "common/profile.h"

/* A profile of six buttons is under 2 kB; 1 MB is no profile (design of issue 2). */
#define PROFILE_SIZE_MAX ((size_t)1024 * 1024)

/* The name of the built-in profile, which a file may change but give no apps. */
#define PROFILE_DEFAULT_NAME "Default"

/* One value of a file. */
struct profile_value {
	char *text;    /* NULL: it is not there */
	unsigned line; /* that it is on */
	size_t rank; /* of a localised one: its language's place among the user's, 0 is the first */
};

struct profile_part {
	unsigned line; /* of the group's header; 0: the file has no such group */
	struct command *command;
	unsigned command_line;
	struct profile_value label;
	struct profile_value hint;
	enum profile_confirm confirm;
	unsigned confirm_line; /* 0: it is not there */
};

struct profile_file {
	struct profile_value name;  /* without a language: which profile it is */
	struct profile_value title; /* in the user's language: what it is called */
	GPtrArray *apps;            /* char *; NULL: no App key */
	unsigned app_line;
	GPtrArray *sites; /* char *, lower case; NULL: no Site key */
	unsigned site_line;
	struct profile_value inherits;
	struct profile_part parts[INPUT_COUNT]; /* by the input's index */
};

/* What the meaning of a file depends on. */
struct profile_parse_context {
	const char *const *languages; /* the user's, the first choice first, NULL-terminated */
	enum profile_layer layer;
	/* The set it will be merged into: what is there already need not be said again. */
	const struct profile_set *set; /* NULL: none */
};

/* Parse a file's text. Every problem is reported, as "NAME:LINE: ..."; NULL when there was one. */
struct profile_file *profile_parse(const char *name, const char *text, size_t size,
				   const struct profile_parse_context *context,
				   profile_problem_fn *problem, void *data);
struct profile_file *profile_file_free(struct profile_file *file);

/* --- the set --- */

struct profile {
	char *name;
	char *title;
	const char *inherits; /* owned by origin's file; NULL: nothing */
	struct profile_origin inherits_origin;
	struct profile_origin made_by;
	struct profile_binding *bindings[INPUT_COUNT]; /* NULL: somebody else's */
	GPtrArray *apps;
	GPtrArray *sites;
};

struct profile_pattern {
	GPatternSpec *spec;
	struct profile *profile;
};

struct profile_set {
	struct profile *fallback;
	GPtrArray *profiles;
	GHashTable *by_name;
	GHashTable *by_id;
	GArray *patterns;    /* of ids; the last one that matches wins */
	GHashTable *by_host; /* char * -> GPtrArray of struct profile *, the last one wins */
	GArray *host_patterns;
	GStringChunk *strings; /* files' names and the like, each once */
};

/* The profile of this name, or NULL. */
struct profile *profile_set_named(const struct profile_set *set, const char *name);
/*
 * Whether a profile keeps its bindings when this file is merged into it: what an app in a sandbox
 * made for itself must not count for the other apps that the file names.
 */
bool profile_keeps(const struct profile *profile, const struct profile_file *file);
/* Who this profile is for, in place of whom it was for. */
void profile_set_apps(struct profile_set *set, struct profile *profile, const GPtrArray *apps);
void profile_set_sites(struct profile_set *set, struct profile *profile, const GPtrArray *sites);
/* A pattern's array element, let go. */
void profile_pattern_clear(void *data);

extern const char profile_default_text[];

#endif
