/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The pads of a device with keys: what driver/core/core.h is for a panel, with the same output.
 * Fed by driver/flow and by tests; one struct key_core per device.
 * No I/O, no clock, no allocation after key_core_new().
 */
#ifndef SIDETOUCH_KEY_CORE_H
#define SIDETOUCH_KEY_CORE_H

#include "driver/core/core.h"

/* Bytes of a set of keys, a bit each, as EVIOCGKEY gives it. */
#define KEY_CORE_BYTES 96

struct key_core;

/*
 * keys: the code of each pad's key, 0: none. Starts with nobody listening and no key down. -EINVAL
 * for a key that there cannot be, -ENOMEM. output->touch() is a key that is no pad's.
 */
int key_core_new(const uint16_t keys[PAD_COUNT], const struct core_output *output, void *data,
		 struct key_core **out);
struct key_core *key_core_unref(struct key_core *core);

/*
 * One frame: the count events before a SYN_REPORT. A pad's key that goes down while a daemon
 * listens is withheld until it is up again, its repeats and its MSC_SCAN too; a frame that holds
 * nothing withheld goes to output->frame() as the same events.
 */
void key_core_frame(struct key_core *core, struct usec time, const struct core_event *events,
		    size_t count);

/*
 * After SYN_DROPPED: which keys are down now. Presses whose key is not are cancelled; keys that
 * went down unseen are shown to the clone, also a pad's: when it went down is unknown.
 */
void key_core_resync(struct key_core *core, struct usec time, const uint8_t down[KEY_CORE_BYTES]);

/* As for a panel. When listening ends, a key that is down is shown to the clone. */
bool key_core_next_deadline(const struct key_core *core, struct usec *deadline);
void key_core_tick(struct key_core *core, struct usec now);
void key_core_set_listening(struct key_core *core, bool listening, struct usec now);
/* Let every key up on the clone, before it goes away; presses are cancelled. */
void key_core_release(struct key_core *core, struct usec now);

#endif
