/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Changing a profile's text line by line, and the files of the user's own folder. GKeyFile could
 * change a value too, but writes every other line anew: blanks, blank lines and comments would move
 * under the hands of who has written them.
 * Called by sidetouchctl profile and by the daemon when a button is assigned. Owns nothing.
 */
#include "common/profile_edit.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "common/group_file.h"
#include "common/i18n.h"
#include "common/profile_private.h"

/* A name of any length and script makes a file's name; ext4 and most others take 255 bytes. */
#define FILE_NAME_MAX 100

/* --- lines --- */

static bool
is_place(const char *line, struct profile_edit_place place)
{
	g_autofree char *stripped = g_strstrip(g_strdup(line));
	size_t length = strlen(stripped);
	struct input input = {0};

	if (length < 2 || stripped[0] != '[' || stripped[length - 1] != ']')
		return false;
	stripped[length - 1] = '\0';
	if (place.is_profile)
		return strcmp(stripped + 1, "Profile") == 0;
	return input_from_str(stripped + 1, &input) && input_equal(input, place.input);
}

static bool
is_header(const char *line)
{
	return line[strspn(line, " \t")] == '[';
}

/* A line that says something, and not a blank one or a comment. */
static bool
is_key_line(const char *line)
{
	const char *start = line + strspn(line, " \t\r");

	return *start != '\0' && *start != '#' && *start != '[';
}

static bool
is_key(const char *line, const char *key)
{
	const char *equals = strchr(line, '=');
	g_autofree char *name = equals ? g_strndup(line, (gsize)(equals - line)) : NULL;

	return name && is_key_line(line) && strcmp(g_strstrip(name), key) == 0;
}

/* The lines of a text, without their ends; the last one is not empty. */
static GPtrArray *
split(const char *text)
{
	GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
	g_auto(GStrv) parts = g_strsplit(text, "\n", -1);

	for (char **part = parts; *part; part++)
		g_ptr_array_add(lines, g_strdup(*part));
	if (lines->len > 0 && ((char *)g_ptr_array_index(lines, lines->len - 1))[0] == '\0')
		g_ptr_array_remove_index(lines, lines->len - 1);
	return lines;
}

static char *
join(const GPtrArray *lines)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < lines->len; i++)
		g_string_append_printf(text, "%s\n", (const char *)g_ptr_array_index(lines, i));
	return g_string_free(text, FALSE);
}

/* Where the group begins and where the next one does; false when there is no such group. */
static bool
find_group(const GPtrArray *lines, struct profile_edit_place place, guint *begin, guint *end)
{
	guint i = 0;

	while (i < lines->len && !is_place(g_ptr_array_index(lines, i), place))
		i++;
	*begin = i;
	if (i == lines->len)
		return false;
	for (i++; i < lines->len && !is_header(g_ptr_array_index(lines, i));)
		i++;
	*end = i;
	return true;
}

static char *
key_line(const char *key, const char *value)
{
	return g_strdup_printf("%s=%s", key, value);
}

static void
add_group(GPtrArray *lines, struct profile_edit_place place, const char *key, const char *value)
{
	if (lines->len > 0)
		g_ptr_array_add(lines, g_strdup(""));
	g_ptr_array_add(
	    lines,
	    g_strdup_printf("[%s]", place.is_profile ? "Profile" : input_to_str(place.input)));
	g_ptr_array_add(lines, key_line(key, value));
}

/* In the group from begin to end: where the key is, and how many keys there are. */
static guint
find_key(const GPtrArray *lines, guint begin, guint end, const char *key, guint *last, guint *count)
{
	guint found = end;

	*last = begin;
	*count = 0;
	for (guint i = begin + 1; i < end; i++) {
		const char *line = g_ptr_array_index(lines, i);

		if (is_key(line, key))
			found = i;
		if (!is_key_line(line))
			continue;
		*last = i;
		(*count)++;
	}
	return found;
}

