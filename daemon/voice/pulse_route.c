/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One look at the server's sinks, then orders that are carried out there one after the other.
 * Moving keeps what the stream holds, so that no word is cut; and the volume is lowered before a
 * move and raised after it, so that nothing is heard louder anywhere than it should be. Called by
 * the pulse sink; place.c has the rules.
 *
 * | what                                          | looks                                  |
 * | --------------------------------------------- | -------------------------------------- |
 * | the stream is ready, or wanted elsewhere      | at once                                |
 * | a sink comes or goes, another is the default  | at once                                |
 * | a sink has changed in some way, at the ear    | at once                                |
 * | a sink has changed in some way, elsewhere     | after 0.5 s: headphones, or nothing    |
 */
#include "daemon/voice/pulse_route.h"

#include <string.h>

#define SWITCHES_MAX 3
#define LEAVE_MS     500 /* a server that hangs does not keep us from ending */
#define PLUGGED_MS   500 /* nobody plugs headphones in and listens for a secret faster */

static void look(struct pulse_route *route);

static void
forget(pa_operation *operation)
{
	if (operation)
		pa_operation_unref(operation);
}

/* --- what there is --- */

static bool
is_earpiece(const pa_sink_port_info *port)
{
	g_autofree char *name = g_ascii_strdown(port->name, -1);

	return port->type == PA_DEVICE_PORT_TYPE_EARPIECE ||
	       port->type == PA_DEVICE_PORT_TYPE_HANDSET ||
	       (port->type == PA_DEVICE_PORT_TYPE_UNKNOWN && strstr(name, "earpiece"));
}

static enum voice_place
place_of_port(const pa_sink_port_info *port)
{
	if (is_earpiece(port))
		return VOICE_PLACE_EARPIECE;
	/* Hands-free is a car. */
	return port->type == PA_DEVICE_PORT_TYPE_HEADPHONES ||
		       port->type == PA_DEVICE_PORT_TYPE_HEADSET
		   ? VOICE_PLACE_HEADPHONES
		   : VOICE_PLACE_OPEN;
}

/* What a sink without ports, or with one of unknown type, says of its shape. */
static enum voice_place
place_of_shape(const pa_sink_info *info)
{
	const char *shape = pa_proplist_gets(info->proplist, PA_PROP_DEVICE_FORM_FACTOR);

	if (g_strcmp0(shape, "headphone") == 0 || g_strcmp0(shape, "headset") == 0)
		return VOICE_PLACE_HEADPHONES;
	return g_strcmp0(shape, "handset") == 0 ? VOICE_PLACE_EARPIECE : VOICE_PLACE_OPEN;
}

static void
take_ports(const pa_sink_info *info, struct place_sink *out)
{
	uint32_t earpiece = 0, other = 0;

	for (uint32_t i = 0; i < info->n_ports; i++) {
		const pa_sink_port_info *port = info->ports[i];
		bool ear = is_earpiece(port);
		uint32_t *best = ear ? &earpiece : &other;
		char *name = ear ? out->earpiece_port : out->other_port;

		if (port->available == PA_PORT_AVAILABLE_NO || (name[0] && port->priority <= *best))
			continue;
		*best = port->priority;
		g_strlcpy(name, port->name, sizeof(out->earpiece_port));
	}
}

static void
take_sink(struct pulse_route *route, const pa_sink_info *info)
{
	const char *ours = pa_stream_get_device_name(route->stream);
	struct place_sink *out;

	if (route->found_count == PLACE_SINKS_MAX)
		return;
	out = &route->found[route->found_count++];
	*out = (struct place_sink){.active = place_of_shape(info)};
	g_strlcpy(out->name, info->name, sizeof(out->name));
	out->is_default = strcmp(info->name, route->usual) == 0;
	out->is_ours = g_strcmp0(info->name, ours) == 0;
	take_ports(info, out);
	if (info->active_port)
		g_strlcpy(out->active_port, info->active_port->name, sizeof(out->active_port));
	if (info->active_port && place_of_port(info->active_port) != VOICE_PLACE_OPEN)
		out->active = place_of_port(info->active_port);
}

/* --- having it so --- */

