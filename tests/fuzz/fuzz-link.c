/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as messages over real sockets: to the driver's servers of the daemon's and the
 * observers' link, and to the daemon's client. Whatever comes, the peer is served or hung up on,
 * what it asks for is in range, and the next one is let in.
 * Run by tests/fuzz/run (libFuzzer). The first byte says which end is spoken to; each message
 * follows a byte with its length, and has a right header when that byte is odd.
 * Owns the servers and a folder for the whole run.
 */
#include <errno.h>
#include <glib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "common/link.h"
#include "daemon/driver_link.h"
#include "daemon/driver_socket.h"
#include "driver/link_server.h"
#include "driver/listen_socket.h"
#include "driver/observer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct world {
	char *server_path, *observer_path, *client_path;
	struct link_server *server;
	struct observer *observer;
	int listen_fd; /* of a driver that is us */
	struct driver_link *client;
	bool listening;
};

static void
on_listening(void *data, bool listening)
{
	struct world *world = data;

	g_assert_true(listening != world->listening);
	world->listening = listening;
}

static void
on_type_key(void *data, uint32_t request, uint32_t key, uint32_t modifiers)
{
	struct world *world = data;

	g_assert_true(world->listening);
	g_assert_true(key > 0 && key < BTN_MISC && modifiers <= LINK_MODIFIER_MASK);
	link_server_send_key_done(world->server, request, 0);
}

static bool
on_authorised(void *data, uid_t uid)
{
	(void)data;
	return uid == getuid();
}

static void
on_message(void *data, const struct packet_header *message)
{
	(void)data;
	g_assert_true(packet_check(&link_protocol, PACKET_FROM_CLIENT, message, message->size) ==
		      PACKET_FAULT_NONE);
}

static const struct link_server_events server_events = {
    .listening = on_listening,
    .type_key = on_type_key,
    .authorised = on_authorised,
    .message = on_message,
};

static enum observe_refusal
on_refuse(void *data, uid_t uid)
{
	(void)data;
	(void)uid;
	return 0;
}

static void
on_list(void *data)
{
	observer_send_panel(((struct world *)data)->observer, 1, "A panel");
}

static bool
on_start(void *data, enum observe_role role, uint32_t panel)
{
	(void)data;
	g_assert_true(role == OBSERVE_MONITOR || (role == OBSERVE_RECORD && panel != 0));
	return panel <= 1;
}

static void
on_stop(void *data, enum observe_role role)
{
	(void)data;
	(void)role;
}

static const struct observer_events observer_events = {on_refuse, on_list, on_start, on_stop};

static void
on_press(void *data, const struct link_press *press)
{
	(void)data;
	g_assert_true(press->pad < PAD_COUNT && press->phase < PRESS_PHASE_COUNT &&
		      press->down_us <= press->time_us);
}

static void
on_touch(void *data, struct usec time)
{
	(void)data;
	(void)time;
}

static void
on_up(void *data, bool up)
{
	(void)data;
	(void)up;
}

static void
on_typed(void *data, uint32_t tag, int error)
{
	(void)data;
	(void)tag;
	g_assert_cmpint(error, <=, 0);
}

static const struct driver_link_events client_events = {
    .press = on_press,
    .touch = on_touch,
    .up = on_up,
    .typed = on_typed,
};

static void
make_world(struct world *world)
{
	g_autofree char *folder = g_dir_make_tmp("sidetouch-fuzz-XXXXXX", NULL);
	struct link_server_config config = {0};
	struct observer_config observer = {0};

	world->server_path = g_build_filename(folder, "s", NULL);
	world->observer_path = g_build_filename(folder, "o", NULL);
	world->client_path = g_build_filename(folder, "c", NULL);
	config.path = world->server_path;
	observer.path = world->observer_path;
	world->server = link_server_new(&config, &server_events, world, NULL);
	world->observer = observer_new(&observer, &observer_events, world, NULL);
	g_assert_cmpint(listen_socket_open(world->client_path, &world->listen_fd), ==, 0);
	g_assert_true(world->server && world->observer);
}

static void
run_loop(void)
{
	while (g_main_context_iteration(NULL, FALSE))
		continue;
}

/* The input's messages, one after the other; enough is when the other end has hung up. */
static void
speak(int fd, const struct packet_protocol *protocol, const uint8_t *data, size_t size)
{
	char drain[PACKET_SIZE_MAX];

	while (size > 1) {
		_Alignas(8) uint8_t message[sizeof(struct packet_header) + 255] = {0};
		struct packet_header *header = (void *)message;
		size_t length = MIN(*data, size - 1);
		bool framed = *data % 2 == 1 && length > 0;

		data++;
		size--;
		if (framed) {
			/* The type, then what the message holds. */
			packet_init(protocol, header, *data, sizeof(*header) + length - 1);
			memcpy(message + sizeof(*header), data + 1, length - 1);
		} else {
			memcpy(message, data, length);
		}
		if (send(fd, message, framed ? header->size : length, MSG_DONTWAIT | MSG_NOSIGNAL) <
		    0)
			return;
		data += length;
		size -= length;
		run_loop();
		while (recv(fd, drain, sizeof(drain), MSG_DONTWAIT) > 0)
			continue;
	}
}

static void
speak_to_server(const char *path, const struct packet_protocol *protocol, const uint8_t *data,
		size_t size)
{
	int fd = -1;

	g_assert_cmpint(driver_socket_connect(path, &fd), ==, 0);
	run_loop();
	speak(fd, protocol, data, size);
	close(fd);
	run_loop();
}

static void
speak_to_client(struct world *world, const uint8_t *data, size_t size)
{
	struct link_driver_hello hello = {0};
	int fd;

	g_assert_cmpint(driver_link_new(world->client_path, &client_events, world, &world->client),
			==, 0);
	driver_link_start(world->client);
	do {
		g_main_context_iteration(NULL, FALSE);
		fd = accept4(world->listen_fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
	} while (fd < 0);
	packet_init(&link_protocol, &hello.header, LINK_DRIVER_HELLO, sizeof(hello));
	g_assert_cmpint(packet_send(fd, &hello.header), ==, 0);
	run_loop();
	speak(fd, &link_protocol, data, size);
	world->client = driver_link_unref(world->client);
	close(fd);
	run_loop();
	/* It may have knocked again meanwhile. */
	while ((fd = accept4(world->listen_fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK)) >= 0)
		close(fd);
}

static GLogWriterOutput
say_nothing(GLogLevelFlags level, const GLogField *fields, gsize count, void *data)
{
	(void)level;
	(void)fields;
	(void)count;
	(void)data;
	return G_LOG_WRITER_HANDLED;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct world world;

	if (!world.server) {
		/* Each peer that is hung up on is a line in the log. */
		g_log_set_writer_func(say_nothing, NULL, NULL);
		make_world(&world);
	}
	if (size == 0)
		return 0;
	switch (data[0] % 3) {
	case 0:
		speak_to_server(world.server_path, &link_protocol, data + 1, size - 1);
		break;
	case 1:
		speak_to_server(world.observer_path, &observe_protocol, data + 1, size - 1);
		break;
	default: /* 2 */
		speak_to_client(&world, data + 1, size - 1);
		break;
	}
	return 0;
}
