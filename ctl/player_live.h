/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the player's real-time back ends share: a main loop for a clock, and the daemon's signals.
 * Used by the back end over the link and the one through uinput.
 * Owns the connection to the session bus; borrows the log that it feeds.
 */
#ifndef SIDETOUCH_PLAYER_LIVE_H
#define SIDETOUCH_PLAYER_LIVE_H

#include <gio/gio.h>

#include "ctl/player.h"

/* How long a daemon, a driver or an app may take to be there: their start takes under a second,
 * over 10 s on a busy machine that emulates another, and it is an event that is awaited. */
#define PLAYER_LIVE_START_MS 60000
/* How long an expected thing may take: a search of a window 5 s, an answer of an app that works on
 * it 3 s (daemon/apps_find.c, daemon/a11y_call.c), and the rest is for a busy machine. */
#define PLAYER_LIVE_AWAIT_MS 20000
/* How long the user (or a test) may take to bring another app to the front. */
#define PLAYER_LIVE_FRONT_MS 5000

/* Told of what no expectation is about: "result done", "front org.gnome.Calculator" ... */
typedef void player_live_note_fn(void *data, const char *kind, const char *text);

struct player_live;

struct player_live *player_live_new(struct player_log *log, player_live_note_fn *note, void *data);
struct player_live *player_live_free(struct player_live *live);

struct usec player_live_now(void);
/* Until then, or until something was logged. */
void player_live_wait(struct player_live *live, struct usec until);
/* Until condition(data) holds; false when it does not within ms. */
bool player_live_await(struct player_live *live, bool (*condition)(void *data), void *data,
		       unsigned ms);

/* Watch the daemon: wait until it is on the session bus and gives its signals to us. */
bool player_live_watch(struct player_live *live, GError **error);
/* Set the app in front where the daemon allows it, else wait until it is there. */
bool player_live_front(struct player_live *live, const char *app, GError **error);

#endif