static void
tell(struct pulse_route *route, const struct sink_routed *routed)
{
	bool same = routed->done == route->told.done && routed->place == route->told.place &&
		    routed->ear == route->told.ear &&
		    strcmp(routed->device, route->told.device) == 0;

	if (same && !route->answer)
		return;
	if (route->answer)
		route->settled(route->sink);
	route->answer = false;
	route->told = *routed;
	route->sink->events->routed(route->sink->data, routed);
}

static void
on_moved(pa_context *context, int success, void *data)
{
	struct pulse_route *route = data;

	(void)context;
	/* Only the last one wanted is of interest, and answers come in order. */
	if (route->asked == 0 || --route->asked > 0)
		return;
	route->next.done &= success != 0;
	tell(route, &route->next);
}

static void
set_volume(struct pulse_route *route, unsigned percent)
{
	pa_cvolume volume;

	if (route->volume_percent == percent)
		return;
	route->volume_percent = percent;
	pa_cvolume_set(&volume, 1, pa_sw_volume_from_linear(percent / 100.0));
	forget(pa_context_set_sink_input_volume(route->context, pa_stream_get_index(route->stream),
						&volume, NULL, NULL));
}

static void
switch_port(struct pulse_route *route, const char *sink, const char *port)
{
	forget(pa_context_set_sink_port_by_name(route->context, sink, port, NULL, NULL));
}

static const struct place_sink *
find(const struct pulse_route *route, const char *name)
{
	for (size_t i = 0; i < route->found_count; i++) {
		if (strcmp(route->found[i].name, name) == 0)
			return &route->found[i];
	}
	return NULL;
}

/* The port that we have switched is put back, unless somebody has switched it since. */
static void
put_back(struct pulse_route *route)
{
	const struct place_sink *sink = find(route, route->switched);

	if (sink && sink->active == VOICE_PLACE_EARPIECE && route->port_before[0])
		switch_port(route, sink->name, route->port_before);
	route->switched[0] = route->port_before[0] = '\0';
}

static void
remember_port(struct pulse_route *route, const struct place_choice *choice)
{
	bool was_switched = route->wanted.again && choice->place == VOICE_PLACE_EARPIECE &&
			    choice->sink->earpiece_port[0] && choice->sink->other_port[0] &&
			    !route->wanted.device[0];

	if (route->switched[0] || (!choice->port && !was_switched))
		return;
	g_strlcpy(route->switched, choice->sink->name, sizeof(route->switched));
	/* Of what the voice before us has switched, only the best other port is known. */
	g_strlcpy(route->port_before,
		  choice->port ? choice->sink->active_port : choice->sink->other_port,
		  sizeof(route->port_before));
}

static void
move(struct pulse_route *route, const struct place_choice *choice)
{
	pa_operation *operation;

	if (choice->sink->is_ours) {
		if (route->asked == 0)
			tell(route, &route->next);
		return;
	}
	operation =
	    pa_context_move_sink_input_by_name(route->context, pa_stream_get_index(route->stream),
					       choice->sink->name, on_moved, route);
	if (operation)
		route->asked++;
	forget(operation);
}

static void
carry_out(struct pulse_route *route)
{
	struct place_choice choice;

	place_choose(route->found, route->found_count, &route->wanted, &choice);
	route->next = (struct sink_routed){.done = choice.done,
					   .ear = route->wanted.ear,
					   .volume_set = true,
					   .place = choice.place};
	g_strlcpy(route->next.device,
		  route->wanted.device[0] || !choice.sink ? route->wanted.device
							  : choice.sink->name,
		  sizeof(route->next.device));
	if (!route->set) {
		tell(route, &route->next);
		return;
	}
	if (choice.volume_percent < route->volume_percent || route->volume_percent == 0)
		set_volume(route, choice.volume_percent);
	if (!choice.sink) {
		tell(route, &route->next);
		return;
	}
	if (route->wanted.ear)
		remember_port(route, &choice);
	/* Whoever switches it away again and again has the last word. */
	if (choice.port && ++route->switches <= SWITCHES_MAX)
		switch_port(route, choice.sink->name, choice.port);
	move(route, &choice);
	if (!route->wanted.ear && route->switched[0])
		put_back(route);
	set_volume(route, choice.volume_percent);
}

/* --- looking --- */

