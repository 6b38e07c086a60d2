/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Folders of profiles with everything in them that is none, or cannot be read: each is said,
 * skipped, and nothing else is lost. A file on a server that forgot it (ESTALE) is made by read()
 * itself, which the Makefile puts in place of the C library's here. Run by tests/run. Owns a folder
 * in /tmp while a test needs one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/profile_folders.h"
#include "tests/support/folder.h"

#define HEAD "[Profile]\nName=X\nApp=x\n"
#define GOOD HEAD "[right-top]\nCommand=time\n"

ssize_t __wrap_read(int fd, void *buffer, size_t size);
ssize_t __real_read(int fd, void *buffer, size_t size);

/* The inode whose content the server has lost; 0: none. */
static ino_t stale;

ssize_t
__wrap_read(int fd, void *buffer, size_t size)
{
	struct stat status;

	if (stale != 0 && fstat(fd, &status) == 0 && status.st_ino == stale) {
		errno = ESTALE;
		return -1;
	}
	return __real_read(fd, buffer, size);
}

static void
collect(void *data, const char *problem)
{
	g_ptr_array_add(data, g_strdup(problem));
}

static void
no_problem(void *data, const char *problem)
{
	(void)data;
	fail_msg("%s", problem);
}

static const char *
command_of(const struct profile_set *set, const char *app, enum pad pad)
{
	const char *const ids[] = {app, NULL};
	struct profile_view view;

	profile_set_view(set, ids, NULL, &view);
	return profile_view_binding(&view, input_press(pad))->command->text;
}

static const char *
command_of_x(const struct profile_set *set)
{
	return command_of(set, "x", PAD_RIGHT_TOP);
}

static void
write_file(const char *folder, const char *name, const char *text)
{
	g_autofree char *path = g_build_filename(folder, name, NULL);

	assert_true(g_file_set_contents(path, text, -1, NULL));
}

/* Everything that a *.profile can be and should not; by name, in this order. */
static void
fill(const char *folder)
{
	g_autofree char *fifo = g_build_filename(folder, "a.profile", NULL);
	g_autofree char *directory = g_build_filename(folder, "b.profile", NULL);
	g_autofree char *huge = g_build_filename(folder, "c.profile", NULL);
	g_autofree char *dangling = g_build_filename(folder, "d.profile", NULL);
	g_autofree char *loop = g_build_filename(folder, "e.profile", NULL);
	g_autofree char *lost = g_build_filename(folder, "f.profile", NULL);
	g_autofree char *device = g_build_filename(folder, "g.profile", NULL);
	struct stat status;

	assert_int_equal(mkfifo(fifo, 0600), 0);
	assert_int_equal(mkdir(directory, 0700), 0);
	write_file(folder, "c.profile", GOOD);
	assert_int_equal(truncate(huge, (off_t)1 << 30), 0);
	assert_int_equal(symlink("/nowhere", dangling), 0);
	assert_int_equal(symlink("e.profile", loop), 0);
	write_file(folder, "f.profile", GOOD);
	assert_int_equal(stat(lost, &status), 0);
	stale = status.st_ino;
	assert_int_equal(symlink("/dev/zero", device), 0);
	/* No profiles: an editor's, a hidden one, another file. */
	write_file(folder, "x.profile~", "no profile");
	write_file(folder, ".x.profile", "no profile");
	write_file(folder, ".x.profile.swp", "no profile");
	write_file(folder, "#x.profile#", "no profile");
	write_file(folder, "README.md", "no profile");
}

static void
what_is_no_file(void **state)
{
	static const char *const said[] = {
	    "a.profile:1: is not a regular file and no profile",
	    "b.profile:1: is a directory and no profile",
	    "c.profile:1: is larger than 1 MB and no profile",
	    "d.profile:1: cannot be read: No such file or directory",
	    "e.profile:1: cannot be read: Too many levels of symbolic links",
	    "f.profile:1: cannot be read: Stale file handle",
	    "g.profile:1: is not a regular file and no profile",
	};
	g_autofree char *folder = folder_new("profiles");
	g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
	struct profile_set *set = profile_set_new();

	(void)state;
	fill(folder);
	write_file(folder, "h.profile", GOOD);
	profile_folders_add(set, folder, PROFILE_LAYER_USER, collect, problems);
	stale = 0;
	assert_int_equal(problems->len, G_N_ELEMENTS(said));
	for (guint i = 0; i < problems->len; i++) {
		g_autofree char *whole = g_strdup_printf("%s/%s", folder, said[i]);

		assert_string_equal(g_ptr_array_index(problems, i), whole);
	}
	assert_string_equal(command_of_x(set), "time");
	profile_set_free(set);
	folder_remove(folder);
}

