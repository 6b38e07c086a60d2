/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who at the seat has the buttons, with the driver's session and link and the daemon's client:
 * two users who switch 50 times, a third who asks for everything, and one in a sandbox.
 * Run by tests/run, as root, in a mount namespace of its own; elsewhere it is skipped.
 * Owns the rig.
 */
#include "tests/unit/seats_rig.h"

#include <linux/input-event-codes.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/cleanup.h"
#include "daemon/driver_link.h"

#define SWITCHES 50
/* Issue 8: handed over in at most so long. Judged is the one in the middle of all, which a machine
 * that is busy now and then does not change; the slowest is printed. */
#define HANDED_OVER_US 200000

#define ANNA  ((uid_t)61001)
#define BERT  ((uid_t)61002)
#define CARLA ((uid_t)61003)

/* Attempts of each kind of request; each is a connection. */
#define ATTEMPTS 40

/* --- a user's daemon --- */

struct user {
	uid_t uid;
	int reports;
};

static void
tell(const struct user *user, char what, uint32_t press)
{
	const struct report report = {what, user->uid, press, g_get_monotonic_time()};

	if (write(user->reports, &report, sizeof(report)) != sizeof(report))
		_exit(1);
}

static void
on_up(void *data, bool up)
{
	tell(data, up ? 'u' : 'd', 0);
}

static void
on_press(void *data, const struct link_press *press)
{
	tell(data, 'p', press->press);
}

static void
on_touch(void *data, struct usec time)
{
	(void)data;
	(void)time;
}

static void
on_typed(void *data, uint32_t tag, int error)
{
	(void)data;
	(void)tag;
	(void)error;
}

static void
on_panel_gone(void *data)
{
	(void)data;
}

static void
be_daemon(uid_t uid, int reports)
{
	static const struct driver_link_events events = {
	    .press = on_press,
	    .touch = on_touch,
	    .panel_gone = on_panel_gone,
	    .up = on_up,
	    .typed = on_typed,
	};
	struct user user = {uid, reports};
	struct driver_link *link;

	if (driver_link_new(SEAT_SOCKET, &events, &user, &link) < 0)
		_exit(1);
	driver_link_start(link);
	for (;;)
		g_main_context_iteration(NULL, TRUE);
}

/* --- two users switch --- */

struct told {
	bool up[2];          /* Anna's, Bert's */
	unsigned presses[2]; /* messages about them */
	gint64 up_us[2];
};

static void
take_reports(const struct seats *seats, struct told *told)
{
	struct report report;

	while (read(seats->reports, &report, sizeof(report)) == sizeof(report)) {
		unsigned who = report.user == BERT;

		if (report.what == 'p') {
			told->presses[who]++;
			continue;
		}
		told->up[who] = report.what == 'u';
		told->up_us[who] = report.time_us;
	}
}

static void
press(struct seats *seats, uint32_t number)
{
	struct core_press message = {
	    .press = number,
	    .pad = PAD_RIGHT_TOP,
	    .phase = PRESS_DOWN,
	    .down = usec_from_ms(1000),
	    .time = usec_from_ms(1000),
	};

	link_server_send_press(seats->server, 7, &message);
	message.phase = PRESS_UP;
	message.time = usec_from_ms(1060);
	link_server_send_press(seats->server, 7, &message);
}

static int
compare(const void *a, const void *b)
{
	gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;

	return x < y ? -1 : x > y;
}

static void
test_switching(void **state)
{
	struct seats *seats = *state;
	gint64 took_us[SWITCHES], middle_us;
	struct told told = {0};
	unsigned fds = 0;
	pid_t pids[2];
	int ends[2];

	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	seats->reports = ends[0];
	assert_int_equal(fcntl(ends[0], F_SETFL, O_NONBLOCK), 0);
	seat_write(BERT);
	pids[0] = seats_fork(ANNA, be_daemon, ends[1]);
	pids[1] = seats_fork(BERT, be_daemon, ends[1]);
	close(ends[1]);
	seats_open(seats);
	until((take_reports(seats, &told), told.up[1]));
	for (unsigned i = 0; i < SWITCHES; i++) {
		unsigned now = i % 2, other = !now;
		struct told before;
		gint64 asked_us = g_get_monotonic_time();

		seat_write(now == 0 ? ANNA : BERT);
		until((take_reports(seats, &told), told.up[now] && !told.up[other]));
		until(link_server_is_listening(seats->server));
		took_us[i] = told.up_us[now] - asked_us;
		before = told;
		press(seats, i + 1);
		until((take_reports(seats, &told), told.presses[now] == before.presses[now] + 2));
		assert_int_equal(told.presses[other], before.presses[other]);
		if (i == 9)
			fds = count_fds();
	}
	assert_int_equal(count_fds(), fds);
	for (unsigned i = 0; i < 2; i++) {
		kill(pids[i], SIGKILL);
		waitpid(pids[i], NULL, 0);
	}
	/* What they wrote late, too: nobody heard of a press that was the other one's. */
	take_reports(seats, &told);
	close(ends[0]);
	assert_int_equal(told.presses[0], SWITCHES);
	assert_int_equal(told.presses[1], SWITCHES);
	qsort(took_us, SWITCHES, sizeof(took_us[0]), compare);
	middle_us = took_us[SWITCHES / 2];
	printf("# handed over %d times: %.1f ms in the middle, %.1f ms at most; %u descriptors\n",
	       SWITCHES, (double)middle_us / 1000, (double)took_us[SWITCHES - 1] / 1000, fds);
	assert_in_range(middle_us, 0, HANDED_OVER_US);
}

