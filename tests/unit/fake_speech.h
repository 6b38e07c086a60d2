/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * daemon/speech without a voice: what the daemon asked of it is kept.
 * Included by daemon_fixture.h; a test program that includes it is not linked with daemon/speech.
 * Owns the one fake there is.
 */
#ifndef SIDETOUCH_FAKE_SPEECH_H
#define SIDETOUCH_FAKE_SPEECH_H

#include <glib.h>

#include "daemon/speech.h"

static struct {
	const struct speech_events *events;
	void *data;
	uint32_t utterance;
	uint32_t stops;
	uint32_t silences;
	uint32_t repeats;
	bool speaking; /* so a touch stops something */
	uint32_t forgets;
	enum voice_earcon earcon;
	struct voice_settings settings;
	bool reader;
	struct voice_route route;
	uint32_t routes;
	char *prompt;
	char text[200]; /* requested last */
	bool secret;
} fake_speech;

int
speech_new(const struct speech_options *options, const struct speech_events *events, void *data,
	   struct speech **out)
{
	(void)options;
	fake_speech.events = events;
	fake_speech.data = data;
	*out = (struct speech *)&fake_speech;
	return 0;
}

struct speech *
speech_unref(struct speech *speech)
{
	(void)speech;
	return NULL;
}

uint32_t
speech_request(struct speech *speech, const struct speech_request *request)
{
	(void)speech;
	fake_speech.earcon = request->earcon;
	g_strlcpy(fake_speech.text, request->text, sizeof(fake_speech.text));
	fake_speech.secret = request->secret;
	return request->text[0] ? ++fake_speech.utterance : 0;
}

uint32_t
speech_say(struct speech *speech, const char *text)
{
	(void)speech;
	return text[0] ? ++fake_speech.utterance : 0;
}

void
speech_silence(struct speech *speech)
{
	(void)speech;
	fake_speech.silences++;
}

void
speech_forget(struct speech *speech)
{
	(void)speech;
	fake_speech.forgets++;
}

uint32_t
speech_resume(struct speech *speech)
{
	(void)speech;
	return 0;
}

uint32_t
speech_repeat(struct speech *speech)
{
	(void)speech;
	fake_speech.repeats++;
	return 0;
}

uint32_t
speech_spell(struct speech *speech)
{
	(void)speech;
	return ++fake_speech.utterance;
}

const char *
speech_history(const struct speech *speech, size_t ago)
{
	(void)speech;
	return ago == 0 ? "Back, press again" : NULL;
}

void
speech_prepare(struct speech *speech, const char *const *texts, size_t count)
{
	(void)speech;
	g_free(fake_speech.prompt);
	fake_speech.prompt = count > 0 ? g_strdup(texts[0]) : NULL;
}

void
speech_set(struct speech *speech, const struct voice_settings *settings)
{
	(void)speech;
	fake_speech.settings = *settings;
}

void
speech_set_reader(struct speech *speech, bool reads)
{
	(void)speech;
	fake_speech.reader = reads;
}

void
speech_route(struct speech *speech, const struct voice_route *route)
{
	(void)speech;
	fake_speech.route = *route;
	fake_speech.routes++;
}

void
speech_earcon(struct speech *speech, enum voice_earcon earcon)
{
	(void)speech;
	fake_speech.earcon = earcon;
}

uint32_t
speech_say_after(struct speech *speech, const char *text)
{
	return speech_say(speech, text);
}

bool
speech_stop(struct speech *speech)
{
	(void)speech;
	fake_speech.stops++;
	return fake_speech.speaking;
}

uint32_t
speech_restarts(const struct speech *speech)
{
	(void)speech;
	return 0;
}

bool
speech_is_running(const struct speech *speech)
{
	(void)speech;
	return true;
}

const char *
speech_sink(const struct speech *speech)
{
	(void)speech;
	return "null";
}

#endif
