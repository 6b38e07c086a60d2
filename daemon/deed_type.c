/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Typing a text, a key after the other, by the driver's keyboard.
 * Called by daemon/deeds; each key is asked for when the one before was typed.
 * Owns nothing; what is typed is neither said nor told anybody.
 */
#include "daemon/deeds_private.h"

#include "common/keys.h"

void
deed_type_next(struct deed *deed)
{
	struct deeds *deeds = deed->deeds;
	uint32_t key, modifiers;
	uint32_t press = deed->press;

	/* All of them have a key: it was looked up when the command was parsed. */
	if (!keys_of_character(g_utf8_get_char(deed->letter), &key, &modifiers)) {
		deed->letter = NULL;
		deed_finish(deed, BRAIN_RESULT_DONE, NULL);
		return;
	}
	deed->letter = g_utf8_next_char(deed->letter);
	deeds->events.key(deeds->data, press, key, modifiers);
}

void
deed_type(struct deed *deed)
{
	if (deed->only_look) {
		deed_finish(deed, BRAIN_RESULT_DONE, NULL);
		return;
	}
	deed->letter = deed->command->value;
	deed_type_next(deed);
}
