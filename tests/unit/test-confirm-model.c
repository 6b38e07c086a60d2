/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every sequence of up to six events of the confirmation against a plain reference: nothing runs
 * without two deliberate inputs of its kind, the second one within its window, and what had both
 * runs once. The machine is a struct that can be copied, so that the sequences are walked as a
 * tree. Run by tests/run; owns nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/confirm.h"

#define LENGTH 6
#define A      PAD_LEFT_TOP     /* takes two presses */
#define B      PAD_RIGHT_BOTTOM /* so does this */
#define C      PAD_RIGHT_TOP    /* one press, then a hold */
#define S      PAD_LEFT_MIDDLE  /* takes one press */

enum event {
	EVENT_A,
	EVENT_A_SOON, /* 20 ms after the event before: a bounce, if that was A's lift */
	EVENT_A_SLOW, /* it lies there for 2 s */
	EVENT_B,
	EVENT_C,
	EVENT_C_HELD,
	EVENT_S,
	EVENT_A_HELD, /* an input of its own, which takes two */
	EVENT_CHORD,
	EVENT_EAR,
	EVENT_DISARM, /* a touch, another app, window, focus or site, the ear, a lock, a target gone
		       */
	EVENT_SPOKEN,
	EVENT_NAME,   /* the announcement goes on */
	EVENT_NEARLY, /* the window's time passes, nearly */
	EVENT_LATE,   /* and now it is over */
	EVENT_TOTAL,
};
#define EVENT_COUNT 16

/* What a person would say: which input was announced, when, and until when it may come again. */
struct reference {
	int announced; /* an input's index, -1: none */
	bool needs_hold;
	bool talking; /* the announcement is not over */
	uint64_t ms, latest_ms, until_ms;
	bool a_lifted;
	uint64_t a_lifted_ms;
};

struct state {
	struct confirm confirm;
	uint64_t ms;
	uint32_t utterance;
	struct reference reference;
};

static int
input_of(enum event event, struct confirm_input *it)
{
	it->how = PROFILE_CONFIRM_DOUBLE;
	it->held = event == EVENT_C_HELD || event == EVENT_A_HELD;
	switch (event) {
	case EVENT_A:
	case EVENT_A_SOON:
	case EVENT_A_SLOW:
		it->input = input_press(A);
		break;
	case EVENT_B:
		it->input = input_press(B);
		break;
	case EVENT_C:
	case EVENT_C_HELD:
		it->input = input_press(C);
		it->how = PROFILE_CONFIRM_HOLD;
		break;
	case EVENT_S:
		it->input = input_press(S);
		it->how = PROFILE_CONFIRM_SINGLE;
		break;
	case EVENT_A_HELD:
		it->input = input_hold(A);
		break;
	case EVENT_CHORD:
		it->input = input_chord(A, B);
		break;
	case EVENT_EAR:
		it->input = input_ear(INPUT_EAR_TAP);
		break;
	case EVENT_DISARM:
	case EVENT_SPOKEN:
	case EVENT_NAME:
	case EVENT_NEARLY:
	case EVENT_LATE:
	case EVENT_TOTAL:
		return -1;
	}
	return (int)it->input.index;
}

/* How long after the event before it lands, and how long after that it is complete. */
static void
times_of(enum event event, uint64_t *gap_ms, uint64_t *length_ms)
{
	*gap_ms = event == EVENT_A_SOON ? 20 : 100;
	*length_ms = event == EVENT_A_SLOW                            ? 2000
		     : event == EVENT_C_HELD || event == EVENT_A_HELD ? 600
								      : 60;
}

static uint64_t
pause_of(enum event event)
{
	switch (event) {
	case EVENT_NEARLY:
		return CONFIRM_WINDOW_MS - 150;
	case EVENT_LATE:
		return CONFIRM_WINDOW_MS + 150;
	case EVENT_TOTAL:
		return CONFIRM_TOTAL_MS + 150;
	case EVENT_A:
	case EVENT_A_SOON:
	case EVENT_A_SLOW:
	case EVENT_B:
	case EVENT_C:
	case EVENT_C_HELD:
	case EVENT_S:
	case EVENT_A_HELD:
	case EVENT_CHORD:
	case EVENT_EAR:
	case EVENT_DISARM:
	case EVENT_SPOKEN:
	case EVENT_NAME:
		break;
	}
	return 10;
}

/* --- the reference --- */

static bool
refer_input(struct reference *reference, const struct confirm_input *it, uint64_t down_ms,
	    uint64_t done_ms)
{
	bool again = reference->announced == (int)it->input.index && down_ms <= reference->until_ms;
	bool runs = again && (!reference->needs_hold || it->held);

	reference->announced = -1;
	if (it->how == PROFILE_CONFIRM_SINGLE)
		return true;
	if (runs)
		return true;
	reference->announced = (int)it->input.index;
	reference->needs_hold = it->how == PROFILE_CONFIRM_HOLD;
	reference->talking = true;
	reference->latest_ms = reference->until_ms = done_ms + CONFIRM_TOTAL_MS;
	return false;
}

