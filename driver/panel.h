/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One touchscreen from plugging in to unplugging: taken when nothing touches it, its frames through
 * a core to its clone, given back on any trouble.
 * Made by driver/driver for each touchscreen that discover tells of.
 * Owns the opened panel, its clone, its core and the source that reads it.
 */
#ifndef SIDETOUCH_PANEL_H
#define SIDETOUCH_PANEL_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "common/link.h"
#include "driver/core/core.h"
#include "driver/film.h"
#include "driver/flow.h"

struct loop;
struct panel;

struct panel_events {
	/* Its state is another one; panel_describe() says which. Not called by panel_free(). */
	void (*changed)(void *data, struct panel *panel);
	struct flow_output flow;
};

struct panel_config {
	struct loop *loop;
	uint32_t number;     /* what the link calls it */
	const char *syspath; /* what udev calls it */
	const char *devnode;
	const char *seat;                  /* panels of another seat are left alone */
	const struct device_rules *rules;  /* what files say of it; outlives the panel */
	const struct device_overlay *keys; /* it is no touchscreen but has these; else NULL */
	bool listening;                    /* whether a daemon listens now */
	bool no_escape;                    /* five fingers that lie still mean nothing */
	enum ear_proximity proximity;      /* what the daemon has said of the ear */
	bool ear_mode;
	struct calibration_store *store; /* outlives the panel */
};

/* It is looked at by the first panel_retry(), so that its maker knows it when it speaks. */
struct panel *panel_new(const struct panel_config *config, const struct panel_events *events,
			void *data);
/* Lift what is down on the clone, unplug it, give the panel back. Returns NULL. */
struct panel *panel_free(struct panel *panel);

/* Try to use it, unless it is in use: after panel_new(), and when udev says that its node or
 * /dev/uinput changed. */
void panel_retry(struct panel *panel);
/* The machine has slept: lift what is down on the clone, open the panel anew, keep the clone. */
void panel_reopen(struct panel *panel);
/* udev said that the clone's node is there for everybody: the panel may be taken. */
void panel_clone_announced(struct panel *panel);
void panel_set_listening(struct panel *panel, bool listening);
/* What a daemon says of the ear holds while it listens, also for a panel that is not in use yet. */
void panel_set_proximity(struct panel *panel, enum ear_proximity proximity);
void panel_set_ear_mode(struct panel *panel, bool on);

/* The film on it, or NULL while it is not taken: do not keep it. Over a sleep it stays, although
 * nothing passes until nothing touches the panel. */
struct film *panel_get_film(const struct panel *panel);
/* The path of its touches; NULL while it is not grabbed, and so while there may be a film. */
struct flow *panel_get_flow(const struct panel *panel);

uint32_t panel_get_number(const struct panel *panel);
/* A touchscreen that is in use; keys are nobody's to record. */
bool panel_can_be_recorded(const struct panel *panel);
/* Its evemu description, to be freed. 0 or -errno. */
int panel_write_description(const struct panel *panel, char **text, size_t *size);
/* Have its events.flow.raw() told what it holds now, as if it had been sent. */
void panel_tell_state(struct panel *panel);
/* "event5": what its clone's phys ends with. */
const char *panel_get_sysname(const struct panel *panel);
/* False: nothing to tell the daemon (of another seat, no touchscreen, not permitted yet). */
bool panel_describe(const struct panel *panel, struct link_panel *out);

#endif
