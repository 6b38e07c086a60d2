/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The driver's main loop: frames come before GLib's sources, and never keep them from their turn.
 * Run by tests/run; descriptors are pipes.
 * Owns the loop and the pipes of one test.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <unistd.h>

#include "driver/loop.h"

struct world;

struct pipe {
	struct world *world;
	int ends[2];
	struct loop_watch *watch;
	unsigned frames;
	bool refill;         /* what is read is written again: a finger that never rests */
	bool due;            /* what ready() answers */
	GSource *timer;      /* a frame of this one makes it due */
	struct pipe *victim; /* whose watch a frame of this one ends */
};

struct world {
	struct loop *loop;
	struct pipe pipes[2];
	unsigned fired;
	unsigned frames_before; /* of the first pipe, when the source fired */
};

static void
pipe_write(struct pipe *pipe)
{
	assert_int_equal(write(pipe->ends[1], "x", 1), 1);
}

static bool
on_ready(void *data, bool gone)
{
	struct pipe *pipe = data;
	char byte;

	assert_false(gone);
	assert_int_equal(read(pipe->ends[0], &byte, 1), 1);
	pipe->frames++;
	if (pipe->refill)
		pipe_write(pipe);
	if (pipe->timer)
		g_source_set_ready_time(pipe->timer, 0);
	if (pipe->victim)
		pipe->victim->watch = loop_watch_free(pipe->victim->watch);
	return pipe->due;
}

static gboolean
on_fired(void *data)
{
	struct world *world = data;

	world->fired++;
	world->frames_before = world->pipes[0].frames;
	loop_quit(world->loop);
	return G_SOURCE_CONTINUE;
}

static gboolean
on_fd(int fd, GIOCondition condition, void *data)
{
	(void)fd;
	(void)condition;
	return on_fired(data);
}

static int
setup(void **state)
{
	struct world *world = g_new0(struct world, 1);

	world->loop = loop_new();
	for (unsigned i = 0; i < 2; i++) {
		struct pipe *pipe = &world->pipes[i];

		pipe->world = world;
		assert_int_equal(pipe2(pipe->ends, O_CLOEXEC | O_NONBLOCK), 0);
		pipe->watch = loop_watch_new(world->loop, pipe->ends[0], on_ready, pipe);
	}
	*state = world;
	return 0;
}

static int
teardown(void **state)
{
	struct world *world = *state;

	for (unsigned i = 0; i < 2; i++) {
		loop_watch_free(world->pipes[i].watch);
		close(world->pipes[i].ends[0]);
		close(world->pipes[i].ends[1]);
	}
	loop_free(world->loop);
	g_free(world);
	return 0;
}

static void
test_frames_come_first(void **state)
{
	struct world *world = *state;
	guint source = g_idle_add_full(G_PRIORITY_HIGH, on_fired, world, NULL);

	pipe_write(&world->pipes[0]);
	loop_run(world->loop);
	assert_int_equal(world->fired, 1);
	assert_int_equal(world->frames_before, 1);
	g_source_remove(source);
}

static void
test_descriptor_of_a_source(void **state)
{
	struct world *world = *state;
	guint source = g_unix_fd_add(world->pipes[1].ends[0], G_IO_IN, on_fd, world);

	world->pipes[1].watch = loop_watch_free(world->pipes[1].watch);
	world->pipes[0].refill = true;
	pipe_write(&world->pipes[0]);
	pipe_write(&world->pipes[1]);
	loop_run(world->loop);
	assert_int_equal(world->fired, 1);
	g_source_remove(source);
}

/* As long as a finger is down frames come without end; timers of others must go on. */
static void
test_frames_starve_no_timer(void **state)
{
	struct world *world = *state;
	guint source = g_timeout_add(30, on_fired, world);

	world->pipes[0].refill = true;
	pipe_write(&world->pipes[0]);
	loop_run(world->loop);
	assert_int_equal(world->fired, 1);
	assert_true(world->frames_before > 1);
	g_source_remove(source);
}

/* Told of what comes, once: that nothing was left is not asked again after each frame. */
static void
test_told_once(void **state)
{
	struct world *world = *state;
	guint source = g_timeout_add(30, on_fired, world);

	pipe_write(&world->pipes[0]);
	pipe_write(&world->pipes[0]); /* before the loop runs, so together with the first */
	loop_run(world->loop);
	assert_int_equal(world->frames_before, 1);
	pipe_write(&world->pipes[0]);
	loop_run(world->loop);
	assert_int_equal(world->frames_before, 2);
	g_source_remove(source);
}

