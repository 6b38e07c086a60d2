/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the daemon orders, carried out on the voice, until the daemon is gone or breaks the
 * protocol. Called by the loop whenever there is something to read; changes the state that voice.c
 * describes. Owns nothing.
 */
#define G_LOG_DOMAIN "sidetouch-voice"
#include <errno.h>
#include <glib.h>
#include <string.h>

#include "common/clean_text.h"
#include "daemon/voice/voice_private.h"

/* The daemon sends one at a time; more than this means that it has gone wrong. */
#define QUEUE_MAX 64

/* Silence, but the one in hand stays, to be begun at the word that was being said. */
static void
leave_off(struct voice *voice)
{
	const struct utterance_source source = voice_source(voice);
	struct utterance *utterance = g_queue_peek_head(&voice->queue);
	uint64_t behind = (uint64_t)voice->parts.sink->ops->behind_ms(voice->parts.sink) *
			  voice->parts.sink->rate_hz / 1000;

	utterance->from = utterance_word(utterance, &source, behind);
	voice_silence(voice);
}

static void
on_say(struct voice *voice, const struct voice_say *message)
{
	struct utterance *utterance;

	if (g_queue_get_length(&voice->queue) >= QUEUE_MAX) {
		g_warning("sidetouchd sends more than %d utterances at once; one is left out.",
			  QUEUE_MAX);
		return;
	}
	utterance = utterance_new(message);
	g_queue_push_tail(&voice->queue, utterance);
	if (voice->state == VOICE_PAUSED) {
		voice_end_first(voice, VOICE_END_STOPPED);
		voice->state = VOICE_IDLE;
	}
	if (voice->state == VOICE_IDLE)
		voice_begin(voice);
}

static void
on_pause(struct voice *voice, const struct voice_pause *message)
{
	switch (voice->state) {
	case VOICE_SPEAKING:
		if (!message->paused)
			return;
		leave_off(voice);
		voice->state = VOICE_PAUSED;
		return;
	case VOICE_PAUSED:
		if (message->paused)
			return;
		voice->state = VOICE_IDLE;
		voice_begin(voice);
		return;
	case VOICE_SHARED: /* which word it is at is not told: from the start */
	case VOICE_WAITING:
		if (!message->paused)
			return;
		voice_silence(voice);
		voice->state = VOICE_PAUSED;
		return;
	case VOICE_IDLE:
		return;
	}
}

static void
on_stop(struct voice *voice, const struct voice_stop *message)
{
	const struct utterance *first = g_queue_peek_head(&voice->queue);

	if (!first || first->id > message->up_to_utterance)
		return;
	voice_silence(voice);
	while (first && first->id <= message->up_to_utterance) {
		voice_end_first(voice, VOICE_END_STOPPED);
		first = g_queue_peek_head(&voice->queue);
	}
	voice_next(voice);
}

static void
on_settings(struct voice *voice, const struct voice_settings *message)
{
	voice->settings = (struct synth_settings){
	    .rate_wpm = message->rate_wpm,
	    .pitch_percent = message->pitch_percent,
	    .range_percent = message->range_percent,
	    .volume_percent = message->volume_percent,
	    .punctuation = message->punctuation,
	    .capitals = message->capitals,
	};
	g_strlcpy(voice->settings.variant, message->voice, sizeof(voice->settings.variant));
	g_strlcpy(voice->settings.language, message->language, sizeof(voice->settings.language));
	g_strlcpy(voice->settings.latin, message->latin, sizeof(voice->settings.latin));
	voice->earcons = message->earcons;
	voice->shared = message->shared;
	if (voice->shared)
		dispatcher_want(voice->dispatcher);
	synth_set(voice->parts.synth, &voice->settings);
	if (voice->state == VOICE_SPEAKING)
		leave_off(voice);
	else if (voice->state == VOICE_SHARED)
		voice_silence(voice);
	else
		return;
	voice_begin(voice);
}

static void
on_prepare(struct voice *voice, const struct voice_prepare *message)
{
	g_autofree char *text = clean_text(message->text, strlen(message->text));

	clips_want(voice->parts.clips, text, message->first);
	synth_look(voice->parts.synth);
}

static void
obey(struct voice *voice, const struct packet_header *header)
{
	switch ((enum voice_link_type)header->type) {
	case VOICE_SAY:
		on_say(voice, (const void *)header);
		break;
	case VOICE_STOP:
		on_stop(voice, (const void *)header);
		break;
	case VOICE_SETTINGS:
		on_settings(voice, (const void *)header);
		break;
	case VOICE_PREPARE:
		on_prepare(voice, (const void *)header);
		break;
	case VOICE_PAUSE:
		on_pause(voice, (const void *)header);
		break;
	case VOICE_ROUTE:
		router_take(&voice->router, voice->parts.sink, (const void *)header);
		break;
	case VOICE_CHIME:
		if (voice->state == VOICE_SPEAKING && voice->earcons)
			router_chime(&voice->router,
				     ((const struct voice_chime *)(const void *)header)->earcon);
		break;
	case VOICE_READY:
	case VOICE_ROUTED:
	case VOICE_STARTED:
	case VOICE_ENDED:
	case VOICE_SINK:
	case VOICE_PROGRESS:
		break; /* ours; the table has refused them */
	}
}

gboolean
voice_on_link(gint fd, GIOCondition condition, gpointer data)
{
	struct voice *voice = data;
	char buffer[PACKET_SIZE_MAX] __attribute__((aligned(8)));
	enum packet_fault fault;
	int size;

	(void)condition;
	while ((size = packet_receive(fd, &voice_link_protocol, PACKET_FROM_CLIENT, buffer,
				      &fault)) > 0)
		obey(voice, (const void *)buffer);
	if (size == -EAGAIN)
		return G_SOURCE_CONTINUE;
	if (size == -EPROTO)
		g_warning("A message from sidetouchd %s.", packet_fault_to_str(fault));
	voice->link_source = 0;
	voice_silence(voice);
	voice->parts.finished(voice->parts.data, size == -EPROTO);
	return G_SOURCE_REMOVE;
}
