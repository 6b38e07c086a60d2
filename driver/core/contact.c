/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One contact's life: who owns it from the moment it lands until it lifts.
 * Called by core.c for each slot a frame touched, when time went by, and when listening ends.
 * Owns the contacts in struct core; what the clone has to hear of it goes through shadow.c.
 */
#include <math.h>

#include "driver/core/core_private.h"

/*
 * Time goes to the right; "|" is the hold time, "G" the grip time, "X" the way off the pad.
 *
 *   on no pad, or nobody listens    land ────────────────────────────── lift
 *                                   passed
 *   short                           land ────── lift
 *                                   down        up
 *   long                            land ──────────|──────── lift
 *                                   down           hold      up
 *   too long                        land ──────────|───────────G─────── lift
 *                                   down           hold        cancel, never shown
 *   swipes, or slides off           land ───X────────────────────────── lift
 *                                   down    cancel, replayed, passed
 *   slides off after the hold time  land ──────────|───X─────────────── lift
 *                                   down           hold cancel, replayed, passed
 *   slides off as it lifts          land ───────X lift
 *                                   down        cancel, replayed, lifted
 *   bounces on its pad              land ────── lift ─(under 40 ms)─ land ────── lift
 *                                   down        up                   nothing more; never shown
 *   the bounce slides off           ... land ────────X──────────────── lift
 *                                                    replayed, passed
 *   two pads within 150 ms          land ─────────────────── lift
 *                                   down                     chord up
 *                                      land ─────────────────|──────────── lift
 *                                      down, chord down,                   nothing
 *                                      both presses cancel
 *   one of the two slides off       chord cancel; it is replayed and passed, the other one is spent
 *   a hand (size, neighbours)       land ───G────────────────────────── lift
 *                                   down    cancel, never shown
 *   a hand from the start           land ────────────────────────────── lift
 *                                   never told, never shown
 *   a hand that moves inward        land ───G────────X───────────────── lift
 *                                   down    cancel   replayed, passed
 *   a palm, as the panel says       land ────────────────────────────── lift
 *                                   passed as it is; a press that becomes one: as if it slid off
 *   hovers, lands on a pad          hover ──── land ────── lift or hover
 *                                   passed     lifted,     up
 *                                              down
 *   listening ends                  land ───(any time)───────────────── lift
 *                                   down    cancel, replayed, passed
 *   lost in a dropped frame         land ───(any time)
 *                                   down    cancel, never shown
 *   landed in a dropped frame       passed: where it landed is not known
 *   another contact in its slot     land ────── land
 *                                   down        up, then whatever the new one is
 *   slides onto a pad               land ────────────────────────────── lift
 *                                   passed: only where it lands counts
 *   while the panel is calibrated   land ────────────────────────────── lift
 *                                   sampled, whatever it does; never shown
 *   may be an ear, and is none      land ───(in doubt)───────────────── lift
 *                                   withheld  replayed, passed
 *   may be an ear, and is one       land ───(in doubt)───────────────── lift
 *                                   withheld  taken, never shown
 *   turns out to be an ear          land ───(any time)───────────────── lift
 *                                   down      cancel, or withdrawn as a palm; taken
 *
 * To add an owner: a state, its owner in contact_owner(), its handler, and its line here.
 * Whoever withholds a contact calls withhold_begin() as it lands, withhold_note() as it moves, and
 * withhold_replay() before it becomes PASSED.
 */

enum core_owner
contact_owner(const struct core_contact *contact)
{
	switch (contact->state) {
	case CONTACT_NONE:
		return CORE_OWNER_NONE;
	case CONTACT_PRESSED:
	case CONTACT_HELD:
	case CONTACT_CHORDED:
	case CONTACT_SPENT:
		return CORE_OWNER_PAD;
	case CONTACT_GRIPPED:
		return CORE_OWNER_GRIP;
	case CONTACT_PASSED:
		return CORE_OWNER_PASS;
	case CONTACT_SAMPLED:
		return CORE_OWNER_SAMPLE;
	case CONTACT_DOUBTED:
	case CONTACT_TAKEN:
		return CORE_OWNER_EAR;
	}
	return CORE_OWNER_NONE;
}

