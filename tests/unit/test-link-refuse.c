/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The server of the link with daemons that do not behave: who is turned away, who is hung up on.
 * Run by tests/run against real sockets.
 * Owns nothing but its fixture.
 */
#include "tests/unit/link_server_fixture.h"

static unsigned warnings;

static GLogWriterOutput
count_warnings(GLogLevelFlags level, const GLogField *fields, gsize count, void *data)
{
	(void)fields;
	(void)count;
	(void)data;
	warnings += (level & G_LOG_LEVEL_WARNING) != 0;
	return G_LOG_WRITER_HANDLED;
}

static void
test_second_daemon_is_busy(void **state)
{
	struct fixture *fixture = *state;
	union message message;
	int first, second;

	start_server(fixture, 0, 0);
	first = join(fixture);
	second = dial(fixture);
	assert_int_equal(hear(second, &message), LINK_REFUSED);
	assert_int_equal(message.refused.reason, LINK_REFUSED_BUSY);
	assert_int_equal(hear(second, &message), 0);
	close(second);
	/* The first is not disturbed. */
	press(fixture, 1, PRESS_DOWN);
	assert_int_equal(hear(first, &message), LINK_PRESS);
	/* One that died does not keep the next out, however soon it comes. */
	close(first);
	second = dial(fixture);
	assert_int_equal(hear(second, &message), LINK_DRIVER_HELLO);
	close(second);
}

static void
test_other_user_is_refused(void **state)
{
	struct fixture *fixture = *state;
	union message message;
	int fd;

	start_server(fixture, 0, 0);
	fixture->allow = false;
	fd = dial(fixture);
	assert_int_equal(hear(fd, &message), LINK_REFUSED);
	assert_int_equal(message.refused.reason, LINK_REFUSED_USER);
	assert_int_equal(hear(fd, &message), 0);
	assert_int_equal(fixture->came, 0);
	close(fd);
	/* It comes again and again: the log is told once. */
	warnings = 0;
	for (unsigned i = 0; i < 20; i++) {
		fd = dial(fixture);
		assert_int_equal(hear(fd, &message), LINK_REFUSED);
		close(fd);
	}
	assert_int_equal(warnings, 0);
}

static void
test_session_change_disconnects(void **state)
{
	struct fixture *fixture = *state;
	union message message;
	int fd;

	start_server(fixture, 0, 0);
	fd = join(fixture);
	link_server_recheck(fixture->server);
	assert_true(link_server_is_listening(fixture->server));
	fixture->allow = false;
	link_server_recheck(fixture->server);
	assert_int_equal(fixture->went, 1);
	assert_int_equal(hear(fd, &message), LINK_REFUSED);
	assert_int_equal(hear(fd, &message), 0);
	close(fd);
}

static void
test_hello_timeout(void **state)
{
	struct fixture *fixture = *state;
	int fd;

	start_server(fixture, SHORT_MS, 0);
	fd = dial(fixture);
	expect_hung_up(fixture, fd);
	assert_int_equal(fixture->came, 0);
}

static void
test_unseen_press_hangs_up(void **state)
{
	struct fixture *fixture = *state;
	int fd;

	start_server(fixture, 0, SHORT_MS);
	fd = join(fixture);
	press(fixture, 1, PRESS_DOWN);
	expect_hung_up(fixture, fd);
	assert_int_equal(fixture->went, 1);
}

static void
test_seen_press_keeps_it(void **state)
{
	struct fixture *fixture = *state;
	struct link_seen seen = {.press = 1};
	struct link_type_key mark = {.request = 1, .key = KEY_A};
	gint64 end;
	int fd;

	start_server(fixture, 0, SHORT_MS);
	fd = join(fixture);
	press(fixture, 1, PRESS_DOWN);
	press(fixture, 1, PRESS_UP);
	say(fd, &seen.header, LINK_SEEN, sizeof(seen));
	say(fd, &mark.header, LINK_TYPE_KEY, sizeof(mark));
	until(fixture->keys == 1);
	/* Well past the time at which an unseen one would be hung up on. */
	end = g_get_monotonic_time() + INT64_C(3000) * SHORT_MS;
	until(g_get_monotonic_time() > end);
	assert_true(link_server_is_listening(fixture->server));
	assert_int_equal(fixture->went, 0);
	close(fd);
}

static void
test_one_that_does_not_read(void **state)
{
	struct fixture *fixture = *state;
	int fd;

	start_server(fixture, 0, 60000);
	fd = join(fixture);
	/* No queue is longer than this many messages; it is told from the loop, not from here. */
	for (unsigned i = 1; i < 100000; i++)
		press(fixture, i, PRESS_DOWN);
	assert_int_equal(fixture->went, 0);
	until(fixture->went == 1);
	expect_hung_up(fixture, fd);
}

static void
send_ear(struct fixture *fixture)
{
	struct link_ear ear = {.panel = 7, .kind = EAR_TAP};

	link_server_send(fixture->server, &ear.header, LINK_EAR, sizeof(ear));
}

static void
start_impatient(struct fixture *fixture)
{
	const struct link_server_config config = {.path = fixture->path, .read_ms = SHORT_MS};

	fixture->server = link_server_new(&config, &events, fixture, NULL);
	assert_non_null(fixture->server);
}

/* While an ear is on, nothing that touches reaches the system: not for a daemon that hangs. */
static void
test_unread_ear_hangs_up(void **state)
{
	struct fixture *fixture = *state;
	int fd;

	start_impatient(fixture);
	fd = join(fixture);
	send_ear(fixture);
	until(fixture->went == 1);
	expect_hung_up(fixture, fd);
	/* Nor for one that is told ever more. */
	fd = join(fixture);
	until((send_ear(fixture), fixture->went == 2));
	expect_hung_up(fixture, fd);
}

