/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A loop that hangs ends its program; one that works hard, or waits long, does not.
 * Run by tests/run; each case is a child, judged by how it ends.
 * Owns the child.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "driver/loop.h"
#include "driver/stall.h"

/* Shorter than the real one, so that the tests are. */
#define CPU_MS 50

static int64_t
cpu_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void
burn_ms(int64_t ms)
{
	int64_t end = cpu_ms() + ms;

	while (cpu_ms() < end)
		continue;
}

static gboolean
hang(void *data)
{
	(void)data;
	for (;;)
		burn_ms(1000);
	return G_SOURCE_REMOVE;
}

/* A fifth of what is allowed at each turn, and six times that in all. */
static gboolean
work(void *data)
{
	static int64_t end;

	if (end == 0)
		end = cpu_ms() + INT64_C(6) * CPU_MS;
	burn_ms(CPU_MS / 5);
	if (cpu_ms() < end)
		return G_SOURCE_CONTINUE;
	loop_quit(data);
	return G_SOURCE_REMOVE;
}

static gboolean
rest(void *data)
{
	loop_quit(data);
	return G_SOURCE_REMOVE;
}

/* How a program ends whose loop does this after so long. */
static int
run(GSourceFunc what, unsigned after_ms)
{
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		struct loop *loop = loop_new();
		struct stall *stall;

		if (!freopen("/dev/null", "w", stderr) ||
		    stall_new(loop_turns(loop), CPU_MS, &stall) < 0)
			_exit(1);
		g_timeout_add(after_ms, what, loop);
		loop_run(loop);
		/* What others send is no stall. */
		raise(SIGXCPU);
		stall_free(stall);
		/* Nor is the end: it may take as long as it likes. */
		burn_ms(INT64_C(3) * CPU_MS);
		loop_free(loop);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static void
test_hang(void **state)
{
	(void)state;
	assert_int_equal(run(hang, 0), STALL_EXIT_CODE);
}

static void
test_work(void **state)
{
	(void)state;
	assert_int_equal(run(work, 0), 0);
}

static void
test_rest(void **state)
{
	(void)state;
	assert_int_equal(run(rest, 4 * CPU_MS), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_hang),
	    cmocka_unit_test(test_work),
	    cmocka_unit_test(test_rest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
