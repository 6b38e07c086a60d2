/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A ring of texts.
 * Called by daemon/speech.
 */
#include "daemon/speech_history.h"

#include <glib.h>

void
speech_history_clear(struct speech_history *history)
{
	for (size_t i = 0; i < SPEECH_HISTORY_MAX; i++)
		g_clear_pointer(&history->texts[i], g_free);
	history->next = 0;
}

void
speech_history_add(struct speech_history *history, const char *text)
{
	/* What is said again is not twice in it. */
	if (g_strcmp0(speech_history_get(history, 0), text) == 0)
		return;
	g_free(history->texts[history->next]);
	history->texts[history->next] = g_strdup(text);
	history->next = (history->next + 1) % SPEECH_HISTORY_MAX;
}

const char *
speech_history_get(const struct speech_history *history, size_t ago)
{
	if (ago >= SPEECH_HISTORY_MAX)
		return NULL;
	return history->texts[(history->next + SPEECH_HISTORY_MAX - 1 - ago) % SPEECH_HISTORY_MAX];
}
