/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The server of the link with a daemon that behaves: what it hears, what it may ask for.
 * Run by tests/run against real sockets.
 * Owns nothing but its fixture.
 */
#include "tests/unit/link_server_fixture.h"

static void
test_daemon_comes_and_goes(void **state)
{
	struct fixture *fixture = *state;
	struct stat status;
	union message message;
	int fd;

	start_server(fixture, 0, 0);
	assert_int_equal(stat(fixture->path, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0666);
	fd = dial(fixture);
	assert_int_equal(hear(fd, &message), LINK_DRIVER_HELLO);
	assert_int_equal(message.hello.can_type, 1);
	assert_int_equal(fixture->asked, getuid());
	/* The pads are live only after its hello. */
	assert_false(link_server_is_listening(fixture->server));
	assert_int_equal(fixture->came, 0);
	say_hello(fd);
	until(fixture->came == 1);
	assert_true(link_server_is_listening(fixture->server));
	close(fd);
	until(fixture->went == 1);
	assert_false(link_server_is_listening(fixture->server));
}

static void
test_presses_reach_it(void **state)
{
	struct fixture *fixture = *state;
	union message message;
	int fd;

	start_server(fixture, 0, 0);
	press(fixture, 1, PRESS_DOWN); /* nobody listens: dropped */
	fd = join(fixture);
	press(fixture, 2, PRESS_DOWN);
	assert_int_equal(hear(fd, &message), LINK_PRESS);
	assert_int_equal(message.press.press, 2);
	assert_int_equal(message.press.panel, 7);
	assert_int_equal(message.press.pad, PAD_RIGHT_TOP);
	assert_int_equal(message.press.phase, PRESS_DOWN);
	assert_int_equal(message.press.down_us, 1000000);
	press(fixture, 2, PRESS_UP);
	assert_int_equal(hear(fd, &message), LINK_PRESS);
	assert_int_equal(message.press.phase, PRESS_UP);
	assert_int_equal(message.press.time_us, 1060000);
	close(fd);
}

static void
test_panels_are_remembered(void **state)
{
	struct fixture *fixture = *state;
	struct link_panel panel = {
	    .panel = 3, .state = LINK_PANEL_WAITING, .width_um = 68000, .slots = 10, .name = "p"};
	union message message;
	int fd;

	start_server(fixture, 0, 0);
	link_server_send_panel(fixture->server, &panel);
	panel.state = LINK_PANEL_READY;
	link_server_send_panel(fixture->server, &panel);
	fd = dial(fixture);
	assert_int_equal(hear(fd, &message), LINK_DRIVER_HELLO);
	assert_int_equal(hear(fd, &message), LINK_PANEL);
	assert_int_equal(message.panel.panel, 3);
	assert_int_equal(message.panel.state, LINK_PANEL_READY);
	say_hello(fd);
	until(fixture->listening);
	panel.state = LINK_PANEL_GONE;
	link_server_send_panel(fixture->server, &panel);
	assert_int_equal(hear(fd, &message), LINK_PANEL);
	assert_int_equal(message.panel.state, LINK_PANEL_GONE);
	close(fd);
	until(!fixture->listening);
	/* The next one does not hear of it: what comes after HELLO is its own key's answer. */
	fd = join(fixture);
	link_server_send_key_done(fixture->server, 9, -ENODEV);
	assert_int_equal(hear(fd, &message), LINK_KEY_DONE);
	assert_int_equal(message.key_done.request, 9);
	assert_int_equal(message.key_done.error, -ENODEV);
	close(fd);
}

static void
test_touch_only_once_per_watch(void **state)
{
	struct fixture *fixture = *state;
	struct link_watch watch = {.on = 1};
	struct link_type_key mark = {.request = 1, .key = KEY_A};
	union message message;
	int fd;

	start_server(fixture, 0, 0);
	fd = join(fixture);
	link_server_send_touch(fixture->server, usec_from_ms(1)); /* not asked for */
	say(fd, &watch.header, LINK_WATCH, sizeof(watch));
	say(fd, &mark.header, LINK_TYPE_KEY, sizeof(mark));
	until(fixture->keys == 1);
	link_server_send_touch(fixture->server, usec_from_ms(2));
	link_server_send_touch(fixture->server, usec_from_ms(3));
	assert_int_equal(hear(fd, &message), LINK_TOUCH);
	assert_int_equal(message.touch.time_us, 2000);
	say(fd, &watch.header, LINK_WATCH, sizeof(watch));
	watch.on = 0;
	say(fd, &watch.header, LINK_WATCH, sizeof(watch));
	say(fd, &mark.header, LINK_TYPE_KEY, sizeof(mark));
	until(fixture->keys == 2);
	link_server_send_touch(fixture->server, usec_from_ms(4)); /* no longer asked for */
	link_server_send_key_done(fixture->server, 1, 0);
	assert_int_equal(hear(fd, &message), LINK_KEY_DONE);
	close(fd);
}

static void
test_key_is_asked_for(void **state)
{
	struct fixture *fixture = *state;
	struct link_type_key key = {
	    .request = 5, .key = KEY_LEFT, .modifiers = LINK_ALT | LINK_SHIFT};
	int fd;

	start_server(fixture, 0, 0);
	fd = join(fixture);
	say(fd, &key.header, LINK_TYPE_KEY, sizeof(key));
	until(fixture->keys == 1);
	assert_int_equal(fixture->request, 5);
	assert_int_equal(fixture->key, KEY_LEFT);
	assert_int_equal(fixture->modifiers, LINK_ALT | LINK_SHIFT);
	close(fd);
}

static void
test_nothing_counts_before_hello(void **state)
{
	struct fixture *fixture = *state;
	struct link_type_key key = {.request = 5, .key = KEY_A};
	union message message;
	int fd;

	start_server(fixture, 0, 0);
	fd = dial(fixture);
	assert_int_equal(hear(fd, &message), LINK_DRIVER_HELLO);
	say(fd, &key.header, LINK_TYPE_KEY, sizeof(key));
	say_hello(fd);
	until(fixture->listening);
	assert_int_equal(fixture->keys, 0);
	close(fd);
}

/* What has changed is told at once, also to a daemon that has not answered the hello yet. */
static void
test_hello_is_said_again(void **state)
{
	struct fixture *fixture = *state;
	union message message;
	int fd;

	start_server(fixture, 0, 0);
	fd = dial(fixture);
	assert_int_equal(hear(fd, &message), LINK_DRIVER_HELLO);
	link_server_set_buzz(fixture->server, LINK_BUZZ_DRIVER);
	assert_int_equal(hear(fd, &message), LINK_DRIVER_HELLO);
	assert_int_equal(message.hello.buzz, LINK_BUZZ_DRIVER);
	say_hello(fd);
	until(fixture->listening);
	link_server_set_can_type(fixture->server, false);
	assert_int_equal(hear(fd, &message), LINK_DRIVER_HELLO);
	assert_int_equal(message.hello.can_type, 0);
	/* The same again is no news. */
	link_server_set_can_type(fixture->server, false);
	press(fixture, 1, PRESS_DOWN);
	assert_int_equal(hear(fd, &message), LINK_PRESS);
	close(fd);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(test_daemon_comes_and_goes), TEST(test_presses_reach_it),
	    TEST(test_panels_are_remembered), TEST(test_touch_only_once_per_watch),
	    TEST(test_key_is_asked_for),      TEST(test_nothing_counts_before_hello),
	    TEST(test_hello_is_said_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
