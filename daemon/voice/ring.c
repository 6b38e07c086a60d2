/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The ring of samples: one lock, one condition for the writer, one eventfd for the reader.
 * Written by the synth's thread, read and emptied by the voice's main loop.
 * Owns the samples between the two.
 */
#include "daemon/voice/ring.h"

#include <errno.h>
#include <glib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

/* Words of 4 kB of text: those beyond are found as the last one before. */
#define MARKS_MAX 2048

struct mark {
	uint64_t sample;
	size_t offset;
};

struct ring {
	GMutex lock;
	GCond room;
	int fd;
	uint32_t turn;
	enum ring_state state;
	size_t head; /* where the next sample is read */
	size_t used;
	size_t capacity;
	uint64_t written; /* of this turn */
	size_t mark_count;
	struct mark marks[MARKS_MAX];
	int16_t samples[];
};

int
ring_new(size_t capacity_samples, struct ring **out)
{
	int fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	struct ring *ring;

	if (fd < 0)
		return -errno;
	ring = g_malloc0(sizeof(*ring) + capacity_samples * sizeof(ring->samples[0]));
	g_mutex_init(&ring->lock);
	g_cond_init(&ring->room);
	ring->fd = fd;
	ring->turn = 1;
	ring->capacity = capacity_samples;
	*out = ring;
	return 0;
}

struct ring *
ring_unref(struct ring *ring)
{
	if (!ring)
		return NULL;
	close(ring->fd);
	g_cond_clear(&ring->room);
	g_mutex_clear(&ring->lock);
	g_free(ring);
	return NULL;
}

int
ring_fd(const struct ring *ring)
{
	return ring->fd;
}

void
ring_news(struct ring *ring)
{
	uint64_t count;

	/* Nothing there is as good as read: both mean that there is no news any more. */
	if (read(ring->fd, &count, sizeof(count)) < 0)
		return;
}

static void
tell(struct ring *ring)
{
	/* It can only fail when 2^64 news wait, and then the reader is told already. */
	if (eventfd_write(ring->fd, 1) < 0)
		return;
}

uint32_t
ring_begin(struct ring *ring)
{
	uint32_t turn;

	g_mutex_lock(&ring->lock);
	if (++ring->turn == 0)
		ring->turn = 1;
	turn = ring->turn;
	ring->state = RING_OPEN;
	ring->head = 0;
	ring->used = 0;
	ring->written = 0;
	ring->mark_count = 0;
	g_cond_broadcast(&ring->room);
	g_mutex_unlock(&ring->lock);
	ring_news(ring);
	return turn;
}

/* Copy into the free part, which may wrap round; the lock is held. */
static size_t
put(struct ring *ring, const int16_t *samples, size_t count)
{
	size_t done = 0;

	while (done < count && ring->used < ring->capacity) {
		size_t tail = (ring->head + ring->used) % ring->capacity;
		size_t run = MIN(ring->capacity - ring->used, ring->capacity - tail);

		run = MIN(run, count - done);
		memcpy(&ring->samples[tail], samples + done, run * sizeof(*samples));
		ring->used += run;
		done += run;
	}
	return done;
}

bool
ring_write(struct ring *ring, uint32_t turn, const int16_t *samples, size_t count)
{
	bool ours;

	g_mutex_lock(&ring->lock);
	while (ring->turn == turn && count > 0) {
		bool was_empty = ring->used == 0;
		size_t done = put(ring, samples, count);

		ring->written += done;
		samples += done;
		count -= done;
		if (was_empty && done > 0)
			tell(ring);
		if (count > 0)
			g_cond_wait(&ring->room, &ring->lock);
	}
	ours = ring->turn == turn;
	g_mutex_unlock(&ring->lock);
	return ours;
}

void
ring_mark(struct ring *ring, uint32_t turn, size_t offset)
{
	g_mutex_lock(&ring->lock);
	if (ring->turn == turn && ring->mark_count < MARKS_MAX)
		ring->marks[ring->mark_count++] = (struct mark){ring->written, offset};
	g_mutex_unlock(&ring->lock);
}

size_t
ring_word_at(struct ring *ring, uint64_t sample)
{
	size_t offset = 0;

	g_mutex_lock(&ring->lock);
	for (size_t i = 0; i < ring->mark_count && ring->marks[i].sample <= sample; i++)
		offset = ring->marks[i].offset;
	g_mutex_unlock(&ring->lock);
	return offset;
}

void
ring_finish(struct ring *ring, uint32_t turn, enum ring_state state)
{
	g_mutex_lock(&ring->lock);
	if (ring->turn == turn) {
		ring->state = state;
		tell(ring);
	}
	g_mutex_unlock(&ring->lock);
}

size_t
ring_read(struct ring *ring, int16_t *samples, size_t count, enum ring_state *state)
{
	size_t done = 0;

	g_mutex_lock(&ring->lock);
	while (done < count && ring->used > 0) {
		size_t run = MIN(ring->used, ring->capacity - ring->head);

		run = MIN(run, count - done);
		memcpy(samples + done, &ring->samples[ring->head], run * sizeof(*samples));
		ring->head = (ring->head + run) % ring->capacity;
		ring->used -= run;
		done += run;
	}
	/* Half empty first: the writer then makes a longer run of samples in one go. */
	if (ring->used <= ring->capacity / 2)
		g_cond_signal(&ring->room);
	*state = ring->used > 0 ? RING_OPEN : ring->state;
	g_mutex_unlock(&ring->lock);
	return done;
}

bool
ring_waits(struct ring *ring)
{
	bool waits;

	g_mutex_lock(&ring->lock);
	waits = ring->used > 0 || ring->state != RING_OPEN;
	g_mutex_unlock(&ring->lock);
	return waits;
}
