/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `sidetouchctl doctor`'s checks in surroundings of which one thing is broken for real, and checks
 * that hang, die, or leave something behind.
 * Run by tests/run, which has built sidetouch-voice into $BUILD.
 * Owns a folder a test.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "common/profile_folders.h"
#include "ctl/doctor.h"

/* No check of these takes this long on a busy machine; one that hangs is given up after it. */
#define PATIENCE_MS 60000
#define SHORT_MS    300

struct fixture {
	char folder[64];
	char *uinput, *panel, *calibrations, *profiles, *voice;
	const char *panels[2];
	GArray *folders;
	struct doctor_place place;
	GArray *findings;
};

static char *
below(const struct fixture *fixture, const char *name)
{
	return g_build_filename(fixture->folder, name, NULL);
}

static void
put(const struct fixture *fixture, const char *name, const char *text, mode_t mode)
{
	g_autofree char *path = below(fixture, name);
	g_autofree char *folder = g_path_get_dirname(path);

	assert_int_equal(g_mkdir_with_parents(folder, 0755), 0);
	assert_true(g_file_set_contents(path, text, -1, NULL));
	assert_int_equal(chmod(path, mode), 0);
}

static int
setup(void **state)
{
	struct fixture *fixture = g_new0(struct fixture, 1);
	const char *build = g_getenv("BUILD") ? g_getenv("BUILD") : "build";

	g_strlcpy(fixture->folder, "/tmp/sidetouch-test-XXXXXX", sizeof(fixture->folder));
	assert_non_null(g_mkdtemp(fixture->folder));
	assert_int_equal(chmod(fixture->folder, 0755), 0);
	put(fixture, "sys/class/misc/uinput/dev", "10:223\n", 0644);
	put(fixture, "sys/class/input/event0/dev", "13:64\n", 0644);
	put(fixture, "uinput", "", 0666);
	put(fixture, "event0", "", 0666);
	put(fixture, "profiles/app.profile", "[Profile]\nName=An app\nApp=an.app\n", 0644);
	fixture->uinput = below(fixture, "uinput");
	fixture->panel = below(fixture, "event0");
	fixture->calibrations = below(fixture, "calibrations");
	fixture->profiles = below(fixture, "profiles");
	fixture->voice = g_build_filename(build, "sidetouch-voice", NULL);
	fixture->panels[0] = fixture->panel;
	fixture->folders = profile_folders_given((const char *const[]){fixture->profiles, NULL});
	fixture->place = (struct doctor_place){
	    .sys = below(fixture, "sys"),
	    .uinput = fixture->uinput,
	    .touchscreens = fixture->panels,
	    .service_user = "nobody",
	    .systemd = below(fixture, "no-systemd"),
	    .seat = "seat-of-nobody",
	    .socket = below(fixture, "no.sock"),
	    .calibrations = fixture->calibrations,
	    .profiles = fixture->folders,
	    .voice = fixture->voice,
	    .voice_settings = below(fixture, "voice.conf"),
	    .cards = below(fixture, "no-cards"),
	    .patience_ms = PATIENCE_MS,
	};
	g_setenv("PULSE_SERVER", "unix:/dev/null", TRUE);
	*state = fixture;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *fixture = *state;
	const char *const argv[] = {"rm", "-rf", fixture->folder, NULL};

	assert_true(g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
				 NULL, NULL, NULL));
	g_clear_pointer(&fixture->findings, g_array_unref);
	g_array_unref(fixture->folders);
	g_free((char *)fixture->place.sys);
	g_free((char *)fixture->place.systemd);
	g_free((char *)fixture->place.socket);
	g_free((char *)fixture->place.voice_settings);
	g_free((char *)fixture->place.cards);
	g_free(fixture->uinput);
	g_free(fixture->panel);
	g_free(fixture->calibrations);
	g_free(fixture->profiles);
	g_free(fixture->voice);
	g_free(fixture);
	return 0;
}

static void
run(struct fixture *fixture, doctor_check_fn *check)
{
	const struct doctor_check checks[] = {{"it", check, "It hangs."}, {0}};

	g_clear_pointer(&fixture->findings, g_array_unref);
	fixture->findings = doctor_run(checks, &fixture->place);
}

static const struct doctor_finding *
finding(const struct fixture *fixture, guint index)
{
	assert_true(index < fixture->findings->len);
	return &g_array_index(fixture->findings, struct doctor_finding, index);
}

static void
expect_well(struct fixture *fixture, doctor_check_fn *check)
{
	run(fixture, check);
	assert_true(fixture->findings->len > 0);
	for (guint i = 0; i < fixture->findings->len; i++) {
		if (!finding(fixture, i)->ok)
			print_message("%s\n", finding(fixture, i)->text);
		assert_true(finding(fixture, i)->ok);
	}
}

/* Exactly one thing needs doing, and these words are in the sentence. */
static void
expect_todo(struct fixture *fixture, doctor_check_fn *check, const char *words)
{
	const char *found = "";

	run(fixture, check);
	for (guint i = 0; i < fixture->findings->len; i++) {
		if (!finding(fixture, i)->ok)
			found = finding(fixture, i)->text;
	}
	assert_int_equal(doctor_count_todo(fixture->findings), 1);
	if (!strstr(found, words))
		print_message("%s\n", found);
	assert_non_null(strstr(found, words));
}

