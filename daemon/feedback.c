/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Asks feedbackd (org.sigxcpu.Feedback) for its "button-pressed", once or twice.
 * Called by the daemon's main object.
 * Owns what struct feedback holds.
 */
#include "daemon/feedback.h"

#include <gio/gio.h>

#include "common/alarm.h"

#define NAME      "org.sigxcpu.Feedback"
#define PATH      "/org/sigxcpu/Feedback"
#define INTERFACE "org.sigxcpu.Feedback"
/* How feedbackd's own settings know us. */
#define APP_ID "org.sidetouch.Sidetouch"
/* Of the event naming specification; every theme of feedbackd has it, as a short buzz. */
#define EVENT "button-pressed"
/* Two buzzes nearer in time are felt as one. feedbackd's are 40 to 100 ms long. */
#define DOUBLE_MS 180
/* feedbackd ends an event that is still going on when its caller wants it no longer. */
#define TIMEOUT_DEFAULT (-1)

struct feedback {
	guint watch;
	GDBusConnection *bus; /* while feedbackd is there */
	struct alarm *second;
};

static void
on_appeared(GDBusConnection *bus, const char *name, const char *owner, void *data)
{
	struct feedback *feedback = data;

	(void)name;
	(void)owner;
	g_set_object(&feedback->bus, bus);
}

static void
on_vanished(GDBusConnection *bus, const char *name, void *data)
{
	struct feedback *feedback = data;

	(void)bus;
	(void)name;
	g_clear_object(&feedback->bus);
}

/* No answer is asked for: what cannot be felt is no news, and the words come anyway. */
static void
trigger(void *data)
{
	struct feedback *feedback = data;
	GVariantBuilder hints;

	if (!feedback->bus)
		return;
	g_variant_builder_init(&hints, G_VARIANT_TYPE("a{sv}"));
	g_dbus_connection_call(feedback->bus, NAME, PATH, INTERFACE, "TriggerFeedback",
			       g_variant_new("(ssa{sv}i)", APP_ID, EVENT, &hints, TIMEOUT_DEFAULT),
			       NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL, NULL);
}

struct feedback *
feedback_new(void)
{
	struct feedback *feedback = g_new0(struct feedback, 1);

	feedback->second = alarm_new(trigger, feedback);
	feedback->watch =
	    g_bus_watch_name(G_BUS_TYPE_SESSION, NAME, G_BUS_NAME_WATCHER_FLAGS_AUTO_START,
			     on_appeared, on_vanished, feedback, NULL);
	return feedback;
}

struct feedback *
feedback_free(struct feedback *feedback)
{
	if (!feedback)
		return NULL;
	g_bus_unwatch_name(feedback->watch);
	alarm_free(feedback->second);
	g_clear_object(&feedback->bus);
	g_free(feedback);
	return NULL;
}

void
feedback_play(struct feedback *feedback, enum link_buzz_kind kind)
{
	trigger(feedback);
	if (kind == LINK_BUZZ_ARMED)
		alarm_set(feedback->second, usec_add(usec_from_us((uint64_t)g_get_monotonic_time()),
						     usec_from_ms(DOUBLE_MS)));
}
