/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The driver as its own files see it: driver.c joins the parts, driver_find.c takes what udev
 * finds, driver_ear.c what is said of the ear.
 * Included by driver/driver*.c only; struct driver owns every part.
 */
#ifndef SIDETOUCH_DRIVER_PRIVATE_H
#define SIDETOUCH_DRIVER_PRIVATE_H

#include "driver/calibration_store.h"
#include "driver/calibrator.h"
#include "driver/discover.h"
#include "driver/driver.h"
#include "driver/ear_inputs.h"
#include "driver/keyboard.h"
#include "driver/link_server.h"
#include "driver/notices.h"
#include "driver/panel.h"
#include "driver/press_numbers.h"
#include "driver/resume.h"
#include "driver/session.h"
#include "driver/vibrator.h"
#include "driver/watch.h"

/* A panel, and what the link calls the presses that its core has numbered for itself. */
struct entry {
	struct driver *driver;
	struct panel *panel;
	struct press_numbers numbers;
};

struct driver {
	struct loop *loop;
	char *seat, *device;
	bool no_buzz;
	bool no_escape;
	struct vibrator *vibrator; /* NULL: none is wanted */
	struct device_rules *rules;
	struct link_server *link;
	struct notices *notices;
	struct watch *watch;
	struct session *session;
	struct resume *resume;
	struct discover *discover;
	struct keyboard *keyboard;
	struct calibration_store *store;
	struct calibrator *calibrator;
	GHashTable *entries; /* syspath -> struct entry */
	uint32_t last_panel;
	uint32_t last_press;
	struct ear_inputs *ear_inputs;
	enum ear_proximity proximity_told; /* by the daemon */
	enum ear_proximity proximity_seen; /* by a switch */
	enum ear_proximity proximity;      /* of both, what the panels know */
	bool ear_mode;                     /* the daemon's word */
	bool ear_learn;                    /* it wants to be told what touches are like */
};

extern const struct panel_events driver_panel_events;

/* --- driver_ear.c --- */

/* False: the message is none of the ear's. */
bool driver_ear_take(struct driver *driver, const struct packet_header *header);
void driver_ear_listening(struct driver *driver, bool listening);
/* These take a struct entry. */
void driver_ear_event(void *data, const struct ear_event *event);
void driver_ear_seen(void *data, const struct ear_seen *seen);
extern const struct ear_inputs_events driver_ear_events;

/* --- driver_find.c --- */

extern const struct discover_events driver_discover_events;
/* Unless there is one already. */
void driver_make_keyboard(struct driver *driver);
/* There is a vibrator, or none any more: the daemon is told. */
void driver_vibrator_changed(void *data);
/* Where there is a vibrator and it is wanted. */
void driver_buzz(struct driver *driver, enum link_buzz_kind kind);

#endif
