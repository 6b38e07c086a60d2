/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether what touches is an ear, and what the ear does: all contacts of a panel judged as one.
 * Called by driver/core/ear_owner.c with each frame; time is a parameter, nothing is allocated.
 * One struct of a fixed size, owned by the caller; results go through a callback.
 */
#ifndef SIDETOUCH_EAR_H
#define SIDETOUCH_EAR_H

#include <stdbool.h>

#include "common/ear.h"
#include "driver/core/ear_gesture.h"
#include "driver/core/ear_scale.h"
#include "driver/core/ear_touch.h"

/* ear.c has the table of what leads from one to the next. */
enum ear_state {
	EAR_STATE_IDLE,
	EAR_STATE_WATCHED,
	EAR_STATE_CANDIDATE,
	EAR_STATE_LEAVING,
	EAR_STATE_RESTING,
	EAR_STATE_DOUBTED,
	EAR_STATE_EXCUSED,
	EAR_STATE_TOUCHING,
};

/* Whose the contacts are. */
enum ear_verdict {
	EAR_VERDICT_PASS,     /* not the ear's; what was withheld is handed over, complete */
	EAR_VERDICT_WITHHOLD, /* in doubt; one that lifts meanwhile is handed over */
	EAR_VERDICT_SWALLOW,  /* in doubt; one that lifts meanwhile is shown to nobody */
	EAR_VERDICT_TAKE,     /* the ear's, also what was passed before */
};

struct ear {
	struct ear_output output;
	struct ear_scale scale;
	enum ear_proximity proximity;
	bool mode;      /* on by command */
	bool dismissed; /* off by command, until the situation changes */
	enum ear_state state;
	unsigned fingertips; /* touches in a row that were one, though the sensor said near */
	bool arriving;       /* on, but not touched since */
	struct usec rested;  /* when the ear last touched */
	struct ear_touch touch;
	struct ear_places places;
	struct ear_gesture gesture;
};

void ear_init(struct ear *ear, const struct ear_axes *axes, const struct ear_output *output);

/*
 * All contacts after a frame, of which the first EAR_PATCHES_MAX are looked at, and whose they are.
 * ear_tick() comes first when something was due. The verdict of a frame also holds for contacts
 * that lifted in it.
 */
enum ear_verdict ear_frame(struct ear *ear, struct usec time, const struct ear_patch *patches,
			   unsigned count);
/* Whose contacts are until the next frame. */
enum ear_verdict ear_get_verdict(const struct ear *ear);
/* Whether contacts matter at all at present; if not, ear_frame() need only be told how many. */
bool ear_is_attentive(const struct ear *ear);

bool ear_next_deadline(const struct ear *ear, struct usec *deadline);
void ear_tick(struct ear *ear, struct usec now);

void ear_set_proximity(struct ear *ear, enum ear_proximity proximity, struct usec now);
/*
 * By command: on, whatever touches and whatever the sensor says, until off by command, until the
 * sensor says that it was near and is far, or without a sensor until nothing touches any more.
 */
void ear_set_mode(struct ear *ear, bool on, struct usec now);
/*
 * Nobody listens (any more, or yet): off, and all that was said of proximity and mode forgotten.
 * What touches, if anything does, is not the ear's.
 */
void ear_stop(struct ear *ear, bool touched, struct usec now);
/* TOUCH_MAJOR was measured with the user's own finger: so many mm is one of its units. */
void ear_calibrate(struct ear *ear, double mm_per_unit);
bool ear_is_on(const struct ear *ear);

#endif
