/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Notifications through the daemon as a whole: seen on the bus, told, read again, and what of them
 * nobody else is to hear.
 * Run by tests/run; starts a private bus. The driver and the voice are played by the test.
 * Owns a folder of profiles.
 */
#include "tests/unit/daemon_ear_rig.h"
#include "tests/unit/notify_rig.h"

#include "tests/support/folder.h"

static char *folder;

/* A daemon with buttons that read notifications: right top the newest, right bottom the next. */
static struct fixture *
begin(void)
{
	struct fixture *fixture = fixture_new(false);

	fixture->profiles = profile_folders_given((const char *const[]){folder, NULL});
	restart_daemon(fixture);
	start_driver(fixture);
	await_signals(fixture, "Said:Sidetouch is ready|");
	AWAIT(notifications_are_heard(fixture));
	call_well(fixture, "SetFront", g_variant_new("(s)", "org.example.App"));
	await_signals(fixture, "Front:org.example.App|");
	fixture->told = g_string_new(NULL);
	return fixture;
}

static void
end(struct fixture *fixture)
{
	GArray *profiles = fixture->profiles;

	finish(fixture);
	g_array_unref(profiles);
}

static void
aloud(void **state)
{
	struct fixture *fixture = begin();

	(void)state;
	send_notification("Mail", "Ann", "<b>Come</b> at eight");
	await_signals(fixture, "Told:Mail: Ann|");
	assert_false(fake_speech.secret);
	send_press(fixture, PAD_RIGHT_TOP, 0);
	AWAIT(strstr(fixture->signals->str, "Said:Mail: Ann. Private. Hold the phone to your ear, "
					    "or use headphones. "));
	g_string_truncate(fixture->signals, 0);
	call_well(fixture, "SetVoice", g_variant_new("(ss)", "notifications", "off"));
	send_notification("Mail", "Bob", "");
	/* Not told; whoever was told first of the next one would have been told of this one. */
	call_well(fixture, "SetVoice", g_variant_new("(ss)", "notifications", "on"));
	send_notification("Mail", "Cy", "");
	await_signals(fixture, "Told:Mail: Cy|");
	end(fixture);
}

static void
at_the_ear(void **state)
{
	struct fixture *fixture = begin();
	uint32_t silences;

	(void)state;
	ear(fixture, EAR_ENTER);
	AWAIT(strstr(fixture->signals->str, "Ear:enter|"));
	AWAIT(fake_speech.route.ear == 1);
	g_string_truncate(fixture->signals, 0);
	send_notification("Mail", "Ann", "Come at eight");
	/* Not even those who watch are told what. */
	AWAIT(strstr(fixture->signals->str, "Told:|"));
	assert_string_equal(fake_speech.text, "Mail: Ann. Come at eight");
	assert_true(fake_speech.secret);
	/* Away from the ear none of it goes on, nor what waits. */
	silences = fake_speech.silences;
	ear(fixture, EAR_LEAVE);
	AWAIT(strstr(fixture->signals->str, "Ear:leave|"));
	assert_int_equal(fake_speech.silences, silences + 1);
	assert_null(strstr(fixture->signals->str, "eight"));
	end(fixture);
}

static void
by_setting(void **state)
{
	struct fixture *fixture = begin();

	(void)state;
	call_well(fixture, "SetVoice", g_variant_new("(ss)", "private", "none"));
	send_notification("Mail", "Ann", "Come at eight");
	await_signals(fixture, "Told:|");
	assert_string_equal(fake_speech.text, "Mail: Ann. Come at eight");
	send_press(fixture, PAD_RIGHT_TOP, 0);
	AWAIT(strstr(fixture->signals->str, "Said:"));
	assert_true(g_str_has_prefix(fake_speech.text, "Mail: Ann. Come at eight. "));
	assert_true(fake_speech.secret);
	assert_null(strstr(fixture->signals->str, "eight"));
	end(fixture);
}

/* From the newest to older ones and back. */
static void
read_again(void **state)
{
	struct fixture *fixture = begin();

	(void)state;
	send_press(fixture, PAD_RIGHT_TOP, 0);
	AWAIT(strstr(fixture->signals->str, "Said:No notifications|"));
	send_notification("One", "first", "");
	send_notification("Two", "second", "");
	AWAIT(strstr(fixture->signals->str, "Told:Two: second|"));
	press_again(fixture, PAD_RIGHT_TOP);
	AWAIT(strstr(fixture->signals->str, "Said:Two: second. "));
	press_again(fixture, PAD_RIGHT_BOTTOM);
	AWAIT(strstr(fixture->signals->str, "Said:One: first. "));
	g_string_truncate(fixture->signals, 0);
	press_again(fixture, PAD_RIGHT_BOTTOM);
	AWAIT(strstr(fixture->signals->str, "Said:No older notification|"));
	press_again(fixture, PAD_RIGHT_MIDDLE);
	AWAIT(strstr(fixture->signals->str, "Said:Two: second. "));
	end(fixture);
}

/* A flood is told in part, and the last 50 are there. */
static void
flood(void **state)
{
	struct fixture *fixture = begin();
	unsigned told = 0;

	(void)state;
	for (unsigned i = 0; i < 60; i++) {
		g_autofree char *text = g_strdup_printf("%u", i);

		send_notification("Noisy", text, "");
	}
	send_notification("Other", "heard", "");
	AWAIT(strstr(fixture->signals->str, "Told:Other: heard|"));
	for (const char *at = fixture->signals->str; (at = strstr(at, "Told:Noisy")); at++)
		told++;
	/* Five at once, and one for each three seconds that this took. */
	assert_in_range(told, 5, 9);
	end(fixture);
}

int
main(void)
{
	static const char profile[] =
	    "[Profile]\nName=App\nApp=org.example.App\n\n"
	    "[right-top]\nCommand=notifications\nConfirm=single\n\n"
	    "[right-middle]\nCommand=notifications previous\n"
	    "Confirm=single\n\n"
	    "[right-bottom]\nCommand=notifications next\nConfirm=single\n";
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(aloud),      cmocka_unit_test(at_the_ear),
	    cmocka_unit_test(by_setting), cmocka_unit_test(read_again),
	    cmocka_unit_test(flood),
	};
	g_autoptr(GTestDBus) bus = NULL;
	g_autofree char *path = NULL;
	int failed;

	g_log_set_always_fatal(G_LOG_LEVEL_CRITICAL);
	folder = folder_new("daemon-notifications");
	path = g_build_filename(folder, "app.profile", NULL);
	g_file_set_contents(path, profile, -1, NULL);
	bus = g_test_dbus_new(G_TEST_DBUS_NONE);
	g_test_dbus_up(bus);
	failed = cmocka_run_group_tests_name("daemon-notifications", tests, NULL, NULL);
	stop_bus(bus);
	folder_remove(folder);
	g_free(folder);
	return failed;
}
