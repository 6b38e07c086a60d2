/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is to be said, in which order, and what of it is not said after all. Pure: times come in.
 * Called by daemon/speech, which has the voice say what is at the head.
 * Owns the utterances until they have ended, and the ends until they are taken.
 *
 * | priority     | when it is added                                                           |
 * | ------------ | -------------------------------------------------------------------------- |
 * | urgent       | ends whatever is being said; said next                                     |
 * | navigation   | ends navigation, said or waiting; a notification being said waits again    |
 * | change       | ends changes, said or waiting, unless it joins them; waits for navigation   |
 * | notification | waits for everything else, and ends unsaid after 45 s                      |
 */
#ifndef SIDETOUCH_SPEECH_QUEUE_H
#define SIDETOUCH_SPEECH_QUEUE_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "common/units.h"
#include "common/voice_link.h"

/* Design: what is older is no news. */
#define SPEECH_NOTIFICATION_MS 45000
/* Design: the same twice within it is an app's stutter, unless the user asked. */
#define SPEECH_SAME_MS 1000
/* After a touch, and after an answer to one, news wait as long as a second press may come
 * (CONFIRM_WINDOW_MS): they must not talk into it. */
#define SPEECH_QUIET_MS 1500

enum speech_priority {
	SPEECH_NOTIFICATION,
	SPEECH_CHANGE, /* what became of what the user is at */
	SPEECH_NAVIGATION,
	SPEECH_URGENT,
};
#define SPEECH_PRIORITIES 4

struct speech_request {
	const char *text; /* any bytes: it is cleaned */
	enum speech_priority priority;
	const char *language; /* of the text, BCP 47; NULL: not known */
	enum voice_earcon earcon;
	bool spell;
	bool asked;   /* by the user: said even when the same was said just before */
	bool content; /* an app's words, which a screen reader says as well */
	bool joins;   /* of a change: after the one before, not instead */
	bool secret;  /* not kept for repeating and the history */
};

struct speech_item {
	uint32_t id; /* the owner's */
	enum speech_priority priority;
	char *text; /* clean */
	char language[sizeof(((struct voice_say *)NULL)->language)];
	enum voice_earcon earcon;
	bool spell, asked, secret;
	struct usec until; /* a notification that was not begun by then ends */
	size_t from;       /* the piece that is being said begins here */
	unsigned deaths;   /* of voices, in its saying */
	bool started;      /* its owner was told */
};

struct speech_ending {
	uint32_t id;
	bool spoken;
	struct usec time;
};

struct speech_queue;

struct speech_queue *speech_queue_new(void);
struct speech_queue *speech_queue_free(struct speech_queue *queue);

/*
 * Add; the number, 0 when nothing is left of the text after cleaning. Whatever it interrupts is
 * not current any more: the caller compares speech_queue_current() before and after.
 */
uint32_t speech_queue_add(struct speech_queue *queue, const struct speech_request *request,
			  struct usec now);

/* Nothing is being said, and nothing waits. */
bool speech_queue_is_empty(const struct speech_queue *queue);
/* What is being said, NULL when nothing is. */
struct speech_item *speech_queue_current(const struct speech_queue *queue);
/* Take the next as the current one: NULL when there is none to be said now. */
struct speech_item *speech_queue_take(struct speech_queue *queue, struct usec now);
/* The current one has ended. */
void speech_queue_end(struct speech_queue *queue, bool spoken, struct usec now);
/* It could not be said and is to be said again from its start. */
void speech_queue_put_back(struct speech_queue *queue);

/*
 * A touch: what is being said and the navigation that waits ends; news wait for quiet. What was
 * being said is held until something else is said, in case the touch meant "pause".
 */
void speech_queue_touch(struct speech_queue *queue, struct usec now);
/* Whether something is held. */
bool speech_queue_holds(const struct speech_queue *queue);
/* It is current again, by a new number; NULL when nothing is held or something is being said. */
struct speech_item *speech_queue_resume(struct speech_queue *queue);
/* Nothing of it is said any more. */
void speech_queue_clear(struct speech_queue *queue, struct usec now);

/* News that are too old end. */
void speech_queue_expire(struct speech_queue *queue, struct usec now);
/*
 * When speech_queue_expire() is to be called though nothing happened, or, when there is somebody
 * who can speak, speech_queue_take(); false: never.
 */
bool speech_queue_deadline(const struct speech_queue *queue, bool can_speak, struct usec *deadline);

/* The next end that its owner has not been told; false when there is none. */
bool speech_queue_take_ending(struct speech_queue *queue, struct speech_ending *out);

#endif
