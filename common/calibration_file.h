/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where a film lies on a panel, as a file that people can read: six groups, one a pad, in mm.
 * Written and read by the driver after a calibration; a film that somebody measured by hand is the
 * same without [calibration]. Owns nothing: a calibration is a plain value.
 */
#ifndef SIDETOUCH_CALIBRATION_FILE_H
#define SIDETOUCH_CALIBRATION_FILE_H

#include <glib.h>
#include <stdbool.h>

#include "driver/core/overlay.h"

/* Of the format; a driver reads its own and says so of any other. */
#define CALIBRATION_FILE_VERSION 1

struct calibration {
	bool has_film;       /* false: the default film, which may have crept all the same */
	struct overlay film; /* in mm from the panel's top left corner as mounted */
	double major_scale;  /* true size of a contact / size the panel tells; 0: unknown */
	struct {
		struct mm_point
		    offset;       /* the mean of where presses landed, from the pad's centre */
		unsigned presses; /* how many presses it was learned from */
	} drift[PAD_COUNT];
};

/* Where each pad is in the file, to say what is wrong with it; 0: nowhere. */
struct calibration_lines {
	unsigned pad[PAD_COUNT];
};

/*
 * Read what calibration_file_print() wrote: "[calibration]" with Version= and MajorScale=, and
 * "[left-top]" and so on for all six pads with X=, Y= and Radius=, and with DriftX=, DriftY= and
 * Presses= where the film has crept. On failure an error in the G_FILE_ERROR domain: "FILE:LINE:
 * what is wrong" for its first mistake, or "FILE cannot be read: ..." (G_FILE_ERROR_NOENT: there is
 * none). lines may be NULL.
 */
bool calibration_file_read(const char *path, struct calibration *out,
			   struct calibration_lines *lines, GError **error);
/* The same from text in memory; name stands for the file in messages. */
bool calibration_file_parse(const char *name, const char *text, size_t size,
			    struct calibration *out, struct calibration_lines *lines,
			    GError **error);

/* The file's text; panel is for the people who read it, any text. */
char *calibration_file_print(const struct calibration *calibration, const char *panel);

#endif
