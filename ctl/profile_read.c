/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The verbs of `sidetouchctl profile` that only tell: one fact a line, the important one first, so
 * that it can be heard line by line; or JSON.
 * Called by ctl/profile. Owns nothing between calls.
 */
#include <gio/gio.h>
#include <stdio.h>
#include <string.h>

#include "common/profile_schema.h"
#include "ctl/daemon_call.h"
#include "ctl/json.h"
#include "ctl/profile.h"

#include "common/i18n.h"

static void
append_strings(GString *out, const GPtrArray *strings)
{
	g_string_append_c(out, '[');
	for (guint i = 0; i < strings->len; i++) {
		g_string_append(out, i > 0 ? "," : "");
		json_append_string(out, g_ptr_array_index(strings, i));
	}
	g_string_append_c(out, ']');
}

static void
append_member(GString *out, const char *name, const char *value)
{
	g_string_append_printf(out, "%s\"%s\":", g_str_has_suffix(out->str, "{") ? "" : ",", name);
	if (value)
		json_append_string(out, value);
	else
		g_string_append(out, "null");
}

static char *
join(const GPtrArray *strings)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < strings->len; i++)
		g_string_append_printf(text, "%s%s", i > 0 ? ", " : "",
				       (const char *)g_ptr_array_index(strings, i));
	return g_string_free(text, FALSE);
}

/* --- list --- */

static void
list_json(const struct profile_set *set)
{
	g_autoptr(GString) out = g_string_new("{\"profiles\":[");

	for (size_t i = 0; i < profile_set_count(set); i++) {
		const struct profile *profile = profile_set_get(set, i);

		g_string_append(out, i > 0 ? ",{" : "{");
		append_member(out, "name", profile_name(profile));
		append_member(out, "title", profile_title(profile));
		append_member(out, "layer", profile_layer_to_str(profile_layer(profile)));
		append_member(out, "inherits", profile_inherits(profile));
		g_string_append(out, ",\"apps\":");
		append_strings(out, profile_apps(profile));
		g_string_append(out, ",\"sites\":");
		append_strings(out, profile_sites(profile));
		g_string_append_c(out, '}');
	}
	printf("%s]}\n", out->str);
}

enum profile_exit
profile_list(struct profile_verb *verb)
{
	struct profile_set *set = profile_load_all(verb);

	if (verb->json)
		list_json(set);
	for (size_t i = 0; !verb->json && i < profile_set_count(set); i++) {
		const struct profile *profile = profile_set_get(set, i);
		g_autofree char *apps = join(profile_apps(profile));
		g_autofree char *sites = join(profile_sites(profile));

		printf("%s: %s%s%s%s\n", profile_name(profile),
		       apps[0] || sites[0] ? _("for ") : _("for all other apps"), apps,
		       apps[0] && sites[0] ? _(" on ") : "", sites);
	}
	profile_set_free(set);
	return PROFILE_EXIT_DONE;
}

/* --- show and which --- */

static void
append_origin(GString *out, const char *name, const struct profile_origin *origin)
{
	g_autofree char *text = origin->file ? profile_origin_to_str(origin) : NULL;

	append_member(out, name, text);
}

static void
append_binding(GString *out, struct input input, const struct profile_binding *binding)
{
	g_string_append_c(out, '{');
	append_member(out, "input", input_to_str(input));
	append_member(out, "command", binding->command->text);
	append_member(out, "label", binding->label);
	append_member(out, "confirm", profile_schema_confirms[binding->confirm]);
	append_member(out, "hint", binding->hint);
	append_member(out, "layer", profile_layer_to_str(binding->command_origin.layer));
	append_origin(out, "command-from", &binding->command_origin);
	append_origin(out, "label-from", &binding->label_origin);
	append_origin(out, "confirm-from", &binding->confirm_origin);
	append_origin(out, "hint-from", &binding->hint_origin);
	g_string_append_c(out, '}');
}

/* What the app in front says of an input by itself, as the daemon told; NULL: nothing. */
static const char *
offered_label(GVariant *offered, struct input input)
{
	const char *label = NULL;

	if (offered)
		g_variant_lookup(offered, input_to_str(input), "&s", &label);
	return label;
}

