/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Following something that the daemon leads through by speech: asked for with a method, told of by
 * signals to the caller, left with another method.
 * Called by `sidetouchctl calibrate` and `learn`.
 * Owns the loop and the subscription while it runs.
 */
#ifndef SIDETOUCH_CTL_FOLLOW_H
#define SIDETOUCH_CTL_FOLLOW_H

#include <gio/gio.h>
#include <stdbool.h>

struct follow {
	const char *command; /* "calibrate" */
	const char *method, *signal, *stop_method;
	const char
	    *format;      /* of the signal's arguments, the first the step and the last the text */
	const char *gone; /* what it means that the daemon has ended */
	const char *none; /* that none is under way */
	bool json;
	/* The object that --json prints, floating. */
	GVariant *(*object)(GVariant *arguments);
};

/* Until it is over; Ctrl+C leaves it. The exit code: 0 when its last step was "done". */
int follow_run(const struct follow *follow, GVariant *arguments);
/* Leave the one that is under way; the exit code. */
int follow_stop(const struct follow *follow);

#endif
