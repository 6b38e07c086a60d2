/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The statements of a scenario that are about an ear: what it does, the cheek below it, and what
 * the proximity sensor says.
 * Called by common/scenario for a line that begins with one of their words.
 * Owns only the table of acts.
 */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/cleanup.h"
#include "common/name_table.h"
#include "common/scenario_private.h"

static const char *const act_names[SCENARIO_EAR_COUNT] = {
    [SCENARIO_EAR_PLACE] = "place",
    [SCENARIO_EAR_LIFT] = "lift",
    [SCENARIO_EAR_TAP] = "tap",
    [SCENARIO_EAR_DOUBLE_TAP] = "double-tap",
    [SCENARIO_EAR_SWIPE_UP] = "swipe-up",
    [SCENARIO_EAR_SWIPE_DOWN] = "swipe-down",
    [SCENARIO_EAR_SWIPE_LEFT] = "swipe-left",
    [SCENARIO_EAR_SWIPE_RIGHT] = "swipe-right",
    [SCENARIO_EAR_MOVE] = "move",
    [SCENARIO_EAR_MODE] = "mode",
    [SCENARIO_EAR_SEED] = "seed",
};

static bool
parse_seed(struct scenario_parser *parser, struct scenario_statement *statement)
{
	const char *word = scenario_take(parser, "a number such as 7");
	char *end;
	unsigned long seed;

	if (!word)
		return false;
	errno = 0;
	seed = strtoul(word, &end, 10);
	if (!g_ascii_isdigit(*word) || errno || *end || seed > UINT32_MAX)
		return scenario_fail(parser, "'%s' is no seed; write a number from 0 to %u", word,
				     UINT32_MAX);
	statement->count = (unsigned)seed;
	return true;
}

static bool
parse_mode(struct scenario_parser *parser, struct scenario_statement *statement)
{
	static const char *const states[] = {"off", "on"};
	const char *word = scenario_take(parser, "'on' or 'off'");
	size_t index;

	if (!word)
		return false;
	if (!name_table_find(states, ARRAY_LENGTH(states), word, &index))
		return scenario_fail_unknown(parser, "mode of the ear", word, states,
					     ARRAY_LENGTH(states));
	statement->up = index == 1;
	return true;
}

bool
scenario_parse_ear(struct scenario_parser *parser, struct scenario_statement *statement)
{
	const char *word = scenario_take(parser, "what the ear does (place, tap, lift ...)");
	size_t act;

	if (!word)
		return false;
	if (!name_table_find(act_names, SCENARIO_EAR_COUNT, word, &act))
		return scenario_fail_unknown(parser, "act of the ear", word, act_names,
					     SCENARIO_EAR_COUNT);
	statement->ear = (enum scenario_ear)act;
	switch (statement->ear) {
	case SCENARIO_EAR_PLACE:
		statement->has_path = scenario_peek(parser) != NULL;
		return !statement->has_path ||
		       scenario_take_place(parser, "the ear's middle", &statement->from);
	case SCENARIO_EAR_MOVE:
		return scenario_take_point(parser, "how far it moves", &statement->from);
	case SCENARIO_EAR_MODE:
		return parse_mode(parser, statement);
	case SCENARIO_EAR_SEED:
		return parse_seed(parser, statement);
	case SCENARIO_EAR_LIFT:
	case SCENARIO_EAR_TAP:
	case SCENARIO_EAR_DOUBLE_TAP:
	case SCENARIO_EAR_SWIPE_UP:
	case SCENARIO_EAR_SWIPE_DOWN:
	case SCENARIO_EAR_SWIPE_LEFT:
	case SCENARIO_EAR_SWIPE_RIGHT:
		return true;
	}
	return false;
}

bool
scenario_parse_cheek(struct scenario_parser *parser, struct scenario_statement *statement)
{
	return scenario_take_duration(parser, &statement->duration);
}

bool
scenario_parse_proximity(struct scenario_parser *parser, struct scenario_statement *statement)
{
	const char *names[EAR_PROXIMITY_COUNT];
	const char *word = scenario_take(parser, "'near', 'far' or 'unknown'");

	if (!word)
		return false;
	if (ear_proximity_from_str(word, &statement->proximity))
		return true;
	for (size_t i = 0; i < EAR_PROXIMITY_COUNT; i++)
		names[i] = ear_proximity_to_str((enum ear_proximity)i);
	return scenario_fail_unknown(parser, "proximity", word, names, EAR_PROXIMITY_COUNT);
}

bool
scenario_take_gesture(struct scenario_parser *parser, const char *word, enum ear_kind *out)
{
	const char *names[EAR_KIND_COUNT];

	if (ear_kind_from_str(word, out))
		return true;
	for (size_t i = 0; i < EAR_KIND_COUNT; i++)
		names[i] = ear_kind_to_str((enum ear_kind)i);
	return scenario_fail_unknown(parser, "gesture of an ear", word, names, EAR_KIND_COUNT);
}
