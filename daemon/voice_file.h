/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The voice's settings in the user's file, ~/.config/sidetouch/voice.conf: read at the start and
 * whenever somebody changes it, written when a setting is changed by other means.
 * Called by daemon/talk; owns the watch on the file.
 */
#ifndef SIDETOUCH_VOICE_FILE_H
#define SIDETOUCH_VOICE_FILE_H

#include "daemon/voice_settings.h"

struct voice_file;

struct voice_file_events {
	/* Somebody else has changed the file. */
	void (*changed)(void *data);
	/* "FILE:LINE: what is wrong": that line is left out, the others hold. */
	void (*problem)(void *data, const char *sentence);
};

struct voice_file *voice_file_new(const char *path, const struct voice_file_events *events,
				  void *data);
struct voice_file *voice_file_free(struct voice_file *file);

/* What the file says, over what holds when nobody has chosen. No file is no problem. */
void voice_file_read(struct voice_file *file, struct voice_choice *choice);
/* All that differs from what holds anyway; whole or not at all. -errno. */
int voice_file_write(struct voice_file *file, const struct voice_choice *choice);

#endif
