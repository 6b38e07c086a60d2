/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a program says to the service manager, and the sockets that a socket unit holds for it.
 * Run by tests/run; plays the service manager with a datagram socket and descriptors 3 and 4.
 * Owns a temporary folder.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "common/cleanup.h"
#include "common/service.h"
#include "driver/listen_socket.h"

#ifdef SIDETOUCH_LOGIN
#define GIVEN_FD    3 /* the first that systemd hands over */
#define GIVEN_COUNT 2 /* as the driver has: daemons' and sidetouchctl's */

static char *folder;

static struct sockaddr_un
address_of(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};

	g_strlcpy(address.sun_path, path, sizeof(address.sun_path));
	return address;
}

/* What this process had open at these numbers, -1: nothing. */
static void
put_back(const int saved[GIVEN_COUNT])
{
	for (int i = 0; i < GIVEN_COUNT; i++) {
		if (saved[i] >= 0) {
			dup2(saved[i], GIVEN_FD + i);
			close(saved[i]);
		} else {
			close(GIVEN_FD + i);
		}
	}
}

/* Listening sockets as the manager holds them, from GIVEN_FD on. */
static void
give_sockets(char *const paths[GIVEN_COUNT], int saved[GIVEN_COUNT])
{
	g_autofree char *pid = g_strdup_printf("%d", (int)getpid());
	g_autofree char *count = g_strdup_printf("%d", GIVEN_COUNT);

	for (int i = 0; i < GIVEN_COUNT; i++)
		saved[i] = fcntl(GIVEN_FD + i, F_DUPFD_CLOEXEC, GIVEN_FD + GIVEN_COUNT);
	for (int i = 0; i < GIVEN_COUNT; i++) {
		struct sockaddr_un address = address_of(paths[i]);
		int made = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK, 0);
		int fd = fcntl(made, F_DUPFD_CLOEXEC, GIVEN_FD + GIVEN_COUNT);

		close(made);
		assert_int_equal(bind(fd, (const struct sockaddr *)&address, sizeof(address)), 0);
		assert_int_equal(listen(fd, 8), 0);
		assert_int_equal(dup2(fd, GIVEN_FD + i), GIVEN_FD + i);
		close(fd);
	}
	g_setenv("LISTEN_PID", pid, TRUE);
	g_setenv("LISTEN_FDS", count, TRUE);
}

static bool
somebody_answers(const char *path)
{
	struct sockaddr_un address = address_of(path);
	_autoclose_ int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);

	return connect(fd, (const struct sockaddr *)&address, sizeof(address)) == 0;
}

static void
test_sockets_of_a_unit(void **state)
{
	g_autofree char *first = g_build_filename(folder, "first", NULL);
	g_autofree char *second = g_build_filename(folder, "second", NULL);
	g_autofree char *other = g_build_filename(folder, "other", NULL);
	g_autofree char *third = g_build_filename(folder, "third", NULL);
	int saved[GIVEN_COUNT], saved_again[GIVEN_COUNT], fd, held;

	(void)state;
	give_sockets((char *const[]){first, second}, saved);
	/* One that is given is used, whatever lies at its path, and stays when we end. */
	assert_int_equal(listen_socket_open(first, &fd), 0);
	assert_int_equal(fd, GIVEN_FD);
	assert_int_equal(listen_socket_open(second, &fd), 0);
	assert_int_equal(fd, GIVEN_FD + 1);
	/* One that is not is made, and removed. */
	assert_int_equal(listen_socket_open(other, &fd), 0);
	assert_true(fd >= GIVEN_FD + GIVEN_COUNT);
	assert_true(somebody_answers(other));
	listen_socket_close(fd, other);
	assert_false(g_file_test(other, G_FILE_TEST_EXISTS));
	held = fcntl(GIVEN_FD, F_DUPFD_CLOEXEC, GIVEN_FD + GIVEN_COUNT); /* the manager's own */
	/* The one is still the manager's when the other has been closed. */
	listen_socket_close(GIVEN_FD + 1, second);
	listen_socket_close(GIVEN_FD, first);
	assert_true(g_file_test(second, G_FILE_TEST_EXISTS));
	assert_true(g_file_test(first, G_FILE_TEST_EXISTS));
	assert_true(somebody_answers(first));
	close(held);
	/* One whose file somebody has removed is of no use: another one is made there. */
	give_sockets((char *const[]){other, third}, saved_again);
	g_unlink(other);
	assert_int_equal(listen_socket_open(other, &fd), 0);
	assert_true(fd >= GIVEN_FD + GIVEN_COUNT);
	assert_true(somebody_answers(other));
	listen_socket_close(fd, other);
	assert_false(g_file_test(other, G_FILE_TEST_EXISTS));
	put_back(saved_again);
	put_back(saved);
	/* They were given to another process, from which we inherited only the environment. */
	g_setenv("LISTEN_PID", "1", TRUE);
	assert_false(service_owns_socket(GIVEN_FD));
	g_unsetenv("LISTEN_FDS");
	g_unsetenv("LISTEN_PID");
	assert_int_equal(service_socket(first), -1);
	assert_false(service_owns_socket(GIVEN_FD));
	g_unlink(first);
	g_unlink(second);
	g_unlink(third);
}

/* The manager's end; waits for the next thing that is said. */
static void
expect_said(int fd, const char *words)
{
	char said[256] = "";
	ssize_t size;

	while ((size = recv(fd, said, sizeof(said) - 1, MSG_DONTWAIT)) < 0 && errno == EAGAIN)
		g_main_context_iteration(NULL, TRUE);
	assert_true(size > 0);
	assert_string_equal(said, words);
}

static void
test_readiness_and_watchdog(void **state)
{
	g_autofree char *path = g_build_filename(folder, "notify", NULL);
	struct sockaddr_un address = address_of(path);
	_autoclose_ int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	(void)state;
	assert_int_equal(bind(fd, (const struct sockaddr *)&address, sizeof(address)), 0);
	g_setenv("NOTIFY_SOCKET", path, TRUE);
	g_unsetenv("WATCHDOG_PID");
	g_setenv("WATCHDOG_USEC", "20000", TRUE);
	service_ready();
	expect_said(fd, "READY=1");
	expect_said(fd, "WATCHDOG=1");
	expect_said(fd, "WATCHDOG=1");
	service_stopping();
	expect_said(fd, "STOPPING=1");
	g_unsetenv("NOTIFY_SOCKET");
	g_unsetenv("WATCHDOG_USEC");
	g_unlink(path);
}

static int
make_folder(void **state)
{
	(void)state;
	folder = g_dir_make_tmp("sidetouch-service-XXXXXX", NULL);
	return folder ? 0 : -1;
}

static int
remove_folder(void **state)
{
	(void)state;
	g_rmdir(folder);
	g_free(folder);
	return 0;
}
#endif

/* Nobody has started us, or we were built without anybody who could: nothing happens. */
static void
test_nobody_there(void **state)
{
	(void)state;
	g_unsetenv("NOTIFY_SOCKET");
	g_unsetenv("WATCHDOG_USEC");
	service_ready();
	assert_false(g_main_context_pending(NULL));
	service_stopping();
	assert_int_equal(service_socket("/run/nobody"), -1);
	assert_false(service_owns_socket(3));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_nobody_there),
#ifdef SIDETOUCH_LOGIN
	    cmocka_unit_test(test_sockets_of_a_unit),
	    cmocka_unit_test(test_readiness_and_watchdog),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
#else
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
#endif
}
