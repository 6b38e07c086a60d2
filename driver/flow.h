/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The path of a touch while a panel is grabbed: one read, the core, one write to the clone.
 * Made by driver/panel when it has taken a panel, freed before the clone goes.
 * Owns the core, the reader and the slots' state; the device and the clone are the panel's.
 */
#ifndef SIDETOUCH_FLOW_H
#define SIDETOUCH_FLOW_H

#include <stdbool.h>

#include "driver/clone.h"
#include "driver/core/core.h"
#include "driver/film.h"
#include "driver/panel_device.h"
#include "driver/probe.h"

struct flow;

struct flow_output {
	void (*press)(void *data, const struct core_press *press);
	void (*touch)(void *data, struct usec time);
	void (*chord)(void *data, const struct core_chord *chord);
	void (*notice)(void *data, enum core_notice notice);
	void (*ear)(void *data, const struct ear_event *event);
	void (*ear_seen)(void *data, const struct ear_seen *seen);
	/* While flow_set_sampling() is on, in the kernel's axes. */
	void (*sample)(void *data, const struct core_sample *sample);
	/* These two may be NULL. What a touchscreen sends, SYN events too, before anything is
	 * decided of it; and what became of a contact that is over. */
	void (*raw)(void *data, struct usec time, const struct core_event *events, size_t count);
	void (*contact)(void *data, const struct core_became *became);
};

/* Start with a grabbed panel that nothing touches; the film stays the caller's. 0 or -errno. */
int flow_new(const struct panel_device *device, struct clone *clone, const struct probe *probe,
	     struct film *film, const struct flow_output *output, void *data, struct flow **out);
/* The same for a device with keys: the code of each pad's, 0: none. */
int flow_new_keys(const struct panel_device *device, struct clone *clone,
		  const uint16_t keys[PAD_COUNT], const struct flow_output *output, void *data,
		  struct flow **out);
/* Lift what is down on the clone; presses under way are cancelled. Returns NULL. */
struct flow *flow_free(struct flow *flow);

/* False: its size is unknown or too small, so that everything passes. */
bool flow_has_pads(const struct flow *flow);
void flow_set_listening(struct flow *flow, bool listening);
/* Whether five fingers that lie still make everything pass for a minute. */
void flow_set_escape(struct flow *flow, bool allowed);

/* Forgotten when nobody listens any more. */
void flow_set_proximity(struct flow *flow, enum ear_proximity proximity);
void flow_set_ear_mode(struct flow *flow, bool on);

/* Contacts that land go to output.sample and nowhere else, or are judged as ever. Not for keys. */
void flow_set_sampling(struct flow *flow, bool sampling);
/* The film was calibrated anew: its pads are in force as soon as no press is under way. */
void flow_take_film(struct flow *flow);
/* Tell output.raw() what the panel's slots hold, as if it had been sent. */
void flow_tell_state(struct flow *flow);

/* Pass on all that can be read. 0 or -errno: -ENODEV it was unplugged; else the clone
 * cannot be written. */
int flow_read(struct flow *flow);
/* Do what is due, if it is. */
int flow_tick(struct flow *flow);
/* When flow_tick() is wanted; false when nothing is due. */
bool flow_next_deadline(const struct flow *flow, struct usec *deadline);

#endif
