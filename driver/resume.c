/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A timer on the wall's clock that is cancelled when that clock jumps: when it is set, and when the
 * machine wakes up, for the wall's clock went on meanwhile and the monotonic one did not
 * (timerfd_create(2), TFD_TIMER_CANCEL_ON_SET; fs/timerfd.c, timerfd_clock_was_set()).
 * Called by driver/driver.
 * Owns the timer's descriptor.
 */
#include "driver/resume.h"

#include <errno.h>
#include <glib-unix.h>
#include <stdint.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

/* The shortest sleep there is takes longer than this, and reading two clocks does not, unless the
 * reader is interrupted: then a panel is opened anew for nothing, which nobody notices. */
#define SLEPT_US 10000

struct resume {
	int fd;
	GSource *source;
	int64_t ahead_us;
	void (*resumed)(void *data);
	void *data;
};

static int64_t
clock_us(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static int64_t
boot_is_ahead_us(void)
{
	int64_t monotonic = clock_us(CLOCK_MONOTONIC);

	return clock_us(CLOCK_BOOTTIME) - monotonic;
}

bool
resume_has_slept(int64_t before_us, int64_t now_us)
{
	return now_us - before_us >= SLEPT_US;
}

static int
arm(struct resume *resume)
{
	/* The end of time: it never fires. */
	const struct itimerspec never = {.it_value = {.tv_sec = INT64_MAX / 1000000000}};

	return timerfd_settime(resume->fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &never,
			       NULL) < 0
		   ? -errno
		   : 0;
}

static gboolean
on_timer(int fd, GIOCondition condition, void *data)
{
	struct resume *resume = data;
	int64_t before_us = resume->ahead_us;
	uint64_t expirations;

	(void)condition;
	/* ECANCELED is what it is for; whatever else it says, it is set anew. */
	if (read(fd, &expirations, sizeof(expirations)) < 0 && errno == EAGAIN)
		return G_SOURCE_CONTINUE;
	if (arm(resume) < 0)
		return G_SOURCE_REMOVE;
	resume->ahead_us = boot_is_ahead_us();
	if (resume_has_slept(before_us, resume->ahead_us))
		resume->resumed(resume->data);
	return G_SOURCE_CONTINUE;
}

int
resume_new(void (*resumed)(void *data), void *data, struct resume **out)
{
	struct resume *resume = g_new0(struct resume, 1);
	int r;

	*out = NULL;
	resume->resumed = resumed;
	resume->data = data;
	resume->fd = timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK);
	r = resume->fd < 0 ? -errno : arm(resume);
	if (r < 0) {
		resume_free(resume);
		return r;
	}
	resume->ahead_us = boot_is_ahead_us();
	resume->source = g_unix_fd_source_new(resume->fd, G_IO_IN);
	g_source_set_callback(resume->source, (GSourceFunc)(void (*)(void))on_timer, resume, NULL);
	g_source_attach(resume->source, g_main_context_get_thread_default());
	*out = resume;
	return 0;
}

struct resume *
resume_free(struct resume *resume)
{
	if (!resume)
		return NULL;
	if (resume->source) {
		g_source_destroy(resume->source);
		g_source_unref(resume->source);
	}
	if (resume->fd >= 0)
		close(resume->fd);
	g_free(resume);
	return NULL;
}
