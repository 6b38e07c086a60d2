/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Notifications of the desktop are told when there is time, and read again by command: their bodies
 * only where nobody else hears them, and on a locked screen nothing but which app it is.
 * Called by daemon/notify_bus from the loop, and by the daemon's main object.
 * Owns nothing: all of it is the daemon's.
 */
#include "common/i18n.h"
#include "daemon/daemon_private.h"
#include "daemon/own_words.h"

/* Nothing of what it says. */
static char *
locked_words(const struct notification *notification)
{
	if (notification->app[0] == '\0')
		return g_strdup(_("Notification"));
	return g_strdup_printf(_("Notification from %s"), notification->app);
}

/* The body, or NULL where others would hear it. */
static const char *
body_to_say(const struct daemon *daemon, const struct notification *notification)
{
	if (notification->personal && !privacy_allows(&daemon->privacy, PRIVACY_MESSAGE))
		return NULL;
	return notification->body;
}

static void
tell(struct daemon *daemon, const struct notification *notification)
{
	const char *body = daemon->locked ? NULL : body_to_say(daemon, notification);
	g_autofree char *words = daemon->locked ? locked_words(notification)
						: notification_words(notification, body, NULL);
	const struct speech_request request = {
	    .text = words,
	    .priority = SPEECH_NOTIFICATION,
	    .content = true,
	    .secret = body && body[0] && notification->personal,
	};
	uint32_t utterance;

	if (!news_wants(daemon->news, notification->app, words, daemon_now()))
		return;
	utterance = speech_request(daemon->speech, &request);
	if (utterance == 0)
		return;
	news_told(daemon->news, utterance);
	if (request.secret)
		privacy_told(&daemon->privacy);
	bus_told(daemon->bus, utterance, request.secret ? "" : words, daemon_now());
}

static void
on_seen(void *data, struct notification *notification)
{
	struct daemon *daemon = data;
	const bool wanted = talk_choice(daemon->talk)->notifications && !notification->quiet;
	struct notification copy = *notification;

	copy.app = g_strdup(notification->app);
	copy.summary = g_strdup(notification->summary);
	copy.body = g_strdup(notification->body);
	if (notifications_add(daemon->notifications, notification, daemon_now()) && wanted)
		tell(daemon, &copy);
	notification_clear(&copy);
}

void
daemon_notifications_start(struct daemon *daemon)
{
	if (daemon->notify_bus)
		return;
	daemon->news = news_new();
	daemon->notifications = notifications_new();
	daemon->notify_bus = notify_bus_new(on_seen, daemon);
}

void
daemon_notifications_free(struct daemon *daemon)
{
	daemon->notify_bus = notify_bus_free(daemon->notify_bus);
	daemon->notifications = notifications_free(daemon->notifications);
	daemon->news = news_free(daemon->news);
}

void
daemon_notifications_spoken(struct daemon *daemon, uint32_t utterance)
{
	if (daemon->news)
		news_ended(daemon->news, utterance);
}

static char *
none_there(const struct daemon *daemon, enum command_step step)
{
	if (!daemon->notifications || notifications_count(daemon->notifications) == 0)
		return g_strdup(_("No notifications"));
	return g_strdup(step == COMMAND_STEP_PREVIOUS ? _("No newer notification")
						      : _("No older notification"));
}

char *
daemon_notifications_read(struct daemon *daemon, enum command_step step, bool *private)
{
	const struct notification *notification =
	    daemon->notifications ? notifications_step(daemon->notifications, step) : NULL;
	g_autoptr(GDateTime) time = NULL;
	g_autofree char *when = NULL;
	const char *body;

	*private = false;
	if (!notification)
		return none_there(daemon, step);
	time = g_date_time_new_from_unix_local(notification->time_s);
	when = own_words_time(time);
	body = body_to_say(daemon, notification);
	*private = body && body[0] && notification->personal;
	return notification_words(notification, body ? body : privacy_refusal(), when);
}
