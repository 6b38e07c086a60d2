/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How the daemon talks: its speech with the user's settings from file, command and bus, beside a
 * screen reader, and the prompts of the profile in front made ahead.
 * The daemon's main object is the only caller.
 * Owns the settings, their file and the watch for a screen reader; the speech is lent to it.
 */
#ifndef SIDETOUCH_TALK_H
#define SIDETOUCH_TALK_H

#include <gio/gio.h>

#include "common/command.h"
#include "common/profile.h"
#include "daemon/speech.h"
#include "daemon/voice_settings.h"

struct talk;

/* path: of voice.conf. problem: a sentence about that file, also later. */
struct talk *talk_new(struct speech *speech, const char *path,
		      void (*problem)(void *data, const char *sentence), void *data);
struct talk *talk_free(struct talk *talk);
/* The session bus is there: screen readers are looked for. */
void talk_bus(struct talk *talk, GDBusConnection *bus);

/* Another profile is in front: have what its buttons say ready. */
void talk_prepare(struct talk *talk, const struct profile_view *view);

const struct voice_choice *talk_choice(const struct talk *talk);
/* Whether speech goes through speech-dispatcher: nobody knows where that is heard. */
bool talk_is_shared(const struct talk *talk);
/* At the ear it never does. */
void talk_set_at_ear(struct talk *talk, bool at_ear);
/* Whenever a setting may have changed. */
void talk_on_change(struct talk *talk, void (*changed)(void *data), void *data);

/* A floating a{ss} of all settings. */
GVariant *talk_settings(const struct talk *talk);
/* Change one, at once and in the file; the new value, allocated, or NULL and *reason. */
char *talk_set(struct talk *talk, const char *name, const char *value, char **reason);
/* A floating `as` of what was said, the latest first. */
GVariant *talk_history(const struct talk *talk);

/*
 * Carry out a command about talking. What is to be said of it, allocated, or NULL: then it speaks
 * by itself. interrupted: the press that it belongs to has stopped speech. *resumed: the utterance
 * that goes on by this, 0: none does.
 */
char *talk_run(struct talk *talk, const struct command *command, bool interrupted,
	       uint32_t *resumed);

#endif
