/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The voice link's table: sizes and ranges of each message, and nothing else.
 * common/packet reads it on both ends; the fuzzer feeds it with anything.
 * Owns only the constant table.
 */
#include "common/voice_link.h"

#include <glib.h>
#include <string.h>

#include "common/cleanup.h"

static bool
text_field_valid(const char *field, size_t size)
{
	const char *end = memchr(field, '\0', size);

	return end && g_utf8_validate(field, end - field, NULL);
}

static bool
ready_valid(const struct packet_header *header)
{
	const struct voice_ready *message = (const void *)header;

	return message->sample_rate_hz >= 8000 && message->sample_rate_hz <= 192000;
}

static bool
started_valid(const struct packet_header *header)
{
	const struct voice_started *message = (const void *)header;

	return message->utterance != 0;
}

static bool
progress_valid(const struct packet_header *header)
{
	const struct voice_progress *message = (const void *)header;

	return message->utterance != 0;
}

static bool
ended_valid(const struct packet_header *header)
{
	const struct voice_ended *message = (const void *)header;

	return message->utterance != 0 && message->end >= VOICE_END_SPOKEN &&
	       message->end <= VOICE_END_FAILED;
}

static bool
sink_valid(const struct packet_header *header)
{
	const struct voice_sink *message = (const void *)header;

	return message->working <= 1 && text_field_valid(message->name, sizeof(message->name));
}

/* A string that ends with the message, not before. */
static bool
tail_valid(const struct packet_header *header, const char *text, size_t offset)
{
	size_t size = header->size - offset;

	return text_field_valid(text, size) && strlen(text) + 1 == size;
}

static bool
say_valid(const struct packet_header *header)
{
	const struct voice_say *message = (const void *)header;

	return message->utterance != 0 && message->earcon <= VOICE_EARCON_KEY &&
	       message->spell <= 1 && message->urgent <= 1 &&
	       text_field_valid(message->language, sizeof(message->language)) &&
	       tail_valid(header, message->text, offsetof(struct voice_say, text));
}

static bool
settings_valid(const struct packet_header *header)
{
	const struct voice_settings *message = (const void *)header;

	return message->rate_wpm >= 80 && message->rate_wpm <= 449 &&
	       message->pitch_percent <= 99 && message->range_percent <= 99 &&
	       message->volume_percent <= 200 && message->punctuation <= VOICE_PUNCTUATION_ALL &&
	       message->capitals <= VOICE_CAPITALS_PITCH && message->earcons <= 1 &&
	       message->shared <= 1 && text_field_valid(message->voice, sizeof(message->voice)) &&
	       text_field_valid(message->language, sizeof(message->language)) &&
	       text_field_valid(message->latin, sizeof(message->latin));
}

static bool
prepare_valid(const struct packet_header *header)
{
	const struct voice_prepare *message = (const void *)header;

	return message->first <= 1 &&
	       tail_valid(header, message->text, offsetof(struct voice_prepare, text));
}

static bool
pause_valid(const struct packet_header *header)
{
	const struct voice_pause *message = (const void *)header;

	return message->paused <= 1;
}

static bool
chime_valid(const struct packet_header *header)
{
	const struct voice_chime *message = (const void *)header;

	return message->earcon <= VOICE_EARCON_KEY;
}

static bool
route_valid(const struct packet_header *header)
{
	const struct voice_route *message = (const void *)header;

	return message->volume_percent <= 150 && message->lowered_percent <= 150 &&
	       message->ear <= 1 && message->again <= 1 &&
	       text_field_valid(message->sink, sizeof(message->sink));
}

static bool
routed_valid(const struct packet_header *header)
{
	const struct voice_routed *message = (const void *)header;

	return message->done <= 1 && message->place <= VOICE_PLACE_HEADPHONES &&
	       message->ear <= 1 && text_field_valid(message->sink, sizeof(message->sink));
}

#define FIXED(structure) sizeof(struct structure), sizeof(struct structure)

static const struct packet_spec voice_link_specs[] = {
    {VOICE_READY, "ready", PACKET_FROM_SERVER, FIXED(voice_ready), ready_valid},
    {VOICE_STARTED, "started", PACKET_FROM_SERVER, FIXED(voice_started), started_valid},
    {VOICE_ENDED, "ended", PACKET_FROM_SERVER, FIXED(voice_ended), ended_valid},
    {VOICE_SINK, "sink", PACKET_FROM_SERVER, FIXED(voice_sink), sink_valid},
    {VOICE_PROGRESS, "progress", PACKET_FROM_SERVER, FIXED(voice_progress), progress_valid},
    {VOICE_ROUTED, "routed", PACKET_FROM_SERVER, FIXED(voice_routed), routed_valid},
    {VOICE_SAY, "say", PACKET_FROM_CLIENT, VOICE_SAY_SIZE(0), VOICE_SAY_SIZE(VOICE_TEXT_MAX - 1),
     say_valid},
    {VOICE_STOP, "stop", PACKET_FROM_CLIENT, FIXED(voice_stop), NULL},
    {VOICE_SETTINGS, "settings", PACKET_FROM_CLIENT, FIXED(voice_settings), settings_valid},
    {VOICE_PREPARE, "prepare", PACKET_FROM_CLIENT, VOICE_PREPARE_SIZE(0),
     VOICE_PREPARE_SIZE(VOICE_TEXT_MAX - 1), prepare_valid},
    {VOICE_PAUSE, "pause", PACKET_FROM_CLIENT, FIXED(voice_pause), pause_valid},
    {VOICE_ROUTE, "route", PACKET_FROM_CLIENT, FIXED(voice_route), route_valid},
    {VOICE_CHIME, "chime", PACKET_FROM_CLIENT, FIXED(voice_chime), chime_valid},
};

const struct packet_protocol voice_link_protocol = {
    .name = "voice link",
    .version = VOICE_LINK_VERSION,
    .specs = voice_link_specs,
    .spec_count = ARRAY_LENGTH(voice_link_specs),
};
