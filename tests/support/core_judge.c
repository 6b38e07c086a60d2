/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The judge of driver/core: what went in, seen by one reader, and what came out, seen by another.
 * Called by core_trial.c around each call into the core.
 * Owns nothing.
 *
 * After each frame that came out: a reader finds nothing wrong with it, and the single-touch
 * emulation is right. After each call into the core:
 *   - the core knows a contact in exactly the slots in which the panel has one;
 *   - a contact that passes is on the clone with all its values, a withheld one is not;
 *   - a contact was shown to the clone once if it passed, and then from where it landed; never if
 *     it was withheld to its end;
 *   - each press is of one contact, and its end is what became of that (core_judge_press.c);
 *   - counts and output.touch() say the same;
 *   - while nothing differs, what comes out is what went in, event for event.
 * After an unplugging nothing is down on the clone and no press is under way.
 * A new owner of contacts needs a line in expected_on_clone(), and one in is_owner_of_landing() if
 * it may have a contact from the first.
 */
#include "tests/support/core_judge.h"

#include <linux/input.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void
judge_fail(struct judge *judge, const char *format, ...)
{
	va_list arguments;

	if (judge->result->fault[0])
		return;
	va_start(arguments, format);
	vsnprintf(judge->result->fault, sizeof(judge->result->fault), format, arguments);
	va_end(arguments);
}

enum expected {
	EXPECT_NOTHING, /* there is no contact */
	EXPECT_HIDDEN,  /* the clone does not have it */
	EXPECT_SHOWN,   /* the clone has it, with all its values */
};

static enum expected
expected_on_clone(enum core_owner owner)
{
	switch (owner) {
	case CORE_OWNER_NONE:
		return EXPECT_NOTHING;
	case CORE_OWNER_PAD:
	case CORE_OWNER_GRIP:
	case CORE_OWNER_SAMPLE:
	case CORE_OWNER_EAR:
		return EXPECT_HIDDEN;
	case CORE_OWNER_PASS:
		return EXPECT_SHOWN;
	}
	return EXPECT_NOTHING;
}

static bool
is_over_glass(const struct judge *judge, const struct mt_reader_slot *slot)
{
	return judge->panel.has_axis[ABS_MT_DISTANCE] && mt_reader_value(slot, ABS_MT_DISTANCE) > 0;
}

static bool
find_pad(const struct judge *judge, struct mm_point place, enum pad *out)
{
	double nearest = INFINITY;

	for (unsigned i = 0; i < PAD_COUNT; i++) {
		const struct overlay_pad *pad = &judge->overlay.pads[i];
		double distance = mm_distance(place, pad->centre);

		if (distance > pad->radius_mm || distance >= nearest)
			continue;
		nearest = distance;
		*out = (enum pad)i;
	}
	return isfinite(nearest);
}

/* Whether there is any reason to take a contact that lands for a hand's: its size, or two more. */
static bool
may_grip(const struct judge *judge, const struct mt_reader_slot *slot)
{
	return mt_reader_down(&judge->panel) >= 3 ||
	       mt_reader_value(slot, ABS_MT_TOUCH_MAJOR) * LIFE_WIDTH_MM / LIFE_WIDTH > 24;
}

/* Whose a contact is that has landed in this call; press: what was told of it. */
static bool
is_owner_of_landing(const struct judge *judge, const struct judge_contact *contact,
		    const struct mt_reader_slot *slot, enum core_owner owner)
{
	enum pad pad = PAD_LEFT_TOP;
	bool live = judge->has_pads && judge->listening && !judge->escaped && !judge->resyncing;

	if (judge->sampling && !contact->hovers)
		return owner == CORE_OWNER_SAMPLE;
	/* What is an ear's is judged with recorded ears; here it is enough that one was asked for.
	 */
	if (judge->ear_asked && owner == CORE_OWNER_EAR)
		return true;
	if (!live || contact->hovers || !find_pad(judge, contact->place, &pad) ||
	    (judge->panel.has_axis[ABS_MT_TOOL_TYPE] &&
	     mt_reader_value(slot, ABS_MT_TOOL_TYPE) == MT_TOOL_PALM))
		return owner == CORE_OWNER_PASS;
	if (owner == CORE_OWNER_GRIP)
		return may_grip(judge, slot);
	/* Without a press of its own it bounced. */
	return owner == CORE_OWNER_PAD &&
	       (contact->press ||
		(judge->lifted[pad].us != 0 &&
		 usec_since(judge->time, judge->lifted[pad]).us < JUDGE_BOUNCE_US));
}

/* What the present call showed the clone in a slot, in order. */
struct shown {
	const struct judge_landing *next;
	unsigned left;
};

