/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The verbs of `sidetouchctl profile` that change something: only ever in the user's own folder,
 * only what is in order, whole or not at all. The daemon sees the change by itself. Called by
 * ctl/profile. Owns nothing between calls.
 */
#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common/group_file.h"
#include "common/profile_assign.h"
#include "common/profile_edit.h"
#include "common/profile_schema.h"
#include "common/suggest.h"
#include "ctl/json.h"
#include "ctl/profile.h"

#include "common/i18n.h"

/* As the parser's; a profile is never larger. */
#define SIZE_MAX_BYTES ((size_t)1024 * 1024)

static void
print_problem(void *data, const char *problem)
{
	(void)data;
	fprintf(stderr, "%s\n", problem);
}

static enum profile_exit
done(const struct profile_verb *verb, const char *what, const char *path)
{
	g_autoptr(GString) out = g_string_new("{\"file\":");

	json_append_string(out, path);
	if (verb->json)
		printf("%s}\n", out->str);
	else
		printf("%s %s\n", what, path);
	return PROFILE_EXIT_DONE;
}

static enum profile_exit
nothing_done(const struct profile_verb *verb)
{
	puts(verb->json ? "{\"file\":null}" : _("Nothing was changed."));
	return PROFILE_EXIT_DONE;
}

static char *
read_text(const char *path)
{
	g_autofree char *reason = NULL;
	char *text = NULL;
	size_t size;

	if (group_file_read(path, "profile", SIZE_MAX_BYTES, &text, &size, &reason) == 0)
		return text;
	profile_fail("%s %s", path, reason);
	return NULL;
}

static bool
parse_place(const char *word, struct profile_edit_place *place)
{
	const char *names[INPUT_COUNT + 1] = {PROFILE_GROUP};
	const char *near;

	*place =
	    (struct profile_edit_place){.is_profile = g_ascii_strcasecmp(word, PROFILE_GROUP) == 0};
	if (place->is_profile || input_from_str(word, &place->input))
		return true;
	for (unsigned i = 0; i < INPUT_COUNT; i++)
		names[i + 1] = input_to_str((struct input){i});
	near = suggest(word, names, G_N_ELEMENTS(names));
	profile_fail(_("unknown button '%s'%s%s"), word, near ? _(", did you mean ") : "",
		     near ? near : _("; the names are told by: sidetouchctl profile keys"));
	return false;
}

static bool
check_key(struct profile_edit_place place, const char *key)
{
	enum profile_group group = place.is_profile ? PROFILE_GROUP_PROFILE : PROFILE_GROUP_INPUT;
	g_autofree char *name = g_strndup(key, strcspn(key, "["));
	const char *names[PROFILE_KEY_COUNT];
	enum profile_key found;
	const char *near;

	if (profile_schema_find(group, name, &found)) {
		if (found != PROFILE_KEY_NAME || key[strlen(name)] == '[')
			return true;
		profile_fail(
		    _("Name tells which profile it is; change it in: sidetouchctl profile edit"));
		return false;
	}
	near = suggest(name, names, profile_schema_names(group, names));
	profile_fail(_("unknown key '%s'%s%s"), name, near ? _(", did you mean ") : "",
		     near ? near : _("; the keys are told by: sidetouchctl profile keys"));
	return false;
}

/* The user's own file of a profile and its text, or those of a new one. False when there is none.
 */
static bool
open_own(const struct profile_verb *verb, const char *name, bool is_new, char **path, char **text)
{
	g_autofree char *folder = profile_folders_user();
	struct profile_set *set;
	bool known;

	*path = profile_edit_find(folder, name);
	if (*path) {
		*text = read_text(*path);
		return *text != NULL;
	}
	set = profile_load_all(verb);
	known = is_new || profile_need(set, name);
	profile_set_free(set);
	if (!known)
		return false;
	*path = profile_edit_new_path(folder, name);
	*text = profile_edit_new_text(name);
	return true;
}

static enum profile_exit
keep(const struct profile_verb *verb, const char *path, const char *text, const char *what)
{
	g_autofree char *reason = NULL;

	if (!profile_edit_check(verb->folders, path, text, print_problem, NULL))
		return profile_fail(_("nothing was changed"));
	if (profile_edit_write(path, text, &reason) < 0)
		return profile_fail("%s", reason);
	return done(verb, what, path);
}

