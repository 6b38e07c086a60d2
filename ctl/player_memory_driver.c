/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Playing in memory, the driver's end: what the core tells becomes messages, and the daemon's
 * messages reach the core, as driver/driver and driver/link_server do it.
 * Called by the core and by ctl/player_memory. Owns nothing.
 */
#include "ctl/player_memory_private.h"
#include "driver/link_chord.h"

/* The one panel's number on the link. */
#define PANEL 1u

static void
on_frame(void *data, struct usec time, const struct core_event *events, size_t count)
{
	struct player_memory *memory = data;

	player_log_clone_frame(memory->log, time, events, count);
}

static void
on_press(void *data, const struct core_press *press)
{
	struct player_memory *memory = data;
	struct link_press message = {
	    .press = press->press,
	    .panel = PANEL,
	    .pad = press->pad,
	    .phase = press->phase,
	    .down_us = press->down.us,
	    .time_us = press->time.us,
	};

	if (memory->up)
		player_memory_send(memory, PACKET_FROM_SERVER, LINK_PRESS, &message.header,
				   sizeof(message));
}

static void
on_touch(void *data, struct usec time)
{
	struct player_memory *memory = data;
	struct link_touch message = {.time_us = time.us};

	if (!memory->up || !memory->watching)
		return;
	memory->watching = false;
	player_memory_send(memory, PACKET_FROM_SERVER, LINK_TOUCH, &message.header,
			   sizeof(message));
}

static void
on_ear(void *data, const struct ear_event *event)
{
	struct player_memory *memory = data;
	struct link_ear message = {.panel = PANEL};

	link_ear_init(&message, event);
	if (memory->up)
		player_memory_send(memory, PACKET_FROM_SERVER, LINK_EAR, &message.header,
				   sizeof(message));
}

static void
on_chord(void *data, const struct core_chord *chord)
{
	struct player_memory *memory = data;
	struct link_chord message = link_chord_new(PANEL, chord);

	if (memory->up)
		player_memory_send(memory, PACKET_FROM_SERVER, LINK_CHORD, &message.header,
				   sizeof(message));
}

static void
on_notice(void *data, enum core_notice notice, struct usec time)
{
	struct player_memory *memory = data;
	struct link_notice message = {.kind = link_notice_kind_of(notice), .panel = PANEL};

	(void)time;
	if (memory->up)
		player_memory_send(memory, PACKET_FROM_SERVER, LINK_NOTICE, &message.header,
				   sizeof(message));
}

const struct core_output player_memory_core_output = {
    .frame = on_frame,
    .press = on_press,
    .touch = on_touch,
    .chord = on_chord,
    .notice = on_notice,
    .ear = on_ear,
};

void
player_memory_driver_takes(struct player_memory *memory, const struct packet_header *header)
{
	struct link_key_done done = {0};

	switch ((enum link_type)header->type) {
	case LINK_DAEMON_HELLO:
		core_set_listening(memory->core, true, memory->now);
		break;
	case LINK_TYPE_KEY:
		done.request = ((const struct link_type_key *)header)->request;
		player_memory_send(memory, PACKET_FROM_SERVER, LINK_KEY_DONE, &done.header,
				   sizeof(done));
		break;
	case LINK_HOLD_KEY:
		done.request = ((const struct link_hold_key *)header)->request;
		if (((const struct link_hold_key *)header)->down)
			player_memory_send(memory, PACKET_FROM_SERVER, LINK_KEY_DONE, &done.header,
					   sizeof(done));
		break;
	case LINK_WATCH:
		memory->watching = ((const struct link_watch *)header)->on;
		break;
	case LINK_PROXIMITY:
		core_set_proximity(
		    memory->core,
		    (enum ear_proximity)((const struct link_proximity *)header)->proximity,
		    memory->now);
		break;
	case LINK_EAR_MODE:
		core_set_ear_mode(memory->core, ((const struct link_ear_mode *)header)->on,
				  memory->now);
		break;
	case LINK_SEEN:
	case LINK_DRIVER_HELLO:
	case LINK_REFUSED:
	case LINK_PANEL:
	case LINK_PRESS:
	case LINK_TOUCH:
	case LINK_KEY_DONE:
	case LINK_CHORD:
	case LINK_NOTICE:
	case LINK_EAR:
	case LINK_SAMPLE:
	case LINK_CALIBRATION_DONE:
	case LINK_BUZZ:
	case LINK_CALIBRATE:
	case LINK_CALIBRATION_SET:
	case LINK_EAR_SEEN:
	case LINK_EAR_KEY:
	case LINK_EAR_LEARN:
		break;
	}
}
