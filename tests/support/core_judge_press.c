/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Presses, chords and samples as they are told, and whether the contacts they are of fared so.
 * Called by the core through judge_output, and by core_judge.c after each call.
 * Owns nothing.
 *
 * A press goes DOWN, at most one HOLD, then UP or CANCEL; a chord likewise, once both its presses
 * are cancelled. UP: the contact lifted and the clone never saw it. Under way: it is withheld.
 */
#include "tests/support/core_judge.h"

#include <string.h>

static struct judge_press *
find(struct judge *judge, uint32_t number)
{
	for (unsigned i = 0; i < judge->press_count; i++) {
		if (judge->presses[i].number == number)
			return &judge->presses[i];
	}
	return NULL;
}

static struct judge_press *
add(struct judge *judge, uint32_t number, struct usec down)
{
	struct judge_press *press;

	if (number <= judge->last_press)
		judge_fail(judge, "press %u comes after press %u", number, judge->last_press);
	judge->last_press = number;
	if (judge->press_count == JUDGE_PRESSES_MAX) {
		judge_fail(judge, "more presses than there can be");
		return &judge->presses[0];
	}
	press = &judge->presses[judge->press_count++];
	*press = (struct judge_press){.number = number, .down = down, .fresh = true};
	return press;
}

/* What presses and chords have in common; NULL when it makes no sense. */
static struct judge_press *
take(struct judge *judge, uint32_t number, enum press_phase phase, struct usec down,
     struct usec time)
{
	struct judge_press *press = find(judge, number);

	/* The daemon hangs up on a message that says so. */
	if (number == 0 || usec_before(time, down))
		judge_fail(judge, "press %u: %s before it landed, or without a number", number,
			   press_phase_to_str(phase));
	if ((phase == PRESS_DOWN) == (press != NULL) || (press && press->over)) {
		judge_fail(judge, "press %u: %s of one that is %s", number,
			   press_phase_to_str(phase), press ? "down already, or over" : "not down");
		return NULL;
	}
	if (!press)
		return add(judge, number, down);
	/* What ends in a lost frame, or is unplugged, may have ended in any way. */
	if (phase == PRESS_UP && judge->resyncing)
		judge_fail(judge, "press %u: UP, which nobody saw", number);
	if (press->down.us != down.us)
		judge_fail(judge, "press %u: it landed at two times", number);
	if (phase == PRESS_HOLD && press->held)
		judge_fail(judge, "press %u: held twice", number);
	press->held = press->held || phase == PRESS_HOLD;
	press->over = phase == PRESS_UP || phase == PRESS_CANCEL;
	press->how = phase;
	return press;
}

void
judge_press(void *data, const struct core_press *told)
{
	struct judge *judge = data;
	struct judge_press *press = take(judge, told->press, told->phase, told->down, told->time);

	if ((unsigned)told->pad >= PAD_COUNT)
		judge_fail(judge, "press %u: of no pad", told->press);
	if (!press)
		return;
	if (told->phase == PRESS_DOWN) {
		press->pad = told->pad;
		press->landed = told->landed;
	}
	if (press->is_chord || press->pad != told->pad)
		judge_fail(judge, "press %u: of two pads", told->press);
}

/* Both are down, of different pads, and soon after each other. */
static void
judge_pair(struct judge *judge, const struct core_chord *told)
{
	const struct judge_press *first = find(judge, told->presses[0]);
	const struct judge_press *second = find(judge, told->presses[1]);

	/* While the ear is on no press is told; it is the way out. */
	if (told->presses[0] == 0 && told->presses[1] == 0) {
		if (!judge->ear_on || told->pads[0] >= told->pads[1])
			judge_fail(judge, "chord %u: of no presses, and the ear is off",
				   told->chord);
		return;
	}
	if (!first || !second || first->over || second->over)
		judge_fail(judge, "chord %u: of presses that are not down", told->chord);
	else if (first->pad != told->pads[0] || second->pad != told->pads[1] ||
		 told->pads[0] >= told->pads[1])
		judge_fail(judge, "chord %u: of other pads than its presses'", told->chord);
	else if (usec_since(first->down, second->down).us > JUDGE_CHORD_US ||
		 usec_since(second->down, first->down).us > JUDGE_CHORD_US)
		judge_fail(judge, "chord %u: of presses that are far apart", told->chord);
}

