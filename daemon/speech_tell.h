/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the voice is told. Settings, place and prompts are kept: a voice that replaces another knows
 * none of them.
 * daemon/speech is the only caller and embeds the struct; owns the prompts' texts.
 */
#ifndef SIDETOUCH_SPEECH_TELL_H
#define SIDETOUCH_SPEECH_TELL_H

#include <glib.h>
#include <stdbool.h>

#include "common/voice_link.h"
#include "daemon/speech_queue.h"
#include "daemon/speech_voice.h"

struct speech_tell {
	struct speech_voice *voice; /* lent */
	GPtrArray *prompts;
	struct voice_settings settings;
	bool has_settings;
	struct voice_route route;
	bool has_route;
};

void speech_tell_init(struct speech_tell *tell);
void speech_tell_clear(struct speech_tell *tell);

/* The piece of the item that begins at item->from, by this number. */
void speech_tell_item(struct speech_tell *tell, const struct speech_item *item, uint32_t piece);
void speech_tell_stop(struct speech_tell *tell, uint32_t up_to);
void speech_tell_pause(struct speech_tell *tell, bool paused);
void speech_tell_chime(struct speech_tell *tell, enum voice_earcon earcon);

void speech_tell_prompts(struct speech_tell *tell, const char *const *texts, size_t count);
/* Of both, the fields after the header. */
void speech_tell_settings(struct speech_tell *tell, const struct voice_settings *settings);
void speech_tell_route(struct speech_tell *tell, const struct voice_route *route);

/* To a new voice: all that was told the one before and still holds. */
void speech_tell_again(struct speech_tell *tell);

#endif
