/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lives of touchscreens by chance and as text; see touch_life.h.
 * Called by the core's fuzzer and its tests.
 * Owns a life's steps until life_clear().
 */
#include "tests/support/touch_life.h"

#include <linux/input-event-codes.h>
#include <stdlib.h>
#include <string.h>

#include "common/cleanup.h"
#include "common/ear.h"
#include "driver/core/overlay.h"

static const struct {
	const char *name;
	unsigned arguments;
	unsigned weight; /* of 1000 steps, how many are this; the rest of them are reports */
} kinds[LIFE_STEP_COUNT] = {
    [LIFE_LAND] = {"land", 3, 190},      [LIFE_MOVE] = {"move", 3, 230},
    [LIFE_VALUE] = {"value", 3, 70},     [LIFE_LIFT] = {"lift", 1, 130},
    [LIFE_REPLACE] = {"replace", 3, 12}, [LIFE_REPORT] = {"report", 1, 0},
    [LIFE_LATE] = {"late", 1, 3},        [LIFE_DROP] = {"drop", 0, 6},
    [LIFE_RESYNC] = {"resync", 1, 12},   [LIFE_TICK] = {"tick", 1, 25},
    [LIFE_LISTEN] = {"listen", 1, 9},    [LIFE_KEY] = {"key", 2, 6},
    [LIFE_SAMPLE] = {"sample", 1, 3},    [LIFE_NEAR] = {"near", 1, 4},
    [LIFE_EAR] = {"ear", 1, 2},          [LIFE_UNPLUG] = {"unplug", 0, 2},
    [LIFE_RAW] = {"raw", 3, 40},
};

#define FIELD(name)                                                                                \
	{                                                                                          \
#name, offsetof(struct life_panel, name)                                           \
	}
static const struct {
	const char *name;
	size_t offset;
} fields[] = {
    FIELD(slots),    FIELD(film),  FIELD(size),      FIELD(touch),     FIELD(tools),  FIELD(single),
    FIELD(pressure), FIELD(sizes), FIELD(tool_type), FIELD(distance),  FIELD(stamps), FIELD(ids),
    FIELD(minimum),  FIELD(used),  FIELD(held),      FIELD(listening), FIELD(raw),
};

static int *
field(struct life_panel *panel, size_t index)
{
	return (int *)(void *)((char *)panel + fields[index].offset);
}

void
life_add(struct life *life, struct life_step step)
{
	if (life->count == life->capacity) {
		life->capacity = life->capacity ? 2 * life->capacity : 256;
		life->steps = realloc(life->steps, life->capacity * sizeof(step));
		if (!life->steps)
			abort();
	}
	life->steps[life->count++] = step;
}

void
life_clear(struct life *life)
{
	free(life->steps);
	life->steps = NULL;
	life->count = life->capacity = 0;
	life->panel = (struct life_panel){0};
}

static void
throw_panel(struct life_panel *panel, struct dice *dice)
{
	static const int slots[] = {10, 10, 10, 1, 2, 5, 16, 3, 20};

	*panel = (struct life_panel){
	    .slots = slots[dice_throw(dice, ARRAY_LENGTH(slots))],
	    .film = dice_chance(dice, 85),
	    .size = dice_chance(dice, 95),
	    .touch = dice_chance(dice, 70) ? LIFE_TOUCH_KERNEL : (int)dice_throw(dice, 4),
	    .tools = (int)(dice_throw(dice, 3) * 5 / 2), /* 0, 2 or 5 */
	    .single = dice_chance(dice, 60),
	    .pressure = (int)dice_throw(dice, 3),
	    .sizes = (int)dice_throw(dice, 3),
	    .tool_type = dice_chance(dice, 25),
	    .distance = dice_chance(dice, 25),
	    .stamps = dice_chance(dice, 20),
	    .ids = dice_chance(dice, 50) ? LIFE_IDS_KERNEL : (int)dice_throw(dice, 4),
	    .minimum = dice_chance(dice, 10) ? -100 : 0,
	    .used = dice_chance(dice, 40),
	    .held = dice_chance(dice, 20) ? (int)dice_throw(dice, 3) : 0,
	    .listening = dice_chance(dice, 85),
	    .raw = dice_chance(dice, 8),
	};
	/* A button for two without one for one is no touchscreen's. */
	if (panel->tools == 2)
		panel->tools = 1;
}

