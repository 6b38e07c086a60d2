/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Asks which sink is the default, and again whenever sinks or the default change.
 * Called by the pulse sink; never waits.
 */
#include "daemon/voice/pulse_ready.h"

#include <glib.h>
#include <string.h>

/* What pipewire-pulse says when there is none. PulseAudio says nothing. */
#define NO_DEFAULT "@DEFAULT_SINK@"

static void ask(struct pulse_ready *wait);

static void
on_server(pa_context *context, const pa_server_info *info, void *data)
{
	struct pulse_ready *wait = data;
	const char *sink = info ? info->default_sink_name : NULL;

	(void)context;
	pa_operation_unref(wait->question);
	wait->question = NULL;
	if (!sink || !sink[0] || strcmp(sink, NO_DEFAULT) == 0)
		return;
	pulse_ready_end(wait);
	wait->ready(wait->data);
}

static void
on_event(pa_context *context, pa_subscription_event_type_t type, uint32_t index, void *data)
{
	(void)context, (void)type, (void)index;
	ask(data);
}

/* Anew, when one is under way: it may have been answered before what is told of now. */
static void
ask(struct pulse_ready *wait)
{
	if (wait->question) {
		pa_operation_cancel(wait->question);
		pa_operation_unref(wait->question);
	}
	wait->question = pa_context_get_server_info(wait->context, on_server, wait);
}

void
pulse_ready_await(struct pulse_ready *wait, pa_context *context, pulse_ready_fn *ready, void *data)
{
	pa_operation *operation;

	*wait = (struct pulse_ready){.context = context, .ready = ready, .data = data};
	pa_context_set_subscribe_callback(context, on_event, wait);
	operation = pa_context_subscribe(
	    context, PA_SUBSCRIPTION_MASK_SINK | PA_SUBSCRIPTION_MASK_SERVER, NULL, NULL);
	if (operation)
		pa_operation_unref(operation);
	ask(wait);
}

void
pulse_ready_end(struct pulse_ready *wait)
{
	if (wait->question) {
		pa_operation_cancel(wait->question);
		pa_operation_unref(wait->question);
	}
	wait->question = NULL;
	if (wait->context)
		pa_context_set_subscribe_callback(wait->context, NULL, NULL);
	wait->context = NULL;
}
