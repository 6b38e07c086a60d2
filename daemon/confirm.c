/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The state machine of the confirmation; a press is judged by when its contact landed.
 * Called by daemon/brain only. Pure: times come in, answers go out.
 * Owns nothing: its state is the caller's.
 *
 *   state    | first input   | pad of armed  | armed input | another input,  | spoken   | time
 *            | is complete   | input lands   | is complete | or pad          |          |
 *   ---------+---------------+---------------+-------------+-----------------+----------+--------
 *   IDLE     | SPEAKING, say | -             | -           | -               | -        | -
 *   SPEAKING | -             | SECOND, until | as SECOND   | IDLE, then as a | WINDOW,  | IDLE at
 *            |               | total         |             | first one       | + window | total
 *   WINDOW   | -             | SECOND until  | as SECOND   | IDLE, then as a | -        | IDLE at
 *            |               | until         |             | first one       |          | until
 *   SECOND   | -             | -             | IDLE, run;  | IDLE, then as a | -        | waits
 *            |               |               | SPEAKING if | first one       |          |
 *            |               |               | too short   |                 |          |
 *
 * A landing less than 40 ms after the last lift of the same pad is a bounce in every state.
 * Until and total are waited for 100 ms longer, since a landing takes time to get here. An input
 * that is to be held the second time and was only pressed is too short: a first one once more.
 */
#include "daemon/confirm.h"

bool
confirm_is_bounce(const struct confirm *confirm, enum pad pad, struct usec down)
{
	return confirm->has_lifted && confirm->lifted_pad == pad &&
	       usec_since(down, confirm->lifted).us < usec_from_ms(CONFIRM_BOUNCE_MS).us;
}

bool
confirm_is_armed(const struct confirm *confirm)
{
	return confirm->state != CONFIRM_IDLE;
}

bool
confirm_is_waiting(const struct confirm *confirm)
{
	return confirm->state == CONFIRM_SPEAKING || confirm->state == CONFIRM_WINDOW;
}

bool
confirm_disarm(struct confirm *confirm)
{
	bool armed = confirm_is_armed(confirm);

	confirm->state = CONFIRM_IDLE;
	return armed;
}

/* Something landed; part: of what is armed. */
static bool
land(struct confirm *confirm, bool part, struct usec down)
{
	switch (confirm->state) {
	case CONFIRM_IDLE:
		return false;
	case CONFIRM_SPEAKING:
	case CONFIRM_WINDOW:
		if (!part || usec_before(confirm->until, down))
			return confirm_disarm(confirm);
		confirm->state = CONFIRM_SECOND;
		return false;
	case CONFIRM_SECOND:
		return !part && confirm_disarm(confirm);
	}
	return false;
}

bool
confirm_down(struct confirm *confirm, enum pad pad, struct usec down)
{
	return land(confirm, input_has_pad(confirm->input, pad), down);
}

void
confirm_lift(struct confirm *confirm, enum pad pad, struct usec up)
{
	confirm->has_lifted = true;
	confirm->lifted_pad = pad;
	confirm->lifted = up;
}

static enum confirm_answer
first_input(struct confirm *confirm, const struct confirm_input *it)
{
	if (it->how == PROFILE_CONFIRM_SINGLE) {
		confirm->state = CONFIRM_IDLE;
		return CONFIRM_RUN;
	}
	confirm->state = CONFIRM_SPEAKING;
	confirm->input = it->input;
	confirm->how = it->how;
	confirm->utterance = 0;
	confirm->total = usec_add(it->time, usec_from_ms(CONFIRM_TOTAL_MS));
	confirm->until = confirm->total;
	return CONFIRM_ANNOUNCE;
}

static bool
is_second(const struct confirm *confirm, const struct confirm_input *it)
{
	return input_equal(confirm->input, it->input) &&
	       (confirm->how != PROFILE_CONFIRM_HOLD || it->held);
}

enum confirm_answer
confirm_done(struct confirm *confirm, const struct confirm_input *it)
{
	/* The landing may have been told before the announcement was over: it is judged here too.
	 */
	for (int pad = 0; pad < PAD_COUNT; pad++) {
		if (input_has_pad(it->input, (enum pad)pad))
			confirm_down(confirm, (enum pad)pad, it->down);
	}
	/* An ear is on no pad, and its gestures have no landing of their own. */
	if (input_kind(it->input) == INPUT_EAR)
		land(confirm, input_equal(confirm->input, it->input), it->down);
	switch (confirm->state) {
	case CONFIRM_IDLE:
	case CONFIRM_SPEAKING:
	case CONFIRM_WINDOW:
		return first_input(confirm, it);
	case CONFIRM_SECOND:
		if (!is_second(confirm, it))
			return first_input(confirm, it);
		confirm->state = CONFIRM_IDLE;
		return CONFIRM_RUN;
	}
	return CONFIRM_ANNOUNCE;
}

bool
confirm_wants_hold(const struct confirm *confirm, enum pad pad)
{
	return confirm->state == CONFIRM_SECOND && confirm->how == PROFILE_CONFIRM_HOLD &&
	       input_equal(confirm->input, input_press(pad));
}

static void
open_window(struct confirm *confirm, struct usec time)
{
	struct usec window =
	    confirm->window.us != 0 ? confirm->window : usec_from_ms(CONFIRM_WINDOW_MS);

	confirm->until = usec_min(confirm->total, usec_add(time, window));
	confirm->state = CONFIRM_WINDOW;
}

void
confirm_goes_on(struct confirm *confirm, uint32_t utterance)
{
	switch (confirm->state) {
	case CONFIRM_IDLE:
	case CONFIRM_SECOND:
		return;
	case CONFIRM_SPEAKING:
	case CONFIRM_WINDOW:
		if (utterance == 0)
			return;
		confirm->state = CONFIRM_SPEAKING;
		confirm->until = confirm->total;
		confirm->utterance = utterance;
		return;
	}
}

void
confirm_announced(struct confirm *confirm, uint32_t utterance, struct usec time)
{
	confirm->utterance = utterance;
	/* Nothing to wait for: who knows the buttons by heart has the window from the press on. */
	if (utterance == 0 && confirm->state == CONFIRM_SPEAKING)
		open_window(confirm, time);
}

void
confirm_spoken(struct confirm *confirm, uint32_t utterance, struct usec time)
{
	if (utterance != 0 && confirm->state == CONFIRM_SPEAKING && confirm->utterance == utterance)
		open_window(confirm, time);
}

bool
confirm_deadline(const struct confirm *confirm, struct usec *deadline)
{
	switch (confirm->state) {
	case CONFIRM_IDLE:
	case CONFIRM_SECOND:
		return false;
	case CONFIRM_SPEAKING:
	case CONFIRM_WINDOW:
		*deadline = usec_add(confirm->until, usec_from_ms(CONFIRM_TRANSIT_MS));
		return true;
	}
	return false;
}

bool
confirm_tick(struct confirm *confirm, struct usec now)
{
	struct usec deadline;

	if (!confirm_deadline(confirm, &deadline) || usec_before(now, deadline))
		return false;
	return confirm_disarm(confirm);
}
