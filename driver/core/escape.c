/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The way out for whom the pads are in the way: five fingers that lie still for five seconds make
 * every touch pass for a minute.
 * Called by core.c after each frame and when time went by.
 * Owns struct core_escape; handing over what is withheld is core.c's.
 */
#include <string.h>

#include "driver/core/core_private.h"

#define FINGERS  5     /* issue 3 */
#define STILL_MS 5000  /* issue 3 */
#define PASS_MS  60000 /* issue 3 */
/* How far a finger that lies still may waver: a hand on a table, over five seconds. */
#define WAVER_MM 4.0 /* a tap of the design travels less than 12; tremor at rest is 1 to 3 */
/* Patches of an ear or a cheek are wider than a finger, or nearer to each other than two are. */
#define FINGER_MAX_MM 21.0 /* a thumb's p99 (design) */
#define APART_MIN_MM  12.0 /* a fingertip is 13 mm wide (design) */

/* Also while the ear owns it: a proximity sensor that is stuck at near must be escaped from too. */
static bool
is_finger(const struct core *core, unsigned slot)
{
	const struct core_touch *touch = &core->slots[slot];

	return contact_owner(&core->contacts[slot]) != CORE_OWNER_SAMPLE &&
	       touch->value[CORE_MT_ID] >= 0 && !core_hovers(core, touch) &&
	       !core_is_palm(core, touch) && grip_size_mm(core, touch) <= FINGER_MAX_MM;
}

/* Where the fingers are, when there are five at least and nothing else; 0 otherwise. */
static unsigned
take_fingers(const struct core *core, struct mm_point *places)
{
	unsigned count = 0;

	for (uint32_t rest = core->present; rest; rest &= rest - 1) {
		unsigned slot = (unsigned)__builtin_ctz(rest);

		if (!is_finger(core, slot))
			return 0;
		places[count++] = core_place(core, &core->slots[slot]);
	}
	return count >= FINGERS ? count : 0;
}

static bool
are_apart(const struct mm_point *places, unsigned count)
{
	for (unsigned i = 1; i < count; i++) {
		for (unsigned j = 0; j < i; j++) {
			if (mm_square_distance(places[i], places[j]) < APART_MIN_MM * APART_MIN_MM)
				return false;
		}
	}
	return true;
}

static bool
are_still(const struct core_escape *escape, const struct mm_point *places, unsigned count)
{
	if (count != escape->count)
		return false;
	for (unsigned i = 0; i < count; i++) {
		if (mm_square_distance(places[i], escape->places[i]) > WAVER_MM * WAVER_MM)
			return false;
	}
	return true;
}

/* Rather than counting all: this is asked after each frame. */
static bool
are_enough(uint32_t slots)
{
	for (unsigned i = 1; i < FINGERS; i++)
		slots &= slots - 1;
	return slots != 0;
}

/* Apart from escape_note(), which asks after each frame and seldom needs this much of a stack. */
__attribute__((noinline)) static void
note_fingers(struct core *core, struct usec time)
{
	struct core_escape *escape = &core->escape;
	struct mm_point places[CORE_SLOTS_MAX];
	unsigned count = take_fingers(core, places);

	if (count > 0 && are_still(escape, places, count))
		return;
	escape->count = are_apart(places, count) ? count : 0;
	escape->since = time;
	memcpy(escape->places, places, count * sizeof(*places));
}

void
escape_note(struct core *core, struct usec time)
{
	if (are_enough(core->present) && core_is_live(core) && !core->escape.off)
		note_fingers(core, time);
	else
		core->escape.count = 0;
}

bool
escape_deadline(const struct core *core, struct usec *deadline)
{
	const struct core_escape *escape = &core->escape;

	if (escape->on)
		*deadline = usec_add(escape->since, usec_from_ms(PASS_MS));
	else if (escape->count > 0)
		*deadline = usec_add(escape->since, usec_from_ms(STILL_MS));
	return escape->on || escape->count > 0;
}

bool
escape_tick(struct core *core, struct usec now)
{
	struct core_escape *escape = &core->escape;
	struct usec due;

	if (!escape_deadline(core, &due) || usec_before(now, due))
		return false;
	escape->on = !escape->on;
	escape->count = 0;
	escape->since = due;
	escape_tell(core, due);
	return escape->on;
}

void
escape_tell(struct core *core, struct usec time)
{
	if (core->output.notice)
		core->output.notice(
		    core->data, core->escape.on ? CORE_NOTICE_ESCAPE_ON : CORE_NOTICE_ESCAPE_OFF,
		    time);
}

void
core_set_escape(struct core *core, bool allowed)
{
	core->escape.off = !allowed;
	core->escape.count = 0;
}
