/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The daemon as a whole, between a real link, a real bus and fakes of apps and voice.
 * Run by tests/run; starts a private bus.
 * Owns nothing.
 */
#include "tests/unit/daemon_fixture.h"

#include <linux/input-event-codes.h>
#include <sys/socket.h>

#include "common/cleanup.h"
#include "driver/listen_socket.h"

/* Two presses, the first lifted 400 ms ago and the second just now. */
static void
send_two(struct fixture *fixture, enum pad pad)
{
	send_press(fixture, pad, 400);
	send_press(fixture, pad, 0);
}

static void
two_presses_run(void **state)
{
	struct fixture *fixture = fixture_new(true);

	(void)state;
	fake_apps.runs = 0;
	send_two(fixture, PAD_RIGHT_BOTTOM);
	await_signals(fixture, "Said:Activate, press again|Command:activate|");
	assert_int_equal(fake_apps.runs, 1);
	assert_int_equal(fake_apps.press, fixture->press);
	fake_apps.events->result(fake_apps.data, fake_apps.press, BRAIN_RESULT_DONE, NULL);
	await_signals(fixture, "Result:done|Said:Activate|");
	fixture_free(fixture);
}

static void
back_types_escape(void **state)
{
	struct fixture *fixture = fixture_new(true);

	(void)state;
	send_two(fixture, PAD_LEFT_BOTTOM);
	await_signals(fixture, "Said:Back, press again|Command:back|");
	fake_apps.events->result(fake_apps.data, fake_apps.press, BRAIN_RESULT_NOT_FOUND, NULL);
	AWAIT(fixture->keys == 1);
	assert_int_equal(fixture->key, KEY_ESC);
	link_server_send_key_done(fixture->server, fixture->request, 0);
	await_signals(fixture, "Result:done|Said:Back|");
	fixture_free(fixture);
}

static void
stale_press_is_let_go(void **state)
{
	struct fixture *fixture = fixture_new(true);

	(void)state;
	send_press(fixture, PAD_RIGHT_MIDDLE, 1500);
	send_press(fixture, PAD_LEFT_BOTTOM, 1300);
	send_press(fixture, PAD_LEFT_BOTTOM, 0);
	await_signals(fixture, "Said:Back, press again|");
	assert_int_equal(fixture->keys, 0);
	fixture_free(fixture);
}

static void
no_keyboard(void **state)
{
	struct fixture *fixture;

	(void)state;
	fixture = fixture_new(false);
	fixture->can_type = false;
	start_driver(fixture);
	AWAIT(fixture->listening);
	await_signals(fixture, "Said:Sidetouch is ready|");
	send_two(fixture, PAD_LEFT_BOTTOM);
	await_signals(fixture, "Said:Back, press again|Command:back|");
	fake_apps.events->result(fake_apps.data, fake_apps.press, BRAIN_RESULT_NOT_FOUND, NULL);
	await_signals(fixture, "Result:failed|Said:No key was typed, the touch driver has no "
			       "keyboard. It needs write access to /dev/uinput.|");
	fixture_free(fixture);
}

static void
unplugged_panel_disarms(void **state)
{
	struct fixture *fixture = fixture_new(true);
	struct link_panel panel = {.panel = 1, .state = LINK_PANEL_READY, .name = "Panel"};

	(void)state;
	link_server_send_panel(fixture->server, &panel);
	send_press(fixture, PAD_LEFT_BOTTOM, 0);
	await_signals(fixture, "Said:Back, press again|");
	panel.state = LINK_PANEL_GONE;
	link_server_send_panel(fixture->server, &panel);
	await_signals(fixture, "Said:Back cancelled, the buttons were away|");
	fixture_free(fixture);
}

