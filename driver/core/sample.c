/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A contact that is measured instead of judged: where it lands, how far it goes, how large it is.
 * Called by contact.c for contacts that land while a sampler is set.
 * Owns nothing; its numbers are in struct core_contact.
 */
#include <math.h>

#include "driver/core/core_private.h"

static void
tell(struct core *core, const struct core_contact *contact, enum press_phase phase,
     struct usec time)
{
	struct core_sample sample = {
	    .contact = contact->press,
	    .phase = phase,
	    .landed = contact->landed,
	    .travel_mm = contact->travel_mm,
	    .major_mm = contact->major_mm,
	    .down = contact->down,
	    .time = usec_max(time, contact->down), /* as contact.c has it */
	};

	/* It may have been turned off since the contact landed. */
	if (core->sampler)
		core->sampler(core->data, &sample);
}

void
sample_land(struct core *core, unsigned slot, struct mm_point place, struct usec time)
{
	struct core_contact *contact = &core->contacts[slot];

	core->last_sample += core->last_sample == UINT32_MAX ? 2 : 1;
	contact->press = core->last_sample;
	contact->down = time;
	contact->landed = place;
	contact->travel_mm = 0;
	contact->major_mm = core_told_major_mm(core, &core->slots[slot]);
	tell(core, contact, PRESS_DOWN, time);
}

void
sample_move(struct core *core, unsigned slot, struct mm_point place)
{
	struct core_contact *contact = &core->contacts[slot];

	contact->travel_mm = fmax(contact->travel_mm, mm_distance(place, contact->landed));
	contact->major_mm = fmax(contact->major_mm, core_told_major_mm(core, &core->slots[slot]));
}

void
sample_end(struct core *core, unsigned slot, enum press_phase phase, struct usec time)
{
	tell(core, &core->contacts[slot], phase, time);
}

void
core_set_sampler(struct core *core, core_sample_fn *sampler)
{
	core->sampler = sampler;
}
