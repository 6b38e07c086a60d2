/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fingers as a panel reports them: each on a slot of its own, from landing to lifting, frame by
 * frame. Asked by the player for the next frame; the back end makes events of it.
 * A plain value without memory of its own.
 */
#include "ctl/player_strokes.h"

#include <errno.h>

/* A fingertip's size on the phones measured (p50), and the least that such panels tell apart: no
 * finger's size is the same in two frames, so that one at rest still sends frames, as real ones do.
 */
#define FINGERTIP_MM   7.0
#define SIZE_WAVERS_MM 0.1

/* A larger contact than a fingertip rolls on and off: shares of its size, from either end. */
static const double rolls_on[] = {0.6, 0.85};

void
player_strokes_init(struct player_strokes *strokes, const struct scenario_device *device)
{
	*strokes = (struct player_strokes){.slot_count = device->slots};
	for (unsigned i = 0; i < SYNTH_EAR_PATCHES; i++)
		strokes->ear_slots[i] = -1;
	player_strokes_seed_ear(strokes, device, 1);
}

void
player_strokes_seed_ear(struct player_strokes *strokes, const struct scenario_device *device,
			uint32_t seed)
{
	const struct mm_point home = {device->width_mm * SYNTH_EAR_HOME_X,
				      device->height_mm * SYNTH_EAR_HOME_Y};

	synth_ear_init(&strokes->ear, seed, home);
}

static bool
is_ears(const struct player_strokes *strokes, unsigned slot)
{
	for (unsigned i = 0; i < SYNTH_EAR_PATCHES; i++) {
		if (strokes->ear_slots[i] == (int)slot)
			return true;
	}
	return false;
}

static bool
is_taken(const struct player_strokes *strokes, unsigned slot)
{
	return strokes->slots[slot].active || is_ears(strokes, slot);
}

int
player_strokes_add(struct player_strokes *strokes, const struct player_finger *finger)
{
	for (unsigned slot = 0; slot < strokes->slot_count; slot++) {
		if (is_taken(strokes, slot))
			continue;
		strokes->slots[slot] = (struct player_stroke){
		    .active = true,
		    .finger = *finger,
		    .frames =
			(unsigned)((finger->duration.us + PLAYER_FRAME_US - 1) / PLAYER_FRAME_US),
		};
		if (finger->major_mm <= 0)
			strokes->slots[slot].finger.major_mm = FINGERTIP_MM;
		if (strokes->slots[slot].frames == 0)
			strokes->slots[slot].frames = 1;
		return (int)slot;
	}
	return -EBUSY;
}

/* The last frame before the lift is at the end of the way: a lift has no place of its own. */
static struct mm_point
stroke_place(const struct player_stroke *stroke)
{
	double share =
	    stroke->frames > 1 ? (double)stroke->next / (double)(stroke->frames - 1) : 1.0;

	if (stroke->next == 0)
		return stroke->finger.from;
	return (struct mm_point){
	    .x = stroke->finger.from.x + share * (stroke->finger.to.x - stroke->finger.from.x),
	    .y = stroke->finger.from.y + share * (stroke->finger.to.y - stroke->finger.from.y),
	};
}

static void
set_size(const struct player_stroke *stroke, struct player_touch *touch)
{
	const struct player_finger *finger = &stroke->finger;
	unsigned from_end = stroke->frames - stroke->next;
	unsigned nearest = stroke->next < from_end ? stroke->next : from_end - 1;
	double share = 1;

	if (finger->minor_mm > 0 && from_end > 0 && nearest < 2)
		share = rolls_on[nearest];
	touch->major_mm = finger->major_mm * share + (stroke->next % 2 ? SIZE_WAVERS_MM : 0.0);
	touch->minor_mm = finger->minor_mm > 0 ? finger->minor_mm * share : touch->major_mm;
}

