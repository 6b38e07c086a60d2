/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The scenario parser: every statement it knows, and what it says to files that are wrong.
 * Run by `make check`; each row of the table of broken files is one case.
 * Owns nothing but what a test allocates.
 */
#include "common/scenario.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "common/cleanup.h"

static struct scenario *
parse(const char *text, GError **error)
{
	return scenario_parse("a.touch", text, strlen(text), error);
}

static void
every_statement(void **state)
{
	g_autoptr(GError) error = NULL;
	struct scenario *scenario = parse("# a comment\n"
					  "device phone   # another\r\n"
					  "\n"
					  "app org.gnome.Calculator\n"
					  "app none\n"
					  "press left-top 60ms\n"
					  "with press right-bottom 0.5s at +3,-1.5\n"
					  "finger 30,60 200ms\n"
					  "with finger 30,60 -> 30.5,100 2s\n"
					  "wait 300ms\n"
					  "link down\n"
					  "link up\n"
					  "expect press left-top\n"
					  "expect hold none\n"
					  "expect cancel right-middle\n"
					  "expect say \"Say \\\"5\\\" # now\"  # said\n"
					  "expect command activate   role=button name=\"a  b\"\n"
					  "expect pass none\n"
					  "expect pass 5\n"
					  "expect pass 1,2 -> 3,4",
					  &error);
	const struct scenario_statement *statement;

	(void)state;
	assert_null(error);
	assert_non_null(scenario);
	assert_int_equal(scenario->count, 18);
	assert_string_equal(scenario->name, "a.touch");
	statement = scenario->statements;
	assert_int_equal(statement[0].kind, SCENARIO_DEVICE);
	assert_int_equal(statement[0].line, 2);
	assert_string_equal(statement[0].device->name, "phone");
	assert_string_equal(statement[1].text, "org.gnome.Calculator");
	assert_null(statement[2].text);
	assert_int_equal(statement[3].pad, PAD_LEFT_TOP);
	assert_int_equal(statement[3].duration.us, 60000);
	assert_false(statement[3].with);
	assert_true(statement[4].with);
	assert_int_equal(statement[4].duration.us, 500000);
	assert_true(statement[4].from.x > 2.99 && statement[4].from.x < 3.01);
	assert_true(statement[4].from.y < -1.49 && statement[4].from.y > -1.51);
	assert_true(mm_distance(statement[5].from, statement[5].to) < 0.001);
	assert_true(statement[6].with && mm_distance(statement[6].from, statement[6].to) > 40);
	assert_int_equal(statement[7].duration.us, 300000);
	assert_false(statement[8].up);
	assert_true(statement[9].up);
	assert_int_equal(statement[10].expect, SCENARIO_EXPECT_PRESS);
	assert_true(statement[11].none && statement[11].expect == SCENARIO_EXPECT_HOLD);
	assert_int_equal(statement[12].input.index, PAD_RIGHT_MIDDLE);
	assert_string_equal(statement[13].text, "Say \"5\" # now");
	assert_string_equal(statement[14].text, "activate role=button name=\"a  b\"");
	assert_true(statement[15].none);
	assert_int_equal(statement[16].count, 5);
	assert_true(statement[17].has_path);
	assert_int_equal(statement[17].line, 20);
	scenario_free(scenario);
}

