/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Learning what the buttons do: every input says what it would do in the app in front, and nothing
 * is done.
 * Called by daemon/brain and daemon/brain_mode.
 * Owns nothing; its state is in struct brain.
 *
 *   mode  | left-top and right-bottom held | an input      | 30 s of silence
 *   ------+--------------------------------+---------------+----------------
 *   USUAL | LEARN, said                    | confirmation  | -
 *   LEARN | USUAL, said                    | is explained  | USUAL, said
 */
#include "common/i18n.h"
#include "daemon/brain_private.h"

void
brain_learn(struct brain *brain, bool on, struct usec time)
{
	if (on == (brain->mode == BRAIN_MODE_LEARN))
		return;
	/* Another mode goes on by itself. */
	if (!on && brain->mode != BRAIN_MODE_LEARN)
		return;
	brain_mode_set(brain, on ? BRAIN_MODE_LEARN : BRAIN_MODE_USUAL);
	brain_mode_say(brain, 0,
		       on ? _("Learning. Press a button to hear what it does; nothing is done. To "
			      "leave, hold left top and right bottom together")
			  : _("Learning is over. The buttons work again"),
		       time);
}

void
brain_learn_input(struct brain *brain, const struct brain_occurrence *it)
{
	const struct profile_binding *binding = profile_view_binding(&brain->view, it->input);
	enum profile_confirm how = binding ? brain_how(brain, binding) : PROFILE_CONFIRM_DOUBLE;
	g_autofree char *text = brain_words_lesson(it->input, binding, how);

	brain_mode_say(brain, it->press, text, it->time);
}
