/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A queue of notifications, the newest at its head; what an app replaces leaves it.
 * Called by daemon/daemon_notifications.c only. Pure.
 */
#include "daemon/notifications.h"

#include <string.h>

/* The same from the same app within it came twice on its way: a second is less than it takes to
 * send it twice by hand, and more than a busy desktop takes to pass it on. */
#define SAME_MS 1000

struct entry {
	struct notification notification;
	struct usec time;
};

struct notifications {
	GQueue entries; /* of struct entry, the newest first */
	GList *cursor;  /* what was read last; NULL: nothing, or it is gone */
};

static void
entry_free(void *data)
{
	struct entry *entry = data;

	notification_clear(&entry->notification);
	g_free(entry);
}

struct notifications *
notifications_new(void)
{
	struct notifications *notifications = g_new0(struct notifications, 1);

	g_queue_init(&notifications->entries);
	return notifications;
}

struct notifications *
notifications_free(struct notifications *notifications)
{
	if (!notifications)
		return NULL;
	g_queue_clear_full(&notifications->entries, entry_free);
	g_free(notifications);
	return NULL;
}

/* Whoever reads at it reads on from the next newer one. */
static void
drop(struct notifications *notifications, GList *link)
{
	if (notifications->cursor == link)
		notifications->cursor = link->prev;
	entry_free(link->data);
	g_queue_delete_link(&notifications->entries, link);
}

static bool
says_the_same(const struct notification *a, const struct notification *b)
{
	return strcmp(a->app, b->app) == 0 && strcmp(a->summary, b->summary) == 0 &&
	       strcmp(a->body, b->body) == 0;
}

/* Whether it says nothing new: soon after the same, or in place of the same. */
static bool
is_again(const struct entry *entry, const struct notification *notification, struct usec now)
{
	bool soon = !usec_lasts_ms(usec_since(now, entry->time), SAME_MS);
	bool instead =
	    notification->replaces != 0 && entry->notification.replaces == notification->replaces;

	return (soon || instead) && says_the_same(&entry->notification, notification);
}

bool
notifications_add(struct notifications *notifications, struct notification *notification,
		  struct usec now)
{
	struct entry *entry;
	GList *replaced = NULL;

	for (GList *link = notifications->entries.head; link; link = link->next) {
		const struct entry *other = link->data;

		if (is_again(other, notification, now)) {
			notification_clear(notification);
			return false;
		}
		if (!replaced && notification->replaces != 0 &&
		    other->notification.replaces == notification->replaces &&
		    strcmp(other->notification.app, notification->app) == 0)
			replaced = link;
	}
	if (replaced)
		drop(notifications, replaced);
	entry = g_new0(struct entry, 1);
	entry->notification = *notification;
	entry->time = now;
	*notification = (struct notification){0};
	g_queue_push_head(&notifications->entries, entry);
	if (notifications->entries.length > NOTIFICATIONS_MAX)
		drop(notifications, notifications->entries.tail);
	return true;
}

const struct notification *
notifications_step(struct notifications *notifications, enum command_step step)
{
	GList *at = notifications->cursor;

	switch (step) {
	case COMMAND_STEP_HERE:
		at = notifications->entries.head;
		break;
	case COMMAND_STEP_NEXT:
		at = at ? at->next : notifications->entries.head;
		break;
	case COMMAND_STEP_PREVIOUS:
		at = at ? at->prev : NULL;
		break;
	}
	if (!at)
		return NULL;
	notifications->cursor = at;
	return &((const struct entry *)at->data)->notification;
}

size_t
notifications_count(const struct notifications *notifications)
{
	return notifications->entries.length;
}
