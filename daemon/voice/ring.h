/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Samples on their way from the thread that makes them to the loop that plays them.
 * The synth's thread writes and waits for room, the main loop reads and never waits for longer than
 * a copy of samples takes.
 * Owns its memory, its lock and an eventfd that becomes readable when there is news.
 */
#ifndef SIDETOUCH_RING_H
#define SIDETOUCH_RING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum ring_state {
	RING_OPEN,   /* more samples may come */
	RING_DONE,   /* the last sample was written */
	RING_FAILED, /* the writer gave up */
};

struct ring;

int ring_new(size_t capacity_samples, struct ring **out);
struct ring *ring_unref(struct ring *ring);

/* Readable when samples came into an empty ring or its state changed; ring_news() takes it. */
int ring_fd(const struct ring *ring);
void ring_news(struct ring *ring);

/*
 * Discard everything and begin anew; returns the number of this turn, never 0. A writer of an
 * earlier turn is woken and told to stop.
 */
uint32_t ring_begin(struct ring *ring);

/* Write count samples, waiting for room; false when the turn is over and the writer must stop. */
bool ring_write(struct ring *ring, uint32_t turn, const int16_t *samples, size_t count);
/* The word at this byte of the text begins with the next sample. */
void ring_mark(struct ring *ring, uint32_t turn, size_t offset);
/* The writer is done; ignored when its turn is over. */
void ring_finish(struct ring *ring, uint32_t turn, enum ring_state state);

/* Read up to count samples. *state is RING_OPEN as long as samples are left. */
size_t ring_read(struct ring *ring, int16_t *samples, size_t count, enum ring_state *state);

/* Where in the text the word begins that the given sample of this turn, or one before, is of. */
size_t ring_word_at(struct ring *ring, uint64_t sample);

/* Whether the reader has something to take: samples, or the end. */
bool ring_waits(struct ring *ring);

#endif
