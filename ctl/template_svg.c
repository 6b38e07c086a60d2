/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A film as SVG: text that a browser, a cutter and a screen reader understand, one unit a mm.
 * Called by ctl/overlay.
 * Owns nothing.
 */
#include "ctl/template.h"

#define WORDS_MM 3.0 /* a letter's height: as large as fits between two pads */

static void
append_attribute(GString *out, const char *name, double mm)
{
	g_string_append_printf(out, " %s=\"", name);
	template_append_mm(out, mm);
	g_string_append_c(out, '"');
}

static void
append_size(GString *out, const char *name, double mm)
{
	g_string_append_printf(out, " %s=\"", name);
	template_append_mm(out, mm);
	g_string_append(out, "mm\"");
}

static void
append_numbers(GString *out, const char *command, const double *numbers, size_t count)
{
	g_string_append(out, command);
	for (size_t i = 0; i < count; i++) {
		g_string_append_c(out, ' ');
		template_append_mm(out, numbers[i]);
	}
	g_string_append_c(out, ' ');
}

/* The panel's edge with the notch, which goes into the film. */
static void
append_edge(GString *out, const struct template_drawing *drawing)
{
	double middle = drawing->width_mm / 2, r = TEMPLATE_NOTCH_MM;

	g_string_append(out, "<path id=\"cut\" d=\"");
	append_numbers(out, "M", (double[]){0, 0}, 2);
	append_numbers(out, "H", (double[]){middle - r}, 1);
	append_numbers(out, "A", (double[]){r, r, 0, 0, 0, middle + r, 0}, 7);
	append_numbers(out, "H", &drawing->width_mm, 1);
	append_numbers(out, "V", &drawing->height_mm, 1);
	g_string_append(out, "H 0 Z\"><title>Cut here. The notch is at the top.</title></path>\n");
}

static void
append_window(GString *out, const struct template_drawing *drawing)
{
	struct template_box box;

	if (!template_window(drawing, &box))
		return;
	g_string_append(out, "<rect id=\"window\" stroke-dasharray=\"4 2\"");
	append_attribute(out, "x", box.left);
	append_attribute(out, "y", box.top);
	append_attribute(out, "width", box.right - box.left);
	append_attribute(out, "height", box.bottom - box.top);
	g_string_append(out, "><title>Cut here too when the film cannot be seen and touched "
			     "through.</title></rect>\n");
}

static void
append_circle(GString *out, const char *kind, struct mm_point centre, double radius)
{
	g_string_append_printf(out, "<circle class=\"%s\"", kind);
	append_attribute(out, "cx", centre.x);
	append_attribute(out, "cy", centre.y);
	append_attribute(out, "r", radius);
	g_string_append(out, "/>\n");
}

static void
append_pad(GString *out, const struct template_drawing *drawing, enum pad pad)
{
	struct mm_point centre = drawing->overlay.pads[pad].centre;
	double radius = drawing->overlay.pads[pad].radius_mm;
	bool left = centre.x <= drawing->width_mm / 2;

	g_string_append_printf(out, "<g id=\"%s\">\n<title>", pad_to_str(pad));
	template_append_place(out, drawing, pad);
	g_string_append(out, "</title>\n");
	append_circle(out, "pad", centre, radius);
	append_circle(out, "bump", centre, TEMPLATE_BUMP_MM);
	g_string_append(out, "<path d=\"");
	append_numbers(out, "M", (double[]){centre.x - 1, centre.y}, 2);
	append_numbers(out, "h 2 M", (double[]){centre.x, centre.y - 1}, 2);
	g_string_append(out, "v 2\"/>\n<text");
	append_attribute(out, "x", left ? centre.x + radius + 1 : centre.x - radius - 1);
	append_attribute(out, "y", centre.y + WORDS_MM / 3);
	g_string_append_printf(out, " text-anchor=\"%s\">%s</text>\n</g>\n", left ? "start" : "end",
			       pad_to_str(pad));
}

static void
append_ruler(GString *out, const struct template_drawing *drawing)
{
	double y = drawing->height_mm + TEMPLATE_MARGIN_MM / 2;

	g_string_append(out, "<g id=\"ruler\">\n<path d=\"");
	append_numbers(out, "M", (double[]){0, y}, 2);
	append_numbers(out, "h", (double[]){TEMPLATE_RULER_MM}, 1);
	g_string_append(out, "\"/>\n<text");
	append_attribute(out, "x", 0);
	append_attribute(out, "y", y + WORDS_MM + 1);
	g_string_append(out, ">");
	template_append_mm(out, TEMPLATE_RULER_MM);
	g_string_append(out, " mm: measure this line</text>\n</g>\n");
}

char *
template_svg(const struct template_drawing *drawing)
{
	GString *out = g_string_new("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
				    "<svg xmlns=\"http://www.w3.org/2000/svg\"");
	double width = drawing->width_mm + 2 * TEMPLATE_MARGIN_MM;
	double height = drawing->height_mm + 2 * TEMPLATE_MARGIN_MM;

	append_size(out, "width", width);
	append_size(out, "height", height);
	append_numbers(out, " viewBox=\"",
		       (double[]){-TEMPLATE_MARGIN_MM, -TEMPLATE_MARGIN_MM, width, height}, 4);
	g_string_append(out, "\">\n<title>Sidetouch film for a touchscreen of ");
	template_append_mm(out, drawing->width_mm);
	g_string_append(out, " by ");
	template_append_mm(out, drawing->height_mm);
	g_string_append_printf(
	    out,
	    " mm</title>\n<desc>Print it at 100 percent, never fitted to the page. Cut along the "
	    "outer line; the notch is at the top. A bump belongs on each of the six inner circles; "
	    "a press counts within the outer one.</desc>\n"
	    "<style>path, rect, circle { fill: none; stroke: black; stroke-width: 0.25 } "
	    ".pad { stroke-dasharray: 1 1 } text { font: %gpx sans-serif }</style>\n",
	    WORDS_MM);
	append_edge(out, drawing);
	append_window(out, drawing);
	for (unsigned pad = 0; pad < PAD_COUNT; pad++)
		append_pad(out, drawing, (enum pad)pad);
	append_ruler(out, drawing);
	g_string_append(out, "</svg>\n");
	return g_string_free(out, FALSE);
}
