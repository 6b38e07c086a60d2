/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as a calibration: it is refused with a line, or it can be printed and read again.
 * Run by tests/fuzz/run (libFuzzer).
 * Owns nothing between inputs.
 */
#include <glib.h>
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "common/calibration_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *text = NULL, *name = g_strndup((const char *)data, size);
	struct calibration read, again;
	struct calibration_lines lines;

	if (!calibration_file_parse("f", (const char *)data, size, &read, &lines, &error)) {
		g_assert_true(g_str_has_prefix(error->message, "f:"));
		g_assert_true(g_ascii_isdigit(error->message[2]));
		g_assert_true(g_utf8_validate(error->message, -1, NULL));
		return 0;
	}
	text = calibration_file_print(&read, name);
	g_assert_true(calibration_file_parse("f", text, strlen(text), &again, NULL, NULL));
	g_assert_cmpint(read.has_film, ==, again.has_film);
	for (unsigned pad = 0; pad < PAD_COUNT; pad++) {
		/* To the micrometre that is printed. */
		g_assert_true(fabs(read.film.pads[pad].centre.x - again.film.pads[pad].centre.x) <
			      0.001);
		g_assert_true(fabs(read.film.pads[pad].radius_mm - again.film.pads[pad].radius_mm) <
			      0.001);
	}
	return 0;
}