/* Whether the clone was shown this contact, from where it landed. */
static bool
was_shown(struct judge *judge, unsigned slot, struct shown *shown,
	  const struct judge_landing *landing)
{
	if (shown->left == 0 || shown->next->id != landing->id ||
	    shown->next->over != landing->over)
		return false;
	if (shown->next->x != landing->x || shown->next->y != landing->y)
		judge_fail(judge, "slot %u: it landed at %d,%d and is shown to land at %d,%d", slot,
			   landing->x, landing->y, shown->next->x, shown->next->y);
	shown->next++;
	shown->left--;
	return true;
}

/* It was withheld to its end. */
static void
end_hidden(struct judge *judge, struct judge_contact *contact)
{
	enum pad pad;

	if (contact->owner == CORE_OWNER_SAMPLE)
		return;
	judge->pressed++;
	judge->result->pressed++;
	if (find_pad(judge, contact->place, &pad))
		judge->lifted[pad] = judge->time;
	judge_press_fate(judge, contact->press, JUDGE_FATE_ENDED);
}

/* The contact that was there before this call. */
static void
settle_old(struct judge *judge, unsigned slot, struct shown *shown)
{
	struct judge_contact *contact = &judge->contacts[slot];
	const struct mt_reader_slot *now = &judge->panel.slots[slot];
	bool ended = mt_reader_id(now) != contact->landing.id;
	/* What is withheld begins anew as it comes down to the glass or leaves it. */
	bool changed = contact->hovers != is_over_glass(judge, now);

	if (!contact->there)
		return;
	if (contact->hidden && !(contact->withdrawn && changed) &&
	    was_shown(judge, slot, shown, &contact->landing)) {
		if (contact->withdrawn)
			judge_fail(judge, "slot %u: withdrawn for an ear, and shown again", slot);
		contact->hidden = false;
		judge->result->replayed++;
		judge->passed++;
		judge_press_fate(judge, contact->press, JUDGE_FATE_SHOWN);
		contact->press = 0;
	}
	ended = ended || (contact->hidden && changed);
	if (ended && contact->hidden)
		end_hidden(judge, contact);
	contact->there = !ended;
}

static void
begin(struct judge *judge, unsigned slot, bool hidden)
{
	struct judge_contact *contact = &judge->contacts[slot];
	const struct mt_reader_slot *now = &judge->panel.slots[slot];
	enum core_owner owner = core_slot_owner(judge->core, slot);

	*contact = (struct judge_contact){
	    .there = true,
	    .hidden = hidden,
	    .hovers = is_over_glass(judge, now),
	    .landing = judge_landing_of(now),
	};
	contact->place = (struct mm_point){
	    (contact->landing.x - judge->life->minimum) * LIFE_WIDTH_MM / LIFE_WIDTH,
	    (contact->landing.y - judge->life->minimum) * LIFE_HEIGHT_MM / LIFE_HEIGHT,
	};
	if (owner == CORE_OWNER_PAD)
		contact->press = judge_press_of_landing(judge, contact);
	if (!is_owner_of_landing(judge, contact, now, owner))
		judge_fail(judge, "slot %u: a contact landed at %d,%d and is owner %d's", slot,
			   contact->landing.x, contact->landing.y, owner);
}

static void
settle_new(struct judge *judge, unsigned slot, struct shown *shown)
{
	const struct judge_landing landing = judge_landing_of(&judge->panel.slots[slot]);
	bool hidden;

	if (judge->contacts[slot].there || landing.id < 0)
		return;
	hidden = !judge->verbatim && !was_shown(judge, slot, shown, &landing);
	begin(judge, slot, hidden);
	judge->contact_count++;
	judge->passed += !hidden;
	judge->result->contacts++;
}

/* A contact that passed while it hovered may come down on a pad; then the clone sees it lifted. */
static void
settle_hover(struct judge *judge, unsigned slot)
{
	struct judge_contact *contact = &judge->contacts[slot];
	bool hovers = is_over_glass(judge, &judge->panel.slots[slot]);

	if (!contact->there || contact->hovers == hovers)
		return;
	if (!hovers && !contact->hidden && core_slot_owner(judge->core, slot) != CORE_OWNER_PASS) {
		begin(judge, slot, true);
		judge->passed--;
	}
	contact->hovers = hovers;
}

static void
judge_fate(struct judge *judge, const struct judge_contact *contact)
{
	if (!contact->there || !contact->hidden)
		return;
	judge->result->grips += contact->owner == CORE_OWNER_GRIP;
	judge_press_fate(judge, contact->press,
			 contact->owner == CORE_OWNER_PAD ? JUDGE_FATE_PRESSED : JUDGE_FATE_TAKEN);
}

