/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The voice's insides, for the two files that are the voice: voice.c, what becomes of an utterance,
 * and orders.c, what the daemon wants. Included by these only.
 * Owns nothing.
 */
#ifndef SIDETOUCH_VOICE_PRIVATE_H
#define SIDETOUCH_VOICE_PRIVATE_H

#include <glib.h>

#include "daemon/voice/dispatcher.h"
#include "daemon/voice/report.h"
#include "daemon/voice/router.h"
#include "daemon/voice/utterance.h"
#include "daemon/voice/voice.h"

enum voice_state {
	VOICE_IDLE,
	VOICE_WAITING,
	VOICE_SPEAKING,
	VOICE_PAUSED,
	VOICE_SHARED,
};

struct voice {
	struct voice_parts parts;
	enum voice_state state;
	GQueue queue; /* of struct utterance; the head is the one in hand unless idle */
	bool started; /* STARTED was told since the one in hand was begun (anew) */
	struct synth_settings settings;
	bool earcons;
	bool shared; /* speech is to go through speech-dispatcher */
	struct dispatcher *dispatcher;
	struct report report;
	struct router router;
	bool pulled;         /* since the last look */
	unsigned stalled_ms; /* the sink has not taken what it could */
	guint look;          /* timer, while speaking */
	guint deadline;
	guint link_source;
	guint ring_source;
};

/* Say the first of the queue from where it was left off. */
void voice_begin(struct voice *voice);
/* The one in hand is over: the next, if there is one. */
void voice_next(struct voice *voice);
/* The first of the queue has ended. */
void voice_end_first(struct voice *voice, enum voice_end end);
/* Leave whatever the one in hand was in; nothing of it sounds any more. */
void voice_silence(struct voice *voice);
/* What utterances are made from. */
struct utterance_source voice_source(const struct voice *voice);

/* Obey the link: a GUnixFDSourceFunc, data is the voice. */
gboolean voice_on_link(gint fd, GIOCondition condition, gpointer data);

#endif