char *
profile_edit_line(const char *text, struct profile_edit_place place, const char *key,
		  const char *value)
{
	g_autoptr(GPtrArray) lines = split(text);
	guint begin, end = 0, at, last, count;

	if (!find_group(lines, place, &begin, &end)) {
		if (value)
			add_group(lines, place, key, value);
		return join(lines);
	}
	at = find_key(lines, begin, end, key, &last, &count);
	if (at == end && value) {
		g_ptr_array_insert(lines, (int)last + 1, key_line(key, value));
	} else if (at < end && value) {
		g_free(g_ptr_array_index(lines, at));
		g_ptr_array_index(lines, at) = key_line(key, value);
	} else if (at < end) {
		g_ptr_array_remove_index(lines, at);
		if (count == 1 && !place.is_profile)
			g_ptr_array_remove_index(lines, begin);
	}
	return join(lines);
}

char *
profile_edit_drop(const char *text, struct profile_edit_place place)
{
	g_autoptr(GPtrArray) lines = split(text);
	guint begin, end = 0;

	if (!find_group(lines, place, &begin, &end))
		return join(lines);
	/* What stands before the next header belongs to that. */
	while (end < lines->len && end > begin + 1 &&
	       !is_key_line(g_ptr_array_index(lines, end - 1)))
		end--;
	g_ptr_array_remove_range(lines, begin, end - begin);
	while (begin > 0 && begin == lines->len &&
	       ((char *)g_ptr_array_index(lines, begin - 1))[0] == '\0')
		g_ptr_array_remove_index(lines, --begin);
	return join(lines);
}

/* --- files --- */

static char *
name_of_file(const char *path)
{
	g_autoptr(GKeyFile) file = g_key_file_new();
	g_autofree char *text = NULL, *reason = NULL;
	size_t size;

	/* Never waits, whatever it is. */
	if (group_file_read(path, "profile", PROFILE_SIZE_MAX, &text, &size, &reason) < 0 ||
	    !g_key_file_load_from_data(file, text, size, G_KEY_FILE_NONE, NULL))
		return NULL;
	return g_key_file_get_string(file, "Profile", "Name", NULL);
}

char *
profile_edit_find(const char *folder, const char *name)
{
	g_autoptr(GPtrArray) paths = profile_folders_files(folder, NULL);

	/* The last one wins. */
	for (guint i = paths ? paths->len : 0; i-- > 0;) {
		g_autofree char *one = name_of_file(g_ptr_array_index(paths, i));

		if (g_strcmp0(one, name) == 0)
			return g_strdup(g_ptr_array_index(paths, i));
	}
	return NULL;
}

char *
profile_edit_new_path(const char *folder, const char *name)
{
	g_autoptr(GString) base = g_string_new(NULL);

	for (const char *c = name; *c != '\0' && base->len < FILE_NAME_MAX;
	     c = g_utf8_next_char(c)) {
		gunichar letter = g_utf8_get_char(c);

		if (g_unichar_isalnum(letter) || (letter == '.' && base->len > 0) || letter == '-')
			g_string_append_unichar(base, letter);
		else if (base->len > 0 && base->str[base->len - 1] != '-')
			g_string_append_c(base, '-');
	}
	for (unsigned number = 1;; number++) {
		g_autofree char *file =
		    number == 1
			? g_strdup_printf("%s.profile", base->len > 0 ? base->str : "profile")
			: g_strdup_printf("%s-%u.profile", base->str, number);
		g_autofree char *path = g_build_filename(folder, file, NULL);

		if (!g_file_test(path, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK))
			return g_steal_pointer(&path);
	}
}

char *
profile_edit_new_text(const char *name)
{
	g_auto(GStrv) parts = g_strsplit(name, "\\", -1);
	g_autofree char *escaped = g_strjoinv("\\\\", parts);

	return g_strdup_printf("[Profile]\nName=%s\n", escaped);
}

static void
no_matter(void *data, const char *problem)
{
	(void)data;
	(void)problem;
}

struct check {
	const char *path;
	profile_problem_fn *problem;
	void *data;
	bool good;
};

