/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The messages to the voice, and those of them that hold for the next voice as well.
 * Called by daemon/speech.
 */
#include "daemon/speech_tell.h"

#include <string.h>

#include "common/clean_text.h"

void
speech_tell_init(struct speech_tell *tell)
{
	tell->prompts = g_ptr_array_new_with_free_func(g_free);
}

void
speech_tell_clear(struct speech_tell *tell)
{
	g_clear_pointer(&tell->prompts, g_ptr_array_unref);
}

void
speech_tell_item(struct speech_tell *tell, const struct speech_item *item, uint32_t piece)
{
	union {
		struct voice_say say;
		char bytes[VOICE_SAY_SIZE(VOICE_TEXT_MAX - 1)];
	} message = {.bytes = {0}};
	const char *text = item->text + item->from;
	size_t size = clean_text_cut(text);

	packet_init(&voice_link_protocol, &message.say.header, VOICE_SAY, VOICE_SAY_SIZE(size));
	message.say.utterance = piece;
	message.say.earcon = item->from == 0 ? item->earcon : VOICE_EARCON_NONE;
	message.say.spell = item->spell;
	message.say.urgent = item->priority == SPEECH_URGENT;
	g_strlcpy(message.say.language, item->language, sizeof(message.say.language));
	memcpy(message.bytes + offsetof(struct voice_say, text), text, size);
	speech_voice_send(tell->voice, &message.say.header);
}

void
speech_tell_stop(struct speech_tell *tell, uint32_t up_to)
{
	struct voice_stop message = {.up_to_utterance = up_to};

	packet_init(&voice_link_protocol, &message.header, VOICE_STOP, sizeof(message));
	speech_voice_send(tell->voice, &message.header);
}

static void
send_prompts(struct speech_tell *tell)
{
	union {
		struct voice_prepare prepare;
		char bytes[VOICE_PREPARE_SIZE(VOICE_TEXT_MAX - 1)];
	} message = {.bytes = {0}};

	for (guint i = 0; i < tell->prompts->len; i++) {
		const char *text = g_ptr_array_index(tell->prompts, i);
		size_t size = strlen(text);

		packet_init(&voice_link_protocol, &message.prepare.header, VOICE_PREPARE,
			    VOICE_PREPARE_SIZE(size));
		message.prepare.first = i == 0;
		memcpy(message.bytes + offsetof(struct voice_prepare, text), text, size + 1);
		speech_voice_send(tell->voice, &message.prepare.header);
	}
}

static void
send_settings(struct speech_tell *tell)
{
	packet_init(&voice_link_protocol, &tell->settings.header, VOICE_SETTINGS,
		    sizeof(tell->settings));
	if (tell->has_settings)
		speech_voice_send(tell->voice, &tell->settings.header);
}

static void
send_route(struct speech_tell *tell)
{
	packet_init(&voice_link_protocol, &tell->route.header, VOICE_ROUTE, sizeof(tell->route));
	if (tell->has_route)
		speech_voice_send(tell->voice, &tell->route.header);
}

void
speech_tell_pause(struct speech_tell *tell, bool paused)
{
	struct voice_pause message = {.paused = paused};

	packet_init(&voice_link_protocol, &message.header, VOICE_PAUSE, sizeof(message));
	speech_voice_send(tell->voice, &message.header);
}

void
speech_tell_chime(struct speech_tell *tell, enum voice_earcon earcon)
{
	struct voice_chime message = {.earcon = earcon};

	packet_init(&voice_link_protocol, &message.header, VOICE_CHIME, sizeof(message));
	speech_voice_send(tell->voice, &message.header);
}

void
speech_tell_again(struct speech_tell *tell)
{
	send_settings(tell);
	tell->route.again = 1;
	send_route(tell);
	send_prompts(tell);
}

void
speech_tell_prompts(struct speech_tell *tell, const char *const *texts, size_t count)
{
	g_ptr_array_set_size(tell->prompts, 0);
	for (size_t i = 0; i < count; i++) {
		g_autofree char *clean = clean_text(texts[i], strlen(texts[i]));

		if (clean[0] && clean_text_cut(clean) == strlen(clean))
			g_ptr_array_add(tell->prompts, g_steal_pointer(&clean));
	}
	send_prompts(tell);
}

void
speech_tell_settings(struct speech_tell *tell, const struct voice_settings *settings)
{
	tell->settings = *settings;
	tell->has_settings = true;
	send_settings(tell);
}

void
speech_tell_route(struct speech_tell *tell, const struct voice_route *route)
{
	tell->route = *route;
	tell->route.again = 0;
	tell->has_route = true;
	send_route(tell);
}