static void
on_sink(pa_context *context, const pa_sink_info *info, int end, void *data)
{
	struct pulse_route *route = data;

	(void)context;
	if (end == 0) {
		take_sink(route, info);
		return;
	}
	forget(route->look);
	route->look = NULL;
	if (route->look_again) {
		look(route);
		return;
	}
	if (end > 0)
		carry_out(route);
}

static void
on_server(pa_context *context, const pa_server_info *info, void *data)
{
	struct pulse_route *route = data;

	if (info && info->default_sink_name)
		g_strlcpy(route->usual, info->default_sink_name, sizeof(route->usual));
	forget(route->look);
	route->found_count = 0;
	route->look = pa_context_get_sink_info_list(context, on_sink, route);
}

static void
look(struct pulse_route *route)
{
	if (route->timer)
		g_source_remove(route->timer);
	route->timer = 0;
	route->look_again = route->look != NULL;
	if (!route->look)
		route->look = pa_context_get_server_info(route->context, on_server, route);
}

static gboolean
on_timer(void *data)
{
	struct pulse_route *route = data;

	route->timer = 0;
	look(route);
	return G_SOURCE_REMOVE;
}

static void
on_event(pa_context *context, pa_subscription_event_type_t type, uint32_t index, void *data)
{
	struct pulse_route *route = data;
	bool changed = (type & PA_SUBSCRIPTION_EVENT_TYPE_MASK) == PA_SUBSCRIPTION_EVENT_CHANGE;
	bool sink = (type & PA_SUBSCRIPTION_EVENT_FACILITY_MASK) == PA_SUBSCRIPTION_EVENT_SINK;

	(void)context;
	(void)index;
	if (!changed || !sink || route->wanted.ear)
		look(route);
	else if (!route->timer)
		route->timer = g_timeout_add(PLUGGED_MS, on_timer, route);
}

void
pulse_route_begin(struct pulse_route *route, pa_context *context, pa_stream *stream)
{
	route->context = context;
	route->stream = stream;
	route->volume_percent = 0;
	route->answer = route->set;
	pa_context_set_subscribe_callback(context, on_event, route);
	forget(pa_context_subscribe(
	    context, PA_SUBSCRIPTION_MASK_SINK | PA_SUBSCRIPTION_MASK_SERVER, NULL, NULL));
	if (!route->set)
		route->settled(route->sink);
	look(route);
}

void
pulse_route_want(struct pulse_route *route, const struct sink_route *wanted)
{
	route->wanted = *wanted;
	route->switches = 0;
	route->set = true;
	/* Without a server it is done when there is one. */
	if (!route->context)
		return;
	route->answer = true;
	look(route);
}

static size_t
no_pull(void *data, int16_t *samples, size_t count, bool *end)
{
	(void)data;
	memset(samples, 0, count * sizeof(*samples));
	*end = true;
	return 0;
}

static void
no_drained(void *data)
{
	(void)data;
}

static void
no_changed(void *data, bool working)
{
	(void)data, (void)working;
}

static void
no_routed(void *data, const struct sink_routed *routed)
{
	(void)data, (void)routed;
}

static gboolean
on_late(void *data)
{
	*(bool *)data = true;
	return G_SOURCE_REMOVE;
}

void
pulse_route_leave(struct pulse_route *route)
{
	static const struct sink_events nobody = {no_pull, no_drained, no_changed, no_routed};
	pa_operation *operation = NULL;
	bool late = false;
	guint timer;

	route->sink->events = &nobody;
	if (route->context && route->switched[0] && route->port_before[0])
		operation = pa_context_set_sink_port_by_name(route->context, route->switched,
							     route->port_before, NULL, NULL);
	if (!operation)
		return;
	timer = g_timeout_add(LEAVE_MS, on_late, &late);
	while (pa_operation_get_state(operation) == PA_OPERATION_RUNNING && !late)
		g_main_context_iteration(NULL, TRUE);
	if (!late)
		g_source_remove(timer);
	pa_operation_unref(operation);
}

void
pulse_route_end(struct pulse_route *route)
{
	if (route->look) {
		pa_operation_cancel(route->look);
		pa_operation_unref(route->look);
	}
	route->look = NULL;
	if (route->timer)
		g_source_remove(route->timer);
	route->timer = 0;
	route->asked = 0;
	route->context = NULL;
	route->stream = NULL;
}