/* --- somebody else asks for everything --- */

struct request {
	enum link_type type;
	size_t size;
	uint32_t words[4]; /* what comes after the header; the rest is 0 */
};

/* Each as the daemon would send it, so that it is taken from one who may. */
static const struct request requests[] = {
    {LINK_TYPE_KEY, sizeof(struct link_type_key), {1, KEY_A}},
    {LINK_WATCH, sizeof(struct link_watch), {1}},
    {LINK_SEEN, sizeof(struct link_seen), {1}},
    {LINK_PROXIMITY, sizeof(struct link_proximity), {EAR_PROXIMITY_NEAR}},
    {LINK_EAR_MODE, sizeof(struct link_ear_mode), {1}},
    {LINK_BUZZ, sizeof(struct link_buzz), {LINK_BUZZ_ARMED}},
    {LINK_CALIBRATE, sizeof(struct link_calibrate), {1, 1}},
    {LINK_EAR_LEARN, sizeof(struct link_ear_learn), {1}},
    {LINK_HOLD_KEY, sizeof(struct link_hold_key), {1, KEY_A, 0, 1}},
};

static void
send_request(int fd, const struct request *request, GRand *dice)
{
	union {
		struct packet_header header;
		struct link_calibration_set set;
		uint32_t words[PACKET_SIZE_MAX / sizeof(uint32_t)];
	} message = {0};
	size_t words = (request->size - sizeof(message.header)) / sizeof(uint32_t);
	uint32_t *body = message.words + sizeof(message.header) / sizeof(uint32_t);

	for (size_t i = 0; i < words; i++) {
		if (dice && g_rand_boolean(dice))
			body[i] = g_rand_int(dice) >> (g_rand_int(dice) % 32);
		else
			body[i] = i < G_N_ELEMENTS(request->words) ? request->words[i] : 0;
	}
	packet_init(&link_protocol, &message.header, request->type, request->size);
	(void)packet_send(fd, &message.header);
}

static bool
send_calibration(int fd)
{
	struct link_calibration_set set = {.panel = 1};

	for (unsigned i = 0; i < PAD_COUNT; i++) {
		set.pads[i].x_um = 5000;
		set.pads[i].y_um = 20000 + i * 20000;
		set.pads[i].radius_um = LINK_RADIUS_MIN_UM;
	}
	packet_init(&link_protocol, &set.header, LINK_CALIBRATION_SET, sizeof(set));
	return packet_send(fd, &set.header) == 0;
}

/* What the driver said until it hung up: the type of the only message, or 0. */
static unsigned
hear_the_end(int fd)
{
	union {
		struct packet_header header;
		char bytes[PACKET_SIZE_MAX];
	} message;
	unsigned type = 0;
	ssize_t size;

	/* That what we said was not read comes before the last that it said, once. */
	while ((size = recv(fd, &message, sizeof(message), 0)) > 0 ||
	       (size < 0 && errno == ECONNRESET))
		if (size > 0)
			type = type == 0 ? message.header.type : UINT_MAX;
	return type;
}

/* Ends with 0 when each attempt was refused, and nothing else was said. */
static void
be_stranger(uid_t uid, int reports)
{
	g_autoptr(GRand) dice = g_rand_new_with_seed(8);
	struct link_daemon_hello hello = {.pid = 1};

	(void)uid;
	(void)reports;
	for (unsigned i = 0; i < ATTEMPTS * (G_N_ELEMENTS(requests) + 1); i++) {
		unsigned kind = i % (G_N_ELEMENTS(requests) + 1);
		int fd = seats_dial(SEAT_SOCKET);

		if (fd < 0)
			_exit(1);
		packet_init(&link_protocol, &hello.header, LINK_DAEMON_HELLO, sizeof(hello));
		if (i % 3)
			(void)packet_send(fd, &hello.header);
		if (kind == G_N_ELEMENTS(requests))
			(void)send_calibration(fd);
		else
			send_request(fd, &requests[kind], i < 20 ? NULL : dice);
		if (hear_the_end(fd) != LINK_REFUSED)
			_exit(2);
		close(fd);
	}
	/* And whoever watches touches is let in no more. */
	for (unsigned i = 0; i < ATTEMPTS; i++) {
		struct observe_start start = {.role = 1 + i % 2, .panel = i % 2 ? 0 : 1};
		int fd = seats_dial(SEAT_SOCKET OBSERVE_SUFFIX);

		if (fd < 0)
			_exit(3);
		packet_init(&observe_protocol, &start.header, OBSERVE_START, sizeof(start));
		(void)packet_send(fd, &start.header);
		if (hear_the_end(fd) != OBSERVE_REFUSED)
			_exit(4);
		close(fd);
	}
}

