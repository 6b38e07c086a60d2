/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The driver's end of the observers' link, over a real socket: who is let in, what is told, and
 * that whoever does not listen is not waited for.
 * Run by `make check`.
 * Owns a folder of its own, which must be empty again when a test ends.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "daemon/driver_socket.h"
#include "driver/observer.h"

/* No single step takes longer, on the slowest machine with sanitizers. */
#define PATIENCE_US (60 * (gint64)G_USEC_PER_SEC)
#define PANEL       7

struct fixture {
	char folder[64];
	char *path;
	struct observer *observer;
	enum observe_refusal refusal;
	bool no_panel;
	unsigned started, stopped;
	enum observe_role role;
};

union message {
	struct packet_header header;
	struct observe_refused refused;
	struct observe_panel panel;
	struct observe_text text;
	struct observe_events events;
	struct observe_contact contact;
	char bytes[PACKET_SIZE_MAX];
};

static enum observe_refusal
on_refuse(void *data, uid_t uid)
{
	struct fixture *fixture = data;

	assert_int_equal(uid, getuid());
	return fixture->refusal;
}

static void
on_list(void *data)
{
	struct fixture *fixture = data;

	observer_send_panel(fixture->observer, PANEL, "A touchscreen");
}

static bool
on_start(void *data, enum observe_role role, uint32_t panel)
{
	struct fixture *fixture = data;

	if (fixture->no_panel)
		return false;
	assert_int_equal(panel, role == OBSERVE_RECORD ? PANEL : 0);
	fixture->started++;
	fixture->role = role;
	return true;
}

static void
on_stop(void *data, enum observe_role role)
{
	struct fixture *fixture = data;

	assert_int_equal(role, fixture->role);
	fixture->stopped++;
}

static const struct observer_events events = {on_refuse, on_list, on_start, on_stop};

static void
serve(struct fixture *fixture, unsigned start_ms)
{
	const struct observer_config config = {fixture->path, start_ms};
	g_autoptr(GError) error = NULL;

	fixture->observer = observer_new(&config, &events, fixture, &error);
	assert_null(error);
	assert_non_null(fixture->observer);
}

static int
setup(void **state)
{
	struct fixture *fixture = g_new0(struct fixture, 1);

	g_strlcpy(fixture->folder, "/tmp/sidetouch-test-XXXXXX", sizeof(fixture->folder));
	assert_non_null(g_mkdtemp(fixture->folder));
	fixture->path = g_build_filename(fixture->folder, "o", NULL);
	serve(fixture, 0);
	*state = fixture;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *fixture = *state;

	observer_free(fixture->observer);
	assert_int_equal(rmdir(fixture->folder), 0);
	g_free(fixture->path);
	g_free(fixture);
	return 0;
}

static int
dial(const struct fixture *fixture)
{
	int fd = -1;

	assert_int_equal(driver_socket_connect(fixture->path, &fd), 0);
	return fd;
}

/* Run the driver's loop until there is a message, or the end of the connection (0). */
static int
hear(int fd, union message *message)
{
	gint64 deadline = g_get_monotonic_time() + PATIENCE_US;
	enum packet_fault fault;

	for (;;) {
		int r = packet_receive(fd, &observe_protocol, PACKET_FROM_SERVER, message, &fault);

		if (r != -EAGAIN) {
			assert_true(r > 0 || r == -EPIPE || r == -ECONNRESET);
			return r > 0 ? message->header.type : 0;
		}
		assert_true(g_get_monotonic_time() < deadline);
		g_main_context_iteration(NULL, FALSE);
	}
}

static void
say_start(int fd, enum observe_role role)
{
	struct observe_start start = {.role = role, .panel = role == OBSERVE_RECORD ? PANEL : 0};

	packet_init(&observe_protocol, &start.header, OBSERVE_START, sizeof(start));
	assert_int_equal(packet_send(fd, &start.header), 0);
}

static int
join(struct fixture *fixture, enum observe_role role)
{
	union message message;
	int fd = dial(fixture);
	unsigned before = fixture->started;

	assert_int_equal(hear(fd, &message), OBSERVE_PANEL);
	assert_int_equal(message.panel.panel, PANEL);
	assert_string_equal(message.panel.name, "A touchscreen");
	assert_int_equal(hear(fd, &message), OBSERVE_READY);
	say_start(fd, role);
	while (fixture->started == before)
		g_main_context_iteration(NULL, TRUE);
	return fd;
}