/* The folder itself: not there, a file, a loop, one that may not be read. */
static void
what_is_no_folder(void **state)
{
	g_autofree char *folder = folder_new("profiles");
	g_autofree char *file = g_build_filename(folder, "file", NULL);
	g_autofree char *loop = g_build_filename(folder, "loop", NULL);
	g_autofree char *closed = g_build_filename(folder, "closed", NULL);
	g_autofree char *open_one = g_build_filename(folder, "open", NULL);
	const char *const paths[] = {"/nowhere/at/all", file, loop, closed, open_one, NULL};
	g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GArray) folders = profile_folders_given(paths);
	bool is_root = geteuid() == 0;
	struct profile_set *set;

	(void)state;
	assert_true(g_file_set_contents(file, "", 0, NULL));
	assert_int_equal(symlink("loop", loop), 0);
	assert_int_equal(mkdir(closed, 0700), 0);
	assert_int_equal(mkdir(open_one, 0755), 0);
	write_file(open_one, "x.profile", GOOD);
	assert_int_equal(chmod(closed, 0), 0);
	/* Root may read everything: be somebody who may not. */
	assert_int_equal(chmod(folder, 0755), 0);
	assert_int_equal(is_root ? seteuid(65534) : 0, 0);
	set = profile_folders_load(folders, collect, problems);
	assert_int_equal(is_root ? seteuid(0) : 0, 0);
	assert_int_equal(problems->len, 3);
	assert_non_null(
	    strstr(g_ptr_array_index(problems, 0), "/file: the profiles cannot be read"));
	assert_non_null(
	    strstr(g_ptr_array_index(problems, 1), "Too many levels of symbolic links"));
	assert_non_null(strstr(g_ptr_array_index(problems, 2), "Permission denied"));
	assert_string_equal(command_of_x(set), "time");
	profile_set_free(set);
	assert_int_equal(chmod(closed, 0700), 0);
	folder_remove(folder);
}

/* The order of the usual places, and which layer each is. */
static void
usual_folders(void **state)
{
	static const struct {
		const char *path;
		enum profile_layer layer;
	} expected[] = {
	    {"/prefix/share/sidetouch/profiles", PROFILE_LAYER_SHIPPED},
	    {"/two/sidetouch/profiles", PROFILE_LAYER_SHIPPED},
	    {"/one/sidetouch/profiles", PROFILE_LAYER_SHIPPED},
	    {"/var/lib/flatpak/exports/share/sidetouch/profiles", PROFILE_LAYER_FLATPAK},
	    {"/home/me/data/flatpak/exports/share/sidetouch/profiles", PROFILE_LAYER_FLATPAK},
	    {"/mnt/apps/exports/share/sidetouch/profiles", PROFILE_LAYER_FLATPAK},
	    {"/var/lib/flatpak/app", PROFILE_LAYER_FLATPAK},
	    {"/home/me/data/flatpak/app", PROFILE_LAYER_FLATPAK},
	    {"/etc/sidetouch/profiles", PROFILE_LAYER_ADMIN},
	    {"/home/me/config/sidetouch/profiles", PROFILE_LAYER_USER},
	};
	g_autoptr(GArray) folders = profile_folders_usual("/prefix/share/sidetouch");

	(void)state;
	assert_int_equal(folders->len, G_N_ELEMENTS(expected));
	for (guint i = 0; i < folders->len; i++) {
		const struct profile_folder *folder =
		    &g_array_index(folders, struct profile_folder, i);

		assert_string_equal(folder->path, expected[i].path);
		assert_int_equal(folder->layer, expected[i].layer);
	}
	assert_int_equal(profile_folders_layer(folders, "/etc/sidetouch/profiles/x.profile"),
			 PROFILE_LAYER_ADMIN);
	assert_int_equal(profile_folders_layer(folders, "x.profile"), PROFILE_LAYER_USER);
	assert_int_equal(profile_folders_layer(folders,
					       "/var/lib/flatpak/app/org.x.A/current/active/files/"
					       "share/sidetouch/profiles/org.x.A.profile"),
			 PROFILE_LAYER_FLATPAK);
}

