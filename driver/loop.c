/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One turn of the loop: wait for all descriptors at once, pass the panels' frames on, wait again;
 * when anything else is ready or due, or the panels rest, GLib has its turn. Finding out which of
 * its sources are due takes GLib longer than the frame takes the rest of the driver, and on one
 * processor the frame's reader waits for that too (docs/bench.md has the figures).
 * Called by main().
 * Owns the watches and the array for poll().
 */
#define G_LOG_DOMAIN "sidetouch-driver"
#include "driver/loop.h"

#include <errno.h>
#include <stdbool.h>

/* GLib's turn after a frame that made nothing due comes when no frame follows for so long, or after
 * so many frames. In between a source may have been given a time that GLib does not know of: it is
 * found at most 16 x 8 ms late, which none but the panels' own (see loop.h) would notice. */
#define REST_MS    8 /* a frame at 120 Hz */
#define FRAMES_MAX 16

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
	GPtrArray *watches; /* NULL: freed since the wait */
	GArray *fds;        /* GPollFD: those of the watches, then GLib's */
};

struct loop *
loop_new(void)
{
	struct loop *loop = g_new0(struct loop, 1);

	loop->context = g_main_context_ref_thread_default();
	loop->watches = g_ptr_array_new();
	loop->fds = g_array_new(FALSE, TRUE, sizeof(GPollFD));
	return loop;
}

struct loop *
loop_free(struct loop *loop)
{
	if (!loop)
		return NULL;
	g_ptr_array_unref(loop->watches);
	g_array_unref(loop->fds);
	g_main_context_unref(loop->context);
	g_free(loop);
	return NULL;
}

/* Everything to wait for; the number of descriptors that are GLib's. */
static int
collect(struct loop *loop, int priority, int *timeout_ms)
{
	unsigned room, watched;
	int count;

	while (g_ptr_array_remove_fast(loop->watches, NULL))
		continue;
	watched = loop->watches->len;
	do {
		room = MAX(loop->fds->len, watched + 1) - watched;
		g_array_set_size(loop->fds, watched + room);
		count =
		    g_main_context_query(loop->context, priority, timeout_ms,
					 &g_array_index(loop->fds, GPollFD, watched), (int)room);
		if (count > (int)room)
			g_array_set_size(loop->fds, watched + (unsigned)count);
	} while (count > (int)room);
	for (unsigned i = 0; i < watched; i++) {
		const struct loop_watch *watch = g_ptr_array_index(loop->watches, i);

		g_array_index(loop->fds, GPollFD, i) =
		    (GPollFD){.fd = watch->fd, .events = G_IO_IN};
	}
	return count;
}

/* How many descriptors of panels were ready; *due when GLib has to look after one of them. */
static int
pass_frames(struct loop *loop, unsigned watched, bool *due)
{
	int count = 0;

	for (unsigned i = 0; i < watched; i++) {
		const struct loop_watch *watch = g_ptr_array_index(loop->watches, i);

		int revents = g_array_index(loop->fds, GPollFD, i).revents;

		if (!revents)
			continue;
		count++;
		/* It may have ended with the one before. */
		if (!watch || watch->ready(watch->data, (revents & (G_IO_HUP | G_IO_ERR)) != 0))
			*due = true;
	}
	return count;
}

/* Until GLib has something to do. */
static void
pass_until_due(struct loop *loop, unsigned watched, unsigned others, int timeout_ms)
{
	GPollFD *fds = &g_array_index(loop->fds, GPollFD, 0);
	bool due = false;

	for (unsigned frames = 0; !due && frames < FRAMES_MAX; frames++) {
		int ready = g_poll(fds, watched + others, timeout_ms);

		atomic_fetch_add_explicit(&loop->turns, 1, memory_order_relaxed);
		/* Nothing but frames? */
		if (ready <= 0 || pass_frames(loop, watched, &due) != ready)
			return;
		if (timeout_ms >= 0 && timeout_ms < REST_MS)
			return;
		timeout_ms = REST_MS;
	}
}

static void
turn(struct loop *loop)
{
	int priority, timeout_ms, count;
	unsigned watched;

	atomic_fetch_add_explicit(&loop->turns, 1, memory_order_relaxed);
	(void)g_main_context_prepare(loop->context, &priority);
	count = collect(loop, priority, &timeout_ms);
	watched = loop->watches->len;
	pass_until_due(loop, watched, (unsigned)count, timeout_ms);
	if (g_main_context_check(loop->context, priority,
				 &g_array_index(loop->fds, GPollFD, watched), count))
		g_main_context_dispatch(loop->context);
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
	g_ptr_array_add(loop->watches, watch);
	return watch;
}

struct loop_watch *
loop_watch_free(struct loop_watch *watch)
{
	guint index;

	if (!watch)
		return NULL;
	if (g_ptr_array_find(watch->loop->watches, watch, &index))
		g_ptr_array_index(watch->loop->watches, index) = NULL;
	g_free(watch);
	return NULL;
}
