/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The driver's loop around a core, fed with a life's steps by a simulated panel; see core_trial.h.
 * Called by the core's fuzzers and by the unit test of what they found.
 * Owns a core while a life lasts.
 */
#include "tests/support/core_trial.h"

#include <stdlib.h>
#include <string.h>

#include "tests/support/core_judge.h"
#include "tests/support/touch_kernel.h"

struct trial {
	const struct life *life;
	struct core_trial_result *result;
	struct judge judge;
	struct core *core;
	struct touch_kernel kernel;
	bool pure; /* nothing has happened that may make the core compute frames */
	struct usec now, stamped;
	bool started, dropping, prefixed;
	bool unsure;    /* since a loss no frame has said where the pointer is */
	int32_t prefix; /* the slot that was selected at the resync */
};

static bool
core_withholds_nothing(const struct trial *trial)
{
	for (unsigned i = 0; i < CORE_SLOTS_MAX; i++) {
		enum core_owner owner = core_slot_owner(trial->core, i);

		if (owner != CORE_OWNER_NONE && owner != CORE_OWNER_PASS)
			return false;
	}
	return true;
}

static void
feed_frame(struct trial *trial, struct usec time)
{
	struct core_event events[TOUCH_KERNEL_EVENTS_MAX + 1];
	struct judge *judge = &trial->judge;
	/* What a panel does not send of itself, or sends late, is computed from then on; and an ear
	 * may take what lifts in this very frame. */
	bool equal =
	    judge_is_equal(judge) && !trial->unsure && judge->emulates && !judge->ear_asked;
	size_t count = 0;

	/* After a loss the driver says which slot is selected. */
	if (trial->prefixed)
		events[count++] = (struct core_event){EV_ABS, ABS_MT_SLOT, trial->prefix};
	trial->prefixed = false;
	memcpy(events + count, trial->kernel.events,
	       trial->kernel.count * sizeof(trial->kernel.events[0]));
	count += trial->kernel.count;
	touch_kernel_sent(&trial->kernel);
	judge_begin(judge, time, events, count);
	core_frame(trial->core, time, events, count);
	judge_end(judge);
	judge_time(judge, time);
	trial->result->frames++;
	trial->started = true;
	trial->stamped = time;
	trial->unsure =
	    trial->unsure && judge->panel.has_axis[ABS_X] && mt_reader_down(&judge->panel) == 0;
	/* A contact that replaces another without a lift is not passed on so. */
	trial->pure = trial->pure && !judge->panel.fault;
	if (trial->pure && !judge->verbatim)
		judge_fail(judge, "without a film a frame goes out changed");
	if (equal && core_withholds_nothing(trial) && !judge->verbatim && !judge->panel.fault)
		judge_fail(judge, "a frame that holds nothing withheld goes out changed");
}

static void
do_report(struct trial *trial, struct usec time)
{
	if (!touch_kernel_report(&trial->kernel) && !trial->prefixed)
		return;
	if (trial->dropping)
		touch_kernel_sent(&trial->kernel);
	else
		feed_frame(trial, time);
}

static void
resync(struct trial *trial)
{
	struct core_slot slots[MT_READER_SLOTS_MAX];
	const struct mt_reader *state = &trial->kernel.state;

	touch_kernel_read_slots(&trial->kernel, slots);
	/* Only the slots: which is selected comes at the head of the next frame, and what the
	 * emulation was nobody asks. */
	memcpy(trial->judge.panel.slots, state->slots, sizeof(state->slots));
	trial->prefixed = true;
	trial->prefix = state->selected;
	trial->pure = false;
	trial->unsure = true;
	judge_begin(&trial->judge, trial->now, NULL, 0);
	trial->judge.resyncing = true;
	core_resync(trial->core, trial->now, slots, state->slot_count);
	judge_end(&trial->judge);
	trial->judge.resyncing = false;
}

static void
do_resync(struct trial *trial, bool keep)
{
	if (!trial->dropping || trial->life->panel.raw)
		return;
	trial->dropping = false;
	trial->judge.lost = true;
	if (!keep || !touch_kernel_can_join(&trial->kernel)) {
		(void)touch_kernel_report(&trial->kernel);
		touch_kernel_sent(&trial->kernel);
	}
	/* Keys other than a contact's are not read again: nobody could say what they are. */
	memset(trial->judge.keys, 0, sizeof(trial->judge.keys));
	resync(trial);
}

static void
do_tick(struct trial *trial, unsigned us)
{
	struct usec end = usec_add(trial->now, usec_from_us(us)), due;

	while (core_next_deadline(trial->core, &due) && !usec_before(end, due)) {
		struct usec again;

		trial->now = usec_max(trial->now, due);
		judge_begin(&trial->judge, trial->now, NULL, 0);
		core_tick(trial->core, trial->now);
		judge_end(&trial->judge);
		judge_time(&trial->judge, trial->now);
		if (core_next_deadline(trial->core, &again) && !usec_before(due, again)) {
			judge_fail(&trial->judge,
				   "the loop is asked to come back at once, for ever");
			return;
		}
	}
	trial->now = end;
}

static void
do_listen(struct trial *trial, bool on)
{
	trial->judge.listening = on;
	judge_begin(&trial->judge, trial->now, NULL, 0);
	core_set_listening(trial->core, on, trial->now);
	judge_end(&trial->judge);
	if (!on && trial->judge.press_count > 0)
		judge_fail(&trial->judge, "nobody listens, and a press is under way");
}

