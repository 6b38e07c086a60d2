/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One timer of microseconds on CLOCK_MONOTONIC.
 * The main loops of daemon and driver use it for what is due.
 * Owns its source on the thread-default main context.
 */
#include "common/alarm.h"

#include <glib.h>

struct alarm {
	GSource source; /* first: GLib allocates it together with what follows */
	void (*fire)(void *data);
	void *data;
};

static gboolean
dispatch(GSource *source, GSourceFunc callback, void *data)
{
	struct alarm *alarm = (struct alarm *)source;

	(void)callback;
	(void)data;
	g_source_set_ready_time(source, -1);
	alarm->fire(alarm->data);
	return G_SOURCE_CONTINUE;
}

static GSourceFuncs funcs = {.dispatch = dispatch};

struct alarm *
alarm_new(void (*fire)(void *data), void *data)
{
	struct alarm *alarm = (struct alarm *)g_source_new(&funcs, sizeof(struct alarm));

	alarm->fire = fire;
	alarm->data = data;
	g_source_attach(&alarm->source, g_main_context_get_thread_default());
	return alarm;
}

struct alarm *
alarm_new_patient(void (*fire)(void *data), void *data)
{
	struct alarm *alarm = alarm_new(fire, data);

	/* Just after what GLib gives answers that have come. */
	g_source_set_priority(&alarm->source, G_PRIORITY_DEFAULT + 1);
	return alarm;
}

struct alarm *
alarm_free(struct alarm *alarm)
{
	if (!alarm)
		return NULL;
	g_source_destroy(&alarm->source);
	g_source_unref(&alarm->source);
	return NULL;
}

void
alarm_set(struct alarm *alarm, struct usec time)
{
	g_source_set_ready_time(&alarm->source, (gint64)time.us);
}

void
alarm_unset(struct alarm *alarm)
{
	g_source_set_ready_time(&alarm->source, -1);
}
