/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Six keys as six pads: press, hold, chord, bounce, and what passes.
 * Called through key_core.h.
 * Owns what the clone was told, the six presses and their chords.
 */
#include "driver/core/key_core.h"

#include <errno.h>
#include <linux/input-event-codes.h>
#include <stdlib.h>
#include <string.h>

#include "driver/core/core_private.h"

/*
 * Time goes to the right; "|" is the hold time.
 *
 *   nobody listens           down ──────────────────── up
 *                            passed
 *   short                    down ────── up
 *                            DOWN        UP
 *   long                     down ──────────|───────── up
 *                            DOWN           HOLD       UP
 *   two pads within 150 ms   down ──────────────── up
 *                            DOWN                  chord UP
 *                               down ───────────────── up
 *                               DOWN, chord DOWN,      (nothing)
 *                               both CANCEL
 *   bounce                   down ── up ─(under 40 ms)─ down ── up
 *                            DOWN    UP                 (nothing)
 *   listening ends           down ──(any time)──────── up
 *                            DOWN   CANCEL, passed
 *   lost in a dropped frame  down ──(any time)
 *                            DOWN   CANCEL
 */
#define BOUNCE_MS 40 /* issue 3 */

enum key_state {
	KEY_STATE_UP,
	KEY_STATE_PRESSED,
	KEY_STATE_HELD,
	KEY_STATE_CHORDED, /* one of the two of a chord */
	KEY_STATE_SPENT,   /* down, but no press of its own: a bounce, or what is left of a chord */
	KEY_STATE_PASSED,
};

struct pad_key {
	uint16_t code; /* 0: this pad has none */
	enum key_state state;
	uint32_t press;
	struct usec down;
	unsigned chord; /* while CHORDED: its index in the core's chords */
	bool lifted_before;
	struct usec lifted; /* the end of the last press */
};

struct key_core {
	struct core_output output;
	void *data;
	bool listening;
	uint32_t last_press;
	struct pad_key pads[PAD_COUNT];
	struct chords chords;         /* a pad's number is its slot */
	uint8_t told[KEY_CORE_BYTES]; /* the keys that are down on the clone */
	size_t emit_count;
	struct core_event emit[CORE_EMIT_MAX];
};

static bool
has_key(const uint8_t *keys, unsigned code)
{
	return (keys[code / 8] >> (code % 8) & 1) != 0;
}

static void
set_key(uint8_t *keys, unsigned code, bool down)
{
	uint8_t bit = (uint8_t)(1U << (code % 8));

	if (down)
		keys[code / 8] |= bit;
	else
		keys[code / 8] &= (uint8_t)~bit;
}

int
key_core_new(const uint16_t keys[PAD_COUNT], const struct core_output *output, void *data,
	     struct key_core **out)
{
	struct key_core *core;

	*out = NULL;
	for (unsigned pad = 0; pad < PAD_COUNT; pad++) {
		if (keys[pad] >= KEY_CNT)
			return -EINVAL;
	}
	core = calloc(1, sizeof(*core));
	if (!core)
		return -ENOMEM;
	core->output = *output;
	core->data = data;
	for (unsigned pad = 0; pad < PAD_COUNT; pad++)
		core->pads[pad].code = keys[pad];
	*out = core;
	return 0;
}

struct key_core *
key_core_unref(struct key_core *core)
{
	free(core);
	return NULL;
}

static struct pad_key *
find_pad(struct key_core *core, unsigned code)
{
	for (unsigned pad = 0; pad < PAD_COUNT; pad++) {
		if (core->pads[pad].code == code && code != 0)
			return &core->pads[pad];
	}
	return NULL;
}

static bool
is_withheld(const struct pad_key *key)
{
	switch (key->state) {
	case KEY_STATE_PRESSED:
	case KEY_STATE_HELD:
	case KEY_STATE_CHORDED:
	case KEY_STATE_SPENT:
		return true;
	case KEY_STATE_UP:
	case KEY_STATE_PASSED:
		return false;
	}
	return false;
}

static bool
is_press(const struct pad_key *key)
{
	return key->state == KEY_STATE_PRESSED || key->state == KEY_STATE_HELD;
}

static void
report(struct key_core *core, const struct pad_key *key, enum press_phase phase, struct usec time)
{
	const struct core_press press = {
	    .press = key->press,
	    .pad = (enum pad)(key - core->pads),
	    .phase = phase,
	    .down = key->down,
	    .time = usec_max(time, key->down), /* as in press.c */
	};

	core->output.press(core->data, &press);
}

/* --- telling the clone ------------------------------------------------------------------------ */