/* No file says so, and what it does is the app's affair. */
static void
append_offered(GString *out, struct input input, const char *label)
{
	g_string_append_c(out, '{');
	append_member(out, "input", input_to_str(input));
	append_member(out, "command", NULL);
	append_member(out, "label", label);
	append_member(out, "confirm", profile_schema_confirms[PROFILE_CONFIRM_DOUBLE]);
	append_member(out, "layer", profile_layer_to_str(PROFILE_LAYER_RUNNING));
	g_string_append_c(out, '}');
}

static void
view_json(const struct profile_view *view, const char *app, const char *site, GVariant *offered)
{
	g_autoptr(GString) out = g_string_new("{");
	bool first = true;

	append_member(out, "app", app);
	append_member(out, "site", site);
	append_member(out, "profile", profile_name(view->profile));
	g_string_append(out, ",\"bindings\":[");
	for (unsigned i = 0; i < INPUT_COUNT; i++) {
		const char *label = offered_label(offered, (struct input){i});

		if (!view->bindings[i] && !label)
			continue;
		g_string_append(out, first ? "" : ",");
		if (label)
			append_offered(out, (struct input){i}, label);
		else
			append_binding(out, (struct input){i}, view->bindings[i]);
		first = false;
	}
	printf("%s]}\n", out->str);
}

static void
print_other_origin(const char *what, const struct profile_origin *origin,
		   const struct profile_origin *command)
{
	g_autofree char *text = profile_origin_to_str(origin);

	if (origin->file && origin->file != command->file)
		printf(_("  %s from %s\n"), what, text);
}

static void
view_print(const struct profile_view *view, bool origins, GVariant *offered)
{
	for (unsigned i = 0; i < INPUT_COUNT; i++) {
		const struct profile_binding *binding = view->bindings[i];
		const char *label = offered_label(offered, (struct input){i});
		g_autofree char *where = NULL;

		if (label)
			printf(_("%s: %s, double, from the app itself while it runs\n"),
			       input_to_str((struct input){i}), label);
		if (label || !binding)
			continue;
		where = profile_origin_to_str(&binding->command_origin);
		printf("%s: %s, %s, %s%s%s\n", input_to_str((struct input){i}), binding->label,
		       binding->command->text, profile_schema_confirms[binding->confirm],
		       origins ? _(", from ") : "", origins ? where : "");
		if (!origins)
			continue;
		print_other_origin("label", &binding->label_origin, &binding->command_origin);
		print_other_origin("confirm", &binding->confirm_origin, &binding->command_origin);
		print_other_origin("hint", &binding->hint_origin, &binding->command_origin);
	}
}

enum profile_exit
profile_show(struct profile_verb *verb)
{
	struct profile_set *set = profile_load_all(verb);
	const struct profile *profile = profile_need(set, verb->argv[0]);
	struct profile_view view;

	if (profile) {
		profile_set_view_of(set, profile, &view);
		if (verb->json)
			view_json(&view, NULL, NULL, NULL);
		else
			view_print(&view, false, NULL);
	}
	profile_set_free(set);
	return profile ? PROFILE_EXIT_DONE : PROFILE_EXIT_FAILED;
}

/* The app in front, its site and what it offers, as the daemon knows them; false, and said, when it
 * does not. */
static bool
ask_front(char **app, char **site, GVariant **offered)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) answer = daemon_call("GetStatus", NULL, "(a{sv})", &error);
	g_autoptr(GVariant) status = NULL;

	if (!answer) {
		profile_fail(_("%s; or say which app: sidetouchctl which APP"), error->message);
		return false;
	}
	status = g_variant_get_child_value(answer, 0);
	if (!g_variant_lookup(status, "front", "s", app))
		*app = g_strdup("");
	if (!*site && !g_variant_lookup(status, "site", "s", site))
		*site = NULL;
	if (*site && (*site)[0] == '\0')
		g_clear_pointer(site, g_free);
	*offered = g_variant_lookup_value(status, "offered", G_VARIANT_TYPE_VARDICT);
	return true;
}

