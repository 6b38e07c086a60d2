/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A picture of a recording: the pads, the way of each contact, and what each became, in words
 * beside it and in the form of its line, never by colour alone.
 * Filled by ctl/replay_run while it plays.
 * Owns the ways.
 */
#ifndef SIDETOUCH_CTL_REPLAY_PICTURE_H
#define SIDETOUCH_CTL_REPLAY_PICTURE_H

#include "driver/core/core.h"

struct replay_picture;

struct replay_picture *replay_picture_new(void);
struct replay_picture *replay_picture_free(struct replay_picture *picture);

/* Before the first frame. overlay may be NULL: no pads. Both are copied. */
void replay_picture_begin(struct replay_picture *picture, const struct core_panel *panel,
			  const struct overlay *overlay);
/* Before the core is given it: a frame in slots. */
void replay_picture_frame(struct replay_picture *picture, struct usec time,
			  const struct core_event *events, size_t count);
/* What became of a contact, as the core tells it. */
void replay_picture_became(struct replay_picture *picture, const struct core_became *became);
/* What an ear did, which is none of a single contact. */
void replay_picture_ear(struct replay_picture *picture, const struct ear_event *event);

/* The picture as SVG, one unit a millimetre; name is the device's, any bytes. */
char *replay_picture_svg(const struct replay_picture *picture, const char *name);

#endif
