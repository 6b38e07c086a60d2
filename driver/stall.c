/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A timer of the loop's thread's processor time, whose signal looks whether the loop has turned.
 * Called by main(); the signal's handler knows its stall by the timer's value, for there is nothing
 * global. Owns the timer.
 */
#include "driver/stall.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* What the system itself sends to who uses too much of the processor. */
#define SIGNAL SIGXCPU

struct stall {
	const atomic_uint *turns;
	atomic_uint seen; /* at the last signal */
	timer_t timer;
};

static void
on_signal(int number, siginfo_t *info, void *context)
{
	static const char last_words[] =
	    "sidetouch-driver hangs in a loop: it ends, so that every touch passes again\n";
	struct stall *stall = info->si_value.sival_ptr;
	unsigned turns;
	ssize_t written;

	(void)number;
	(void)context;
	/* Sent by somebody else. */
	if (info->si_code != SI_TIMER || !stall)
		return;
	turns = atomic_load(stall->turns);
	if (atomic_exchange(&stall->seen, turns) != turns)
		return;
	written = write(STDERR_FILENO, last_words, sizeof(last_words) - 1);
	(void)written;
	_exit(STALL_EXIT_CODE);
}

int
stall_new(const atomic_uint *turns, unsigned cpu_ms, struct stall **out)
{
	struct stall *stall = calloc(1, sizeof(*stall));
	const struct timespec every = {cpu_ms / 1000, (long)(cpu_ms % 1000) * 1000000};
	const struct itimerspec times = {every, every};
	struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGNAL};
	struct sigaction action = {.sa_sigaction = on_signal, .sa_flags = SA_SIGINFO | SA_RESTART};
	int error;

	*out = NULL;
	if (!stall)
		return -ENOMEM;
	stall->turns = turns;
	/* One more than it is: the first time says nothing yet. */
	atomic_init(&stall->seen, atomic_load(turns) - 1);
	event.sigev_value.sival_ptr = stall;
	if (sigaction(SIGNAL, &action, NULL) < 0 ||
	    timer_create(CLOCK_THREAD_CPUTIME_ID, &event, &stall->timer) < 0) {
		error = -errno;
		free(stall);
		return error;
	}
	if (timer_settime(stall->timer, 0, &times, NULL) == 0) {
		*out = stall;
		return 0;
	}
	error = -errno;
	timer_delete(stall->timer);
	free(stall);
	return error;
}

struct stall *
stall_free(struct stall *stall)
{
	if (!stall)
		return NULL;
	timer_delete(stall->timer);
	(void)signal(SIGNAL, SIG_IGN);
	free(stall);
	return NULL;
}
