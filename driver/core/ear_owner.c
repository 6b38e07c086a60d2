/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Contacts of an ear: shows the recogniser what touches, and carries out what it says.
 * Called by core.c before the contacts of a frame land, move and lift, and when time went by.
 * Owns struct core_ear in struct core; the recogniser itself is ear.c.
 */
#include <string.h>

#include "driver/core/core_private.h"

/* A panel that does not say how large it is is taken for a phone: its longer side. */
#define PHONE_MM 130.0 /* phones of 5 to 6.5 inches are 110 to 145 mm */

void
ear_owner_note_due(struct core *core)
{
	core->ear.has_due = ear_next_deadline(&core->ear.ear, &core->ear.due);
}

static void
on_event(void *data, const struct ear_event *event)
{
	struct core *core = data;

	if (core->output.ear)
		core->output.ear(core->data, event);
}

static void
on_seen(void *data, const struct ear_seen *seen)
{
	struct core *core = data;

	if (core->output.ear_seen)
		core->output.ear_seen(core->data, seen);
}

static bool
is_mounting_known(const struct core_panel *panel)
{
	for (unsigned i = 0; i < 6; i++) {
		if (panel->mounting[i] != 0)
			return true;
	}
	return false;
}

/* The panel's size as the kernel counts it, and one for a panel that does not say. */
static struct mm_point
assume_size(const struct core *core)
{
	double range_x = (double)core->panel.x.maximum - core->panel.x.minimum;
	double range_y = (double)core->panel.y.maximum - core->panel.y.minimum;
	double longer = range_x > range_y ? range_x : range_y;

	if (core->panel.width_mm > 0 && core->panel.height_mm > 0)
		return (struct mm_point){core->panel.width_mm, core->panel.height_mm};
	return (struct mm_point){PHONE_MM * range_x / longer, PHONE_MM * range_y / longer};
}

/* The mounted panel's width or height, from the row of the mounting that leads to it. */
static double
mounted_length(const float *row, struct mm_point size)
{
	float x = row[0] < 0 ? -row[0] : row[0];
	float y = row[1] < 0 ? -row[1] : row[1];

	return x > y ? size.x : size.y;
}

static struct mm_point
find_transform(struct core *core)
{
	static const float as_counted[6] = {1, 0, 0, 0, 1, 0};
	const struct core_panel *panel = &core->panel;
	const float *row = is_mounting_known(panel) ? panel->mounting : as_counted;
	double range_x = (double)panel->x.maximum - panel->x.minimum;
	double range_y = (double)panel->y.maximum - panel->y.minimum;
	struct mm_point size = assume_size(core);
	struct mm_point mounted = {mounted_length(row, size), mounted_length(row + 3, size)};

	for (unsigned i = 0; i < 2; i++, row += 3) {
		double *to = core->ear.to_mm + 3 * (size_t)i;
		double length = i == 0 ? mounted.x : mounted.y;

		to[0] = row[0] * length / range_x;
		to[1] = row[1] * length / range_y;
		to[2] = row[2] * length - to[0] * panel->x.minimum - to[1] * panel->y.minimum;
	}
	return mounted;
}

void
ear_owner_init(struct core *core)
{
	const struct ear_output output = {on_event, on_seen, core};
	const struct core_panel *panel = &core->panel;
	struct mm_point size = find_transform(core);
	struct ear_axes axes = {
	    .width_mm = size.x,
	    .height_mm = size.y,
	    .has_major = panel->has_axis[ABS_MT_TOUCH_MAJOR],
	    .major_maximum = panel->major.maximum,
	    .major_resolution = panel->major_resolution,
	};

	if (core->mm_per_unit_x > 0)
		axes.position_units_per_mm = 1 / core->mm_per_unit_x;
	ear_init(&core->ear.ear, &axes, &output);
	ear_owner_note_due(core);
}

void
ear_owner_calibrate(struct core *core, double mm_per_unit)
{
	ear_calibrate(&core->ear.ear, mm_per_unit);
	ear_owner_note_due(core);
}

