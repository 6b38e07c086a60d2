/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is to be said goes piece by piece to the voice, one piece at a time; a voice that is new is
 * told the settings, the place and the prompts again. Called by the daemon's main object in its
 * loop; never waits. Events of ends come from the loop, never from within a call.
 * An utterance in whose saying the voice died is said again once, then not spoken.
 */
#define G_LOG_DOMAIN "sidetouchd"
#include "daemon/speech.h"

#include <glib.h>
#include <string.h>

#include "common/alarm.h"
#include "common/clean_text.h"
#include "common/i18n.h"
#include "daemon/speech_history.h"
#include "daemon/speech_tell.h"
#include "daemon/speech_voice.h"
#include "daemon/spelling.h"

enum sink_known {
	SINK_UNKNOWN,
	SINK_NONE,
	SINK_WORKS,
};

struct speech {
	const struct speech_events *events;
	void *data;
	struct speech_voice *voice;
	struct speech_queue *queue;
	struct speech_history history;
	struct alarm *alarm; /* the queue's deadline */
	guint endings_source;
	uint32_t piece;      /* with the voice; 0: none */
	uint32_t last_piece; /* numbers of the link */
	uint32_t held_piece; /* what a touch stopped, paused with the voice; 0: not there */
	bool reader;
	unsigned spelt; /* how often in a row */
	struct speech_tell tell;
	enum sink_known sink;      /* of this voice */
	enum sink_known sink_told; /* to the owner */
	char sink_name[sizeof(((struct voice_sink *)NULL)->name)];
};

static struct usec
now(void)
{
	return usec_from_us((uint64_t)g_get_monotonic_time());
}

/* --- ends and the sink, to the owner --- */

static gboolean
on_endings(gpointer data)
{
	struct speech *speech = data;
	struct speech_ending ending;

	speech->endings_source = 0;
	while (speech_queue_take_ending(speech->queue, &ending))
		speech->events->ended(speech->data, ending.id, ending.spoken, ending.time);
	return G_SOURCE_REMOVE;
}

static void
tell_sink(struct speech *speech, enum sink_known sink, const char *name)
{
	speech->sink = sink;
	if (speech->sink_told == sink)
		return;
	speech->sink_told = sink;
	speech->events->sink(speech->data, sink == SINK_WORKS, name);
}

/* --- what comes next --- */

static void
send_item(struct speech *speech, const struct speech_item *item)
{
	if (++speech->last_piece == 0)
		speech->last_piece = 1;
	speech->piece = speech->last_piece;
	speech->held_piece = 0; /* the voice forgets it for this */
	speech_tell_item(&speech->tell, item, speech->piece);
}

static void
send_stop(struct speech *speech)
{
	if (speech->piece != 0)
		speech_tell_stop(&speech->tell, speech->last_piece);
	speech->piece = 0;
}

static void
keep(struct speech *speech, const struct speech_item *item)
{
	if (!item->secret && !item->spell && item->text[0] && item->from == 0)
		speech_history_add(&speech->history, item->text);
}

/* After anything that changed the queue or the voice: have it say what is to be said. */
static void
go_on(void *data)
{
	struct speech *speech = data;
	bool can = speech_voice_is_ready(speech->voice);
	struct speech_item *item = NULL;
	struct usec deadline;

	speech_queue_expire(speech->queue, now());
	if (can && speech->piece == 0)
		item = speech_queue_take(speech->queue, now());
	if (item) {
		keep(speech, item);
		send_item(speech, item);
	}
	speech_voice_expect(speech->voice, speech->piece != 0);
	if (speech_queue_deadline(speech->queue, can, &deadline))
		alarm_set(speech->alarm, deadline);
	else
		alarm_unset(speech->alarm);
	if (!speech->endings_source)
		speech->endings_source =
		    g_idle_add_full(G_PRIORITY_DEFAULT, on_endings, speech, NULL);
}

/* The current one is not said any further. */
static void
end_current(struct speech *speech, bool spoken, struct usec time)
{
	const struct speech_item *item = speech_queue_current(speech->queue);

	/* Not for what the user has stopped: then it is no current one any more. */
	if (item && !spoken && item->text[0])
		speech->events->mute(speech->data);
	speech->piece = 0;
	speech_queue_end(speech->queue, spoken, time);
}

/* --- from the voice --- */

static void
on_started(struct speech *speech, const struct voice_started *message)
{
	struct speech_item *item = speech_queue_current(speech->queue);

	if (!item || speech->piece != message->utterance || item->started)
		return;
	item->started = true;
	if (speech->events->started)
		speech->events->started(speech->data, item->id, usec_from_us(message->time_us));
}