static void
judge_owner(struct judge *judge, unsigned slot)
{
	struct judge_contact *contact = &judge->contacts[slot];
	const struct mt_reader_slot *in = &judge->panel.slots[slot];
	const struct mt_reader_slot *out = &judge->clone.slots[slot];
	enum core_owner owner = core_slot_owner(judge->core, slot);
	enum expected expected = expected_on_clone(owner);

	if ((expected == EXPECT_NOTHING) != (mt_reader_id(in) < 0))
		judge_fail(judge, "slot %u: the core %s a contact that is %sthere", slot,
			   expected == EXPECT_NOTHING ? "misses" : "knows",
			   expected == EXPECT_NOTHING ? "" : "not ");
	if (expected == EXPECT_SHOWN && memcmp(in, out, sizeof(*in)) != 0)
		judge_fail(judge, "slot %u: a contact that passes differs on the clone", slot);
	if (expected != EXPECT_SHOWN && mt_reader_id(out) >= 0)
		judge_fail(judge, "slot %u: a contact is down on the clone that is %s", slot,
			   expected == EXPECT_HIDDEN ? "withheld" : "not there");
	if (contact->there && contact->hidden != (expected == EXPECT_HIDDEN))
		judge_fail(judge, "slot %u: a contact that was %s has the wrong owner", slot,
			   contact->hidden ? "not shown" : "shown");
	contact->owner = owner;
}

/* What passed may turn out to be an ear's: then the clone is told of a palm that lifts. */
static void
settle_ear(struct judge *judge, unsigned slot)
{
	struct judge_contact *contact = &judge->contacts[slot];

	if (!contact->there || contact->hidden ||
	    core_slot_owner(judge->core, slot) != CORE_OWNER_EAR)
		return;
	if (!judge->ear_asked)
		judge_fail(judge, "slot %u: an ear's, and nobody asked for one", slot);
	contact->hidden = contact->withdrawn = true;
	judge->passed--;
	judge->result->withdrawn++;
}

static void
judge_slots(struct judge *judge)
{
	for (unsigned i = 0; i < CORE_SLOTS_MAX && i < judge->panel.slot_count; i++) {
		struct shown shown = {judge->lands[i], judge->land_count[i]};

		settle_old(judge, i, &shown);
		settle_hover(judge, i);
		settle_ear(judge, i);
		settle_new(judge, i, &shown);
		if (shown.left > 0)
			judge_fail(judge,
				   "slot %u: the clone was shown a contact twice, or one that "
				   "is not there",
				   i);
		judge_owner(judge, i);
		judge_fate(judge, &judge->contacts[i]);
	}
	for (unsigned i = CORE_SLOTS_MAX; i < judge->panel.slot_count; i++) {
		/* Which contact it is may be lost with a frame; that it is there may not. */
		if ((mt_reader_id(&judge->panel.slots[i]) < 0) !=
		    (mt_reader_id(&judge->clone.slots[i]) < 0))
			judge_fail(judge, "slot %u: passes unseen, and differs on the clone", i);
	}
}

/* What became of each contact was told once, when it was over. */
static void
judge_stories(struct judge *judge)
{
	uint64_t over = judge->contact_count, shown = judge->passed;

	if (judge->panel.has_axis[ABS_MT_DISTANCE])
		return;
	for (unsigned i = 0; i < CORE_SLOTS_MAX; i++) {
		over -= judge->contacts[i].there;
		shown -= judge->contacts[i].there && !judge->contacts[i].hidden;
	}
	if (judge->told != over || judge->told_shown != shown)
		judge_fail(judge, "of %u contacts %u were told to be over, of %u that passed %u",
			   (unsigned)over, (unsigned)judge->told, (unsigned)shown,
			   (unsigned)judge->told_shown);
}

static void
judge_counts(struct judge *judge)
{
	struct core_counts counts = core_get_counts(judge->core);

	/* One that hovers and is an ear's counts once or twice. */
	if (judge->ear_asked && judge->panel.has_axis[ABS_MT_DISTANCE])
		return;
	if (counts.contacts != judge->contact_count)
		judge_fail(judge, "the core counts %u contacts of %u", (unsigned)counts.contacts,
			   (unsigned)judge->contact_count);
	/* Which of the two an ear's last frame makes it, only the core knows. */
	if (judge->ear_asked &&
	    counts.passed + counts.pressed + counts.ear != judge->passed + judge->pressed)
		judge_fail(judge, "the core counts %u contacts that are over or passed of %u",
			   (unsigned)(counts.passed + counts.pressed + counts.ear),
			   (unsigned)(judge->passed + judge->pressed));
	if (judge->ear_asked)
		return;
	if (counts.passed != judge->passed)
		judge_fail(judge, "the core counts %u contacts that passed of %u",
			   (unsigned)counts.passed, (unsigned)judge->passed);
	if (counts.pressed != judge->pressed)
		judge_fail(judge, "the core counts %u contacts that were pressed of %u",
			   (unsigned)counts.pressed, (unsigned)judge->pressed);
	judge_stories(judge);
	/* What hovers is told when it comes down. */
	if (!judge->panel.has_axis[ABS_MT_DISTANCE] && judge->touches != judge->passed)
		judge_fail(judge, "%u contacts passed and %u were told", (unsigned)judge->passed,
			   (unsigned)judge->touches);
}

