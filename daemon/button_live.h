/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The settings of the buttons while the daemon runs: read from their file, and again when it
 * changes. Called by the daemon's main object. Owns the watch on the file's folder.
 */
#ifndef SIDETOUCH_BUTTON_LIVE_H
#define SIDETOUCH_BUTTON_LIVE_H

#include "common/button_settings.h"

struct button_live_events {
	/* At once, and whenever the file has changed. */
	void (*changed)(void *data, const struct button_settings *settings);
	/* "FILE:LINE: what is wrong": that line does not count. */
	void (*problem)(void *data, const char *sentence);
};

struct button_live;

struct button_live *button_live_new(const char *path, const struct button_live_events *events,
				    void *data);
struct button_live *button_live_free(struct button_live *live);

#endif
