/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The last 50 utterances (design), in memory only, for "repeat", "spell" and the history.
 * daemon/speech adds what is said and is not secret; it is gone with the daemon.
 * Owns its texts.
 */
#ifndef SIDETOUCH_SPEECH_HISTORY_H
#define SIDETOUCH_SPEECH_HISTORY_H

#include <stddef.h>

#define SPEECH_HISTORY_MAX 50

struct speech_history {
	char *texts[SPEECH_HISTORY_MAX];
	size_t next; /* where the next one goes */
};

void speech_history_clear(struct speech_history *history);
void speech_history_add(struct speech_history *history, const char *text);
/* The latest is 0; NULL when there are not so many. */
const char *speech_history_get(const struct speech_history *history, size_t ago);

#endif
