/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The table of inputs: each with its name and its pads.
 * Called by everything that binds, prints or parses an input.
 * Owns only the constant table.
 */
#include "common/input.h"

#include <glib.h>
#include <string.h>

#include "common/cleanup.h"

#define HOLD_FIRST  PAD_COUNT
#define CHORD_FIRST (2 * PAD_COUNT)
#define EAR_FIRST   (INPUT_COUNT - INPUT_EAR_COUNT)
#define NO_PADS                                                                                    \
	{                                                                                          \
		(enum pad) PAD_COUNT, (enum pad)PAD_COUNT                                          \
	}

struct row {
	const char *name;
	enum pad pads[2]; /* the same one twice but for a chord; none for an ear */
};

static const struct row rows[INPUT_COUNT] = {
    {"left-top", {PAD_LEFT_TOP, PAD_LEFT_TOP}},
    {"left-middle", {PAD_LEFT_MIDDLE, PAD_LEFT_MIDDLE}},
    {"left-bottom", {PAD_LEFT_BOTTOM, PAD_LEFT_BOTTOM}},
    {"right-top", {PAD_RIGHT_TOP, PAD_RIGHT_TOP}},
    {"right-middle", {PAD_RIGHT_MIDDLE, PAD_RIGHT_MIDDLE}},
    {"right-bottom", {PAD_RIGHT_BOTTOM, PAD_RIGHT_BOTTOM}},
    {"left-top hold", {PAD_LEFT_TOP, PAD_LEFT_TOP}},
    {"left-middle hold", {PAD_LEFT_MIDDLE, PAD_LEFT_MIDDLE}},
    {"left-bottom hold", {PAD_LEFT_BOTTOM, PAD_LEFT_BOTTOM}},
    {"right-top hold", {PAD_RIGHT_TOP, PAD_RIGHT_TOP}},
    {"right-middle hold", {PAD_RIGHT_MIDDLE, PAD_RIGHT_MIDDLE}},
    {"right-bottom hold", {PAD_RIGHT_BOTTOM, PAD_RIGHT_BOTTOM}},
    {"left-top + left-middle", {PAD_LEFT_TOP, PAD_LEFT_MIDDLE}},
    {"left-top + left-bottom", {PAD_LEFT_TOP, PAD_LEFT_BOTTOM}},
    {"left-top + right-top", {PAD_LEFT_TOP, PAD_RIGHT_TOP}},
    {"left-top + right-middle", {PAD_LEFT_TOP, PAD_RIGHT_MIDDLE}},
    {"left-top + right-bottom", {PAD_LEFT_TOP, PAD_RIGHT_BOTTOM}},
    {"left-middle + left-bottom", {PAD_LEFT_MIDDLE, PAD_LEFT_BOTTOM}},
    {"left-middle + right-top", {PAD_LEFT_MIDDLE, PAD_RIGHT_TOP}},
    {"left-middle + right-middle", {PAD_LEFT_MIDDLE, PAD_RIGHT_MIDDLE}},
    {"left-middle + right-bottom", {PAD_LEFT_MIDDLE, PAD_RIGHT_BOTTOM}},
    {"left-bottom + right-top", {PAD_LEFT_BOTTOM, PAD_RIGHT_TOP}},
    {"left-bottom + right-middle", {PAD_LEFT_BOTTOM, PAD_RIGHT_MIDDLE}},
    {"left-bottom + right-bottom", {PAD_LEFT_BOTTOM, PAD_RIGHT_BOTTOM}},
    {"right-top + right-middle", {PAD_RIGHT_TOP, PAD_RIGHT_MIDDLE}},
    {"right-top + right-bottom", {PAD_RIGHT_TOP, PAD_RIGHT_BOTTOM}},
    {"right-middle + right-bottom", {PAD_RIGHT_MIDDLE, PAD_RIGHT_BOTTOM}},
    {"ear tap", NO_PADS},
    {"ear double-tap", NO_PADS},
    {"ear swipe-up", NO_PADS},
    {"ear swipe-down", NO_PADS},
    {"ear swipe-left", NO_PADS},
    {"ear swipe-right", NO_PADS},
    {"ear hold", NO_PADS},
    {"ear rotate-clockwise", NO_PADS},
    {"ear rotate-back", NO_PADS},
};

struct input
input_press(enum pad pad)
{
	return (struct input){(unsigned)pad};
}

struct input
input_hold(enum pad pad)
{
	return (struct input){HOLD_FIRST + (unsigned)pad};
}

struct input
input_chord(enum pad a, enum pad b)
{
	unsigned i = CHORD_FIRST;

	while (i < EAR_FIRST - 1 && !(rows[i].pads[0] == a && rows[i].pads[1] == b) &&
	       !(rows[i].pads[0] == b && rows[i].pads[1] == a))
		i++;
	return (struct input){i};
}

struct input
input_ear(enum input_ear ear)
{
	return (struct input){EAR_FIRST + (unsigned)ear};
}

enum input_kind
input_kind(struct input input)
{
	if (input.index < HOLD_FIRST)
		return INPUT_PRESS;
	if (input.index < CHORD_FIRST)
		return INPUT_HOLD;
	return input.index < EAR_FIRST ? INPUT_CHORD : INPUT_EAR;
}

bool
input_has_pad(struct input input, enum pad pad)
{
	return rows[input.index].pads[0] == pad || rows[input.index].pads[1] == pad;
}

const char *
input_to_str(struct input input)
{
	return input.index < INPUT_COUNT ? rows[input.index].name : "no input";
}

/* "a+b" in any order and with any blanks. */
static bool
chord_from_str(const char *text, const char *plus, struct input *out)
{
	g_autofree char *first = g_strstrip(g_strndup(text, (gsize)(plus - text)));
	g_autofree char *second = g_strstrip(g_strdup(plus + 1));
	enum pad a, b;

	if (!pad_from_str(first, &a) || !pad_from_str(second, &b) || a == b)
		return false;
	*out = input_chord(a, b);
	return true;
}

bool
input_from_str(const char *text, struct input *out)
{
	const char *plus = strchr(text, '+');

	if (plus)
		return chord_from_str(text, plus, out);
	for (unsigned i = 0; i < INPUT_COUNT; i++) {
		if (strcmp(rows[i].name, text) == 0) {
			*out = (struct input){i};
			return true;
		}
	}
	return false;
}
