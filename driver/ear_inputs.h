/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the kernel itself tells of the ear: a switch that says whether something is in front of the
 * panel (SW_FRONT_PROXIMITY), and the key, or pair of keys, that the machine's owner has named.
 * Used by driver/driver, which tells it of devices as udev finds them.
 * Owns the devices; each is open only while a daemon listens, and of keys the kernel tells it none
 * but the named ones (EVIOCSMASK). Nothing is grabbed: the keys reach the system as ever.
 */
#ifndef SIDETOUCH_EAR_INPUTS_H
#define SIDETOUCH_EAR_INPUTS_H

#include <stdbool.h>
#include <stdint.h>

#include "common/ear.h"

#define EAR_KEYS_MAX 2

/* Which key it is; both 0: none was named. */
struct ear_keys {
	const char *device;           /* its name, * and ? as in overlays.d */
	uint16_t codes[EAR_KEYS_MAX]; /* the second 0: one key is enough */
};

struct ear_inputs_events {
	/* What the switches say; unknown when there is none, or nobody listens. */
	void (*proximity)(void *data, enum ear_proximity proximity);
	/* The key was pressed, or the second one of the two. */
	void (*key)(void *data, struct usec time);
};

struct ear_inputs;

struct ear_inputs *ear_inputs_new(const struct ear_keys *keys,
				  const struct ear_inputs_events *events, void *data);
struct ear_inputs *ear_inputs_free(struct ear_inputs *inputs);

/* A device is there, or has changed: one with such a switch, or one with keys and this name. */
void ear_inputs_add_switch(struct ear_inputs *inputs, const char *syspath, const char *devnode);
void ear_inputs_add_keys(struct ear_inputs *inputs, const char *syspath, const char *devnode,
			 const char *name);
/* It was unplugged; it may be none of ours. */
void ear_inputs_remove(struct ear_inputs *inputs, const char *syspath);

void ear_inputs_set_listening(struct ear_inputs *inputs, bool listening);

#endif
