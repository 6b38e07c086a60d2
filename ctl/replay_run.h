/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A recording's frames through a core, and what comes out as JSON lines and as another recording.
 * Called by ctl/replay.c, which deals with files and options.
 * Owns nothing; both results are the caller's.
 */
#ifndef SIDETOUCH_CTL_REPLAY_RUN_H
#define SIDETOUCH_CTL_REPLAY_RUN_H

#include <glib.h>
#include <stdio.h>

#include "common/ear.h"
#include "common/evemu.h"
#include "ctl/replay_picture.h"
#include "driver/core/overlay.h"

/* The recorded panel's size in mm; false when it does not say. */
bool replay_panel_size(const struct evemu_device *device, double *width_mm, double *height_mm);

/*
 * Play the recording, the proximity sensor saying the same throughout. overlay may be NULL: no
 * pads. JSON lines are appended to lines; the clone's description and events go to clone, and what
 * touched to picture; both may be NULL. -errno when the clone's cannot be written.
 */
int replay_run(const struct evemu_recording *recording, const struct overlay *overlay,
	       enum ear_proximity proximity, GString *lines, FILE *clone,
	       struct replay_picture *picture);

#endif