/* What would be pressed is looked for at the first press, and its name is said. */
static void
looked_for_at_the_first_press(void **state)
{
	struct fixture *fixture = fixture_new(true);
	uint32_t before = fake_apps.resolves, runs = fake_apps.runs, disarms = fake_apps.disarms;

	(void)state;
	send_press(fixture, PAD_RIGHT_BOTTOM, 500);
	await_signals(fixture, "Said:Activate, press again|");
	AWAIT(fake_apps.resolves == before + 1);
	fake_apps.events->resolved(fake_apps.data, fake_apps.press, BRAIN_RESULT_DONE,
				   "OK, button");
	await_signals(fixture, "Said:OK, button|");
	send_press(fixture, PAD_RIGHT_BOTTOM, 0);
	await_signals(fixture, "Command:activate|");
	AWAIT(fake_apps.runs == runs + 1);
	/* It is not looked after any longer than it is armed. */
	assert_int_equal(fake_apps.disarms, disarms + 1);
	fixture_free(fixture);
}

static void
learning_over_the_bus(void **state)
{
	struct fixture *fixture = fixture_new(true);

	(void)state;
	call_well(fixture, "Learn", g_variant_new("(b)", TRUE));
	await_signals(fixture,
		      "Said:Learning. Press a button to hear what it does; nothing is done. "
		      "To leave, hold left top and right bottom together|");
	send_press(fixture, PAD_RIGHT_MIDDLE, 0);
	await_signals(fixture, "Said:right middle: Next|");
	call_well(fixture, "Learn", g_variant_new("(b)", FALSE));
	await_signals(fixture, "Said:Learning is over. The buttons work again|");
	assert_int_equal(fixture->keys, 0);
	fixture_free(fixture);
}

/* Offered once in a life: a file remembers that it was declined. */
static void
tutorial_is_offered_once(void **state)
{
	g_autofree char *remembered = NULL, *text = NULL;
	struct fixture *fixture = fixture_new(false);

	(void)state;
	fixture->offers_tutorial = true;
	restart_daemon(fixture);
	start_driver(fixture);
	await_signals(fixture, "Said:Sidetouch is ready. Touch left top to learn.|");
	remembered = g_build_filename(fixture->folder, "tutorial", NULL);
	send_press(fixture, PAD_LEFT_TOP, 0);
	AWAIT(strstr(fixture->signals->str, "Said:Five short lessons."));
	g_string_truncate(fixture->signals, 0);
	assert_false(g_file_test(remembered, G_FILE_TEST_EXISTS));
	call_well(fixture, "Tutorial", g_variant_new("(b)", FALSE));
	await_signals(fixture, "Said:The lessons are skipped. To hear them later: sidetouchctl "
			       "learn --tutorial. The buttons work now|");
	assert_true(g_file_get_contents(remembered, &text, NULL, NULL));
	assert_string_equal(text, "skipped\n");
	stop_driver(fixture);
	restart_daemon(fixture);
	start_driver(fixture);
	await_signals(fixture, "Said:Sidetouch is ready|");
	assert_int_equal(g_unlink(remembered), 0);
	fixture_free(fixture);
}

/* What the status says is wrong. */
static char *
problems(struct fixture *fixture)
{
	g_autoptr(GVariant) answer = call(fixture, "GetStatus", NULL, NULL);
	g_autoptr(GVariant) status = g_variant_get_child_value(answer, 0);
	g_autofree const char **list = NULL;

	assert_true(g_variant_lookup(status, "problems", "^a&s", &list));
	return g_strjoinv("|", (char **)list);
}

#define PROBLEMS(fixture, expected)                                                                \
	do {                                                                                       \
		g_autofree char *found = problems(fixture);                                        \
		assert_string_equal(found, expected);                                              \
	} while (0)

