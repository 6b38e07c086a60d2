/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The confirmation: whether a press is a first one, to be announced, or the second one, that runs.
 * Called by daemon/brain only. Pure: times come in, answers go out.
 * Owns nothing but its few fields, which its caller embeds.
 */
#ifndef SIDETOUCH_CONFIRM_H
#define SIDETOUCH_CONFIRM_H

#include <stdbool.h>
#include <stdint.h>

#include "common/input.h"
#include "common/profile.h"
#include "common/units.h"

/* From the announcement's end to the second press, unless the user wants another (issue 7). */
#define CONFIRM_WINDOW_MS     1500
#define CONFIRM_WINDOW_MIN_MS 300
#define CONFIRM_WINDOW_MAX_MS 5000
/* From the first press to the second at most, however long the announcement is (design). */
#define CONFIRM_TOTAL_MS 5000
/* Lift to landing below this is one press whose contact bounced: the shortest gap of a deliberate
 * double tap measured is 58 ms, drop-outs of a contact begin at 21 ms (design). */
#define CONFIRM_BOUNCE_MS 40
/* A landing inside the window is waited for this long after it, the time in which a press is
 * promised to be answered (design). */
#define CONFIRM_TRANSIT_MS 100

enum confirm_state {
	CONFIRM_IDLE,
	CONFIRM_SPEAKING, /* armed, the announcement is being said */
	CONFIRM_WINDOW,   /* armed, it has been said */
	CONFIRM_SECOND,   /* armed, and what may be the second press is down */
};

enum confirm_answer {
	CONFIRM_ANNOUNCE, /* a first press: say the label; armed from now on */
	CONFIRM_RUN,      /* the second one, or the only one needed; no longer armed */
};

/* An input that is complete. */
struct confirm_input {
	struct input input;
	enum profile_confirm how; /* of its command */
	bool held;                /* it was held for long enough */
	struct usec down;         /* its (last) contact landed */
	struct usec time;         /* a press or a chord has lifted, a hold was held */
};

struct confirm {
	enum confirm_state state;
	struct usec window; /* how long the second press may be in coming; 0: CONFIRM_WINDOW_MS */
	struct input input; /* that is armed */
	enum profile_confirm how;
	struct usec until;  /* a second press that lands later is a first one */
	struct usec total;  /* `until` is never later */
	uint32_t utterance; /* the announcement; 0: nothing could say it */

	bool has_lifted; /* any pad, armed or not: for the bounce */
	enum pad lifted_pad;
	struct usec lifted;
};

/* Whether a contact that landed at down is the same press as the one that lifted before it. */
bool confirm_is_bounce(const struct confirm *confirm, enum pad pad, struct usec down);

/* A contact landed on a pad; true when that disarmed what the pad has no part in. Not for a bounce.
 */
bool confirm_down(struct confirm *confirm, enum pad pad, struct usec down);

/* An input is complete. */
enum confirm_answer confirm_done(struct confirm *confirm, const struct confirm_input *it);

/* Whether this pad is down for the second time and runs what is armed by being held. */
bool confirm_wants_hold(const struct confirm *confirm, enum pad pad);

/* A pad's contact lifted, whatever it was: for the bounce that may follow. After confirm_done(). */
void confirm_lift(struct confirm *confirm, enum pad pad, struct usec up);

/* The number of the announcement that CONFIRM_ANNOUNCE asked for; 0 when nothing can speak. */
void confirm_announced(struct confirm *confirm, uint32_t utterance, struct usec time);

/* The announcement goes on in another utterance, such as the name of what would be pressed. */
void confirm_goes_on(struct confirm *confirm, uint32_t utterance);

/* An utterance ended; of no interest unless it is the announcement. */
void confirm_spoken(struct confirm *confirm, uint32_t utterance, struct usec time);

/* True when something was armed. */
bool confirm_disarm(struct confirm *confirm);
bool confirm_is_armed(const struct confirm *confirm);
/* Armed, and what may be the second press is not down yet. */
bool confirm_is_waiting(const struct confirm *confirm);

/* When confirm_tick() is to be called; false when there is nothing to wait for. */
bool confirm_deadline(const struct confirm *confirm, struct usec *deadline);
/* True when the time has run out and what was armed is not any more. */
bool confirm_tick(struct confirm *confirm, struct usec now);

#endif
