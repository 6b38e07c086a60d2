/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether a contact on a pad is a hand that holds the device, and no finger that presses.
 * Called by contact.c when such a contact lands, changes, gets neighbours, or when time went by.
 * Owns nothing but what struct core has learnt of how this panel tells sizes.
 */
#include "driver/core/core_private.h"

/* Nobody presses for so long: a hold is told after 600 ms. */
#define GRIP_MS 1500 /* issue 3 */
/* A thumb covers 15.5 mm, 21 at most (design, p99); a hand's edge more. */
#define THUMB_MAX_MM 24.0 /* issue 3 */
/* So many others on the same edge are the fingers around it. */
#define NEIGHBOURS 2 /* issue 3 */
/* A contact shorter than a hold was a tap: so many that were all too wide for a thumb, and never
 * one that was not, are a panel that tells sizes wrong (a finger reads 0.2 to 77 mm, design). */
#define TAPS_TOO_WIDE 3
#define TAP_MS        600

enum side {
	SIDE_LEFT,
	SIDE_RIGHT,
	SIDE_TOP,
	SIDE_BOTTOM,
};

static double
from_side(const struct core *core, enum side side, struct mm_point place)
{
	switch (side) {
	case SIDE_LEFT:
		return place.x;
	case SIDE_RIGHT:
		return core->panel.width_mm - place.x;
	case SIDE_TOP:
		return place.y;
	case SIDE_BOTTOM:
		return core->panel.height_mm - place.y;
	}
	return 0;
}

/* The side of the panel that a pad lies on, and how far from it that side's contacts are. */
static enum side
side_of(const struct core *core, enum pad pad, double *depth_mm)
{
	const struct overlay_pad *at = &core->overlay.pads[pad];
	enum side nearest = SIDE_LEFT;

	for (int side = SIDE_RIGHT; side <= SIDE_BOTTOM; side++) {
		if (from_side(core, (enum side)side, at->centre) <
		    from_side(core, nearest, at->centre))
			nearest = (enum side)side;
	}
	*depth_mm = from_side(core, nearest, at->centre) + at->radius_mm + CORE_RADIUS_SLOP_MM;
	return nearest;
}

static unsigned
neighbours(const struct core *core, unsigned slot)
{
	double depth_mm;
	enum side side = side_of(core, core->contacts[slot].pad, &depth_mm);
	unsigned count = 0;

	for (unsigned i = 0; i < core->panel.slots && i < CORE_SLOTS_MAX; i++) {
		const struct core_touch *touch = &core->slots[i];

		count += i != slot && touch->value[CORE_MT_ID] >= 0 && !core_hovers(core, touch) &&
			 from_side(core, side, core_place(core, touch)) <= depth_mm;
	}
	return count;
}

static bool
sizes_believed(const struct core *core)
{
	return core->sizes.thumb_seen || core->sizes.taps_too_wide < TAPS_TOO_WIDE;
}

double
grip_size_mm(const struct core *core, const struct core_touch *touch)
{
	return sizes_believed(core) ? core_told_major_mm(core, touch) * core->major_scale : 0;
}

void
grip_learn_size(struct core *core, unsigned slot, struct usec time)
{
	const struct core_contact *contact = &core->contacts[slot];
	double major_mm = contact->major_mm * core->major_scale;

	if (major_mm <= 0 || core->sizes.thumb_seen)
		return;
	if (major_mm <= THUMB_MAX_MM)
		core->sizes.thumb_seen = true;
	else if (usec_since(time, contact->down).us < usec_from_ms(TAP_MS).us &&
		 core->sizes.taps_too_wide < TAPS_TOO_WIDE)
		core->sizes.taps_too_wide++;
}

bool
grip_holds(const struct core *core, unsigned slot)
{
	return grip_size_mm(core, &core->slots[slot]) > THUMB_MAX_MM ||
	       neighbours(core, slot) >= NEIGHBOURS;
}

struct usec
grip_due(const struct core_contact *contact)
{
	return usec_add(contact->down, usec_from_ms(GRIP_MS));
}

bool
grip_has_gone(const struct core *core, unsigned slot)
{
	double depth_mm;
	enum side side = side_of(core, core->contacts[slot].pad, &depth_mm);

	return from_side(core, side, core_place(core, &core->slots[slot])) > depth_mm;
}
