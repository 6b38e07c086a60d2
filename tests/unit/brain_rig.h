/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A brain with a notebook for its outputs and a clock that tests turn.
 * Included by the tests of the brain, after cmocka.
 * Owns the brain, its profiles and the notes.
 */
#ifndef SIDETOUCH_BRAIN_RIG_H
#define SIDETOUCH_BRAIN_RIG_H

#include <glib.h>
#include <string.h>

#include "daemon/brain.h"

/* The buttons of every rig, whatever is built in; a test's own profile is laid over them. */
static const char brain_rig_buttons[] =
    "[Profile]\nName=Default\n[left-top]\nCommand=back\n[left-middle]\nCommand=read-focus\n"
    "[left-bottom]\nCommand=stop\n"
    "[right-top]\nCommand=key Shift+Tab\nLabel=Previous\nConfirm=single\n"
    "[right-middle]\nCommand=key Tab\nLabel=Next\nConfirm=single\n"
    "[ear swipe-up]\nCommand=key Shift+Tab\nLabel=Previous\nConfirm=single\n"
    "[ear swipe-down]\nCommand=key Tab\nLabel=Next\nConfirm=single\n";

struct brain_rig {
	struct brain *brain;
	struct profile_set *profiles;
	struct usec now;
	uint32_t press;     /* the number of the latest press */
	uint32_t utterance; /* the number of the latest utterance */
	uint32_t runs;
	uint32_t stops; /* of speech */
	bool watching;
	bool mute;      /* nothing can be said: say() returns 0 */
	GString *notes; /* "say:Back, press again|run:back|", since brain_rig_expect() */
};

static inline uint32_t
brain_rig_on_say(void *data, uint32_t press, const char *text)
{
	struct brain_rig *rig = data;

	(void)press;
	g_string_append_printf(rig->notes, "say:%s|", text);
	return rig->mute ? 0 : ++rig->utterance;
}

static inline void
brain_rig_on_stop(void *data)
{
	((struct brain_rig *)data)->stops++;
}

static inline void
brain_rig_on_run(void *data, uint32_t press, const struct profile_binding *binding)
{
	struct brain_rig *rig = data;

	/* An ear's gestures are numbered apart from presses. */
	if (press < 0x80000000u)
		assert_int_equal(press, rig->press);
	rig->runs++;
	g_string_append_printf(rig->notes, "run:%s|", binding->command->text);
}

static inline void
brain_rig_on_watch(void *data, bool on)
{
	struct brain_rig *rig = data;

	rig->watching = on;
}

static inline void
brain_rig_on_resolve(void *data, uint32_t press, const struct profile_binding *binding)
{
	struct brain_rig *rig = data;

	(void)press;
	(void)binding;
	g_string_append(rig->notes, "resolve|");
}

static inline uint32_t
brain_rig_on_say_after(void *data, uint32_t press, const char *text)
{
	struct brain_rig *rig = data;

	(void)press;
	g_string_append_printf(rig->notes, "after:%s|", text);
	return rig->mute ? 0 : ++rig->utterance;
}

static inline void
brain_rig_on_point(void *data, uint32_t press)
{
	struct brain_rig *rig = data;

	assert_int_equal(press, rig->press);
	g_string_append(rig->notes, "point|");
}

static inline void
brain_rig_on_assign(void *data, uint32_t press, struct input input, const char *command,
		    const char *label)
{
	struct brain_rig *rig = data;

	assert_int_equal(press, rig->press);
	g_string_append_printf(rig->notes, "assign:%s:%s:%s|", input_to_str(input), command,
			       label ? label : "");
}

static inline void
brain_rig_on_undo(void *data, uint32_t press)
{
	struct brain_rig *rig = data;

	assert_int_equal(press, rig->press);
	g_string_append(rig->notes, "undo|");
}

static inline void
brain_rig_on_tutorial(void *data, enum brain_tutorial_end end)
{
	g_string_append_printf(((struct brain_rig *)data)->notes, "tutorial:%d|", (int)end);
}

static inline void
brain_rig_on_problem(void *data, const char *problem)
{
	(void)data;
	fail_msg("%s", problem);
}

/* Another brain in place of the one there was, if any; time goes on. */
static inline void
brain_rig_restart(struct brain_rig *rig)
{
	static const struct brain_output output = {
	    .say = brain_rig_on_say,
	    .stop = brain_rig_on_stop,
	    .run = brain_rig_on_run,
	    .watch = brain_rig_on_watch,
	    .resolve = brain_rig_on_resolve,
	    .say_after = brain_rig_on_say_after,
	    .point = brain_rig_on_point,
	    .assign = brain_rig_on_assign,
	    .undo = brain_rig_on_undo,
	    .tutorial = brain_rig_on_tutorial,
	};

	brain_unref(rig->brain);
	assert_int_equal(brain_new(&output, rig, rig->profiles, &rig->brain), 0);
	g_string_truncate(rig->notes, 0);
	rig->runs = 0;
	rig->watching = false;
}

