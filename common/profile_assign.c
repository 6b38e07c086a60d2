/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Putting one command on one button of the user's own profile, and taking the last such change
 * back. Called by the daemon on a thread, and by sidetouchctl profile undo.
 * Owns nothing between calls.
 *
 * What was there before is written down first, beside what is known already, and counts once the
 * profile is in its place: whatever fails, there is a profile that is whole and an undo that fits.
 */
#include "common/profile_assign.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "common/group_file.h"
#include "common/i18n.h"
#include "common/profile_edit.h"
#include "common/profile_private.h"

#define GROUP "undo"

void
profile_assignment_clear(struct profile_assignment *assignment)
{
	g_free(assignment->profile);
	g_free(assignment->app);
	g_free(assignment->site);
	g_free(assignment->inherits);
	g_free(assignment->command);
	g_free(assignment->label);
	*assignment = (struct profile_assignment){0};
}

/* --- whose button it is --- */

static bool
is_just_for(const GPtrArray *wanted, const char *const *ids)
{
	for (guint i = 0; i < wanted->len; i++) {
		if (g_strv_contains(ids, g_ptr_array_index(wanted, i)))
			return true;
	}
	return false;
}

bool
profile_assign_choose(const struct profile_view *view, const char *const *app_ids, const char *site,
		      struct profile_assignment *out)
{
	const struct profile *profile = view->profile;
	const bool for_site = profile_sites(profile)->len > 0;
	const bool for_all = !for_site && profile_apps(profile)->len == 0;

	*out = (struct profile_assignment){0};
	if (!site && !app_ids[0])
		return false;
	if (site ? for_site : is_just_for(profile_apps(profile), app_ids)) {
		out->profile = g_strdup(profile_name(profile));
		return true;
	}
	/* One that is for many apps, or for all, is not to change in all of them. */
	out->profile = g_strdup(site ? site : app_ids[0]);
	if (site)
		out->site = g_strdup(site);
	else
		out->app = g_strdup(app_ids[0]);
	/* Under a site the app's own profile counts anyway. */
	if (!site && !for_all)
		out->inherits = g_strdup(profile_name(profile));
	return true;
}

/* --- the profile's text --- */

static char *
with_value(char *text, struct profile_edit_place place, const char *key, const char *value,
	   bool is_text)
{
	g_auto(GStrv) parts = NULL;
	g_autofree char *escaped = NULL;
	g_autofree char *before = text;

	if (!value)
		return g_steal_pointer(&before);
	/* Of texts a backslash is written twice; a command has its own way with it. */
	parts = g_strsplit(value, "\\", -1);
	escaped = is_text ? g_strjoinv("\\\\", parts) : g_strdup(value);
	return profile_edit_line(before, place, key, escaped);
}

static char *
new_text(const struct profile_assignment *assignment)
{
	const struct profile_edit_place head = {.is_profile = true};
	char *text = profile_edit_new_text(assignment->profile);

	text = with_value(text, head, "App", assignment->app, false);
	text = with_value(text, head, "Site", assignment->site, false);
	return with_value(text, head, "Inherits", assignment->inherits, true);
}

static char *
assigned(const char *before, const struct profile_assignment *assignment)
{
	const struct profile_edit_place place = {.input = assignment->input};
	char *text = profile_edit_drop(before, place);

	text = with_value(text, place, "Command", assignment->command, false);
	return with_value(text, place, "Label", assignment->label, true);
}

/* --- what can be taken back --- */

static char *
undo_path(const char *state, const char *suffix)
{
	g_autofree char *name = g_strconcat("undo", suffix, NULL);

	return g_build_filename(state, name, NULL);
}

static char *
sum_of(const char *text)
{
	return g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
}

/* before: NULL when there was no such file. */
static char *
undo_text(const char *path, const char *before, const char *after)
{
	g_autoptr(GKeyFile) file = g_key_file_new();
	g_autofree char *sum = sum_of(after);
	g_autofree char *kept =
	    before ? g_base64_encode((const guchar *)before, strlen(before)) : NULL;

	g_key_file_set_string(file, GROUP, "file", path);
	g_key_file_set_string(file, GROUP, "after", sum);
	if (kept)
		g_key_file_set_string(file, GROUP, "before", kept);
	return g_key_file_to_data(file, NULL, NULL);
}

static int
fail(int error, char **reason, char *sentence)
{
	*reason = sentence;
	return error;
}

static int
fail_unlinked(const char *path, char **reason)
{
	int error = errno;

	return fail(-error, reason, profile_edit_why(path, error));
}

/* --- assigning --- */

