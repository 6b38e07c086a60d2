/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Has a text spoken by the running daemon, or by a sidetouch-voice of our own.
 * Called by ctl/doctor.
 * Owns that voice while it speaks.
 */
#include "ctl/doctor_speak.h"

#include <glib.h>

#include "common/i18n.h"
#include "ctl/daemon_call.h"
#include "ctl/doctor.h"
#include "daemon/speech.h"
#include "daemon/voice_settings.h"

/* A minute of speech is some 150 words: more than all that can be wrong at once. */
#define SPEAK_MS 120000

struct speaking {
	GMainLoop *loop;
	const char *text;
	bool spoken;
};

static void
on_ended(void *data, uint32_t utterance, bool spoken, struct usec time)
{
	struct speaking *speaking = data;

	(void)utterance;
	(void)time;
	speaking->spoken = spoken;
	g_main_loop_quit(speaking->loop);
}

static void
on_sink(void *data, bool working, const char *name)
{
	(void)data;
	(void)working;
	(void)name;
}

static void
on_mute(void *data)
{
	struct speaking *speaking = data;

	g_main_loop_quit(speaking->loop);
}

static bool
speak_alone(const char *voice, const char *text)
{
	static const struct speech_events events = {
	    .ended = on_ended, .sink = on_sink, .mute = on_mute};
	const struct speech_options options = {.program = voice};
	struct speaking speaking = {.loop = g_main_loop_new(NULL, FALSE)};
	struct voice_choice choice;
	struct speech *speech;

	if (speech_new(&options, &events, &speaking, &speech) == 0) {
		voice_choice_init(&choice);
		speech_set(speech, &choice.link);
		if (speech_say(speech, text) != 0)
			g_main_loop_run(speaking.loop);
		speech_unref(speech);
	}
	g_main_loop_unref(speaking.loop);
	return speaking.spoken;
}

/* As a check: its patience, and its process. */
static void
speak(const struct doctor_place *place, struct doctor_findings *findings)
{
	g_autoptr(GVariant) answer =
	    daemon_call("Say", g_variant_new("(s)", place->text), "(u)", NULL);

	if (answer || speak_alone(place->voice, place->text))
		doctor_ok(findings, "said");
	else
		doctor_todo(findings, _("not said"));
}

bool
doctor_speak(const char *voice, const char *text)
{
	static const struct doctor_check checks[] = {{"speech", speak, ""}, {0}};
	const struct doctor_place place = {.voice = voice, .text = text, .patience_ms = SPEAK_MS};
	g_autoptr(GArray) findings = doctor_run(checks, &place);

	return doctor_count_todo(findings) == 0;
}
