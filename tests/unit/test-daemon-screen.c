/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The daemon of a user who leaves the screen to another one: what it ends, what it says, and that
 * it learns of it in any case.
 * Run by tests/run on a bus of its own, with the driver's end of the link.
 * Owns nothing but its fixture.
 */
#include "tests/unit/daemon_fixture.h"

#include <linux/input-event-codes.h>
#include <sys/socket.h>

#include "common/cleanup.h"
#include "driver/listen_socket.h"

static int
accept_one(struct fixture *fixture, int server)
{
	int fd = -1;

	AWAIT((fd = accept4(server, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK)) >= 0);
	return fd;
}

static void
await_driver_says(struct fixture *fixture, const char *part)
{
	const gint64 end = g_get_monotonic_time() + PATIENCE_US;
	const char *sentence = "";

	do {
		g_autofree char *wrong = NULL;
		g_autoptr(GVariant) answer = call(fixture, "GetStatus", NULL, &wrong);
		g_autoptr(GVariant) status = g_variant_get_child_value(answer, 0);
		g_autofree char *copy = NULL;

		assert_true(g_variant_lookup(status, "driver", "s", &copy));
		sentence = strstr(copy, part);
		assert_true(sentence || g_get_monotonic_time() < end);
	} while (!sentence);
}

/* What was begun ends, and nothing else is said: whoever left the screen knows that. */
static void
another_user_at_the_screen(void **state)
{
	struct fixture *fixture = fixture_new(true);

	(void)state;
	send_press(fixture, PAD_LEFT_BOTTOM, 0);
	await_signals(fixture, "Said:Back, press again|");
	fixture->away = true;
	link_server_recheck(fixture->server);
	await_driver_says(fixture, "that is not you");
	await_signals(fixture, "Said:Back cancelled, the buttons were away|");
	fixture->away = false;
	AWAIT(fixture->listening);
	await_signals(fixture, "Said:The buttons work again|");
	press_again(fixture, PAD_LEFT_BOTTOM);
	await_signals(fixture, "Said:Back, press again|");
	fixture_free(fixture);
}

/* The driver's last word counts also when it has not read ours: the kernel tells that first. */
static void
refused_before_we_were_read(void **state)
{
	struct fixture *fixture = fixture_new(false);
	struct link_driver_hello hello = {.can_type = 1};
	struct link_refused refused = {.reason = LINK_REFUSED_USER};
	_autoclose_ int server = -1;
	char byte;
	int fd;

	(void)state;
	assert_int_equal(listen_socket_open(fixture->path, &server), 0);
	fd = accept_one(fixture, server);
	packet_init(&link_protocol, &hello.header, LINK_DRIVER_HELLO, sizeof(hello));
	assert_int_equal(packet_send(fd, &hello.header), 0);
	AWAIT(recv(fd, &byte, 1, MSG_DONTWAIT | MSG_PEEK) == 1);
	await_signals(fixture, "Said:Sidetouch is ready|");
	packet_init(&link_protocol, &refused.header, LINK_REFUSED, sizeof(refused));
	assert_int_equal(packet_send(fd, &refused.header), 0);
	close(fd);
	await_driver_says(fixture, "that is not you");
	assert_string_equal(fixture->signals->str, "");
	fixture_free(fixture);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(another_user_at_the_screen),
	    cmocka_unit_test(refused_before_we_were_read),
	};
	g_autoptr(GTestDBus) bus = NULL;
	int failed;

	g_log_set_always_fatal(G_LOG_LEVEL_CRITICAL);
	bus = g_test_dbus_new(G_TEST_DBUS_NONE);
	g_test_dbus_up(bus);
	failed = cmocka_run_group_tests_name("daemon-screen", tests, NULL, NULL);
	stop_bus(bus);
	return failed;
}
