/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The ear through the daemon as a whole: commands and keys that lead to it and back, what
 * is private, and the talk button.
 * Run by tests/run; starts a private bus. The driver and the voice are played by the test.
 * Owns nothing.
 */
#include "tests/unit/daemon_ear_rig.h"

#include <fcntl.h>
#include <linux/input-event-codes.h>

#include "tests/support/folder.h"

/* What the sensor says goes to the driver, as long as there is a panel. */
static void
proximity_goes_to_the_driver(void **state)
{
	struct fixture *fixture;
	struct link_panel panel = {
	    .panel = PANEL, .state = LINK_PANEL_GONE, .width_um = 68000, .height_um = 136000};

	(void)state;
	start_sensors(true);
	fixture = start_without_sensors();
	await_told(fixture, "proximity 2|");
	link_server_send_panel(fixture->server, &panel);
	await_told(fixture, "proximity 0|");
	finish(fixture);
}

/* Two lower thumbs, and the driver does what it is told. */
static void
chord_leads_there_and_back(void **state)
{
	struct fixture *fixture = start_without_sensors();
	uint64_t time_us = (uint64_t)g_get_monotonic_time();
	struct link_chord chord = {.chord = 7,
				   .panel = PANEL,
				   .pads = {PAD_LEFT_BOTTOM, PAD_RIGHT_BOTTOM},
				   .phase = PRESS_UP,
				   .down_us = time_us - 50000,
				   .time_us = time_us};

	(void)state;
	link_server_send(fixture->server, &chord.header, LINK_CHORD, sizeof(chord));
	await_told(fixture, "mode 1|");
	await_signals(fixture, "Chord:up|Command:ear|Result:done|");
	ear(fixture, EAR_ENTER);
	/* No sensor: told to whoever comes to the ear, once. */
	AWAIT(strstr(fixture->signals->str, "No proximity sensor tells") &&
	      strstr(fixture->signals->str, "Ear:enter|"));
	assert_true(g_str_has_prefix(fixture->signals->str, "Said:At the ear|"));
	g_string_truncate(fixture->signals, 0);
	assert_int_equal(fake_speech.route.ear, 1);
	assert_int_equal(fake_speech.route.volume_percent, 100);
	chord.chord++;
	link_server_send(fixture->server, &chord.header, LINK_CHORD, sizeof(chord));
	await_told(fixture, "mode 0|");
	ear(fixture, EAR_LEAVE);
	await_told(fixture, "mode 0|");
	await_signals(fixture, "Chord:up|Command:ear|Result:done|"
			       "Said:Away from the ear|Ear:leave|");
	assert_int_equal(fake_speech.route.ear, 0);
	ear(fixture, EAR_ENTER);
	await_signals(fixture, "Ear:enter|");
	assert_int_equal(fake_speech.earcon, VOICE_EARCON_EAR);
	finish(fixture);
}

static void
key_leads_there_and_back(void **state)
{
	struct fixture *fixture = start();

	(void)state;
	key(fixture);
	await_told(fixture, "mode 1|");
	ear(fixture, EAR_ENTER);
	AWAIT(strstr(fixture->signals->str, "Said:At the ear|"));
	key(fixture);
	await_told(fixture, "mode 0|");
	/* It leaves by itself: another panel must not go on. */
	g_string_truncate(fixture->signals, 0);
	ear(fixture, EAR_LEAVE);
	await_told(fixture, "mode 0|");
	AWAIT(strstr(fixture->signals->str, "Said:Away from the ear|"));
	finish(fixture);
}

static void
gestures_of_the_other_ear(void **state)
{
	struct fixture *fixture = start();

	(void)state;
	ear(fixture, EAR_ENTER);
	AWAIT(strstr(fixture->signals->str, "Ear:enter|"));
	g_string_truncate(fixture->signals, 0);
	ear(fixture, EAR_SWIPE_LEFT);
	await_signals(fixture, "Ear:swipe-left|Said:Back, swipe again|");
	call_well(fixture, "SetVoice", g_variant_new("(ss)", "ear", "left"));
	ear(fixture, EAR_SWIPE_RIGHT);
	AWAIT(fake_apps.runs > 0);
	await_signals(fixture, "Ear:swipe-left|Command:back|");
	call_well(fixture, "SetVoice", g_variant_new("(ss)", "ear-volume", "60"));
	assert_int_equal(fake_speech.route.volume_percent, 60);
	call_well(fixture, "SetVoice", g_variant_new("(ss)", "earpiece", "alsa_output.ear"));
	assert_string_equal(fake_speech.route.sink, "alsa_output.ear");
	finish(fixture);
}

static void
talk_button(void **state)
{
	struct fixture *fixture = start();

	(void)state;
	ear(fixture, EAR_ENTER);
	ear(fixture, EAR_HOLD);
	ear(fixture, EAR_RELEASE);
	AWAIT(strstr(fixture->signals->str, "Said:Talk, hold again|"));
	assert_string_equal(fixture->told->str, "");
	ear(fixture, EAR_HOLD);
	await_told(fixture, "hold 57|");
	ear(fixture, EAR_MOVE);
	ear(fixture, EAR_RELEASE);
	await_told(fixture, "let go 57|");
	/* Taken away while it is held. */
	ear(fixture, EAR_HOLD);
	ear(fixture, EAR_RELEASE);
	ear(fixture, EAR_HOLD);
	await_told(fixture, "hold 57|");
	ear(fixture, EAR_LEAVE);
	await_told(fixture, "let go 57|");
	assert_int_equal(KEY_SPACE, 57);
	finish(fixture);
}

