/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The statements of a scenario that touch: the device, and the fingers on it.
 * Called by common/scenario for a line that begins with one of their words.
 * Owns nothing; what is read goes to the caller's statement.
 */
#include <math.h>
#include <string.h>

#include "common/cleanup.h"
#include "common/scenario_private.h"

/* A pad is at least 12 mm from the next (design): farther off it is another place. */
#define SCENARIO_OFFSET_MAX_MM 20.0

bool
scenario_parse_device(struct scenario_parser *parser, struct scenario_statement *statement)
{
	const char *word = scenario_take(parser, "a device, phone or tablet,");
	const char *const *names;
	size_t count;

	if (!word)
		return false;
	if (parser->device)
		return scenario_fail(parser, "the device was named before; a scenario has one");
	parser->device = statement->device = scenario_device_find(word);
	if (parser->device)
		return true;
	names = scenario_device_names(&count);
	return scenario_fail_unknown(parser, "device", word, names, count);
}

static bool
take_offset(struct scenario_parser *parser, struct scenario_statement *statement)
{
	if (statement->kind != SCENARIO_PRESS)
		return scenario_fail(parser, "'at' is for a press: a finger says where it is");
	if (!scenario_take_point(parser, "the offset from the pad's centre", &statement->from))
		return false;
	if (fabs(statement->from.x) > SCENARIO_OFFSET_MAX_MM ||
	    fabs(statement->from.y) > SCENARIO_OFFSET_MAX_MM)
		return scenario_fail(parser,
				     "%g,%g is more than %g mm from the pad's centre; use 'finger'",
				     statement->from.x, statement->from.y, SCENARIO_OFFSET_MAX_MM);
	return true;
}

static bool
take_rich(struct scenario_parser *parser, const char *word, bool *out)
{
	*out = true;
	return parser->device->is_rich ||
	       scenario_fail(parser, "the %s does not tell of '%s'; use: device rich-phone",
			     parser->device->name, word);
}

/* What a finger may have besides a place and a time, in any order, up to the end of the line. */
static bool
take_details(struct scenario_parser *parser, struct scenario_statement *statement)
{
	static const char *const known[] = {"at", "major", "minor", "palm", "hovering"};
	const char *word;
	bool good = true;

	while (good && (word = scenario_peek(parser))) {
		parser->next++;
		if (strcmp(word, "at") == 0)
			good = take_offset(parser, statement);
		else if (strcmp(word, "major") == 0)
			good = scenario_take_length(parser, &statement->major_mm);
		else if (strcmp(word, "minor") == 0)
			good = scenario_take_length(parser, &statement->minor_mm);
		else if (strcmp(word, "palm") == 0)
			good = take_rich(parser, word, &statement->palm);
		else if (strcmp(word, "hovering") == 0)
			good = take_rich(parser, word, &statement->hovers);
		else
			good = scenario_fail_unknown(parser, "detail", word, known,
						     ARRAY_LENGTH(known));
	}
	return good;
}

bool
scenario_parse_press(struct scenario_parser *parser, struct scenario_statement *statement)
{
	const char *word = scenario_take(parser, "a pad such as left-top");

	return word && scenario_take_pad(parser, word, &statement->pad) &&
	       scenario_take_duration(parser, &statement->duration) &&
	       take_details(parser, statement);
}

bool
scenario_parse_chord(struct scenario_parser *parser, struct scenario_statement *statement)
{
	const char *word = scenario_take(parser, "a pad such as left-top");

	if (!word || !scenario_take_pad(parser, word, &statement->pad))
		return false;
	word = scenario_take(parser, "'+' and the second pad");
	if (!word)
		return false;
	if (strcmp(word, "+") != 0)
		return scenario_fail(parser,
				     "'%s' is no '+'; a chord is written left-top + "
				     "right-top",
				     word);
	word = scenario_take(parser, "the second pad");
	if (!word || !scenario_take_pad(parser, word, &statement->other))
		return false;
	if (statement->pad == statement->other)
		return scenario_fail(parser, "a chord is of two different pads");
	return scenario_take_duration(parser, &statement->duration) &&
	       take_details(parser, statement);
}

bool
scenario_parse_finger(struct scenario_parser *parser, struct scenario_statement *statement)
{
	bool moves = false;

	if (!scenario_take_place(parser, "the place where the finger lands", &statement->from) ||
	    !scenario_take_arrow(parser, &statement->to, &moves))
		return false;
	if (!moves)
		statement->to = statement->from;
	return scenario_take_duration(parser, &statement->duration) &&
	       take_details(parser, statement);
}