static void
expect_refused(struct fixture *fixture, int fd, enum observe_refusal reason)
{
	union message message;

	(void)fixture;
	while (hear(fd, &message) != OBSERVE_REFUSED)
		continue;
	assert_int_equal(message.refused.reason, reason);
	assert_int_equal(hear(fd, &message), 0);
	close(fd);
}

static void
who_may_not_is_told_why(void **state)
{
	struct fixture *fixture = *state;

	fixture->refusal = OBSERVE_REFUSED_USER;
	expect_refused(fixture, dial(fixture), OBSERVE_REFUSED_USER);
	fixture->refusal = OBSERVE_REFUSED_DAEMON;
	expect_refused(fixture, dial(fixture), OBSERVE_REFUSED_DAEMON);
	assert_int_equal(fixture->started, 0);
	assert_int_equal(fixture->stopped, 0);
}

static void
there_is_one_at_a_time(void **state)
{
	struct fixture *fixture = *state;
	int fd = join(fixture, OBSERVE_MONITOR);

	expect_refused(fixture, dial(fixture), OBSERVE_REFUSED_BUSY);
	close(fd);
	while (fixture->stopped == 0)
		g_main_context_iteration(NULL, TRUE);
	close(join(fixture, OBSERVE_RECORD));
}

static void
whose_daemon_goes_is_hung_up_on(void **state)
{
	struct fixture *fixture = *state;
	int fd = join(fixture, OBSERVE_RECORD);

	observer_recheck(fixture->observer);
	assert_int_equal(fixture->stopped, 0);
	fixture->refusal = OBSERVE_REFUSED_DAEMON;
	observer_recheck(fixture->observer);
	assert_int_equal(fixture->stopped, 1);
	expect_refused(fixture, fd, OBSERVE_REFUSED_DAEMON);
}

static void
no_panel_no_start(void **state)
{
	struct fixture *fixture = *state;
	union message message;
	int fd = dial(fixture);

	fixture->no_panel = true;
	assert_int_equal(hear(fd, &message), OBSERVE_PANEL);
	say_start(fd, OBSERVE_RECORD);
	expect_refused(fixture, fd, OBSERVE_REFUSED_PANEL);
	assert_int_equal(fixture->stopped, 0);
}

static void
who_says_nothing_is_hung_up_on(void **state)
{
	struct fixture *fixture = *state;
	union message message;
	int fd;

	observer_free(fixture->observer);
	serve(fixture, 30);
	fd = dial(fixture);
	assert_int_equal(hear(fd, &message), OBSERVE_PANEL);
	assert_int_equal(hear(fd, &message), OBSERVE_READY);
	assert_int_equal(hear(fd, &message), 0);
	close(fd);
}

static void
a_wrong_message_is_hung_up_on(void **state)
{
	struct fixture *fixture = *state;
	int fd = join(fixture, OBSERVE_MONITOR);
	struct observe_start wrong = {.role = 9};
	union message message;

	packet_init(&observe_protocol, &wrong.header, OBSERVE_START, sizeof(wrong));
	assert_int_equal(packet_send(fd, &wrong.header), 0);
	assert_int_equal(hear(fd, &message), 0);
	assert_int_equal(fixture->stopped, 1);
	close(fd);
}

static void
a_description_comes_in_pieces(void **state)
{
	struct fixture *fixture = *state;
	g_autoptr(GString) sent = g_string_new(NULL), heard = g_string_new(NULL);
	int fd = join(fixture, OBSERVE_RECORD);
	union message message;

	while (sent->len < (gsize)3 * OBSERVE_TEXT_MAX)
		g_string_append_printf(sent, "B: 01 %02x 00 00 00 00 00 00 00\n",
				       (unsigned)sent->len & 0xff);
	observer_send_text(fixture->observer, sent->str, sent->len);
	do {
		assert_int_equal(hear(fd, &message), OBSERVE_TEXT);
		g_string_append_len(heard, message.text.text,
				    (gssize)(message.header.size - sizeof(message.header)));
	} while (message.header.size > sizeof(message.header));
	assert_string_equal(heard->str, sent->str);
	close(fd);
}