/* Written in place, all in one, as the kernel's files are read. */
static void
put_axis(struct fixture *fixture, char axis, double value)
{
	g_autofree char *name = g_strdup_printf("in_accel_%c_raw", axis);
	g_autofree char *folder = g_build_filename(fixture->folder, "iio:device0", NULL);
	g_autofree char *path = g_build_filename(folder, name, NULL);
	g_autofree char *text = g_strdup_printf("%8.3f\n", value);
	int fd;

	(void)g_mkdir(folder, 0700);
	fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	assert_int_equal(pwrite(fd, text, strlen(text), 0), strlen(text));
	close(fd);
}

static void
hold_phone(struct fixture *fixture, double x, double y, double z)
{
	put_axis(fixture, 'x', x);
	put_axis(fixture, 'y', y);
	put_axis(fixture, 'z', z);
}

static gboolean
turn_phone(void *data)
{
	static bool turned;

	turned = !turned;
	put_axis(data, 'x', turned ? -6.0 : 0);
	return G_SOURCE_CONTINUE;
}

/* Turned at the ear it is louder or softer; laid down it has left the ear. */
static void
turned_and_laid_down(void **state)
{
	struct fixture *fixture = start();
	g_autofree char *device = g_build_filename(fixture->folder, "iio:device0", NULL);
	guint turn;

	(void)state;
	hold_phone(fixture, 0, 9.8, 0);
	ear(fixture, EAR_ENTER);
	AWAIT(strstr(fixture->signals->str, "Ear:enter|"));
	g_string_truncate(fixture->signals, 0);
	/* To and fro by 31 degrees, until both ends were seen. */
	turn = g_timeout_add(200, turn_phone, fixture);
	AWAIT(strstr(fixture->signals->str, "Said:ear-volume "));
	g_source_remove(turn);
	assert_non_null(strstr(fixture->signals->str, "Ear:rotate-"));
	assert_non_null(strstr(fixture->signals->str, "Command:voice ear-volume "));
	assert_int_not_equal(fake_speech.route.volume_percent, 100);
	put_axis(fixture, 'z', 9.7);
	put_axis(fixture, 'x', 0);
	put_axis(fixture, 'y', 0.5);
	await_told(fixture, "mode 0|");
	ear(fixture, EAR_LEAVE);
	AWAIT(fake_speech.route.ear == 0);
	folder_remove(device);
	finish(fixture);
}

static void
say_private(struct fixture *fixture, const char *text, const char *kind)
{
	call_well(fixture, "SayPrivate", g_variant_new("(ss)", text, kind));
}

/* Messages only at the ear or in headphones; passwords too when the user says so. */
static void
private_texts(void **state)
{
	struct fixture *fixture = start();
	g_autofree char *message = NULL;
	static const char refusal[] =
	    "Said:Private. Hold the phone to your ear, or use headphones.|";

	(void)state;
	say_private(fixture, "Come at eight", "message");
	await_signals(fixture, refusal);
	say_private(fixture, "1234", "password");
	await_signals(fixture, "Said:|");
	call_well(fixture, "SetVoice", g_variant_new("(ss)", "private", "all"));
	say_private(fixture, "1234", "password");
	await_signals(fixture, refusal);
	routed(fixture, true, VOICE_PLACE_HEADPHONES);
	say_private(fixture, "1234", "password");
	await_signals(fixture, "Said:|");
	/* They are pulled out while it is being said. */
	fake_speech.silences = 0;
	routed(fixture, true, VOICE_PLACE_OPEN);
	assert_int_equal(fake_speech.silences, 1);
	ear(fixture, EAR_ENTER);
	AWAIT(strstr(fixture->signals->str, "Ear:enter|"));
	g_string_truncate(fixture->signals, 0);
	say_private(fixture, "Come at eight", "message");
	await_signals(fixture, "Said:|");
	/* And so is the ear. */
	ear(fixture, EAR_LEAVE);
	AWAIT(fake_speech.silences == 2);
	await_signals(fixture, "Ear:leave|");
	assert_null(call(fixture, "SayPrivate", g_variant_new("(ss)", "x", "secret"), &message));
	assert_string_equal(message, "A private text is a message or a password, not 'secret'.");
	finish(fixture);
}

/* The driver dies at the ear: speech is aloud again, and what was private stops. */
static void
driver_goes(void **state)
{
	struct fixture *fixture = start();

	(void)state;
	ear(fixture, EAR_ENTER);
	AWAIT(strstr(fixture->signals->str, "Ear:enter|"));
	say_private(fixture, "Come at eight", "message");
	stop_driver(fixture);
	AWAIT(fake_speech.silences == 1);
	assert_int_equal(fake_speech.route.ear, 0);
	start_driver(fixture);
	AWAIT(strstr(fixture->signals->str, "Said:The buttons work again|"));
	g_string_truncate(fixture->signals, 0);
	send_press(fixture, PAD_LEFT_BOTTOM, 0);
	await_signals(fixture, "Said:Back, press again|");
	finish(fixture);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(chord_leads_there_and_back),
	    cmocka_unit_test(proximity_goes_to_the_driver),
	    cmocka_unit_test(key_leads_there_and_back),
	    cmocka_unit_test(gestures_of_the_other_ear),
	    cmocka_unit_test(talk_button),
	    cmocka_unit_test(turned_and_laid_down),
	    cmocka_unit_test(private_texts),
	    cmocka_unit_test(driver_goes),
	};
	g_autoptr(GTestDBus) bus = NULL;
	int failed;

	g_log_set_always_fatal(G_LOG_LEVEL_CRITICAL);
	bus = g_test_dbus_new(G_TEST_DBUS_NONE);
	g_test_dbus_up(bus);
	failed = cmocka_run_group_tests_name("daemon-ear", tests, NULL, NULL);
	stop_bus(bus);
	return failed;
}
