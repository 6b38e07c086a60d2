/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A contact that landed on a pad: press, hold, one of a chord, a bounce, a hand, or none of these.
 * Called by contact.c, which has the table of all cases.
 * Owns what is told of presses; chords are chord.c's, and what a hand is grip.c knows.
 */
#include "driver/core/core_private.h"

/* A landing so soon after a lift from the same pad is the same press, which lost contact: the
 * shortest gap of a deliberate double tap is 58 ms (design). */
#define BOUNCE_MS 40 /* issue 3 */

static void
report(struct core *core, const struct core_contact *contact, enum press_phase phase,
       struct usec time)
{
	struct core_press press = {
	    .press = contact->press,
	    .pad = contact->pad,
	    .phase = phase,
	    .down = contact->down,
	    /* A frame may be stamped before the resync that found its contact. */
	    .time = usec_max(time, contact->down),
	    .landed = contact->landed,
	};

	core->output.press(core->data, &press);
}

/* What is left of it is nothing of its own. */
static void
end_chord(struct core *core, unsigned slot, enum press_phase phase, struct usec time)
{
	unsigned other = chord_end(&core->chords, &core->output, core->data,
				   core->contacts[slot].chord, slot, phase, time);

	contact_set_state(core, other, CONTACT_SPENT);
}

/* How what was told of a contact ends; what was not told does not end. */
static void
tell_end(struct core *core, unsigned slot, enum press_phase phase, struct usec time)
{
	struct core_contact *contact = &core->contacts[slot];

	switch (contact->state) {
	case CONTACT_PRESSED:
	case CONTACT_HELD:
		report(core, contact, phase, time);
		break;
	case CONTACT_CHORDED:
		end_chord(core, slot, phase, time);
		break;
	case CONTACT_NONE:
	case CONTACT_SPENT:
	case CONTACT_GRIPPED:
	case CONTACT_PASSED:
	case CONTACT_SAMPLED:
	case CONTACT_DOUBTED:
	case CONTACT_TAKEN:
		break;
	}
}

/* It is not, or not any more, what was told of it. */
static void
cancel(struct core *core, unsigned slot, struct usec time)
{
	tell_end(core, slot, PRESS_CANCEL, time);
}

/* It was no press: show the clone all of it, one frame for each the panel sent. */
static void
hand_over(struct core *core, unsigned slot, struct usec time)
{
	cancel(core, slot, time);
	core->contacts[slot].late_from = rest_left_at(core, slot, time);
	withhold_replay(core, 1U << slot, time);
	contact_pass(core, slot);
}

static void
become_grip(struct core *core, unsigned slot, struct usec time)
{
	cancel(core, slot, time);
	contact_set_state(core, slot, CONTACT_GRIPPED);
}

void
press_take(struct core *core, unsigned slot, struct usec time)
{
	cancel(core, slot, time);
	contact_set_state(core, slot, CONTACT_TAKEN);
}

/* The end of a contact that was a pad's to the last. */
static void
finish(struct core *core, unsigned slot)
{
	core->counts.pressed++;
	contact_set_state(core, slot, CONTACT_NONE);
}

static void
lift(struct core *core, unsigned slot, struct usec time)
{
	tell_end(core, slot, PRESS_UP, time);
	core->lifted[core->contacts[slot].pad] = time;
	finish(core, slot);
}

static bool
bounces(const struct core *core, enum pad pad, struct usec time)
{
	return core->lifted[pad].us != 0 &&
	       usec_since(time, core->lifted[pad]).us < usec_from_ms(BOUNCE_MS).us;
}

/* The press that this one joins: the latest of those that may still become a chord; -1: none. */
static int
find_partner(const struct core *core, unsigned slot)
{
	const struct core_contact *contact = &core->contacts[slot];
	int found = -1;

	for (uint32_t rest = core->withheld; rest; rest &= rest - 1) {
		int i = __builtin_ctz(rest);
		const struct core_contact *other = &core->contacts[i];

		if (other->state != CONTACT_PRESSED || other->pad == contact->pad ||
		    !chord_joins(other->down, contact->down))
			continue;
		if (found < 0 || usec_before(core->contacts[found].down, other->down))
			found = i;
	}
	return found;
}

static void
join(struct core *core, unsigned slot, unsigned other, struct usec time)
{
	struct core_contact *a = &core->contacts[other];
	struct core_contact *b = &core->contacts[slot];
	unsigned chord = chord_form(&core->chords, &core->output, core->data, core_next_press(core),
				    (struct chord_half){other, a->pad, a->press},
				    (struct chord_half){slot, b->pad, b->press}, b->down);

	report(core, a, PRESS_CANCEL, time);
	report(core, b, PRESS_CANCEL, time);
	a->chord = b->chord = chord;
	contact_set_state(core, other, CONTACT_CHORDED);
	contact_set_state(core, slot, CONTACT_CHORDED);
}

static void
begin(struct core *core, unsigned slot, struct usec time)
{
	struct core_contact *contact = &core->contacts[slot];
	int partner;

	contact->press = core_next_press(core);
	contact_set_state(core, slot, CONTACT_PRESSED);
	report(core, contact, PRESS_DOWN, time);
	partner = find_partner(core, slot);
	if (partner >= 0)
		join(core, slot, (unsigned)partner, time);
}

