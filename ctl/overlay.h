/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `sidetouchctl overlay template`: where the six buttons belong on a panel, in words and as a
 * drawing at its true size.
 * Called by ctl/main's table of subcommands.
 * Owns nothing between calls.
 */
#ifndef SIDETOUCH_CTL_OVERLAY_H
#define SIDETOUCH_CTL_OVERLAY_H

#include "ctl/template.h"

/* "68x136", "68.5x136.2"; false when text is no size of a panel in mm. */
bool overlay_size_from_str(const char *text, double *width_mm, double *height_mm);

/*
 * Write the drawing, in the format that the file's name ends in: .svg, .pdf or .scad. The file is
 * replaced in one step. False with a sentence that says what to do.
 */
bool overlay_template_write(const struct template_drawing *drawing, const char *path,
			    GError **error);

int ctl_overlay(int argc, char **argv);

#endif
