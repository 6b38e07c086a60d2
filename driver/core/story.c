/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What became of each contact, and near which pad: told once it is over, to who watches.
 * Called by contact.c when a contact lands and whenever its state changes.
 * Owns struct core_story of each contact; decides nothing.
 */
#include <math.h>

#include "driver/core/core_private.h"

void
story_begin(struct core *core, unsigned slot, struct usec time)
{
	struct core_contact *contact = &core->contacts[slot];
	const struct core_touch *touch = &core->slots[slot];

	contact->story = (struct core_story){
	    .became = core_is_palm(core, touch) ? CORE_BECAME_PALM : CORE_BECAME_FINGER,
	    .landed = core_place(core, touch),
	    .down = time,
	    .live = core_is_live(core),
	    .touched = !contact->hovers,
	};
}

/* The pad that it landed nearest to, and how far outside of it; below 0: inside. */
static double
find_nearest(const struct core *core, struct mm_point place, enum pad *out)
{
	double nearest = INFINITY;

	for (unsigned i = 0; i < PAD_COUNT; i++) {
		const struct overlay_pad *pad = &core->overlay.pads[i];
		double beside = mm_distance(place, pad->centre) - pad->radius_mm;

		if (beside >= nearest)
			continue;
		nearest = beside;
		*out = (enum pad)i;
	}
	return nearest;
}

static void
tell(struct core *core, const struct core_contact *contact)
{
	const struct core_story *story = &contact->story;
	struct core_became told = {
	    .became = story->became,
	    .slot = (unsigned)(contact - core->contacts),
	    .live = story->live,
	    .has_pads = core->has_pads,
	    .major_mm = contact->major_mm * core->major_scale,
	    .down = story->down,
	    .time = usec_max(core->at, story->down),
	};

	/* What only hovered has touched nothing. */
	if (!story->touched || !core->output.contact)
		return;
	if (core->has_pads)
		told.beside_mm = find_nearest(core, story->landed, &told.pad);
	core->output.contact(core->data, &told);
}

static enum core_became_kind
after_pass(enum core_became_kind before)
{
	switch (before) {
	case CORE_BECAME_PRESS:
	case CORE_BECAME_HOLD:
	case CORE_BECAME_CHORD:
	case CORE_BECAME_BOUNCE:
	case CORE_BECAME_GRIP:
		return CORE_BECAME_SLID;
	case CORE_BECAME_EAR: /* it was only in doubt */
		return CORE_BECAME_FINGER;
	case CORE_BECAME_FINGER:
	case CORE_BECAME_PALM:
	case CORE_BECAME_SLID:
	case CORE_BECAME_SAMPLE:
		break;
	}
	return before;
}

void
story_turn(struct core *core, unsigned slot, enum contact_state before)
{
	struct core_contact *contact = &core->contacts[slot];
	struct core_story *story = &contact->story;

	/* It hovered until now. */
	if (before == CONTACT_PASSED && contact->state != CONTACT_NONE && !story->touched)
		story_begin(core, slot, core->at);
	switch (contact->state) {
	case CONTACT_NONE:
		if (before != CONTACT_NONE)
			tell(core, contact);
		break;
	case CONTACT_PRESSED:
		story->became = CORE_BECAME_PRESS;
		break;
	case CONTACT_HELD:
		story->became = CORE_BECAME_HOLD;
		break;
	case CONTACT_CHORDED:
		story->became = CORE_BECAME_CHORD;
		break;
	case CONTACT_SPENT:
		/* Or what is left of a chord. */
		if (story->became != CORE_BECAME_CHORD)
			story->became = CORE_BECAME_BOUNCE;
		break;
	case CONTACT_GRIPPED:
		story->became = CORE_BECAME_GRIP;
		break;
	case CONTACT_PASSED:
		story->became = after_pass(story->became);
		break;
	case CONTACT_SAMPLED:
		story->became = CORE_BECAME_SAMPLE;
		break;
	case CONTACT_DOUBTED:
	case CONTACT_TAKEN:
		story->became = CORE_BECAME_EAR;
		break;
	}
}
