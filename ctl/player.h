/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The player: turns a scenario into frames of touches in time and checks what it expects.
 * Called by sidetouchctl simulate and the tests, with one of three back ends: in memory on a
 * virtual clock, over the link as the driver would, or through uinput. Borrows everything it is
 * given.
 */
#ifndef SIDETOUCH_PLAYER_H
#define SIDETOUCH_PLAYER_H

#include <glib.h>
#include <stdbool.h>

#include "common/scenario.h"
#include "ctl/player_log.h"
#include "ctl/player_strokes.h"

/* An expected thing is awaited this long in memory: a stopped app is answered after 0.2 s, a first
 * start of the voice takes 0.1 s (design). */
#define PLAYER_AWAIT_MS 3000
/* Nothing is called nothing after this quiet time: a replay is at most 60 ms late (design), and a
 * daemon answers within 100 ms (design). */
#define PLAYER_QUIET_MS 300
/* How far a contact of the clone may be off what is expected. */
#define PLAYER_PLACE_MM 1.0

#define PLAYER_ERROR (player_error_quark())
GQuark player_error_quark(void);
enum player_error {
	PLAYER_ERROR_EXPECT, /* FILE:LINE: expected ... but ... */
	PLAYER_ERROR_WORLD,  /* the back end cannot go on: what to do */
	PLAYER_ERROR_SKIP,   /* the back end cannot do what a statement asks, by its nature */
};

/* What a scenario is played on. Functions that return bool set the error when they return false. */
struct player_backend {
	/* How long an expected thing is awaited. */
	unsigned await_ms;
	/* Plug in the device; the driver owns it when this returns. */
	bool (*open)(void *data, const struct scenario_device *device, GError **error);
	/* One frame of the panel. */
	bool (*frame)(void *data, const struct player_touch *touches, size_t count, GError **error);
	struct usec (*now)(void *data);
	/* Let the world go on until this time, or until something was logged if that is earlier. */
	bool (*wait)(void *data, struct usec until, GError **error);
	/* This app is in front from now on; NULL: none. */
	bool (*front)(void *data, const char *app, GError **error);
	/* The daemon goes or comes back. */
	bool (*link)(void *data, bool up, GError **error);
	/* What the proximity sensor says. */
	bool (*proximity)(void *data, enum ear_proximity proximity, GError **error);
	/* The user's command for the ear; NULL: not to be had here. */
	bool (*ear_mode)(void *data, bool on, GError **error);
};

/* Told of each expectation: but is NULL when it held, else what was there instead. */
typedef void player_expect_fn(void *data, const struct scenario_statement *statement,
			      const char *but);

/*
 * Play the whole scenario; false with an error of PLAYER_ERROR at the first thing that is wrong.
 * The log is the one that the back end feeds. Besides what the file expects, no command may run
 * that no line expects, and no contact may be left down on the clone at the end.
 */
bool player_play(const struct scenario *scenario, const struct player_backend *backend,
		 void *backend_data, struct player_log *log, player_expect_fn *expected, void *data,
		 GError **error);

#endif