/* On a pad, beside one, or anywhere. */
static void
throw_place(struct dice *dice, int *x, int *y)
{
	struct overlay overlay;

	if (dice_chance(dice, 40) || overlay_default(LIFE_WIDTH_MM, LIFE_HEIGHT_MM, &overlay) < 0) {
		*x = (int)dice_throw(dice, LIFE_WIDTH + 1);
		*y = (int)dice_throw(dice, LIFE_HEIGHT + 1);
	} else {
		const struct overlay_pad *pad = &overlay.pads[dice_throw(dice, PAD_COUNT)];
		int reach = dice_chance(dice, 70) ? 30 : 110; /* 3 mm: on it; 11 mm: off as well */

		*x = (int)(pad->centre.x * 10) + (int)dice_throw(dice, (uint32_t)reach) - reach / 2;
		*y = (int)(pad->centre.y * 10) + (int)dice_throw(dice, (uint32_t)reach) - reach / 2;
	}
}

static void
throw_value(struct dice *dice, int *code, int *value)
{
	static const int codes[] = {ABS_MT_TOUCH_MAJOR, ABS_MT_TOUCH_MINOR, ABS_MT_ORIENTATION,
				    ABS_MT_PRESSURE,    ABS_MT_TOOL_TYPE,   ABS_MT_DISTANCE};

	*code = codes[dice_throw(dice, ARRAY_LENGTH(codes))];
	if (*code == ABS_MT_TOOL_TYPE)
		*value = (int)dice_throw(dice, 3); /* finger, pen, palm */
	else if (*code == ABS_MT_DISTANCE)
		*value = dice_chance(dice, 50) ? 0 : (int)dice_throw(dice, 20);
	else
		*value = (int)dice_throw(dice, 400);
}

/* Between two frames: what panels send, nothing, or long. */
static int
throw_pause_us(struct dice *dice)
{
	static const int pauses[] = {8333, 8333, 8333, 4166, 16667, 0, 50000, 120000, 650000};

	if (dice_chance(dice, 1))
		return 20000000;
	return pauses[dice_throw(dice, ARRAY_LENGTH(pauses))];
}

static enum life_step_kind
throw_kind(struct dice *dice, bool raw)
{
	uint32_t thrown = dice_throw(dice, 1000);

	for (unsigned i = 0; i < LIFE_STEP_COUNT; i++) {
		unsigned weight = i == LIFE_RAW && !raw ? 0 : kinds[i].weight;

		if (thrown < weight)
			return (enum life_step_kind)i;
		thrown -= weight;
	}
	return LIFE_REPORT;
}

static struct life_step
throw_step(struct dice *dice, const struct life_panel *panel)
{
	static const int keys[] = {KEY_POWER, KEY_HOMEPAGE, BTN_STYLUS};
	struct life_step step = {.kind = throw_kind(dice, panel->raw)};

	switch (step.kind) {
	case LIFE_LAND:
	case LIFE_MOVE:
	case LIFE_REPLACE:
		step.a[0] = (int)dice_throw(dice, (uint32_t)panel->slots);
		throw_place(dice, &step.a[1], &step.a[2]);
		break;
	case LIFE_VALUE:
		step.a[0] = (int)dice_throw(dice, (uint32_t)panel->slots);
		throw_value(dice, &step.a[1], &step.a[2]);
		break;
	case LIFE_LIFT:
		step.a[0] = (int)dice_throw(dice, (uint32_t)panel->slots);
		break;
	case LIFE_REPORT:
	case LIFE_TICK:
		step.a[0] = throw_pause_us(dice);
		break;
	case LIFE_LATE:
		step.a[0] = (int)dice_throw(dice, 20000);
		break;
	case LIFE_RESYNC:
	case LIFE_LISTEN:
	case LIFE_EAR:
		step.a[0] = (int)dice_throw(dice, 2);
		break;
	case LIFE_NEAR:
		step.a[0] = (int)dice_throw(dice, EAR_PROXIMITY_COUNT);
		break;
	case LIFE_SAMPLE: /* and soon over */
		step.a[0] = dice_chance(dice, 20);
		break;
	case LIFE_KEY:
		step.a[0] = keys[dice_throw(dice, ARRAY_LENGTH(keys))];
		step.a[1] = (int)dice_throw(dice, 2);
		break;
	case LIFE_RAW:
		step.a[0] = (int)(dice_chance(dice, 70) ? EV_ABS : dice_throw(dice, EV_CNT));
		step.a[1] = (int)(dice_chance(dice, 70) ? ABS_MT_SLOT + dice_throw(dice, 15)
							: dice_throw(dice, KEY_CNT));
		step.a[2] = (int)dice_throw(dice, 40) - 10;
		if (dice_chance(dice, 5))
			step.a[2] = dice_chance(dice, 50) ? INT32_MAX : INT32_MIN;
		break;
	case LIFE_DROP:
	case LIFE_UNPLUG:
	case LIFE_STEP_COUNT:
		break;
	}
	return step;
}

