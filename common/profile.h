/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Profiles: which command each input has in which app or on which site. profiles/README.md
 * describes the files, common/profile_folders.h where they are. Read by the daemon, by sidetouchctl
 * and by the scenario runner. A profile set owns its profiles and bindings; a binding and a view
 * are valid while their set lives.
 */
#ifndef SIDETOUCH_PROFILE_H
#define SIDETOUCH_PROFILE_H

#include <glib.h>
#include <stdbool.h>

#include "common/command.h"
#include "common/input.h"
#include "common/profile_rules.h"

enum profile_confirm {
	PROFILE_CONFIRM_DOUBLE, /* the first press announces, the second runs */
	PROFILE_CONFIRM_SINGLE,
	PROFILE_CONFIRM_HOLD, /* the first press announces, then a hold runs */
};
#define PROFILE_CONFIRM_COUNT 3

/* Where something of a profile was written. */
struct profile_origin {
	const char *file; /* its set's; NULL: nobody wrote it */
	unsigned line;    /* 0: it is built in */
	enum profile_layer layer;
};

struct profile_binding {
	struct command *command;
	char *label; /* what is said */
	char *hint;  /* more about it; NULL: nothing */
	enum profile_confirm confirm;
	struct profile_origin command_origin;
	struct profile_origin label_origin;   /* without a file: it is the command's own name */
	struct profile_origin confirm_origin; /* without a file: it follows from the command */
	struct profile_origin hint_origin;
};

struct profile;
struct profile_set;

/* What each input does in one place: the profiles that count there, put over each other. */
struct profile_view {
	const struct profile *profile;                       /* the most particular one */
	const struct profile_binding *bindings[INPUT_COUNT]; /* NULL: nothing */
};

/* One problem in a file, said by the daemon and by sidetouchctl: "FILE:LINE: what is wrong". */
typedef void profile_problem_fn(void *data, const char *problem);

/* The built-in default profile alone. */
struct profile_set *profile_set_new(void);
struct profile_set *profile_set_free(struct profile_set *set);

/*
 * Add one file; later additions win, key by key. Each problem is reported, and a file with one is
 * left out: false.
 */
bool profile_set_add_file(struct profile_set *set, const char *path, enum profile_layer layer,
			  profile_problem_fn *problem, void *data);
/* The same for one file in memory. */
bool profile_set_add_text(struct profile_set *set, const char *name, enum profile_layer layer,
			  const char *text, size_t size, profile_problem_fn *problem, void *data);
/*
 * What can only be known when all files are there: every profile that is inherited from exists, and
 * none inherits from itself. What is wrong is reported and does not count; nothing else changes.
 */
void profile_set_check(const struct profile_set *set, profile_problem_fn *problem, void *data);

/*
 * What counts for an app known by any of these ids (NULL-terminated, the strongest first), while it
 * shows this site (a host, or NULL): the site's profile, over the app's, over the default one.
 */
void profile_set_view(const struct profile_set *set, const char *const *app_ids, const char *site,
		      struct profile_view *out);
/* The view of one profile by itself, whatever app is in front. */
void profile_set_view_of(const struct profile_set *set, const struct profile *profile,
			 struct profile_view *out);

/* What the view binds to an input; NULL for nothing, never for a press. */
static inline const struct profile_binding *
profile_view_binding(const struct profile_view *view, struct input input)
{
	return view->bindings[input.index];
}

/* Which profile it is, and what it is called in the user's language. */
const char *profile_name(const struct profile *profile);
const char *profile_title(const struct profile *profile);
/* The ids and hosts that it is for; of the default profile none. */
const GPtrArray *profile_apps(const struct profile *profile);
const GPtrArray *profile_sites(const struct profile *profile);
/* The name of the profile it inherits from; NULL: none. */
const char *profile_inherits(const struct profile *profile);
/* The file that made it, and its layer. */
const struct profile_origin *profile_made_by(const struct profile *profile);
enum profile_layer profile_layer(const struct profile *profile);
/* What its own files bind to an input, NULL for nothing. */
const struct profile_binding *profile_own_binding(const struct profile *profile,
						  struct input input);

/* "FILE:LINE", "built in", or "" when nobody wrote it. Allocated. */
char *profile_origin_to_str(const struct profile_origin *origin);

/* How many profiles there are, the default included, and each of them. */
size_t profile_set_count(const struct profile_set *set);
const struct profile *profile_set_get(const struct profile_set *set, size_t index);
/* By its name; NULL when there is none. */
const struct profile *profile_set_find(const struct profile_set *set, const char *name);

#endif