/* A timer that was set by a frame, which GLib has not heard of, with no frame after it. */
static void
test_timer_set_by_a_frame(void **state, bool due)
{
	struct world *world = *state;
	GSource *timer = g_timeout_source_new(1000000);

	g_source_set_callback(timer, on_fired, world, NULL);
	g_source_attach(timer, NULL);
	world->pipes[0].due = due;
	world->pipes[0].timer = timer;
	pipe_write(&world->pipes[0]);
	loop_run(world->loop);
	assert_int_equal(world->fired, 1);
	assert_int_equal(world->frames_before, 1);
	g_source_destroy(timer);
	g_source_unref(timer);
}

static void
test_timer_told(void **state)
{
	test_timer_set_by_a_frame(state, true);
}

static void
test_timer_untold(void **state)
{
	test_timer_set_by_a_frame(state, false);
}

/* Unplugged: a frame's handler may end its own watch, and another's that was ready too. */
static void
test_watches_end_in_frames(void **state)
{
	struct world *world = *state;
	guint source;

	world->pipes[0].victim = &world->pipes[1];
	world->pipes[1].victim = &world->pipes[1];
	pipe_write(&world->pipes[0]);
	pipe_write(&world->pipes[1]);
	source = g_timeout_add(20, on_fired, world);
	loop_run(world->loop);
	assert_int_equal(world->pipes[0].frames, 1);
	assert_int_equal(world->pipes[1].frames, 0);
	world->pipes[0].victim = &world->pipes[0];
	pipe_write(&world->pipes[0]);
	pipe_write(&world->pipes[0]);
	loop_run(world->loop);
	assert_int_equal(world->pipes[0].frames, 2);
	g_source_remove(source);
}

/* Hung up is ready too, or nobody would hear of an unplugged panel. */
static bool
on_hung_up(void *data, bool gone)
{
	struct pipe *pipe = data;
	char byte;

	assert_true(gone);
	assert_int_equal(read(pipe->ends[0], &byte, 1), 0);
	pipe->frames++;
	loop_quit(pipe->world->loop);
	return true;
}

static void
test_hang_up(void **state)
{
	struct world *world = *state;
	struct pipe *pipe = &world->pipes[0];

	loop_watch_free(pipe->watch);
	pipe->watch = loop_watch_new(world->loop, pipe->ends[0], on_hung_up, pipe);
	close(pipe->ends[1]);
	pipe->ends[1] = -1;
	loop_run(world->loop);
	assert_int_equal(pipe->frames, 1);
}

/* A source whose descriptor is closed, and whose number the next one gets, as when a daemon hangs
 * up and another one knocks: the kernel has forgotten the number, and the loop must not think that
 * it has not. */
struct reuse {
	struct world *world;
	int ends[2];
	GThread *writer;
};

/* When the loop waits: what GLib does to its sources wakes it, and it looks at all of them then. */
static void *
write_later(void *data)
{
	const struct reuse *reuse = data;

	(void)g_poll(NULL, 0, 100); /* nothing tells that another thread waits */
	assert_int_equal(write(reuse->ends[1], "x", 1), 1);
	return NULL;
}

static gboolean
on_closing(int fd, GIOCondition condition, void *data)
{
	struct reuse *reuse = data;
	int next[2];

	(void)condition;
	close(reuse->ends[1]);
	close(fd);
	assert_int_equal(pipe2(next, O_CLOEXEC | O_NONBLOCK), 0);
	assert_int_equal(next[0], fd);
	reuse->ends[0] = next[0];
	reuse->ends[1] = next[1];
	g_unix_fd_add(fd, G_IO_IN, on_fd, reuse->world);
	reuse->writer = g_thread_new("writer", write_later, reuse);
	return G_SOURCE_REMOVE;
}

static void
test_number_used_again(void **state)
{
	struct world *world = *state;
	struct reuse reuse = {.world = world};

	assert_int_equal(pipe2(reuse.ends, O_CLOEXEC | O_NONBLOCK), 0);
	g_unix_fd_add(reuse.ends[0], G_IO_IN, on_closing, &reuse);
	assert_int_equal(write(reuse.ends[1], "x", 1), 1);
	alarm(20); /* without it this waits for ever */
	loop_run(world->loop);
	alarm(0);
	g_thread_join(reuse.writer);
	assert_int_equal(world->fired, 1);
	assert_true(g_source_remove_by_user_data(world));
	close(reuse.ends[0]);
	close(reuse.ends[1]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_frames_come_first, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_descriptor_of_a_source, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_frames_starve_no_timer, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_told_once, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_timer_told, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_timer_untold, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_watches_end_in_frames, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_hang_up, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_number_used_again, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