static void
driver_goes_and_comes_back(void **state)
{
	struct fixture *fixture = fixture_new(true);

	(void)state;
	/* With a key under way, whose end must be told too. */
	send_two(fixture, PAD_LEFT_BOTTOM);
	await_signals(fixture, "Said:Back, press again|Command:back|");
	fake_apps.events->result(fake_apps.data, fake_apps.press, BRAIN_RESULT_NOT_FOUND, NULL);
	AWAIT(fixture->keys == 1);
	stop_driver(fixture);
	await_signals(fixture,
		      "Result:failed|Said:No key was typed, the touch driver is not connected|"
		      "Said:The touch driver has gone. The buttons work again when it is back. If "
		      "it stays away: systemctl restart sidetouch-driver.|");
	start_driver(fixture);
	AWAIT(fixture->listening);
	await_signals(fixture, "Said:The buttons work again|");
	PROBLEMS(fixture, "");
	fixture_free(fixture);
}

static void
send_chord(struct fixture *fixture, enum press_phase phase, uint64_t ago_ms)
{
	uint64_t time_us = (uint64_t)g_get_monotonic_time() - ago_ms * 1000;
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

static void
chord_disarms(void **state)
{
	struct fixture *fixture = fixture_new(true);

	(void)state;
	send_press(fixture, PAD_LEFT_BOTTOM, 0);
	await_signals(fixture, "Said:Back, press again|");
	send_chord(fixture, PRESS_DOWN, 0);
	send_chord(fixture, PRESS_UP, 0);
	await_signals(fixture, "Chord:down|Chord:up|Said:Back cancelled|");
	fixture_free(fixture);
}

/* From the user's own profile to the keyboard and to programs; what is typed is told nobody. */
static void
beyond_the_app(void **state)
{
	static const char profile[] =
	    "[Profile]\nName=Default\n[right-top]\nCommand=type \"aB\"\n"
	    "Confirm=single\n[right-middle]\nCommand=run no-such-program\n";
	struct fixture *fixture = fixture_new(false);
	g_autofree char *own = g_build_filename(fixture->folder, "own", NULL);
	g_autofree char *path = g_build_filename(own, "default.profile", NULL);
	GArray *profiles;

	(void)state;
	assert_int_equal(g_mkdir(own, 0700), 0);
	assert_true(g_file_set_contents(path, profile, -1, NULL));
	fixture->profiles = profile_folders_given((const char *const[]){own, NULL});
	restart_daemon(fixture);
	start_driver(fixture);
	await_signals(fixture, "Said:Sidetouch is ready|");
	send_press(fixture, PAD_RIGHT_TOP, 0);
	AWAIT(fixture->keys == 1);
	assert_int_equal(fixture->key, KEY_A);
	link_server_send_key_done(fixture->server, fixture->request, 0);
	AWAIT(fixture->keys == 2);
	assert_int_equal(fixture->key, KEY_B);
	link_server_send_key_done(fixture->server, fixture->request, 0);
	await_signals(fixture, "Command:type|Result:done|Said:Type|");
	send_press(fixture, PAD_RIGHT_MIDDLE, 0);
	await_signals(fixture, "Said:Run: no-such-program, press again|"
			       "Said:There is no program no-such-program|");
	profiles = fixture->profiles;
	assert_int_equal(g_remove(path), 0);
	assert_int_equal(g_rmdir(own), 0);
	fixture_free(fixture);
	g_array_unref(profiles);
}

static void
send_notice(struct fixture *fixture, enum link_notice_kind kind, const char *text)
{
	struct link_notice notice = {.kind = kind, .panel = 1};

	g_strlcpy(notice.text, text, sizeof(notice.text));
	link_server_send(fixture->server, &notice.header, LINK_NOTICE, sizeof(notice));
}

static void
notices_are_said(void **state)
{
	struct fixture *fixture = fixture_new(true);
	g_autofree char *message = NULL;

	(void)state;
	send_notice(fixture, LINK_NOTICE_ESCAPE_ON, "");
	await_signals(fixture,
		      "Notice:escape-on|Said:Five fingers. For one minute every touch goes "
		      "to the screen, and the buttons are off.|");
	send_notice(fixture, LINK_NOTICE_ESCAPE_OFF, "");
	await_signals(fixture, "Notice:escape-off|Said:The buttons work again|");
	/* What holds is a problem: said the first time, and kept for the status. */
	for (int i = 0; i < 2; i++)
		send_notice(fixture, LINK_NOTICE_BAD_FILE, "/etc/x.quirk:3: no");
	await_signals(fixture, "Notice:bad-file|Said:/etc/x.quirk:3: no|Notice:bad-file|");
	{
		g_autoptr(GVariant) answer = call(fixture, "GetStatus", NULL, &message);
		g_autofree char *status = g_variant_print(answer, FALSE);

		assert_non_null(strstr(status, "/etc/x.quirk:3: no"));
	}
	fixture_free(fixture);
}

static int
accept_one(struct fixture *fixture, int server)
{
	int fd = -1;

	AWAIT((fd = accept4(server, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK)) >= 0);
	return fd;
}

/* Each wrong message ends the connection; the daemon comes back for another try. */
static void
wrong_messages(void **state)
{
	struct fixture *fixture = fixture_new(false);
	struct link_press press = {.pad = PAD_COUNT, .time_us = 1};
	struct link_driver_hello other = {.can_type = 1};
	struct link_watch ours = {.on = 1};
	const struct packet_header *const messages[] = {&press.header, &other.header, &ours.header};
	_autoclose_ int server = -1;

	(void)state;
	packet_init(&link_protocol, &press.header, LINK_PRESS, sizeof(press));
	packet_init(&link_protocol, &other.header, LINK_DRIVER_HELLO, sizeof(other));
	other.header.version++;
	packet_init(&link_protocol, &ours.header, LINK_WATCH, sizeof(ours));
	assert_int_equal(listen_socket_open(fixture->path, &server), 0);
	for (size_t i = 0; i < G_N_ELEMENTS(messages); i++) {
		_autoclose_ int fd = accept_one(fixture, server);
		char byte;

		assert_int_equal(packet_send(fd, messages[i]), 0);
		AWAIT(recv(fd, &byte, 1, MSG_DONTWAIT) == 0);
	}
	assert_string_equal(fixture->signals->str, "");
	fixture_free(fixture);
}

static void
refused_says_why(void **state)
{
	struct fixture *fixture = fixture_new(false);
	struct link_refused refused = {.reason = LINK_REFUSED_BUSY};
	g_autoptr(GVariant) answer = NULL, status = NULL;
	_autoclose_ int server = -1, fd = -1;
	const char *sentence;
	char byte;

	(void)state;
	assert_int_equal(listen_socket_open(fixture->path, &server), 0);
	fd = accept_one(fixture, server);
	packet_init(&link_protocol, &refused.header, LINK_REFUSED, sizeof(refused));
	assert_int_equal(packet_send(fd, &refused.header), 0);
	shutdown(fd, SHUT_WR);
	AWAIT(recv(fd, &byte, 1, MSG_DONTWAIT) == 0);
	answer = call(fixture, "GetStatus", NULL, NULL);
	status = g_variant_get_child_value(answer, 0);
	assert_true(g_variant_lookup(status, "driver", "&s", &sentence));
	assert_string_equal(sentence, "Another Sidetouch of yours has the buttons already. End the "
				      "other one, this one takes over then.");
	fixture_free(fixture);
}

static void
what_works_again_is_no_problem(void **state)
{
	struct fixture *fixture = fixture_new(true);

	(void)state;
	PROBLEMS(fixture, "");
	fake_apps.events->problem(fake_apps.data, "No bus");
	await_signals(fixture, "Said:No bus|");
	fake_apps.events->problem(fake_apps.data, "No bus");
	PROBLEMS(fixture, "No bus");
	fake_apps.events->problem(fake_apps.data, "No registry");
	await_signals(fixture, "Said:No registry|");
	PROBLEMS(fixture, "No registry");
	fake_apps.events->solved(fake_apps.data);
	PROBLEMS(fixture, "");
	fake_apps.events->problem(fake_apps.data, "No bus");
	await_signals(fixture, "Said:No bus|");
	PROBLEMS(fixture, "No bus");
	fixture_free(fixture);
}

static void
bus_calls(void **state)
{
	struct fixture *fixture = fixture_new(true);

	(void)state;
	call_well(fixture, "SetFront", g_variant_new("(s)", "org.example.App"));
	await_signals(fixture, "Front:org.example.App|");
	call_well(fixture, "Say", g_variant_new("(s)", "Hello"));
	await_signals(fixture, "Said:Hello|");
	fake_speech.stops = 0;
	call_well(fixture, "Stop", NULL);
	assert_int_equal(fake_speech.stops, 1);
	fixture_free(fixture);
}

/* What is said is private: who does not watch, or no longer, gets nothing. */
static void
only_watchers_hear(void **state)
{
	struct fixture *fixture = fixture_new(true);

	(void)state;
	call_well(fixture, "Unwatch", NULL);
	call_well(fixture, "Say", g_variant_new("(s)", "Secret"));
	call_well(fixture, "Watch", NULL);
	call_well(fixture, "Say", g_variant_new("(s)", "Open"));
	await_signals(fixture, "Said:Open|");
	fixture_free(fixture);
}

/* The name is another's already: the daemon ends, and has not asked for the buttons. */
static void
second_daemon_ends(void **state)
{
	static const char *const none[] = {NULL};
	struct fixture *fixture = fixture_new(true);
	const struct daemon_options options = {.driver_socket = fixture->path,
					       .voice = "/nowhere",
					       .voice_arguments = none,
					       .voice_settings = fixture->settings};
	guint owner;

	(void)state;
	fixture->daemon = daemon_unref(fixture->daemon);
	AWAIT(!fixture->listening);
	owner = g_bus_own_name_on_connection(fixture->watcher, BUS_NAME,
					     G_BUS_NAME_OWNER_FLAGS_NONE, NULL, NULL, NULL, NULL);
	AWAIT(bus_has_name(fixture));
	assert_int_equal(daemon_new(&options, on_daemon_ended, fixture, &fixture->daemon), 0);
	AWAIT(fixture->ended);
	assert_non_null(strstr(fixture->ended, "Another sidetouchd runs in this session already"));
	assert_false(fixture->listening);
	g_bus_unown_name(owner);
	fixture_free(fixture);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(two_presses_run),
	    cmocka_unit_test(back_types_escape),
	    cmocka_unit_test(stale_press_is_let_go),
	    cmocka_unit_test(no_keyboard),
	    cmocka_unit_test(unplugged_panel_disarms),
	    cmocka_unit_test(looked_for_at_the_first_press),
	    cmocka_unit_test(learning_over_the_bus),
	    cmocka_unit_test(tutorial_is_offered_once),
	    cmocka_unit_test(driver_goes_and_comes_back),
	    cmocka_unit_test(chord_disarms),
	    cmocka_unit_test(beyond_the_app),
	    cmocka_unit_test(notices_are_said),
	    cmocka_unit_test(wrong_messages),
	    cmocka_unit_test(refused_says_why),
	    cmocka_unit_test(what_works_again_is_no_problem),
	    cmocka_unit_test(bus_calls),
	    cmocka_unit_test(only_watchers_hear),
	    cmocka_unit_test(second_daemon_ends),
	};
	g_autoptr(GTestDBus) bus = NULL;
	int failed;

	g_log_set_always_fatal(G_LOG_LEVEL_CRITICAL);
	bus = g_test_dbus_new(G_TEST_DBUS_NONE);
	g_test_dbus_up(bus);
	failed = cmocka_run_group_tests_name("daemon", tests, NULL, NULL);
	stop_bus(bus);
	return failed;
}
