/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The core under lives of touchscreens by chance, as many as take a second, and under every one
 * that `make fuzz` has found; and that what judges them sees what is wrong.
 * Run by `make check`, from the repository's folder.
 * Owns nothing but what a test allocates.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <glib.h>

#include "common/cleanup.h"
#include "tests/support/core_judge.h"
#include "tests/support/core_trial.h"

#define FOUND "tests/fuzz/lives"
/* `make fuzz` has 10 million. */
#define FRAMES 200000

static void
lives_by_chance_hold(void **state)
{
	struct core_trial_result result = {0};
	struct life life = {0};
	uint64_t frames = 0, replayed = 0, pressed = 0;

	(void)state;
	/* The same ones each time: what is new is for `make fuzz`. */
	for (uint64_t seed = 1; frames < FRAMES; seed++) {
		struct dice dice = dice_of_seed(seed);

		life_throw(&life, &dice, 1 + dice_throw(&dice, CORE_TRIAL_STEPS_MAX));
		if (!core_trial_run(&life, &result))
			fail_msg("seed %u: %s; make it small with: core-fuzz %u 1", (unsigned)seed,
				 result.fault, (unsigned)seed);
		frames += result.frames;
		replayed += result.replayed;
		pressed += result.pressed;
	}
	life_clear(&life);
	/* They did touch pads. */
	assert_true(pressed > FRAMES / 100 && replayed > FRAMES / 100);
}

static void
found_lives_hold(void **state)
{
	g_autoptr(GDir) folder = g_dir_open(FOUND, 0, NULL);
	struct core_trial_result result = {0};
	struct life life = {0};
	const char *name;
	unsigned count = 0;

	(void)state;
	assert_non_null(folder);
	while ((name = g_dir_read_name(folder))) {
		g_autofree char *path = g_build_filename(FOUND, name, NULL);
		_autofclose_ FILE *stream = fopen(path, "re");
		unsigned line;

		assert_non_null(stream);
		if (!life_read(&life, stream, &line))
			fail_msg("%s:%u: this is no step", path, line);
		if (!core_trial_run(&life, &result))
			fail_msg("%s: %s", path, result.fault);
		assert_true(result.frames > 0);
		count++;
	}
	life_clear(&life);
	assert_true(count >= 5);
}

static void
a_life_is_written_as_it_is_read(void **state)
{
	g_autofree char *text = NULL, *again = NULL;
	struct dice dice = dice_of_seed(7);
	struct life life = {0}, copy = {0};
	size_t size;
	unsigned line;
	FILE *stream;

	(void)state;
	life_throw(&life, &dice, 300);
	stream = open_memstream(&text, &size);
	life_write(&life, stream);
	fclose(stream);
	stream = fmemopen(text, size, "r");
	assert_true(life_read(&copy, stream, &line));
	fclose(stream);
	stream = open_memstream(&again, &size);
	life_write(&copy, stream);
	fclose(stream);
	assert_string_equal(text, again);
	life_clear(&life);
	life_clear(&copy);
}

static void
no_life_is_told_with_its_line(void **state)
{
	static const struct {
		const char *text;
		unsigned line;
	} wrong[] = {
	    {"panel slots=1\nland 0 1 1\nlift\n", 3},
	    {"panel slots=1\n\nslide 1 2 3\n", 3},
	    {"panel slots=ten\n", 1},
	    {"panel size=1 colour=2\n", 1},
	    {"panel slots=0\n", 1},
	};
	struct life life = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LENGTH(wrong); i++) {
		FILE *stream = fmemopen((char *)wrong[i].text, strlen(wrong[i].text), "r");
		unsigned line = 0;

		assert_false(life_read(&life, stream, &line));
		assert_int_equal(line, wrong[i].line);
		fclose(stream);
	}
	life_clear(&life);
}

/* --- the reader sees what is wrong -------------------------------------------------------------
 */

#define AXIS(code, value) ((struct core_event){EV_ABS, code, value})

static void
take(struct mt_reader *reader, const struct core_event *events)
{
	size_t count = 0;

	while (events[count].type)
		count++;
	reader->fault = NULL;
	mt_reader_take(reader, events, count);
}