void
judge_chord(void *data, const struct core_chord *told)
{
	struct judge *judge = data;
	struct judge_press *chord;

	if (told->phase == PRESS_DOWN)
		judge_pair(judge, told);
	chord = take(judge, told->chord, told->phase, told->down, told->time);
	if (!chord)
		return;
	if (told->phase == PRESS_DOWN) {
		chord->is_chord = true;
		memcpy(chord->presses, told->presses, sizeof(chord->presses));
		chord->linked = told->presses[0] == 0;
		judge->result->chords++;
	}
	if (!chord->is_chord || memcmp(chord->presses, told->presses, sizeof(chord->presses)) != 0)
		judge_fail(judge, "chord %u: of other presses than before", told->chord);
}

uint32_t
judge_press_of_landing(struct judge *judge, const struct judge_contact *contact)
{
	for (unsigned i = 0; i < judge->press_count; i++) {
		struct judge_press *press = &judge->presses[i];

		if (press->is_chord || !press->fresh || press->linked ||
		    mm_distance(press->landed, contact->place) > 1e-6)
			continue;
		press->linked = true;
		return press->number;
	}
	return 0;
}

static bool
is_of(uint32_t press, const struct judge_press *chord)
{
	return chord->is_chord && (chord->presses[0] == press || chord->presses[1] == press);
}

void
judge_press_fate(struct judge *judge, uint32_t number, enum judge_fate fate)
{
	static const char *const words[] = {"ended", "shown to the clone", "a hand's or an ear's",
					    "still down"};
	const char *word = words[fate];

	for (unsigned i = 0; number != 0 && i < judge->press_count; i++) {
		struct judge_press *press = &judge->presses[i];
		bool whole = press->number == number;

		if (!whole && !is_of(number, press))
			continue;
		if (!press->over && fate != JUDGE_FATE_PRESSED)
			judge_fail(judge, "press %u: its contact is %s, and it goes on",
				   press->number, word);
		if (press->over && press->how == PRESS_UP && whole && fate != JUDGE_FATE_ENDED)
			judge_fail(judge, "press %u: UP, and its contact is %s", press->number,
				   word);
		/* What is left of a chord has nothing to be told of. */
		if (fate == JUDGE_FATE_ENDED || (fate == JUDGE_FATE_PRESSED && !press->over))
			press->linked = true;
	}
}

void
judge_presses_end(struct judge *judge)
{
	unsigned kept = 0;

	for (unsigned i = 0; i < judge->press_count; i++) {
		struct judge_press *press = &judge->presses[i];

		if (!judge->life->raw && !press->linked &&
		    !(press->over && press->how == PRESS_CANCEL))
			judge_fail(judge, "press %u: %s of no contact that there was",
				   press->number, press->over ? "UP" : "goes on");
		press->linked = press->fresh = false;
		if (!press->over)
			judge->presses[kept++] = *press;
	}
	judge->press_count = kept;
}

void
judge_sample(void *data, const struct core_sample *sample)
{
	struct judge *judge = data;
	unsigned i = 0;

	if (sample->contact == 0 || usec_before(sample->time, sample->down))
		judge_fail(judge, "a sample without a number, or that ends before it begins");
	if (sample->phase == PRESS_DOWN && sample->contact <= judge->last_sample)
		judge_fail(judge, "sample %u comes after sample %u", sample->contact,
			   judge->last_sample);
	if (sample->phase != PRESS_DOWN && sample->contact <= judge->samples_over)
		return;
	if (sample->phase == PRESS_DOWN)
		judge->last_sample = sample->contact;
	while (i < CORE_SLOTS_MAX &&
	       judge->samples[i] != (sample->phase == PRESS_DOWN ? 0 : sample->contact))
		i++;
	if (i == CORE_SLOTS_MAX)
		judge_fail(judge, "sample %u: %s of one that is not down, or one too many",
			   sample->contact, press_phase_to_str(sample->phase));
	else
		judge->samples[i] = sample->phase == PRESS_DOWN ? sample->contact : 0;
}