static void
remove_below(const struct fixture *fixture, const char *name)
{
	g_autofree char *path = below(fixture, name);

	assert_int_equal(g_remove(path), 0);
}

static void
test_kernel(void **state)
{
	struct fixture *fixture = *state;

	expect_well(fixture, doctor_check_kernel);
	remove_below(fixture, "sys/class/misc/uinput/dev");
	remove_below(fixture, "sys/class/misc/uinput");
	expect_todo(fixture, doctor_check_kernel, "sudo modprobe uinput");
	put(fixture, "sys/class/misc/uinput/dev", "10:223\n", 0644);
	remove_below(fixture, "sys/class/input/event0/dev");
	remove_below(fixture, "sys/class/input/event0");
	expect_todo(fixture, doctor_check_kernel, "sudo modprobe evdev");
}

static void
test_access(void **state)
{
	struct fixture *fixture = *state;

	expect_well(fixture, doctor_check_access);
	assert_int_equal(chmod(fixture->uinput, 0660), 0);
	expect_todo(fixture, doctor_check_access, "nobody may not use");
	assert_int_equal(chmod(fixture->uinput, 0666), 0);
	assert_int_equal(chmod(fixture->panel, 0660), 0);
	expect_todo(fixture, doctor_check_access, "may not read the touchscreen");
	assert_int_equal(chmod(fixture->panel, 0664), 0);
	expect_todo(fixture, doctor_check_access, "may not read the touchscreen");
	assert_int_equal(g_remove(fixture->panel), 0);
	expect_todo(fixture, doctor_check_access, "is not there. Connect it again");
	fixture->panels[0] = NULL;
	expect_todo(fixture, doctor_check_access, "udev knows of no touchscreen");
	fixture->place.service_user = "nobody-of-that-name";
	expect_todo(fixture, doctor_check_access, "sudo systemd-sysusers");
}

static bool
set_acl(const struct fixture *fixture, const char *entry)
{
	const char *const argv[] = {"setfacl", "--modify", entry, fixture->panel, NULL};
	int status = -1;

	return g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
			    &status, NULL) &&
	       status == 0;
}

/* As the udev rules give it: an entry for the user alone, and what a mask takes from it. */
static void
test_access_list(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(chmod(fixture->panel, 0600), 0);
	if (!set_acl(fixture, "u:nobody:rw"))
		skip();
	expect_well(fixture, doctor_check_access);
	assert_true(set_acl(fixture, "m::r"));
	expect_todo(fixture, doctor_check_access, "may not read the touchscreen");
	assert_true(set_acl(fixture, "m::rw"));
	expect_well(fixture, doctor_check_access);
	assert_true(set_acl(fixture, "u:nobody:r"));
	expect_todo(fixture, doctor_check_access, "may not read the touchscreen");
}

static void
test_services(void **state)
{
	struct fixture *fixture = *state;

	expect_well(fixture, doctor_check_services);
	/* systemd runs, they say, and is nowhere to be asked: each unit is a sentence. */
	put(fixture, "no-systemd/file", "", 0644);
	g_setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nowhere/at/all", TRUE);
	g_setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/at/all", TRUE);
	run(fixture, doctor_check_services);
	assert_int_equal(fixture->findings->len, 3);
	for (guint i = 0; i < 3; i++) {
		assert_false(finding(fixture, i)->ok);
		assert_non_null(
		    strstr(finding(fixture, i)->text, "cannot be asked about sidetouch"));
	}
}

static void
test_seat(void **state)
{
#ifdef SIDETOUCH_LOGIN
	expect_todo(*state, doctor_check_seat, "Log in at the device itself");
#else
	expect_well(*state, doctor_check_seat);
#endif
}

static void
test_nothing_runs(void **state)
{
	struct fixture *fixture = *state;

	g_setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/at/all", TRUE);
	expect_todo(fixture, doctor_check_driver, "systemctl start sidetouch-driver");
	expect_todo(fixture, doctor_check_daemon, "in the session of the user");
	expect_todo(fixture, doctor_check_apps, "no app can be reached");
	/* Without a daemon nothing is known of panels, and that is told once. */
	run(fixture, doctor_check_panels);
	assert_int_equal(fixture->findings->len, 0);
}

