/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The talk button: a key that is down as long as an ear, or a thumb on a pad, is held.
 * The daemon's main object tells it when what was held has ended; the driver lets the key go by
 * itself when the daemon dies.
 * Owns which key is down.
 */
#ifndef SIDETOUCH_TALK_KEY_H
#define SIDETOUCH_TALK_KEY_H

#include "common/command.h"
#include "common/ear.h"
#include "daemon/driver_link.h"

struct talk_key {
	struct driver_link *link; /* lent */
	bool down;
	uint32_t press; /* what holds it */
	uint32_t key, modifiers;
};

/* A command `hold-key` runs for this press, which may be the ear's; answered by typed(). */
void talk_key_run(struct talk_key *talk_key, uint32_t press, const struct command *command);
/* A press or chord is over, lifted or cancelled. */
void talk_key_press_over(struct talk_key *talk_key, uint32_t press);
/* After the ear did this: only while it holds is the key down. */
void talk_key_ear(struct talk_key *talk_key, enum ear_kind kind);
/* The driver has gone, and with it the key. */
void talk_key_forget(struct talk_key *talk_key);

#endif
