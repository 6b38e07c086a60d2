/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every sequence of six events (five with sanitizers) against a plain reference: no command runs
 * without two deliberate inputs of its kind, and each that had them runs once. Run by tests/run;
 * owns nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/brain_rig.h"

/* With sanitizers, 38 s of six find nothing that five do not: each event's code has been met. */
#ifdef __SANITIZE_ADDRESS__
#define LENGTH 5
#else
#define LENGTH 6
#endif

static const char profile[] = "[Profile]\nName=Default\n"
			      "[left-top hold]\nCommand=key Home\n"
			      "[left-top + right-bottom]\nCommand=key Escape\n";

enum event {
	EVENT_A,      /* a press of the left-top pad */
	EVENT_BOUNCE, /* its contact comes back 20 ms after the last event's end */
	EVENT_B,      /* a press of another pad that needs two */
	EVENT_SINGLE, /* a press of a pad that needs one */
	EVENT_HOLD,   /* the left-top pad held, which needs two */
	EVENT_CHORD,  /* both pads together, which needs two */
	EVENT_TOUCH,
	EVENT_FRONT,
	EVENT_EXPIRE,
	EVENT_LINK,
	EVENT_SPOKEN,
};
#define EVENT_COUNT 11

/* The reference knows only which input came last with nothing in between. */
struct reference {
	int armed; /* an input's index, or -1 */
	bool just_lifted_a;
	uint32_t runs;
};

static struct input
input_of(enum event event)
{
	if (event == EVENT_HOLD)
		return input_hold(PAD_LEFT_TOP);
	if (event == EVENT_CHORD)
		return input_chord(PAD_LEFT_TOP, PAD_RIGHT_BOTTOM);
	return input_press(event == EVENT_B ? PAD_RIGHT_BOTTOM : PAD_LEFT_TOP);
}

static void
refer(struct reference *reference, enum event event)
{
	bool bounces = reference->just_lifted_a;
	int input = (int)input_of(event).index;

	reference->just_lifted_a = false;
	switch (event) {
	case EVENT_BOUNCE:
		reference->just_lifted_a = true;
		if (bounces)
			return;
		/* Nothing lifted just before: it is a press like any other. */
		__attribute__((fallthrough));
	case EVENT_A:
	case EVENT_B:
	case EVENT_HOLD:
	case EVENT_CHORD:
		reference->just_lifted_a = event != EVENT_B && event != EVENT_CHORD;
		reference->runs += reference->armed == input;
		reference->armed = reference->armed == input ? -1 : input;
		return;
	case EVENT_SINGLE:
		reference->runs++;
		reference->armed = -1;
		return;
	case EVENT_TOUCH:
	case EVENT_FRONT:
	case EVENT_EXPIRE:
	case EVENT_LINK:
		reference->armed = -1;
		return;
	case EVENT_SPOKEN:
		return;
	}
}

static void
apply(struct brain_rig *rig, enum event event, unsigned step)
{
	static const char *const apps[][2] = {{"one", NULL}, {"two", NULL}};

	brain_rig_wait(rig, event == EVENT_BOUNCE ? 20 : 100);
	switch (event) {
	case EVENT_A:
	case EVENT_BOUNCE:
		brain_rig_press(rig, PAD_LEFT_TOP);
		return;
	case EVENT_B:
		brain_rig_press(rig, PAD_RIGHT_BOTTOM);
		return;
	case EVENT_SINGLE:
		brain_rig_press(rig, PAD_LEFT_MIDDLE);
		return;
	case EVENT_HOLD:
		brain_rig_hold(rig, PAD_LEFT_TOP);
		return;
	case EVENT_CHORD:
		brain_rig_chord(rig, PAD_LEFT_TOP, PAD_RIGHT_BOTTOM);
		return;
	case EVENT_TOUCH:
		brain_touch(rig->brain, rig->now);
		return;
	case EVENT_FRONT:
		brain_front(rig->brain, apps[step % 2], rig->now);
		/* Two steps of the same parity may name one app: another comes in between. */
		brain_front(rig->brain, apps[(step + 1) % 2], rig->now);
		return;
	case EVENT_EXPIRE:
		brain_rig_wait(rig, 10000);
		return;
	case EVENT_LINK:
		brain_link(rig->brain, false, rig->now);
		brain_link(rig->brain, true, rig->now);
		return;
	case EVENT_SPOKEN:
		brain_rig_spoken(rig);
		return;
	}
}

static void
every_sequence(void **state)
{
	struct brain_rig *rig = brain_rig_new(profile);
	uint32_t total = 1;

	(void)state;
	for (int i = 0; i < LENGTH; i++)
		total *= EVENT_COUNT;
	for (uint32_t sequence = 0; sequence < total; sequence++) {
		struct reference reference = {.armed = -1};
		uint32_t rest = sequence;

		brain_rig_restart(rig);
		for (unsigned step = 0; step < LENGTH; step++, rest /= EVENT_COUNT) {
			enum event event = rest % EVENT_COUNT;
			struct input input = {0};
			bool is_armed;

			refer(&reference, event);
			apply(rig, event, step);
			is_armed = brain_armed(rig->brain, &input);
			if (rig->runs != reference.runs ||
			    (is_armed ? (int)input.index : -1) != reference.armed)
				fail_msg("sequence %u, step %u: %u runs and not %u, armed %d and "
					 "not %d",
					 sequence, step, rig->runs, reference.runs,
					 is_armed ? (int)input.index : -1, reference.armed);
		}
	}
	brain_rig_free(rig);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(every_sequence)};

	return cmocka_run_group_tests_name("brain-model", tests, NULL, NULL);
}