static void
refer_other(struct reference *reference, enum event event, uint64_t ms)
{
	if (event == EVENT_DISARM)
		reference->announced = -1;
	if (event == EVENT_SPOKEN && reference->talking) {
		reference->talking = false;
		if (ms + CONFIRM_WINDOW_MS < reference->latest_ms)
			reference->until_ms = ms + CONFIRM_WINDOW_MS;
	}
	if (event == EVENT_NAME && reference->announced >= 0 && ms <= reference->until_ms) {
		reference->talking = true;
		reference->until_ms = reference->latest_ms;
	}
}

/* --- the machine, as the brain drives it --- */

static void
lift(struct confirm *confirm, struct input input, struct usec time)
{
	for (int pad = 0; pad < PAD_COUNT; pad++) {
		if (input_has_pad(input, (enum pad)pad))
			confirm_lift(confirm, (enum pad)pad, time);
	}
}

static bool
drive_input(struct state *state, const struct confirm_input *it, bool bounce, uint32_t *utterance)
{
	struct confirm *confirm = &state->confirm;
	enum confirm_answer answer;

	if (bounce)
		return false;
	confirm_tick(confirm, it->down);
	for (int pad = 0; pad < PAD_COUNT; pad++) {
		if (input_has_pad(it->input, (enum pad)pad))
			confirm_down(confirm, (enum pad)pad, it->down);
	}
	answer = confirm_done(confirm, it);
	if (answer == CONFIRM_ANNOUNCE)
		confirm_announced(confirm, ++*utterance, it->time);
	return answer == CONFIRM_RUN;
}

static void
take_input(struct state *state, enum event event, struct confirm_input *it, bool *ran,
	   bool *expected)
{
	struct reference *reference = &state->reference;
	uint64_t gap_ms, length_ms;
	bool bounce;

	times_of(event, &gap_ms, &length_ms);
	state->ms += gap_ms;
	it->down = usec_from_ms(state->ms);
	bounce = reference->a_lifted && input_has_pad(it->input, A) &&
		 input_kind(it->input) == INPUT_PRESS &&
		 state->ms < reference->a_lifted_ms + CONFIRM_BOUNCE_MS;
	if (input_kind(it->input) == INPUT_PRESS && input_has_pad(it->input, A))
		assert_int_equal(bounce, confirm_is_bounce(&state->confirm, A, it->down));
	state->ms += length_ms;
	it->time = usec_from_ms(state->ms);
	*ran = drive_input(state, it, bounce, &state->utterance);
	*expected = !bounce && refer_input(reference, it, state->ms - length_ms, state->ms);
	if (input_kind(it->input) == INPUT_EAR)
		return;
	lift(&state->confirm, it->input, it->time);
	/* Of a chord, the pad that is lifted last is another one. */
	reference->a_lifted = input_has_pad(it->input, A) && event != EVENT_CHORD;
	reference->a_lifted_ms = state->ms;
}

static void
take_other(struct state *state, enum event event)
{
	struct usec now;

	state->ms += pause_of(event);
	now = usec_from_ms(state->ms);
	confirm_tick(&state->confirm, now);
	if (event == EVENT_DISARM)
		confirm_disarm(&state->confirm);
	if (event == EVENT_SPOKEN)
		confirm_spoken(&state->confirm, state->utterance, now);
	if (event == EVENT_NAME && confirm_is_waiting(&state->confirm))
		confirm_goes_on(&state->confirm, ++state->utterance);
	refer_other(&state->reference, event, state->ms);
}

static void
walk(const struct state *before, unsigned depth, enum event *path)
{
	for (int i = 0; i < EVENT_COUNT; i++) {
		struct state state = *before;
		struct confirm_input it;
		bool ran = false, expected = false;

		path[depth] = (enum event)i;
		if (input_of((enum event)i, &it) >= 0)
			take_input(&state, (enum event)i, &it, &ran, &expected);
		else
			take_other(&state, (enum event)i);
		if (ran != expected)
			fail_msg("after %d %d %d %d %d %d (%u of them): it has %srun", path[0],
				 path[1], path[2], path[3], path[4], path[5], depth + 1,
				 ran ? "" : "not ");
		if (depth + 1 < LENGTH)
			walk(&state, depth + 1, path);
	}
}

static void
every_sequence(void **unused)
{
	struct state start = {.ms = 100000, .reference = {.announced = -1}};
	enum event path[LENGTH] = {EVENT_A};

	(void)unused;
	walk(&start, 0, path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(every_sequence)};

	return cmocka_run_group_tests_name("confirm-model", tests, NULL, NULL);
}
