/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Assigning through the daemon as a whole: pads to a line in a file and back, and what must not be
 * said or kept of people's messages.
 * Run by tests/run; starts a private bus. Owns a folder with a desktop file.
 */
#include "tests/unit/daemon_fixture.h"

#include "tests/support/folder.h"

static void
send_chord(struct fixture *fixture, enum press_phase phase)
{
	uint64_t time_us = (uint64_t)g_get_monotonic_time();
	struct link_chord chord = {
	    .chord = 900,
	    .panel = 1,
	    .pads = {PAD_LEFT_TOP, PAD_RIGHT_TOP},
	    .phase = phase,
	    .down_us = time_us - 60000,
	    .time_us = time_us,
	};

	link_server_send(fixture->server, &chord.header, LINK_CHORD, sizeof(chord));
}

/* Both top pads are held while this app is in front. */
static void
begin(struct fixture *fixture, const char *app)
{
	call_well(fixture, "SetFront", g_variant_new("(s)", app));
	send_chord(fixture, PRESS_DOWN);
	send_chord(fixture, PRESS_HOLD);
	send_chord(fixture, PRESS_UP);
	AWAIT(strstr(fixture->signals->str, "Said:Assigning. Move to a control and press"));
	AWAIT(strstr(fixture->signals->str, "Chord:up|"));
	g_string_truncate(fixture->signals, 0);
}

/* From both top pads to a line in a file and back, by pads alone. */
static void
a_control_is_assigned(void **state)
{
	const struct a11y_naming five = {(char *)"activate role=button name=\"5\"", NULL,
					 (char *)"5, button"};
	struct fixture *fixture = fixture_new(false);
	g_autofree char *own = g_build_filename(fixture->folder, "own", NULL);
	g_autofree char *path = g_build_filename(own, "org.example.App.profile", NULL);
	g_autofree char *text = NULL;
	uint32_t before = fake_apps.points;
	GArray *profiles;

	(void)state;
	fixture->profiles = profile_folders_given((const char *const[]){own, NULL});
	restart_daemon(fixture);
	start_driver(fixture);
	await_signals(fixture, "Said:Sidetouch is ready|");
	begin(fixture, "org.example.App");
	send_press(fixture, PAD_RIGHT_TOP, 400);
	AWAIT(fake_apps.points == before + 1);
	fake_apps.events->pointed(fake_apps.data, fake_apps.press, &five);
	await_signals(fixture, "Said:5, button, to right top, press again|");
	send_press(fixture, PAD_RIGHT_TOP, 0);
	AWAIT(strstr(fixture->signals->str, "Said:Assigned. right top is 5, button|"));
	assert_true(g_file_get_contents(path, &text, NULL, NULL));
	assert_string_equal(text, "[Profile]\nName=org.example.App\nApp=org.example.App\n\n"
				  "[right-top]\nCommand=activate role=button name=\"5\"\n");
	AWAIT(strstr(fixture->signals->str, "Said:The buttons have changed|"));
	g_string_truncate(fixture->signals, 0);
	send_press(fixture, PAD_LEFT_BOTTOM, 400);
	send_press(fixture, PAD_LEFT_BOTTOM, 0);
	AWAIT(strstr(fixture->signals->str, "Said:Undone. The buttons are as they were|"));
	assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
	AWAIT(strstr(fixture->signals->str, "Said:The buttons have changed|"));
	assert_int_equal(g_rmdir(own), 0);
	profiles = fixture->profiles;
	fixture_free(fixture);
	g_array_unref(profiles);
}

/* What somebody has written is neither said aloud nor kept in a profile. */
static void
no_message_is_assigned(void **state)
{
	static const struct a11y_naming namings[] = {
	    {(char *)"activate role=\"list item\" name=\"Come at eight\"", NULL,
	     (char *)"Come at eight, list item"},
	    {NULL, NULL, (char *)"More than one control here is called Come at eight"},
	};
	const struct a11y_naming button = {(char *)"activate role=button name=\"Send\"", NULL,
					   (char *)"Send, button"};
	struct fixture *fixture = fixture_new(true);
	uint32_t before = fake_apps.points;

	(void)state;
	begin(fixture, "org.example.Chatty");
	for (size_t i = 0; i < G_N_ELEMENTS(namings); i++) {
		/* A landing right after a lift would be a bounce. */
		send_press(fixture, PAD_RIGHT_TOP, 600 - 300 * i);
		AWAIT(fake_apps.points == before + i + 1);
		fake_apps.events->pointed(fake_apps.data, fake_apps.press, &namings[i]);
		await_signals(fixture, "Said:Only a control with a name of its own can be put on a "
				       "button here. Move to a button or a field|");
	}
	send_press(fixture, PAD_RIGHT_TOP, 0);
	AWAIT(fake_apps.points == before + G_N_ELEMENTS(namings) + 1);
	fake_apps.events->pointed(fake_apps.data, fake_apps.press, &button);
	await_signals(fixture, "Said:Send, button, to right top, press again|");
	fixture_free(fixture);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_control_is_assigned),
	    cmocka_unit_test(no_message_is_assigned),
	};
	g_autofree char *data = folder_new("daemon-assign");
	g_autofree char *applications = g_build_filename(data, "applications", NULL);
	g_autofree char *file = g_build_filename(applications, "org.example.Chatty.desktop", NULL);
	g_autoptr(GTestDBus) bus = NULL;
	int failed;

	g_log_set_always_fatal(G_LOG_LEVEL_CRITICAL);
	g_setenv("XDG_DATA_HOME", data, TRUE);
	g_mkdir(applications, 0700);
	g_file_set_contents(file,
			    "[Desktop Entry]\nType=Application\nName=Chatty\nExec=true\n"
			    "Categories=Network;Chat;\n",
			    -1, NULL);
	bus = g_test_dbus_new(G_TEST_DBUS_NONE);
	g_test_dbus_up(bus);
	failed = cmocka_run_group_tests_name("daemon-assign", tests, NULL, NULL);
	stop_bus(bus);
	folder_remove(data);
	return failed;
}
