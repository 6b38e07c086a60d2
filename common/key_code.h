/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The kernel's names of keys and buttons, as the machine's owner writes them in files: KEY_F13,
 * F13, f13, BTN_0, or the number that evtest prints.
 * Called by the readers of overlays and of the driver's settings.
 * Owns nothing.
 */
#ifndef SIDETOUCH_KEY_CODE_H
#define SIDETOUCH_KEY_CODE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/group_file.h"

/* False, and reported, for what is no key. */
bool key_code_take(struct group_file *file, const char *value, uint16_t *out);

#endif
