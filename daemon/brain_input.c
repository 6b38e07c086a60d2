/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Presses, chords and an ear's gestures, phase by phase, and which input they turn out to be.
 * Called by the daemon's loop and the scenario runner.
 * Owns nothing; its state is in struct brain.
 */
#include "daemon/brain_private.h"

static void
press_down(struct brain *brain, const struct brain_press *press)
{
	if (confirm_is_bounce(&brain->confirm, press->pad, press->down))
		return;
	/* Before the speech is stopped: its end must not open the window of what is disarmed. */
	if (confirm_down(&brain->confirm, press->pad, press->down)) {
		brain_disarmed(brain);
		brain->dropped = true;
	}
	brain->output.stop(brain->data);
}

static bool
is_held(const struct brain *brain, uint32_t press)
{
	return brain->has_hold && brain->last_hold == press;
}

static void
press_up(struct brain *brain, const struct brain_press *press)
{
	struct brain_occurrence it = {input_press(press->pad), press->press, press->down,
				      press->time, false};
	bool bounce = confirm_is_bounce(&brain->confirm, press->pad, press->down);

	if (brain->has_press && brain->last_up == press->press)
		return;
	brain->has_press = true;
	brain->last_up = press->press;
	confirm_lift(&brain->confirm, press->pad, press->time);
	if (!bounce && !is_held(brain, press->press))
		brain_complete(brain, &it);
}

/* A press that is confirmed by a hold: also a first one that is held is one, of nothing else. */
static bool
is_press_held(const struct brain *brain, enum pad pad)
{
	const struct profile_binding *press = profile_view_binding(&brain->view, input_press(pad));

	return confirm_wants_hold(&brain->confirm, pad) ||
	       (press && press->confirm == PROFILE_CONFIRM_HOLD &&
		!profile_view_binding(&brain->view, input_hold(pad)));
}

static void
press_hold(struct brain *brain, const struct brain_press *press)
{
	struct brain_occurrence it = {input_hold(press->pad), press->press, press->down,
				      press->time, true};

	if (is_press_held(brain, press->pad))
		it.input = input_press(press->pad);
	brain->has_hold = true;
	brain->last_hold = press->press;
	brain_complete(brain, &it);
}

static bool
is_chorded(const struct brain *brain, uint32_t press)
{
	return press != 0 && (brain->chorded[0] == press || brain->chorded[1] == press);
}

static bool
is_over(enum press_phase phase)
{
	return phase == PRESS_UP || phase == PRESS_CANCEL;
}

void
brain_press(struct brain *brain, const struct brain_press *press)
{
	brain->pads_down = is_over(press->phase) ? brain->pads_down & ~(1u << press->pad)
						 : brain->pads_down | 1u << press->pad;
	switch (press->phase) {
	case PRESS_DOWN:
		press_down(brain, press);
		return;
	case PRESS_UP:
		press_up(brain, press);
		return;
	case PRESS_HOLD:
		press_hold(brain, press);
		return;
	case PRESS_CANCEL:
		if (!is_chorded(brain, press->press))
			brain_cancel(brain, BRAIN_REASON_SLID);
		return;
	}
}

/* At the ear no pad counts; a pair of them is told nevertheless, for what leads out again. */
static bool
is_way_out(const struct brain *brain, struct input input)
{
	const struct profile_binding *binding = profile_view_binding(&brain->view, input);

	return binding && binding->command->type == COMMAND_EAR;
}

void
brain_chord(struct brain *brain, const struct brain_chord *chord)
{
	struct brain_occurrence it = {input_chord(chord->pads[0], chord->pads[1]), chord->chord,
				      chord->down, chord->time, false};

	brain->chord_down = !is_over(chord->phase);
	if (brain->at_ear && !is_way_out(brain, it.input))
		return;
	switch (chord->phase) {
	case PRESS_DOWN:
		brain->chorded[0] = chord->presses[0];
		brain->chorded[1] = chord->presses[1];
		return;
	case PRESS_UP:
		if (!is_held(brain, chord->chord))
			brain_complete(brain, &it);
		return;
	case PRESS_HOLD:
		brain->has_hold = true;
		brain->last_hold = chord->chord;
		brain_cancel(brain, BRAIN_REASON_NOTHING);
		it.held = true;
		brain_mode_chord_held(brain, &it);
		return;
	case PRESS_CANCEL:
		brain_cancel(brain, BRAIN_REASON_SLID);
		return;
	}
}

static void
ear_input(struct brain *brain, enum input_ear ear, struct usec time)
{
	struct brain_occurrence it = {input_ear(ear), brain->next_ear++, time, time, false};

	if (brain->next_ear == 0)
		brain->next_ear = BRAIN_EAR_FIRST;
	brain_complete(brain, &it);
}

/* A touch of the ear ends what is being said, as one of a pad does; before it is carried out, so
 * that `pause` knows whether there was anything to pause. */
static void
ear_touch(struct brain *brain, enum input_ear ear, struct usec time)
{
	brain->output.stop(brain->data);
	ear_input(brain, ear, time);
}

void
brain_ear(struct brain *brain, enum ear_kind kind, struct usec time)
{
	switch (kind) {
	case EAR_ENTER:
		brain->at_ear = true;
		brain_cancel(brain, BRAIN_REASON_EAR);
		return;
	case EAR_LEAVE:
		brain->at_ear = false;
		brain_cancel(brain, BRAIN_REASON_EAR_GONE);
		return;
	case EAR_TAP:
		ear_touch(brain, INPUT_EAR_TAP, time);
		return;
	case EAR_DOUBLE_TAP:
		ear_touch(brain, INPUT_EAR_DOUBLE_TAP, time);
		return;
	case EAR_SWIPE_UP:
		ear_touch(brain, INPUT_EAR_SWIPE_UP, time);
		return;
	case EAR_SWIPE_DOWN:
		ear_touch(brain, INPUT_EAR_SWIPE_DOWN, time);
		return;
	case EAR_SWIPE_LEFT:
		ear_touch(brain, INPUT_EAR_SWIPE_LEFT, time);
		return;
	case EAR_SWIPE_RIGHT:
		ear_touch(brain, INPUT_EAR_SWIPE_RIGHT, time);
		return;
	case EAR_HOLD:
		ear_touch(brain, INPUT_EAR_HOLD, time);
		return;
	case EAR_MOVE:
	case EAR_RELEASE:
		return;
	}
}

void
brain_rotate(struct brain *brain, bool clockwise, struct usec time)
{
	ear_input(brain, clockwise ? INPUT_EAR_ROTATE_CLOCKWISE : INPUT_EAR_ROTATE_BACK, time);
}
