/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which profiles count in an app and on a site, and what each input does there: the site's, what
 * that inherits, the app's, what that inherits, the default one. Found by id and host in one
 * look-up, by a pattern only when none matches; put together once, when the app comes in front.
 * Called by the daemon and sidetouchctl. Owns nothing that is not its set's.
 */
#include <string.h>

#include "common/i18n.h"
#include "common/profile_private.h"
#include "common/profile_rules.h"
#include "common/profile_values.h"

/* Nobody has ten profiles one below the other; what goes deeper goes in a circle. */
#define CHAIN_MAX 16

struct chain {
	const struct profile *profiles[CHAIN_MAX];
	/* Which layer brought each in: that of an Inherits on the way to it which is not the
	 * user's, else the user's own. */
	enum profile_layer by[CHAIN_MAX];
	size_t count;
};

void
profile_pattern_clear(void *data)
{
	struct profile_pattern *pattern = data;

	g_pattern_spec_free(pattern->spec);
}

static bool
is_pattern(const char *text)
{
	return strpbrk(text, "*?") != NULL;
}

static void
add_pattern(GArray *patterns, const char *text, struct profile *profile)
{
	struct profile_pattern pattern = {g_pattern_spec_new(text), profile};

	g_array_append_val(patterns, pattern);
}

static void
forget_patterns(GArray *patterns, const struct profile *profile)
{
	for (guint i = patterns->len; i-- > 0;) {
		if (g_array_index(patterns, struct profile_pattern, i).profile == profile)
			g_array_remove_index(patterns, i);
	}
}

void
profile_set_apps(struct profile_set *set, struct profile *profile, const GPtrArray *apps)
{
	for (guint i = 0; i < profile->apps->len; i++) {
		const char *id = g_ptr_array_index(profile->apps, i);

		if (g_hash_table_lookup(set->by_id, id) == profile)
			g_hash_table_remove(set->by_id, id);
	}
	if (profile->apps->len > 0)
		forget_patterns(set->patterns, profile);
	g_ptr_array_set_size(profile->apps, 0);
	for (guint i = 0; i < apps->len; i++) {
		char *id = g_strdup(g_ptr_array_index(apps, i));

		g_ptr_array_add(profile->apps, id);
		if (is_pattern(id))
			add_pattern(set->patterns, id, profile);
		else
			g_hash_table_replace(set->by_id, g_strdup(id), profile);
	}
}

void
profile_set_sites(struct profile_set *set, struct profile *profile, const GPtrArray *sites)
{
	for (guint i = 0; i < profile->sites->len; i++) {
		GPtrArray *there =
		    g_hash_table_lookup(set->by_host, g_ptr_array_index(profile->sites, i));

		if (there)
			g_ptr_array_remove(there, profile);
	}
	if (profile->sites->len > 0)
		forget_patterns(set->host_patterns, profile);
	g_ptr_array_set_size(profile->sites, 0);
	for (guint i = 0; i < sites->len; i++) {
		char *host = g_strdup(g_ptr_array_index(sites, i));
		GPtrArray *there = g_hash_table_lookup(set->by_host, host);

		g_ptr_array_add(profile->sites, host);
		if (is_pattern(host)) {
			add_pattern(set->host_patterns, host, profile);
			continue;
		}
		if (!there) {
			there = g_ptr_array_new();
			g_hash_table_insert(set->by_host, g_strdup(host), there);
		}
		g_ptr_array_add(there, profile);
	}
}

static bool
has_app(const struct profile *profile, const char *const *app_ids)
{
	for (guint i = 0; i < profile->apps->len; i++) {
		const char *wanted = g_ptr_array_index(profile->apps, i);

		for (const char *const *id = app_ids; *id; id++) {
			if (is_pattern(wanted) ? g_pattern_match_simple(wanted, *id)
					       : strcmp(wanted, *id) == 0)
				return true;
		}
	}
	return false;
}

/* A profile with a site counts there only; with apps too, only in those. */
static bool
is_for_app(const struct profile *profile)
{
	return profile->sites->len == 0;
}

static const struct profile *
find_app(const struct profile_set *set, const char *const *app_ids)
{
	for (const char *const *id = app_ids; *id; id++) {
		const struct profile *profile = g_hash_table_lookup(set->by_id, *id);

		if (profile && is_for_app(profile))
			return profile;
	}
	for (const char *const *id = app_ids; *id; id++) {
		for (guint i = set->patterns->len; i-- > 0;) {
			const struct profile_pattern *pattern =
			    &g_array_index(set->patterns, struct profile_pattern, i);

			if (is_for_app(pattern->profile) &&
			    g_pattern_spec_match_string(pattern->spec, *id))
				return pattern->profile;
		}
	}
	return NULL;
}

static bool
fits_app(const struct profile *profile, const char *const *app_ids)
{
	return profile->apps->len == 0 || has_app(profile, app_ids);
}