static void
on_ended(struct speech *speech, const struct voice_ended *message)
{
	struct speech_item *item = speech_queue_current(speech->queue);
	bool spoken = message->end == VOICE_END_SPOKEN;

	/* What was stopped has ended for us when we stopped it. */
	if (!item || speech->piece != message->utterance)
		return;
	if (spoken) {
		speech_voice_is_well(speech->voice);
		item->from += clean_text_cut(item->text + item->from);
		item->from += item->text[item->from] == ' ';
		if (item->text[item->from]) {
			send_item(speech, item);
			return;
		}
	}
	end_current(speech, spoken, usec_from_us(message->time_us));
	go_on(speech);
}

static void
on_sink(struct speech *speech, const struct voice_sink *message)
{
	if (message->working) {
		if (strcmp(speech->sink_name, message->name) != 0)
			speech->sink_told = SINK_UNKNOWN;
		g_strlcpy(speech->sink_name, message->name, sizeof(speech->sink_name));
		tell_sink(speech, SINK_WORKS, message->name);
	} else if (strcmp(message->name, "wav") == 0) {
		tell_sink(speech, SINK_NONE,
			  _("Speech cannot be written where --sink says; name another file."));
	} else {
		tell_sink(speech, SINK_NONE,
			  _("Speech has no sound server; start one with: systemctl --user start "
			    "pipewire-pulse (or pulseaudio)."));
	}
}

static void
on_routed(struct speech *speech, const struct voice_routed *message)
{
	if (speech->events->routed)
		speech->events->routed(speech->data, message);
}

static void
on_message(void *data, const struct packet_header *header)
{
	struct speech *speech = data;

	switch ((enum voice_link_type)header->type) {
	case VOICE_STARTED:
		on_started(speech, (const void *)header);
		break;
	case VOICE_ENDED:
		on_ended(speech, (const void *)header);
		break;
	case VOICE_SINK:
		on_sink(speech, (const void *)header);
		break;
	case VOICE_ROUTED:
		on_routed(speech, (const void *)header);
		break;
	case VOICE_READY:
	case VOICE_PROGRESS: /* voice_child's; the others are ours to send, the table refuses them
			      */
	case VOICE_SAY:
	case VOICE_STOP:
	case VOICE_SETTINGS:
	case VOICE_PREPARE:
	case VOICE_PAUSE:
	case VOICE_ROUTE:
	case VOICE_CHIME:
		break;
	}
}

static void
on_ready(void *data)
{
	struct speech *speech = data;

	speech_tell_again(&speech->tell);
	go_on(speech);
}

static void
on_lost(void *data)
{
	struct speech *speech = data;
	struct speech_item *item = speech_queue_current(speech->queue);

	speech->sink = SINK_UNKNOWN;
	speech->held_piece = 0;
	if (item && speech->piece != 0 && ++item->deaths > 1) {
		/* Never its text: what is spoken may be private. */
		g_warning("The voice died twice of one sentence, which is left out.");
		end_current(speech, false, now());
	} else {
		speech->piece = 0;
		speech_queue_put_back(speech->queue);
	}
	go_on(speech);
}

static void
on_hopeless(void *data, const char *sentence)
{
	struct speech *speech = data;

	/* Nobody waits for words that no voice can say. */
	if (!speech_queue_is_empty(speech->queue))
		speech->events->mute(speech->data);
	speech->piece = 0;
	speech_queue_clear(speech->queue, now());
	tell_sink(speech, SINK_NONE, sentence);
	speech->sink = SINK_UNKNOWN;
	go_on(speech);
}

static const struct speech_voice_events voice_events = {
    .ready = on_ready,
    .message = on_message,
    .lost = on_lost,
    .hopeless = on_hopeless,
};

int
speech_new(const struct speech_options *options, const struct speech_events *events, void *data,
	   struct speech **out)
{
	struct speech *speech = g_new0(struct speech, 1);
	int error;

	speech->events = events;
	speech->data = data;
	speech->queue = speech_queue_new();
	speech_tell_init(&speech->tell);
	speech->alarm = alarm_new(go_on, speech);
	error = speech_voice_new(options->program, options->arguments, options->audible,
				 &voice_events, speech, &speech->voice);
	speech->tell.voice = speech->voice;
	*out = speech;
	return error;
}

