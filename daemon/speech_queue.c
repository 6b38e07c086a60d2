/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The queue of what is to be said: one list for each priority, one current utterance.
 * Called by daemon/speech only. Pure.
 */
#include "daemon/speech_queue.h"

#include <string.h>

#include "common/clean_text.h"

/* More than a user listens to; the oldest of a flood matters most. */
#define WAITING_MAX 32

struct speech_queue {
	GQueue waiting[SPEECH_PRIORITIES]; /* of struct speech_item */
	struct speech_item *current;
	struct speech_item *held; /* it has ended for its owner */
	GQueue endings;           /* of struct speech_ending */
	uint32_t last_id;
	char *last_text;
	struct usec last_time;
	struct usec quiet_until;
};

struct speech_queue *
speech_queue_new(void)
{
	struct speech_queue *queue = g_new0(struct speech_queue, 1);

	for (size_t i = 0; i < SPEECH_PRIORITIES; i++)
		g_queue_init(&queue->waiting[i]);
	g_queue_init(&queue->endings);
	return queue;
}

static void
item_free(struct speech_item *item)
{
	if (!item)
		return;
	g_free(item->text);
	g_free(item);
}

struct speech_queue *
speech_queue_free(struct speech_queue *queue)
{
	if (!queue)
		return NULL;
	for (size_t i = 0; i < SPEECH_PRIORITIES; i++)
		g_queue_clear_full(&queue->waiting[i], (GDestroyNotify)item_free);
	item_free(queue->current);
	item_free(queue->held);
	g_queue_clear_full(&queue->endings, g_free);
	g_free(queue->last_text);
	g_free(queue);
	return NULL;
}

static void
add_ending(struct speech_queue *queue, uint32_t id, bool spoken, struct usec now)
{
	struct speech_ending ending = {.id = id, .spoken = spoken, .time = now};

	g_queue_push_tail(&queue->endings, g_memdup2(&ending, sizeof(ending)));
}

static void
end_item(struct speech_queue *queue, struct speech_item *item, bool spoken, struct usec now)
{
	add_ending(queue, item->id, spoken, now);
	item_free(item);
}

static void
drop_held(struct speech_queue *queue)
{
	item_free(g_steal_pointer(&queue->held));
}

static void
end_waiting(struct speech_queue *queue, enum speech_priority priority, struct usec now)
{
	struct speech_item *item;

	while ((item = g_queue_pop_head(&queue->waiting[priority])))
		end_item(queue, item, false, now);
}

void
speech_queue_end(struct speech_queue *queue, bool spoken, struct usec now)
{
	struct speech_item *item = g_steal_pointer(&queue->current);

	if (!item)
		return;
	if (item->asked && item->priority == SPEECH_NAVIGATION)
		queue->quiet_until = usec_add(now, usec_from_ms(SPEECH_QUIET_MS));
	end_item(queue, item, spoken, now);
}

void
speech_queue_put_back(struct speech_queue *queue)
{
	struct speech_item *item = g_steal_pointer(&queue->current);

	if (!item)
		return;
	item->from = 0;
	g_queue_push_head(&queue->waiting[item->priority], item);
}

/* Whether what is being said ends for what comes. */
static bool
ends_for(enum speech_priority current, enum speech_priority by, bool joins)
{
	switch (by) {
	case SPEECH_NOTIFICATION:
		return false;
	case SPEECH_CHANGE:
		return current == SPEECH_CHANGE && !joins;
	case SPEECH_NAVIGATION:
		return current == SPEECH_CHANGE || current == SPEECH_NAVIGATION;
	case SPEECH_URGENT:
		return true;
	}
	return false;
}

static void
interrupt(struct speech_queue *queue, enum speech_priority by, bool joins, struct usec now)
{
	const struct speech_item *current = queue->current;

	if (by == SPEECH_NAVIGATION)
		end_waiting(queue, SPEECH_NAVIGATION, now);
	if (by == SPEECH_NAVIGATION || (by == SPEECH_CHANGE && !joins))
		end_waiting(queue, SPEECH_CHANGE, now);
	if (!current || by == SPEECH_NOTIFICATION)
		return;
	if (current->priority == SPEECH_NOTIFICATION)
		speech_queue_put_back(queue);
	else if (ends_for(current->priority, by, joins))
		speech_queue_end(queue, false, now);
}

/* Whether an app says again what it said a moment ago. */
static bool
is_stutter(struct speech_queue *queue, const struct speech_request *request, const char *text,
	   struct usec now)
{
	bool same = queue->last_text && strcmp(queue->last_text, text) == 0 &&
		    usec_since(now, queue->last_time).us <= usec_from_ms(SPEECH_SAME_MS).us;

	g_free(queue->last_text);
	queue->last_text = g_strdup(text);
	queue->last_time = now;
	/* A change is told only when it is one, perhaps to another thing of the same name. */
	return same && !request->asked && request->priority != SPEECH_CHANGE;
}