static const struct profile *
find_site(const struct profile_set *set, const char *const *app_ids, const char *site)
{
	g_autofree char *host = site ? profile_values_host_of(site) : NULL;
	const GPtrArray *there = host ? g_hash_table_lookup(set->by_host, host) : NULL;

	for (guint i = there ? there->len : 0; i-- > 0;) {
		if (fits_app(g_ptr_array_index(there, i), app_ids))
			return g_ptr_array_index(there, i);
	}
	for (guint i = host ? set->host_patterns->len : 0; i-- > 0;) {
		const struct profile_pattern *pattern =
		    &g_array_index(set->host_patterns, struct profile_pattern, i);

		if (g_pattern_spec_match_string(pattern->spec, host) &&
		    fits_app(pattern->profile, app_ids))
			return pattern->profile;
	}
	return NULL;
}

static bool
is_in(const struct chain *chain, const struct profile *profile)
{
	for (size_t i = 0; i < chain->count; i++) {
		if (chain->profiles[i] == profile)
			return true;
	}
	return false;
}

/* The profile and what it inherits; false when that ends in nothing or goes in a circle. */
static bool
append(struct chain *chain, const struct profile_set *set, const struct profile *profile)
{
	enum profile_layer by = PROFILE_LAYER_USER;

	while (profile) {
		if (is_in(chain, profile) || chain->count == CHAIN_MAX)
			return false;
		chain->by[chain->count] = by;
		chain->profiles[chain->count++] = profile;
		if (!profile->inherits)
			return true;
		if (profile->inherits_origin.layer != PROFILE_LAYER_USER)
			by = profile->inherits_origin.layer;
		profile = profile_set_named(set, profile->inherits);
	}
	return false;
}

/* What the user's own profile may do, a profile that inherits it may not do by that. */
static bool
may_have(enum profile_layer by, const struct profile_binding *binding)
{
	g_autofree char *reason = NULL;

	return !binding || by == PROFILE_LAYER_USER || !binding->command ||
	       profile_layer_may_run(by, binding->command->text, &reason);
}

static void
put_together(const struct profile_set *set, struct chain *chain, struct profile_view *out)
{
	/* The last place is the default's, however deep the rest is. */
	if (!is_in(chain, set->fallback)) {
		if (chain->count == CHAIN_MAX)
			chain->count--;
		chain->by[chain->count] = PROFILE_LAYER_USER;
		chain->profiles[chain->count++] = set->fallback;
	}
	*out = (struct profile_view){.profile = chain->profiles[0]};
	for (size_t i = 0; i < chain->count; i++) {
		for (unsigned input = 0; input < INPUT_COUNT; input++) {
			const struct profile_binding *binding = chain->profiles[i]->bindings[input];

			if (!out->bindings[input] && may_have(chain->by[i], binding))
				out->bindings[input] = binding;
		}
	}
}

void
profile_set_view(const struct profile_set *set, const char *const *app_ids, const char *site,
		 struct profile_view *out)
{
	struct chain chain = {.count = 0};

	append(&chain, set, find_site(set, app_ids, site));
	append(&chain, set, find_app(set, app_ids));
	put_together(set, &chain, out);
}

void
profile_set_view_of(const struct profile_set *set, const struct profile *profile,
		    struct profile_view *out)
{
	struct chain chain = {.count = 0};

	append(&chain, set, profile);
	put_together(set, &chain, out);
}

/* What is wrong with what a profile inherits; NULL: nothing. */
static char *
inheritance_problem(const struct profile_set *set, const struct profile *profile, const char *where)
{
	struct chain chain = {.count = 0};
	const struct profile *last;

	if (!profile_set_named(set, profile->inherits))
		return g_strdup_printf(
		    _("%s: Inherits has '%s', but there is no profile of that Name"), where,
		    profile->inherits);
	if (append(&chain, set, profile))
		return NULL;
	last = chain.profiles[chain.count - 1];
	if (last->inherits && strcmp(last->inherits, profile->name) == 0)
		return g_strdup_printf(
		    _("%s: '%s' inherits from itself, by way of '%s'; take Inherits out"), where,
		    profile->name, profile->inherits);
	if (chain.count == CHAIN_MAX)
		return g_strdup_printf(_("%s: '%s' inherits through more than %d profiles"), where,
				       profile->name, CHAIN_MAX);
	return NULL; /* it is another's mistake, and told there */
}

void
profile_set_check(const struct profile_set *set, profile_problem_fn *problem, void *data)
{
	for (guint i = 0; i < set->profiles->len; i++) {
		const struct profile *profile = g_ptr_array_index(set->profiles, i);
		g_autofree char *sentence = NULL, *where = NULL;

		if (!profile->inherits)
			continue;
		where = profile_origin_to_str(&profile->inherits_origin);
		sentence = inheritance_problem(set, profile, where);
		if (sentence)
			problem(data, sentence);
	}
}
