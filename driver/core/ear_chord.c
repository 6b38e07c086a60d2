/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * While the ear is on by command no pad counts, but one pair of fingers does: two contacts that
 * land on two pads together, with nothing else on the glass, and lift within the hold time where
 * they landed. Whoever has no sensor gets out by the same chord that led in. Called by ear_owner.c;
 * owns struct ear_chord in struct core.
 */
#include "driver/core/core_private.h"

/*
 * Time goes to the right.
 *
 *   two pads within 150 ms   ear ───────────── lift
 *                               ear ───────────── lift
 *                                              chord DOWN, UP
 *   anything else: later, longer than the hold time, slid off its pad, a third contact, another
 *   contact before: nothing, until all have lifted. One contact is the ear's, as any.
 */

static unsigned
count_others(const struct core *core, unsigned slot)
{
	return (unsigned)__builtin_popcount(core->present & ~(1U << slot));
}

void
ear_chord_land(struct core *core, unsigned slot, struct usec time)
{
	struct ear_chord *chord = &core->ear.chord;
	struct core_contact *contact = &core->contacts[slot];
	unsigned others = count_others(core, slot);

	if (!core->ear.ear.mode || !core->has_pads)
		return;
	if (others == 0)
		chord->count = 0;
	contact->down = time;
	if (chord->count != others || others > 1 ||
	    !overlay_hit(&core->overlay, core_place(core, &core->slots[slot]), &contact->pad)) {
		chord->count = 3;
		return;
	}
	chord->slots[chord->count++] = slot;
	if (chord->count < 2)
		return;
	contact = &core->contacts[chord->slots[0]];
	if (contact->pad == core->contacts[slot].pad || !chord_joins(contact->down, time)) {
		chord->count = 3;
		return;
	}
	ear_gesture_spend(&core->ear.ear.gesture, time);
	ear_owner_note_due(core);
}

static bool
is_on_its_pad(const struct core *core, unsigned slot)
{
	enum pad pad;

	return overlay_hit(&core->overlay, core_place(core, &core->slots[slot]), &pad) &&
	       pad == core->contacts[slot].pad;
}

void
ear_chord_lift(struct core *core, unsigned slot, struct usec time)
{
	struct ear_chord *chord = &core->ear.chord;
	unsigned a = chord->slots[0], b = chord->slots[1];
	bool whole = chord->count == 2 && (slot == a || slot == b);
	struct core_chord told;

	chord->count = whole ? 3 : chord->count;
	if (!whole || !core->ear.ear.mode || !is_on_its_pad(core, a) || !is_on_its_pad(core, b) ||
	    usec_lasts_ms(usec_since(time, core->contacts[a].down), CORE_HOLD_MS))
		return;
	if (core->contacts[a].pad > core->contacts[b].pad) {
		a = chord->slots[1];
		b = chord->slots[0];
	}
	told = (struct core_chord){
	    .chord = core_next_press(core),
	    .pads = {core->contacts[a].pad, core->contacts[b].pad},
	    .phase = PRESS_DOWN,
	    .down = usec_max(core->contacts[a].down, core->contacts[b].down),
	    .time = time,
	};
	if (!core->output.chord)
		return;
	core->output.chord(core->data, &told);
	told.phase = PRESS_UP;
	core->output.chord(core->data, &told);
}
