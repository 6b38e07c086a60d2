/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Everything that is said: in the right order, by a voice that is replaced when it dies, with the
 * user's settings. The daemon's main object is the only caller.
 * Owns the queue, the history, the voice and what the voice must be told anew when it is replaced.
 */
#ifndef SIDETOUCH_SPEECH_H
#define SIDETOUCH_SPEECH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/units.h"
#include "common/voice_link.h"
#include "daemon/speech_queue.h"

struct speech_events {
	/* May be NULL. */
	void (*started)(void *data, uint32_t utterance, struct usec time);
	/* Once for each number that was given; spoken is false when it was not. */
	void (*ended)(void *data, uint32_t utterance, bool spoken, struct usec time);
	/* "pulse" or another one works, or nothing does: a sentence that says what to do. */
	void (*sink)(void *data, bool working, const char *name);
	/* Something was to be said and could not be: whoever waits for it must be told otherwise.
	 */
	void (*mute)(void *data);
	/* The answer to speech_route(), and whenever it has become another; may be NULL. */
	void (*routed)(void *data, const struct voice_routed *routed);
};

struct speech_options {
	const char *program;          /* path of sidetouch-voice */
	const char *const *arguments; /* NULL-terminated, after the program's name: "--sink" ... */
	bool audible; /* the sound server is made to be heard, once: by the first voice that it lets
		       * in, and by none after it, for the user may have muted it since */
};

struct speech;

int speech_new(const struct speech_options *options, const struct speech_events *events, void *data,
	       struct speech **out);
struct speech *speech_unref(struct speech *speech);

/*
 * Say something. Returns the utterance's number, 0 when nothing of it can be said or a screen
 * reader says it. While the voice is being replaced it is kept.
 */
uint32_t speech_request(struct speech *speech, const struct speech_request *request);
/* The answer to a press: navigation, asked for. */
uint32_t speech_say(struct speech *speech, const char *text);
/* A notification. */
uint32_t speech_say_after(struct speech *speech, const char *text);
/* A sound without words, at once: into what is being said, which goes on. */
void speech_earcon(struct speech *speech, enum voice_earcon earcon);

/* A touch: silence at once, and news wait. True when something was being said. */
bool speech_stop(struct speech *speech);
/* The user wants to hear nothing of what there is: news, too, end. */
void speech_silence(struct speech *speech);
/* The same, and nothing that was said before can be said again. */
void speech_forget(struct speech *speech);
/* On with what the last touch stopped, from the same word; the new number, 0: there is none. */
uint32_t speech_resume(struct speech *speech);

/* What was said last, again; 0 when nothing was. */
uint32_t speech_repeat(struct speech *speech);
/* The same letter by letter; once more: in words for letters, and Han characters in a word. */
uint32_t speech_spell(struct speech *speech);
/* What was said, the latest is 0; NULL when there is no more. */
const char *speech_history(const struct speech *speech, size_t ago);

/* These are likely to be said: have their samples ready. */
void speech_prepare(struct speech *speech, const char *const *texts, size_t count);

/* From the word being said on. Only the fields after the header count. */
void speech_set(struct speech *speech, const struct voice_settings *settings);
/* Where speech sounds and how loud there (fields after the header); answered by routed(). */
void speech_route(struct speech *speech, const struct voice_route *route);

/* Whether a screen reader says what apps show: then their content is not said unless asked for. */
void speech_set_reader(struct speech *speech, bool reads);

/* How often the voice was replaced, whether one runs, and the working sink's name ("" if none). */
uint32_t speech_restarts(const struct speech *speech);
bool speech_is_running(const struct speech *speech);
const char *speech_sink(const struct speech *speech);

#endif