void
contact_set_state(struct core *core, unsigned slot, enum contact_state state)
{
	struct core_contact *contact = &core->contacts[slot];
	enum contact_state before = contact->state;
	uint32_t bit = 1U << slot;

	contact->state = state;
	core->withheld &= ~bit;
	core->pads &= ~bit;
	core->taken &= ~bit;
	core->present &= ~bit;
	switch (contact_owner(contact)) {
	case CORE_OWNER_NONE:
		contact->id = -1;
		break;
	case CORE_OWNER_PAD:
	case CORE_OWNER_GRIP:
		core->pads |= bit;
		core->withheld |= bit;
		core->present |= bit;
		core->apart = true;
		break;
	case CORE_OWNER_SAMPLE:
	case CORE_OWNER_EAR:
		core->taken |= state == CONTACT_TAKEN ? bit : 0;
		core->withheld |= bit;
		core->present |= bit;
		core->apart = true;
		break;
	case CORE_OWNER_PASS:
		core->present |= bit;
		break;
	}
	story_turn(core, slot, before);
}

void
contact_pass(struct core *core, unsigned slot)
{
	core->counts.passed++;
	/* What hovers has not touched anything yet. */
	core->untold += !core->contacts[slot].hovers;
	contact_set_state(core, slot, CONTACT_PASSED);
}

/* Whether what comes down there now is to be withheld. */
static bool
land_withheld(struct core *core, unsigned slot, struct usec time)
{
	struct core_contact *contact = &core->contacts[slot];

	if (!core->sampler || contact->hovers)
		return ear_owner_land(core, slot, time) || press_land(core, slot, time);
	contact_set_state(core, slot, CONTACT_SAMPLED);
	sample_land(core, slot, core_place(core, &core->slots[slot]), time);
	return true;
}

static void
land(struct core *core, unsigned slot, struct usec time)
{
	struct core_contact *contact = &core->contacts[slot];
	const struct core_touch *touch = &core->slots[slot];

	contact->id = touch->value[CORE_MT_ID];
	contact->hovers = core_hovers(core, touch);
	contact->major_mm = core_told_major_mm(core, touch);
	core->counts.contacts++;
	story_begin(core, slot, time);
	if (!land_withheld(core, slot, time))
		contact_pass(core, slot);
}

static void
handle_none(struct core *core, unsigned slot, enum contact_event event, struct usec time)
{
	switch (event) {
	case CONTACT_EVENT_LAND:
		land(core, slot, time);
		break;
	case CONTACT_EVENT_MOVE:
	case CONTACT_EVENT_LIFT:
	case CONTACT_EVENT_TIME:
	case CONTACT_EVENT_HAND:
	case CONTACT_EVENT_SURRENDER:
	case CONTACT_EVENT_LOST:
		break;
	}
}

static void
handle_passed(struct core *core, unsigned slot, enum contact_event event)
{
	switch (event) {
	case CONTACT_EVENT_LIFT:
	case CONTACT_EVENT_LOST:
		contact_set_state(core, slot, CONTACT_NONE);
		break;
	case CONTACT_EVENT_LAND:
	case CONTACT_EVENT_MOVE: /* onto a pad, perhaps: still no press */
	case CONTACT_EVENT_TIME:
	case CONTACT_EVENT_HAND:
	case CONTACT_EVENT_SURRENDER:
		break;
	}
}

static void
handle_sampled(struct core *core, unsigned slot, enum contact_event event, struct usec time)
{
	switch (event) {
	case CONTACT_EVENT_MOVE:
		sample_move(core, slot, core_place(core, &core->slots[slot]));
		break;
	case CONTACT_EVENT_LIFT:
		sample_end(core, slot, PRESS_UP, time);
		contact_set_state(core, slot, CONTACT_NONE);
		break;
	case CONTACT_EVENT_LOST:
		sample_end(core, slot, PRESS_CANCEL, time);
		contact_set_state(core, slot, CONTACT_NONE);
		break;
	case CONTACT_EVENT_LAND:
	case CONTACT_EVENT_TIME:
	case CONTACT_EVENT_HAND:
	case CONTACT_EVENT_SURRENDER: /* it was meant for nobody but the calibration */
		break;
	}
}

