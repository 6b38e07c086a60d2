/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An utterance as SSIP's commands, each sent when the one before was answered: a text must never be
 * read as a command, so it goes only when speech-dispatcher has said that it awaits one.
 * Called by the voice and by the connection's events. Settings that nobody changed are not sent:
 * then what was chosen in speech-dispatcher holds.
 */
#define G_LOG_DOMAIN "sidetouch-voice"
#include "daemon/voice/dispatcher.h"

#include <glib.h>
#include <string.h>

#include "common/voice_link.h"
#include "daemon/voice/ssip.h"

/* Words a minute of the rates -100, 0 and 100 of speech-dispatcher's espeak-ng module (its
 * espeak-ng.conf): the same speed as by ourselves, as long as that module speaks. */
#define RATE_SLOWEST 80
#define RATE_USUAL   170
#define RATE_FASTEST 390
#define REFUSED      300 /* SSIP's codes from here on */

enum order_kind {
	ORDER_HELLO,
	ORDER_READY, /* the last of them */
	ORDER_SET,   /* a refusal changes nothing */
	ORDER_SPEAK, /* a text follows */
	ORDER_TEXT,  /* answered with its number */
	ORDER_OPEN,  /* a block of texts that nobody gets between */
	ORDER_CLOSE,
	ORDER_CANCEL,
};

struct order {
	enum order_kind kind;
	char *line;
};

struct heard {
	uint32_t message;
	unsigned code;
};

struct dispatcher {
	const struct dispatcher_events *events;
	void *data;
	struct ssip *ssip;
	bool ready;
	bool warned;
	GQueue orders; /* of struct order */
	bool busy;     /* one was sent and is not answered */
	enum order_kind sent;
	bool in_block;
	/* What was told of how to speak; as settings that nobody changed at first. */
	struct synth_settings told;
	char language[SCRIPT_TAG_MAX];
	bool urgent;
	/* The utterance in hand. */
	bool saying;
	bool begun;
	GArray *messages; /* of uint32_t: its numbers */
	GArray *heard;    /* of struct heard: what became of messages */
};

static void
order_free(void *data)
{
	struct order *order = data;

	g_free(order->line);
	g_free(order);
}

static void
clear_orders(struct dispatcher *dispatcher)
{
	g_queue_clear_full(&dispatcher->orders, order_free);
}

static G_GNUC_PRINTF(3, 4) void add(struct dispatcher *dispatcher, enum order_kind kind,
				    const char *format, ...)
{
	struct order *order = g_new0(struct order, 1);
	va_list arguments;

	order->kind = kind;
	va_start(arguments, format);
	order->line = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	g_queue_push_tail(&dispatcher->orders, order);
}

static void
send_next(struct dispatcher *dispatcher)
{
	struct order *order;

	if (dispatcher->busy || !dispatcher->ssip)
		return;
	order = g_queue_pop_head(&dispatcher->orders);
	if (!order)
		return;
	dispatcher->busy = true;
	dispatcher->sent = order->kind;
	if (order->kind == ORDER_OPEN || order->kind == ORDER_CLOSE)
		dispatcher->in_block = order->kind == ORDER_OPEN;
	ssip_send(dispatcher->ssip, order->line);
	order_free(order);
}

/* --- from speech-dispatcher --- */

static bool
was_heard(const struct dispatcher *dispatcher, uint32_t message, unsigned code)
{
	for (guint i = 0; i < dispatcher->heard->len; i++) {
		const struct heard *heard = &g_array_index(dispatcher->heard, struct heard, i);

		if (heard->message == message && heard->code == code)
			return true;
	}
	return false;
}

/* What is known of the utterance in hand: an event may come before its message's number. */
static void
judge(struct dispatcher *dispatcher)
{
	guint over = 0;
	bool begun = false;
	bool canceled = false;

	for (guint i = 0; dispatcher->saying && i < dispatcher->messages->len; i++) {
		uint32_t message = g_array_index(dispatcher->messages, uint32_t, i);

		begun = begun || was_heard(dispatcher, message, SSIP_BEGIN);
		over += was_heard(dispatcher, message, SSIP_END);
		canceled = canceled || was_heard(dispatcher, message, SSIP_CANCELED);
	}
	if (begun && !dispatcher->begun) {
		dispatcher->begun = true;
		dispatcher->events->begun(dispatcher->data);
	}
	if (!dispatcher->saying || dispatcher->busy || dispatcher->orders.length > 0)
		return;
	if (canceled || (over > 0 && over == dispatcher->messages->len)) {
		dispatcher->saying = false;
		dispatcher->events->ended(dispatcher->data, !canceled);
	}
}