void
judge_time(struct judge *judge, struct usec time)
{
	for (unsigned i = 0; i < judge->press_count; i++) {
		const struct judge_press *press = &judge->presses[i];
		uint64_t us = usec_since(time, press->down).us;

		if (us >= JUDGE_HOLD_US && !press->held)
			judge_fail(judge, "press %u: down for %u ms and not held", press->number,
				   (unsigned)(us / 1000));
		if (us >= JUDGE_GRIP_US && !press->is_chord)
			judge_fail(judge, "press %u: down for %u ms and no hand", press->number,
				   (unsigned)(us / 1000));
	}
}

static void
judge_keys(struct judge *judge)
{
	for (unsigned i = 0; i < JUDGE_KEYS_MAX && judge->keys[i].code; i++) {
		if (judge->keys[i].in != judge->keys[i].out)
			judge_fail(judge, "key %#x is not on the clone what it is on the panel",
				   judge->keys[i].code);
	}
}

void
judge_begin(struct judge *judge, struct usec time, const struct core_event *events, size_t count)
{
	judge->time = time;
	judge_trace(judge, "in", events, count);
	judge->panel.fault = NULL;
	mt_reader_take(&judge->panel, events, count);
	judge_note_keys(judge, events, count, true);
	judge->in = events;
	judge->in_count = count;
	judge->out_frames = 0;
	judge->verbatim = false;
	memset(judge->land_count, 0, sizeof(judge->land_count));
}

void
judge_end(struct judge *judge)
{
	/* From the next call on: what was due before this frame knew nothing of it. */
	for (size_t i = 0; i < judge->in_count; i++) {
		if (judge->in[i].type == EV_KEY && mt_reader_tool(judge->in[i].code) >= 0)
			judge->seen_tools = true;
	}
	if (!judge->life->raw) {
		judge_slots(judge);
		judge_counts(judge);
		judge_keys(judge);
	}
	judge_presses_end(judge);
}

bool
judge_is_equal(const struct judge *judge)
{
	const struct mt_reader *in = &judge->panel, *out = &judge->clone;

	for (unsigned i = 0; i < CORE_SLOTS_MAX; i++) {
		if (judge->contacts[i].there && judge->contacts[i].hidden)
			return false;
	}
	return in->selected == out->selected &&
	       memcmp(in->slots, out->slots, sizeof(in->slots)) == 0 && in->x == out->x &&
	       in->y == out->y && in->pressure == out->pressure && in->touch == out->touch &&
	       memcmp(in->tool, out->tool, sizeof(in->tool)) == 0;
}

void
judge_plug(struct judge *judge, const struct mt_reader *panel)
{
	const struct life_panel *life = judge->life;

	judge->panel = judge->clone = *panel;
	judge->emulates = !life->raw && life->slots <= CORE_SLOTS_MAX &&
			  (life->touch == LIFE_TOUCH_NONE || life->touch == LIFE_TOUCH_KERNEL);
	judge->seen_tools = judge->lost = false;
	memset(judge->contacts, 0, sizeof(judge->contacts));
	memset(judge->samples, 0, sizeof(judge->samples));
	memset(judge->keys, 0, sizeof(judge->keys));
	memset(judge->lifted, 0, sizeof(judge->lifted));
	judge->contact_count = judge->touches = judge->passed = judge->pressed = 0;
	judge->press_count = 0;
	judge->told = judge->told_shown = 0;
	judge->escaped = judge->resyncing = judge->ear_asked = judge->ear_on = false;
	judge->last_press = judge->last_sample = judge->samples_over = 0;
}

void
judge_unplugged(struct judge *judge)
{
	if (mt_reader_down(&judge->clone) > 0)
		judge_fail(judge, "unplugged, and a contact is down on the clone");
	if (judge->clone.touch && judge->clone.has_touch)
		judge_fail(judge, "unplugged, and BTN_TOUCH is down on the clone");
	for (int i = 0; i < MT_READER_TOOLS; i++) {
		if (judge->clone.tool[i] && judge->clone.has_tool[i])
			judge_fail(judge, "unplugged, and button %#x is down on the clone",
				   mt_reader_tool_code(i));
	}
	for (unsigned i = 0; i < judge->press_count; i++) {
		if (!judge->presses[i].over)
			judge_fail(judge, "unplugged, and press %u goes on",
				   judge->presses[i].number);
	}
	for (unsigned i = 0; judge->sampling && i < CORE_SLOTS_MAX; i++) {
		if (judge->samples[i])
			judge_fail(judge, "unplugged, and sample %u goes on", judge->samples[i]);
	}
}