static void
flush(struct key_core *core, struct usec time)
{
	if (core->emit_count > 0)
		core->output.frame(core->data, time, core->emit, core->emit_count);
	core->emit_count = 0;
}

static void
emit(struct key_core *core, struct usec time, const struct core_event *event)
{
	if (core->emit_count == CORE_EMIT_MAX)
		flush(core, time);
	core->emit[core->emit_count++] = *event;
}

static void
emit_key(struct key_core *core, struct usec time, unsigned code, bool down)
{
	const struct core_event event = {EV_KEY, (uint16_t)code, down};

	if (has_key(core->told, code) == down)
		return;
	set_key(core->told, code, down);
	emit(core, time, &event);
}

static void
follow(struct key_core *core, const struct core_event *event)
{
	if (event->type == EV_KEY && event->code < KEY_CNT)
		set_key(core->told, event->code, event->value != 0);
}

/* --- the keys of the pads --------------------------------------------------------------------- */

static uint32_t
next_press(struct key_core *core)
{
	/* 0 is no press, also after 4 billion. */
	core->last_press += core->last_press == UINT32_MAX ? 2 : 1;
	return core->last_press;
}

/* The press that this one joins, the latest of those that may still become a chord; or NULL. */
static struct pad_key *
find_partner(struct key_core *core, const struct pad_key *key)
{
	struct pad_key *found = NULL;

	for (unsigned pad = 0; pad < PAD_COUNT; pad++) {
		struct pad_key *other = &core->pads[pad];

		if (other == key || other->state != KEY_STATE_PRESSED ||
		    !chord_joins(other->down, key->down))
			continue;
		if (!found || usec_before(found->down, other->down))
			found = other;
	}
	return found;
}

static struct chord_half
half_of(const struct key_core *core, const struct pad_key *key)
{
	unsigned pad = (unsigned)(key - core->pads);

	return (struct chord_half){pad, (enum pad)pad, key->press};
}

static void
join(struct key_core *core, struct pad_key *first, struct pad_key *second)
{
	first->chord = second->chord =
	    chord_form(&core->chords, &core->output, core->data, next_press(core),
		       half_of(core, first), half_of(core, second), second->down);
	report(core, first, PRESS_CANCEL, second->down);
	report(core, second, PRESS_CANCEL, second->down);
	first->state = second->state = KEY_STATE_CHORDED;
}

/* The key is no half of its chord any more; the other one is nothing of its own. */
static void
end_chord(struct key_core *core, const struct pad_key *key, enum press_phase phase,
	  struct usec time)
{
	unsigned other = chord_end(&core->chords, &core->output, core->data, key->chord,
				   (unsigned)(key - core->pads), phase, time);

	core->pads[other].state = KEY_STATE_SPENT;
}

static void
go_down(struct key_core *core, struct pad_key *key, struct usec time)
{
	struct pad_key *partner;

	if (!core->listening) {
		key->state = KEY_STATE_PASSED;
		return;
	}
	if (key->lifted_before && usec_since(time, key->lifted).us < usec_from_ms(BOUNCE_MS).us) {
		key->state = KEY_STATE_SPENT;
		return;
	}
	key->press = next_press(core);
	key->down = time;
	key->state = KEY_STATE_PRESSED;
	report(core, key, PRESS_DOWN, time);
	partner = find_partner(core, key);
	if (partner)
		join(core, partner, key);
}

static void
go_up(struct key_core *core, struct pad_key *key, struct usec time)
{
	bool pressed = is_press(key);

	if (key->state == KEY_STATE_CHORDED)
		end_chord(core, key, PRESS_UP, time);
	if (is_withheld(key)) {
		key->lifted_before = true;
		key->lifted = time;
	}
	key->state = KEY_STATE_UP;
	if (pressed)
		report(core, key, PRESS_UP, time);
}

static void
cancel(struct key_core *core, struct pad_key *key, enum key_state state, struct usec time)
{
	bool pressed = is_press(key);

	if (key->state == KEY_STATE_CHORDED)
		end_chord(core, key, PRESS_CANCEL, time);
	key->state = state;
	key->lifted_before = false;
	if (pressed)
		report(core, key, PRESS_CANCEL, time);
}

/* What the event does to a pad; whether the clone is not to see it. */
static bool
take_event(struct key_core *core, const struct core_event *event, struct usec time)
{
	struct pad_key *key = event->type == EV_KEY ? find_pad(core, event->code) : NULL;
	bool withheld;

	if (!key)
		return false;
	if (event->value == 1 && key->state == KEY_STATE_UP)
		go_down(core, key, time);
	withheld = is_withheld(key);
	if (event->value == 0)
		go_up(core, key, time);
	return withheld;
}