static inline struct brain_rig *
brain_rig_new(const char *profile)
{
	struct brain_rig *rig = g_new0(struct brain_rig, 1);

	rig->profiles = profile_set_new();
	assert_true(profile_set_add_text(rig->profiles, "rig", PROFILE_LAYER_USER,
					 brain_rig_buttons, strlen(brain_rig_buttons),
					 brain_rig_on_problem, NULL));
	if (profile)
		assert_true(profile_set_add_text(rig->profiles, "test", PROFILE_LAYER_USER, profile,
						 strlen(profile), brain_rig_on_problem, NULL));
	rig->notes = g_string_new(NULL);
	rig->now = usec_from_ms(100000);
	brain_rig_restart(rig);
	return rig;
}

static inline void
brain_rig_free(struct brain_rig *rig)
{
	brain_unref(rig->brain);
	profile_set_free(rig->profiles);
	g_string_free(rig->notes, TRUE);
	g_free(rig);
}

static inline void
brain_rig_wait(struct brain_rig *rig, uint64_t ms)
{
	struct usec end = usec_add(rig->now, usec_from_ms(ms)), deadline;

	while (brain_next_deadline(rig->brain, &deadline) && !usec_before(end, deadline)) {
		rig->now = usec_max(rig->now, deadline);
		brain_tick(rig->brain, rig->now);
	}
	rig->now = end;
}

static inline void
brain_rig_phase(struct brain_rig *rig, enum pad pad, enum press_phase phase, uint64_t down_ago_ms)
{
	struct brain_press press = {
	    .press = rig->press,
	    .pad = pad,
	    .phase = phase,
	    .down = usec_since(rig->now, usec_from_ms(down_ago_ms)),
	    .time = rig->now,
	};

	struct input armed;

	brain_press(rig->brain, &press);
	/* What is armed is watched, and nothing else. */
	assert_int_equal(brain_armed(rig->brain, &armed), rig->watching);
}

/* Down, 60 ms, up. */
static inline void
brain_rig_press(struct brain_rig *rig, enum pad pad)
{
	rig->press++;
	brain_rig_phase(rig, pad, PRESS_DOWN, 0);
	brain_rig_wait(rig, 60);
	brain_rig_phase(rig, pad, PRESS_UP, 60);
}

/* Down, held for 600 ms, up after 700. */
static inline void
brain_rig_hold(struct brain_rig *rig, enum pad pad)
{
	rig->press++;
	brain_rig_phase(rig, pad, PRESS_DOWN, 0);
	brain_rig_wait(rig, 600);
	brain_rig_phase(rig, pad, PRESS_HOLD, 600);
	brain_rig_wait(rig, 100);
	brain_rig_phase(rig, pad, PRESS_UP, 700);
}

static inline void
brain_rig_chord_phase(struct brain_rig *rig, enum pad a, enum pad b, enum press_phase phase,
		      uint64_t down_ago_ms)
{
	struct brain_chord chord = {
	    .chord = rig->press,
	    .pads = {a, b},
	    .presses = {rig->press - 2, rig->press - 1},
	    .phase = phase,
	    .down = usec_since(rig->now, usec_from_ms(down_ago_ms)),
	    .time = rig->now,
	};

	brain_chord(rig->brain, &chord);
}

/* Two landings 20 ms apart, as the driver tells them: two presses, the chord, and both cancelled.
 */
static inline void
brain_rig_chord_down(struct brain_rig *rig, enum pad a, enum pad b)
{
	rig->press++;
	brain_rig_phase(rig, b, PRESS_DOWN, 0);
	brain_rig_wait(rig, 20);
	rig->press++;
	brain_rig_phase(rig, a, PRESS_DOWN, 0);
	rig->press++;
	brain_rig_chord_phase(rig, a, b, PRESS_DOWN, 0);
	rig->press -= 2;
	brain_rig_phase(rig, b, PRESS_CANCEL, 20);
	rig->press++;
	brain_rig_phase(rig, a, PRESS_CANCEL, 0);
	rig->press++;
}

static inline void
brain_rig_chord(struct brain_rig *rig, enum pad a, enum pad b)
{
	brain_rig_chord_down(rig, a, b);
	brain_rig_wait(rig, 80);
	brain_rig_chord_phase(rig, a, b, PRESS_UP, 80);
}

/* Both held for 600 ms, up after 700. */
static inline void
brain_rig_hold_pair(struct brain_rig *rig, enum pad a, enum pad b)
{
	brain_rig_chord_down(rig, a, b);
	brain_rig_wait(rig, 600);
	brain_rig_chord_phase(rig, a, b, PRESS_HOLD, 600);
	brain_rig_wait(rig, 100);
	brain_rig_chord_phase(rig, a, b, PRESS_UP, 700);
	brain_rig_wait(rig, 100);
}

static inline void
brain_rig_spoken(struct brain_rig *rig)
{
	brain_spoken(rig->brain, rig->utterance, rig->now);
}

/* Fails unless the notes are these; then they are empty. */
static inline void
brain_rig_expect(struct brain_rig *rig, const char *notes)
{
	assert_string_equal(rig->notes->str, notes);
	g_string_truncate(rig->notes, 0);
}

#endif