static void
test_voice(void **state)
{
	struct fixture *fixture = *state;

	put(fixture, "voice.conf", "[voice]\nlanguage=de\n", 0644);
	expect_well(fixture, doctor_check_voice);
	assert_non_null(strstr(finding(fixture, 0)->text, "the voice de speaks de"));
	put(fixture, "voice.conf", "[voice]\nlanguage=zh-CN\n", 0644);
	expect_well(fixture, doctor_check_voice);
	assert_non_null(strstr(finding(fixture, 0)->text, "cmn-latn-pinyin"));
	/* Klingon's, which espeak-ng 1.51 does not have; ISO 639. */
	put(fixture, "voice.conf", "[voice]\nlanguage=tlh\n", 0644);
	expect_todo(fixture, doctor_check_voice, "no voice for tlh");
	put(fixture, "voice.conf", "[voice]\nlanguage=de\nrate=fast\n", 0644);
	expect_todo(fixture, doctor_check_voice, "voice.conf:3: ");
	assert_true(finding(fixture, 0)->private);
	remove_below(fixture, "voice.conf");
	g_setenv("ESPEAK_DATA_PATH", fixture->folder, TRUE);
	expect_todo(fixture, doctor_check_voice, "espeak-ng-data");
	g_unsetenv("ESPEAK_DATA_PATH");
	fixture->place.voice = "/nowhere/sidetouch-voice";
	expect_todo(fixture, doctor_check_voice, "cannot be started");
	fixture->place.voice = "/bin/false";
	expect_todo(fixture, doctor_check_voice, "broke off");
}

static void
test_sound(void **state)
{
	struct fixture *fixture = *state;
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	g_autofree char *path = below(fixture, "native");
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	g_setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/at/all", TRUE);
	g_setenv("PULSE_SERVER", path, TRUE);
	expect_todo(fixture, doctor_check_sound, "pipewire-pulse");
	g_strlcpy(address.sun_path, path, sizeof(address.sun_path));
	assert_int_equal(bind(fd, (const struct sockaddr *)&address, sizeof(address)), 0);
	/* Its file is there, and nobody listens. */
	expect_todo(fixture, doctor_check_sound, "Connection refused");
	assert_int_equal(listen(fd, 8), 0);
	expect_well(fixture, doctor_check_sound);
	close(fd);
	put(fixture, "no-cards/pcmC0D0p", "", 0666);
	expect_well(fixture, doctor_check_sound);
}

static void
test_profiles(void **state)
{
	struct fixture *fixture = *state;

	expect_well(fixture, doctor_check_profiles);
	put(fixture, "profiles/wrong.profile", "[Profile]\nName=Wrong\nApp=wrong.app\nFrob=1\n",
	    0644);
	expect_todo(fixture, doctor_check_profiles, "wrong.profile:4: ");
	assert_true(finding(fixture, 0)->private);
}

static void
test_calibration(void **state)
{
	struct fixture *fixture = *state;

	expect_well(fixture, doctor_check_calibration);
	put(fixture, "calibrations/a.calibration",
	    "[calibration]\nVersion=1\n"
	    "[left-top]\nX=5\nY=60\nRadius=6.5\n[left-middle]\nX=5\nY=85\nRadius=6.5\n"
	    "[left-bottom]\nX=5\nY=110\nRadius=6.5\n[right-top]\nX=63\nY=60\nRadius=6.5\n"
	    "[right-middle]\nX=63\nY=85\nRadius=6.5\n[right-bottom]\nX=63\nY=110\nRadius=6.5\n",
	    0644);
	expect_well(fixture, doctor_check_calibration);
	put(fixture, "calibrations/b.calibration", "[calibration]\nVersion=frob\n", 0644);
	expect_todo(fixture, doctor_check_calibration, "b.calibration:2: ");
}

/* --- checks that do not behave --- */

static void
hang(const struct doctor_place *place, struct doctor_findings *findings)
{
	(void)place;
	doctor_ok(findings, "so far");
	for (;;)
		(void)pause();
}

static void
die(const struct doctor_place *place, struct doctor_findings *findings)
{
	(void)place;
	doctor_ok(findings, "so far");
	(void)raise(SIGKILL);
}

/* Something that lives on, with the pipe's end open, as what a library starts may. */
static void
leave(const struct doctor_place *place, struct doctor_findings *findings)
{
	(void)place;
	if (fork() == 0) {
		for (;;)
			(void)pause();
	}
	doctor_ok(findings, "%s", "line\nbreak \x01 and \xff");
}

static void
test_misbehaving(void **state)
{
	struct fixture *fixture = *state;
	const struct doctor_check checks[] = {
	    {"hang", hang, "Do this."}, {"die", die, ""}, {"leave", leave, ""}, {0}};

	fixture->place.patience_ms = SHORT_MS;
	fixture->findings = doctor_run(checks, &fixture->place);
	assert_int_equal(fixture->findings->len, 5);
	assert_string_equal(finding(fixture, 0)->text, "so far");
	assert_non_null(strstr(finding(fixture, 1)->text, "Do this. Whatever was asked did not"));
	assert_string_equal(finding(fixture, 2)->text, "so far");
	assert_non_null(strstr(finding(fixture, 3)->text, "The check of die broke off"));
	assert_string_equal(finding(fixture, 4)->check, "leave");
	assert_true(finding(fixture, 4)->ok);
	assert_null(strchr(finding(fixture, 4)->text, '\n'));
	assert_true(g_utf8_validate(finding(fixture, 4)->text, -1, NULL));
	assert_int_equal(doctor_count_todo(fixture->findings), 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_kernel, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_access, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_access_list, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_services, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_seat, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_nothing_runs, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_voice, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_sound, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_profiles, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_calibration, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_misbehaving, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
