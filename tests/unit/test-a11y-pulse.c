/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a silent application is stopped, at work or asleep; and what a command's words mean. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "daemon/a11y_pulse.h"
#include "daemon/apps_wanted.h"

/* However busy the machine is. */
#define PATIENCE_US (60 * G_USEC_PER_SEC)

static void
test_stat(void **state)
{
	(void)state;
	assert_int_equal(a11y_pulse_from_stat("12 (app) T 1 12"), A11Y_PULSE_STOPPED);
	assert_int_equal(a11y_pulse_from_stat("12 (app) t 1 12"), A11Y_PULSE_STOPPED);
	assert_int_equal(a11y_pulse_from_stat("12 (app) Z 1 12"), A11Y_PULSE_STOPPED);
	assert_int_equal(a11y_pulse_from_stat("12 (app) R 1 12"), A11Y_PULSE_AT_WORK);
	assert_int_equal(a11y_pulse_from_stat("12 (app) D 1 12"), A11Y_PULSE_AT_WORK);
	assert_int_equal(a11y_pulse_from_stat("12 (app) S 1 12"), A11Y_PULSE_ASLEEP);
	/* A program may be called whatever it likes. */
	assert_int_equal(a11y_pulse_from_stat("12 (a) T (b) S 1 12"), A11Y_PULSE_ASLEEP);
	assert_int_equal(a11y_pulse_from_stat("12 (app)"), A11Y_PULSE_ASLEEP);
	assert_int_equal(a11y_pulse_from_stat(""), A11Y_PULSE_ASLEEP);
}

static void
test_crowded(void **state)
{
	(void)state;
	assert_true(a11y_pulse_is_crowded("0.20 0.18 0.12 3/80 11206", 2));
	assert_false(a11y_pulse_is_crowded("9.20 8.18 7.12 2/80 11206", 2));
	assert_false(a11y_pulse_is_crowded("", 2));
	assert_false(a11y_pulse_is_crowded("nonsense", 2));
}

static void
test_a_process(void **state)
{
	pid_t pid = fork();
	int status;

	(void)state;
	if (pid == 0) {
		for (;;)
			pause();
	}
	assert_true(pid > 0);
	assert_int_equal(kill(pid, SIGSTOP), 0);
	assert_int_equal(waitpid(pid, &status, WUNTRACED), pid);
	assert_true(WIFSTOPPED(status));
	assert_int_equal(a11y_pulse_of((uint32_t)pid), A11Y_PULSE_STOPPED);
	assert_int_equal(kill(pid, SIGKILL), 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	/* Gone, and one that nobody knows: never stopped. */
	assert_int_not_equal(a11y_pulse_of((uint32_t)pid), A11Y_PULSE_STOPPED);
	assert_int_not_equal(a11y_pulse_of(0), A11Y_PULSE_STOPPED);
}

static void *
work(void *data)
{
	(void)data;
	for (;;)
		(void)getppid(); /* never asleep */
	return NULL;
}

/* Its first thread sleeps, and another one works, if there is one. */
static pid_t
sleeper(bool works)
{
	pid_t pid = fork();

	if (pid == 0) {
		if (works)
			g_thread_new("work", work, NULL);
		for (;;)
			pause();
	}
	return pid;
}

static void
await_thread_at_work(pid_t pid, bool at_work)
{
	int64_t end = g_get_monotonic_time() + PATIENCE_US;

	while (a11y_pulse_has_thread_at_work((uint32_t)pid) != at_work)
		assert_true(g_get_monotonic_time() < end);
}

static void
test_another_thread(void **state)
{
	pid_t working = sleeper(true);
	pid_t asleep = sleeper(false);

	(void)state;
	assert_true(working > 0 && asleep > 0);
	await_thread_at_work(working, true);
	assert_int_equal(a11y_pulse_of((uint32_t)working), A11Y_PULSE_AT_WORK);
	await_thread_at_work(asleep, false);
	/* The one that asks is always at work, and does not count. */
	assert_false(a11y_pulse_has_thread_at_work((uint32_t)getpid()));
	assert_int_equal(kill(working, SIGKILL), 0);
	assert_int_equal(waitpid(working, NULL, 0), working);
	assert_int_equal(kill(asleep, SIGKILL), 0);
	assert_int_equal(waitpid(asleep, NULL, 0), asleep);
	assert_false(a11y_pulse_has_thread_at_work((uint32_t)working));
}

static void
test_wanted(void **state)
{
	char name[] = "Pay*";
	char *names[] = {name, NULL};
	char description[] = "To the tills";
	char role[] = "button";
	uint32_t roles[APPS_WANTED_ROLES];
	const struct apps_wanted wanted = {
	    .role = role, .names = names, .description = description};

	(void)state;
	assert_true(apps_wanted_fits_name(&wanted, "Pay 12.50"));
	assert_true(apps_wanted_fits_name(&wanted, " Pay  now "));
	assert_true(apps_wanted_fits_name(&wanted, "Pay*"));
	assert_false(apps_wanted_fits_name(&wanted, "Repay"));
	assert_false(apps_wanted_fits_name(&wanted, ""));
	assert_true(apps_wanted_fits_description(&wanted, "To the tills"));
	assert_false(apps_wanted_fits_description(&wanted, "To the till"));
	assert_int_equal(apps_wanted_roles(&wanted, roles), 1);
	assert_int_equal(roles[0], 43);
	assert_int_equal(apps_wanted_roles(&(struct apps_wanted){0}, roles), 0);
}

static void
test_a_star_is_a_name_too(void **state)
{
	char name[] = "*";
	char *names[] = {name, NULL};
	const struct apps_wanted wanted = {.names = names};

	(void)state;
	assert_true(apps_wanted_fits_name(&wanted, "*"));
	assert_false(apps_wanted_fits_name(&wanted, "5"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_stat),      cmocka_unit_test(test_crowded),
	    cmocka_unit_test(test_a_process), cmocka_unit_test(test_another_thread),
	    cmocka_unit_test(test_wanted),    cmocka_unit_test(test_a_star_is_a_name_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
