/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The observers' link's table: sizes and ranges of each message, and nothing else.
 * common/packet reads it on both ends; the fuzzer feeds it with anything.
 * Owns only the constant table.
 */
#include "common/observe_link.h"

#include <glib.h>
#include <string.h>

#include "common/cleanup.h"

static bool
refused_valid(const struct packet_header *header)
{
	const struct observe_refused *message = (const void *)header;

	return message->reason >= OBSERVE_REFUSED_USER && message->reason <= OBSERVE_REFUSED_PANEL;
}

static bool
panel_valid(const struct packet_header *header)
{
	const struct observe_panel *message = (const void *)header;

	return message->panel != 0 && message->reserved == 0 &&
	       memchr(message->name, '\0', sizeof(message->name)) &&
	       g_utf8_validate(message->name, -1, NULL);
}

static bool
events_valid(const struct packet_header *header)
{
	return (header->size - sizeof(*header)) % sizeof(struct observe_event) == 0;
}

static bool
contact_valid(const struct packet_header *header)
{
	const struct observe_contact *message = (const void *)header;

	return message->kind >= OBSERVE_CONTACT_FINGER && message->kind <= OBSERVE_CONTACT_SAMPLE &&
	       message->live <= 1 && message->has_pads <= 1 && message->pad < PAD_COUNT &&
	       message->reserved == 0 && message->time_us >= message->down_us;
}

static bool
start_valid(const struct packet_header *header)
{
	const struct observe_start *message = (const void *)header;

	if (message->role == OBSERVE_MONITOR)
		return message->panel == 0;
	return message->role == OBSERVE_RECORD && message->panel != 0;
}

#define FIXED(structure) sizeof(struct structure), sizeof(struct structure)
#define UP_TO(structure) sizeof(struct packet_header), sizeof(struct structure)

static const struct packet_spec specs[] = {
    {OBSERVE_REFUSED, "refused", PACKET_FROM_SERVER, FIXED(observe_refused), refused_valid},
    {OBSERVE_PANEL, "panel", PACKET_FROM_SERVER, FIXED(observe_panel), panel_valid},
    {OBSERVE_READY, "ready", PACKET_FROM_SERVER, FIXED(observe_ready), NULL},
    {OBSERVE_TEXT, "text", PACKET_FROM_SERVER, UP_TO(observe_text), NULL},
    {OBSERVE_EVENTS, "events", PACKET_FROM_SERVER, UP_TO(observe_events), events_valid},
    {OBSERVE_CONTACT, "contact", PACKET_FROM_SERVER, FIXED(observe_contact), contact_valid},
    {OBSERVE_START, "start", PACKET_FROM_CLIENT, FIXED(observe_start), start_valid},
};

const struct packet_protocol observe_protocol = {
    .name = "observe",
    .version = OBSERVE_VERSION,
    .specs = specs,
    .spec_count = ARRAY_LENGTH(specs),
};

size_t
observe_events_count(const struct observe_events *message)
{
	return (message->header.size - sizeof(message->header)) / sizeof(message->events[0]);
}
