/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The set of profiles: the built-in default, and over it what the files say, later ones winning key
 * by key.
 * Called by the daemon, sidetouchctl and the scenario runner; the set owns everything in it.
 */
#include "common/profile.h"

#include <string.h>

#include "common/cleanup.h"
#include "common/group_file.h"
#include "common/i18n.h"
#include "common/profile_private.h"

/* Strings of a set are names of files and profiles: some thousands of 50 bytes. */
#define STRINGS_CHUNK 4096

static void
binding_free(struct profile_binding *binding)
{
	if (!binding)
		return;
	command_free(binding->command);
	g_free(binding->label);
	g_free(binding->hint);
	g_free(binding);
}

static void
clear_bindings(struct profile *profile)
{
	for (size_t i = 0; i < INPUT_COUNT; i++) {
		binding_free(profile->bindings[i]);
		profile->bindings[i] = NULL;
	}
}

static void
profile_free(void *data)
{
	struct profile *profile = data;

	clear_bindings(profile);
	g_ptr_array_unref(profile->apps);
	g_ptr_array_unref(profile->sites);
	g_free(profile->name);
	g_free(profile->title);
	g_free(profile);
}

struct profile *
profile_set_named(const struct profile_set *set, const char *name)
{
	return g_hash_table_lookup(set->by_name, name);
}

bool
profile_keeps(const struct profile *profile, const struct profile_file *file)
{
	if (profile->made_by.layer != PROFILE_LAYER_FLATPAK || (!file->apps && !file->sites))
		return true;
	return !file->sites && file->apps->len == 1 && profile->apps->len == 1 &&
	       strcmp(g_ptr_array_index(file->apps, 0), g_ptr_array_index(profile->apps, 0)) == 0;
}

static struct profile *
add_profile(struct profile_set *set, const char *name, struct profile_origin made_by)
{
	struct profile *profile = g_new0(struct profile, 1);

	profile->name = g_strdup(name);
	profile->title = g_strdup(name);
	profile->made_by = made_by;
	profile->apps = g_ptr_array_new_with_free_func(g_free);
	profile->sites = g_ptr_array_new_with_free_func(g_free);
	g_ptr_array_add(set->profiles, profile);
	g_hash_table_insert(set->by_name, profile->name, profile);
	return profile;
}

static void
take_text(char **slot, struct profile_origin *slot_origin, struct profile_value *value,
	  struct profile_origin origin)
{
	if (!value->text)
		return;
	g_free(*slot);
	*slot = steal(&value->text);
	origin.line = value->line;
	*slot_origin = origin;
}

/* Another command has its own name and needs its own confirmation. */
static void
take_command(struct profile_binding *binding, struct profile_part *part,
	     struct profile_origin origin)
{
	command_free(binding->command);
	binding->command = steal(&part->command);
	origin.line = part->command_line;
	binding->command_origin = origin;
	g_free(binding->label);
	binding->label = command_default_label(binding->command);
	binding->label_origin = (struct profile_origin){0};
	g_clear_pointer(&binding->hint, g_free);
	binding->hint_origin = (struct profile_origin){0};
	binding->confirm = command_changes_things(binding->command) ? PROFILE_CONFIRM_DOUBLE
								    : PROFILE_CONFIRM_SINGLE;
	binding->confirm_origin = (struct profile_origin){0};
}

static void
merge_part(struct profile_binding **slot, struct profile_part *part, struct profile_origin origin)
{
	struct profile_binding *binding;

	if (part->line == 0)
		return;
	/* Most inputs of most profiles are bound to nothing. */
	if (!*slot)
		*slot = g_new0(struct profile_binding, 1);
	binding = *slot;
	if (part->command)
		take_command(binding, part, origin);
	take_text(&binding->label, &binding->label_origin, &part->label, origin);
	take_text(&binding->hint, &binding->hint_origin, &part->hint, origin);
	if (part->confirm_line != 0) {
		binding->confirm = part->confirm;
		binding->confirm_origin = origin;
		binding->confirm_origin.line = part->confirm_line;
	}
}

static void
merge(struct profile_set *set, struct profile_file *file, const char *path,
      enum profile_layer layer)
{
	struct profile *profile = profile_set_named(set, file->name.text);
	struct profile_origin origin = {g_string_chunk_insert_const(set->strings, path), 0, layer};

	if (!profile)
		profile = add_profile(set, file->name.text, origin);
	else if (!profile_keeps(profile, file))
		clear_bindings(profile);
	for (unsigned i = 0; i < INPUT_COUNT; i++)
		merge_part(&profile->bindings[i], &file->parts[i], origin);
	if (file->title.text) {
		g_free(profile->title);
		profile->title = steal(&file->title.text);
	}
	if (file->apps)
		profile_set_apps(set, profile, file->apps);
	if (file->sites)
		profile_set_sites(set, profile, file->sites);
	if (file->inherits.text) {
		profile->inherits = g_string_chunk_insert_const(set->strings, file->inherits.text);
		profile->inherits_origin = origin;
		profile->inherits_origin.line = file->inherits.line;
	}
}