static struct ear_patch
patch_of(const struct core *core, const struct core_touch *touch)
{
	const double *to = core->ear.to_mm;
	double mm_per_unit = core->ear.ear.scale.mm_per_unit;
	double x = touch->value[CORE_MT_X], y = touch->value[CORE_MT_Y];
	int32_t major = touch->value[CORE_MT_MAJOR];

	return (struct ear_patch){
	    .place = {to[0] * x + to[1] * y + to[2], to[3] * x + to[4] * y + to[5]},
	    .length = major > 0 ? major : 1,
	    .major_mm = major > 0 ? major * mm_per_unit : 0,
	    .minor_mm = touch->value[CORE_MT_MINOR] * mm_per_unit,
	};
}

/* Of these slots, which are all that may hold a contact. */
static unsigned
find_patches(const struct core *core, uint32_t slots, struct ear_patch *patches)
{
	bool attentive = ear_is_attentive(&core->ear.ear);
	unsigned count = 0;

	for (uint32_t rest = slots; rest; rest &= rest - 1) {
		const struct core_touch *touch = &core->slots[__builtin_ctz(rest)];

		if (touch->value[CORE_MT_ID] < 0 || core_hovers(core, touch))
			continue;
		if (attentive && count < EAR_PATCHES_MAX)
			patches[count] = patch_of(core, touch);
		count++;
	}
	return count;
}

/* The end of a contact that was the ear's to the last, or that nobody is to see. */
static void
finish(struct core *core, unsigned slot)
{
	core->counts.ear++;
	contact_set_state(core, slot, CONTACT_NONE);
}

/* Those of these slots' contacts that were in doubt are the clone's after all. */
static void
release(struct core *core, uint32_t slots, struct usec time)
{
	uint32_t doubted = 0;

	for (uint32_t rest = slots & core->withheld; rest; rest &= rest - 1) {
		unsigned slot = (unsigned)__builtin_ctz(rest);

		if (core->contacts[slot].state == CONTACT_DOUBTED)
			doubted |= 1U << slot;
	}
	if (!doubted)
		return;
	withhold_replay(core, doubted, time);
	for (uint32_t rest = doubted; rest; rest &= rest - 1)
		contact_pass(core, (unsigned)__builtin_ctz(rest));
}

/* Whatever this contact was, it is the ear's now. */
static void
take(struct core *core, unsigned slot, struct usec time)
{
	switch (core->contacts[slot].state) {
	case CONTACT_PRESSED:
	case CONTACT_HELD:
	case CONTACT_CHORDED:
	case CONTACT_SPENT:
	case CONTACT_GRIPPED:
		press_take(core, slot, time);
		break;
	case CONTACT_PASSED:
		core->counts.passed--;
		shadow_withdraw(core, slot, time);
		contact_set_state(core, slot, CONTACT_TAKEN);
		break;
	case CONTACT_DOUBTED:
		contact_set_state(core, slot, CONTACT_TAKEN);
		break;
	case CONTACT_NONE:
	case CONTACT_SAMPLED:
	case CONTACT_TAKEN:
		break;
	}
}

bool
ear_owner_land(struct core *core, unsigned slot, struct usec time)
{
	switch (core->ear.verdict) {
	case EAR_VERDICT_PASS:
		return false;
	case EAR_VERDICT_WITHHOLD:
	case EAR_VERDICT_SWALLOW:
		withhold_begin(core, slot, time);
		contact_set_state(core, slot, CONTACT_DOUBTED);
		return true;
	case EAR_VERDICT_TAKE:
		contact_set_state(core, slot, CONTACT_TAKEN);
		ear_chord_land(core, slot, time);
		return true;
	}
	return false;
}

static void
handle_doubted(struct core *core, unsigned slot, enum contact_event event, struct usec time)
{
	switch (event) {
	case CONTACT_EVENT_MOVE:
		withhold_note(core, slot, time);
		break;
	case CONTACT_EVENT_LIFT:
		if (core->ear.verdict == EAR_VERDICT_SWALLOW) {
			finish(core, slot);
			break;
		}
		release(core, 1U << slot, time);
		contact_set_state(core, slot, CONTACT_NONE);
		break;
	case CONTACT_EVENT_SURRENDER:
		release(core, 1U << slot, time);
		break;
	case CONTACT_EVENT_LOST:
		finish(core, slot);
		break;
	case CONTACT_EVENT_LAND:
	case CONTACT_EVENT_TIME:
	case CONTACT_EVENT_HAND:
		break;
	}
}

