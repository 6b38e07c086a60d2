/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A film as a frame for a three-dimensional printer, in OpenSCAD's language: its numbers first, so
 * that people change them there.
 * Called by ctl/overlay.
 * Owns nothing.
 */
#include "ctl/template.h"

/*
 * Through a hole the thumb reaches the glass, which feels nothing through plastic; the rim around
 * it is what is found by touch. Where a pad reaches over the panel, so does the frame.
 */
static const char *const body =
    "plate = 0.6;  // how thick the frame is: three layers of 0.2 mm, which still bends\n"
    "rim = 0.8;    // how far the ring around a button rises above it\n"
    "wall = 1.5;   // how wide that ring is\n"
    "reach = 3;    // how far the frame reaches over the touchscreen's edge, all around\n"
    "\n"
    "$fn = 64;\n"
    "\n"
    "// Printers count upwards from below, panels downwards from above.\n"
    "module at(pad) { translate([pad[0], height - pad[1], 0]) children(); }\n"
    "\n"
    "module plate() {\n"
    "\tdifference() {\n"
    "\t\ttranslate([-reach, -reach]) square([width + 2 * reach, height + 2 * reach]);\n"
    "\t\tif (len(window) == 4)\n"
    "\t\t\ttranslate([window[0], height - window[3]])\n"
    "\t\t\t\tsquare([window[2] - window[0], window[3] - window[1]]);\n"
    "\t\ttranslate([width / 2, height + reach]) circle(r = notch);\n"
    "\t}\n"
    "}\n"
    "\n"
    "difference() {\n"
    "\tunion() {\n"
    "\t\tlinear_extrude(plate) plate();\n"
    "\t\tfor (pad = pads) at(pad) cylinder(r = pad[2], h = plate + rim);\n"
    "\t}\n"
    "\tfor (pad = pads) at(pad)\n"
    "\t\ttranslate([0, 0, -1]) cylinder(r = pad[2] - wall, h = plate + rim + 2);\n"
    "}\n";

static void
append_number(GString *out, const char *name, double mm)
{
	g_string_append_printf(out, "%s = ", name);
	template_append_mm(out, mm);
	g_string_append(out, ";\n");
}

static void
append_pad(GString *out, const struct template_drawing *drawing, enum pad pad)
{
	const struct overlay_pad *place = &drawing->overlay.pads[pad];

	g_string_append(out, "\t[");
	template_append_mm(out, place->centre.x);
	g_string_append(out, ", ");
	template_append_mm(out, place->centre.y);
	g_string_append(out, ", ");
	template_append_mm(out, place->radius_mm);
	g_string_append(out, "],  // ");
	template_append_place(out, drawing, pad);
	g_string_append_c(out, '\n');
}

static void
append_window(GString *out, const struct template_drawing *drawing)
{
	struct template_box box;

	g_string_append(out, "// Left, top, right and bottom of what is open between the buttons; "
			     "[]: nothing.\nwindow = [");
	if (template_window(drawing, &box)) {
		const double edges[] = {box.left, box.top, box.right, box.bottom};

		for (size_t i = 0; i < G_N_ELEMENTS(edges); i++) {
			g_string_append(out, i > 0 ? ", " : "");
			template_append_mm(out, edges[i]);
		}
	}
	g_string_append(out, "];\n");
}

char *
template_scad(const struct template_drawing *drawing)
{
	GString *out = g_string_new("// A frame with six buttons for Sidetouch, in millimetres. "
				    "The notch is at the top.\n"
				    "// Print it flat, the rings upwards.\n");

	append_number(out, "width", drawing->width_mm);
	append_number(out, "height", drawing->height_mm);
	append_number(out, "notch", TEMPLATE_NOTCH_MM);
	g_string_append(out, "// Each button: from the left edge, from the top edge, radius.\n"
			     "pads = [\n");
	for (unsigned pad = 0; pad < PAD_COUNT; pad++)
		append_pad(out, drawing, (enum pad)pad);
	g_string_append(out, "];\n");
	append_window(out, drawing);
	g_string_append(out, body);
	return g_string_free(out, FALSE);
}
