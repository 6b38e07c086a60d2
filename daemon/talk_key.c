/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Holds a key down through the driver, and lets it go when whatever holds it ends.
 * Called by the daemon's main object.
 * Owns nothing beyond the struct its caller holds.
 */
#include "daemon/talk_key.h"

#include "daemon/brain.h"

static void
let_go(struct talk_key *talk_key)
{
	if (talk_key->down)
		driver_link_let_go(talk_key->link, talk_key->key, talk_key->modifiers);
	talk_key->down = false;
}

void
talk_key_run(struct talk_key *talk_key, uint32_t press, const struct command *command)
{
	let_go(talk_key);
	talk_key->down = true;
	talk_key->press = press;
	talk_key->key = command->key;
	talk_key->modifiers = command->modifiers;
	driver_link_hold_key(talk_key->link, press, command->key, command->modifiers);
}

void
talk_key_press_over(struct talk_key *talk_key, uint32_t press)
{
	if (talk_key->press == press)
		let_go(talk_key);
}

void
talk_key_ear(struct talk_key *talk_key, enum ear_kind kind)
{
	bool holds = kind == EAR_HOLD || kind == EAR_MOVE;

	if (brain_is_ears(talk_key->press) && !holds)
		let_go(talk_key);
}

void
talk_key_forget(struct talk_key *talk_key)
{
	talk_key->down = false;
}