static void
take_first(void *data, const char *problem)
{
	char **reason = data;

	if (!*reason)
		*reason = g_strdup(problem);
}

static const char *
users_folder(const GArray *folders)
{
	for (guint i = folders->len; i-- > 0;) {
		const struct profile_folder *folder =
		    &g_array_index(folders, struct profile_folder, i);

		if (folder->layer == PROFILE_LAYER_USER)
			return folder->path;
	}
	return NULL;
}

/* The user's file and what is in it; *before is NULL when there is none yet. */
static int
open_own(const char *folder, const struct profile_assignment *assignment, char **path,
	 char **before, char **reason)
{
	g_autofree char *why = NULL;
	size_t size;
	int error;

	*before = NULL;
	*path = profile_edit_find(folder, assignment->profile);
	if (!*path) {
		*path = profile_edit_new_path(folder, assignment->profile);
		return 0;
	}
	error = group_file_read(*path, "profile", PROFILE_SIZE_MAX, before, &size, &why);
	if (error < 0)
		*reason = g_strdup_printf("%s %s", *path, why);
	return error;
}

/* The profile, with its undo beside the old one, which is then its own. */
static int
write_both(const char *state, const char *path, const char *before, const char *after,
	   char **reason)
{
	g_autofree char *undo = undo_path(state, "");
	g_autofree char *next = undo_path(state, ".next");
	g_autofree char *record = undo_text(path, before, after);
	int error = profile_edit_write(next, record, reason);

	if (error < 0)
		return error;
	error = profile_edit_write(path, after, reason);
	if (error < 0) {
		g_unlink(next);
		return error;
	}
	/* In the folder where it was written just now: this fails of nothing but a broken disk. */
	return g_rename(next, undo) < 0 ? fail_unlinked(undo, reason) : 0;
}

int
profile_assign(const GArray *folders, const char *state,
	       const struct profile_assignment *assignment, char **reason)
{
	const char *folder = users_folder(folders);
	g_autofree char *path = NULL, *before = NULL, *begun = NULL, *after = NULL;
	int error;

	*reason = NULL;
	if (!folder || !state)
		return fail(-ENOENT, reason, g_strdup(_("There is no folder for your profiles")));
	error = open_own(folder, assignment, &path, &before, reason);
	if (error < 0)
		return error;
	begun = before ? g_strdup(before) : new_text(assignment);
	after = assigned(begun, assignment);
	if (!profile_edit_check(folders, path, after, take_first, reason))
		return -EINVAL;
	return write_both(state, path, before, after, reason);
}

/* --- taking it back --- */

static int
restore(GKeyFile *file, const char *path, char **reason)
{
	g_autofree char *kept = g_key_file_get_string(file, GROUP, "before", NULL);
	g_autofree guchar *decoded = NULL;
	g_autofree char *before = NULL;
	gsize size = 0;

	if (!kept)
		return g_unlink(path) < 0 ? fail_unlinked(path, reason) : 0;
	decoded = g_base64_decode(kept, &size);
	/* What was decoded has no end of its own. */
	before = g_strndup((const char *)decoded, size);
	return profile_edit_write(path, before, reason);
}

int
profile_assign_undo(const char *state, char **path, char **reason)
{
	g_autofree char *undo = state ? undo_path(state, "") : NULL;
	g_autofree char *text = NULL, *sum = NULL, *wanted = NULL, *why = NULL;
	g_autoptr(GKeyFile) file = g_key_file_new();
	size_t size;
	int error;

	*reason = *path = NULL;
	if (!undo || !g_key_file_load_from_file(file, undo, G_KEY_FILE_NONE, NULL) ||
	    !(*path = g_key_file_get_string(file, GROUP, "file", NULL)))
		return fail(-ENOENT, reason,
			    g_strdup(_("Nothing was assigned that can be undone")));
	wanted = g_key_file_get_string(file, GROUP, "after", NULL);
	if (group_file_read(*path, "profile", PROFILE_SIZE_MAX, &text, &size, &why) == 0)
		sum = sum_of(text);
	/* Whatever was written after it would be lost. */
	if (g_strcmp0(sum, wanted) != 0)
		return fail(-EBUSY, reason,
			    g_strdup_printf(_("%s has changed since, so nothing was undone. Change "
					      "it with: sidetouchctl profile edit"),
					    *path));
	error = restore(file, *path, reason);
	if (error == 0)
		g_unlink(undo);
	return error;
}

char *
profile_assign_state(void)
{
	return g_build_filename(g_get_user_state_dir(), "sidetouch", NULL);
}