/* One patch of the ear in the slot it has or takes; false when there is nothing to say of it. */
static bool
step_patch(struct player_strokes *strokes, const struct synth_ear_patch *patch, int *slot,
	   struct player_touch *touch)
{
	touch->phase = PLAYER_TOUCH_MOVE;
	if (patch->there && *slot < 0) {
		unsigned free_slot = 0;

		while (free_slot < strokes->slot_count && is_taken(strokes, free_slot))
			free_slot++;
		if (free_slot == strokes->slot_count)
			return false; /* a panel with few slots does not see it */
		*slot = (int)free_slot;
		touch->phase = PLAYER_TOUCH_DOWN;
	}
	if (*slot < 0)
		return false;
	touch->slot = (unsigned)*slot;
	touch->place = patch->place;
	touch->major_mm = patch->major_mm;
	touch->minor_mm = patch->minor_mm;
	touch->palm = touch->hovers = false;
	if (!patch->there) {
		touch->phase = PLAYER_TOUCH_UP;
		*slot = -1;
	}
	return true;
}

static size_t
step_ear(struct player_strokes *strokes, struct player_touch *touches)
{
	struct synth_ear_patch patches[SYNTH_EAR_PATCHES];
	size_t count = 0;

	synth_ear_next(&strokes->ear, patches);
	for (unsigned i = 0; i < SYNTH_EAR_PATCHES; i++)
		count += step_patch(strokes, &patches[i], &strokes->ear_slots[i], &touches[count]);
	return count;
}

/* As far as measured swipes go, 24 to 48 mm. */
#define SWIPE_MM 32.0

bool
player_strokes_play_ear(struct player_strokes *strokes, const struct scenario_device *device,
			const struct scenario_statement *statement)
{
	struct synth_ear *ear = &strokes->ear;
	bool needs_rest =
	    statement->ear == SCENARIO_EAR_LIFT || statement->ear == SCENARIO_EAR_MOVE;

	if (synth_ear_rests(ear) != needs_rest)
		return false;
	switch (statement->ear) {
	case SCENARIO_EAR_PLACE:
		synth_ear_place(ear, statement->has_path ? statement->from : ear->centre);
		break;
	case SCENARIO_EAR_LIFT:
		synth_ear_lift(ear);
		break;
	case SCENARIO_EAR_TAP:
		synth_ear_tap(ear);
		break;
	case SCENARIO_EAR_DOUBLE_TAP:
		synth_ear_double_tap(ear);
		break;
	case SCENARIO_EAR_SWIPE_UP:
		synth_ear_swipe(ear, (struct mm_point){0, -SWIPE_MM});
		break;
	case SCENARIO_EAR_SWIPE_DOWN:
		synth_ear_swipe(ear, (struct mm_point){0, SWIPE_MM});
		break;
	case SCENARIO_EAR_SWIPE_LEFT:
		synth_ear_swipe(ear, (struct mm_point){-SWIPE_MM, 0});
		break;
	case SCENARIO_EAR_SWIPE_RIGHT:
		synth_ear_swipe(ear, (struct mm_point){SWIPE_MM, 0});
		break;
	case SCENARIO_EAR_MOVE:
		synth_ear_move(ear, statement->from);
		break;
	case SCENARIO_EAR_SEED:
		player_strokes_seed_ear(strokes, device, statement->count);
		break;
	case SCENARIO_EAR_MODE:
		break;
	}
	return true;
}

size_t
player_strokes_step(struct player_strokes *strokes, struct player_touch *touches)
{
	size_t count = 0;

	for (unsigned slot = 0; slot < strokes->slot_count; slot++) {
		struct player_stroke *stroke = &strokes->slots[slot];
		struct player_touch *touch = &touches[count];

		if (!stroke->active)
			continue;
		count++;
		touch->slot = slot;
		set_size(stroke, touch);
		touch->palm = stroke->finger.palm;
		touch->hovers = stroke->finger.hovers;
		if (stroke->next == stroke->frames) {
			touch->phase = PLAYER_TOUCH_UP;
			touch->place = stroke->finger.to;
			stroke->active = false;
			continue;
		}
		touch->phase = stroke->next == 0 ? PLAYER_TOUCH_DOWN : PLAYER_TOUCH_MOVE;
		touch->place = stroke_place(stroke);
		stroke->next++;
	}
	return count + step_ear(strokes, &touches[count]);
}

bool
player_strokes_slot_active(const struct player_strokes *strokes, unsigned slot)
{
	return strokes->slots[slot].active;
}

bool
player_strokes_active(const struct player_strokes *strokes)
{
	if (synth_ear_is_busy(&strokes->ear) || synth_ear_rests(&strokes->ear))
		return true;
	for (unsigned slot = 0; slot < strokes->slot_count; slot++) {
		if (is_taken(strokes, slot))
			return true;
	}
	return false;
}
