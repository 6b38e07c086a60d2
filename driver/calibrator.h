/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The driver's half of a calibration: samples of one panel for the daemon, and what it measured
 * into the store and into force.
 * Called by driver/driver for messages, samples and a daemon that goes.
 * Owns which panel is sampled, the time it may last, and the places that are being kept.
 */
#ifndef SIDETOUCH_CALIBRATOR_H
#define SIDETOUCH_CALIBRATOR_H

#include "driver/calibration_store.h"
#include "driver/link_server.h"
#include "driver/notices.h"
#include "driver/panel.h"

struct calibrator;

/* The panel of this number, or NULL. */
typedef struct panel *calibrator_find_fn(void *data, uint32_t number);

/* Link, notices and store outlive it. */
struct calibrator *calibrator_new(struct link_server *link, struct notices *notices,
				  struct calibration_store *store, calibrator_find_fn *find,
				  void *data);
/* What is being kept still is. Returns NULL. */
struct calibrator *calibrator_free(struct calibrator *calibrator);

/* A message of the daemon; false when it is none of a calibration's. */
bool calibrator_take(struct calibrator *calibrator, const struct packet_header *message);
void calibrator_sample(struct calibrator *calibrator, struct panel *panel,
		       const struct core_sample *sample);
/* A panel is in another state: what is wrong with its film's file. */
void calibrator_look(struct calibrator *calibrator, const struct panel *panel);
/* A press has ended: whether the film has crept too far by it. */
void calibrator_pressed(struct calibrator *calibrator, const struct panel *panel);
/* A contact is over: whether it was for a button whose place nobody has measured. */
void calibrator_contact(struct calibrator *calibrator, const struct panel *panel,
			const struct core_became *became);
/* With nobody listening, every touch passes again. */
void calibrator_listening(struct calibrator *calibrator, bool listening);

#endif