static void
a_reader_sees_double_ids(void **state)
{
	const struct core_event land[] = {AXIS(ABS_MT_TRACKING_ID, 4), {0}};
	const struct core_event other[] = {AXIS(ABS_MT_TRACKING_ID, 5), {0}};
	const struct core_event lift[] = {AXIS(ABS_MT_TRACKING_ID, -1), {0}};
	const struct core_event twin[] = {AXIS(ABS_MT_SLOT, 1), AXIS(ABS_MT_TRACKING_ID, 5), {0}};
	const struct core_event beyond[] = {AXIS(ABS_MT_SLOT, 2), {0}};
	struct mt_reader reader;

	(void)state;
	mt_reader_init(&reader, 2);
	take(&reader, land);
	assert_null(reader.fault);
	take(&reader, land); /* the kernel keeps that to itself */
	assert_null(reader.fault);
	take(&reader, other);
	assert_non_null(reader.fault);
	assert_false(mt_reader_has_twins(&reader));
	take(&reader, twin);
	assert_null(reader.fault);
	assert_true(mt_reader_has_twins(&reader));
	take(&reader, lift);
	assert_null(reader.fault);
	take(&reader, lift);
	assert_non_null(reader.fault);
	take(&reader, beyond);
	assert_non_null(reader.fault);
	assert_int_equal(mt_reader_down(&reader), 1);
}

static void
a_reader_sees_wrong_emulation(void **state)
{
	const struct core_event land[] = {AXIS(ABS_MT_TRACKING_ID, 0xffff),
					  AXIS(ABS_MT_POSITION_X, 7),
					  AXIS(ABS_MT_SLOT, 1),
					  AXIS(ABS_MT_TRACKING_ID, 0),
					  AXIS(ABS_MT_POSITION_X, 9),
					  {EV_KEY, BTN_TOUCH, 1},
					  {EV_KEY, BTN_TOOL_DOUBLETAP, 1},
					  AXIS(ABS_X, 7),
					  {0}};
	const struct core_event younger[] = {AXIS(ABS_X, 9), {0}};
	const struct core_event older[] = {AXIS(ABS_X, 7), {0}};
	const struct core_event one[] = {{EV_KEY, BTN_TOOL_FINGER, 1}, {0}};
	const struct core_event untouched[] = {{EV_KEY, BTN_TOUCH, 0}, {0}};
	struct mt_reader reader;

	(void)state;
	mt_reader_init(&reader, 2);
	reader.has_axis[ABS_X] = reader.has_touch = true;
	reader.has_tool[0] = reader.has_tool[1] = true;
	take(&reader, land);
	/* 0xffff came before 0: ids go round. */
	assert_null(mt_reader_emulation_fault(&reader, true));
	take(&reader, younger);
	assert_non_null(mt_reader_emulation_fault(&reader, true));
	take(&reader, older);
	take(&reader, one);
	assert_null(mt_reader_emulation_fault(&reader, false));
	assert_non_null(mt_reader_emulation_fault(&reader, true));
	take(&reader, untouched);
	assert_non_null(mt_reader_emulation_fault(&reader, false));
}

/* A press of the judge's own making, with one thing wrong. */
static bool
press_is_blamed(uint32_t number, enum press_phase phase, uint64_t down_us, uint64_t time_us,
		bool after_down)
{
	const struct life_panel panel = {.slots = 1};
	struct core_trial_result result = {0};
	struct judge judge = {.life = &panel, .result = &result};
	const struct core_press before = {1, PAD_LEFT_TOP, PRESS_DOWN, {100}, {100}, {0, 0}};
	const struct core_press press = {number, PAD_LEFT_TOP, phase, {down_us}, {time_us}, {0, 0}};

	if (after_down)
		judge_output.press(&judge, &before);
	assert_string_equal(result.fault, "");
	judge_output.press(&judge, &press);
	return result.fault[0] != '\0';
}

static void
the_judge_blames_presses(void **state)
{
	(void)state;
	assert_false(press_is_blamed(1, PRESS_DOWN, 100, 100, false));
	assert_false(press_is_blamed(1, PRESS_UP, 100, 200, true));
	assert_true(press_is_blamed(0, PRESS_DOWN, 100, 100, false));
	assert_true(press_is_blamed(1, PRESS_DOWN, 100, 100, true));   /* twice */
	assert_true(press_is_blamed(1, PRESS_UP, 100, 200, false));    /* never down */
	assert_true(press_is_blamed(2, PRESS_CANCEL, 100, 200, true)); /* another one */
	assert_true(press_is_blamed(1, PRESS_UP, 100, 99, true));      /* before it landed */
	assert_true(press_is_blamed(1, PRESS_UP, 101, 200, true));     /* that landed otherwise */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(lives_by_chance_hold),
	    cmocka_unit_test(found_lives_hold),
	    cmocka_unit_test(a_life_is_written_as_it_is_read),
	    cmocka_unit_test(no_life_is_told_with_its_line),
	    cmocka_unit_test(a_reader_sees_double_ids),
	    cmocka_unit_test(a_reader_sees_wrong_emulation),
	    cmocka_unit_test(the_judge_blames_presses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
