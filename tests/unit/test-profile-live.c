/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Profiles changed while the daemon runs, in each way in which editors and people save files: what
 * is in order counts, what is not leaves all as it was and is said, and nothing changes under a
 * finger. Run by tests/run. Owns a folder in /tmp for each test.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "daemon/folder_watch.h"
#include "daemon/profile_live.h"
#include "tests/support/folder.h"

#define HEAD "[Profile]\nName=X\nApp=x\n[right-top]\nCommand="
/* The machine may be busy; nothing here takes long. */
#define PATIENCE_MS 60000

struct rig {
	char *folder;
	char *file;
	GArray *folders;
	struct problems *problems;
	struct profile_live *live;
	GString *said;
	unsigned changes;
	bool busy;
};

static bool
is_busy(void *data)
{
	return ((struct rig *)data)->busy;
}

static void
on_changed(void *data, const struct profile_set *profiles)
{
	struct rig *rig = data;

	assert_ptr_equal(profiles, profile_live_set(rig->live));
	rig->changes++;
}

static void
on_say(void *data, const char *sentence)
{
	struct rig *rig = data;
	const char *base = strstr(sentence, "/x.profile:");

	g_string_append_printf(rig->said, "%s|", base ? base + 1 : sentence);
}

static const struct profile_live_events events = {is_busy, on_changed, on_say};

/* What X's right-top does; "" when there is no X. */
static const char *
command_in(const struct rig *rig, const char *app)
{
	const char *const ids[] = {app, NULL};
	struct profile_view view;

	profile_set_view(profile_live_set(rig->live), ids, NULL, &view);
	return strcmp(profile_name(view.profile), "X") == 0
		   ? view.bindings[input_press(PAD_RIGHT_TOP).index]->command->text
		   : "";
}

static const char *
command(const struct rig *rig)
{
	return command_in(rig, "x");
}

static gboolean
on_late(void *late)
{
	*(bool *)late = true;
	return G_SOURCE_REMOVE;
}

#define AWAIT(condition)                                                                           \
	do {                                                                                       \
		bool late_ = false;                                                                \
		guint source_ = g_timeout_add(PATIENCE_MS, on_late, &late_);                       \
		while (!(condition) && !late_)                                                     \
			g_main_context_iteration(NULL, TRUE);                                      \
		if (late_)                                                                         \
			fail_msg("waited in vain for %s; said: %s", #condition, rig->said->str);   \
		g_source_remove(source_);                                                          \
	} while (0)

static struct rig *
rig_new(bool with_folder)
{
	struct rig *rig = g_new0(struct rig, 1);
	g_autofree char *place = folder_new("live");

	rig->folder = g_build_filename(place, "config", "profiles", NULL);
	rig->file = g_build_filename(rig->folder, "x.profile", NULL);
	if (with_folder) {
		assert_int_equal(g_mkdir_with_parents(rig->folder, 0700), 0);
		assert_true(g_file_set_contents(rig->file, HEAD "time\n", -1, NULL));
	}
	rig->folders = profile_folders_given((const char *const[]){rig->folder, NULL});
	rig->problems = problems_new();
	rig->said = g_string_new(NULL);
	rig->live = profile_live_new(rig->folders, rig->problems, &events, rig);
	profile_live_start(rig->live);
	return rig;
}

static void
rig_free(struct rig *rig)
{
	g_autofree char *config = g_path_get_dirname(rig->folder);
	g_autofree char *place = g_path_get_dirname(config);

	profile_live_free(rig->live);
	problems_free(rig->problems);
	g_array_unref(rig->folders);
	folder_remove(place);
	g_string_free(rig->said, TRUE);
	g_free(rig->folder);
	g_free(rig->file);
	g_free(rig);
}

static void
write_to(const char *path, const char *text, int flags)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0600);
	size_t half = strlen(text) / 2;

	assert_true(fd >= 0);
	/* In two parts, as a slow editor does. */
	assert_int_equal(write(fd, text, half), half);
	assert_int_equal(write(fd, text + half, strlen(text) - half), strlen(text) - half);
	assert_int_equal(close(fd), 0);
}

static void
save_truncated(struct rig *rig, const char *text)
{
	write_to(rig->file, text, O_TRUNC);
}

static void
save_renamed(struct rig *rig, const char *text)
{
	g_autofree char *other = g_strdup_printf("%s.new", rig->file);

	write_to(other, text, O_TRUNC);
	assert_int_equal(rename(other, rig->file), 0);
}

/* Emacs: the old file becomes the backup. */
static void
save_backed_up(struct rig *rig, const char *text)
{
	g_autofree char *backup = g_strdup_printf("%s~", rig->file);

	assert_int_equal(rename(rig->file, backup), 0);
	write_to(rig->file, text, O_EXCL);
}