static void
fingers_in_detail(void **state)
{
	g_autoptr(GError) error = NULL;
	struct scenario *scenario = parse("device rich-phone\n"
					  "press left-top 60ms major 26mm at 1,2\n"
					  "with finger 30,60 200ms palm hovering\n"
					  "with chord right-top + left-top 80ms major 12.5mm\n"
					  "expect chord right-top + left-top\n"
					  "expect hold left-top + left-middle\n"
					  "expect cancel left-bottom\n"
					  "expect chord none\n"
					  "expect notice escape-on\n",
					  &error);
	const struct scenario_statement *statement;

	(void)state;
	assert_null(error);
	statement = scenario->statements;
	assert_true(statement[0].device->is_rich);
	assert_float_equal(statement[1].major_mm, 26, 0.001);
	assert_float_equal(statement[1].from.y, 2, 0.001);
	assert_true(statement[2].palm && statement[2].hovers && statement[2].with);
	assert_int_equal(statement[3].kind, SCENARIO_CHORD);
	assert_int_equal(statement[3].pad, PAD_RIGHT_TOP);
	assert_int_equal(statement[3].other, PAD_LEFT_TOP);
	assert_int_equal(statement[3].duration.us, 80000);
	assert_string_equal(input_to_str(statement[4].input), "left-top + right-top");
	assert_string_equal(input_to_str(statement[5].input), "left-top + left-middle");
	assert_string_equal(input_to_str(statement[6].input), "left-bottom");
	assert_true(statement[7].none);
	assert_string_equal(statement[8].text, "escape-on");
	scenario_free(scenario);
}

#define P "device phone\n"

static void
every_statement_of_ears(void **state)
{
	g_autoptr(GError) error = NULL;
	struct scenario *scenario = parse("device phone\n"
					  "proximity near\n"
					  "ear seed 7\n"
					  "ear mode on\n"
					  "ear place 30,40\n"
					  "ear move +12,-3\n"
					  "ear lift\n"
					  "ear place\n"
					  "ear swipe-up\n"
					  "with cheek 800ms\n"
					  "finger 30,60 -> 31,60 200ms major 36mm minor 30.5mm\n"
					  "expect ear double-tap\n"
					  "expect ear none\n",
					  &error);
	const struct scenario_statement *statement;

	(void)state;
	assert_null(error);
	assert_int_equal(scenario->count, 13);
	statement = scenario->statements;
	assert_int_equal(statement[1].proximity, EAR_PROXIMITY_NEAR);
	assert_int_equal(statement[2].ear, SCENARIO_EAR_SEED);
	assert_int_equal(statement[2].count, 7);
	assert_int_equal(statement[3].ear, SCENARIO_EAR_MODE);
	assert_true(statement[3].up);
	assert_int_equal(statement[4].ear, SCENARIO_EAR_PLACE);
	assert_true(statement[4].has_path &&
		    mm_distance(statement[4].from, (struct mm_point){30, 40}) < 0.001);
	assert_true(mm_distance(statement[5].from, (struct mm_point){12, -3}) < 0.001);
	assert_int_equal(statement[6].ear, SCENARIO_EAR_LIFT);
	assert_false(statement[7].has_path);
	assert_int_equal(statement[8].ear, SCENARIO_EAR_SWIPE_UP);
	assert_int_equal(statement[9].kind, SCENARIO_CHEEK);
	assert_true(statement[9].with);
	assert_true(statement[10].major_mm > 35.9 && statement[10].minor_mm > 30.4);
	assert_int_equal(statement[11].gesture, EAR_DOUBLE_TAP);
	assert_true(statement[12].none && statement[12].expect == SCENARIO_EXPECT_EAR);
	scenario_free(scenario);
}