static void
test_read_ear_keeps_it(void **state)
{
	struct fixture *fixture = *state;
	union message message;
	gint64 end;
	int fd;

	start_impatient(fixture);
	fd = join(fixture);
	end = g_get_monotonic_time() + INT64_C(4000) * SHORT_MS;
	while (g_get_monotonic_time() < end) {
		send_ear(fixture);
		assert_int_equal(hear(fd, &message), LINK_EAR);
		g_main_context_iteration(NULL, FALSE);
	}
	/* Read, and long ago. */
	end = g_get_monotonic_time() + INT64_C(3000) * SHORT_MS;
	until(g_get_monotonic_time() > end);
	assert_int_equal(fixture->went, 0);
	close(fd);
}

/* Send bytes that are no message it may send, and see that only this connection ends. */
static void
expect_bad(struct fixture *fixture, const void *bytes, size_t size)
{
	unsigned went = fixture->went;
	int fd = join(fixture);

	assert_int_equal(send(fd, bytes, size, MSG_NOSIGNAL), size);
	expect_hung_up(fixture, fd);
	assert_int_equal(fixture->went, went + 1);
}

static void
test_bad_messages(void **state)
{
	struct fixture *fixture = *state;
	struct link_type_key key = {.request = 1, .key = KEY_A};
	struct link_type_key bad;
	char large[PACKET_SIZE_MAX + 1] = {0};
	int fd;

	start_server(fixture, 0, 0);
	warnings = 0;
	packet_init(&link_protocol, &key.header, LINK_TYPE_KEY, sizeof(key));
	expect_bad(fixture, &key, 3);               /* shorter than a header */
	expect_bad(fixture, &key, sizeof(key) - 1); /* cut off */
	expect_bad(fixture, large, sizeof(large));  /* longer than any */
	bad = key;
	bad.header.version++;
	expect_bad(fixture, &bad, sizeof(bad));
	bad = key;
	bad.header.type = 999;
	expect_bad(fixture, &bad, sizeof(bad));
	bad = key;
	bad.header.type = LINK_PRESS; /* the driver's own */
	expect_bad(fixture, &bad, sizeof(bad));
	bad = key;
	bad.header.size++;
	expect_bad(fixture, &bad, sizeof(bad));
	bad = key;
	bad.key = BTN_LEFT; /* a button */
	expect_bad(fixture, &bad, sizeof(bad));
	bad = key;
	bad.modifiers = LINK_MODIFIER_MASK + 1;
	expect_bad(fixture, &bad, sizeof(bad));
	assert_int_equal(fixture->keys, 0);
	/* Too short, of another version, of no kind of its own, of a wrong length, out of range:
	 * each is logged once, however often it comes. */
	assert_int_equal(warnings, 5);
	for (unsigned i = 0; i < 20; i++)
		expect_bad(fixture, &bad, sizeof(bad));
	assert_int_equal(warnings, 5);
	/* And the next daemon is served. */
	fd = join(fixture);
	close(fd);
}

static void
test_stale_socket_is_replaced(void **state)
{
	struct fixture *fixture = *state;
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);

	/* What a driver leaves behind that was killed. */
	g_strlcpy(address.sun_path, fixture->path, sizeof(address.sun_path));
	assert_int_equal(bind(fd, (const struct sockaddr *)&address, sizeof(address)), 0);
	close(fd);
	start_server(fixture, 0, 0);
	fd = join(fixture);
	close(fd);
}

static void
test_live_socket_is_not(void **state)
{
	struct fixture *fixture = *state;
	const struct link_server_config config = {.path = fixture->path};
	g_autoptr(GError) error = NULL;
	int fd;

	start_server(fixture, 0, 0);
	assert_null(link_server_new(&config, &events, fixture, &error));
	assert_true(g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_EXIST));
	fd = join(fixture);
	close(fd);
}

static void
test_other_files_are_left_alone(void **state)
{
	struct fixture *fixture = *state;
	const struct link_server_config config = {.path = fixture->path};
	g_autoptr(GError) error = NULL;
	g_autofree char *content = NULL;

	assert_true(g_file_set_contents(fixture->path, "mine", -1, NULL));
	assert_null(link_server_new(&config, &events, fixture, &error));
	assert_non_null(error);
	assert_true(g_file_get_contents(fixture->path, &content, NULL, NULL));
	assert_string_equal(content, "mine");
	unlink(fixture->path);
}

static void
test_missing_folder_is_a_sentence(void **state)
{
	struct fixture *fixture = *state;
	g_autofree char *path = g_build_filename(fixture->folder, "no", "such.sock", NULL);
	const struct link_server_config config = {.path = path};
	g_autoptr(GError) error = NULL;

	assert_null(link_server_new(&config, &events, fixture, &error));
	assert_true(g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOENT));
	assert_non_null(strstr(error->message, path));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(test_second_daemon_is_busy),      TEST(test_other_user_is_refused),
	    TEST(test_session_change_disconnects), TEST(test_hello_timeout),
	    TEST(test_unseen_press_hangs_up),      TEST(test_seen_press_keeps_it),
	    TEST(test_one_that_does_not_read),     TEST(test_bad_messages),
	    TEST(test_stale_socket_is_replaced),   TEST(test_live_socket_is_not),
	    TEST(test_unread_ear_hangs_up),        TEST(test_read_ear_keeps_it),
	    TEST(test_other_files_are_left_alone), TEST(test_missing_folder_is_a_sentence),
	};

	g_log_set_writer_func(count_warnings, NULL, NULL);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