/* Landed where no press can be told from here on: false, or withheld, whatever it becomes. */
bool
press_land(struct core *core, unsigned slot, struct usec time)
{
	struct core_contact *contact = &core->contacts[slot];
	const struct core_touch *touch = &core->slots[slot];

	contact->down = time;
	contact->landed = core_place(core, touch);
	if (!core_is_live(core) || core->resyncing || contact->hovers ||
	    core_is_palm(core, touch) ||
	    !overlay_hit(&core->overlay, contact->landed, &contact->pad))
		return false;
	withhold_begin(core, slot, time);
	rest_begin(core, slot, time);
	if (grip_holds(core, slot))
		contact_set_state(core, slot, CONTACT_GRIPPED);
	else if (bounces(core, contact->pad, time))
		contact_set_state(core, slot, CONTACT_SPENT);
	else
		begin(core, slot, time);
	return true;
}

static void
handle_moved(struct core *core, unsigned slot, struct usec time)
{
	withhold_note(core, slot, time);
	rest_note(core, slot, time);
	if (core->contacts[slot].rest.left || core_is_palm(core, &core->slots[slot]))
		hand_over(core, slot, time);
}

static void
handle_pressed(struct core *core, unsigned slot, enum contact_event event, struct usec time)
{
	struct core_contact *contact = &core->contacts[slot];

	switch (event) {
	case CONTACT_EVENT_MOVE:
		handle_moved(core, slot, time);
		break;
	case CONTACT_EVENT_LIFT:
		lift(core, slot, time);
		break;
	case CONTACT_EVENT_TIME:
		contact_set_state(core, slot, CONTACT_HELD);
		report(core, contact, PRESS_HOLD,
		       usec_add(contact->down, usec_from_ms(CORE_HOLD_MS)));
		break;
	case CONTACT_EVENT_HAND:
		become_grip(core, slot, time);
		break;
	case CONTACT_EVENT_SURRENDER:
		hand_over(core, slot, time);
		break;
	case CONTACT_EVENT_LOST:
		cancel(core, slot, time);
		finish(core, slot);
		break;
	case CONTACT_EVENT_LAND: /* contact_update() lifts the old one first */
		break;
	}
}

static void
handle_held(struct core *core, unsigned slot, enum contact_event event, struct usec time)
{
	if (event == CONTACT_EVENT_TIME)
		become_grip(core, slot, grip_due(&core->contacts[slot]));
	else
		handle_pressed(core, slot, event, time);
}

static void
handle_chorded(struct core *core, unsigned slot, enum contact_event event, struct usec time)
{
	unsigned chord = core->contacts[slot].chord;

	if (event != CONTACT_EVENT_TIME)
		handle_pressed(core, slot, event, time);
	else if (!chord_is_held(&core->chords, chord))
		chord_hold(&core->chords, &core->output, core->data, chord);
	else
		become_grip(core, slot, grip_due(&core->contacts[slot]));
}

static void
handle_spent(struct core *core, unsigned slot, enum contact_event event, struct usec time)
{
	/* There is nothing left to tell of it, so nothing to wait for. */
	if (event != CONTACT_EVENT_TIME)
		handle_pressed(core, slot, event, time);
}

static void
handle_gripped(struct core *core, unsigned slot, enum contact_event event, struct usec time)
{
	switch (event) {
	case CONTACT_EVENT_MOVE:
		withhold_note(core, slot, time);
		rest_note(core, slot, time);
		if (grip_has_gone(core, slot) || core_is_palm(core, &core->slots[slot]))
			hand_over(core, slot, time);
		break;
	case CONTACT_EVENT_LIFT: /* no press, so what lands after it is no bounce of one */
	case CONTACT_EVENT_LOST:
		finish(core, slot);
		break;
	case CONTACT_EVENT_SURRENDER:
		hand_over(core, slot, time);
		break;
	case CONTACT_EVENT_LAND:
	case CONTACT_EVENT_TIME:
	case CONTACT_EVENT_HAND:
		break;
	}
}

void
press_handle(struct core *core, unsigned slot, enum contact_event event, struct usec time)
{
	switch (core->contacts[slot].state) {
	case CONTACT_PRESSED:
		handle_pressed(core, slot, event, time);
		break;
	case CONTACT_HELD:
		handle_held(core, slot, event, time);
		break;
	case CONTACT_CHORDED:
		handle_chorded(core, slot, event, time);
		break;
	case CONTACT_SPENT:
		handle_spent(core, slot, event, time);
		break;
	case CONTACT_GRIPPED:
		handle_gripped(core, slot, event, time);
		break;
	case CONTACT_NONE:
	case CONTACT_PASSED:
	case CONTACT_SAMPLED:
	case CONTACT_DOUBTED:
	case CONTACT_TAKEN:
		break;
	}
}

bool
press_deadline(const struct core *core, unsigned slot, struct usec *deadline)
{
	const struct core_contact *contact = &core->contacts[slot];

	switch (contact->state) {
	case CONTACT_PRESSED:
		*deadline = usec_add(contact->down, usec_from_ms(CORE_HOLD_MS));
		return true;
	case CONTACT_CHORDED:
		*deadline = chord_is_held(&core->chords, contact->chord)
				? grip_due(contact)
				: chord_hold_due(&core->chords, contact->chord);
		return true;
	case CONTACT_HELD:
		*deadline = grip_due(contact);
		return true;
	case CONTACT_NONE:
	case CONTACT_SPENT:
	case CONTACT_GRIPPED:
	case CONTACT_PASSED:
	case CONTACT_SAMPLED:
	case CONTACT_DOUBTED:
	case CONTACT_TAKEN:
		return false;
	}
	return false;
}