enum profile_exit
profile_which(struct profile_verb *verb)
{
	g_autofree char *app = verb->argc > 0 ? g_strdup(verb->argv[0]) : NULL;
	g_autofree char *site = g_strdup(verb->site);
	g_autoptr(GVariant) offered = NULL;
	struct profile_set *set;
	struct profile_view view;

	if (!app && !ask_front(&app, &site, &offered))
		return PROFILE_EXIT_FAILED;
	set = profile_load_all(verb);
	profile_set_view(set, (const char *const[]){app, NULL}, site, &view);
	if (verb->json) {
		view_json(&view, app, site, offered);
	} else {
		printf(_("In %s%s%s: profile %s\n"), app[0] ? app : _("no app"),
		       site ? _(" on ") : "", site ? site : "", profile_name(view.profile));
		view_print(&view, true, offered);
	}
	profile_set_free(set);
	return PROFILE_EXIT_DONE;
}

/* --- check --- */

static void
add_problem(void *data, const char *problem)
{
	g_ptr_array_add(data, g_strdup(problem));
}

/* Over all that is installed, so that a file may change what is below it. */
enum profile_exit
profile_check(struct profile_verb *verb)
{
	g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
	struct profile_set *set = profile_set_new();

	for (guint i = 0; i < verb->folders->len; i++) {
		const struct profile_folder *folder =
		    &g_array_index(verb->folders, struct profile_folder, i);
		g_autoptr(GPtrArray) nothing = g_ptr_array_new_with_free_func(g_free);

		if (folder->layer != PROFILE_LAYER_USER)
			profile_folders_add(set, folder->path, folder->layer, add_problem, nothing);
	}
	for (int i = 0; i < verb->argc; i++) {
		/* What it may do depends on where it is, from wherever it is asked. */
		g_autofree char *whole = g_canonicalize_filename(verb->argv[i], NULL);

		profile_set_add_file(set, verb->argv[i],
				     profile_folders_layer(verb->folders, whole), add_problem,
				     problems);
	}
	if (problems->len == 0)
		profile_set_check(set, add_problem, problems);
	profile_set_free(set);
	for (guint i = 0; i < problems->len; i++)
		fprintf(stderr, "%s\n", (const char *)g_ptr_array_index(problems, i));
	if (verb->json) {
		g_autoptr(GString) out = g_string_new("{\"problems\":");

		append_strings(out, problems);
		printf("%s}\n", out->str);
	}
	return problems->len > 0 ? PROFILE_EXIT_FAILED : PROFILE_EXIT_DONE;
}

/* --- keys --- */

static void
keys_json(void)
{
	g_autoptr(GString) out = g_string_new("{\"keys\":[");

	for (int key = 0; key < PROFILE_KEY_COUNT; key++) {
		const struct profile_schema *row = profile_schema((enum profile_key)key);

		g_string_append(out, key > 0 ? ",{" : "{");
		append_member(out, "name", row->name);
		append_member(out, "group",
			      row->group == PROFILE_GROUP_PROFILE ? "Profile" : "input");
		append_member(out, "values", row->values);
		append_member(out, "help", row->help);
		g_string_append_printf(out, ",\"localised\":%s}",
				       row->localised ? "true" : "false");
	}
	g_string_append(out, "],\"inputs\":[");
	for (unsigned i = 0; i < INPUT_COUNT; i++) {
		g_string_append(out, i > 0 ? "," : "");
		json_append_string(out, input_to_str((struct input){i}));
	}
	printf("%s]}\n", out->str);
}

enum profile_exit
profile_keys(struct profile_verb *verb)
{
	g_autoptr(GString) man = g_string_new(NULL);

	if (verb->man) {
		profile_schema_print_man(man);
		fputs(man->str, stdout);
		return PROFILE_EXIT_DONE;
	}
	if (verb->json) {
		keys_json();
		return PROFILE_EXIT_DONE;
	}
	for (int key = 0; key < PROFILE_KEY_COUNT; key++) {
		const struct profile_schema *row = profile_schema((enum profile_key)key);

		printf("%s, %s: %s. %s\n", row->name,
		       row->group == PROFILE_GROUP_PROFILE ? _("of Profile") : _("of a button"),
		       row->values, row->help);
	}
	for (unsigned i = 0; i < INPUT_COUNT; i++)
		printf("[%s]\n", input_to_str((struct input){i}));
	return PROFILE_EXIT_DONE;
}
