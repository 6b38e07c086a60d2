/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How much of what apps tell of their own accord is told.
 * Called by daemon/apps_changes and daemon/daemon_notifications.c. Pure.
 * Owns accounts of APPS apps and BARS progress bars: of more, the one that was quiet longest is
 * forgotten.
 */
#include "daemon/news.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#include "common/cleanup.h"

/* As many as run on a phone at once, and as progress bars are on a screen. */
#define APPS 16
#define BARS 8

struct account {
	char *app; /* NULL: free */
	char *text;
	struct usec told;  /* the text */
	unsigned left;     /* that it may tell */
	struct usec since; /* of left */
	struct usec used;
};

struct bar {
	char *app; /* NULL: free */
	char *path;
	int tenth; /* told last; -1: none */
	struct usec used;
};

struct news {
	struct account accounts[APPS];
	struct bar bars[BARS];
	uint32_t waiting[NEWS_WAITING_MAX]; /* utterances; 0: free */
	uint32_t progress;                  /* its utterance; 0: none */
};

struct news *
news_new(void)
{
	return g_new0(struct news, 1);
}

struct news *
news_free(struct news *news)
{
	if (!news)
		return NULL;
	for (size_t i = 0; i < APPS; i++) {
		g_free(news->accounts[i].app);
		g_free(news->accounts[i].text);
	}
	for (size_t i = 0; i < BARS; i++) {
		g_free(news->bars[i].app);
		g_free(news->bars[i].path);
	}
	g_free(news);
	return NULL;
}

static struct account *
account_of(struct news *news, const char *app, struct usec now)
{
	struct account *oldest = &news->accounts[0];

	for (size_t i = 0; i < APPS; i++) {
		struct account *account = &news->accounts[i];

		if (g_strcmp0(account->app, app) == 0)
			return account;
		if (oldest->app && (!account->app || usec_before(account->used, oldest->used)))
			oldest = account;
	}
	g_free(oldest->app);
	g_free(oldest->text);
	*oldest =
	    (struct account){.app = g_strdup(app), .left = NEWS_AT_ONCE, .since = now, .used = now};
	return oldest;
}

static uint32_t *
free_place(struct news *news)
{
	for (size_t i = 0; i < NEWS_WAITING_MAX; i++)
		if (news->waiting[i] == 0)
			return &news->waiting[i];
	return NULL;
}

static void
grow(struct account *account, struct usec now)
{
	uint64_t more = usec_since(now, account->since).us / usec_from_ms(NEWS_EACH_MS).us;

	if (more == 0)
		return;
	account->left = (unsigned)MIN(account->left + more, (uint64_t)NEWS_AT_ONCE);
	account->since = usec_add(account->since, usec_from_ms(more * NEWS_EACH_MS));
}

bool
news_wants(struct news *news, const char *app, const char *text, struct usec now)
{
	struct account *account = account_of(news, app, now);
	bool same = g_strcmp0(account->text, text) == 0 &&
		    !usec_lasts_ms(usec_since(now, account->told), NEWS_SAME_MS);

	account->used = now;
	grow(account, now);
	if (text[0] == '\0' || same || account->left == 0 || !free_place(news))
		return false;
	if (account->left == NEWS_AT_ONCE)
		account->since = now;
	account->left--;
	g_free(account->text);
	account->text = g_strdup(text);
	account->told = now;
	return true;
}

void
news_told(struct news *news, uint32_t utterance)
{
	uint32_t *place = free_place(news);

	for (size_t i = 0; i < NEWS_WAITING_MAX; i++)
		if (news->waiting[i] == utterance)
			return;
	if (place)
		*place = utterance;
}

void
news_ended(struct news *news, uint32_t utterance)
{
	if (utterance == 0)
		return;
	for (size_t i = 0; i < NEWS_WAITING_MAX; i++)
		if (news->waiting[i] == utterance)
			news->waiting[i] = 0;
	if (news->progress == utterance)
		news->progress = 0;
}

static struct bar *
bar_of(struct news *news, const char *app, const char *path)
{
	struct bar *oldest = &news->bars[0];

	for (size_t i = 0; i < BARS; i++) {
		struct bar *bar = &news->bars[i];

		if (g_strcmp0(bar->app, app) == 0 && g_strcmp0(bar->path, path) == 0)
			return bar;
		if (oldest->app && (!bar->app || usec_before(bar->used, oldest->used)))
			oldest = bar;
	}
	g_free(oldest->app);
	g_free(oldest->path);
	*oldest = (struct bar){g_strdup(app), g_strdup(path), -1, {0}};
	return oldest;
}

bool
news_progress(struct news *news, const char *app, const char *path, double percent, bool *first,
	      struct usec now)
{
	struct bar *bar;
	int tenth;

	if (!isfinite(percent) || percent < 0 || percent > 100)
		return false;
	bar = bar_of(news, app, path);
	/* A hair less than 30 is what many apps make of 0.3. */
	tenth = (int)((percent + 0.01) / 10);
	bar->used = now;
	/* It began anew. */
	if (tenth < bar->tenth)
		bar->tenth = tenth == 0 ? -1 : tenth;
	if (tenth == 0 || tenth == bar->tenth || (news->progress != 0 && tenth < 10))
		return false;
	*first = bar->tenth < 0;
	bar->tenth = tenth;
	return true;
}

void
news_told_progress(struct news *news, uint32_t utterance)
{
	news->progress = utterance;
}
