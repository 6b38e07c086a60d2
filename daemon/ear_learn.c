/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Joins daemon/ear_coach to the link, the bus and the voice.
 * Called by the daemon's main object.
 * Owns what struct ear_learn holds.
 */
#include "daemon/ear_learn.h"

#include "common/alarm.h"
#include "common/i18n.h"
#include "daemon/ear_coach.h"

/* The driver is told again that the ear is wanted: well within its 3 s without a touch. */
#define KEEP_MS 1000

struct ear_learn {
	struct driver_link *link;
	struct bus *bus;
	struct earside *earside;
	ear_learn_say_fn *say;
	void *data;
	struct ear_coach coach;
	struct alarm *alarm;
	guint keep;
	struct bus_caller caller; /* who asked */
};

static struct usec
now(void)
{
	return usec_from_us((uint64_t)g_get_monotonic_time());
}

static void
rearm(struct ear_learn *learn)
{
	struct usec deadline;

	if (ear_coach_next_deadline(&learn->coach, &deadline))
		alarm_set(learn->alarm, deadline);
	else
		alarm_unset(learn->alarm);
}

static void
on_alarm(void *data)
{
	struct ear_learn *learn = data;

	ear_coach_tick(&learn->coach, now());
	rearm(learn);
}

static void
send_learn(struct ear_learn *learn, bool on)
{
	struct link_ear_learn message = {.on = on};

	(void)driver_link_send(learn->link, &message.header, LINK_EAR_LEARN, sizeof(message));
	earside_set_learning(learn->earside, on);
}

static void
finish(struct ear_learn *learn)
{
	if (learn->keep)
		g_source_remove(learn->keep);
	learn->keep = 0;
	send_learn(learn, false);
	bus_caller_forget(&learn->caller);
}

static uint32_t
on_tell(void *data, enum ear_coach_step step, const char *text)
{
	struct ear_learn *learn = data;
	uint32_t utterance = learn->say(learn->data, 0, text);

	if (learn->caller.name)
		bus_learn(learn->bus, learn->caller.name, ear_coach_step_to_str(step), text);
	switch (step) {
	case EAR_COACH_DONE:
	case EAR_COACH_LEFT:
	case EAR_COACH_FAILED:
		finish(learn);
		break;
	case EAR_COACH_ASK:
	case EAR_COACH_SEEN:
	case EAR_COACH_REFUSED:
		break;
	}
	return utterance;
}

static const struct ear_coach_output output = {.tell = on_tell};

struct ear_learn *
ear_learn_new(struct driver_link *link, struct bus *bus, struct earside *earside,
	      ear_learn_say_fn *say, void *data)
{
	struct ear_learn *learn = g_new0(struct ear_learn, 1);

	learn->link = link;
	learn->bus = bus;
	learn->earside = earside;
	learn->say = say;
	learn->data = data;
	ear_coach_init(&learn->coach, &output, learn);
	learn->alarm = alarm_new(on_alarm, learn);
	return learn;
}

struct ear_learn *
ear_learn_free(struct ear_learn *learn)
{
	if (!learn)
		return NULL;
	if (learn->keep)
		g_source_remove(learn->keep);
	bus_caller_forget(&learn->caller);
	alarm_free(learn->alarm);
	g_free(learn);
	return NULL;
}

static gboolean
on_keep(void *data)
{
	struct ear_learn *learn = data;

	earside_set_learning(learn->earside, true);
	return G_SOURCE_CONTINUE;
}

static void
on_caller_gone(void *data)
{
	struct ear_learn *learn = data;

	bus_caller_forget(&learn->caller);
	ear_coach_stop(&learn->coach);
	rearm(learn);
}

char *
ear_learn_begin(struct ear_learn *learn, const char *caller)
{
	if (ear_coach_is_running(&learn->coach))
		return g_strdup(_("Somebody is learning the ear already. Leave it with: "
				  "sidetouchctl learn --ear --stop"));
	if (!driver_link_is_up(learn->link))
		return g_strdup(driver_link_state(learn->link));
	bus_caller_keep(&learn->caller, learn->bus, caller, on_caller_gone, learn);
	learn->keep = g_timeout_add(KEEP_MS, on_keep, learn);
	send_learn(learn, true);
	ear_coach_start(&learn->coach, now());
	rearm(learn);
	return NULL;
}

bool
ear_learn_stop(struct ear_learn *learn)
{
	bool running = ear_coach_is_running(&learn->coach);

	ear_coach_stop(&learn->coach);
	rearm(learn);
	return running;
}

bool
ear_learn_is_running(const struct ear_learn *learn)
{
	return ear_coach_is_running(&learn->coach);
}

void
ear_learn_seen(struct ear_learn *learn, const struct link_ear_seen *message)
{
	const struct ear_seen seen = {
	    .lasted = usec_from_us(message->lasted_us),
	    .patches = message->patches,
	    .size_mm = message->size_um / 1000.0,
	    .ear = message->ear,
	};

	ear_coach_seen(&learn->coach, &seen, now());
	rearm(learn);
}

void
ear_learn_ear(struct ear_learn *learn, enum ear_kind kind)
{
	ear_coach_ear(&learn->coach, kind, now());
	rearm(learn);
}

void
ear_learn_link(struct ear_learn *learn, bool up)
{
	/* That the driver has gone is said by the daemon itself. */
	if (!up)
		ear_coach_fail(&learn->coach, _("Learning is left."));
	rearm(learn);
}

void
ear_learn_spoken(struct ear_learn *learn, uint32_t utterance)
{
	ear_coach_spoken(&learn->coach, utterance, now());
	rearm(learn);
}
