/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `sidetouchctl profile diff` and `export`: what the user's own files change, and a profile with
 * all its layers as one file. Called by ctl/profile. Owns nothing between calls.
 */
#include <stdio.h>
#include <string.h>

#include "common/profile_edit.h"
#include "common/profile_schema.h"
#include "ctl/json.h"
#include "ctl/profile.h"

#include "common/i18n.h"

static void
no_matter(void *data, const char *problem)
{
	(void)data;
	(void)problem;
}

static struct profile_set *
load_others(const struct profile_verb *verb)
{
	struct profile_set *set = profile_set_new();

	for (guint i = 0; i < verb->folders->len; i++) {
		const struct profile_folder *folder =
		    &g_array_index(verb->folders, struct profile_folder, i);

		if (folder->layer != PROFILE_LAYER_USER)
			profile_folders_add(set, folder->path, folder->layer, no_matter, NULL);
	}
	return set;
}

/* --- diff --- */

struct diff {
	bool json;
	GString *out;
	unsigned count;
};

static void
differ(struct diff *diff, struct input input, const char *key, const char *before, const char *now)
{
	if (g_strcmp0(before, now) == 0)
		return;
	if (!diff->json) {
		printf(_("%s %s: %s instead of %s\n"), input_to_str(input), key,
		       now ? now : _("nothing"), before ? before : _("nothing"));
	} else {
		g_string_append(diff->out, diff->count > 0 ? ",{\"input\":" : "{\"input\":");
		json_append_string(diff->out, input_to_str(input));
		g_string_append_printf(diff->out, ",\"key\":\"%s\",\"before\":", key);
		before ? json_append_string(diff->out, before)
		       : (void)g_string_append(diff->out, "null");
		g_string_append(diff->out, ",\"now\":");
		now ? json_append_string(diff->out, now) : (void)g_string_append(diff->out, "null");
		g_string_append_c(diff->out, '}');
	}
	diff->count++;
}

static void
differ_binding(struct diff *diff, struct input input, const struct profile_binding *before,
	       const struct profile_binding *now)
{
	differ(diff, input, "Command", before ? before->command->text : NULL,
	       now ? now->command->text : NULL);
	differ(diff, input, "Label", before ? before->label : NULL, now ? now->label : NULL);
	differ(diff, input, "Confirm", before ? profile_schema_confirms[before->confirm] : NULL,
	       now ? profile_schema_confirms[now->confirm] : NULL);
	differ(diff, input, "Hint", before ? before->hint : NULL, now ? now->hint : NULL);
}

enum profile_exit
profile_diff(struct profile_verb *verb)
{
	struct profile_set *set = profile_load_all(verb), *others = load_others(verb);
	const struct profile *now = profile_need(set, verb->argv[0]);
	const struct profile *before = profile_set_find(others, verb->argv[0]);
	g_autoptr(GString) out = g_string_new("{\"changes\":[");
	struct diff diff = {verb->json, out, 0};

	for (unsigned i = 0; now && i < INPUT_COUNT; i++)
		differ_binding(&diff, (struct input){i},
			       before ? profile_own_binding(before, (struct input){i}) : NULL,
			       profile_own_binding(now, (struct input){i}));
	if (now && verb->json)
		printf("%s]}\n", out->str);
	else if (now && diff.count == 0)
		puts(_("You have changed nothing."));
	profile_set_free(set);
	profile_set_free(others);
	return now ? PROFILE_EXIT_DONE : PROFILE_EXIT_FAILED;
}

/* --- export --- */

static void
append_text(GString *out, const char *key, const char *text)
{
	g_auto(GStrv) parts = g_strsplit(text, "\\", -1);
	g_autofree char *escaped = g_strjoinv("\\\\", parts);

	g_string_append_printf(out, "%s=%s\n", key, escaped);
}

static void
append_list(GString *out, const char *key, const GPtrArray *list)
{
	if (list->len == 0)
		return;
	g_string_append_printf(out, "%s=", key);
	for (guint i = 0; i < list->len; i++)
		g_string_append_printf(out, "%s%s", i > 0 ? ";" : "",
				       (const char *)g_ptr_array_index(list, i));
	g_string_append_c(out, '\n');
}

static void
append_part(GString *out, struct input input, const struct profile_binding *binding)
{
	if (!binding)
		return;
	g_string_append_printf(out, "\n[%s]\nCommand=%s\n", input_to_str(input),
			       binding->command->text);
	if (binding->label_origin.file)
		append_text(out, "Label", binding->label);
	if (binding->confirm_origin.file)
		append_text(out, "Confirm", profile_schema_confirms[binding->confirm]);
	if (binding->hint)
		append_text(out, "Hint", binding->hint);
}

static void
note_file(GHashTable *files, const struct profile_origin *origin)
{
	if (origin->file)
		g_hash_table_add(files, (char *)origin->file);
}

/* The one file that a profile is written in; NULL when there are several, or it is built in. */
static const char *
only_file(const struct profile *profile)
{
	g_autoptr(GHashTable) files = g_hash_table_new(g_str_hash, g_str_equal);
	GHashTableIter iter;
	void *file = NULL;

	note_file(files, profile_made_by(profile));
	for (unsigned i = 0; i < INPUT_COUNT; i++) {
		const struct profile_binding *binding =
		    profile_own_binding(profile, (struct input){i});

		if (!binding)
			continue;
		note_file(files, &binding->command_origin);
		note_file(files, &binding->label_origin);
		note_file(files, &binding->confirm_origin);
		note_file(files, &binding->hint_origin);
	}
	if (g_hash_table_size(files) != 1 || profile_layer(profile) == PROFILE_LAYER_BUILT_IN)
		return NULL;
	g_hash_table_iter_init(&iter, files);
	g_hash_table_iter_next(&iter, &file, NULL);
	return file;
}

/* With comments and all languages, when nothing has to be put together. */
static void
take_file(GString *out, const char *path)
{
	g_autofree char *text = NULL;

	if (path && g_file_get_contents(path, &text, NULL, NULL))
		g_string_assign(out, text);
}

/* {"text":"[Profile]..."}, or where it is: {"file":"..."} */
static void
print_export(const char *key, const char *value)
{
	g_autoptr(GString) out = g_string_new(NULL);

	g_string_append_printf(out, "{\"%s\":", key);
	json_append_string(out, value);
	printf("%s}\n", out->str);
}

enum profile_exit
profile_export(struct profile_verb *verb)
{
	struct profile_set *set = profile_load_all(verb);
	const struct profile *profile = profile_need(set, verb->argv[0]);
	g_autoptr(GString) out = g_string_new("[Profile]\n");
	g_autofree char *reason = NULL;

	if (!profile) {
		profile_set_free(set);
		return PROFILE_EXIT_FAILED;
	}
	append_text(out, "Name", profile_name(profile));
	append_list(out, "App", profile_apps(profile));
	append_list(out, "Site", profile_sites(profile));
	if (profile_inherits(profile))
		append_text(out, "Inherits", profile_inherits(profile));
	for (unsigned i = 0; i < INPUT_COUNT; i++)
		append_part(out, (struct input){i},
			    profile_own_binding(profile, (struct input){i}));
	take_file(out, only_file(profile));
	profile_set_free(set);
	if (verb->output && profile_edit_write(verb->output, out->str, &reason) < 0)
		return profile_fail("%s", reason);
	if (verb->json)
		print_export(verb->output ? "file" : "text",
			     verb->output ? verb->output : out->str);
	else if (!verb->output)
		fputs(out->str, stdout);
	return PROFILE_EXIT_DONE;
}