/* Vim: a swap file, a probe, the backup, the new one, and the backup goes. */
static void
save_as_vim(struct rig *rig, const char *text)
{
	g_autofree char *swap = g_strdup_printf("%s/.x.profile.swp", rig->folder);
	g_autofree char *probe = g_strdup_printf("%s/4913", rig->folder);
	g_autofree char *backup = g_strdup_printf("%s~", rig->file);

	write_to(swap, "b0VIM", O_TRUNC);
	write_to(probe, "", O_TRUNC);
	assert_int_equal(unlink(probe), 0);
	assert_int_equal(rename(rig->file, backup), 0);
	write_to(rig->file, text, O_TRUNC);
	assert_int_equal(unlink(backup), 0);
	assert_int_equal(unlink(swap), 0);
}

/* GLib's editors, and sidetouchctl. */
static void
save_by_glib(struct rig *rig, const char *text)
{
	assert_true(g_file_set_contents(rig->file, text, -1, NULL));
}

/* A configuration manager's link. */
static void
save_linked(struct rig *rig, const char *text)
{
	g_autofree char *target = g_strdup_printf("%s/store-%u", rig->folder, rig->changes);
	g_autofree char *link = g_strdup_printf("%s/link", rig->folder);

	write_to(target, text, O_TRUNC);
	assert_int_equal(symlink(target, link), 0);
	assert_int_equal(rename(link, rig->file), 0);
}

static void
removed_and_written(struct rig *rig, const char *text)
{
	assert_int_equal(unlink(rig->file), 0);
	AWAIT(command(rig)[0] == '\0');
	write_to(rig->file, text, O_TRUNC);
}

static void
every_habit(void **state)
{
	static void (*const habits[])(struct rig *, const char *) = {
	    save_truncated, save_renamed, save_backed_up,      save_as_vim,
	    save_by_glib,   save_linked,  removed_and_written,
	};
	struct rig *rig = rig_new(true);

	(void)state;
	assert_string_equal(command(rig), "time");
	for (size_t i = 0; i < G_N_ELEMENTS(habits); i++) {
		habits[i](rig, HEAD "stop\n");
		AWAIT(strcmp(command(rig), "stop") == 0);
		habits[i](rig, HEAD "repeat\n");
		AWAIT(strcmp(command(rig), "repeat") == 0);
	}
	assert_string_equal(rig->said->str, "");
	rig_free(rig);
}

static void
what_is_wrong_changes_nothing(void **state)
{
	struct rig *rig = rig_new(true);
	g_autofree char *other = g_build_filename(rig->folder, "y.profile", NULL);

	(void)state;
	save_truncated(rig, HEAD "tiem\n");
	AWAIT(rig->said->len > 0);
	assert_string_equal(rig->said->str,
			    "x.profile:5: unknown command 'tiem', did you mean 'time'|"
			    "The buttons stay as they were until that is right|");
	assert_string_equal(command(rig), "time");
	assert_int_equal(problems_count(rig->problems), 1);
	/* Another file, in order: nothing is said again, and nothing counts before all is right. */
	assert_true(g_file_set_contents(other, "[Profile]\nName=Y\nApp=y\n", -1, NULL));
	g_string_truncate(rig->said, 0);
	save_truncated(rig, HEAD "stpo\n");
	AWAIT(rig->said->len > 0);
	assert_string_equal(rig->said->str,
			    "x.profile:5: unknown command 'stpo', did you mean 'stop'|"
			    "The buttons stay as they were until that is right|");
	assert_int_equal(problems_count(rig->problems), 1);
	save_truncated(rig, HEAD "stop\n");
	AWAIT(strcmp(command(rig), "stop") == 0);
	assert_int_equal(profile_set_count(profile_live_set(rig->live)), 3);
	assert_int_equal(problems_count(rig->problems), 0);
	assert_int_equal(rig->changes, 1);
	rig_free(rig);
}

/* What was wrong at the start keeps nobody from changing other files. */
static void
an_old_mistake_is_no_hindrance(void **state)
{
	struct rig *rig = rig_new(true);
	g_autofree char *other = g_build_filename(rig->folder, "y.profile", NULL);

	(void)state;
	profile_live_free(rig->live);
	assert_true(g_file_set_contents(other, "nonsense\n", -1, NULL));
	rig->live = profile_live_new(rig->folders, rig->problems, &events, rig);
	assert_string_equal(rig->said->str, "");
	assert_int_equal(problems_count(rig->problems), 2);
	profile_live_start(rig->live);
	assert_true(rig->said->len > 0);
	save_by_glib(rig, HEAD "stop\n");
	AWAIT(strcmp(command(rig), "stop") == 0);
	assert_int_equal(problems_count(rig->problems), 2);
	assert_int_equal(unlink(other), 0);
	AWAIT(problems_count(rig->problems) == 0);
	rig_free(rig);
}

static void
not_under_a_finger(void **state)
{
	struct rig *rig = rig_new(true);

	(void)state;
	rig->busy = true;
	save_by_glib(rig, HEAD "tiem\n"); /* by its sentence it is known when it has been read */
	AWAIT(rig->said->len > 0);
	g_string_truncate(rig->said, 0);
	save_by_glib(rig, HEAD "stop\n");
	AWAIT(problems_count(rig->problems) == 0);
	assert_string_equal(command(rig), "time");
	profile_live_idle(rig->live);
	assert_string_equal(command(rig), "time");
	rig->busy = false;
	profile_live_idle(rig->live);
	assert_string_equal(command(rig), "stop");
	assert_int_equal(rig->changes, 1);
	profile_live_idle(rig->live);
	assert_int_equal(rig->changes, 1);
	rig_free(rig);
}

