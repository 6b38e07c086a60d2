/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Joins daemon/calibrate to the link, the bus and the voice.
 * Called by the daemon's main object.
 * Owns what struct calibration_run holds.
 */
#include "daemon/calibration_run.h"

#include "common/alarm.h"
#include "common/i18n.h"
#include "daemon/calibrate.h"

struct calibration_run {
	struct driver_link *link;
	struct bus *bus;
	calibration_run_say_fn *say;
	void *data;
	struct calibrate *calibrate;
	struct alarm *alarm;
	uint32_t panel;
	struct bus_caller caller; /* who asked */
};

static struct usec
now(void)
{
	return usec_from_us((uint64_t)g_get_monotonic_time());
}

static void
rearm(struct calibration_run *run)
{
	struct usec deadline;

	if (calibrate_next_deadline(run->calibrate, &deadline))
		alarm_set(run->alarm, deadline);
	else
		alarm_unset(run->alarm);
}

static void
on_alarm(void *data)
{
	struct calibration_run *run = data;

	calibrate_tick(run->calibrate, now());
	rearm(run);
}

/* --- what the conversation wants --- */

static uint32_t
on_tell(void *data, enum calibrate_step step, enum pad pad, unsigned presses, const char *text)
{
	struct calibration_run *run = data;
	uint32_t utterance = run->say(run->data, 0, text);

	if (run->caller.name)
		bus_calibration(run->bus, run->caller.name, calibrate_step_to_str(step), pad,
				presses, text);
	switch (step) {
	case CALIBRATE_DONE:
	case CALIBRATE_LEFT:
	case CALIBRATE_FAILED:
		bus_caller_forget(&run->caller);
		break;
	case CALIBRATE_ASK:
	case CALIBRATE_COUNTED:
	case CALIBRATE_REFUSED:
		break;
	}
	return utterance;
}

static void
on_sample(void *data, uint32_t panel, bool on)
{
	struct calibration_run *run = data;
	struct link_calibrate message = {.panel = panel, .on = on};

	/* A driver that cannot be reached is told of by the link; its answer will be missed. */
	(void)driver_link_send(run->link, &message.header, LINK_CALIBRATE, sizeof(message));
}

static void
on_keep(void *data, struct link_calibration_set *film)
{
	struct calibration_run *run = data;

	(void)driver_link_send(run->link, &film->header, LINK_CALIBRATION_SET, sizeof(*film));
}

static const struct calibrate_output output = {
    .tell = on_tell,
    .sample = on_sample,
    .keep = on_keep,
};

struct calibration_run *
calibration_run_new(struct driver_link *link, struct bus *bus, calibration_run_say_fn *say,
		    void *data)
{
	struct calibration_run *run = g_new0(struct calibration_run, 1);

	run->link = link;
	run->bus = bus;
	run->say = say;
	run->data = data;
	run->calibrate = calibrate_new(&output, run);
	run->alarm = alarm_new(on_alarm, run);
	return run;
}

struct calibration_run *
calibration_run_free(struct calibration_run *run)
{
	if (!run)
		return NULL;
	bus_caller_forget(&run->caller);
	alarm_free(run->alarm);
	calibrate_free(run->calibrate);
	g_free(run);
	return NULL;
}

/* --- beginning and leaving --- */

struct choice {
	uint32_t wanted; /* 0: any */
	uint32_t found;
	unsigned count; /* of panels that can be calibrated */
	GString *names;
};

static void
on_panel(void *data, const struct link_panel *panel)
{
	struct choice *choice = data;

	/* One that is touched now is taken in a moment; a device with keys has no size. */
	if ((panel->state != LINK_PANEL_READY && panel->state != LINK_PANEL_NO_SIZE) ||
	    panel->width_um == 0 || (choice->wanted != 0 && panel->panel != choice->wanted))
		return;
	choice->count++;
	choice->found = panel->panel;
	g_string_append_printf(choice->names, _("%s%u is %s"), choice->names->len > 0 ? ", " : "",
			       panel->panel, panel->name);
}

/* NULL and *panel, or why there is none. */
static char *
choose_panel(struct calibration_run *run, uint32_t wanted, uint32_t *panel)
{
	g_autoptr(GString) names = g_string_new(NULL);
	struct choice choice = {.wanted = wanted, .names = names};

	driver_link_foreach_panel(run->link, on_panel, &choice);
	*panel = choice.found;
	if (choice.count == 1)
		return NULL;
	if (choice.count > 1)
		return g_strdup_printf(
		    _("There are %u touchscreens: %s. Say which one: sidetouchctl "
		      "calibrate --panel NUMBER"),
		    choice.count, names->str);
	if (wanted != 0)
		return g_strdup_printf(_("There is no touchscreen %u that can be calibrated. See: "
					 "sidetouchctl status"),
				       wanted);
	return g_strdup(_("There is no touchscreen that can be calibrated. Lift everything off it, "
			  "and see: sidetouchctl status"));
}

static void
on_caller_gone(void *data)
{
	struct calibration_run *run = data;

	bus_caller_forget(&run->caller);
	calibrate_stop(run->calibrate, now());
	rearm(run);
}

char *
calibration_run_begin(struct calibration_run *run, const char *caller, uint32_t panel)
{
	char *refusal = NULL;

	if (calibrate_is_running(run->calibrate))
		return g_strdup(_("A calibration is under way already. Leave it with: sidetouchctl "
				  "calibrate --stop"));
	if (!driver_link_is_up(run->link))
		return g_strdup(driver_link_state(run->link));
	refusal = choose_panel(run, panel, &run->panel);
	if (refusal)
		return refusal;
	if (caller)
		bus_caller_keep(&run->caller, run->bus, caller, on_caller_gone, run);
	(void)calibrate_start(run->calibrate, run->panel, now());
	rearm(run);
	return NULL;
}

bool
calibration_run_stop(struct calibration_run *run)
{
	bool running = calibrate_is_running(run->calibrate);

	calibrate_stop(run->calibrate, now());
	rearm(run);
	return running;
}

/* --- what the driver and the voice tell --- */

static void
take_panel(struct calibration_run *run, const struct link_panel *panel)
{
	if (panel->panel == run->panel && panel->state != LINK_PANEL_READY &&
	    panel->state != LINK_PANEL_NO_SIZE)
		calibrate_fail(run->calibrate, _("The touchscreen is not in use any more, so "
						 "calibration is left. The buttons stay where they "
						 "were."));
}

void
calibration_run_take(struct calibration_run *run, const struct packet_header *header)
{
	const void *message = header;

	if (!calibrate_is_running(run->calibrate))
		return;
	if (header->type == LINK_SAMPLE)
		calibrate_sampled(run->calibrate, message, now());
	else if (header->type == LINK_CALIBRATION_DONE)
		calibrate_answered(run->calibrate, message, now());
	else if (header->type == LINK_PANEL)
		take_panel(run, message);
	rearm(run);
}

void
calibration_run_link(struct calibration_run *run, bool up)
{
	/* That the driver has gone is said by the daemon itself. */
	if (!up)
		calibrate_fail(run->calibrate,
			       _("Calibration is left. The buttons stay where they were."));
	rearm(run);
}

void
calibration_run_spoken(struct calibration_run *run, uint32_t utterance)
{
	if (!calibrate_is_running(run->calibrate))
		return;
	calibrate_spoken(run->calibrate, utterance, now());
	rearm(run);
}
