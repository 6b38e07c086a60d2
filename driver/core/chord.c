/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Chords of contacts and of keys: what is told of them, and which two slots are one.
 * Called by press.c and key_core.c when a press begins, and for the slots of a chord.
 * Owns nothing: the chords are the caller's.
 */
#include "driver/core/chord.h"

#include "driver/core/core_private.h"

static void
report(const struct core_output *output, void *data, const struct chord_state *state,
       enum press_phase phase, struct usec time)
{
	struct core_chord chord = {
	    .chord = state->number,
	    .pads = {state->halves[0].pad, state->halves[1].pad},
	    .presses = {state->halves[0].press, state->halves[1].press},
	    .phase = phase,
	    .down = state->down,
	    .time = usec_max(time, state->down), /* as in press.c */
	};

	if (output->chord)
		output->chord(data, &chord);
}

bool
chord_joins(struct usec first, struct usec down)
{
	return usec_since(down, first).us <= usec_from_ms(CHORD_MS).us;
}

unsigned
chord_form(struct chords *chords, const struct core_output *output, void *data, uint32_t number,
	   struct chord_half a, struct chord_half b, struct usec down)
{
	unsigned chord = 0;

	/* Each has two slots of its own, so one is free. */
	while (chords->states[chord].number != 0)
		chord++;
	chords->states[chord] = (struct chord_state){
	    .number = number,
	    .halves = {a.pad < b.pad ? a : b, a.pad < b.pad ? b : a},
	    .down = down,
	};
	report(output, data, &chords->states[chord], PRESS_DOWN, down);
	return chord;
}

struct usec
chord_hold_due(const struct chords *chords, unsigned chord)
{
	return usec_add(chords->states[chord].down, usec_from_ms(CORE_HOLD_MS));
}

bool
chord_is_held(const struct chords *chords, unsigned chord)
{
	return chords->states[chord].held;
}

void
chord_hold(struct chords *chords, const struct core_output *output, void *data, unsigned chord)
{
	chords->states[chord].held = true;
	report(output, data, &chords->states[chord], PRESS_HOLD, chord_hold_due(chords, chord));
}

unsigned
chord_end(struct chords *chords, const struct core_output *output, void *data, unsigned chord,
	  unsigned slot, enum press_phase phase, struct usec time)
{
	struct chord_state *state = &chords->states[chord];

	report(output, data, state, phase, time);
	state->number = 0;
	return state->halves[state->halves[0].slot == slot ? 1 : 0].slot;
}
