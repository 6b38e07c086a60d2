/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A film as PDF, drawn by cairo: one page, one millimetre a millimetre.
 * Called by ctl/overlay.
 * Owns nothing.
 */
#include "ctl/template.h"

#include <cairo-pdf.h>
#include <math.h>

#define POINTS_PER_MM (72 / 25.4)
/* ISO 216, upright: what most printers hold, so that none is asked to fit a page. */
#define A4_WIDTH_MM  210.0
#define A4_HEIGHT_MM 297.0
#define LINE_MM      0.25 /* thin, and yet every printer draws it */
#define WORDS_MM     3.0

G_DEFINE_AUTOPTR_CLEANUP_FUNC(cairo_t, cairo_destroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(cairo_surface_t, cairo_surface_destroy)

static cairo_status_t
write_bytes(void *data, const unsigned char *bytes, unsigned size)
{
	g_byte_array_append(data, bytes, size);
	return CAIRO_STATUS_SUCCESS;
}

static void
draw_edge(cairo_t *cairo, const struct template_drawing *drawing)
{
	double middle = drawing->width_mm / 2;

	cairo_move_to(cairo, 0, 0);
	cairo_arc_negative(cairo, middle, 0, TEMPLATE_NOTCH_MM, M_PI, 0);
	cairo_line_to(cairo, drawing->width_mm, 0);
	cairo_line_to(cairo, drawing->width_mm, drawing->height_mm);
	cairo_line_to(cairo, 0, drawing->height_mm);
	cairo_close_path(cairo);
	cairo_stroke(cairo);
}

static void
draw_window(cairo_t *cairo, const struct template_drawing *drawing)
{
	struct template_box box;

	if (!template_window(drawing, &box))
		return;
	cairo_set_dash(cairo, (double[]){4, 2}, 2, 0);
	cairo_rectangle(cairo, box.left, box.top, box.right - box.left, box.bottom - box.top);
	cairo_stroke(cairo);
	cairo_set_dash(cairo, NULL, 0, 0);
}

static void
draw_circle(cairo_t *cairo, struct mm_point centre, double radius)
{
	cairo_new_sub_path(cairo);
	cairo_arc(cairo, centre.x, centre.y, radius, 0, 2 * M_PI);
	cairo_stroke(cairo);
}

static void
draw_words(cairo_t *cairo, struct mm_point at, bool ends_there, const char *words)
{
	cairo_text_extents_t extents;

	cairo_text_extents(cairo, words, &extents);
	cairo_move_to(cairo, ends_there ? at.x - extents.x_advance : at.x, at.y);
	cairo_show_text(cairo, words);
}

static void
draw_pad(cairo_t *cairo, const struct template_drawing *drawing, enum pad pad)
{
	struct mm_point centre = drawing->overlay.pads[pad].centre;
	double radius = drawing->overlay.pads[pad].radius_mm;
	bool left = centre.x <= drawing->width_mm / 2;
	struct mm_point words = {left ? centre.x + radius + 1 : centre.x - radius - 1,
				 centre.y + WORDS_MM / 3};

	cairo_set_dash(cairo, (double[]){1, 1}, 2, 0);
	draw_circle(cairo, centre, radius);
	cairo_set_dash(cairo, NULL, 0, 0);
	draw_circle(cairo, centre, TEMPLATE_BUMP_MM);
	cairo_move_to(cairo, centre.x - 1, centre.y);
	cairo_rel_line_to(cairo, 2, 0);
	cairo_move_to(cairo, centre.x, centre.y - 1);
	cairo_rel_line_to(cairo, 0, 2);
	cairo_stroke(cairo);
	draw_words(cairo, words, !left, pad_to_str(pad));
}

static void
draw_ruler(cairo_t *cairo, const struct template_drawing *drawing)
{
	g_autoptr(GString) words = g_string_new(NULL);
	double y = drawing->height_mm + TEMPLATE_MARGIN_MM / 2;

	cairo_move_to(cairo, 0, y);
	cairo_rel_line_to(cairo, TEMPLATE_RULER_MM, 0);
	cairo_stroke(cairo);
	template_append_mm(words, TEMPLATE_RULER_MM);
	g_string_append(words, " mm: measure this line");
	draw_words(cairo, (struct mm_point){0, y + WORDS_MM + 1}, false, words->str);
}

static void
draw(cairo_t *cairo, const struct template_drawing *drawing)
{
	cairo_set_line_width(cairo, LINE_MM);
	cairo_select_font_face(cairo, "sans-serif", CAIRO_FONT_SLANT_NORMAL,
			       CAIRO_FONT_WEIGHT_NORMAL);
	cairo_set_font_size(cairo, WORDS_MM);
	draw_edge(cairo, drawing);
	draw_window(cairo, drawing);
	for (unsigned pad = 0; pad < PAD_COUNT; pad++)
		draw_pad(cairo, drawing, (enum pad)pad);
	draw_ruler(cairo, drawing);
}

GBytes *
template_pdf(const struct template_drawing *drawing, GError **error)
{
	g_autoptr(GByteArray) bytes = g_byte_array_new();
	double width = drawing->width_mm + 2 * TEMPLATE_MARGIN_MM;
	double height = drawing->height_mm + 2 * TEMPLATE_MARGIN_MM;
	g_autoptr(cairo_surface_t) surface = NULL;
	g_autoptr(cairo_t) cairo = NULL;

	if (width <= A4_WIDTH_MM && height <= A4_HEIGHT_MM) {
		width = A4_WIDTH_MM;
		height = A4_HEIGHT_MM;
	}
	surface = cairo_pdf_surface_create_for_stream(write_bytes, bytes, width * POINTS_PER_MM,
						      height * POINTS_PER_MM);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, "Sidetouch film");
	cairo = cairo_create(surface);
	cairo_scale(cairo, POINTS_PER_MM, POINTS_PER_MM);
	cairo_translate(cairo, (width - drawing->width_mm) / 2, (height - drawing->height_mm) / 2);
	draw(cairo, drawing);
	cairo_show_page(cairo);
	cairo_surface_finish(surface);
	if (cairo_status(cairo) == CAIRO_STATUS_SUCCESS &&
	    cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS)
		return g_byte_array_free_to_bytes(g_steal_pointer(&bytes));
	g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "the PDF cannot be drawn: %s",
		    cairo_status_to_string(cairo_status(cairo)));
	return NULL;
}