struct speech *
speech_unref(struct speech *speech)
{
	if (!speech)
		return NULL;
	speech_voice_unref(speech->voice);
	if (speech->endings_source)
		g_source_remove(speech->endings_source);
	alarm_free(speech->alarm);
	speech_queue_free(speech->queue);
	speech_history_clear(&speech->history);
	speech_tell_clear(&speech->tell);
	g_free(speech);
	return NULL;
}

/* --- from the owner --- */

uint32_t
speech_request(struct speech *speech, const struct speech_request *request)
{
	const struct speech_item *before = speech_queue_current(speech->queue);
	uint32_t utterance;

	if (speech->reader && request->content && !request->asked)
		return 0;
	utterance = speech_queue_add(speech->queue, request, now());
	if (speech_queue_current(speech->queue) != before)
		send_stop(speech);
	if (!request->spell)
		speech->spelt = 0;
	go_on(speech);
	return utterance;
}

uint32_t
speech_say(struct speech *speech, const char *text)
{
	const struct speech_request request = {
	    .text = text, .priority = SPEECH_NAVIGATION, .asked = true};

	return speech_request(speech, &request);
}

uint32_t
speech_say_after(struct speech *speech, const char *text)
{
	const struct speech_request request = {.text = text, .priority = SPEECH_NOTIFICATION};

	return speech_request(speech, &request);
}

void
speech_earcon(struct speech *speech, enum voice_earcon earcon)
{
	const struct speech_request request = {
	    .text = "", .priority = SPEECH_NAVIGATION, .earcon = earcon, .asked = true};

	if (speech->piece != 0)
		speech_tell_chime(&speech->tell, earcon);
	else
		speech_request(speech, &request);
}

bool
speech_stop(struct speech *speech)
{
	bool spoke = speech->piece != 0;

	speech_queue_touch(speech->queue, now());
	if (spoke) {
		speech_tell_pause(&speech->tell, true);
		speech->held_piece = speech->piece;
		speech->piece = 0;
	}
	go_on(speech);
	return spoke;
}

void
speech_silence(struct speech *speech)
{
	speech->piece = MAX(speech->piece, speech->held_piece);
	speech->held_piece = 0;
	send_stop(speech);
	speech_queue_clear(speech->queue, now());
	go_on(speech);
}

void
speech_forget(struct speech *speech)
{
	speech_silence(speech);
	speech_history_clear(&speech->history);
}

uint32_t
speech_resume(struct speech *speech)
{
	const struct speech_item *item = speech_queue_resume(speech->queue);
	uint32_t utterance;

	if (!item)
		return 0;
	utterance = item->id;
	if (speech->held_piece != 0) {
		speech->piece = speech->held_piece;
		speech->held_piece = 0;
		speech_tell_pause(&speech->tell, false);
	} else {
		/* Another voice than the one it was stopped in. */
		speech_queue_put_back(speech->queue);
	}
	go_on(speech);
	return utterance;
}

uint32_t
speech_repeat(struct speech *speech)
{
	const char *text = speech_history_get(&speech->history, 0);

	return text ? speech_say(speech, text) : 0;
}

uint32_t
speech_spell(struct speech *speech)
{
	const char *text = speech_history_get(&speech->history, 0);
	struct speech_request request = {
	    .text = text, .priority = SPEECH_NAVIGATION, .asked = true, .secret = true};
	g_autofree char *words = NULL;
	unsigned spelt = speech->spelt;
	uint32_t utterance;

	if (!text)
		return 0;
	if (spelt % 2 == 0) {
		request.spell = true;
	} else {
		words = spelling_words(text);
		request.text = words;
	}
	utterance = speech_request(speech, &request);
	speech->spelt = spelt + 1;
	return utterance;
}

const char *
speech_history(const struct speech *speech, size_t ago)
{
	return speech_history_get(&speech->history, ago);
}

void
speech_prepare(struct speech *speech, const char *const *texts, size_t count)
{
	speech_tell_prompts(&speech->tell, texts, count);
}

void
speech_set(struct speech *speech, const struct voice_settings *settings)
{
	speech_tell_settings(&speech->tell, settings);
}

void
speech_route(struct speech *speech, const struct voice_route *route)
{
	speech_tell_route(&speech->tell, route);
}

void
speech_set_reader(struct speech *speech, bool reads)
{
	speech->reader = reads;
}

uint32_t
speech_restarts(const struct speech *speech)
{
	return speech_voice_restarts(speech->voice);
}

bool
speech_is_running(const struct speech *speech)
{
	return speech_voice_is_ready(speech->voice);
}

const char *
speech_sink(const struct speech *speech)
{
	return speech->sink == SINK_WORKS ? speech->sink_name : "";
}