uint32_t
speech_queue_add(struct speech_queue *queue, const struct speech_request *request, struct usec now)
{
	g_autofree char *text = clean_text(request->text, strlen(request->text));
	struct speech_item *item;

	if (!text[0] && request->earcon == VOICE_EARCON_NONE)
		return 0;
	if (text[0] && is_stutter(queue, request, text, now))
		return queue->last_id;
	interrupt(queue, request->priority, request->joins, now);
	item = g_new0(struct speech_item, 1);
	/* Numbers rise and are never 0: after 2^32 utterances, 136 years at one a second, no more.
	 */
	item->id = ++queue->last_id;
	item->priority = request->priority;
	item->text = g_steal_pointer(&text);
	item->earcon = request->earcon;
	item->spell = request->spell;
	item->asked = request->asked;
	item->secret = request->secret;
	item->until = usec_add(now, usec_from_ms(SPEECH_NOTIFICATION_MS));
	if (request->language)
		g_strlcpy(item->language, request->language, sizeof(item->language));
	if (g_queue_get_length(&queue->waiting[item->priority]) >= WAITING_MAX)
		end_item(queue, item, false, now);
	else
		g_queue_push_tail(&queue->waiting[item->priority], item);
	return queue->last_id;
}

bool
speech_queue_is_empty(const struct speech_queue *queue)
{
	bool empty = !queue->current;

	for (size_t i = 0; i < SPEECH_PRIORITIES; i++)
		empty = empty && queue->waiting[i].length == 0;
	return empty;
}

struct speech_item *
speech_queue_current(const struct speech_queue *queue)
{
	return queue->current;
}

void
speech_queue_expire(struct speech_queue *queue, struct usec now)
{
	GQueue *news = &queue->waiting[SPEECH_NOTIFICATION];
	GList *next;

	for (GList *link = news->head; link; link = next) {
		struct speech_item *item = link->data;

		next = link->next;
		if (item->until.us > now.us)
			continue;
		g_queue_delete_link(news, link);
		end_item(queue, item, false, now);
	}
}

struct speech_item *
speech_queue_take(struct speech_queue *queue, struct usec now)
{
	speech_queue_expire(queue, now);
	if (queue->current)
		return NULL;
	queue->current = g_queue_pop_head(&queue->waiting[SPEECH_URGENT]);
	if (!queue->current)
		queue->current = g_queue_pop_head(&queue->waiting[SPEECH_NAVIGATION]);
	if (!queue->current)
		queue->current = g_queue_pop_head(&queue->waiting[SPEECH_CHANGE]);
	if (!queue->current && queue->quiet_until.us <= now.us)
		queue->current = g_queue_pop_head(&queue->waiting[SPEECH_NOTIFICATION]);
	if (queue->current)
		drop_held(queue);
	return queue->current;
}

void
speech_queue_touch(struct speech_queue *queue, struct usec now)
{
	end_waiting(queue, SPEECH_URGENT, now);
	end_waiting(queue, SPEECH_NAVIGATION, now);
	end_waiting(queue, SPEECH_CHANGE, now);
	queue->quiet_until = usec_add(now, usec_from_ms(SPEECH_QUIET_MS));
	if (!queue->current)
		return;
	drop_held(queue);
	queue->held = g_steal_pointer(&queue->current);
	add_ending(queue, queue->held->id, false, now);
}

bool
speech_queue_holds(const struct speech_queue *queue)
{
	return queue->held;
}

struct speech_item *
speech_queue_resume(struct speech_queue *queue)
{
	if (queue->current || !queue->held)
		return NULL;
	queue->current = g_steal_pointer(&queue->held);
	queue->current->id = ++queue->last_id;
	queue->current->started = false;
	return queue->current;
}

void
speech_queue_clear(struct speech_queue *queue, struct usec now)
{
	end_waiting(queue, SPEECH_URGENT, now);
	end_waiting(queue, SPEECH_NAVIGATION, now);
	end_waiting(queue, SPEECH_CHANGE, now);
	end_waiting(queue, SPEECH_NOTIFICATION, now);
	drop_held(queue);
	speech_queue_end(queue, false, now);
}

bool
speech_queue_deadline(const struct speech_queue *queue, bool can_speak, struct usec *deadline)
{
	const GQueue *news = &queue->waiting[SPEECH_NOTIFICATION];

	if (news->length == 0)
		return false;
	/* The oldest ends first, unless quiet comes before. */
	*deadline = ((const struct speech_item *)news->head->data)->until;
	if (can_speak && !queue->current)
		*deadline = usec_min(*deadline, queue->quiet_until);
	return true;
}

bool
speech_queue_take_ending(struct speech_queue *queue, struct speech_ending *out)
{
	struct speech_ending *ending = g_queue_pop_head(&queue->endings);

	if (!ending)
		return false;
	*out = *ending;
	g_free(ending);
	return true;
}