/* Only what is wrong in this file: others may be wrong already. */
static void
on_problem(void *data, const char *problem)
{
	struct check *check = data;
	size_t length = strlen(check->path);

	if (strncmp(problem, check->path, length) != 0 || problem[length] != ':')
		return;
	check->good = false;
	check->problem(check->data, problem);
}

/* A folder of the user's, with this text in place of what the file holds or at its end. */
static void
add_users(struct profile_set *set, const char *folder, const char *text, struct check *check)
{
	g_autoptr(GPtrArray) paths = profile_folders_files(folder, NULL);
	bool added = false;

	for (guint i = 0; paths && i < paths->len; i++) {
		const char *path = g_ptr_array_index(paths, i);

		if (strcmp(path, check->path) != 0) {
			profile_set_add_file(set, path, PROFILE_LAYER_USER, no_matter, NULL);
			continue;
		}
		profile_set_add_text(set, path, PROFILE_LAYER_USER, text, strlen(text), on_problem,
				     check);
		added = true;
	}
	if (!added)
		profile_set_add_text(set, check->path, PROFILE_LAYER_USER, text, strlen(text),
				     on_problem, check);
}

bool
profile_edit_check(const GArray *folders, const char *path, const char *text,
		   profile_problem_fn *problem, void *data)
{
	struct profile_set *set = profile_set_new();
	struct check check = {path, problem, data, true};

	for (guint i = 0; i < folders->len; i++) {
		const struct profile_folder *folder =
		    &g_array_index(folders, struct profile_folder, i);

		if (folder->layer == PROFILE_LAYER_USER)
			add_users(set, folder->path, text, &check);
		else
			profile_folders_add(set, folder->path, folder->layer, no_matter, NULL);
	}
	profile_set_check(set, on_problem, &check);
	profile_set_free(set);
	return check.good;
}

char *
profile_edit_why(const char *path, int error)
{
	switch (error) {
	case ENOSPC:
	case EDQUOT:
		return g_strdup_printf(
		    _("The disk is full, so nothing was changed in %s. Make room "
		      "and try again"),
		    path);
	case EROFS:
		return g_strdup_printf(_("Nothing can be written where %s is, so nothing was "
					 "changed. Have that disk made writable and try again"),
				       path);
	case EACCES:
	case EPERM:
		return g_strdup_printf(
		    _("You may not write %s, so nothing was changed. Make the file "
		      "and its folder your own and try again"),
		    path);
	default:
		return g_strdup_printf(_("%s was not changed: %s"), path, g_strerror(error));
	}
}

static int
errno_of(const GError *error)
{
	static const struct {
		GFileError code;
		int number;
	} table[] = {
	    {G_FILE_ERROR_NOSPC, ENOSPC}, {G_FILE_ERROR_ROFS, EROFS},
	    {G_FILE_ERROR_ACCES, EACCES}, {G_FILE_ERROR_PERM, EPERM},
	    {G_FILE_ERROR_IO, EIO},       {G_FILE_ERROR_NOENT, ENOENT},
	    {G_FILE_ERROR_LOOP, ELOOP},   {G_FILE_ERROR_NOTDIR, ENOTDIR},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {
		if (g_error_matches(error, G_FILE_ERROR, table[i].code))
			return table[i].number;
	}
	return EIO;
}

int
profile_edit_write(const char *path, const char *text, char **reason)
{
	g_autofree char *folder = g_path_get_dirname(path);
	char *real = realpath(path, NULL);
	g_autoptr(GError) error = NULL;
	struct stat status;
	int mode = 0600, number = 0;

	*reason = NULL;
	if (g_mkdir_with_parents(folder, 0700) < 0) {
		number = errno;
	} else {
		if (real && stat(real, &status) == 0)
			mode = (int)(status.st_mode & 0777);
		if (!g_file_set_contents_full(
			real ? real : path, text, -1,
			G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, mode, &error))
			number = errno_of(error);
	}
	free(real);
	if (number != 0)
		*reason = profile_edit_why(path, number);
	return -number;
}
