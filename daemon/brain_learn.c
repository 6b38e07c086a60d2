/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Learning what the buttons do: every input says what it would do in the app in front, and nothing
 * is done.
 * Called by daemon/brain and daemon/brain_input.
 * Owns nothing; its state is in struct brain.
 *
 *   mode  | left-top and right-bottom held | an input      | 30 s of silence
 *   ------+--------------------------------+---------------+----------------
 *   USUAL | LEARN, said                    | confirmation  | -
 *   LEARN | USUAL, said                    | is explained  | USUAL, said
 *
 * Silence begins where the last sentence ends, and a sentence is waited for BRAIN_LEARN_SPEECH_MS
 * at most: nothing tells its end when nothing can speak.
 */
#include "common/i18n.h"
#include "daemon/brain_private.h"

/* Who is not pressing any more has put the phone away (issue 7). */
#define BRAIN_LEARN_SILENCE_MS 30000
/* A label, its hint and the name of a button are 400 bytes at most: 30 s of slow speech. */
#define BRAIN_LEARN_SPEECH_MS 30000

void
brain_mode_say(struct brain *brain, uint32_t press, const char *text, struct usec time)
{
	brain->mode_utterance = brain->output.say(brain->data, press, text);
	brain->mode_until =
	    usec_add(time, usec_from_ms(BRAIN_LEARN_SILENCE_MS +
					(brain->mode_utterance != 0 ? BRAIN_LEARN_SPEECH_MS : 0)));
}

void
brain_mode_spoken(struct brain *brain, uint32_t utterance, struct usec time)
{
	if (brain->mode == BRAIN_MODE_USUAL || utterance == 0 || utterance != brain->mode_utterance)
		return;
	brain->mode_until = usec_add(time, usec_from_ms(BRAIN_LEARN_SILENCE_MS));
}

void
brain_learn(struct brain *brain, bool on, struct usec time)
{
	if (on == (brain->mode == BRAIN_MODE_LEARN))
		return;
	brain->mode = on ? BRAIN_MODE_LEARN : BRAIN_MODE_USUAL;
	/* Nothing that was pressed before counts, in either direction. */
	if (confirm_disarm(&brain->confirm))
		brain_disarmed(brain);
	brain->dropped = false;
	brain_mode_say(brain, 0,
		       on ? _("Learning. Press a button to hear what it does; nothing is done. To "
			      "leave, hold left top and right bottom together")
			  : _("Learning is over. The buttons work again"),
		       time);
}

void
brain_mode_tick(struct brain *brain, struct usec now)
{
	if (brain->mode != BRAIN_MODE_USUAL && !usec_before(now, brain->mode_until))
		brain_learn(brain, false, now);
}

enum brain_mode
brain_mode(const struct brain *brain)
{
	return brain->mode;
}

void
brain_learn_input(struct brain *brain, const struct brain_occurrence *it)
{
	const struct profile_binding *binding = profile_view_binding(&brain->view, it->input);
	enum profile_confirm how = binding ? brain_how(brain, binding) : PROFILE_CONFIRM_DOUBLE;
	g_autofree char *text = brain_words_lesson(it->input, binding, how);

	brain_mode_say(brain, it->press, text, it->time);
}

bool
brain_mode_chord_held(struct brain *brain, struct input chord, struct usec time)
{
	if (!input_equal(chord, input_chord(PAD_LEFT_TOP, PAD_RIGHT_BOTTOM)))
		return false;
	brain_learn(brain, brain->mode != BRAIN_MODE_LEARN, time);
	return true;
}
