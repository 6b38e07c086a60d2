/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The device's vibrator, through the kernel's force feedback: a short buzz, and a double one.
 * Used by driver/driver, which tells it of the devices that udev knows.
 * Owns the opened devices and the threads that open them: a device that is slow to take an effect
 * keeps no touch waiting.
 */
#ifndef SIDETOUCH_VIBRATOR_H
#define SIDETOUCH_VIBRATOR_H

#include <stdbool.h>

#include "common/link.h"

struct vibrator;

/* changed: there is one by now, or none any more; from the loop. */
struct vibrator *vibrator_new(void (*changed)(void *data), void *data);
struct vibrator *vibrator_free(struct vibrator *vibrator);

/* udev speaks of a device with force feedback (again), or of one that went. */
void vibrator_add(struct vibrator *vibrator, const char *syspath, const char *devnode);
void vibrator_remove(struct vibrator *vibrator, const char *syspath);

bool vibrator_is_there(const struct vibrator *vibrator);
/* One write() a device, and nothing without one: safe on the path of a frame. */
void vibrator_play(struct vibrator *vibrator, enum link_buzz_kind kind);

#endif