/* The same requests from one who may: each gets through, so the refusals are what stopped them. */
static void
be_at_the_screen(uid_t uid, int reports)
{
	struct link_daemon_hello hello = {.pid = 1};
	int fd = seats_dial(SEAT_SOCKET);

	(void)uid;
	(void)reports;
	if (fd < 0)
		_exit(1);
	packet_init(&link_protocol, &hello.header, LINK_DAEMON_HELLO, sizeof(hello));
	(void)packet_send(fd, &hello.header);
	for (unsigned i = 0; i < G_N_ELEMENTS(requests); i++)
		send_request(fd, &requests[i], NULL);
	(void)send_calibration(fd);
	/* So that it is still there when they are read. */
	(void)shutdown(fd, SHUT_WR);
	(void)hear_the_end(fd);
}

static int
wait_for(pid_t pid)
{
	int status = 0;

	until(waitpid(pid, &status, WNOHANG) == pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static uint64_t
bit(enum link_type type)
{
	return UINT64_C(1) << (type - LINK_DAEMON_HELLO);
}

static void
test_stranger(void **state)
{
	struct seats *seats = *state;
	const uint64_t all = bit(LINK_PROXIMITY) | bit(LINK_EAR_MODE) | bit(LINK_BUZZ) |
			     bit(LINK_CALIBRATE) | bit(LINK_CALIBRATION_SET) | bit(LINK_EAR_LEARN) |
			     bit(LINK_HOLD_KEY);

	seat_write(ANNA);
	seats_open(seats);
	assert_int_equal(wait_for(seats_fork(CARLA, be_stranger, -1)), 0);
	assert_int_equal(seats->came, 0);
	assert_int_equal(seats->keys, 0);
	assert_int_equal(seats->types, 0);
	/* Root of the machine is not at the screen either: it would have to become who is. */
	assert_int_equal(wait_for(seats_fork(0, be_stranger, -1)), 0);
	assert_int_equal(seats->came, 0);
	assert_int_equal(wait_for(seats_fork(ANNA, be_at_the_screen, -1)), 0);
	assert_int_equal(seats->came, 1);
	assert_int_equal(seats->keys, 1);
	assert_int_equal(seats->types, all);
}

/* Who has logged in from elsewhere has an active session, but no screen to touch. */
static void
test_remote(void **state)
{
	struct seats *seats = *state;

	seat_write(ANNA);
	remote_write(CARLA);
	seats_open(seats);
	assert_int_equal(wait_for(seats_fork(CARLA, be_stranger, -1)), 0);
	assert_int_equal(seats->came, 0);
	seat_write(CARLA);
	assert_int_equal(wait_for(seats_fork(CARLA, be_at_the_screen, -1)), 0);
	assert_int_equal(seats->came, 1);
}

/* --- a sandbox --- */

/* As bubblewrap and what builds on it make one: the user's own, but without our folder. */
static void
be_sandboxed(uid_t uid, int reports)
{
	int fd;

	(void)uid;
	(void)reports;
	if (unshare(CLONE_NEWUSER | CLONE_NEWNS) < 0 ||
	    mount("none", "/run/sidetouch", "tmpfs", 0, NULL) < 0)
		_exit(77);
	fd = seats_dial(SEAT_SOCKET);
	if (fd >= 0 || seats_dial(SEAT_SOCKET OBSERVE_SUFFIX) >= 0)
		_exit(1);
	/* What it was given it cannot take away: for a namespace within, its mounts are locked. */
	if (unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0 && umount2("/run/sidetouch", 0) == 0)
		_exit(2);
}

static void
test_sandboxed(void **state)
{
	struct seats *seats = *state;
	int code;

	seat_write(ANNA);
	seats_open(seats);
	code = wait_for(seats_fork(ANNA, be_sandboxed, -1));
	if (code == 77)
		printf("# no user namespaces here: nobody is sandboxed\n");
	else
		assert_int_equal(code, 0);
	assert_int_equal(seats->came, 0);
	assert_int_equal(wait_for(seats_fork(ANNA, be_at_the_screen, -1)), 0);
	assert_int_equal(seats->came, 1);
}

static int
setup(void **state)
{
	*state = g_new0(struct seats, 1);
	return 0;
}

static int
teardown(void **state)
{
	seats_close(*state);
	g_free(*state);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_switching, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_stranger, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_remote, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_sandboxed, setup, teardown),
	};

#ifdef SIDETOUCH_LOGIN
	if (seats_enter())
		return cmocka_run_group_tests(tests, NULL, NULL);
	puts("1..0 # SKIP needs root and a mount namespace of its own");
#else
	(void)tests;
	(void)seats_enter;
	puts("1..0 # SKIP built without logind");
#endif
	return 0;
}
