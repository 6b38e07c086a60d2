/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A film to be cut out or printed, at its true size: where its edge, its window and its pads are.
 * Made by ctl/overlay from a panel's size and the overlay that the driver has for it.
 * Plain values; what the three writers return is the caller's.
 */
#ifndef SIDETOUCH_CTL_TEMPLATE_H
#define SIDETOUCH_CTL_TEMPLATE_H

#include <glib.h>
#include <stdbool.h>

#include "driver/core/overlay.h"

/* A notch in the middle of the upper edge: as wide as two fingertips' ridges, so that no thumb
 * misses it, and 4 mm less of the glass than a status bar takes. */
#define TEMPLATE_NOTCH_MM 4.0
/* A bump dot from a shop is 8 to 10 mm wide. */
#define TEMPLATE_BUMP_MM 4.0
/* Paper around the cut line: home printers leave up to 6 mm white, and the words need the rest. */
#define TEMPLATE_MARGIN_MM 15.0
/* A line to be measured after printing; a ruler with raised marks has one each centimetre. */
#define TEMPLATE_RULER_MM 20.0

struct template_drawing {
	double width_mm; /* of the panel as mounted */
	double height_mm;
	struct overlay overlay;
};

struct template_box {
	double left, top, right, bottom; /* mm from the panel's top left corner */
};

/* What can be cut out of the film, between the pads of both sides; false: too narrow for it. */
bool template_window(const struct template_drawing *drawing, struct template_box *out);

/* A number of millimetres with at most three decimals, as every program reads it: "61.333". */
void template_append_mm(GString *out, double mm);

/* "left-top: 5 mm from the left edge, 60.667 mm from the top edge". */
void template_append_place(GString *out, const struct template_drawing *drawing, enum pad pad);

char *template_svg(const struct template_drawing *drawing);
/* A frame for a printer, in OpenSCAD's language. */
char *template_scad(const struct template_drawing *drawing);
/* On A4 where it fits. NULL with a sentence. */
GBytes *template_pdf(const struct template_drawing *drawing, GError **error);

#endif
