/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One turn of the loop: wait for all descriptors at once, pass the panels' frames on, wait again;
 * when anything else is ready or due, GLib has its turn. Finding out which of its sources are due
 * takes GLib longer than the frame takes the rest of the driver, so frames that make nothing due
 * pay nothing of it (docs/bench.md has the figures).
 * Called by main().
 * Owns the watches' registrations and the kernel's lists of what to wait for.
 */
#define G_LOG_DOMAIN "sidetouch-driver"
#include "driver/loop.h"

#include <errno.h>
#include <stdbool.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

/* Panels of which frames are taken at once; more of them come with the next wait. */
#define READY_MAX 16

struct loop_watch {
	struct loop *loop;
	int fd;
	bool (*ready)(void *data, bool gone);
	void *data;
};

struct loop {
	GMainContext *context;
	bool over;
	atomic_uint turns;
	GArray *fds;   /* GPollFD: GLib's, as it asked for them last */
	GArray *known; /* GPollFD: those that are in `others` */
	bool changed;  /* since then a source was called, which may have closed one of them */
	int others;    /* epoll: GLib's */
	int timer;     /* timerfd: when GLib's next source is due */
	int all;       /* epoll: the watches', `others` and `timer` */
	/* Of the wait under way; data.ptr is the watch, which may have ended since, or NULL. */
	struct epoll_event ready[READY_MAX];
	int ready_count;
};

static void
await(int set, int fd, uint32_t events, void *data)
{
	struct epoll_event event = {.events = events, .data.ptr = data};

	if (epoll_ctl(set, EPOLL_CTL_ADD, fd, &event) < 0)
		g_error("cannot wait for descriptor %d (%s): no panel would be heard", fd,
			g_strerror(errno));
}

struct loop *
loop_new(void)
{
	struct loop *loop = g_new0(struct loop, 1);

	loop->context = g_main_context_ref_thread_default();
	loop->fds = g_array_new(FALSE, TRUE, sizeof(GPollFD));
	loop->known = g_array_new(FALSE, TRUE, sizeof(GPollFD));
	loop->others = epoll_create1(EPOLL_CLOEXEC);
	loop->timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
	loop->all = epoll_create1(EPOLL_CLOEXEC);
	if (loop->others < 0 || loop->timer < 0 || loop->all < 0)
		g_error("cannot wait for anything (%s): end other programs", g_strerror(errno));
	await(loop->all, loop->others, EPOLLIN, loop);
	await(loop->all, loop->timer, EPOLLIN, loop);
	return loop;
}

struct loop *
loop_free(struct loop *loop)
{
	if (!loop)
		return NULL;
	close(loop->all);
	close(loop->timer);
	close(loop->others);
	g_array_unref(loop->known);
	g_array_unref(loop->fds);
	g_main_context_unref(loop->context);
	g_free(loop);
	return NULL;
}

static bool
is_known(const struct loop *loop)
{
	if (loop->changed || loop->fds->len != loop->known->len)
		return false;
	for (unsigned i = 0; i < loop->fds->len; i++) {
		const GPollFD *fd = &g_array_index(loop->fds, GPollFD, i);
		const GPollFD *known = &g_array_index(loop->known, GPollFD, i);

		if (fd->fd != known->fd || fd->events != known->events)
			return false;
	}
	return true;
}

/* A closed descriptor leaves the kernel's list by itself, and another one may have its number by
 * now: after a source was called, none of what is known is certain, so all are asked for anew. */
static void
know(struct loop *loop)
{
	if (is_known(loop))
		return;
	for (unsigned i = 0; i < loop->known->len; i++)
		(void)epoll_ctl(loop->others, EPOLL_CTL_DEL,
				g_array_index(loop->known, GPollFD, i).fd, NULL);
	g_array_set_size(loop->known, 0);
	for (unsigned i = 0; i < loop->fds->len; i++) {
		const GPollFD *fd = &g_array_index(loop->fds, GPollFD, i);

		/* G_IO_IN and its like are poll()'s, whose numbers epoll shares. */
		await(loop->others, fd->fd, fd->events, NULL);
	}
	g_array_append_vals(loop->known, loop->fds->data, loop->fds->len);
	loop->changed = false;
}

