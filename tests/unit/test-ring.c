/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The ring of samples between two threads, and the trimming before it: nothing lost, nothing out of
 * order, and a writer of an earlier turn is told to stop.
 * Run by tests/run. Owns the writing threads while a test runs.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>
#include <poll.h>

#include "daemon/voice/ring.h"
#include "daemon/voice/trim.h"

#define CAPACITY 64

struct writer {
	struct ring *ring;
	uint32_t turn;
	size_t count;
	bool went_through;
};

static gpointer
write_counting(gpointer data)
{
	struct writer *writer = data;
	int16_t samples[7];
	size_t done = 0;

	writer->went_through = true;
	while (done < writer->count && writer->went_through) {
		size_t run = MIN(G_N_ELEMENTS(samples), writer->count - done);

		for (size_t i = 0; i < run; i++)
			samples[i] = (int16_t)(done + i);
		writer->went_through = ring_write(writer->ring, writer->turn, samples, run);
		done += run;
	}
	ring_finish(writer->ring, writer->turn, RING_DONE);
	return NULL;
}

static void
await_news(struct ring *ring)
{
	struct pollfd news = {.fd = ring_fd(ring), .events = POLLIN};

	assert_int_equal(poll(&news, 1, 10000), 1);
	ring_news(ring);
}

static void
test_order(void **state)
{
	struct ring *ring;
	struct writer writer = {.count = 10000};
	enum ring_state end = RING_OPEN;
	GThread *thread;
	size_t seen = 0;

	(void)state;
	assert_int_equal(ring_new(CAPACITY, &ring), 0);
	writer.ring = ring;
	writer.turn = ring_begin(ring);
	thread = g_thread_new("writer", write_counting, &writer);
	while (end == RING_OPEN) {
		int16_t samples[11];
		size_t count = ring_read(ring, samples, G_N_ELEMENTS(samples), &end);

		for (size_t i = 0; i < count; i++)
			assert_int_equal(samples[i], (int16_t)(seen + i));
		seen += count;
		if (count == 0 && end == RING_OPEN)
			await_news(ring);
	}
	g_thread_join(thread);
	assert_int_equal(seen, writer.count);
	assert_int_equal(end, RING_DONE);
	assert_true(writer.went_through);
	ring_unref(ring);
}

static void
test_new_turn_stops_the_writer(void **state)
{
	struct ring *ring;
	struct writer writer = {.count = 10000};
	enum ring_state end;
	GThread *thread;
	int16_t sample;

	(void)state;
	assert_int_equal(ring_new(CAPACITY, &ring), 0);
	writer.ring = ring;
	writer.turn = ring_begin(ring);
	thread = g_thread_new("writer", write_counting, &writer);
	await_news(ring);
	ring_begin(ring);
	/* Would hang if the writer still waited for room. */
	g_thread_join(thread);
	assert_false(writer.went_through);
	assert_int_equal(ring_read(ring, &sample, 1, &end), 0);
	assert_int_equal(end, RING_OPEN);
	assert_false(ring_waits(ring));
	ring_unref(ring);
}

static void
test_failed_after_samples(void **state)
{
	struct ring *ring;
	enum ring_state end;
	int16_t samples[4] = {1, 2, 3, 4};
	uint32_t turn;

	(void)state;
	assert_int_equal(ring_new(CAPACITY, &ring), 0);
	turn = ring_begin(ring);
	assert_true(ring_write(ring, turn, samples, 4));
	ring_finish(ring, turn, RING_FAILED);
	assert_true(ring_waits(ring));
	assert_int_equal(ring_read(ring, samples, 3, &end), 3);
	assert_int_equal(end, RING_OPEN);
	assert_int_equal(ring_read(ring, samples, 3, &end), 1);
	assert_int_equal(end, RING_FAILED);
	ring_unref(ring);
}

static void
assert_piece(struct trim_piece piece, size_t silence, size_t skip, size_t count)
{
	assert_int_equal(piece.silence, silence);
	assert_int_equal(piece.skip, skip);
	assert_int_equal(piece.count, count);
}

static void
test_trim(void **state)
{
	static const int16_t quiet[500] = {0};
	static const int16_t speech[] = {0, 3, -31, 4000, -4000, 0, 0};
	struct trim trim;

	(void)state;
	trim_begin(&trim, 22050);
	assert_piece(trim_take(&trim, quiet, 500), 0, 500, 0);
	assert_piece(trim_take(&trim, speech, 7), 0, 3, 2);
	/* Silence inside the utterance stays, at its end it goes. */
	assert_piece(trim_take(&trim, quiet, 500), 0, 0, 0);
	assert_piece(trim_take(&trim, speech + 3, 2), 502, 0, 2);
	assert_piece(trim_take(&trim, quiet, 500), 0, 0, 0);
	assert_int_equal(trim.held, 500);

	/* At the start at most TRIM_MAX_MS of it; what is more is silence that is meant. */
	trim_begin(&trim, 22050);
	assert_piece(trim_take(&trim, quiet, 500), 0, 500, 0);
	assert_piece(trim_take(&trim, quiet, 500), 0, 500, 0);
	assert_piece(trim_take(&trim, quiet, 500), 0, 14, 0);
	assert_int_equal(22050 * TRIM_MAX_MS / 1000, 1014);
	assert_piece(trim_take(&trim, speech, 7), 486 + 0, 0, 5);
}

static void
test_marks(void **state)
{
	static const int16_t samples[10] = {0};
	struct ring *ring;
	uint32_t turn;

	(void)state;
	assert_int_equal(ring_new(CAPACITY, &ring), 0);
	turn = ring_begin(ring);
	assert_int_equal(ring_word_at(ring, 1000), 0);
	ring_mark(ring, turn, 3);
	assert_true(ring_write(ring, turn, samples, 10));
	ring_mark(ring, turn, 7);
	assert_true(ring_write(ring, turn, samples, 10));
	ring_mark(ring, turn + 1, 9);
	assert_int_equal(ring_word_at(ring, 0), 3);
	assert_int_equal(ring_word_at(ring, 9), 3);
	assert_int_equal(ring_word_at(ring, 10), 7);
	assert_int_equal(ring_word_at(ring, 1000), 7);
	ring_begin(ring);
	assert_int_equal(ring_word_at(ring, 1000), 0);
	ring_unref(ring);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_order),
	    cmocka_unit_test(test_new_turn_stops_the_writer),
	    cmocka_unit_test(test_failed_after_samples),
	    cmocka_unit_test(test_trim),
	    cmocka_unit_test(test_marks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