static void
folder_comes_and_goes(void **state)
{
	struct rig *rig = rig_new(false);
	g_autofree char *moved = g_strdup_printf("%s-old", rig->folder);

	(void)state;
	assert_string_equal(command(rig), "");
	assert_int_equal(g_mkdir_with_parents(rig->folder, 0700), 0);
	save_by_glib(rig, HEAD "time\n");
	AWAIT(strcmp(command(rig), "time") == 0);
	assert_int_equal(rename(rig->folder, moved), 0);
	AWAIT(command(rig)[0] == '\0');
	assert_int_equal(rename(moved, rig->folder), 0);
	AWAIT(strcmp(command(rig), "time") == 0);
	folder_remove(rig->folder);
	AWAIT(command(rig)[0] == '\0');
	assert_int_equal(g_mkdir_with_parents(rig->folder, 0700), 0);
	save_by_glib(rig, HEAD "stop\n");
	AWAIT(strcmp(command(rig), "stop") == 0);
	rig_free(rig);
}

/* Settings of another kind are the first that are kept there, and a folder has nothing in it yet.
 */
static void
empty_folder_is_no_news(void **state)
{
	struct rig *rig = rig_new(false);
	bool quiet = false;

	(void)state;
	assert_int_equal(g_mkdir_with_parents(rig->folder, 0700), 0);
	g_timeout_add(4 * FOLDER_WATCH_QUIET_MS, on_late, &quiet);
	while (!quiet)
		g_main_context_iteration(NULL, TRUE);
	assert_int_equal(rig->changes, 0);
	save_by_glib(rig, HEAD "time\n");
	AWAIT(strcmp(command(rig), "time") == 0);
	assert_int_equal(rig->changes, 1);
	rig_free(rig);
}

/* Flatpak writes an app's files, and then that something changed. */
static void
flatpak_installs(void **state)
{
	g_autofree char *place = folder_new("live");
	g_autofree char *flatpak = g_build_filename(place, "flatpak", NULL);
	g_autofree char *apps = g_build_filename(flatpak, "app", NULL);
	g_autofree char *files =
	    g_build_filename(apps, "x.y.X", "current/active/files/share/sidetouch/profiles", NULL);
	g_autofree char *file = g_build_filename(files, "x.y.X.profile", NULL);
	g_autofree char *changed = g_build_filename(flatpak, ".changed", NULL);
	struct rig *rig = g_new0(struct rig, 1);

	(void)state;
	rig->folders = profile_folders_given((const char *const[]){apps, NULL});
	g_array_index(rig->folders, struct profile_folder, 0).layer = PROFILE_LAYER_FLATPAK;
	rig->problems = problems_new();
	rig->said = g_string_new(NULL);
	rig->live = profile_live_new(rig->folders, rig->problems, &events, rig);
	profile_live_start(rig->live);
	assert_int_equal(g_mkdir_with_parents(files, 0700), 0);
	write_to(file, "[Profile]\nName=X\nApp=x.y.X\n[right-top]\nCommand=time\n", O_TRUNC);
	write_to(changed, "changed", O_TRUNC);
	AWAIT(strcmp(command_in(rig, "x.y.X"), "time") == 0);
	assert_int_equal(unlink(file), 0);
	assert_true(g_file_set_contents(changed, "", 0, NULL));
	AWAIT(command_in(rig, "x.y.X")[0] == '\0');
	assert_string_equal(rig->said->str, "");
	profile_live_free(rig->live);
	problems_free(rig->problems);
	g_array_unref(rig->folders);
	g_string_free(rig->said, TRUE);
	g_free(rig);
	folder_remove(place);
}

/* It ends while a change is being read on the thread. */
static void
ends_in_the_middle(void **state)
{
	struct rig *rig = rig_new(true);

	(void)state;
	for (int i = 0; i < 20; i++) {
		save_by_glib(rig, i % 2 == 0 ? HEAD "stop\n" : HEAD "time\n");
		g_main_context_iteration(NULL, FALSE);
	}
	AWAIT(rig->changes > 0 || strcmp(command(rig), "time") == 0);
	rig_free(rig);
	while (g_main_context_iteration(NULL, FALSE))
		;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_habit),
	    cmocka_unit_test(what_is_wrong_changes_nothing),
	    cmocka_unit_test(an_old_mistake_is_no_hindrance),
	    cmocka_unit_test(not_under_a_finger),
	    cmocka_unit_test(folder_comes_and_goes),
	    cmocka_unit_test(empty_folder_is_no_news),
	    cmocka_unit_test(flatpak_installs),
	    cmocka_unit_test(ends_in_the_middle),
	};

	g_setenv("LC_ALL", "C.UTF-8", TRUE);
	return cmocka_run_group_tests_name("profile-live", tests, NULL, NULL);
}