static void
handle_taken(struct core *core, unsigned slot, enum contact_event event, struct usec time)
{
	switch (event) {
	case CONTACT_EVENT_LIFT:
		ear_chord_lift(core, slot, time);
		finish(core, slot);
		break;
	case CONTACT_EVENT_LOST:
		core->ear.chord.count = 0;
		finish(core, slot);
		break;
	case CONTACT_EVENT_LAND:
	case CONTACT_EVENT_MOVE:
	case CONTACT_EVENT_TIME:
	case CONTACT_EVENT_HAND:
	case CONTACT_EVENT_SURRENDER: /* half of an ear is nothing that an app could want */
		break;
	}
}

void
ear_owner_handle(struct core *core, unsigned slot, enum contact_event event, struct usec time)
{
	if (core->contacts[slot].state == CONTACT_DOUBTED)
		handle_doubted(core, slot, event, time);
	else
		handle_taken(core, slot, event, time);
}

/* What was decided of contacts that are there; those that land are in contact.c. */
static void
apply(struct core *core, enum ear_verdict verdict, struct usec time)
{
	core->ear.verdict = verdict;
	switch (verdict) {
	case EAR_VERDICT_PASS:
		release(core, core->withheld & ~core->pads & ~core->taken, time);
		break;
	case EAR_VERDICT_WITHHOLD:
	case EAR_VERDICT_SWALLOW:
		break;
	case EAR_VERDICT_TAKE:
		for (uint32_t rest = core->present & ~core->taken; rest; rest &= rest - 1)
			take(core, (unsigned)__builtin_ctz(rest), time);
		break;
	}
}

/* Contacts that are measured for a calibration are no ear's, whatever they look like; and five
 * fingers that lie still get out of the ear too. */
static bool
is_working(const struct core *core)
{
	return core->listening && !core->sampler && !core->escape.on;
}

/* Apart from its caller, which with nobody listening needs no room for patches. */
__attribute__((noinline)) static enum ear_verdict
judge(struct core *core, uint32_t slots, struct usec time)
{
	struct ear_patch patches[EAR_PATCHES_MAX];
	unsigned count = find_patches(core, slots, patches);
	enum ear_verdict verdict = ear_frame(&core->ear.ear, time, patches, count);

	ear_owner_note_due(core);
	return verdict;
}

void
ear_owner_frame(struct core *core, uint32_t touched, struct usec time)
{
	if (is_working(core))
		apply(core, judge(core, core->present | touched, time), time);
	else
		core->ear.verdict = EAR_VERDICT_PASS;
}

bool
ear_owner_deadline(const struct core *core, struct usec *deadline)
{
	*deadline = core->ear.due;
	return core->ear.has_due && is_working(core);
}

/* Outside a frame the clone has to be told separately. */
static void
apply_now(struct core *core, struct usec now)
{
	uint32_t withheld = core->withheld;

	if (!is_working(core))
		return;
	apply(core, ear_get_verdict(&core->ear.ear), now);
	if (core->withheld != withheld)
		core_update_clone(core, now);
}

void
ear_owner_tick(struct core *core, struct usec now)
{
	struct usec due;

	if (!ear_owner_deadline(core, &due) || usec_before(now, due))
		return;
	ear_tick(&core->ear.ear, now);
	ear_owner_note_due(core);
	apply_now(core, now);
}

void
ear_owner_reset(struct core *core, struct usec now)
{
	ear_stop(&core->ear.ear, core->present != 0, now);
	ear_owner_note_due(core);
	core->ear.verdict = EAR_VERDICT_PASS;
}

void
core_set_proximity(struct core *core, enum ear_proximity proximity, struct usec now)
{
	if (!core->listening)
		return;
	core_tick(core, now);
	ear_set_proximity(&core->ear.ear, proximity, now);
	ear_owner_note_due(core);
	apply_now(core, now);
}

void
core_set_ear_mode(struct core *core, bool on, struct usec now)
{
	if (!core->listening)
		return;
	core_tick(core, now);
	ear_set_mode(&core->ear.ear, on, now);
	ear_owner_note_due(core);
	apply_now(core, now);
}

bool
core_ear_is_on(const struct core *core)
{
	return ear_is_on(&core->ear.ear);
}
