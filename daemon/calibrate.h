/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A calibration, as a conversation: which button to press, what is wrong with a press, when it is
 * over. Pure: samples, time and the driver's answers come in, sentences and requests go out.
 * Called by daemon/calibration; owns what was measured so far.
 */
#ifndef SIDETOUCH_CALIBRATE_H
#define SIDETOUCH_CALIBRATE_H

#include <stdbool.h>

#include "common/link.h"
#include "common/units.h"

/* What a sentence is about; names for D-Bus and --json. */
enum calibrate_step {
	CALIBRATE_ASK,     /* press this pad */
	CALIBRATE_COUNTED, /* a press was taken */
	CALIBRATE_REFUSED, /* it was not, or three were not; and press this pad */
	CALIBRATE_DONE,    /* kept and in force */
	CALIBRATE_LEFT,    /* on request or by doing nothing: nothing has changed */
	CALIBRATE_FAILED,  /* the driver could not: nothing has changed */
};

/* Called only from inside calibrate_...() calls. */
struct calibrate_output {
	/* To be said instead of what is being said; the utterance's number. presses: taken so far
	 * of this pad. After DONE, LEFT and FAILED it is over. */
	uint32_t (*tell)(void *data, enum calibrate_step step, enum pad pad, unsigned presses,
			 const char *text);
	/* Ask the driver for samples (again and again: it is to go on), or for no more. */
	void (*sample)(void *data, uint32_t panel, bool on);
	/* Ask the driver to keep this. */
	void (*keep)(void *data, struct link_calibration_set *film);
};

struct calibrate;

struct calibrate *calibrate_new(const struct calibrate_output *output, void *data);
struct calibrate *calibrate_free(struct calibrate *calibrate);

/* -EBUSY: one is under way. */
int calibrate_start(struct calibrate *calibrate, uint32_t panel, struct usec now);
bool calibrate_is_running(const struct calibrate *calibrate);
/* A word on the command line, or whoever asked for it has gone. */
void calibrate_stop(struct calibrate *calibrate, struct usec now);
/* It cannot go on: the driver or the panel went. text says so. */
void calibrate_fail(struct calibrate *calibrate, const char *text);

/* The driver's answers and samples, of any panel. */
void calibrate_answered(struct calibrate *calibrate, const struct link_calibration_done *done,
			struct usec now);
void calibrate_sampled(struct calibrate *calibrate, const struct link_sample *sample,
		       struct usec now);
/* An utterance has ended, ours or another. */
void calibrate_spoken(struct calibrate *calibrate, uint32_t utterance, struct usec now);

/* When calibrate_tick() is wanted; false when it is not. */
bool calibrate_next_deadline(const struct calibrate *calibrate, struct usec *deadline);
void calibrate_tick(struct calibrate *calibrate, struct usec now);

/* "ask", "counted", "refused", "done", "left", "failed"; never NULL. */
const char *calibrate_step_to_str(enum calibrate_step step);

#endif