void
life_throw(struct life *life, struct dice *dice, size_t steps_max)
{
	life_clear(life);
	throw_panel(&life->panel, dice);
	while (life->count < steps_max && dice_last(dice))
		life_add(life, throw_step(dice, &life->panel));
}

void
life_write(const struct life *life, FILE *stream)
{
	struct life_panel panel = life->panel;

	fputs("panel", stream);
	for (size_t i = 0; i < ARRAY_LENGTH(fields); i++)
		fprintf(stream, " %s=%d", fields[i].name, *field(&panel, i));
	fputc('\n', stream);
	for (const struct life_step *step = life->steps; step < life->steps + life->count; step++) {
		fputs(kinds[step->kind].name, stream);
		for (unsigned i = 0; i < kinds[step->kind].arguments; i++)
			fprintf(stream, " %d", step->a[i]);
		fputc('\n', stream);
	}
}

static bool
read_number(char **next, int *out)
{
	char *end;
	long value = strtol(*next, &end, 10);

	if (end == *next || value < INT32_MIN || value > INT32_MAX)
		return false;
	*out = (int)value;
	*next = end;
	return true;
}

static bool
read_panel(struct life_panel *panel, char *text)
{
	char *rest, *word;

	for (word = strtok_r(text, " \n", &rest); word; word = strtok_r(NULL, " \n", &rest)) {
		char *value = strchr(word, '=');
		size_t i = 0;

		if (!value)
			return false;
		*value++ = '\0';
		while (i < ARRAY_LENGTH(fields) && strcmp(word, fields[i].name) != 0)
			i++;
		if (i == ARRAY_LENGTH(fields) || !read_number(&value, field(panel, i)))
			return false;
	}
	return panel->slots > 0;
}

static bool
read_step(struct life *life, const char *name, char *rest)
{
	struct life_step step = {0};
	unsigned kind = 0;

	while (kind < LIFE_STEP_COUNT && strcmp(name, kinds[kind].name) != 0)
		kind++;
	if (kind == LIFE_STEP_COUNT)
		return false;
	step.kind = (enum life_step_kind)kind;
	for (unsigned i = 0; i < kinds[kind].arguments; i++) {
		if (!read_number(&rest, &step.a[i]))
			return false;
	}
	life_add(life, step);
	return true;
}

bool
life_read(struct life *life, FILE *stream, unsigned *line)
{
	_autofree_ char *text = NULL;
	size_t size = 0;

	life_clear(life);
	for (*line = 1; getline(&text, &size, stream) > 0; ++*line) {
		char *rest, *name;

		text[strcspn(text, "#\n")] = '\0';
		name = strtok_r(text, " ", &rest);
		if (!name)
			continue;
		if (strcmp(name, "panel") == 0 ? !read_panel(&life->panel, rest)
					       : !read_step(life, name, rest))
			return false;
	}
	return life->panel.slots > 0;
}
