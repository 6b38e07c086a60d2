/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is asked over the session bus, and what follows from there being one.
 * Called by daemon/bus from the loop.
 * Owns nothing: all of it is the daemon's.
 */
#define G_LOG_DOMAIN "sidetouchd"
#include "common/i18n.h"
#include "daemon/daemon_private.h"

#include "common/service.h"
#include "daemon/status.h"

/* A driver that was started together with us is there by then; later its absence is worth a word.
 */
#define DRIVER_GRACE_MS 3000

static GVariant *
bus_asks_status(void *data)
{
	struct daemon *daemon = data;
	struct status_parts parts = {
	    daemon->link,    daemon->apps,
	    daemon->brain,   profile_live_set(daemon->profiles),
	    daemon->speech,  daemon->problems,
	    daemon->earside, daemon->notify_bus ? notify_bus_state(daemon->notify_bus) : ""};

	return status_new(&parts);
}

static GVariant *
bus_asks_gestures(void *data)
{
	const struct daemon *daemon = data;

	return gesture_log_to_variant(&daemon->gestures, daemon_now());
}

static uint32_t
bus_asks_say(void *data, const char *text)
{
	return daemon_say(data, 0, text);
}

static bool
bus_asks_front(void *data, const char *app)
{
	struct daemon *daemon = data;
	const char *const ids[] = {app, NULL};

	if (!daemon->options.front_from_bus)
		return false;
	daemon_set_front(daemon, app[0] ? ids : ids + 1);
	return true;
}

static char *
bus_asks_calibrate(void *data, const char *caller, uint32_t panel)
{
	struct daemon *daemon = data;

	return calibration_run_begin(daemon->calibration, caller, panel);
}

static bool
bus_asks_stop_calibrating(void *data)
{
	struct daemon *daemon = data;

	return calibration_run_stop(daemon->calibration);
}

static void
on_bus_state(void *data, enum bus_state state)
{
	struct daemon *daemon = data;

	switch (state) {
	case BUS_TAKEN:
		daemon->ended(daemon->data,
			      _("Another sidetouchd runs in this session already. End it first: "
				"systemctl --user stop sidetouchd"));
		return;
	case BUS_GONE:
		daemon->ended(daemon->data, _("The session bus has gone, so the session is over."));
		return;
	case BUS_ABSENT:
		daemon_problem(daemon,
			       _("There is no session bus, so apps cannot be reached. Start "
				 "Sidetouch inside a session."));
		break;
	case BUS_OURS:
		deeds_bus(daemon->deeds, bus_connection(daemon->bus));
		talk_bus(daemon->talk, bus_connection(daemon->bus));
		daemon_orca_bus(daemon, bus_connection(daemon->bus));
		earside_bus(daemon->earside, bus_connection(daemon->bus));
		break;
	}
	/* Only now: a second daemon must not ask the driver for the buttons of the first. */
	driver_link_start(daemon->link);
	daemon_notifications_start(daemon);
	daemon->grace = g_timeout_add(DRIVER_GRACE_MS, daemon_on_grace, daemon);
	service_ready();
}

static void
bus_asks_learn(void *data, bool on)
{
	struct daemon *daemon = data;

	brain_learn(daemon->brain, on, daemon_now());
	daemon_rearm(daemon);
}

static void
bus_asks_tutorial(void *data, bool on)
{
	struct daemon *daemon = data;

	brain_tutorial(daemon->brain, on, daemon_now());
	daemon_rearm(daemon);
}

const struct bus_events daemon_bus_events = {
    .state = on_bus_state,
    .say = bus_asks_say,
    .stop = daemon_stop,
    .status = bus_asks_status,
    .gestures = bus_asks_gestures,
    .set_front = bus_asks_front,
    .calibrate = bus_asks_calibrate,
    .stop_calibrating = bus_asks_stop_calibrating,
    .say_private = daemon_say_private,
    .learn_ear = daemon_learn_ear,
    .stop_learning = daemon_stop_learning,
    .learn = bus_asks_learn,
    .tutorial = bus_asks_tutorial,
    .offer = daemon_offer,
};
