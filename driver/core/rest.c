/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether a contact that landed on a pad still rests there, or has begun to go away.
 * Called by contact.c for each frame in which such a contact changes.
 * Owns struct core_rest of each contact; the pad's place is the overlay's.
 */
#include "driver/core/core_private.h"

/* How far past the pad's radius a contact may go before it has slid off. */
#define RADIUS_SLOP_MM CORE_RADIUS_SLOP_MM
/* How far from where it landed a contact may go, pad or not. */
#define TRAVEL_SLOP_MM                                                                             \
	6.0 /* half the design's 12 mm that tells a tap from a swipe; tremor is less */
/* A resting contact's centre wavers less than this from frame to frame. */
#define REST_MM 1.0 /* recorded fingers that dwell before a swipe: up to 0.9 mm in 60 ms */
/* One that has gone this far in MOVE_MS is on its way. Recorded swipes begin with 24 to 200 mm/s,
 * so all but the slowest are known by it; those leave by the slop. */
#define SWIPE_MM 3.0 /* a thumb that rolls moves its centre by 1 to 2 mm */
#define MOVE_MS  60  /* the design's longest replay */
/* A contact of which nothing was told in so long did not move either, but for the last frame. */
#define FRAME_MS 17 /* the slowest panels recorded send 60 frames a second */

void
rest_begin(struct core *core, unsigned slot, struct usec time)
{
	struct core_contact *contact = &core->contacts[slot];

	contact->rest = (struct core_rest){
	    .place = core_place(core, &core->slots[slot]),
	    .until = time,
	    .seen = time,
	};
}

void
rest_note(struct core *core, unsigned slot, struct usec time)
{
	struct core_contact *contact = &core->contacts[slot];
	struct core_rest *rest = &contact->rest;
	struct mm_point place = core_place(core, &core->slots[slot]);
	struct usec quiet = usec_since(time, rest->seen);
	struct usec move = usec_from_ms(MOVE_MS);
	struct usec frame = usec_from_ms(FRAME_MS);
	double square = mm_square_distance(place, rest->place);

	/* It lay where it was until just before this frame. */
	if (rest->until.us == rest->seen.us && quiet.us > frame.us)
		rest->until.us = time.us - frame.us;
	rest->seen = time;
	if (square <= REST_MM * REST_MM) {
		rest->until = time;
	} else if (usec_since(time, rest->until).us > move.us) {
		/* It creeps, as a thumb does that shifts its weight: that is resting too. */
		rest->place = place;
		rest->until = time;
	} else if (square > SWIPE_MM * SWIPE_MM) {
		rest->left = true;
	}
	if (!rest->left)
		rest->left = rest_is_off(core, slot);
}

bool
rest_is_off(const struct core *core, unsigned slot)
{
	const struct core_contact *contact = &core->contacts[slot];
	const struct overlay_pad *pad = &core->overlay.pads[contact->pad];
	struct mm_point place = core_place(core, &core->slots[slot]);
	double radius = pad->radius_mm + RADIUS_SLOP_MM;

	return mm_square_distance(place, pad->centre) > radius * radius ||
	       mm_square_distance(place, contact->landed) > TRAVEL_SLOP_MM * TRAVEL_SLOP_MM;
}

struct usec
rest_left_at(const struct core *core, unsigned slot, struct usec time)
{
	const struct core_contact *contact = &core->contacts[slot];
	struct usec move = usec_from_ms(MOVE_MS);

	if (usec_since(time, contact->down).us <= move.us)
		return contact->down;
	/* A hand that left its place long ago has rested at another since. */
	if (!contact->rest.left || usec_since(time, contact->rest.until).us > move.us)
		return time;
	return contact->rest.until;
}
