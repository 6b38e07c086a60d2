/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A film's measures as a file: six groups, one a pad, each with X=, Y= and Radius= in millimetres.
 * Read by sidetouchctl replay, written by whoever measured a film.
 * Owns nothing; an overlay is a plain value.
 */
#ifndef SIDETOUCH_OVERLAY_FILE_H
#define SIDETOUCH_OVERLAY_FILE_H

#include <glib.h>
#include <stdbool.h>

#include "driver/core/overlay.h"

/*
 * Read a film's file: "[left-top]" and so on for all six pads, each with X=, Y= and Radius= in mm
 * from the panel's top left corner as mounted; # comments; a calibration serves too. False with
 * "FILE:LINE: what is wrong" in the G_FILE_ERROR domain.
 */
bool overlay_file_read(const char *path, struct overlay *out, GError **error);

#endif
