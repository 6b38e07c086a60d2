/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the modes of the brain share: which one is on, how it begins and ends, and the silence after
 * which it ends by itself.
 * Called by daemon/brain, daemon/brain_input and the files of the modes.
 * Owns nothing; its state is in struct brain.
 *
 * Silence begins where the last sentence ends, and a sentence is waited for BRAIN_MODE_SPEECH_MS
 * at most: nothing tells its end when nothing can speak.
 */
#include "daemon/brain_private.h"

/* Who is not pressing any more has put the phone away (issue 7). */
#define BRAIN_MODE_SILENCE_MS 30000
/* A label, its hint and the name of a button are 400 bytes at most: 30 s of slow speech. */
#define BRAIN_MODE_SPEECH_MS 30000

void
brain_mode_say(struct brain *brain, uint32_t press, const char *text, struct usec time)
{
	brain->mode_utterance = brain->output.say(brain->data, press, text);
	brain->mode_until =
	    usec_add(time, usec_from_ms(BRAIN_MODE_SILENCE_MS +
					(brain->mode_utterance != 0 ? BRAIN_MODE_SPEECH_MS : 0)));
}

void
brain_mode_wait(struct brain *brain, struct usec time)
{
	brain->mode_utterance = 0;
	brain->mode_until = usec_add(time, usec_from_ms(BRAIN_MODE_SILENCE_MS));
}

void
brain_mode_spoken(struct brain *brain, uint32_t utterance, struct usec time)
{
	if (brain->mode == BRAIN_MODE_USUAL || utterance == 0 || utterance != brain->mode_utterance)
		return;
	brain->mode_until = usec_add(time, usec_from_ms(BRAIN_MODE_SILENCE_MS));
}

void
brain_mode_set(struct brain *brain, enum brain_mode mode)
{
	brain->mode = mode;
	/* Nothing that was pressed before counts, in either direction. */
	if (confirm_disarm(&brain->confirm))
		brain_disarmed(brain);
	brain->dropped = false;
}

enum brain_mode
brain_mode(const struct brain *brain)
{
	return brain->mode;
}

void
brain_mode_tick(struct brain *brain, struct usec now)
{
	if (brain->mode == BRAIN_MODE_USUAL || usec_before(now, brain->mode_until))
		return;
	switch (brain->mode) {
	case BRAIN_MODE_USUAL:
		return;
	case BRAIN_MODE_LEARN:
		brain_learn(brain, false, now);
		return;
	case BRAIN_MODE_ASSIGN:
		brain_assign_silence(brain, now);
		return;
	case BRAIN_MODE_TUTORIAL:
		brain_tutorial_silence(brain, now);
		return;
	}
}

bool
brain_mode_input(struct brain *brain, const struct brain_occurrence *it)
{
	switch (brain->mode) {
	case BRAIN_MODE_USUAL:
		return brain_tutorial_offered(brain, it);
	case BRAIN_MODE_LEARN:
		brain_learn_input(brain, it);
		return true;
	case BRAIN_MODE_ASSIGN:
		brain_assign_input(brain, it);
		return true;
	case BRAIN_MODE_TUTORIAL:
		brain_tutorial_input(brain, it);
		return true;
	}
	return false;
}

void
brain_mode_chord_held(struct brain *brain, const struct brain_occurrence *it)
{
	if (brain->mode == BRAIN_MODE_TUTORIAL)
		brain_tutorial_input(brain, it);
	else if (brain_assign_held(brain, it))
		return;
	else if (input_equal(it->input, input_chord(PAD_LEFT_TOP, PAD_RIGHT_BOTTOM)))
		brain_learn(brain, brain->mode != BRAIN_MODE_LEARN, it->time);
}