/* What GLib waits for. */
static void
collect(struct loop *loop, int priority, int *timeout_ms)
{
	int room, count;

	do {
		room = (int)MAX(loop->fds->len, 1);
		g_array_set_size(loop->fds, (unsigned)room);
		count = g_main_context_query(loop->context, priority, timeout_ms,
					     (GPollFD *)(void *)loop->fds->data, room);
		g_array_set_size(loop->fds, (unsigned)count);
	} while (count > room);
	know(loop);
}

/* False: something else than frames is ready, or has to be looked at after one. */
static bool
pass_frames(struct loop *loop)
{
	bool others = false, due = false;

	for (int i = 0; i < loop->ready_count; i++) {
		const struct loop_watch *watch = loop->ready[i].data.ptr;
		bool gone = (loop->ready[i].events & (EPOLLHUP | EPOLLERR)) != 0;

		if ((const void *)watch == (const void *)loop)
			others = true;
		else if (!watch || watch->ready(watch->data, gone))
			due = true; /* it may also have ended with the one before */
	}
	loop->ready_count = 0;
	loop->changed |= due;
	return !others && !due;
}

/* A time that GLib's sources are due is waited for like a descriptor: the kernel is told of it
 * once, and not with each frame. */
static void
set_timer(struct loop *loop, int timeout_ms)
{
	struct itimerspec when = {0};

	if (timeout_ms > 0) {
		when.it_value.tv_sec = timeout_ms / 1000;
		when.it_value.tv_nsec = timeout_ms % 1000 * 1000000L;
	}
	(void)timerfd_settime(loop->timer, 0, &when, NULL);
}

/* Until GLib has something to do; at once if it has already. */
static void
pass_until_due(struct loop *loop, bool at_once)
{
	do {
		loop->ready_count = epoll_wait(loop->all, loop->ready, READY_MAX, at_once ? 0 : -1);
		/* A loop that only fails turns, so stall.c would not end it: the panel must not
		 * wait. */
		if (loop->ready_count < 0 && errno != EINTR)
			g_error("cannot wait for the panels (%s): every touch passes again",
				g_strerror(errno));
		atomic_fetch_add_explicit(&loop->turns, 1, memory_order_relaxed);
	} while (pass_frames(loop) && !at_once);
}

static void
turn(struct loop *loop)
{
	int priority, timeout_ms;
	GPollFD *fds;

	atomic_fetch_add_explicit(&loop->turns, 1, memory_order_relaxed);
	(void)g_main_context_prepare(loop->context, &priority);
	collect(loop, priority, &timeout_ms);
	set_timer(loop, timeout_ms);
	pass_until_due(loop, timeout_ms == 0);
	fds = (GPollFD *)(void *)loop->fds->data;
	(void)g_poll(fds, loop->fds->len, 0);
	if (g_main_context_check(loop->context, priority, fds, (int)loop->fds->len)) {
		loop->changed = true;
		g_main_context_dispatch(loop->context);
	}
}

void
loop_run(struct loop *loop)
{
	bool owner = g_main_context_acquire(loop->context);

	g_assert(owner);
	loop->over = false;
	while (!loop->over)
		turn(loop);
	g_main_context_release(loop->context);
}

void
loop_quit(struct loop *loop)
{
	loop->over = true;
}

const atomic_uint *
loop_turns(const struct loop *loop)
{
	return &loop->turns;
}

struct loop_watch *
loop_watch_new(struct loop *loop, int fd, bool (*ready)(void *data, bool gone), void *data)
{
	struct loop_watch *watch = g_new0(struct loop_watch, 1);

	*watch = (struct loop_watch){loop, fd, ready, data};
	/* Told of what came, not of what is there: else the kernel asks the panel once more after
	 * each frame, only to learn that it was the last. */
	await(loop->all, fd, EPOLLIN | EPOLLET, watch);
	return watch;
}

struct loop_watch *
loop_watch_free(struct loop_watch *watch)
{
	struct loop *loop;

	if (!watch)
		return NULL;
	loop = watch->loop;
	(void)epoll_ctl(loop->all, EPOLL_CTL_DEL, watch->fd, NULL);
	for (int i = 0; i < loop->ready_count; i++) {
		if (loop->ready[i].data.ptr == watch)
			loop->ready[i].data.ptr = NULL;
	}
	g_free(watch);
	return NULL;
}
