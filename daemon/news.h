/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What apps have to tell of their own accord: alerts, announcements, how far a progress bar is; and
 * how much of it a user is to hear. Pure: times come in.
 * Called by daemon/apps_changes and, for notifications, daemon/daemon_notifications.c. Owns a
 * bounded account of each app that told something.
 */
#ifndef SIDETOUCH_NEWS_H
#define SIDETOUCH_NEWS_H

#include <stdbool.h>
#include <stdint.h>

#include "common/units.h"

/* That wait or are being said; more of them are not told. Each ends unsaid after 45 s
 * (SPEECH_NOTIFICATION_MS). */
#define NEWS_WAITING_MAX 9
/* The same from the same app within it is told once. */
#define NEWS_SAME_MS 250
/* An app may tell so much at once, and then one each: as much as can be said, and something else
 * besides. */
#define NEWS_AT_ONCE 5
#define NEWS_EACH_MS 3000

struct news;

struct news *news_new(void);
struct news *news_free(struct news *news);

/* Whether this is to be told; app: its name on the bus. news_told() follows when it was. */
bool news_wants(struct news *news, const char *app, const char *text, struct usec now);
void news_told(struct news *news, uint32_t utterance);
/* An utterance ended, this part's or not. */
void news_ended(struct news *news, uint32_t utterance);

/*
 * A progress bar is so far, in percent. Whether that is to be told: another tenth, and what was
 * told of progress before has ended, unless this is the end. *first: nothing was told of this bar
 * yet.
 */
bool news_progress(struct news *news, const char *app, const char *path, double percent,
		   bool *first, struct usec now);
void news_told_progress(struct news *news, uint32_t utterance);

#endif
