/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which application a process is, from the texts of /proc: real ones of GNOME, KDE, Flatpak and
 * none of them, and hostile ones.
 * Run by `make check`; owns nothing.
 */
#include "daemon/app_id.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <glib.h>

#include "common/cleanup.h"

#define USER "0::/user.slice/user-1000.slice/user@1000.service/"

struct row {
	const char *text;
	const char *id;
};

static void
check(char *got, const char *text, const char *wanted)
{
	g_autofree char *id = got;

	if (g_strcmp0(id, wanted) != 0)
		fail_msg("'%s' gave '%s' and not '%s'", text, id ? id : "(none)",
			 wanted ? wanted : "(none)");
}

static void
cgroups(void **state)
{
	static const struct row rows[] = {
	    {USER "app.slice/app-gnome-org.gnome.Calculator-4711.scope\n", "org.gnome.Calculator"},
	    {USER "app.slice/app-org.kde.kate@1a2b3c.service\n", "org.kde.kate"},
	    {USER "app.slice/app-KDE-org.kde.kate@1a2b3c.service\n", "org.kde.kate"},
	    {USER "app.slice/app-org.kde.kate.service\n", "org.kde.kate"},
	    {USER "app.slice/app-flatpak-org.mozilla.firefox-99.scope\n", "org.mozilla.firefox"},
	    {USER "app.slice/app-gnome-gnome\\x2dcalculator-1.scope\n", "gnome-calculator"},
	    {USER "app.slice/app-dbus\\x2d:1.2\\x2dx.slice/app-phosh-sm.puri.Chatty-7.scope\n",
	     "sm.puri.Chatty"},
	    {USER "app.slice/app-gnome-a-1.scope/app-gnome-b-2.scope\n", "b"},
	    {"12:pids:/x\n1:name=systemd:/user/app-sway-foot-12.scope\n0::/\n", "foot"},
	    {USER "session.slice/org.gnome.Shell@wayland.service\n", NULL},
	    {USER "app.slice/vte-spawn-0f0f.scope\n", NULL},
	    {USER "app.slice/app-123.scope\n", NULL},
	    {"0::/\n", NULL},
	    {"", NULL},
	    {"no slash", NULL},
	    {USER "app-.scope\n", NULL},
	    {USER "app--.scope\n", NULL},
	    {USER "app-x-\\x2f\\x2fetc-1.scope\n", NULL},
	    {USER "app-x-\\xff\\xfe-1.scope\n", NULL},
	    {USER "app-x-\\x00-1.scope\n", NULL},
	    {USER "app-x-a\\x0ab-1.scope\n", NULL},
	    {USER "app-x-\\x2-1.scope\n", "\\x2"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++)
		check(app_id_from_cgroup(rows[i].text), rows[i].text, rows[i].id);
}

static void
flatpaks(void **state)
{
	static const struct row rows[] = {
	    {"[Application]\nname=org.gnome.Maps\nruntime=x\n\n[Instance]\nname=no\n",
	     "org.gnome.Maps"},
	    {"[Instance]\nname=no\n", NULL},
	    {"[Application]\nname=\n", NULL},
	    {"[Application]\nname=../../etc\n", NULL},
	    {"name=x\n", NULL},
	    {"\xff\xfe\n", NULL},
	    {"", NULL},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++)
		check(app_id_from_flatpak_info(rows[i].text), rows[i].text, rows[i].id);
}

static void
executables(void **state)
{
	static const struct row rows[] = {
	    {"/usr/bin/mousepad", "mousepad"},
	    {"/usr/bin/mousepad (deleted)", "mousepad"},
	    {"mousepad", "mousepad"},
	    {"/usr/bin/", NULL},
	    {"/a\nb", NULL},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++)
		check(app_id_from_executable(rows[i].text), rows[i].text, rows[i].id);
}

static void
long_names(void **state)
{
	g_autofree char *name = g_strnfill(300, 'x');
	g_autofree char *cgroup = g_strdup_printf("0::/app-x-%s-1.scope\n", name);
	g_auto(GStrv) ids = app_ids(0, name);

	(void)state;
	assert_null(app_id_from_cgroup(cgroup));
	assert_null(ids[0]);
}

static void
own_process(void **state)
{
	g_auto(GStrv) ids = app_ids((uint32_t)getpid(), "test-app-id");
	g_auto(GStrv) none = app_ids(0, NULL);
	size_t seen = 0;

	(void)state;
	for (size_t i = 0; ids[i]; i++)
		seen += g_str_equal(ids[i], "test-app-id") ? 1 : 0;
	/* The executable and the name are the same word, told once. */
	assert_int_equal(seen, 1);
	assert_null(none[0]);
}

static void
nobodys_process(void **state)
{
	/* Above the kernel's largest PID_MAX_LIMIT, 4194304: never there. */
	g_auto(GStrv) ids = app_ids(4194305, "Name");

	(void)state;
	assert_string_equal(ids[0], "Name");
	assert_null(ids[1]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(cgroups),     cmocka_unit_test(flatpaks),
	    cmocka_unit_test(executables), cmocka_unit_test(long_names),
	    cmocka_unit_test(own_process), cmocka_unit_test(nobodys_process),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