/* Whatever the ear is told, its contacts are judged more loosely from then on. */
static void
do_ear(struct trial *trial, const struct life_step *step)
{
	struct judge *judge = &trial->judge;
	unsigned value = (unsigned)step->a[0];

	trial->pure = false;
	judge->ear_asked =
	    judge->ear_asked || step->kind == LIFE_EAR || value == EAR_PROXIMITY_NEAR;
	judge_begin(judge, trial->now, NULL, 0);
	if (step->kind == LIFE_EAR)
		core_set_ear_mode(trial->core, value != 0, trial->now);
	else
		core_set_proximity(trial->core, (enum ear_proximity)(value % EAR_PROXIMITY_COUNT),
				   trial->now);
	judge_end(judge);
	if (core_ear_is_on(trial->core) != judge->ear_on)
		judge_fail(judge, "the ear is on or off, and was not told");
}

static void
do_sample(struct trial *trial, bool on)
{
	if (!on) {
		/* What is down now ends untold, unless the sampler is back before. */
		memset(trial->judge.samples, 0, sizeof(trial->judge.samples));
		trial->judge.samples_over = trial->judge.last_sample;
	}
	trial->judge.sampling = on;
	trial->pure = trial->pure && !on;
	core_set_sampler(trial->core, on ? judge_sample : NULL);
}

/* The driver takes a panel that nothing touches, but a finger may be quicker than its questions. */
static void
begin_used(struct trial *trial)
{
	for (int i = 0; i < trial->life->panel.held; i++) {
		const struct life_step land = {LIFE_LAND, {i, 300 + 100 * i, 600}};

		touch_kernel_step(&trial->kernel, &land);
	}
	(void)touch_kernel_report(&trial->kernel);
	touch_kernel_sent(&trial->kernel);
	resync(trial);
}

static void
plug(struct trial *trial)
{
	const struct life_panel *life = &trial->life->panel;
	struct judge *judge = &trial->judge;
	struct core_panel panel;

	touch_kernel_init(&trial->kernel, life);
	touch_kernel_describe(&trial->kernel, &panel);
	judge->has_pads = life->film && life->size &&
			  overlay_default(LIFE_WIDTH_MM, LIFE_HEIGHT_MM, &judge->overlay) == 0;
	judge_plug(judge, &trial->kernel.state);
	trial->dropping = trial->prefixed = trial->unsure = false;
	if (core_new(&panel, life->film ? &judge->overlay : NULL, &judge_output, judge,
		     &trial->core) < 0)
		abort();
	judge->core = trial->core;
	judge->sampling = false;
	trial->pure = !judge->has_pads && !life->used;
	trial->started = life->used;
	if (life->used)
		begin_used(trial);
	do_listen(trial, judge->listening);
}

static void
unplug(struct trial *trial)
{
	judge_begin(&trial->judge, trial->now, NULL, 0);
	trial->judge.resyncing = true;
	core_release(trial->core, trial->now);
	trial->judge.resyncing = false;
	judge_unplugged(&trial->judge);
	trial->core = core_unref(trial->core);
}

static void
do_step(struct trial *trial, const struct life_step *step)
{
	unsigned us = step->a[0] > 0 ? (unsigned)step->a[0] : 0;

	touch_kernel_step(&trial->kernel, step);
	switch (step->kind) {
	case LIFE_REPORT:
		trial->now = usec_add(trial->now, usec_from_us(us));
		do_report(trial, trial->now);
		break;
	case LIFE_LATE:
		/* Frames themselves are in order; the loop's clock was ahead of this one. */
		do_report(trial,
			  usec_max(trial->stamped, usec_since(trial->now, usec_from_us(us))));
		break;
	case LIFE_DROP:
		/* A panel that was not read yet has nothing to lose. */
		trial->dropping = trial->started;
		break;
	case LIFE_RESYNC:
		do_resync(trial, step->a[0] != 0);
		break;
	case LIFE_TICK:
		do_tick(trial, us);
		break;
	case LIFE_LISTEN:
		do_listen(trial, step->a[0] != 0);
		break;
	case LIFE_NEAR:
	case LIFE_EAR:
		do_ear(trial, step);
		break;
	case LIFE_SAMPLE:
		do_sample(trial, step->a[0] != 0);
		break;
	case LIFE_UNPLUG:
		unplug(trial);
		plug(trial);
		break;
	case LIFE_LAND:
	case LIFE_MOVE:
	case LIFE_VALUE:
	case LIFE_LIFT:
	case LIFE_REPLACE:
	case LIFE_KEY:
	case LIFE_RAW:
	case LIFE_STEP_COUNT:
		break;
	}
}

bool
core_trial_run(const struct life *life, struct core_trial_result *result)
{
	struct trial trial = {
	    .life = life,
	    .result = result,
	    .now = usec_from_ms(1000000), /* a machine that has been up for a while */
	    .judge = {.life = &life->panel,
		      .result = result,
		      .listening = life->panel.listening != 0},
	};

	*result = (struct core_trial_result){.trace = result->trace};
	trial.stamped = trial.now;
	plug(&trial);
	for (result->step = 0; result->step < life->count && !result->fault[0]; result->step++)
		do_step(&trial, &life->steps[result->step]);
	unplug(&trial);
	return !result->fault[0];
}
