/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The driver's own keyboard: types one key with its modifiers, whole, in one write, or holds one.
 * Used by driver/driver when the daemon asks for it; with it a seat that has no other keyboard has
 * one, without which GTK windows never become active under Wayland.
 * Owns the uinput device; no key but the one that is held is down between two calls.
 */
#ifndef SIDETOUCH_KEYBOARD_H
#define SIDETOUCH_KEYBOARD_H

#include <stdint.h>

#define KEYBOARD_PHYS "sidetouch/keyboard"

struct keyboard;

/* -ENOENT, -EACCES ...: /dev/uinput is missing or not permitted. */
int keyboard_new(struct keyboard **out);
struct keyboard *keyboard_free(struct keyboard *keyboard);

/*
 * Type a key (KEY_..., no button) with enum link_modifier bits held down. 0 or -errno; -EINVAL for
 * a key or modifier that there is not.
 */
int keyboard_type(struct keyboard *keyboard, uint32_t key, uint32_t modifiers);

/* The same, but hold it until keyboard_release() or another one is held. */
int keyboard_hold(struct keyboard *keyboard, uint32_t key, uint32_t modifiers);
/* Let go of the one that is held, if one is. */
int keyboard_release(struct keyboard *keyboard);

#endif
