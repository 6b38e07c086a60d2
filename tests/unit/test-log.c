/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A log that nobody reads, in a pipe as under a terminal's script and in a stream as under
 * journald: nothing waits for it, and what was lost is counted when somebody reads again. Run by
 * tests/run; an alarm ends it when it does wait. Owns what stands in for the standard error stream
 * while a test runs.
 */
#define G_LOG_DOMAIN "test-log"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <glib.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/log.h"

/* More than any pipe or stream of the kernel's usual size holds. */
#define LINES 20000
/* Nothing here takes that long, on the slowest machine with sanitizers. */
#define PATIENCE_S 60

struct stream {
	int read_fd;
	int saved_fd; /* the real one */
};

/* Let the standard error stream be this one; its other end is ours. */
static void
swap(struct stream *stream, int read_fd, int write_fd)
{
	stream->read_fd = read_fd;
	stream->saved_fd = dup(STDERR_FILENO);
	assert_int_equal(dup2(write_fd, STDERR_FILENO), STDERR_FILENO);
	close(write_fd);
	assert_int_equal(fcntl(read_fd, F_SETFL, O_NONBLOCK), 0);
	alarm(PATIENCE_S);
}

static void
swap_back(struct stream *stream)
{
	alarm(0);
	assert_int_equal(dup2(stream->saved_fd, STDERR_FILENO), STDERR_FILENO);
	close(stream->saved_fd);
	if (stream->read_fd >= 0)
		close(stream->read_fd);
}

static GString *
read_all(const struct stream *stream)
{
	GString *all = g_string_new(NULL);
	char bytes[4096];
	ssize_t size;

	while ((size = read(stream->read_fd, bytes, sizeof(bytes))) > 0)
		g_string_append_len(all, bytes, size);
	return all;
}

static unsigned
count_of(const char *text, const char *part)
{
	unsigned count = 0;

	for (; (text = strstr(text, part)); text++)
		count++;
	return count;
}

static void
expect_lost_and_counted(struct stream *stream)
{
	g_autoptr(GString) before = NULL, after = NULL;
	g_autofree char *lost = NULL;

	for (unsigned i = 0; i < LINES; i++)
		g_warning("something of no weight");
	before = read_all(stream);
	g_warning("the last");
	after = read_all(stream);
	swap_back(stream);
	/* Each line is whole, or not there. */
	assert_in_range(count_of(before->str, "something of no weight\n"), 1, LINES - 1);
	lost = g_strdup_printf("%u lines of this log are lost, because nothing read it\n",
			       LINES - count_of(before->str, "something of no weight\n"));
	assert_non_null(strstr(after->str, lost));
	assert_true(g_str_has_suffix(after->str, "the last\n"));
	assert_int_equal(count_of(after->str, "lost"), 1);
}

static void
test_full_pipe(void **state)
{
	struct stream stream;
	int ends[2];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	swap(&stream, ends[0], ends[1]);
	expect_lost_and_counted(&stream);
}

static void
test_full_socket(void **state)
{
	struct stream stream;
	int ends[2];

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	swap(&stream, ends[0], ends[1]);
	expect_lost_and_counted(&stream);
}

/* As when journald was stopped, or the script that read it has ended. */
static void
test_nobody_there(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 2; i++) {
		struct stream stream;
		int ends[2];

		assert_int_equal(i ? pipe(ends) : socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
		swap(&stream, ends[0], ends[1]);
		close(stream.read_fd);
		stream.read_fd = -1;
		g_warning("to nobody");
		swap_back(&stream);
	}
}

static void
test_long_line(void **state)
{
	g_autofree char *filler = g_strnfill(100000, 'x');
	g_autoptr(GString) said = NULL;
	struct stream stream;
	int ends[2];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	swap(&stream, ends[0], ends[1]);
	g_warning("%s", filler);
	g_warning("%s", "after it");
	said = read_all(&stream);
	swap_back(&stream);
	/* Cut, so that it fits without waiting; an end of line is at its end all the same. */
	assert_in_range(said->len, 1000, 8192);
	assert_non_null(strstr(said->str, "xxx\n"));
	assert_true(g_str_has_suffix(said->str, "after it\n"));
}

static void
test_quiet(void **state)
{
	g_autoptr(GString) said = NULL;
	struct stream stream;
	int ends[2];

	(void)state;
	g_unsetenv("G_MESSAGES_DEBUG");
	assert_int_equal(pipe(ends), 0);
	swap(&stream, ends[0], ends[1]);
	g_info("of interest to nobody");
	g_message("%s", "of interest");
	said = read_all(&stream);
	swap_back(&stream);
	assert_null(strstr(said->str, "nobody"));
	assert_non_null(strstr(said->str, "of interest"));
}

/* This program anew, since GLib lets a process choose once where its log goes. */
static pid_t
start_as(const char *what)
{
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		execl("/proc/self/exe", "test-log", what, NULL);
		_exit(EXIT_FAILURE);
	}
	return child;
}

static int
as_child(const char *what)
{
	if (strcmp(what, "tell") == 0)
		return fcntl(STDERR_FILENO, F_GETFL) & O_NONBLOCK ? EXIT_SUCCESS : EXIT_FAILURE;
	/* Before the test's own: a child that waits is what fails. */
	alarm(PATIENCE_S / 4);
	for (unsigned i = 0; i < LINES; i++)
		fprintf(stderr, "ALSA lib pcm.c: something of no weight\n");
	return EXIT_SUCCESS;
}

/* What ALSA, JACK and others print, without asking anybody: a process of its own does so here,
 * since this one's stream was another when log_never_wait() was called. */
static void
expect_library_goes_on(struct stream *stream)
{
	GString *before = NULL;
	pid_t child = start_as("print");
	int status;

	assert_int_equal(waitpid(child, &status, 0), child);
	before = read_all(stream);
	swap_back(stream);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS);
	assert_in_range(count_of(before->str, "something of no weight\n"), 1, LINES - 1);
	g_string_free(before, TRUE);
}

static void
test_libraries(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 2; i++) {
		struct stream stream;
		int ends[2];

		assert_int_equal(i ? pipe(ends) : socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
		swap(&stream, ends[0], ends[1]);
		expect_library_goes_on(&stream);
	}
}

/* Nor does another that shares a pipe with us get errors that it does not expect. */
static void
test_pipe_is_shared(void **state)
{
	struct stream stream;
	int ends[2];
	int shared;
	int status;
	pid_t child;

	(void)state;
	assert_int_equal(pipe(ends), 0);
	shared = dup(ends[1]);
	swap(&stream, ends[0], ends[1]);
	child = start_as("tell");
	assert_int_equal(waitpid(child, &status, 0), child);
	swap_back(&stream);
	assert_int_equal(status, 0);
	assert_false(fcntl(shared, F_GETFL) & O_NONBLOCK);
	close(shared);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_full_pipe),      cmocka_unit_test(test_full_socket),
	    cmocka_unit_test(test_nobody_there),   cmocka_unit_test(test_long_line),
	    cmocka_unit_test(test_quiet),          cmocka_unit_test(test_libraries),
	    cmocka_unit_test(test_pipe_is_shared),
	};

	log_never_wait();
	if (argc > 1)
		return as_child(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
