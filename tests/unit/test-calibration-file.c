/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Calibrations as text: what is printed is read again, and each mistake is told with its line.
 * Run by tests/run.
 * Owns nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "common/calibration_file.h"

static struct calibration
example(void)
{
	struct calibration calibration = {.has_film = true, .major_scale = 1.55};

	for (unsigned pad = 0; pad < PAD_COUNT; pad++) {
		calibration.film.pads[pad] =
		    (struct overlay_pad){{4.125 + pad, 60.5 + 14 * pad}, 6.25};
		calibration.drift[pad].offset = (struct mm_point){0.5, -1.25 * pad};
		calibration.drift[pad].presses = 10 * pad;
	}
	return calibration;
}

static void
parse_well(const char *text, struct calibration *out, struct calibration_lines *lines)
{
	g_autoptr(GError) error = NULL;

	if (!calibration_file_parse("f", text, strlen(text), out, lines, &error))
		fail_msg("%s", error->message);
}

static void
printed_and_read(void **state)
{
	struct calibration before = example(), after;
	struct calibration_lines lines;
	g_autofree char *text = calibration_file_print(&before, "Goodix, 68 by 136 mm");

	(void)state;
	parse_well(text, &after, &lines);
	assert_true(after.has_film);
	assert_float_equal(after.major_scale, 1.55, 1e-9);
	for (unsigned pad = 0; pad < PAD_COUNT; pad++) {
		assert_float_equal(after.film.pads[pad].centre.x, before.film.pads[pad].centre.x,
				   1e-9);
		assert_float_equal(after.film.pads[pad].centre.y, before.film.pads[pad].centre.y,
				   1e-9);
		assert_float_equal(after.film.pads[pad].radius_mm, 6.25, 1e-9);
		assert_int_equal(after.drift[pad].presses, 10 * pad);
		assert_float_equal(after.drift[pad].offset.y, pad ? -1.25 * pad : 0, 1e-9);
		assert_true(lines.pad[pad] > (pad ? lines.pad[pad - 1] : 3));
	}
	assert_non_null(strstr(text, "\n[left-top]\nX=4.125\nY=60.500\nRadius=6.250\n"));
}

static void
default_film_that_crept(void **state)
{
	struct calibration before = example(), after;
	g_autofree char *text = NULL;

	(void)state;
	before.has_film = false;
	before.major_scale = 0;
	text = calibration_file_print(&before, "x");
	assert_null(strstr(text, "Radius="));
	parse_well(text, &after, NULL);
	assert_false(after.has_film);
	assert_float_equal(after.major_scale, 0, 0);
	assert_int_equal(after.drift[5].presses, 50);
}

/* Numbers have a point, whatever the language. */
static void
in_a_language_with_commas(void **state)
{
	struct calibration before = example(), after;
	g_autofree char *text = NULL;

	(void)state;
	if (!setlocale(LC_NUMERIC, "de_DE.UTF-8") && !setlocale(LC_NUMERIC, "fr_FR.UTF-8"))
		skip();
	text = calibration_file_print(&before, "x");
	parse_well(text, &after, NULL);
	setlocale(LC_NUMERIC, "C");
	assert_non_null(strstr(text, "X=4.125\n"));
}

/* A device may call itself anything: it stays a comment. */
static void
name_of_a_hostile_device(void **state)
{
	struct calibration before = example(), after;
	g_autofree char *text =
	    calibration_file_print(&before, "a\n[left-top]\nX=1\r\x1b[2J \xff\xfe");

	(void)state;
	parse_well(text, &after, NULL);
	assert_float_equal(after.film.pads[0].centre.x, 4.125, 1e-9);
}

static void
replace_once(GString *text, const char *find, const char *with)
{
	assert_int_equal(g_string_replace(text, find, with, 1), 1);
}

static void
mistakes(void **state)
{
	static const struct {
		const char *find, *with;
		const char *message;
	} rows[] = {
	    {"Version=1", "Version=2",
	     "f:5: this file is of version 2 and Sidetouch reads version 1; calibrate again"},
	    {"Version=1", "Version=", "f:5: Version is not a number, as in 5.5"},
	    {"MajorScale=1.550", "MajorScale=-1", "f:6: MajorScale is not between 0 and 100"},
	    {"MajorScale", "MajorScal", "f:6: unknown key 'MajorScal', did you mean 'MajorScale'"},
	    {"[left-top]", "[left-tip]", "f:8: unknown group 'left-tip', did you mean 'left-top'"},
	    {"[left-top]", "[left-top", "f:8: the group's name does not end with ']'"},
	    {"[left-middle]", "[left-top]",
	     "f:13: the group [left-top] is there already, in line 8"},
	    {"X=4.125", "X=4,125", "f:9: X is not a number of mm, as in 5.5"},
	    {"X=4.125", "X=nan", "f:9: X is not a number of mm, as in 5.5"},
	    {"X=4.125", "X=99999", "f:9: X is not between -20 and 2540"},
	    {"X=4.125", "X", "f:9: 'X' is neither [group], Key=value nor # comment"},
	    {"X=4.125", "X=4\nX=5", "f:10: X is there already"},
	    {"Radius=6.250", "Radius=60", "f:11: Radius is not between 1 and 20"},
	    {"X=4.125", "# nothing", "f:51: the file ends without the X of left-top"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct calibration before = example(), after;
		g_autofree char *printed = calibration_file_print(&before, "x");
		g_autoptr(GString) text = g_string_new(printed);
		g_autoptr(GError) error = NULL;

		replace_once(text, rows[i].find, rows[i].with);
		assert_false(
		    calibration_file_parse("f", text->str, text->len, &after, NULL, &error));
		assert_string_equal(error->message, rows[i].message);
	}
}

static void
cut_short(void **state)
{
	struct calibration before = example(), after;
	g_autofree char *text = calibration_file_print(&before, "x");
	size_t size = strlen(text);
	const char *last = g_strrstr(text, "[right-bottom]");

	(void)state;
	assert_false(calibration_file_parse("f", "", 0, &after, NULL, NULL));
	/* Without its last pad, or with half of it, it is no film. */
	for (size_t cut = (size_t)(strstr(text, "X=") + 3 - text);
	     cut < (size_t)(last - text) + strlen("[right-bottom]\nX=9.125\nY=130"); cut++)
		assert_false(calibration_file_parse("f", text, cut, &after, NULL, NULL));
	assert_true(calibration_file_parse("f", text, size, &after, NULL, NULL));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(printed_and_read),
	    cmocka_unit_test(default_film_that_crept),
	    cmocka_unit_test(in_a_language_with_commas),
	    cmocka_unit_test(name_of_a_hostile_device),
	    cmocka_unit_test(mistakes),
	    cmocka_unit_test(cut_short),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