/* No keyboard sends as many events at once; a longer frame is taken as several. */
#define FRAME_MAX 256

static void
take_frame(struct key_core *core, struct usec time, const struct core_event *events, size_t count)
{
	bool hidden[FRAME_MAX] = {false};
	bool any = false, touched = false;

	for (size_t i = 0; i < count; i++) {
		hidden[i] = take_event(core, &events[i], time);
		any = any || hidden[i];
		/* The scan code that the kernel sends before a key is as telling as the key. */
		if (hidden[i] && i > 0 && events[i - 1].type == EV_MSC &&
		    events[i - 1].code == MSC_SCAN)
			hidden[i - 1] = true;
		if (!hidden[i] && events[i].type == EV_KEY && events[i].value == 1)
			touched = true;
	}
	for (size_t i = 0; i < count; i++) {
		if (hidden[i])
			continue;
		follow(core, &events[i]);
		if (any)
			emit(core, time, &events[i]);
	}
	if (any)
		flush(core, time);
	else
		core->output.frame(core->data, time, events, count);
	if (touched)
		core->output.touch(core->data, time);
}

void
key_core_frame(struct key_core *core, struct usec time, const struct core_event *events,
	       size_t count)
{
	key_core_tick(core, time);
	for (; count > FRAME_MAX; count -= FRAME_MAX, events += FRAME_MAX)
		take_frame(core, time, events, FRAME_MAX);
	take_frame(core, time, events, count);
}

void
key_core_resync(struct key_core *core, struct usec time, const uint8_t down[KEY_CORE_BYTES])
{
	key_core_tick(core, time);
	for (unsigned pad = 0; pad < PAD_COUNT; pad++) {
		struct pad_key *key = &core->pads[pad];
		bool is_down = key->code != 0 && has_key(down, key->code);

		if (!is_down && key->state != KEY_STATE_UP)
			cancel(core, key, KEY_STATE_UP, time);
		else if (is_down && key->state == KEY_STATE_UP)
			key->state = KEY_STATE_PASSED;
	}
	for (unsigned code = 0; code < KEY_CNT; code++) {
		const struct pad_key *key = find_pad(core, code);

		emit_key(core, time, code, has_key(down, code) && !(key && is_withheld(key)));
	}
	flush(core, time);
}

/* When the key, or the chord that it is half of, has been down for the hold time. */
static bool
hold_due(const struct key_core *core, const struct pad_key *key, struct usec *due)
{
	switch (key->state) {
	case KEY_STATE_PRESSED:
		*due = usec_add(key->down, usec_from_ms(CORE_HOLD_MS));
		return true;
	case KEY_STATE_CHORDED:
		*due = chord_hold_due(&core->chords, key->chord);
		return !chord_is_held(&core->chords, key->chord);
	case KEY_STATE_UP:
	case KEY_STATE_HELD:
	case KEY_STATE_SPENT:
	case KEY_STATE_PASSED:
		return false;
	}
	return false;
}

bool
key_core_next_deadline(const struct key_core *core, struct usec *deadline)
{
	struct usec due;
	bool any = false;

	for (unsigned pad = 0; pad < PAD_COUNT; pad++) {
		if (!hold_due(core, &core->pads[pad], &due))
			continue;
		*deadline = any ? usec_min(*deadline, due) : due;
		any = true;
	}
	return any;
}

void
key_core_tick(struct key_core *core, struct usec now)
{
	struct usec due;

	for (unsigned pad = 0; pad < PAD_COUNT; pad++) {
		struct pad_key *key = &core->pads[pad];

		if (!hold_due(core, key, &due) || usec_before(now, due))
			continue;
		if (key->state == KEY_STATE_CHORDED) {
			chord_hold(&core->chords, &core->output, core->data, key->chord);
			continue;
		}
		key->state = KEY_STATE_HELD;
		report(core, key, PRESS_HOLD, due);
	}
}

void
key_core_set_listening(struct key_core *core, bool listening, struct usec now)
{
	core->listening = listening;
	if (listening)
		return;
	for (unsigned pad = 0; pad < PAD_COUNT; pad++) {
		struct pad_key *key = &core->pads[pad];

		if (!is_withheld(key))
			continue;
		cancel(core, key, KEY_STATE_PASSED, now);
		emit_key(core, now, key->code, true);
	}
	flush(core, now);
}

void
key_core_release(struct key_core *core, struct usec now)
{
	for (unsigned pad = 0; pad < PAD_COUNT; pad++)
		cancel(core, &core->pads[pad], KEY_STATE_UP, now);
	for (unsigned code = 0; code < KEY_CNT; code++)
		emit_key(core, now, code, false);
	flush(core, now);
}
