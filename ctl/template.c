/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What every drawing of a film shares: its window, its numbers, its places in words.
 * Called by ctl/overlay and the three writers.
 * Owns nothing.
 */
#include "ctl/template.h"

#include <math.h>
#include <string.h>

#include "common/i18n.h"

/* Between a pad's circle and the window: what holds a strip of film together. */
#define STRIP_MM 2.0
/* Bars at the upper and the lower edge, of paper or of plastic, that do not tear. */
#define BAR_MM 6.0
/* A narrower window shows and touches nothing. */
#define WINDOW_MIN_MM 10.0

bool
template_window(const struct template_drawing *drawing, struct template_box *out)
{
	*out = (struct template_box){0, BAR_MM, drawing->width_mm, drawing->height_mm - BAR_MM};
	for (unsigned i = 0; i < PAD_COUNT; i++) {
		const struct overlay_pad *pad = &drawing->overlay.pads[i];

		/* A film that somebody measured may have any pad on any side. */
		if (pad->centre.x < drawing->width_mm / 2)
			out->left = fmax(out->left, pad->centre.x + pad->radius_mm + STRIP_MM);
		else
			out->right = fmin(out->right, pad->centre.x - pad->radius_mm - STRIP_MM);
	}
	return out->right - out->left >= WINDOW_MIN_MM && out->bottom - out->top >= WINDOW_MIN_MM;
}

void
template_append_mm(GString *out, double mm)
{
	char text[G_ASCII_DTOSTR_BUF_SIZE];
	size_t length;

	g_ascii_formatd(text, sizeof(text), "%.3f", mm);
	length = strlen(text);
	while (text[length - 1] == '0')
		text[--length] = '\0';
	if (text[length - 1] == '.')
		text[--length] = '\0';
	g_string_append(out, strcmp(text, "-0") == 0 ? "0" : text);
}

/* Their names are the group names of a film's file, so that they are told as there. */
void
template_append_place(GString *out, const struct template_drawing *drawing, enum pad pad)
{
	struct mm_point centre = drawing->overlay.pads[pad].centre;
	bool left = centre.x <= drawing->width_mm / 2;
	g_autoptr(GString) across = g_string_new(NULL);
	g_autoptr(GString) down = g_string_new(NULL);

	template_append_mm(across, left ? centre.x : drawing->width_mm - centre.x);
	template_append_mm(down, centre.y);
	g_string_append_printf(out,
			       left ? _("%s: %s mm from the left edge, %s mm from the top edge")
				    : _("%s: %s mm from the right edge, %s mm from the top edge"),
			       pad_to_str(pad), across->str, down->str);
}
