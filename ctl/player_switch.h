/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A simulated proximity switch: a uinput device with SW_FRONT_PROXIMITY, which sidetouch-driver
 * watches like one of a real phone. Used by the player's back end on a real kernel.
 * Owns the device.
 */
#ifndef SIDETOUCH_PLAYER_SWITCH_H
#define SIDETOUCH_PLAYER_SWITCH_H

#include <stdbool.h>

struct player_switch;

/* Plug it in; it says far. -errno when /dev/uinput cannot be used. */
int player_switch_new(struct player_switch **out);
/* Unplug it. */
struct player_switch *player_switch_free(struct player_switch *proximity);

/* Whether sidetouch-driver has it open, and so knows what it says; needs the right to look. */
bool player_switch_is_watched(const struct player_switch *proximity);
/* What it says from now on. -errno. */
int player_switch_set(struct player_switch *proximity, bool near);

#endif
