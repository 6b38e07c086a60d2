/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The values of a profile's keys: texts with their escapes, lists of apps and hosts, comments where
 * none may be.
 * Called by common/profile_parse and by `sidetouchctl profile set`.
 * Owns nothing; what is returned is the caller's.
 */
#ifndef SIDETOUCH_PROFILE_VALUES_H
#define SIDETOUCH_PROFILE_VALUES_H

#include <glib.h>
#include <stdbool.h>

#include "common/profile_rules.h"
#include "common/profile_schema.h"

/* A text without its escapes, or NULL with *reason. */
char *profile_values_text(enum profile_key key, const char *raw, char **reason);

/* One entry of a list as it is kept, allocated, or NULL with *reason. */
typedef char *profile_values_entry_fn(const char *entry, char **reason);

profile_values_entry_fn profile_values_app;
profile_values_entry_fn profile_values_host;

/* The entries of key's value, added to list; false with *reason when one is wrong. */
bool profile_values_list(const char *key, const char *value, profile_values_entry_fn *entry,
			 GPtrArray *list, char **reason);

/* The host of a site as lists have it: lower case, in ASCII. NULL when it is none. */
char *profile_values_host_of(const char *host);

/* What looks like a comment at the end of a value, allocated; NULL when there is none. */
char *profile_values_comment(enum profile_key key, const char *value);

/*
 * An app in a sandbox may make profiles only for itself: the ids have to be its own, with which
 * Flatpak makes the names of all files begin that it exports. True for every other layer.
 */
bool profile_values_flatpak(enum profile_layer layer, const char *file, const GPtrArray *apps,
			    const GPtrArray *sites, char **reason);

#endif
