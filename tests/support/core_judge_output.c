/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What comes out of the core, judged as it comes: frames, touches and notices.
 * Called by the core through judge_output; core_judge.c judges the rest after each call.
 * Owns nothing.
 */
#include "tests/support/core_judge.h"

#include <string.h>

void
judge_trace(const struct judge *judge, const char *what, const struct core_event *events,
	    size_t count)
{
	if (!judge->result->trace)
		return;
	fputs(what, judge->result->trace);
	for (size_t i = 0; i < count; i++)
		fprintf(judge->result->trace, " %x/%x=%d", events[i].type, events[i].code,
			events[i].value);
	fputc('\n', judge->result->trace);
}

void
judge_note_keys(struct judge *judge, const struct core_event *events, size_t count, bool in)
{
	for (size_t i = 0; i < count; i++) {
		const struct core_event *event = &events[i];
		unsigned key = 0;

		if (event->type != EV_KEY || event->code == BTN_TOUCH ||
		    mt_reader_tool(event->code) >= 0)
			continue;
		while (key < JUDGE_KEYS_MAX && judge->keys[key].code &&
		       judge->keys[key].code != event->code)
			key++;
		if (key == JUDGE_KEYS_MAX)
			continue;
		judge->keys[key].code = event->code;
		if (in)
			judge->keys[key].in = event->value != 0;
		else
			judge->keys[key].out = event->value != 0;
	}
}

static void
note_lands(struct judge *judge)
{
	for (unsigned i = 0; i < CORE_SLOTS_MAX; i++) {
		unsigned *count = &judge->land_count[i];

		if ((judge->clone.landed >> i & 1) == 0)
			continue;
		if (*count == JUDGE_LANDS_MAX)
			judge_fail(judge, "slot %u: a contact is shown again and again", i);
		else
			judge->lands[i][(*count)++] = judge_landing_of(&judge->clone.slots[i]);
	}
}

static void
judge_emulation(struct judge *judge)
{
	const char *fault;

	if (!judge->emulates)
		return;
	fault = mt_reader_emulation_fault(&judge->clone, judge->seen_tools);
	if (fault)
		judge_fail(judge, "on the clone %s", fault);
}

/*
 * What the panel itself does wrong goes on as it is. Which contact is in a slot that the core does
 * not follow may be lost with a frame.
 */
static bool
is_excused(const struct judge *judge)
{
	if (judge->clone.fault_slot >= CORE_SLOTS_MAX)
		return judge->panel.fault || judge->lost;
	return judge->panel.fault && judge->verbatim;
}

static void
on_frame(void *data, struct usec time, const struct core_event *events, size_t count)
{
	struct judge *judge = data;

	(void)time;
	judge->verbatim =
	    count == judge->in_count && memcmp(events, judge->in, count * sizeof(*events)) == 0;
	judge->out_frames++;
	judge_trace(judge, "  out", events, count);
	judge->clone.fault = NULL;
	mt_reader_take(&judge->clone, events, count);
	judge_note_keys(judge, events, count, false);
	if (count == 0)
		judge_fail(judge, "an empty frame");
	if (judge->life->raw)
		return;
	if (judge->clone.fault && !is_excused(judge))
		judge_fail(judge, "on the clone: %s", judge->clone.fault);
	if (mt_reader_has_twins(&judge->clone) && judge->life->ids != LIFE_IDS_TWINS)
		judge_fail(judge, "two contacts on the clone have one id");
	/* What goes out as it came in is judged by its end. */
	if (!judge->verbatim)
		note_lands(judge);
	judge_emulation(judge);
}

static void
on_touch(void *data, struct usec time)
{
	(void)time;
	((struct judge *)data)->touches++;
}

static void
on_notice(void *data, enum core_notice notice, struct usec time)
{
	struct judge *judge = data;
	bool on = notice == CORE_NOTICE_ESCAPE_ON;

	(void)time;
	judge->result->escapes += on && !judge->escaped;
	/* A daemon that begins to listen is told again. */
	judge->escaped = on;
}

static void
on_ear(void *data, const struct ear_event *event)
{
	struct judge *judge = data;

	if (!judge->ear_asked && !judge->life->raw)
		judge_fail(judge, "an ear's %s, and nobody asked for one",
			   ear_kind_to_str(event->kind));
	if (event->kind == EAR_ENTER ? judge->ear_on : !judge->ear_on)
		judge_fail(judge, "an ear's %s while the ear is %s", ear_kind_to_str(event->kind),
			   judge->ear_on ? "on" : "off");
	if (event->kind == EAR_ENTER || event->kind == EAR_LEAVE)
		judge->ear_on = event->kind == EAR_ENTER;
	judge->result->ears++;
}

static void
on_contact(void *data, const struct core_became *became)
{
	struct judge *judge = data;
	enum core_became_kind kind = became->became;

	if (usec_before(became->time, became->down) || (unsigned)kind >= CORE_BECAME_COUNT)
		judge_fail(judge, "a contact was over before it began");
	if (became->has_pads != judge->has_pads || (unsigned)became->pad >= PAD_COUNT)
		judge_fail(judge, "a contact is told near a pad that there is not");
	judge->told++;
	judge->told_shown +=
	    kind == CORE_BECAME_FINGER || kind == CORE_BECAME_PALM || kind == CORE_BECAME_SLID;
}

const struct core_output judge_output = {
    .frame = on_frame,
    .press = judge_press,
    .touch = on_touch,
    .chord = judge_chord,
    .notice = on_notice,
    .ear = on_ear,
    .contact = on_contact,
};