static void
built_in_is_wrong(void *data, const char *problem)
{
	(void)data;
	g_error("the built-in profile is wrong: %s", problem);
}

struct profile_set *
profile_set_new(void)
{
	struct profile_set *set = g_new0(struct profile_set, 1);

	set->profiles = g_ptr_array_new_with_free_func(profile_free);
	set->by_name = g_hash_table_new(g_str_hash, g_str_equal);
	set->by_id = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	set->by_host = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
					     (GDestroyNotify)g_ptr_array_unref);
	set->patterns = g_array_new(FALSE, FALSE, sizeof(struct profile_pattern));
	g_array_set_clear_func(set->patterns, profile_pattern_clear);
	set->host_patterns = g_array_new(FALSE, FALSE, sizeof(struct profile_pattern));
	g_array_set_clear_func(set->host_patterns, profile_pattern_clear);
	set->strings = g_string_chunk_new(STRINGS_CHUNK);
	profile_set_add_text(set, _("built in"), PROFILE_LAYER_BUILT_IN, profile_default_text,
			     strlen(profile_default_text), built_in_is_wrong, NULL);
	set->fallback = g_ptr_array_index(set->profiles, 0);
	return set;
}

struct profile_set *
profile_set_free(struct profile_set *set)
{
	if (!set)
		return NULL;
	g_array_unref(set->host_patterns);
	g_array_unref(set->patterns);
	g_hash_table_unref(set->by_host);
	g_hash_table_unref(set->by_id);
	g_hash_table_unref(set->by_name);
	g_ptr_array_unref(set->profiles);
	g_string_chunk_free(set->strings);
	g_free(set);
	return NULL;
}

/* A name is not to be taken from those who have it by an app that calls itself so. */
static bool
name_is_taken(const struct profile_set *set, const struct profile_file *file, const char *path,
	      enum profile_layer layer, profile_problem_fn *problem, void *data)
{
	g_autofree char *sentence = NULL;

	if (layer != PROFILE_LAYER_FLATPAK || !profile_set_named(set, file->name.text))
		return false;
	sentence = g_strdup_printf(
	    _("%s:%u: there is a profile '%s' already; an app in a sandbox cannot change it"), path,
	    file->name.line, file->name.text);
	problem(data, sentence);
	return true;
}

bool
profile_set_add_text(struct profile_set *set, const char *name, enum profile_layer layer,
		     const char *text, size_t size, profile_problem_fn *problem, void *data)
{
	const struct profile_parse_context context = {g_get_language_names(), layer, set};
	struct profile_file *file = profile_parse(name, text, size, &context, problem, data);
	bool good = file && !name_is_taken(set, file, name, layer, problem, data);

	if (good)
		merge(set, file, name, layer);
	profile_file_free(file);
	return good;
}

bool
profile_set_add_file(struct profile_set *set, const char *path, enum profile_layer layer,
		     profile_problem_fn *problem, void *data)
{
	g_autofree char *text = NULL, *reason = NULL;
	size_t size;

	if (group_file_read(path, "profile", PROFILE_SIZE_MAX, &text, &size, &reason) < 0) {
		g_autofree char *sentence = g_strdup_printf("%s:1: %s", path, reason);

		problem(data, sentence);
		return false;
	}
	return profile_set_add_text(set, path, layer, text, size, problem, data);
}

const char *
profile_name(const struct profile *profile)
{
	return profile->name;
}

const char *
profile_title(const struct profile *profile)
{
	return profile->title;
}

const GPtrArray *
profile_apps(const struct profile *profile)
{
	return profile->apps;
}

const GPtrArray *
profile_sites(const struct profile *profile)
{
	return profile->sites;
}

const char *
profile_inherits(const struct profile *profile)
{
	return profile->inherits;
}

const struct profile_origin *
profile_made_by(const struct profile *profile)
{
	return &profile->made_by;
}

enum profile_layer
profile_layer(const struct profile *profile)
{
	return profile->made_by.layer;
}

const struct profile_binding *
profile_own_binding(const struct profile *profile, struct input input)
{
	return profile->bindings[input.index];
}

char *
profile_origin_to_str(const struct profile_origin *origin)
{
	if (!origin->file)
		return g_strdup("");
	if (origin->layer == PROFILE_LAYER_BUILT_IN)
		return g_strdup(_("built in"));
	return g_strdup_printf("%s:%u", origin->file, origin->line);
}

size_t
profile_set_count(const struct profile_set *set)
{
	return set->profiles->len;
}

const struct profile *
profile_set_get(const struct profile_set *set, size_t index)
{
	return g_ptr_array_index(set->profiles, index);
}

const struct profile *
profile_set_find(const struct profile_set *set, const char *name)
{
	return profile_set_named(set, name);
}
