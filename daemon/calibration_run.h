/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A calibration between the bus that asks for it, the driver that measures and the voice that leads
 * through it.
 * Called by the daemon's main object, whose parts it borrows.
 * Owns the conversation (daemon/calibrate), its timer, and the watch on whoever asked.
 */
#ifndef SIDETOUCH_CALIBRATION_RUN_H
#define SIDETOUCH_CALIBRATION_RUN_H

#include "daemon/bus.h"
#include "daemon/driver_link.h"

/* Say it now, as daemon_say() does; the utterance's number. */
typedef uint32_t calibration_run_say_fn(void *data, uint32_t press, const char *text);

struct calibration_run;

struct calibration_run *calibration_run_new(struct driver_link *link, struct bus *bus,
					    calibration_run_say_fn *say, void *data);
struct calibration_run *calibration_run_free(struct calibration_run *run);

/*
 * Begin, for this bus name (NULL: for the user), with this panel; 0 is the only one. NULL, or why
 * not: a sentence that is the caller's.
 */
char *calibration_run_begin(struct calibration_run *run, const char *caller, uint32_t panel);
/* Leave it; false when none is under way. */
bool calibration_run_stop(struct calibration_run *run);

/* A message of the driver that may be one of a calibration's. */
void calibration_run_take(struct calibration_run *run, const struct packet_header *header);
/* The driver is there, or has gone. */
void calibration_run_link(struct calibration_run *run, bool up);
/* An utterance has ended. */
void calibration_run_spoken(struct calibration_run *run, uint32_t utterance);

#endif
