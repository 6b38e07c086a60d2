/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A link server in a folder of its own, and the daemon's end of a socket to it.
 * Used by test-link-server.c and test-link-refuse.c; every wait is for an event.
 * Owns the folder, which must be empty again when a test ends.
 */
#ifndef SIDETOUCH_LINK_SERVER_FIXTURE_H
#define SIDETOUCH_LINK_SERVER_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <linux/input-event-codes.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "common/cleanup.h"
#include "common/link.h"
#include "driver/link_server.h"

/* No single step takes longer, on the slowest machine with sanitizers. */
#define PATIENCE_US (60 * (gint64)G_USEC_PER_SEC)
/* Shorter than the real ones, so that the tests are; nothing else follows from them. */
#define SHORT_MS 50

struct fixture {
	char folder[64];
	char *path;
	struct link_server *server;
	bool listening;
	unsigned came, went;
	bool allow;
	uid_t asked;
	unsigned keys;
	uint32_t request, key, modifiers;
};

union message {
	struct packet_header header;
	struct link_driver_hello hello;
	struct link_refused refused;
	struct link_panel panel;
	struct link_press press;
	struct link_touch touch;
	struct link_notice notice;
	struct link_key_done key_done;
	char bytes[PACKET_SIZE_MAX];
};

static inline void
on_listening(void *data, bool listening)
{
	struct fixture *fixture = data;

	assert_true(listening != fixture->listening);
	fixture->listening = listening;
	if (listening)
		fixture->came++;
	else
		fixture->went++;
}

static inline void
on_type_key(void *data, uint32_t request, uint32_t key, uint32_t modifiers)
{
	struct fixture *fixture = data;

	fixture->keys++;
	fixture->request = request;
	fixture->key = key;
	fixture->modifiers = modifiers;
}

static inline bool
is_authorised(void *data, uid_t uid)
{
	struct fixture *fixture = data;

	fixture->asked = uid;
	return fixture->allow;
}

static const struct link_server_events events = {
    .listening = on_listening,
    .type_key = on_type_key,
    .authorised = is_authorised,
};

static inline void
start_server(struct fixture *fixture, unsigned hello_ms, unsigned seen_ms)
{
	const struct link_server_config config = {
	    .path = fixture->path,
	    .can_type = true,
	    .hello_ms = hello_ms,
	    .seen_ms = seen_ms,
	};
	GError *error = NULL;

	fixture->server = link_server_new(&config, &events, fixture, &error);
	assert_null(error);
	assert_non_null(fixture->server);
}

static inline int
setup(void **state)
{
	struct fixture *fixture = g_new0(struct fixture, 1);

	g_strlcpy(fixture->folder, "/tmp/sidetouch-test-XXXXXX", sizeof(fixture->folder));
	assert_non_null(g_mkdtemp(fixture->folder));
	fixture->path = g_build_filename(fixture->folder, "driver.sock", NULL);
	fixture->allow = true;
	*state = fixture;
	return 0;
}

static inline int
teardown(void **state)
{
	struct fixture *fixture = *state;

	link_server_free(fixture->server);
	/* Nothing is left of it. */
	assert_int_not_equal(access(fixture->path, F_OK), 0);
	assert_int_equal(rmdir(fixture->folder), 0);
	g_free(fixture->path);
	g_free(fixture);
	return 0;
}

static inline int
dial(const struct fixture *fixture)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);

	g_strlcpy(address.sun_path, fixture->path, sizeof(address.sun_path));
	assert_int_equal(connect(fd, (const struct sockaddr *)&address, sizeof(address)), 0);
	return fd;
}

/* Run the server's loop until the client has a message, or the end of the connection (0). */
static inline int
hear(int fd, union message *message)
{
	gint64 deadline = g_get_monotonic_time() + PATIENCE_US;
	enum packet_fault fault;

	for (;;) {
		int r = packet_receive(fd, &link_protocol, PACKET_FROM_SERVER, message, &fault);

		if (r != -EAGAIN) {
			assert_true(r > 0 || r == -EPIPE || r == -ECONNRESET);
			return r > 0 ? message->header.type : 0;
		}
		assert_true(g_get_monotonic_time() < deadline);
		g_main_context_iteration(NULL, FALSE);
	}
}

#define until(condition)                                                                           \
	do {                                                                                       \
		gint64 deadline_ = g_get_monotonic_time() + PATIENCE_US;                           \
		while (!(condition)) {                                                             \
			assert_true(g_get_monotonic_time() < deadline_);                           \
			g_main_context_iteration(NULL, FALSE);                                     \
		}                                                                                  \
	} while (0)

static inline void
say(int fd, struct packet_header *header, uint16_t type, size_t size)
{
	packet_init(&link_protocol, header, type, size);
	assert_int_equal(packet_send(fd, header), 0);
}

static inline void
say_hello(int fd)
{
	struct link_daemon_hello hello = {.pid = (uint32_t)getpid()};

	say(fd, &hello.header, LINK_DAEMON_HELLO, sizeof(hello));
}

/* A connection on which both have said hello. */
static inline int
join(struct fixture *fixture)
{
	union message message;
	int fd = dial(fixture);

	assert_int_equal(hear(fd, &message), LINK_DRIVER_HELLO);
	say_hello(fd);
	until(fixture->listening);
	return fd;
}

static inline void
press(struct fixture *fixture, uint32_t number, enum press_phase phase)
{
	const struct core_press message = {
	    .press = number,
	    .pad = PAD_RIGHT_TOP,
	    .phase = phase,
	    .down = usec_from_ms(1000),
	    .time = usec_from_ms(phase == PRESS_DOWN ? 1000 : 1060),
	};

	link_server_send_press(fixture->server, 7, &message);
}

static inline void
expect_hung_up(struct fixture *fixture, int fd)
{
	union message message;
	int type;

	do
		type = hear(fd, &message);
	while (type != 0);
	assert_false(link_server_is_listening(fixture->server));
	close(fd);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

#endif