/* Of an installed Flatpak app counts the profile that is named after it, and no other in it. */
static void
flatpak_apps(void **state)
{
	g_autofree char *folder = folder_new("profiles");
	g_autofree char *apps = g_build_filename(folder, "flatpak", "app", NULL);
	g_autofree char *deployed = g_build_filename(
	    apps, "org.x.A", "x86_64/stable/0a1b/files/share/sidetouch/profiles", NULL);
	g_autofree char *active = g_build_filename(apps, "org.x.A", "x86_64/stable/active", NULL);
	g_autofree char *current = g_build_filename(apps, "org.x.A", "current", NULL);
	g_autofree char *empty = g_build_filename(apps, "org.x.Empty", NULL);
	struct profile_set *set = profile_set_new();

	(void)state;
	assert_int_equal(g_mkdir_with_parents(deployed, 0700), 0);
	assert_int_equal(g_mkdir_with_parents(empty, 0700), 0);
	assert_int_equal(symlink("0a1b", active), 0);
	assert_int_equal(symlink("x86_64/stable", current), 0);
	write_file(deployed, "org.x.A.profile",
		   "[Profile]\nName=A\nApp=org.x.A\n[right-top]\nCommand=time\n");
	write_file(deployed, "org.x.B.profile",
		   "[Profile]\nName=B\nApp=org.x.B\n[right-top]\nCommand=time\n");
	profile_folders_add(set, apps, PROFILE_LAYER_FLATPAK, no_problem, NULL);
	assert_string_equal(command_of(set, "org.x.A", PAD_RIGHT_TOP), "time");
	assert_string_equal(command_of(set, "org.x.B", PAD_RIGHT_TOP), "previous");
	profile_set_free(set);
	folder_remove(folder);
}

/* Later folders win key by key: shipped, the administrator's, the user's. */
static void
layers(void **state)
{
	g_autofree char *folder = folder_new("profiles");
	struct profile_set *set = profile_set_new();
	static const char *const ids[] = {"x", NULL};
	const struct profile_binding *binding;
	struct profile_view view;

	(void)state;
	write_file(folder, "x.profile", HEAD "[right-top]\nCommand=key F5\nLabel=Reload\n");
	profile_folders_add(set, folder, PROFILE_LAYER_SHIPPED, no_problem, NULL);
	write_file(folder, "x.profile", "[Profile]\nName=X\n[right-top]\nConfirm=single\n");
	profile_folders_add(set, folder, PROFILE_LAYER_ADMIN, no_problem, NULL);
	write_file(folder, "x.profile", "[Profile]\nName=X\n[right-top]\nLabel=Again\n");
	profile_folders_add(set, folder, PROFILE_LAYER_USER, no_problem, NULL);
	profile_set_view(set, ids, NULL, &view);
	binding = profile_view_binding(&view, input_press(PAD_RIGHT_TOP));
	assert_string_equal(binding->command->text, "key F5");
	assert_int_equal(binding->command_origin.layer, PROFILE_LAYER_SHIPPED);
	assert_int_equal(binding->confirm, PROFILE_CONFIRM_SINGLE);
	assert_int_equal(binding->confirm_origin.layer, PROFILE_LAYER_ADMIN);
	assert_string_equal(binding->label, "Again");
	assert_int_equal(binding->label_origin.layer, PROFILE_LAYER_USER);
	profile_set_free(set);
	folder_remove(folder);
}

/* In a folder of any layer but the user's own, a program, a service and typing are refused where
 * they are written, and do nothing; however they are written. */