enum profile_exit
profile_set_key(struct profile_verb *verb)
{
	g_autofree char *path = NULL, *text = NULL, *changed = NULL;
	const char *key = verb->argv[2], *value = verb->argv[3];
	struct profile_edit_place place;
	bool makes_one;

	if (!parse_place(verb->argv[1], &place) || !check_key(place, key))
		return PROFILE_EXIT_USAGE;
	if (strpbrk(value, "\n\r")) {
		profile_fail(_("a value is one line"));
		return PROFILE_EXIT_USAGE;
	}
	makes_one = place.is_profile && (strcmp(key, "App") == 0 || strcmp(key, "Site") == 0);
	if (!open_own(verb, verb->argv[0], makes_one, &path, &text)) {
		if (!place.is_profile)
			fprintf(
			    stderr,
			    _("A new one begins with: sidetouchctl profile set '%s' Profile App "
			      "ID\n"),
			    verb->argv[0]);
		return PROFILE_EXIT_FAILED;
	}
	changed = profile_edit_line(text, place, key, value);
	return keep(verb, path, changed, _("Changed"));
}

enum profile_exit
profile_unset(struct profile_verb *verb)
{
	g_autofree char *folder = profile_folders_user();
	g_autofree char *path = profile_edit_find(folder, verb->argv[0]);
	g_autofree char *text = NULL, *changed = NULL;
	struct profile_edit_place place;

	if (!parse_place(verb->argv[1], &place) ||
	    (verb->argc > 2 && !check_key(place, verb->argv[2])))
		return PROFILE_EXIT_USAGE;
	if (verb->argc < 3 && place.is_profile) {
		profile_fail(
		    "[Profile] cannot go; put all of it aside with: sidetouchctl profile reset");
		return PROFILE_EXIT_USAGE;
	}
	if (!path)
		return profile_fail(_("you have no profile '%s' of your own"), verb->argv[0]);
	text = read_text(path);
	if (!text)
		return PROFILE_EXIT_FAILED;
	changed = verb->argc > 2 ? profile_edit_line(text, place, verb->argv[2], NULL)
				 : profile_edit_drop(text, place);
	if (strcmp(changed, text) == 0)
		return profile_fail(_("%s has no such line"), path);
	return keep(verb, path, changed, _("Changed"));
}

/* --- reset --- */

enum profile_exit
profile_reset(struct profile_verb *verb)
{
	g_autofree char *folder = profile_folders_user();
	g_autofree char *path = profile_edit_find(folder, verb->argv[0]);
	g_autofree char *aside = NULL;

	if (!path)
		return profile_fail(_("you have no profile '%s' of your own"), verb->argv[0]);
	/* No *.profile, so it does not count any more. */
	aside = g_strconcat(path, "~", NULL);
	if (rename(path, aside) < 0)
		return profile_fail(_("%s cannot be renamed: %s"), path, g_strerror(errno));
	return done(verb, _("Your changes are put aside in"), aside);
}

/* --- undo --- */

enum profile_exit
profile_undo(struct profile_verb *verb)
{
	g_autofree char *state = profile_assign_state();
	g_autofree char *path = NULL, *reason = NULL;

	if (profile_assign_undo(state, &path, &reason) < 0)
		return profile_fail("%s", reason);
	return done(verb, _("As it was before the last assignment:"), path);
}

/* --- import --- */

/* What only the user's own profiles may do is not to come in unseen. */
static bool
is_harmless(const char *path, GKeyFile *file)
{
	g_auto(GStrv) groups = g_key_file_get_groups(file, NULL);
	bool harmless = true;

	for (char **group = groups; *group; group++) {
		g_autofree char *command = g_key_file_get_value(file, *group, "Command", NULL);
		g_autofree char *reason = NULL;

		if (!command || profile_layer_may_run(PROFILE_LAYER_SHIPPED, command, &reason))
			continue;
		fprintf(stderr, "%s: [%s] %s\n", path, *group, command);
		harmless = false;
	}
	return harmless;
}

