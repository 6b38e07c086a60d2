/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Contacts that the clone is not told of yet, whoever withholds them: where each has been, and
 * showing it to the clone once it turns out to be the clone's after all.
 * Called by contact.c, and by whatever else may withhold a contact that is on no pad.
 * Owns the paths in struct core; who owns a contact is decided elsewhere.
 */
#include "driver/core/core_private.h"

/*
 * A path that is full keeps its start, its end and every other point between, so that a touch of
 * any length is replayed with its shape.
 */
static void
remember(struct core *core, unsigned slot, struct usec time)
{
	struct core_contact *contact = &core->contacts[slot];
	struct core_path_point *point;

	if (contact->path_count == CORE_PATH_MAX) {
		for (unsigned i = 1; i < CORE_PATH_MAX / 2; i++)
			contact->path[i] = contact->path[2 * (size_t)i];
		contact->path_count = CORE_PATH_MAX / 2;
	}
	point = &contact->path[contact->path_count++];
	point->time = time;
	point->touch = core->slots[slot];
	/* The slot may hold the contact that came after it. */
	point->touch.value[CORE_MT_ID] = contact->id;
}

void
withhold_begin(struct core *core, unsigned slot, struct usec time)
{
	struct core_contact *contact = &core->contacts[slot];

	contact->path_count = 0;
	contact->replayed = 0;
	contact->late_from = time;
	remember(core, slot, time);
}

void
withhold_note(struct core *core, unsigned slot, struct usec time)
{
	remember(core, slot, time);
}

/* When the next point of these slots' paths that was not shown yet happened. */
static bool
next_time(const struct core *core, uint32_t slots, struct usec *out)
{
	bool any = false;

	for (uint32_t rest = slots; rest; rest &= rest - 1) {
		const struct core_contact *contact = &core->contacts[__builtin_ctz(rest)];
		struct usec time;

		if (contact->replayed == contact->path_count)
			continue;
		time = contact->path[contact->replayed].time;
		*out = any ? usec_min(*out, time) : time;
		any = true;
	}
	return any;
}

void
withhold_replay(struct core *core, uint32_t slots, struct usec time)
{
	struct usec at;

	for (uint32_t rest = slots; rest; rest &= rest - 1) {
		const struct core_contact *contact = &core->contacts[__builtin_ctz(rest)];

		core->counts.withheld_max =
		    usec_max(core->counts.withheld_max, usec_since(time, contact->late_from));
	}
	while (next_time(core, slots, &at)) {
		for (uint32_t rest = slots; rest; rest &= rest - 1) {
			unsigned slot = (unsigned)__builtin_ctz(rest);
			struct core_contact *contact = &core->contacts[slot];

			if (contact->replayed < contact->path_count &&
			    !usec_before(at, contact->path[contact->replayed].time))
				shadow_add(core, slot, &contact->path[contact->replayed++].touch,
					   time);
		}
		shadow_finish(core, time);
	}
}