static void
handle(struct core *core, unsigned slot, enum contact_event event, struct usec time)
{
	switch (core->contacts[slot].state) {
	case CONTACT_NONE:
		handle_none(core, slot, event, time);
		break;
	case CONTACT_PRESSED:
	case CONTACT_HELD:
	case CONTACT_CHORDED:
	case CONTACT_SPENT:
	case CONTACT_GRIPPED:
		press_handle(core, slot, event, time);
		break;
	case CONTACT_PASSED:
		handle_passed(core, slot, event);
		break;
	case CONTACT_SAMPLED:
		handle_sampled(core, slot, event, time);
		break;
	case CONTACT_DOUBTED:
	case CONTACT_TAKEN:
		ear_owner_handle(core, slot, event, time);
		break;
	}
}

/* A contact that came down to the glass, or went up from it without going away. */
static void
update_hover(struct core *core, unsigned slot, struct usec time)
{
	struct core_contact *contact = &core->contacts[slot];
	bool hovers = core_hovers(core, &core->slots[slot]);

	if (hovers == contact->hovers)
		return;
	contact->hovers = hovers;
	/* In doubt it may be the clone's: shown and lifted, it could not come back by the same id.
	 */
	if (contact->state == CONTACT_DOUBTED && !core->resyncing &&
	    core->ear.verdict != EAR_VERDICT_SWALLOW)
		handle(core, slot, CONTACT_EVENT_SURRENDER, time);
	if (contact->state != CONTACT_PASSED) {
		handle(core, slot, core->resyncing ? CONTACT_EVENT_LOST : CONTACT_EVENT_LIFT, time);
		handle(core, slot, CONTACT_EVENT_LAND, time);
	} else if (!hovers && land_withheld(core, slot, time)) {
		core->counts.passed--; /* the clone sees it lifted; shown again if it is no press */
	} else if (!hovers) {
		core->untold++;
		story_begin(core, slot, time);
	}
}

void
contact_update(struct core *core, unsigned slot, struct usec time)
{
	struct core_contact *contact = &core->contacts[slot];
	const struct core_touch *touch = &core->slots[slot];
	int32_t id = touch->value[CORE_MT_ID];

	if (contact->id >= 0 && id == contact->id)
		contact->major_mm = fmax(contact->major_mm, core_told_major_mm(core, touch));
	/* With a new id the slot's values are the new contact's: the old one ended where it was. */
	if (contact->id >= 0 && (id == contact->id || id < 0))
		handle(core, slot, CONTACT_EVENT_MOVE, time);
	if (contact->id >= 0 && id == contact->id)
		update_hover(core, slot, time);
	if (contact->id >= 0 && id != contact->id) {
		grip_learn_size(core, slot, time);
		handle(core, slot, CONTACT_EVENT_LIFT, time);
	}
	if (id >= 0 && id != contact->id)
		handle(core, slot, CONTACT_EVENT_LAND, time);
}

void
contact_look_around(struct core *core, unsigned slot, struct usec time)
{
	if (contact_owner(&core->contacts[slot]) == CORE_OWNER_PAD && grip_holds(core, slot))
		handle(core, slot, CONTACT_EVENT_HAND, time);
}

void
contact_lose(struct core *core, unsigned slot, struct usec time)
{
	handle(core, slot, CONTACT_EVENT_LOST, time);
}

void
contact_surrender(struct core *core, unsigned slot, struct usec time)
{
	handle(core, slot, CONTACT_EVENT_SURRENDER, time);
}

void
contact_tick(struct core *core, unsigned slot, struct usec now)
{
	struct usec due;

	while (press_deadline(core, slot, &due) && !usec_before(now, due))
		handle(core, slot, CONTACT_EVENT_TIME, now);
}