enum profile_exit
profile_import(struct profile_verb *verb)
{
	g_autofree char *folder = profile_folders_user();
	g_autofree char *text = read_text(verb->argv[0]);
	g_autofree char *name = NULL, *path = NULL;
	g_autoptr(GKeyFile) file = g_key_file_new();
	g_autoptr(GError) error = NULL;

	if (!text)
		return PROFILE_EXIT_FAILED;
	if (g_key_file_load_from_data(file, text, strlen(text), G_KEY_FILE_NONE, &error))
		name = g_key_file_get_string(file, PROFILE_GROUP, "Name", NULL);
	/* Its mistakes are told under its own name. */
	if (!profile_edit_check(verb->folders, verb->argv[0], text, print_problem, NULL) || !name)
		return profile_fail(_("%s was not taken"), verb->argv[0]);
	if (!verb->with_commands && !is_harmless(verb->argv[0], file))
		return profile_fail(
		    _("it runs programs, types or sends on D-Bus; if you trust whoever "
		      "made it, add --with-commands"));
	path = profile_edit_find(folder, name);
	if (path && !verb->replace)
		return profile_fail(
		    _("you have a profile '%s' of your own already, in %s; to put this "
		      "one in its place, add --replace"),
		    name, path);
	if (!path)
		path = profile_edit_new_path(folder, name);
	return keep(verb, path, text, _("Taken as"));
}

/* --- edit --- */

static bool
run_editor(const char *path)
{
	const char *visual = g_getenv("VISUAL"), *plain = g_getenv("EDITOR");
	const char *editor = visual && visual[0] ? visual : plain && plain[0] ? plain : "editor";
	g_autofree char *script = g_strdup_printf("exec %s \"$1\"", editor);
	const char *const argv[] = {"/bin/sh", "-c", script, "sh", path, NULL};
	g_autoptr(GError) error = NULL;
	int status = 0;

	if (g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_CHILD_INHERITS_STDIN, NULL, NULL, NULL,
			 NULL, &status, &error) &&
	    g_spawn_check_wait_status(status, &error))
		return true;
	profile_fail(_("the editor %s did not end well (%s); another one is chosen by the variable "
		       "EDITOR"),
		     editor, error->message);
	return false;
}

static bool
wants_again(void)
{
	char answer[16] = "n";

	/* Beside what a program reads. */
	fputs(_("Go back into the editor? Answer y or n: "), stderr);
	return fgets(answer, sizeof(answer), stdin) && g_ascii_tolower(answer[0]) == 'y';
}

/* False: the copy is left for the user, whose work it is. */
static enum profile_exit
edit_copy(const struct profile_verb *verb, const char *copy, const char *path, const char *before)
{
	for (;;) {
		g_autofree char *text = NULL, *now = NULL;

		if (!run_editor(copy))
			return PROFILE_EXIT_FAILED;
		text = read_text(copy);
		if (text && strcmp(text, before) == 0) {
			g_unlink(copy);
			return nothing_done(verb);
		}
		if (!text || !profile_edit_check(verb->folders, path, text, print_problem, NULL)) {
			if (wants_again())
				continue;
			return profile_fail(_("nothing was changed; what you wrote is in %s"),
					    copy);
		}
		if (g_file_get_contents(path, &now, NULL, NULL) && strcmp(now, before) != 0)
			return profile_fail(
			    _("somebody else has changed %s meanwhile, so nothing was "
			      "changed; what you wrote is in %s"),
			    path, copy);
		if (keep(verb, path, text, _("Changed")) != PROFILE_EXIT_DONE)
			return profile_fail(_("what you wrote is in %s"), copy);
		g_unlink(copy);
		return PROFILE_EXIT_DONE;
	}
}

/* NULL, and nothing left of it, when there is no place for one. */
static char *
make_copy(const char *text)
{
	g_autofree char *copy = NULL;
	g_autoptr(GError) error = NULL;
	int fd = g_file_open_tmp("sidetouch-XXXXXX.profile", &copy, &error);

	if (fd >= 0) {
		close(fd);
		if (g_file_set_contents(copy, text, -1, &error))
			return g_steal_pointer(&copy);
		g_unlink(copy);
	}
	profile_fail(
	    _("the copy for the editor cannot be written, so nothing was changed (%s); make "
	      "room there, or choose another folder by the variable TMPDIR"),
	    error->message);
	return NULL;
}

enum profile_exit
profile_edit(struct profile_verb *verb)
{
	g_autofree char *path = NULL, *text = NULL, *copy = NULL;

	if (!open_own(verb, verb->argv[0], false, &path, &text))
		return PROFILE_EXIT_FAILED;
	copy = make_copy(text);
	if (!copy)
		return PROFILE_EXIT_FAILED;
	return edit_copy(verb, copy, path, text);
}