static void
what_a_layer_may_not(void **state)
{
	static const struct {
		const char *app, *command, *word;
	} files[] = {
	    {"org.x.A", "run touch /tmp/x", "run"},
	    {"org.x.B", "dbus org.x.Y /x org.x.Y.Z", "dbus"},
	    {"org.x.C", "type \"secret\"", "type"},
	    {"org.x.D", "\trun   x", "run"},
	};
	static const enum profile_layer layers[] = {PROFILE_LAYER_SHIPPED, PROFILE_LAYER_FLATPAK,
						    PROFILE_LAYER_RUNNING, PROFILE_LAYER_ADMIN};
	g_autofree char *folder = folder_new("profiles");
	struct profile_set *own = profile_set_new();

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
		g_autofree char *name = g_strconcat(files[i].app, ".profile", NULL);
		g_autofree char *text =
		    g_strdup_printf("[Profile]\nName=%s\nApp=%s\n[right-top]\nCommand=%s\n",
				    files[i].app, files[i].app, files[i].command);

		write_file(folder, name, text);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(layers); i++) {
		g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
		struct profile_set *set = profile_set_new();

		profile_folders_add(set, folder, layers[i], collect, problems);
		assert_int_equal(problems->len, G_N_ELEMENTS(files));
		for (guint j = 0; j < problems->len; j++) {
			g_autofree char *said =
			    g_strdup_printf("%s/%s.profile:5: the command %s is only for your own "
					    "profiles, in ~/.config/sidetouch/profiles",
					    folder, files[j].app, files[j].word);

			assert_string_equal(g_ptr_array_index(problems, j), said);
			assert_string_equal(command_of(set, files[j].app, PAD_RIGHT_TOP),
					    "previous");
		}
		profile_set_free(set);
	}
	profile_folders_add(own, folder, PROFILE_LAYER_USER, no_problem, NULL);
	assert_string_equal(command_of(own, "org.x.A", PAD_RIGHT_TOP), "run touch /tmp/x");
	profile_set_free(own);
	folder_remove(folder);
}

static bool
add_text(struct profile_set *set, enum profile_layer layer, const char *text)
{
	return profile_set_add_text(set, "/x/org.x.App.profile", layer, text, strlen(text),
				    no_problem, NULL);
}

/* To inherit the user's own profile is no way to a program, a service or typing. */
static void
inherits_no_rights(void **state)
{
	static const char lamp[] = "[Profile]\nName=Lamp\nApp=lamp\n"
				   "[right-top]\nCommand=run lamp --on\n"
				   "[right-middle]\nCommand=type \"secret\"\n"
				   "[right-bottom]\nCommand=key Escape\n";
	static const enum profile_layer layers[] = {PROFILE_LAYER_SHIPPED, PROFILE_LAYER_FLATPAK,
						    PROFILE_LAYER_ADMIN};
	static const char theirs[] = "[Profile]\nName=Theirs\nApp=org.x.App\nInherits=Lamp\n"
				     "[ear tap]\nCommand=time\n";

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(layers); i++) {
		struct profile_set *set = profile_set_new();

		assert_true(add_text(set, layers[i], theirs));
		assert_true(add_text(set, PROFILE_LAYER_USER, lamp));
		assert_string_equal(command_of(set, "lamp", PAD_RIGHT_TOP), "run lamp --on");
		assert_string_equal(command_of(set, "org.x.App", PAD_RIGHT_TOP), "previous");
		assert_string_equal(command_of(set, "org.x.App", PAD_RIGHT_MIDDLE), "next");
		assert_string_equal(command_of(set, "org.x.App", PAD_RIGHT_BOTTOM), "key Escape");
		/* The user may say so. */
		assert_true(
		    add_text(set, PROFILE_LAYER_USER, "[Profile]\nName=Theirs\nInherits=Lamp\n"));
		assert_string_equal(command_of(set, "org.x.App", PAD_RIGHT_TOP), "run lamp --on");
		profile_set_free(set);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_is_no_file),    cmocka_unit_test(what_is_no_folder),
	    cmocka_unit_test(usual_folders),      cmocka_unit_test(layers),
	    cmocka_unit_test(flatpak_apps),       cmocka_unit_test(what_a_layer_may_not),
	    cmocka_unit_test(inherits_no_rights),
	};

	g_setenv("LC_ALL", "C.UTF-8", TRUE);
	/* Before GLib asks for them the first time. */
	/* Flatpak's own are there with a slash at their end, or not at all; an installation on
	 * another disk may have any name. */
	g_setenv("XDG_DATA_DIRS",
		 "/one:/var/lib/flatpak/exports/share/:/mnt/apps/exports/share:/two", TRUE);
	g_setenv("XDG_DATA_HOME", "/home/me/data", TRUE);
	g_setenv("XDG_CONFIG_HOME", "/home/me/config", TRUE);
	return cmocka_run_group_tests_name("profile-files", tests, NULL, NULL);
}