static const struct {
	const char *text;
	const char *problem;
} broken[] = {
    {"", "a.touch:1: nothing is expected, so this scenario cannot fail; add a line such as: "
	 "expect press left-top"},
    {"device phone\npress left-top 60ms\n",
     "a.touch:2: nothing is expected, so this scenario cannot fail; add a line such as: "
     "expect press left-top"},
    {"press left-top 60ms\n", "a.touch:1: say first what is touched: device phone"},
    {"device phon\n", "a.touch:1: unknown device 'phon', did you mean 'phone'?"},
    {"device watch\n", "a.touch:1: unknown device 'watch'; there are: phone, tablet, rich-phone"},
    {"device\n", "a.touch:1: a device, phone or tablet, is missing at the end of the line"},
    {P "device phone\n", "a.touch:2: the device was named before; a scenario has one"},
    {P "pres left-top 60ms\n", "a.touch:2: unknown statement 'pres', did you mean 'press'?"},
    {P "dance\n",
     "a.touch:2: unknown statement 'dance'; there are: device, app, press, chord, finger, "
     "wait, link, ear, cheek, proximity, expect, with"},
    {P "press left-tpo 60ms\n", "a.touch:2: unknown pad 'left-tpo', did you mean 'left-top'?"},
    {P "press nose 60ms\n", "a.touch:2: unknown pad 'nose'; there are: left-top, left-middle, "
			    "left-bottom, right-top, right-middle, right-bottom"},
    {P "press left-top\n", "a.touch:2: a time such as 60ms is missing at the end of the line"},
    {P "press left-top 60\n", "a.touch:2: '60' is no time; write it such as 60ms or 2s"},
    {P "press left-top -60ms\n", "a.touch:2: '-60ms' is no time; write it such as 60ms or 2s"},
    {P "press left-top 0ms\n", "a.touch:2: '0ms' is out of range; a time is 1ms to 60s"},
    {P "press left-top 61s\n", "a.touch:2: '61s' is out of range; a time is 1ms to 60s"},
    {P "press left-top 9999999999999999999999s\n",
     "a.touch:2: '9999999999999999999999s' is out of range; a time is 1ms to 60s"},
    {P "press left-top 60ms at 3\n",
     "a.touch:2: '3' is no place; the offset from the pad's centre is written X,Y in mm, such as "
     "30,60"},
    {P "press left-top 60ms at 30,0\n",
     "a.touch:2: 30,0 is more than 20 mm from the pad's centre; use 'finger'"},
    {P "press left-top 60ms twice\n",
     "a.touch:2: unknown detail 'twice'; there are: at, major, minor, palm, hovering"},
    {P "press left-top 60ms major 26\n", "a.touch:2: '26' is no length; write it such as 26mm"},
    {P "press left-top 60ms major 81mm\n",
     "a.touch:2: '81mm' is out of range; a length is 1mm to 80mm"},
    {P "press left-top 60ms palm\n",
     "a.touch:2: the phone does not tell of 'palm'; use: device rich-phone"},
    {P "finger 30,60 60ms at 1,1\n", "a.touch:2: 'at' is for a press: a finger says where it is"},
    {P "chord left-top right-top 60ms\n",
     "a.touch:2: 'right-top' is no '+'; a chord is written left-top + right-top"},
    {P "chord left-top + left-top 60ms\n", "a.touch:2: a chord is of two different pads"},
    {P "chord left-top +\n", "a.touch:2: the second pad is missing at the end of the line"},
    {P "expect press left-top + right-top\n",
     "a.touch:2: two pads are no press; use: expect chord left-top + right-top"},
    {P "expect chord left-top\n", "a.touch:2: a chord is of two pads: expect chord left-top + ..."},
    {P "finger 30 60ms\n", "a.touch:2: '30' is no place; the place where the finger lands is "
			   "written X,Y in mm, such as 30,60"},
    {P "finger nan,1 60ms\n", "a.touch:2: 'nan,1' is no place; the place where the finger lands "
			      "is written X,Y in mm, such as 30,60"},
    {P "finger 300,10 60ms\n", "a.touch:2: 300,10 is off the phone, which is 68 x 136 mm"},
    {P "finger 30,10 -> 30,137 60ms\n", "a.touch:2: 30,137 is off the phone, which is 68 x 136 mm"},
    {P "finger 30,10 ->\n", "a.touch:2: the place where it ends is missing at the end of the line"},
    {P "wait\n", "a.touch:2: a time such as 60ms is missing at the end of the line"},
    {P "link donw\n", "a.touch:2: unknown state of the link 'donw', did you mean 'down'?"},
    {P "with wait 3ms\n", "a.touch:2: only 'press', 'chord', 'finger' and 'cheek' can go on beside "
			  "others, 'wait' cannot"},
    {P "with\n",
     "a.touch:2: 'press', 'chord', 'finger' or 'cheek' is missing at the end of the line"},
    {P "ear\n",
     "a.touch:2: what the ear does (place, tap, lift ...) is missing at the end of the line"},
    {P "ear tpa\n", "a.touch:2: unknown act of the ear 'tpa', did you mean 'tap'?"},
    {P "ear place 80,10\n", "a.touch:2: 80,10 is off the phone, which is 68 x 136 mm"},
    {P "ear tap 30,40\n", "a.touch:2: '30,40' is too much here; one statement a line"},
    {P "ear move\n", "a.touch:2: how far it moves is missing at the end of the line"},
    {P "ear mode no\n", "a.touch:2: unknown mode of the ear 'no'; there are: off, on"},
    {P "ear seed -1\n", "a.touch:2: '-1' is no seed; write a number from 0 to 4294967295"},
    {P "ear seed 4294967296\n",
     "a.touch:2: '4294967296' is no seed; write a number from 0 to 4294967295"},
    {P "cheek\n", "a.touch:2: a time such as 60ms is missing at the end of the line"},
    {P "proximity close\n", "a.touch:2: unknown proximity 'close'; there are: unknown, far, near"},
    {P "expect ear tpa\n", "a.touch:2: unknown gesture of an ear 'tpa', did you mean 'tap'?"},
    {P "expect\n",
     "a.touch:2: what to expect (press, say, command ...) is missing at the end of the line"},
    {P "expect comand back\n", "a.touch:2: unknown expectation 'comand', did you mean 'command'?"},
    {P "expect command bakc\n", "a.touch:2: unknown command 'bakc', did you mean 'back'"},
    {P "expect press\n",
     "a.touch:2: what exactly is expected, or 'none', is missing at the end of the line"},
    {P "expect say Back\n", "a.touch:2: put what is said in double quotes: \"Back, press again\""},
    {P "expect say \"\"\n", "a.touch:2: an empty text is never said; write 'none' for silence"},
    {P "expect say \"Back\n", "a.touch:2: a double quote is not closed"},
    {P "expect say \"Back\"x\"\" \n",
     "a.touch:2: put what is said in double quotes: \"Back, press again\""},
    {P "expect pass 0\n", "a.touch:2: '0' is no number of contacts, 1 to 99; write 'none' for no "
			  "contact"},
    {P "expect pass 3x\n", "a.touch:2: '3x' is no number of contacts, 1 to 99; write 'none' for "
			   "no contact"},
    {P "expect pass 3,3\n", "a.touch:2: say where the contact ends too: X,Y -> X,Y"},
    {P "expect press none now\n", "a.touch:2: 'now' is too much here; one statement a line"},
    {P "\n# f\xc3\xbcnf\n\nexpect say \"\xff\"\n",
     "a.touch:5: this is no UTF-8 text; a scenario is a text file"},
};

static void
broken_files(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LENGTH(broken); i++) {
		g_autoptr(GError) error = NULL;

		assert_null(parse(broken[i].text, &error));
		assert_non_null(error);
		assert_true(error->domain == SCENARIO_ERROR);
		assert_string_equal(error->message, broken[i].problem);
	}
}

static void
nul_bytes(void **state)
{
	static const char text[] = "device phone\nexpect say \"a\0b\"\n";
	g_autoptr(GError) error = NULL;

	(void)state;
	assert_null(scenario_parse("a.touch", text, sizeof(text) - 1, &error));
	assert_string_equal(error->message,
			    "a.touch:2: this is no UTF-8 text; a scenario is a text file");
}

static void
no_such_file(void **state)
{
	g_autoptr(GError) error = NULL;

	(void)state;
	assert_null(scenario_read("/nonexistent/a.touch", &error));
	assert_int_equal(error->code, SCENARIO_ERROR_READ);
	assert_non_null(strstr(error->message, "/nonexistent/a.touch"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_statement),   cmocka_unit_test(every_statement_of_ears),
	    cmocka_unit_test(fingers_in_detail), cmocka_unit_test(broken_files),
	    cmocka_unit_test(nul_bytes),         cmocka_unit_test(no_such_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
