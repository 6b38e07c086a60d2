/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A seat in a /run of our own, as logind keeps it, the driver's session and link on it, and other
 * users as processes of their own.
 * Used by test-seats.c; needs root, for its processes become other users.
 * Owns the mount namespace, the server, the session and the processes.
 */
#ifndef SIDETOUCH_SEATS_RIG_H
#define SIDETOUCH_SEATS_RIG_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/link.h"
#include "driver/link_server.h"
#include "driver/notices.h"
#include "driver/session.h"
#include "driver/watch.h"

/* No single step takes longer, on the slowest machine with sanitizers. */
#define PATIENCE_US (60 * (gint64)G_USEC_PER_SEC)

#define SEAT_FOLDER "/run/systemd/seats"
#define SEAT_SOCKET "/run/sidetouch/driver.sock"

/* What a user's process tells of itself, through a pipe. */
struct report {
	char what; /* 'u': it listens; 'd': it does no more; 'p': it was told of a press */
	unsigned user;
	uint32_t press;
	gint64 time_us;
};

struct seats {
	struct link_server *server;
	struct session *session;
	struct notices *notices;
	struct watch *watch;
	int reports; /* our end of the pipe */
	unsigned came;
	unsigned keys;
	uint64_t types; /* of other requests that were let through, a bit each from 32 on */
};

static inline void
seats_on_listening(void *data, bool listening)
{
	struct seats *seats = data;

	seats->came += listening;
	watch_recheck(seats->watch);
}

static inline void
seats_on_type_key(void *data, uint32_t request, uint32_t key, uint32_t modifiers)
{
	struct seats *seats = data;

	(void)key;
	(void)modifiers;
	seats->keys++;
	link_server_send_key_done(seats->server, request, 0);
}

static inline bool
seats_is_authorised(void *data, uid_t uid)
{
	struct seats *seats = data;

	return session_is_authorised(seats->session, uid);
}

static inline void
seats_on_message(void *data, const struct packet_header *header)
{
	struct seats *seats = data;

	seats->types |= UINT64_C(1) << (header->type - LINK_DAEMON_HELLO);
}

/* As driver/driver does. */
static inline void
seats_on_session(void *data)
{
	struct seats *seats = data;

	link_server_recheck(seats->server);
	watch_recheck(seats->watch);
}

/* As logind does: another file in its place. uid: of who is at the screen. */
static inline void
seat_write(uid_t uid)
{
	g_autofree char *text = g_strdup_printf(
	    "# This is private data. Do not parse.\nIS_SEAT0=1\nCAN_MULTI_SESSION=1\nCAN_TTY=1\n"
	    "CAN_GRAPHICAL=1\nACTIVE=c%u\nACTIVE_UID=%u\n",
	    (unsigned)uid, (unsigned)uid);

	assert_true(g_file_set_contents(SEAT_FOLDER "/.#seat0", text, -1, NULL));
	assert_int_equal(rename(SEAT_FOLDER "/.#seat0", SEAT_FOLDER "/seat0"), 0);
}

/* As logind keeps who has logged in from elsewhere: an active session, at no seat. */
static inline void
remote_write(uid_t uid)
{
	g_autofree char *text = g_strdup_printf(
	    "# This is private data. Do not parse.\nUID=%u\nUSER=remote\nACTIVE=1\nIS_DISPLAY=0\n"
	    "STATE=active\nREMOTE=1\nREMOTE_HOST=192.0.2.1\nTYPE=tty\nCLASS=user\nSERVICE=sshd\n",
	    (unsigned)uid);
	static const char user[] =
	    "NAME=remote\nSTATE=active\nSESSIONS=r1\nACTIVE_SESSIONS=r1\nONLINE_SESSIONS=r1\n";
	g_autofree char *path = g_strdup_printf("/run/systemd/users/%u", (unsigned)uid);

	assert_int_equal(g_mkdir_with_parents("/run/systemd/sessions", 0755), 0);
	assert_int_equal(g_mkdir_with_parents("/run/systemd/users", 0755), 0);
	assert_true(g_file_set_contents("/run/systemd/sessions/r1", text, -1, NULL));
	assert_true(g_file_set_contents(path, user, -1, NULL));
}

/* False where a process may not have a /run of its own. */
static inline bool
seats_enter(void)
{
	if (getuid() != 0 || unshare(CLONE_NEWNS) < 0 ||
	    mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0 ||
	    mount("none", "/run", "tmpfs", 0, "mode=0755") < 0)
		return false;
	assert_int_equal(g_mkdir_with_parents(SEAT_FOLDER, 0755), 0);
	assert_int_equal(g_mkdir_with_parents("/run/sidetouch", 0755), 0);
	return true;
}

static inline void
seats_open(struct seats *seats)
{
	static const struct link_server_events events = {
	    .listening = seats_on_listening,
	    .type_key = seats_on_type_key,
	    .authorised = seats_is_authorised,
	    .message = seats_on_message,
	};
	const struct link_server_config config = {.path = SEAT_SOCKET, .can_type = true};

	seats->session = session_new("seat0", NULL, seats_on_session, seats, NULL);
	seats->server = link_server_new(&config, &events, seats, NULL);
	assert_true(seats->session && seats->server);
	seats->notices = notices_new();
	notices_set_server(seats->notices, seats->server);
	seats->watch = watch_new(
	    &(struct watch_config){SEAT_SOCKET, seats->server, seats->session, seats->notices},
	    NULL);
	assert_non_null(seats->watch);
}

static inline void
seats_close(struct seats *seats)
{
	watch_free(seats->watch);
	link_server_free(seats->server);
	notices_free(seats->notices);
	session_free(seats->session);
}

/* A process of this user; what it does is done with the pipe to us at reports. */
static inline pid_t
seats_fork(uid_t uid, void (*be)(uid_t uid, int reports), int reports)
{
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid > 0)
		return pid;
	/* In this order: becoming another user would undo the second. */
	if (setgid(uid) < 0 || setuid(uid) < 0 || prctl(PR_SET_PDEATHSIG, SIGKILL) < 0)
		_exit(126);
	be(uid, reports);
	_exit(0);
}

static inline int
seats_dial(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);

	g_strlcpy(address.sun_path, path, sizeof(address.sun_path));
	if (connect(fd, (const struct sockaddr *)&address, sizeof(address)) == 0)
		return fd;
	close(fd);
	return -errno;
}

static inline unsigned
count_fds(void)
{
	DIR *dir = opendir("/proc/self/fd");
	unsigned count = 0;

	while (dir && readdir(dir))
		count++;
	if (dir)
		closedir(dir);
	return count;
}

/* Run our loop until the condition holds. */
#define until(condition)                                                                           \
	do {                                                                                       \
		gint64 deadline_ = g_get_monotonic_time() + PATIENCE_US;                           \
		while (!(condition)) {                                                             \
			assert_true(g_get_monotonic_time() < deadline_);                           \
			g_main_context_iteration(NULL, FALSE);                                     \
		}                                                                                  \
	} while (0)

#endif