static void
on_answer(void *data, unsigned code, const char *value)
{
	struct dispatcher *dispatcher = data;
	enum order_kind sent = dispatcher->sent;
	uint32_t message = (uint32_t)g_ascii_strtoull(value, NULL, 10);

	dispatcher->busy = false;
	if (code >= REFUSED && sent != ORDER_SET) {
		ssip_break(dispatcher->ssip);
		return;
	}
	if (sent == ORDER_READY)
		dispatcher->ready = true;
	if (sent == ORDER_TEXT && dispatcher->saying)
		g_array_append_val(dispatcher->messages, message);
	send_next(dispatcher);
	judge(dispatcher);
}

static void
on_event(void *data, unsigned code, uint32_t message)
{
	struct dispatcher *dispatcher = data;
	struct heard heard = {message, code};

	if (!dispatcher->saying)
		return;
	g_array_append_val(dispatcher->heard, heard);
	judge(dispatcher);
}

static void
on_lost(void *data)
{
	struct dispatcher *dispatcher = data;
	bool was_saying = dispatcher->saying;

	dispatcher->ssip = ssip_unref(dispatcher->ssip);
	dispatcher->ready = false;
	dispatcher->busy = false;
	dispatcher->saying = false;
	clear_orders(dispatcher);
	if (!dispatcher->warned)
		g_warning("speech-dispatcher does not answer or refuses what is said; Sidetouch "
			  "speaks by itself meanwhile.");
	dispatcher->warned = true;
	if (was_saying)
		dispatcher->events->lost(dispatcher->data);
}

static const struct ssip_events ssip_events = {
    .answer = on_answer,
    .event = on_event,
    .lost = on_lost,
};

/* --- connecting --- */

static char *
socket_path(void)
{
	const char *address = g_getenv("SPEECHD_ADDRESS");
	const char *prefix = "unix_socket:";

	if (address && g_str_has_prefix(address, prefix))
		return g_strdup(address + strlen(prefix));
	return g_build_filename(g_get_user_runtime_dir(), "speech-dispatcher", "speechd.sock",
				NULL);
}

void
dispatcher_want(struct dispatcher *dispatcher)
{
	g_autofree char *path = NULL;
	int error;

	if (dispatcher->ssip)
		return;
	path = socket_path();
	error = ssip_new(path, &ssip_events, dispatcher, &dispatcher->ssip);
	if (error < 0) {
		if (!dispatcher->warned)
			g_warning("speech-dispatcher cannot be reached at %s (%s); Sidetouch "
				  "speaks by itself meanwhile.",
				  path, g_strerror(-error));
		dispatcher->warned = true;
		return;
	}
	dispatcher->warned = false;
	dispatcher->told = synth_default_settings;
	dispatcher->language[0] = '\0';
	dispatcher->urgent = false;
	dispatcher->in_block = false;
	/* user:program:part, for who looks at speech-dispatcher's clients. */
	add(dispatcher, ORDER_HELLO, "SET SELF CLIENT_NAME user:sidetouch:main");
	/* As Orca's speech, which it queues with. */
	add(dispatcher, ORDER_HELLO, "SET SELF PRIORITY message");
	add(dispatcher, ORDER_READY, "SET SELF NOTIFICATION ALL on");
	send_next(dispatcher);
}

/* --- saying --- */

static int
percent(int value, int usual, int least, int most)
{
	int range = value < usual ? usual - least : most - usual;

	return CLAMP((value - usual) * 100 / range, -100, 100);
}

static int
rate(uint32_t words_a_minute)
{
	return percent((int)words_a_minute, RATE_USUAL, RATE_SLOWEST, RATE_FASTEST);
}

static void
tell_settings(struct dispatcher *dispatcher, const struct synth_settings *settings)
{
	static const char *const punctuation[] = {"none", "some", "most", "all"};
	static const char *const capitals[] = {"none", "spell", "icon"};
	const struct synth_settings *told = &dispatcher->told;

	if (settings->rate_wpm != told->rate_wpm)
		add(dispatcher, ORDER_SET, "SET SELF RATE %d", rate(settings->rate_wpm));
	if (settings->pitch_percent != told->pitch_percent)
		add(dispatcher, ORDER_SET, "SET SELF PITCH %d",
		    percent((int)settings->pitch_percent, 50, 0, 99));
	if (settings->range_percent != told->range_percent)
		add(dispatcher, ORDER_SET, "SET SELF PITCH_RANGE %d",
		    percent((int)settings->range_percent, 50, 0, 99));
	/* 100 is as loud as it gets there. */
	if (settings->volume_percent != told->volume_percent)
		add(dispatcher, ORDER_SET, "SET SELF VOLUME %d",
		    MIN((int)settings->volume_percent, 100) * 2 - 100);
	if (settings->punctuation != told->punctuation)
		add(dispatcher, ORDER_SET, "SET SELF PUNCTUATION %s",
		    punctuation[settings->punctuation]);
	if (settings->capitals != told->capitals)
		add(dispatcher, ORDER_SET, "SET SELF CAP_LET_RECOGN %s",
		    capitals[settings->capitals]);
	dispatcher->told = *settings;
}