static void
add_frame(struct fixture *fixture, uint64_t us)
{
	const struct core_event frame[] = {{EV_ABS, ABS_MT_POSITION_X, (int32_t)us},
					   {EV_SYN, SYN_REPORT, 0}};

	observer_add_events(fixture->observer, usec_from_us(us), frame, G_N_ELEMENTS(frame));
}

static void
all_events_come_in_order(void **state)
{
	struct fixture *fixture = *state;
	int fd = join(fixture, OBSERVE_RECORD);
	union message message;
	uint64_t next = 1, told = 1;

	/* Some at once, more than one message takes, and some that come meanwhile. */
	while (next < 5000) {
		while (told < 5000 && told < next + 400)
			add_frame(fixture, told++);
		assert_int_equal(hear(fd, &message), OBSERVE_EVENTS);
		for (size_t i = 0; i < observe_events_count(&message.events); i++) {
			const struct observe_event *event = &message.events.events[i];

			assert_int_equal(event->time_us, next);
			if (event->type == EV_SYN)
				next++;
			else
				assert_int_equal(event->value, next);
		}
	}
	/* Contacts are for a monitor. */
	observer_add_contact(fixture->observer, &(struct observe_contact){.kind = 1});
	assert_int_equal(fixture->stopped, 0);
	close(fd);
}

static void
contacts_go_to_a_monitor(void **state)
{
	struct fixture *fixture = *state;
	int fd = join(fixture, OBSERVE_MONITOR);
	struct observe_contact contact = {
	    .kind = OBSERVE_CONTACT_GRIP, .has_pads = 1, .pad = PAD_RIGHT_TOP, .time_us = 5};
	union message message;

	add_frame(fixture, 1);
	observer_add_contact(fixture->observer, &contact);
	assert_int_equal(hear(fd, &message), OBSERVE_CONTACT);
	assert_int_equal(message.contact.kind, OBSERVE_CONTACT_GRIP);
	assert_int_equal(message.contact.pad, PAD_RIGHT_TOP);
	close(fd);
}

static void
nothing_is_kept_for_nobody(void **state)
{
	struct fixture *fixture = *state;
	union message message;
	int fd;

	for (unsigned i = 0; i < 100000; i++)
		add_frame(fixture, 1);
	fd = join(fixture, OBSERVE_RECORD);
	add_frame(fixture, 2);
	assert_int_equal(hear(fd, &message), OBSERVE_EVENTS);
	assert_int_equal(message.events.events[0].time_us, 2);
	close(fd);
}

/* As one that is stopped: what was told before is whole, then comes the end. */
static void
who_does_not_read_is_hung_up_on(void **state)
{
	struct fixture *fixture = *state;
	int fd = join(fixture, OBSERVE_RECORD);
	uint64_t told = 1, heard = 1;
	union message message;

	while (fixture->stopped == 0) {
		assert_true(told < 10000000);
		add_frame(fixture, told++);
		while (g_main_context_iteration(NULL, FALSE))
			continue;
	}
	while (hear(fd, &message) == OBSERVE_EVENTS) {
		for (size_t i = 0; i < observe_events_count(&message.events); i++) {
			assert_int_equal(message.events.events[i].time_us, heard);
			heard += message.events.events[i].type == EV_SYN;
		}
	}
	assert_true(heard > 50);
	close(fd);
	/* The next one is let in. */
	close(join(fixture, OBSERVE_MONITOR));
}

/* Within one frame's time nothing can be sent; then what does not fit is the end of it too. */
static void
no_room_is_the_end_of_it(void **state)
{
	struct fixture *fixture = *state;
	int fd = join(fixture, OBSERVE_RECORD);
	union message message;

	for (unsigned i = 0; i < 10000; i++)
		add_frame(fixture, i);
	assert_int_equal(fixture->stopped, 0);
	assert_int_equal(hear(fd, &message), 0);
	assert_int_equal(fixture->stopped, 1);
	close(fd);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(who_may_not_is_told_why),         TEST(there_is_one_at_a_time),
	    TEST(whose_daemon_goes_is_hung_up_on), TEST(no_panel_no_start),
	    TEST(who_says_nothing_is_hung_up_on),  TEST(a_wrong_message_is_hung_up_on),
	    TEST(a_description_comes_in_pieces),   TEST(all_events_come_in_order),
	    TEST(contacts_go_to_a_monitor),        TEST(nothing_is_kept_for_nobody),
	    TEST(who_does_not_read_is_hung_up_on), TEST(no_room_is_the_end_of_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