static void
tell_part(struct dispatcher *dispatcher, const struct plan_part *part)
{
	/* espeak-ng's own names: speech-dispatcher's "zh" is its broken Mandarin. */
	if (strcmp(dispatcher->language, part->voice) != 0)
		add(dispatcher, ORDER_SET, "SET SELF LANGUAGE %s", part->voice);
	g_strlcpy(dispatcher->language, part->voice, sizeof(dispatcher->language));
	if (part->spell) {
		add(dispatcher, ORDER_TEXT, "CHAR %s", part->text);
		return;
	}
	add(dispatcher, ORDER_SPEAK, "SPEAK");
	/* A line that begins with a dot gets another one; a single dot ends the text. */
	add(dispatcher, ORDER_TEXT, "%s%s\r\n.", part->text[0] == '.' ? "." : "", part->text);
}

bool
dispatcher_say(struct dispatcher *dispatcher, const struct plan *plan,
	       const struct synth_settings *settings, bool urgent)
{
	if (!dispatcher->ready) {
		dispatcher_want(dispatcher);
		return false;
	}
	dispatcher->saying = true;
	dispatcher->begun = false;
	g_array_set_size(dispatcher->messages, 0);
	g_array_set_size(dispatcher->heard, 0);
	tell_settings(dispatcher, settings);
	if (urgent != dispatcher->urgent)
		add(dispatcher, ORDER_SET, "SET SELF PRIORITY %s",
		    urgent ? "important" : "message");
	dispatcher->urgent = urgent;
	if (plan->count > 1)
		add(dispatcher, ORDER_OPEN, "BLOCK BEGIN");
	for (size_t i = 0; i < plan->count; i++)
		tell_part(dispatcher, &plan->parts[i]);
	if (plan->count > 1)
		add(dispatcher, ORDER_CLOSE, "BLOCK END");
	send_next(dispatcher);
	return true;
}

void
dispatcher_stop(struct dispatcher *dispatcher)
{
	/* What speech-dispatcher awaits it gets: anything else would be read as that. */
	bool text_is_due = dispatcher->busy && dispatcher->sent == ORDER_SPEAK;
	GList *next;

	if (!dispatcher->saying)
		return;
	dispatcher->saying = false;
	for (GList *link = dispatcher->orders.head; link; link = next) {
		struct order *order = link->data;

		next = link->next;
		if (order->kind == ORDER_SET || (order->kind == ORDER_TEXT && text_is_due)) {
			text_is_due = text_is_due && order->kind != ORDER_TEXT;
			continue;
		}
		g_queue_delete_link(&dispatcher->orders, link);
		order_free(order);
	}
	if (dispatcher->in_block)
		add(dispatcher, ORDER_CLOSE, "BLOCK END");
	add(dispatcher, ORDER_CANCEL, "CANCEL SELF");
	send_next(dispatcher);
}

void
dispatcher_ask(struct dispatcher *dispatcher)
{
	/* Any question will do; one whose answer is awaited has a limit already. */
	if (!dispatcher->ready || dispatcher->busy)
		return;
	add(dispatcher, ORDER_SET, "GET RATE");
	send_next(dispatcher);
}

struct dispatcher *
dispatcher_new(const struct dispatcher_events *events, void *data)
{
	struct dispatcher *dispatcher = g_new0(struct dispatcher, 1);

	dispatcher->events = events;
	dispatcher->data = data;
	g_queue_init(&dispatcher->orders);
	dispatcher->messages = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	dispatcher->heard = g_array_new(FALSE, FALSE, sizeof(struct heard));
	return dispatcher;
}

struct dispatcher *
dispatcher_free(struct dispatcher *dispatcher)
{
	if (!dispatcher)
		return NULL;
	ssip_unref(dispatcher->ssip);
	clear_orders(dispatcher);
	g_array_unref(dispatcher->messages);
	g_array_unref(dispatcher->heard);
	g_free(dispatcher);
	return NULL;
}
